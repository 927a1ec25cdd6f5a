//! Python.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, Comment, DOUBLE, Hole, PLAIN, Quote, Role, SINGLE, Scanner, Spec, Words,
};

pub(crate) static PYTHON: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            and as assert async await break continue del elif else except finally for \
            from global if import in is lambda nonlocal not or pass raise return try \
            while with yield",
        ),
        (Role::Soft, "case match type"),
        (Role::Definer, "def"),
        (Role::Typer, "class"),
        (
            Role::Type,
            "\
            bool bytearray bytes complex dict float frozenset int list object set str \
            tuple",
        ),
        (Role::Literal, "Ellipsis False None NotImplemented True"),
        (Role::Receiver, "cls self"),
    ]),
    comments: &[Comment::Line("#")],
    quotes: &PLAIN_QUOTES,
    hooks: &[(b'@', decorator), (b'#', super::hashbang)],
    prefix: Some(prefixed_string),
    capital_types: true,
    capital_calls: true,
    ..PLAIN
};

const TRIPLE: Quote = Quote::new("\"\"\"").multiline();
const TRIPLE_SINGLE: Quote = Quote::new("'''").multiline();
const VALUE: Hole = Hole {
    doubled: true,
    ..Hole::new("{", b'}')
};

type Quotes = [Quote; 4];
static PLAIN_QUOTES: Quotes = [TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE];
static RAW: Quotes = [
    TRIPLE.raw(),
    TRIPLE_SINGLE.raw(),
    DOUBLE.raw(),
    SINGLE.raw(),
];
static FORMAT: Quotes = [
    TRIPLE.hole(VALUE),
    TRIPLE_SINGLE.hole(VALUE),
    DOUBLE.hole(VALUE),
    SINGLE.hole(VALUE),
];
static RAW_FORMAT: Quotes = [
    TRIPLE.raw().hole(VALUE),
    TRIPLE_SINGLE.raw().hole(VALUE),
    DOUBLE.raw().hole(VALUE),
    SINGLE.raw().hole(VALUE),
];

fn prefixed_string(scanner: &mut Scanner<'_>, end: usize) -> bool {
    let start = scanner.at;
    let prefix = scanner.code[start..end].iter().map(u8::to_ascii_lowercase);
    let (mut raw, mut format) = (false, false);
    for letter in prefix {
        match letter {
            b'r' => raw = true,
            b'f' | b't' => format = true,
            b'b' | b'u' => {}
            _ => return false,
        }
    }
    let quotes = match (raw, format) {
        (false, false) => &PLAIN_QUOTES,
        (true, false) => &RAW,
        (false, true) => &FORMAT,
        (true, true) => &RAW_FORMAT,
    };
    let opening = |quote: &&Quote| bytes::starts(scanner.code, end, quote.open.as_bytes());
    let Some(quote) = quotes.iter().find(opening) else {
        return false;
    };
    scanner.at = end;
    scanner.string(start, quote);
    true
}

/// In the middle of a line, `@` multiplies matrices.
fn decorator(scanner: &mut Scanner<'_>) -> bool {
    if !bytes::first_on_line(scanner.code, scanner.at) || !bytes::is_letter(scanner.peek(1)) {
        return false;
    }
    let more = |byte| !bytes::is_word(byte) && byte != b'.';
    let end = bytes::until(scanner.code, scanner.at + 1, more);
    scanner.take(Class::Meta, end, Before::Other);
    true
}
