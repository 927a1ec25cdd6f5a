//! C#.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, DOUBLE, Escape, Hole, PLAIN, Quote, Role, SINGLE, SLASHES, Scanner, Spec, Words,
};

pub(crate) static CSHARP: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            abstract and as async await base break case catch checked const continue default \
            delegate do else event explicit extern file finally fixed for foreach get \
            goto if implicit in init internal is lock nameof not operator or out override \
            params partial private protected public readonly ref required return sealed \
            set sizeof stackalloc static switch throw try typeof unchecked unsafe using \
            virtual volatile when where while with yield",
        ),
        (
            Role::Typer,
            "class enum interface namespace new record struct",
        ),
        (
            Role::Type,
            "\
            bool byte char decimal double dynamic float int long nint nuint object sbyte \
            short string uint ulong ushort var void",
        ),
        (Role::Literal, "false null true"),
        (Role::Receiver, "this"),
    ]),
    comments: SLASHES,
    quotes: &[
        Quote::between("$\"\"\"", "\"\"\"")
            .multiline()
            .raw()
            .hole(Hole::new("{", b'}')),
        Quote::new("\"\"\"").multiline().raw(),
        VERBATIM.hole(VALUE),
        Quote {
            open: "@$\"",
            ..VERBATIM.hole(VALUE)
        },
        Quote {
            open: "@\"",
            ..VERBATIM
        },
        Quote::between("$\"", "\"").hole(VALUE),
        DOUBLE,
        SINGLE,
    ],
    hooks: &[(b'#', directive), (b'[', attribute)],
    capital_types: true,
    capital_members: true,
    ..PLAIN
};

const VALUE: Hole = Hole {
    doubled: true,
    ..Hole::new("{", b'}')
};
const VERBATIM: Quote = Quote::between("$@\"", "\"")
    .multiline()
    .escape(Escape::Doubled);

fn directive(scanner: &mut Scanner<'_>) -> bool {
    let found = bytes::first_on_line(scanner.code, scanner.at);
    if found {
        let end = bytes::word_end(scanner.code, scanner.at + 1);
        scanner.take(Class::Meta, end, Before::Other);
    }
    found
}

/// `[Obsolete("…")]` alone at the start of a line.
fn attribute(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.peek(1).is_ascii_uppercase()
        && matches!(scanner.before, Before::Item | Before::Value)
        && bytes::first_on_line(scanner.code, scanner.at);
    if found {
        scanner.attribute();
    }
    found
}
