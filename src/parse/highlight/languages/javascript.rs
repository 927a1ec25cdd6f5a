//! JavaScript and TypeScript, with and without elements.

use super::super::class::Class;
use super::super::family::{
    Before, Comment, DOUBLE, Group, Hole, PLAIN, Quote, Role, SINGLE, SLASHES, Scanner, Spec, Words,
};

const KEYWORDS: Group = (
    Role::Keyword,
    "\
            as async await break case catch const continue debugger default delete do \
            else export extends finally for from if import in instanceof let of \
            return switch throw try typeof var void while with yield",
);
const DEFINERS: Group = (Role::Definer, "function");
const TYPERS: Group = (Role::Typer, "class new");
const MODIFIERS: Group = (Role::Modifier, "static");
const LITERALS: Group = (Role::Literal, "Infinity NaN false null true undefined");
const RECEIVERS: Group = (Role::Receiver, "arguments super this");

const TYPED_KEYWORDS: Group = (
    Role::Keyword,
    "\
            asserts declare implements infer is keyof namespace satisfies unique",
);
const TYPED_TYPERS: Group = (Role::Typer, "enum interface type");
const TYPED_MODIFIERS: Group = (
    Role::Modifier,
    "abstract override private protected public readonly",
);
const TYPES: Group = (
    Role::Type,
    "\
            any bigint boolean never number object string symbol unknown",
);

const SCRIPT: Spec = Spec {
    words: Words::new(&[KEYWORDS, DEFINERS, TYPERS, MODIFIERS, LITERALS, RECEIVERS]),
    comments: SLASHES,
    quotes: &[
        DOUBLE,
        SINGLE,
        Quote::new("`").multiline().hole(Hole::new("${", b'}')),
    ],
    name_bytes: b"$#",
    capital_types: true,
    keys: true,
    decorators: true,
    ..PLAIN
};

const TYPED: Spec = Spec {
    words: Words::new(&[
        KEYWORDS,
        DEFINERS,
        TYPERS,
        MODIFIERS,
        LITERALS,
        RECEIVERS,
        TYPED_KEYWORDS,
        TYPED_TYPERS,
        TYPED_MODIFIERS,
        TYPES,
    ]),
    ..SCRIPT
};

pub(crate) static JAVASCRIPT: Spec = Spec {
    hooks: &[(b'/', regex), (b'<', element), (b'#', super::hashbang)],
    ..SCRIPT
};

pub(crate) static TYPESCRIPT: Spec = Spec {
    hooks: &[(b'/', regex), (b'#', super::hashbang)],
    ..TYPED
};

pub(crate) static TSX: Spec = Spec {
    hooks: &[(b'/', regex), (b'<', element)],
    ..TYPED
};

/// JSON, with the comments that many tools accept.
pub(crate) static JSON: Spec = Spec {
    words: Words::new(&[(Role::Literal, "Infinity NaN false null true")]),
    comments: &[Comment::Line("//"), Comment::Block("/*", "*/")],
    quotes: &[DOUBLE, SINGLE],
    hooks: &[(b'-', minus), (b'+', minus)],
    keys: true,
    ..PLAIN
};

fn regex(scanner: &mut Scanner<'_>) -> bool {
    !scanner.sees("//") && !scanner.sees("/*") && scanner.regex()
}

fn element(scanner: &mut Scanner<'_>) -> bool {
    scanner.jsx()
}

/// The sign belongs to the number: there is nothing to subtract from.
fn minus(scanner: &mut Scanner<'_>) -> bool {
    let signed = scanner.peek(1).is_ascii_digit();
    if signed {
        scanner.take(Class::Number, scanner.at + 1, Before::Other);
    }
    signed
}
