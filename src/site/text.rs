//! What the texts of pages hold. Most of it is wanted when links are checked, and again when the page
//! itself is rendered; in between it lies aside, so that memory does not grow with it.

use std::ops::Deref;
use std::rc::Rc;

use crate::parse::markdown::{Outline, Words};
use crate::path::SourcePath;
use crate::read::{Aside, ReadError};

use super::{NodeId, SiteGraph};

/// What a page's text holds.
#[derive(Clone, Debug, Default)]
pub struct Text {
    outline: Box<Outline>,
    /// Where the whole outline lies, if the rest of it is gone from here.
    aside: Option<Aside>,
}

/// What was made of a file and put aside, so far as it was.
#[derive(Clone, Debug, Default)]
pub struct MadeOf {
    /// The HTML of its body, with gaps.
    pub html: Option<Aside>,
    /// Its summary, as the store is to hold it.
    pub summary: Option<Aside>,
}

/// Reads the outline in a summary; `None` if there is none in it.
pub(super) type Decode = fn(&[u8]) -> Option<Outline>;

/// A whole outline.
pub enum Known<'g> {
    /// It was at hand.
    Held(&'g Outline),
    /// It lay aside.
    Recalled(Rc<Outline>),
}

impl Deref for Known<'_> {
    type Target = Outline;

    fn deref(&self) -> &Outline {
        match self {
            Self::Held(outline) => outline,
            Self::Recalled(outline) => outline,
        }
    }
}

impl Text {
    /// The beginning of its paragraphs as plain text.
    pub fn excerpt(&self) -> &str {
        &self.outline.excerpt
    }

    /// Its length.
    pub fn words(&self) -> Words {
        self.outline.words
    }

    /// Its outline, before anything of it lies aside.
    pub(super) fn held(&self) -> &Outline {
        debug_assert!(self.aside.is_none(), "it is whole until links are checked");
        &self.outline
    }

    /// Where `<!-- more -->` stands in it.
    pub fn more(&self) -> Option<usize> {
        self.outline.more
    }
}

impl From<Box<Outline>> for Text {
    fn from(outline: Box<Outline>) -> Self {
        let aside = None;
        Self { outline, aside }
    }
}

impl SiteGraph {
    /// The outline of a page's text.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn outline(&self, id: NodeId) -> Result<Known<'_>, ReadError> {
        let text = &self.node(id).text;
        let Some((aside, decode)) = text.aside.as_ref().zip(self.decode) else {
            return Ok(Known::Held(&text.outline));
        };
        let outline = decode(&aside.read()?).expect("summaries come back as they were written");
        Ok(Known::Recalled(Rc::new(outline)))
    }

    /// Takes over what was made of files, sorted by path.
    pub fn take_made(&mut self, made: impl Iterator<Item = (SourcePath, MadeOf)>) {
        let mut made = made.peekable();
        for at in 0..self.nodes.len() {
            let node = &mut self.nodes[at];
            while made.next_if(|(path, _)| *path < node.source).is_some() {}
            if let Some(file) = &mut node.file
                && let Some((_, made)) = made.next_if(|(path, _)| *path == node.source)
            {
                file.made = made;
            }
        }
    }

    /// Lets go of what `decode` can read back from the summaries that lie aside.
    pub fn let_go(&mut self, decode: fn(&[u8]) -> Option<Outline>) {
        self.decode = Some(decode);
        self.nodes.change_all(|node| {
            let file = node.file.as_ref();
            node.text.aside = file.and_then(|file| file.made.summary.clone());
            if node.text.aside.is_some() {
                node.text.outline.let_go();
            }
        });
    }
}
