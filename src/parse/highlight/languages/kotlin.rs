//! Kotlin.

use super::super::family::{DOUBLE, Hole, NESTED_SLASHES, PLAIN, Quote, Role, SINGLE, Spec, Words};

pub(crate) static KOTLIN: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            abstract actual annotation as break by catch companion const constructor \
            continue crossinline data do else expect external final finally for if \
            import in infix init inline inner internal is lateinit noinline open \
            operator out override package private protected public reified return sealed \
            suspend tailrec throw try val value var vararg when where while",
        ),
        (Role::Definer, "fun"),
        (Role::Typer, "class enum interface object typealias"),
        (Role::Literal, "false null true"),
        (Role::Receiver, "it super this"),
    ]),
    member_keywords: &["class"],
    comments: NESTED_SLASHES,
    quotes: &[
        Quote::new("\"\"\"")
            .multiline()
            .raw()
            .hole(Hole::new("${", b'}'))
            .names(),
        DOUBLE.hole(Hole::new("${", b'}')).names(),
        SINGLE,
    ],
    capital_types: true,
    capital_calls: true,
    decorators: true,
    arrow_member: false,
    ..PLAIN
};
