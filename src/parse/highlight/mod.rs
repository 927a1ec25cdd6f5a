//! Syntax highlighting: code to HTML with a `<span>` around every token that themes can colour.
//!
//! A lexer per language reads the bytes once and yields `marks`, ranges with a `class`;
//! `paint` writes them. Lexers never fail: what they do not know stays plain text.

mod bytes;
mod class;
mod family;
mod language;
mod languages;
mod marks;
mod paint;

pub use class::{Class, ClassRow};
pub use language::LanguageRow;

use marks::Marks;

/// Appends `code` to `out` as HTML, highlighted as `language`, which is a name or an alias from
/// [`languages`] in any case. Says whether the language is known; if not, nothing is appended.
pub fn highlight(language: &str, code: &str, out: &mut String) -> bool {
    let Some(row) = language::find(language) else {
        return false;
    };
    let mut marks = Marks::with_room_for(code.len());
    (row.lexer)(code.as_bytes(), 0, &mut marks);
    paint::paint(code, marks.as_slice(), out);
    true
}

/// The languages that [`highlight`] knows, sorted by name.
pub fn languages() -> impl Iterator<Item = &'static LanguageRow> {
    language::LANGUAGES.iter()
}

/// The classes of tokens that [`highlight`] writes.
pub fn classes() -> impl Iterator<Item = &'static ClassRow> {
    class::CLASSES.iter()
}
