//! Headings: their plain text, and ids that are the same whoever asks.

use ahash::AHashMap;
use pulldown_cmark::Event;

use crate::slug;

/// The plain text of a heading, from the events inside it.
#[derive(Default)]
pub struct Title {
    text: String,
}

impl Title {
    /// Adds what the event shows.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text.push_str(text),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => self.text.push_str(formula),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text.trim().to_owned()
    }
}

/// The ids that a text has given out.
#[derive(Default)]
pub struct Ids {
    /// Each id, with the last number that was appended to it.
    taken: AHashMap<String, u32>,
}

impl Ids {
    /// The id of a heading: the written one, else one made of its text; `-1`, `-2` … where taken.
    pub fn of(&mut self, written: Option<&str>, title: &str) -> String {
        let wanted = match written {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => unlike_footnotes(slug::anchor(title)),
        };
        let id = self.free(&wanted);
        self.taken.insert(id.clone(), 0);
        id
    }

    fn free(&mut self, wanted: &str) -> String {
        let Some(mut number) = self.taken.get(wanted).copied() else {
            return wanted.to_owned();
        };
        loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if !self.taken.contains_key(&id) {
                self.taken.insert(wanted.to_owned(), number);
                return id;
            }
        }
    }
}

/// `fn-1` and `fnref-1` belong to footnotes.
fn unlike_footnotes(id: String) -> String {
    match id.starts_with("fn-") || id.starts_with("fnref-") {
        true => format!("section-{id}"),
        false => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["A", "a", "a-1", "A!", "义诊", "", "FN 1"]
            .iter()
            .map(|title| ids.of(None, title))
            .collect();
        assert_eq!(
            given,
            [
                "a",
                "a-1",
                "a-1-1",
                "a-2",
                "义诊",
                "section",
                "section-fn-1"
            ]
        );
        assert_eq!(ids.of(Some("Own"), "x"), "Own");
        assert_eq!(ids.of(Some("Own"), "x"), "Own-1");
        assert_eq!(ids.of(Some(""), "x"), "x");
    }

    #[test]
    fn many_equal_headings_cost_no_more_than_others() {
        let mut ids = Ids::default();
        let last = (0..200_000).map(|_| ids.of(None, "x")).last();
        assert_eq!(last.as_deref(), Some("x-199999"));
    }
}
