//! Go.

use super::super::family::{DOUBLE, PLAIN, Quote, Role, SINGLE, SLASHES, Spec, Words};

pub(crate) static GO: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            break case chan const continue default defer else fallthrough for go goto if \
            import interface map package range return select struct switch var",
        ),
        (Role::Definer, "func"),
        (Role::Typer, "type"),
        (
            Role::Type,
            "\
            any bool byte comparable complex128 complex64 error float32 float64 int \
            int16 int32 int64 int8 rune string uint uint16 uint32 uint64 uint8 uintptr",
        ),
        (Role::Literal, "false iota nil true"),
    ]),
    comments: SLASHES,
    quotes: &[DOUBLE, SINGLE, Quote::new("`").multiline().raw()],
    keys: true,
    ..PLAIN
};
