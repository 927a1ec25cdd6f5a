//! What sets one language of the C family apart from another: a row of facts.

use super::scan::Scanner;
use super::words::Words;

/// Tries to read a token that begins at the scanner's place; says whether it did. A hook that
/// looks far ahead must take what it has looked at, or the time would not be linear.
pub(crate) type Hook = fn(&mut Scanner<'_>) -> bool;

/// The facts about a language. Start from [`PLAIN`].
pub(crate) struct Spec {
    pub words: Words,
    /// Words count whatever their case.
    pub fold_case: bool,
    /// Keywords that stay keywords after a dot (`x.await`).
    pub member_keywords: &'static [&'static str],
    pub comments: &'static [Comment],
    /// Strings; of two that begin alike, the longer opening first.
    pub quotes: &'static [Quote],
    /// What only this language has, by the byte that begins it.
    pub hooks: &'static [(u8, Hook)],
    /// Is asked with the end of a short word that a quote or `#` follows: `r"…"`.
    pub prefix: Option<fn(&mut Scanner<'_>, usize) -> bool>,
    /// Bytes of names besides letters, digits and `_`.
    pub name_bytes: &'static [u8],
    /// Names that begin with a capital and have a small letter are types.
    pub capital_types: bool,
    /// After a dot or a type, a capitalised name is that of a member.
    pub capital_members: bool,
    /// Signs that can end a name (`empty?`).
    pub name_tails: &'static [u8],
    /// A call of a capitalised name makes a value of that type.
    pub capital_calls: bool,
    /// `name:` within braces is a key.
    pub keys: bool,
    /// `@name` is a decorator.
    pub decorators: bool,
    /// `name!` is a macro.
    pub bang_macros: bool,
    /// `->` leads to a member, as the dot does.
    pub arrow_member: bool,
    /// `1'000` is a number.
    pub quote_separates: bool,
    /// All other names are variables.
    pub all_variables: bool,
}

/// A language without anything.
pub(crate) const PLAIN: Spec = Spec {
    words: Words::new(&[]),
    fold_case: false,
    member_keywords: &[],
    comments: &[],
    quotes: &[],
    hooks: &[],
    prefix: None,
    name_bytes: &[],
    capital_types: false,
    capital_members: false,
    name_tails: &[],
    capital_calls: false,
    keys: false,
    decorators: false,
    bang_macros: false,
    arrow_member: false,
    quote_separates: false,
    all_variables: false,
};

/// How a comment looks.
pub(crate) enum Comment {
    /// From here to the end of the line.
    Line(&'static str),
    /// From the one to the other.
    Block(&'static str, &'static str),
    /// The same, and such comments can contain each other.
    Nested(&'static str, &'static str),
}

impl Comment {
    pub fn open(&self) -> &'static [u8] {
        match self {
            Comment::Line(open) | Comment::Block(open, _) | Comment::Nested(open, _) => {
                open.as_bytes()
            }
        }
    }
}

/// `//` and `/* */`.
pub(crate) const SLASHES: &[Comment] = &[Comment::Line("//"), Comment::Block("/*", "*/")];
/// The same, nested.
pub(crate) const NESTED_SLASHES: &[Comment] = &[Comment::Line("//"), Comment::Nested("/*", "*/")];

/// How a string looks.
#[derive(Clone, Copy)]
pub(crate) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// Whether it goes on past the end of a line.
    pub multiline: bool,
    pub escape: Escape,
    pub hole: Option<Hole>,
    /// `$name` in it is a variable.
    pub names: bool,
}

/// How a string says that a byte does not mean what it usually means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    None,
    /// By this byte before it.
    By(u8),
    /// By writing the closing quote twice.
    Doubled,
}

/// Code within a string: `${…}`.
#[derive(Clone, Copy)]
pub(crate) struct Hole {
    pub open: &'static str,
    /// How many bytes of `open` belong to the string.
    pub edge: usize,
    pub close: u8,
    /// Whether the opening, written twice, stands for itself.
    pub doubled: bool,
}

impl Hole {
    pub const fn new(open: &'static str, close: u8) -> Hole {
        Hole {
            open,
            edge: open.len(),
            close,
            doubled: false,
        }
    }
}

impl Quote {
    /// A string on one line, with backslashes as escapes.
    pub const fn new(quote: &'static str) -> Quote {
        Quote::between(quote, quote)
    }

    pub const fn between(open: &'static str, close: &'static str) -> Quote {
        let escape = Escape::By(b'\\');
        Quote {
            open,
            close,
            multiline: false,
            escape,
            hole: None,
            names: false,
        }
    }

    pub const fn multiline(self) -> Quote {
        Quote {
            multiline: true,
            ..self
        }
    }

    pub const fn escape(self, escape: Escape) -> Quote {
        Quote { escape, ..self }
    }

    pub const fn raw(self) -> Quote {
        self.escape(Escape::None)
    }

    pub const fn hole(self, hole: Hole) -> Quote {
        Quote {
            hole: Some(hole),
            ..self
        }
    }

    pub const fn names(self) -> Quote {
        Quote {
            names: true,
            ..self
        }
    }
}

/// `"…"` with backslashes.
pub(crate) const DOUBLE: Quote = Quote::new("\"");
/// `'…'` with backslashes.
pub(crate) const SINGLE: Quote = Quote::new("'");
