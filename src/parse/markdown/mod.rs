//! Markdown, in two halves: [`outline()`] says what the site must know of a text before any page is
//! rendered, [`to_html`] renders it. Both walk the same events once, and give a heading the same
//! id; [`outline_and_skeleton`] does both in one walk. The only home of pulldown-cmark, pulldown-latex and ammonia.

mod autolinks;
mod blocks;
mod breaks;
mod characters;
mod cjk;
mod escape;
mod events;
mod excerpt;
mod footnotes;
mod headings;
mod hints;
mod inlines;
mod labels;
mod lanes;
mod math;
mod media;
mod outline;
mod quotes;
mod raw;
mod skeleton;
mod targets;
mod typography;
mod words;
mod writer;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::Options;

use crate::diagnostic::Code;
use crate::message::Message;

pub use escape::attribute as escape;
pub use excerpt::shortened;
pub use labels::{LABELS, Labels};
pub use outline::{Heading, Link, LinkKind, Outline, outline};
pub use quotes::Quotes;
pub use skeleton::{fill, outline_and_skeleton};
pub use words::Words;
pub use writer::{inline_html, lead_html, to_html};

/// Markdown as HTML.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// What is wrong with the Markdown, in the order of the text.
    pub findings: Vec<Finding>,
}

/// A problem with a stretch of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The bytes it is about, counted from the start of the text that was rendered.
    pub range: Range<usize>,
    /// The kind.
    pub code: Code,
    /// What is wrong, without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
}

/// Where links lead. Asked only about targets that have no scheme and do not begin with `//`.
pub trait Links {
    /// The address of a page or file, not escaped; `None` keeps the target as it is written.
    fn link(&self, target: &str) -> Option<String>;

    /// The same for an image.
    fn image(&self, target: &str) -> Option<ImageSource>;

    /// Appends the address as an attribute holds it.
    fn write_address(&self, target: &str, out: &mut String) {
        match self.link(target) {
            Some(address) => escape::href(out, &address),
            None => escape::href(out, target),
        }
    }

    /// An image as its attributes hold it.
    fn attributes(&self, target: &str) -> Image {
        match self.image(target) {
            Some(ImageSource { src, size }) => Image::new(&src, size),
            None => Image::new(target, None),
        }
    }
}

/// What the attributes of an image hold.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Image {
    /// The value of `src`.
    pub source: String,
    /// ` width="…" height="…"`, where they are known.
    pub size: String,
}

impl Image {
    /// Of an address that is not escaped.
    fn new(address: &str, size: Option<(u32, u32)>) -> Self {
        let mut source = String::with_capacity(address.len());
        escape::href(&mut source, address);
        let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        Self {
            source,
            size: size.unwrap_or_default(),
        }
    }
}

/// An image as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSource {
    /// Its address, not escaped.
    pub src: String,
    /// Width and height in pixels, where known.
    pub size: Option<(u32, u32)>,
}

/// What is understood beyond CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
