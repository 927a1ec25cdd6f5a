//! HTML that stands in Markdown.

mod allow;
mod clean;
mod decode;
mod filter;
mod targets;
mod tokens;

use std::ops::Range;

pub use allow::is_generic as is_harmless_attribute;
pub use clean::clean;
pub use filter::{DEEPEST, Filter, Sink};
pub use targets::{Found, is_more, pass, scan};

/// A stretch of raw HTML, and where its lines stand in the Markdown.
#[derive(Default)]
pub struct Source {
    /// The HTML, without what Markdown puts before its lines.
    pub text: String,
    /// For each line: where it begins in `text`, and its place in the Markdown.
    lines: Vec<(usize, Range<usize>)>,
}

impl Source {
    /// A stretch of one piece.
    pub fn new(text: &str, range: &Range<usize>) -> Self {
        let mut source = Self::default();
        source.push(text, range);
        source
    }

    /// Adds a line.
    pub fn push(&mut self, text: &str, range: &Range<usize>) {
        self.lines.push((self.text.len(), range.clone()));
        self.text.push_str(text);
    }

    /// Where a stretch of `text` stands in the Markdown.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let line = self
                .lines
                .partition_point(|(start, _)| *start <= offset)
                .saturating_sub(1);
            self.lines.get(line).map_or(0, |(start, place)| {
                (place.start + offset - start).min(place.end)
            })
        };
        match range.is_empty() {
            true => at(range.start)..at(range.start),
            // The end belongs to the line before it.
            false => {
                at(range.start)
                    ..(at(range.end - 1) + 1)
                        .min(self.lines.last().map_or(0, |(_, place)| place.end))
            }
        }
    }
}

/// Fails unless HTML is well-formed and holds nothing but what the tables allow.
#[cfg(test)]
pub fn assert_clean(html: &str, body: &str) {
    use tokens::{Token, Tokens};

    let mut open = Vec::new();
    for token in Tokens::new(html) {
        match token {
            Token::Text(range) => assert!(
                !html[range.clone()].contains('<'),
                "{body:?}: {}",
                &html[range]
            ),
            Token::Comment { range, .. } => panic!("{body:?}: {}", &html[range]),
            Token::Close { name, .. } => assert_eq!(open.pop(), Some(name), "{body:?}: {html}"),
            Token::Open(tag) => {
                let rows: Vec<_> = allow::RAW
                    .iter()
                    .chain(allow::OWN)
                    .filter(|row| row.name == tag.name)
                    .collect();
                assert!(!rows.is_empty(), "{body:?}: {}", tag.name);
                for attribute in &tag.attributes {
                    let value = attribute.value.clone().map_or("", |value| &html[value]);
                    assert!(
                        rows.iter().any(|row| row.allows(attribute.name)),
                        "{body:?}: {}",
                        attribute.name
                    );
                    assert_eq!(
                        allow::dangerous_target(tag.name, attribute.name, &decode::decoded(value)),
                        None,
                        "{body:?}"
                    );
                }
                if !allow::VOID.contains(&tag.name) {
                    open.push(tag.name);
                }
            }
        }
    }
    assert!(open.is_empty(), "{body:?}: {html}");
}
