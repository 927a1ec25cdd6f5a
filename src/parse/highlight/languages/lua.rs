//! Lua.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{Comment, DOUBLE, PLAIN, Role, SINGLE, Scanner, Spec, Words};

pub(crate) static LUA: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            and break do else elseif end for goto if in local not or repeat return then \
            until while",
        ),
        (Role::Definer, "function"),
        (Role::Literal, "_VERSION false nil true"),
        (Role::Receiver, "_ENV _G self"),
        (Role::Builtin, "require"),
    ]),
    comments: &[Comment::Line("--")],
    quotes: &[DOUBLE, SINGLE],
    hooks: &[
        (b'[', long_string),
        (b'-', long_comment),
        (b'#', super::hashbang),
    ],
    ..PLAIN
};

/// The length of `[==[` at `at`, if one stands there.
fn long_bracket(code: &[u8], at: usize) -> Option<usize> {
    let second = bytes::until(code, at + 1, |byte| byte != b'=');
    let found = bytes::at(code, at) == b'[' && bytes::at(code, second) == b'[';
    found.then_some(second + 1 - at)
}

/// What closes a long bracket of this length.
fn closing(length: usize) -> Vec<u8> {
    let mut close = vec![b'='; length];
    close[0] = b']';
    close[length - 1] = b']';
    close
}

fn long_string(scanner: &mut Scanner<'_>) -> bool {
    let start = scanner.at;
    let Some(length) = long_bracket(scanner.code, start) else {
        return false;
    };
    scanner.raw_string(start, start + length, &closing(length));
    true
}

fn long_comment(scanner: &mut Scanner<'_>) -> bool {
    let (code, start) = (scanner.code, scanner.at);
    let Some(length) = long_bracket(code, start + 2).filter(|_| scanner.sees("--")) else {
        return false;
    };
    let end = bytes::past(code, start + 2 + length, &closing(length));
    scanner.take(Class::Comment, end, scanner.before);
    true
}
