//! PowerShell.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, Comment, DOUBLE, Escape, Hole, PLAIN, Quote, Role, SINGLE, Scanner, Spec, Words,
};

pub(crate) static POWERSHELL: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            begin break catch continue data do dynamicparam else elseif end exit finally \
            for foreach from if in param process return switch throw trap try until \
            using while",
        ),
        (Role::Definer, "filter function"),
        (Role::Typer, "class enum"),
    ]),
    fold_case: true,
    comments: &[Comment::Block("<#", "#>"), Comment::Line("#")],
    quotes: &[
        Quote::between("@\"", "\n\"@")
            .multiline()
            .raw()
            .hole(CODE)
            .names(),
        Quote::between("@'", "\n'@").multiline().raw(),
        DOUBLE
            .multiline()
            .escape(Escape::By(b'`'))
            .hole(CODE)
            .names(),
        SINGLE.multiline().escape(Escape::Doubled),
    ],
    hooks: &[(b'$', variable), (b'-', parameter), (b'[', type_name)],
    capital_types: false,
    ..PLAIN
};

const CODE: Hole = Hole::new("$(", b')');

fn variable(scanner: &mut Scanner<'_>) -> bool {
    let (code, start) = (scanner.code, scanner.at);
    let end = match scanner.peek(1) {
        b'{' => bytes::until(code, start, |byte| byte == b'}' || byte == b'\n') + 1,
        b'_' | b'?' | b'$' | b'^' if !bytes::is_word(scanner.peek(2)) => start + 2,
        byte if bytes::is_word(byte) => bytes::until(code, start + 1, |byte| {
            !bytes::is_word(byte) && byte != b':'
        }),
        _ => return false,
    };
    let end = end.min(code.len());
    let name = &code[start + 1..end];
    let constants = [&b"true"[..], b"false", b"null"];
    let constant = constants
        .iter()
        .any(|constant| name.eq_ignore_ascii_case(constant));
    let class = if constant {
        Class::Literal
    } else {
        Class::Variable
    };
    scanner.take(class, end, Before::Value);
    true
}

/// `-eq` is an operator, `-Path` an option, and `Get-Item` one name.
fn parameter(scanner: &mut Scanner<'_>) -> bool {
    const OPERATORS: [&[u8]; 32] = [
        b"and",
        b"as",
        b"band",
        b"bnot",
        b"bor",
        b"ccontains",
        b"ceq",
        b"clike",
        b"cmatch",
        b"contains",
        b"eq",
        b"f",
        b"ge",
        b"gt",
        b"ieq",
        b"in",
        b"is",
        b"isnot",
        b"join",
        b"le",
        b"like",
        b"lt",
        b"match",
        b"ne",
        b"not",
        b"notcontains",
        b"notin",
        b"notlike",
        b"notmatch",
        b"or",
        b"replace",
        b"split",
    ];
    let (code, start) = (scanner.code, scanner.at);
    if !bytes::is_letter(scanner.peek(1)) {
        return false;
    }
    let end = bytes::word_end(code, start + 1);
    let name = &code[start + 1..end];
    if start > 0 && bytes::is_word(code[start - 1]) {
        let verb = code[..start]
            .iter()
            .rev()
            .take(40)
            .take_while(|&&byte| bytes::is_word(byte));
        let verb = start - verb.count();
        scanner.marks.replace_tail(Class::Function, verb, start);
        scanner.take(Class::Function, end, Before::Value);
    } else if OPERATORS
        .iter()
        .any(|operator| name.eq_ignore_ascii_case(operator))
    {
        scanner.take(Class::Operator, end, Before::Other);
    } else {
        scanner.take(Class::Property, end, Before::Other);
    }
    true
}

/// `[string]`, `[System.IO.Path]`.
fn type_name(scanner: &mut Scanner<'_>) -> bool {
    let code = scanner.code;
    let name = scanner.at + 1;
    let end = bytes::until(code, name, |byte| !bytes::is_word(byte) && byte != b'.');
    let array = usize::from(bytes::starts(code, end, b"[]")) * 2;
    let touches_value = scanner.at > 0 && bytes::is_word(code[scanner.at - 1]);
    let closed = matches!(bytes::at(code, end + array), b']' | b'(');
    if touches_value || !closed || !bytes::is_letter(scanner.peek(1)) {
        return false;
    }
    scanner.at = name;
    scanner.take(Class::Type, end, Before::Value);
    scanner.at = end + array;
    if scanner.peek(0) == b']' {
        scanner.at += 1;
    }
    scanner.before = Before::Other;
    true
}
