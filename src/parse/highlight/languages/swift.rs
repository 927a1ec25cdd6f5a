//! Swift.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, DOUBLE, Hole, NESTED_SLASHES, PLAIN, Quote, Role, Scanner, Spec, Words,
};

pub(crate) static SWIFT: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            as async await break case catch continue convenience default defer deinit \
            didSet do dynamic else fallthrough fileprivate final for get guard if import \
            in indirect init inout internal is lazy let mutating nonisolated open \
            operator override private public repeat required rethrows return set some \
            static subscript switch throw throws try unowned var weak where while \
            willSet",
        ),
        (Role::Definer, "func"),
        (
            Role::Typer,
            "\
            actor associatedtype class enum extension protocol struct typealias",
        ),
        (Role::Type, "Any Self"),
        (Role::Literal, "false nil true"),
        (Role::Receiver, "$0 $1 $2 $3 self super"),
    ]),
    member_keywords: &["init", "self"],
    comments: NESTED_SLASHES,
    quotes: &[
        Quote::new("\"\"\"")
            .multiline()
            .hole(Hole::new("\\(", b')')),
        DOUBLE.hole(Hole::new("\\(", b')')),
    ],
    hooks: &[(b'#', hash)],
    name_bytes: b"$",
    capital_types: true,
    capital_calls: true,
    decorators: true,
    ..PLAIN
};

/// `#"raw"#`, or a directive such as `#if` and `#available`.
fn hash(scanner: &mut Scanner<'_>) -> bool {
    let (code, start) = (scanner.code, scanner.at);
    let quote = bytes::until(code, start, |byte| byte != b'#');
    if bytes::at(code, quote) == b'"' {
        let mut close = vec![b'#'; quote - start + 1];
        close[0] = b'"';
        scanner.raw_string(start, quote + 1, &close);
    } else if bytes::is_letter(scanner.peek(1)) {
        scanner.take(Class::Meta, bytes::word_end(code, start + 1), Before::Other);
    } else {
        scanner.at = quote;
    }
    true
}
