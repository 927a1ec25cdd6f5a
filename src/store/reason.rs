//! Why an output is rendered, in words.

use super::about::{About, Kind};
use super::key::Key;
use super::names::Texts;

/// Finds which keys of a file's front matter changed.
pub trait Changes {
    /// The keys that have another value than in the earlier build; `None` if the file is new, gone
    /// or has no front matter of its own.
    fn keys(&self, source: &str) -> Option<Vec<String>>;
}

/// What changed.
pub(super) fn changed(key: Key, texts: Texts<'_>, changes: &dyn Changes) -> String {
    let About { name, words, .. } = About::of(key, texts);
    match key {
        Key::Crumb(a) => match changes.keys(texts.text(a)) {
            Some(keys) if keys.iter().any(|key| key == "title") => {
                format!("title of {name} changed")
            }
            _ => format!("{words} changed"),
        },
        Key::Page(a) => match changes.keys(texts.text(a)) {
            Some(keys) if !keys.is_empty() => format!("{} of {name} changed", keys.join(", ")),
            _ => format!("{words} changed"),
        },
        _ => format!("{words} changed"),
    }
}

/// What is no longer there.
pub(super) fn gone(key: Key, texts: Texts<'_>) -> String {
    let About {
        kind, name, words, ..
    } = About::of(key, texts);
    let what = match (key.page(), kind) {
        (Some(page), _) => texts.page(page),
        (None, Kind::List | Kind::Term) => name,
        (None, _) => words,
    };
    format!("{what} is gone")
}
