//! Rust.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, DOUBLE, NESTED_SLASHES, PLAIN, Quote, Role, Scanner, Spec, Words,
};

pub(crate) static RUST: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            as async await break const continue crate dyn else extern for if impl in let \
            loop match mod move mut ref return static super unsafe use where while yield",
        ),
        (Role::Definer, "fn"),
        (Role::Typer, "enum struct trait type"),
        (Role::Modifier, "pub"),
        (
            Role::Type,
            "\
            Self bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 \
            usize",
        ),
        (Role::Literal, "false true"),
        (Role::Receiver, "self"),
    ]),
    member_keywords: &["await"],
    comments: NESTED_SLASHES,
    quotes: &QUOTES,
    hooks: &[(b'\'', character_or_lifetime), (b'#', attribute)],
    prefix: Some(prefixed_string),
    capital_types: true,
    keys: true,
    bang_macros: true,
    ..PLAIN
};

static QUOTES: [Quote; 1] = [DOUBLE.multiline()];

fn character_or_lifetime(scanner: &mut Scanner<'_>) -> bool {
    let (code, at) = (scanner.code, scanner.at);
    if scanner.peek(1) == b'\\' {
        let end = bytes::escape_end(code, at + 1);
        scanner.take(Class::String, at + 1, Before::Value);
        scanner.take(Class::Escape, end, Before::Value);
        let closed = usize::from(bytes::at(code, end) == b'\'');
        scanner.take(Class::String, end + closed, Before::Value);
        return true;
    }
    let first = bytes::until(code, at + 2, |byte| byte & 0xC0 != 0x80);
    if bytes::at(code, first) == b'\'' && scanner.peek(1) != b'\n' {
        scanner.take(Class::String, first + 1, Before::Value);
    } else if bytes::is_letter(scanner.peek(1)) {
        scanner.take(Class::Type, bytes::word_end(code, at + 1), Before::Other);
    } else {
        return false;
    }
    true
}

fn attribute(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.sees("#[") || scanner.sees("#![");
    if found {
        scanner.attribute();
    }
    found
}

fn prefixed_string(scanner: &mut Scanner<'_>, end: usize) -> bool {
    let (code, start) = (scanner.code, scanner.at);
    match &code[start..end] {
        b"b" | b"c" if code[end] == b'"' => {
            scanner.at = end;
            scanner.string(start, &QUOTES[0]);
        }
        b"b" if code[end] == b'\'' => {
            scanner.take(Class::String, end, Before::Other);
            return character_or_lifetime(scanner);
        }
        b"r" | b"br" | b"cr" => {
            let quote = bytes::until(code, end, |byte| byte != b'#');
            if bytes::at(code, quote) != b'"' {
                return false;
            }
            let mut close = vec![b'#'; quote - end + 1];
            close[0] = b'"';
            scanner.raw_string(start, quote + 1, &close);
        }
        _ => return false,
    }
    true
}
