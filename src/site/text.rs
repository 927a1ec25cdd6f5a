//! What the texts of pages hold. Most of it is wanted when links are checked, and again when the page
//! itself is rendered; until then that of a large site lies aside, so that memory does not grow with
//! it.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use crate::digest::Feed;
use crate::parse::markdown::{Outline, Words};
use crate::read::{Aside, AsideOnce, ReadError};

use super::{NodeId, SiteGraph};

/// What a page's text holds.
#[derive(Clone, Debug)]
pub struct Text(Whole);

/// A whole outline, or what of it is wanted too often to lie aside.
#[derive(Clone, Debug)]
enum Whole {
    Held(Box<Outline>),
    Aside(Box<Facts>),
}

#[derive(Clone, Debug)]
struct Facts {
    beginning: u64,
    words: Words,
    more: Option<usize>,
    /// The summary that the outline is in.
    summary: Aside,
}

/// What was made of a file and put aside, so far as it was.
#[derive(Clone, Debug, Default)]
pub struct MadeOf {
    /// The HTML of its body, with gaps: only the page itself shows it.
    pub html: AsideOnce,
    /// Its summary, as the store is to hold it.
    pub summary: Option<Aside>,
}

/// How summaries are read back; what is in none of them is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Decode {
    /// The outline.
    pub outline: fn(&[u8]) -> Option<Outline>,
    /// The excerpt alone.
    pub excerpt: fn(&[u8]) -> Option<&str>,
}

const AS_WRITTEN: &str = "summaries come back as they were written";

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
    /// Half of a digest of how it begins: of its excerpt, and of whether there is a place for
    /// `<!-- more -->`.
    pub fn beginning(&self) -> u64 {
        match &self.0 {
            Whole::Held(outline) => beginning(outline),
            Whole::Aside(facts) => facts.beginning,
        }
    }

    /// Its length.
    pub fn words(&self) -> Words {
        match &self.0 {
            Whole::Held(outline) => outline.words,
            Whole::Aside(facts) => facts.words,
        }
    }

    /// Where `<!-- more -->` stands in it.
    pub fn more(&self) -> Option<usize> {
        match &self.0 {
            Whole::Held(outline) => outline.more,
            Whole::Aside(facts) => facts.more,
        }
    }

    /// What an outline says, so far as it is not left to the summary that lies aside.
    pub(super) fn aside(outline: &Outline, summary: Aside) -> Self {
        Self(Whole::Aside(Box::new(Facts {
            beginning: beginning(outline),
            words: outline.words,
            more: outline.more,
            summary,
        })))
    }
}

fn beginning(outline: &Outline) -> u64 {
    let mut feed = Feed::default();
    (&outline.excerpt, outline.more.is_some()).hash(&mut feed);
    feed.finish()
}

impl Default for Text {
    fn default() -> Self {
        Box::<Outline>::default().into()
    }
}

impl From<Box<Outline>> for Text {
    fn from(outline: Box<Outline>) -> Self {
        Self(Whole::Held(outline))
    }
}

impl SiteGraph {
    /// The outline of a page's text.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn outline(&self, id: NodeId) -> Result<Known<'_>, ReadError> {
        match &self.node(id).text.0 {
            Whole::Held(outline) => Ok(Known::Held(outline)),
            Whole::Aside(facts) => {
                let summary = facts.summary.read()?;
                let outline = self.decode.and_then(|decode| (decode.outline)(&summary));
                Ok(Known::Recalled(Rc::new(outline.expect(AS_WRITTEN))))
            }
        }
    }

    /// The beginning of the paragraphs of a page's text.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn excerpt(&self, id: NodeId) -> Result<Cow<'_, str>, ReadError> {
        let facts = match &self.node(id).text.0 {
            Whole::Held(outline) => return Ok(Cow::Borrowed(&outline.excerpt)),
            Whole::Aside(facts) => facts,
        };
        let excerpt = self.decode.expect(AS_WRITTEN).excerpt;
        Ok(match facts.summary.read()? {
            Cow::Borrowed(summary) => Cow::Borrowed(excerpt(summary).expect(AS_WRITTEN)),
            Cow::Owned(summary) => Cow::Owned(excerpt(&summary).expect(AS_WRITTEN).to_owned()),
        })
    }

    /// Says how summaries are read back that were put aside.
    pub fn read_back_by(&mut self, decode: Decode) {
        self.decode = Some(decode);
    }
}
