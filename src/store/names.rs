//! Texts of a store, each once: questions name their subjects by numbers.

use std::collections::HashMap;

/// A text's number. 0 is no text.
pub(super) type Name = u32;

/// Texts on their way into a store.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<String, Name>,
    texts: Vec<String>,
}

impl Names {
    /// The number of a text.
    pub(super) fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        self.texts.push(text.to_owned());
        let name = Name::try_from(self.texts.len()).expect("fewer than four billion texts");
        self.known.insert(text.to_owned(), name);
        name
    }

    /// All texts by their numbers, from 1.
    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }
}
