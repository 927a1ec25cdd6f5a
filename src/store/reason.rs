//! Why an output is rendered, in words.

use crate::message::{Message, say};

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
pub(super) fn changed(key: Key, texts: Texts<'_>, changes: &dyn Changes) -> Message {
    let About { name, words, .. } = About::of(key, texts);
    match key {
        Key::Crumb(a) => match changes.keys(texts.text(a)) {
            Some(keys) if keys.iter().any(|key| key == "title") => say::title_changed(name),
            _ => say::changed(words),
        },
        Key::Page(a) => match changes.keys(texts.text(a)) {
            Some(keys) if !keys.is_empty() => say::keys_changed(keys, name),
            _ => say::changed(words),
        },
        _ => say::changed(words),
    }
}

/// What is no longer there.
pub(super) fn gone(key: Key, texts: Texts<'_>) -> Message {
    let About {
        kind, name, words, ..
    } = About::of(key, texts);
    match (key.page(), kind) {
        (Some(page), _) => say::gone(texts.page(page)),
        (None, Kind::List | Kind::Term) => say::gone(name),
        (None, _) => say::gone(words),
    }
}

/// A reason as one of the texts of a store, where many outputs may have the same.
pub(super) fn kept(reason: &Message) -> String {
    serde_json::to_string(reason).unwrap_or_default()
}

/// The reason that was kept.
pub(super) fn told(kept: &str) -> Message {
    serde_json::from_str(kept).unwrap_or_else(|_| say::verbatim(kept))
}
