//! Texts of a store, each once: questions name their subjects by numbers.

use std::borrow::Cow;

use ahash::AHashMap;

use crate::message::{Message, say};

/// A text's number. 0 is no text.
pub(super) type Name = u32;

/// Texts on their way into a store.
#[derive(Default)]
pub(super) struct Names<'a>(AHashMap<Cow<'a, str>, Name>);

impl<'a> Names<'a> {
    /// The number of a text.
    pub(super) fn name(&mut self, text: &str) -> Name {
        match self.0.get(text) {
            Some(known) => *known,
            None => self.add(text.to_owned().into()),
        }
    }

    /// The number of a text that stays where it is.
    pub(super) fn name_of(&mut self, text: &'a str) -> Name {
        match self.0.get(text) {
            Some(known) => *known,
            None => self.add(text.into()),
        }
    }

    fn add(&mut self, text: Cow<'a, str>) -> Name {
        let name = Name::try_from(self.0.len() + 1).expect("fewer than four billion texts");
        self.0.insert(text, name);
        name
    }

    /// All texts by their numbers, from 1.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut texts = vec![""; self.0.len()];
        for (text, name) in &self.0 {
            texts[*name as usize - 1] = text;
        }
        texts
    }
}

/// The texts of a store that was read.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a>(pub(super) &'a [&'a str]);

impl<'a> Texts<'a> {
    /// A text; empty if a damaged store names what it does not have.
    pub(super) fn text(self, name: Name) -> &'a str {
        let at = (name as usize).checked_sub(1);
        at.and_then(|at| self.0.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// A text as something that is typed.
    pub(super) fn code(self, name: Name) -> String {
        format!("`{}`", self.text(name))
    }

    /// Something as it is in a language.
    pub(super) fn in_lang(self, what: Message, lang: Name) -> Message {
        say::in_language(what, self.text(lang))
    }

    /// A page as writers link to it.
    pub(super) fn page(self, name: Name) -> String {
        let source = self.text(name);
        match source.strip_prefix("content/") {
            Some(below) => format!("@/{below}"),
            None => source.to_owned(),
        }
    }
}
