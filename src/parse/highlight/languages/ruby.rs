//! Ruby.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, Comment, DOUBLE, Hole, PLAIN, Quote, Role, SINGLE, Scanner, Spec, Words,
};

pub(crate) static RUBY: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            BEGIN END alias and begin break case defined? do else elsif end ensure for \
            if in next not or redo rescue retry return then undef unless until when \
            while yield",
        ),
        (Role::Definer, "def"),
        (Role::Typer, "class module"),
        (Role::Literal, "__FILE__ __LINE__ __method__ false nil true"),
        (Role::Receiver, "self super"),
        (
            Role::Builtin,
            "\
            attr_accessor attr_reader attr_writer extend include lambda loop prepend \
            private proc protected public puts raise require require_relative",
        ),
    ]),
    comments: &[Comment::Line("#")],
    quotes: &[
        DOUBLE.multiline().hole(CODE),
        SINGLE.multiline(),
        Quote::new("`").multiline().hole(CODE),
    ],
    hooks: &[
        (b'@', variable),
        (b'$', variable),
        (b':', symbol),
        (b'/', regex),
        (b'%', percent),
        (b'<', heredoc),
        (b'=', block_comment),
        (b'#', super::hashbang),
    ],
    name_tails: b"?!",
    capital_types: true,
    ..PLAIN
};

const CODE: Hole = Hole::new("#{", b'}');

static PERCENT: [(u8, Quote); 4] = [
    (b'(', Quote::between("(", ")").multiline().hole(CODE)),
    (b'[', Quote::between("[", "]").multiline().hole(CODE)),
    (b'{', Quote::between("{", "}").multiline().hole(CODE)),
    (b'|', Quote::between("|", "|").multiline().hole(CODE)),
];

fn variable(scanner: &mut Scanner<'_>) -> bool {
    let name = scanner.at + 1 + usize::from(scanner.sees("@@"));
    if !bytes::is_word(bytes::at(scanner.code, name)) {
        return false;
    }
    let end = bytes::word_end(scanner.code, name);
    scanner.take(Class::Variable, end, Before::Value);
    true
}

/// `:name` is a constant; the colon of `name: value` makes the name before it a key.
fn symbol(scanner: &mut Scanner<'_>) -> bool {
    let (code, at) = (scanner.code, scanner.at);
    if scanner.peek(1) == b':' {
        scanner.at += 2;
        scanner.before = Before::Other;
        return true;
    }
    let touches_word = at > 0 && bytes::is_word(code[at - 1]);
    if touches_word && matches!(scanner.peek(1), b' ' | b'\n' | b',') {
        let name = code[..at]
            .iter()
            .rev()
            .take(80)
            .take_while(|&&byte| bytes::is_word(byte));
        let start = at - name.count();
        scanner.marks.replace_tail(Class::Property, start, at);
        scanner.at += 1;
        scanner.before = Before::Other;
        return true;
    }
    if touches_word || !bytes::is_letter(scanner.peek(1)) {
        return false;
    }
    let mut end = bytes::word_end(code, at + 1);
    end += usize::from(matches!(bytes::at(code, end), b'?' | b'!'));
    scanner.take(Class::Literal, end, Before::Value);
    true
}

fn regex(scanner: &mut Scanner<'_>) -> bool {
    scanner.regex()
}

/// `%w[…]`, `%(…)` and the like.
fn percent(scanner: &mut Scanner<'_>) -> bool {
    let letter = usize::from(b"wWiIqQrxs".contains(&scanner.peek(1)));
    let open = scanner.peek(1 + letter);
    let bare_call = letter == 1;
    let Some((_, quote)) = PERCENT.iter().find(|&&(byte, _)| byte == open) else {
        return false;
    };
    if !scanner.expects_value() && !bare_call {
        return false;
    }
    let start = scanner.at;
    scanner.at += 1 + letter;
    scanner.string(start, quote);
    true
}

/// `<<~TEXT`: the text begins on the next line.
fn heredoc(scanner: &mut Scanner<'_>) -> bool {
    let code = scanner.code;
    if !scanner.sees("<<") {
        return false;
    }
    let mark = scanner.at + 2;
    let squiggly = usize::from(matches!(bytes::at(code, mark), b'~' | b'-'));
    let quoted = usize::from(matches!(bytes::at(code, mark + squiggly), b'"' | b'\''));
    let start = mark + squiggly + quoted;
    let end = bytes::word_end(code, start);
    let named = bytes::at(code, start).is_ascii_uppercase();
    if !named || squiggly == 0 && !scanner.expects_value() {
        return false;
    }
    scanner.heredocs.push((start, end));
    scanner.take(Class::String, (end + quoted).min(code.len()), Before::Value);
    true
}

/// `=begin` to `=end`.
fn block_comment(scanner: &mut Scanner<'_>) -> bool {
    let (code, at) = (scanner.code, scanner.at);
    if !scanner.sees("=begin") || at > 0 && code[at - 1] != b'\n' {
        return false;
    }
    let end = bytes::past(code, at, b"\n=end");
    scanner.take(Class::Comment, end, Before::Other);
    true
}
