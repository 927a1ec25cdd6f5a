//! C and C++.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, DOUBLE, Group, PLAIN, Quote, Role, SINGLE, SLASHES, Scanner, Spec, Words,
};

const KEYWORDS: Group = (
    Role::Keyword,
    "\
            alignas alignof auto break case const constexpr continue default do else \
            extern for goto if inline register restrict return sizeof static \
            static_assert switch thread_local typedef typeof volatile while",
);
const TYPERS: Group = (Role::Typer, "enum struct union");
const TYPES: Group = (
    Role::Type,
    "\
            FILE bool char char16_t char32_t char8_t double float int int16_t int32_t \
            int64_t int8_t intptr_t long ptrdiff_t short signed size_t ssize_t time_t \
            uint16_t uint32_t uint64_t uint8_t uintptr_t unsigned void wchar_t",
);
const LITERALS: Group = (Role::Literal, "NULL false nullptr true");

const CPP_KEYWORDS: Group = (
    Role::Keyword,
    "\
            and catch co_await co_return co_yield const_cast consteval constinit \
            decltype delete dynamic_cast explicit export final friend import module \
            mutable namespace noexcept not operator or override private protected \
            public reinterpret_cast requires static_cast template throw try typeid using \
            virtual xor",
);
const CPP_TYPERS: Group = (Role::Typer, "class concept new typename");

pub(crate) static C: Spec = Spec {
    words: Words::new(&[KEYWORDS, TYPERS, TYPES, LITERALS]),
    comments: SLASHES,
    quotes: &QUOTES,
    hooks: &[(b'#', directive)],
    prefix: Some(prefixed_string),
    arrow_member: true,
    quote_separates: true,
    ..PLAIN
};

pub(crate) static CPP: Spec = Spec {
    words: Words::new(&[
        KEYWORDS,
        TYPERS,
        TYPES,
        LITERALS,
        CPP_KEYWORDS,
        CPP_TYPERS,
        (Role::Receiver, "this"),
    ]),
    comments: SLASHES,
    quotes: &QUOTES,
    hooks: &[(b'#', directive), (b'[', attribute)],
    prefix: Some(prefixed_string),
    capital_types: true,
    arrow_member: true,
    quote_separates: true,
    ..PLAIN
};

static QUOTES: [Quote; 2] = [DOUBLE, SINGLE];

/// `#include <stdio.h>`: the directive, and the file as a string.
fn directive(scanner: &mut Scanner<'_>) -> bool {
    if !bytes::first_on_line(scanner.code, scanner.at) {
        return false;
    }
    let name = bytes::skip_blanks(scanner.code, scanner.at + 1);
    let end = bytes::word_end(scanner.code, name);
    let includes = matches!(
        &scanner.code[name..end],
        b"include" | b"import" | b"include_next"
    );
    scanner.take(Class::Meta, end, Before::Other);
    let file = bytes::skip_blanks(scanner.code, end);
    if includes && bytes::at(scanner.code, file) == b'<' {
        let close = bytes::until(scanner.code, file, |byte| byte == b'>' || byte == b'\n');
        let closed = usize::from(bytes::at(scanner.code, close) == b'>');
        scanner.at = file;
        scanner.take(Class::String, close + closed, Before::Other);
    }
    true
}

fn attribute(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.sees("[[") && bytes::is_letter(scanner.peek(2)) && scanner.expects_value();
    if found {
        scanner.attribute();
    }
    found
}

/// `L"…"`, and the raw `R"x(…)x"`.
fn prefixed_string(scanner: &mut Scanner<'_>, end: usize) -> bool {
    let (code, start) = (scanner.code, scanner.at);
    let prefix = &code[start..end];
    if prefix.ends_with(b"R") && code[end] == b'"' {
        let most = code.len().min(end + 18);
        let paren = bytes::until(&code[..most], end + 1, |byte| b"( \\\n".contains(&byte));
        if bytes::at(code, paren) == b'(' {
            let close = [b")", &code[end + 1..paren], b"\""].concat();
            scanner.raw_string(start, paren + 1, &close);
            return true;
        }
    }
    let known = matches!(prefix, b"L" | b"u" | b"U" | b"u8");
    let Some(quote) = QUOTES
        .iter()
        .find(|quote| known && quote.open.as_bytes()[0] == code[end])
    else {
        return false;
    };
    scanner.at = end;
    scanner.string(start, quote);
    true
}
