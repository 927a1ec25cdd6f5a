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
    /// For each line: where it begins in `text`, and where in the Markdown.
    lines: Vec<(usize, usize)>,
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
        self.lines.push((self.text.len(), range.start));
        self.text.push_str(text);
    }

    /// Where a stretch of `text` stands in the Markdown.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let line = self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
            self.lines.get(line).map_or(0, |(start, place)| place + (offset - start))
        };
        match range.is_empty() {
            true => at(range.start)..at(range.start),
            false => at(range.start)..at(range.end - 1) + 1,
        }
    }
}
