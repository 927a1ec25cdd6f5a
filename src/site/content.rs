//! A file as a site is assembled from it.

use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::path::SourcePath;

use super::{FileFacts, MadeOf, Text};

/// A Markdown file below `content/`, with as much of its text as must be at hand.
pub struct Content {
    /// The file.
    pub source: SourcePath,
    /// Its front matter.
    pub front: Box<FrontMatter>,
    /// What rendering needs to read it again.
    pub file: FileFacts,
    /// What its body holds.
    pub text: Text,
}

impl Content {
    /// What was parsed, and what was made of it and put aside.
    pub fn new(document: Document, made: MadeOf) -> Self {
        let Document {
            outline,
            source,
            front,
            body,
            digest,
        } = document;
        let text = match made.summary {
            Some(summary) => Text::aside(&outline, summary),
            None => outline.into(),
        };
        let html = made.html;
        Self {
            source,
            front,
            file: FileFacts { digest, body, html },
            text,
        }
    }
}
