//! Java.

use super::super::family::{DOUBLE, PLAIN, Quote, Role, SINGLE, SLASHES, Spec, Words};

pub(crate) static JAVA: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            abstract assert break case catch const continue default do else extends \
            final finally for goto if implements import instanceof native package \
            permits private protected public return sealed static strictfp switch \
            synchronized throw throws transient try volatile when while yield",
        ),
        (Role::Typer, "class enum interface new record"),
        (
            Role::Type,
            "boolean byte char double float int long short var void",
        ),
        (Role::Literal, "false null true"),
        (Role::Receiver, "super this"),
    ]),
    member_keywords: &["class"],
    comments: SLASHES,
    quotes: &[Quote::new("\"\"\"").multiline(), DOUBLE, SINGLE],
    name_bytes: b"$",
    capital_types: true,
    capital_calls: true,
    decorators: true,
    ..PLAIN
};
