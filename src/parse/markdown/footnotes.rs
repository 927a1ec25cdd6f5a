//! Footnotes: numbers in the order of the references, texts at the end.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::escape;
use super::labels::Labels;

/// A place in the text that refers to a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The footnote's number.
    pub number: usize,
    /// Which of the references to it this is, from 1.
    pub occurrence: usize,
}

impl Reference {
    /// What stands behind `fnref-`: `1`, and `1-2` for a second reference.
    pub fn label(self) -> String {
        match self.occurrence {
            1 => self.number.to_string(),
            occurrence => format!("{}-{occurrence}", self.number),
        }
    }
}

/// The footnotes of a text, as they are met.
#[derive(Default)]
pub struct Footnotes {
    by_name: HashMap<String, usize>,
    notes: Vec<Note>,
}

#[derive(Default)]
struct Note {
    references: usize,
    html: Option<String>,
}

impl Footnotes {
    /// Whether nothing refers to any.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Counts a reference.
    pub fn refer(&mut self, name: &str) -> Reference {
        let next = self.notes.len();
        let at = *self.by_name.entry(folded(name)).or_insert(next);
        if at == next {
            self.notes.push(Note::default());
        }
        self.notes[at].references += 1;
        Reference {
            number: at + 1,
            occurrence: self.notes[at].references,
        }
    }

    /// Keeps a text; `false` if nothing refers to it or the name already has one.
    pub fn define(&mut self, name: &str, html: String) -> bool {
        let Some(note) = self
            .by_name
            .get(&folded(name))
            .and_then(|at| self.notes.get_mut(*at))
        else {
            return false;
        };
        let is_first = note.html.is_none();
        note.html.get_or_insert(html);
        is_first
    }

    /// The ids of footnotes and references.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors = Vec::new();
        for (at, note) in self.notes.iter().enumerate() {
            anchors.push(format!("fn-{}", at + 1));
            anchors.extend(
                references(at, note).map(|reference| format!("fnref-{}", reference.label())),
            );
        }
        anchors
    }

    /// Appends the list of all texts; nothing if there are none.
    pub fn write(&self, labels: &Labels, out: &mut String) {
        if self.notes.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        escape::attribute(out, &labels.footnotes);
        out.push_str("\">\n<ol>\n");
        for (at, note) in self.notes.iter().enumerate() {
            let text = note.html.as_deref().unwrap_or_default().trim_end();
            let (text, end) = match text.strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (text, ""),
            };
            let _ = write!(out, "<li id=\"fn-{}\">{text}", at + 1);
            for reference in references(at, note) {
                back(reference, labels, out);
            }
            out.push_str(end);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

fn references(at: usize, note: &Note) -> impl Iterator<Item = Reference> {
    (1..=note.references).map(move |occurrence| Reference {
        number: at + 1,
        occurrence,
    })
}

fn back(reference: Reference, labels: &Labels, out: &mut String) {
    let label = reference.label();
    let _ = write!(
        out,
        " <a class=\"footnote-back\" href=\"#fnref-{label}\" role=\"doc-backlink\" aria-label=\""
    );
    escape::attribute(out, &labels.footnote_back.replace("{n}", &label));
    out.push_str("\">↩");
    if reference.occurrence > 1 {
        let _ = write!(out, "<sup>{}</sup>", reference.occurrence);
    }
    out.push_str("</a>");
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}
