//! What one render asked: the proof of what its output depends on.

use std::collections::BTreeSet;

use crate::config::Lang;
use crate::path::SourcePath;
use crate::site::{FeedScope, NodeId, TermId};

/// Everything a render may ask. Lists, absence and the clock are answers like any other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// The settings.
    Config,
    /// What a page or section is called, where it is, what its front matter means.
    Page(NodeId),
    /// The HTML of a page's body.
    Body(NodeId),
    /// The articles of a list, in order.
    Pages(List),
    /// The sections above a page.
    Ancestors(NodeId),
    /// The version of a page in a language, or what stands in for it.
    Version(NodeId, Lang),
    /// The page that a path names.
    Find(String, Lang),
    /// The home section of a language.
    Home(Lang),
    /// A term.
    Term(TermId),
    /// The term of a taxonomy that a name stands for.
    FindTerm(usize, Lang, String),
    /// All taxonomies.
    Taxonomies,
    /// The years of a language's archive.
    Years(Lang),
    /// Where a link leads.
    Url(String, Option<NodeId>, Lang),
    /// The address of a feed.
    Feed(FeedScope),
    /// All addresses.
    Routes,
    /// The bytes of a file, or that there is none.
    File(SourcePath),
    /// A data file, or that there is none.
    Data(String),
    /// A word of the theme.
    String(Lang, String),
    /// The templates.
    Templates,
    /// The instant of the build.
    Now,
}

/// A list of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Those of a section.
    Section(NodeId),
    /// The newest anywhere below a section.
    Recent(NodeId),
    /// Those of a term.
    Term(TermId),
    /// Those of a year.
    Year(Lang, i32),
    /// Those of a feed, as many as it holds.
    Feed(FeedScope),
}

/// The questions of one render.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    questions: BTreeSet<Question>,
}

impl Trace {
    /// Notes a question.
    pub fn note(&mut self, question: Question) {
        self.questions.insert(question);
    }

    /// Notes all questions of another render.
    pub fn include(&mut self, other: &Self) {
        self.questions.extend(other.questions.iter().cloned());
    }

    /// What was asked, each question once.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter()
    }
}
