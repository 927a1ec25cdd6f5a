//! Questions in a form that outlives a build: pages by their sources, terms by their addresses,
//! languages by their codes.

use std::borrow::Cow;

use ahash::AHashMap;
use serde::{Deserialize, Serialize};

use crate::config::Lang;
use crate::path::{OutputPath, SourcePath};
use crate::site::{FeedScope, NodeId, TermId};
use crate::trace::{List, Question};
use crate::world::World;

use super::names::{Name, Names};

/// A question; texts are numbers of the store's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Key {
    Config,
    Crumb(Name),
    Page(Name),
    Text(Name),
    Words(Name),
    Listed(Name),
    Body(Name),
    Subsections(Name),
    Translations(Name),
    Neighbours(Name),
    Backlinks(Name),
    SectionPages(Name),
    RecentPages(Name),
    TermPages(Name),
    YearPages(Name, i32),
    FeedPages(Scope),
    Version(Name, Name),
    Find(Name, Name),
    Term(Name),
    TermCount(Name),
    TermTranslations(Name),
    FindTerm(Name, Name, Name),
    Taxonomy(Name, Name),
    Terms(Name, Name),
    Archive(Name),
    Years(Name),
    Url(Name, Name, Name),
    Feed(Scope),
    Sitemap,
    Redirects,
    Taken(Name),
    File(Name),
    Data(Name),
    Word(Name, Name),
    Labels(Name),
    Template(Name),
    Now,
}

/// Which feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Scope {
    Site(Name),
    Section(Name),
    Term(Name),
}

impl Key {
    /// The key of a question of this build.
    pub(super) fn of(question: &Question, keys: &mut Keys<'_>) -> Self {
        match question {
            Question::Config => Self::Config,
            Question::Crumb(id) => Self::Crumb(keys.node(*id)),
            Question::Page(id) => Self::Page(keys.node(*id)),
            Question::Text(id) => Self::Text(keys.node(*id)),
            Question::Words(id) => Self::Words(keys.node(*id)),
            Question::Listed(id) => Self::Listed(keys.node(*id)),
            Question::Body(id) => Self::Body(keys.node(*id)),
            Question::Subsections(id) => Self::Subsections(keys.node(*id)),
            Question::Translations(id) => Self::Translations(keys.node(*id)),
            Question::Neighbours(id) => Self::Neighbours(keys.node(*id)),
            Question::Backlinks(id) => Self::Backlinks(keys.node(*id)),
            Question::Pages(List::Section(id)) => Self::SectionPages(keys.node(*id)),
            Question::Pages(List::Recent(id)) => Self::RecentPages(keys.node(*id)),
            Question::Pages(List::Term(id)) => Self::TermPages(keys.term(*id)),
            Question::Pages(List::Year(lang, year)) => Self::YearPages(keys.lang(*lang), *year),
            Question::Pages(List::Feed(scope)) => Self::FeedPages(keys.scope(*scope)),
            Question::Version(id, lang) => Self::Version(keys.node(*id), keys.lang(*lang)),
            Question::Find(path, lang) => Self::Find(keys.text(path), keys.lang(*lang)),
            Question::Term(id) => Self::Term(keys.term(*id)),
            Question::TermCount(id) => Self::TermCount(keys.term(*id)),
            Question::TermTranslations(id) => Self::TermTranslations(keys.term(*id)),
            Question::FindTerm(index, lang, name) => {
                Self::FindTerm(keys.taxonomy(*index), keys.lang(*lang), keys.text(name))
            }
            Question::Taxonomy(index, lang) => {
                Self::Taxonomy(keys.taxonomy(*index), keys.lang(*lang))
            }
            Question::Terms(index, lang) => Self::Terms(keys.taxonomy(*index), keys.lang(*lang)),
            Question::Archive(lang) => Self::Archive(keys.lang(*lang)),
            Question::Years(lang) => Self::Years(keys.lang(*lang)),
            Question::Url(target, from, lang) => {
                let from = from.map_or(0, |id| keys.node(id));
                Self::Url(keys.text(target), from, keys.lang(*lang))
            }
            Question::Feed(scope) => Self::Feed(keys.scope(*scope)),
            Question::Sitemap => Self::Sitemap,
            Question::Redirects => Self::Redirects,
            Question::Taken(output) => Self::Taken(keys.text(output.as_str())),
            Question::File(path) => Self::File(keys.text(path.as_str())),
            Question::Data(path) => Self::Data(keys.text(path)),
            Question::Word(lang, key) => Self::Word(keys.lang(*lang), keys.text(key)),
            Question::Labels(lang) => Self::Labels(keys.lang(*lang)),
            Question::Template(name) => Self::Template(keys.text(name)),
            Question::Now => Self::Now,
        }
    }

    /// The source of the page that it is about.
    pub(super) fn page(self) -> Option<Name> {
        match self {
            Self::Crumb(page)
            | Self::Page(page)
            | Self::Text(page)
            | Self::Words(page)
            | Self::Listed(page)
            | Self::Body(page)
            | Self::Subsections(page)
            | Self::Translations(page)
            | Self::Neighbours(page)
            | Self::Backlinks(page)
            | Self::SectionPages(page)
            | Self::RecentPages(page)
            | Self::Version(page, _)
            | Self::FeedPages(Scope::Section(page))
            | Self::Feed(Scope::Section(page)) => Some(page),
            Self::Url(_, from, _) => Some(from).filter(|from| *from != 0),
            _ => None,
        }
    }

    /// The term that it is about, by its address.
    pub(super) fn term(self) -> Option<Name> {
        match self {
            Self::Term(term)
            | Self::TermCount(term)
            | Self::TermTranslations(term)
            | Self::TermPages(term)
            | Self::FeedPages(Scope::Term(term))
            | Self::Feed(Scope::Term(term)) => Some(term),
            _ => None,
        }
    }

    /// The taxonomy about whose terms it is; its address depends on articles alone.
    pub(super) fn taxonomy(self) -> Option<Name> {
        match self {
            Self::Terms(name, _) | Self::FindTerm(name, ..) => Some(name),
            _ => None,
        }
    }

    /// The file whose bytes it is about.
    pub(super) fn file(self) -> Option<Name> {
        match self {
            Self::File(path) => Some(path),
            _ => None,
        }
    }

    /// Orders kinds of questions alike in every store.
    pub(super) fn rank(self) -> Self {
        self.renamed(|_| 0)
    }

    /// The same key with its texts renumbered.
    pub(super) fn renamed(self, mut name: impl FnMut(Name) -> Name) -> Self {
        match self {
            Self::Config | Self::Sitemap | Self::Redirects | Self::Now => self,
            Self::Crumb(a) => Self::Crumb(name(a)),
            Self::Page(a) => Self::Page(name(a)),
            Self::Text(a) => Self::Text(name(a)),
            Self::Words(a) => Self::Words(name(a)),
            Self::Listed(a) => Self::Listed(name(a)),
            Self::Body(a) => Self::Body(name(a)),
            Self::Subsections(a) => Self::Subsections(name(a)),
            Self::Translations(a) => Self::Translations(name(a)),
            Self::Neighbours(a) => Self::Neighbours(name(a)),
            Self::Backlinks(a) => Self::Backlinks(name(a)),
            Self::SectionPages(a) => Self::SectionPages(name(a)),
            Self::RecentPages(a) => Self::RecentPages(name(a)),
            Self::TermPages(a) => Self::TermPages(name(a)),
            Self::YearPages(a, year) => Self::YearPages(name(a), year),
            Self::FeedPages(scope) => Self::FeedPages(scope.renamed(name)),
            Self::Version(a, b) => Self::Version(name(a), name(b)),
            Self::Find(a, b) => Self::Find(name(a), name(b)),
            Self::Term(a) => Self::Term(name(a)),
            Self::TermCount(a) => Self::TermCount(name(a)),
            Self::TermTranslations(a) => Self::TermTranslations(name(a)),
            Self::FindTerm(a, b, c) => Self::FindTerm(name(a), name(b), name(c)),
            Self::Taxonomy(a, b) => Self::Taxonomy(name(a), name(b)),
            Self::Terms(a, b) => Self::Terms(name(a), name(b)),
            Self::Archive(a) => Self::Archive(name(a)),
            Self::Years(a) => Self::Years(name(a)),
            Self::Url(a, b, c) => Self::Url(name(a), name(b), name(c)),
            Self::Feed(scope) => Self::Feed(scope.renamed(name)),
            Self::Taken(a) => Self::Taken(name(a)),
            Self::File(a) => Self::File(name(a)),
            Self::Data(a) => Self::Data(name(a)),
            Self::Word(a, b) => Self::Word(name(a), name(b)),
            Self::Labels(a) => Self::Labels(name(a)),
            Self::Template(a) => Self::Template(name(a)),
        }
    }
}

impl Scope {
    pub(super) fn renamed(self, mut name: impl FnMut(Name) -> Name) -> Self {
        match self {
            Self::Site(a) => Self::Site(name(a)),
            Self::Section(a) => Self::Section(name(a)),
            Self::Term(a) => Self::Term(name(a)),
        }
    }
}

/// Makes texts of what is numbered anew in every build.
pub(super) struct Keys<'a> {
    pub(super) world: &'a World,
    pub(super) names: Names<'a>,
    /// Those of pages, which most questions are about; 0 for what was not named yet.
    nodes: Vec<Name>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        Self {
            world,
            names: Names::default(),
            nodes: vec![0; world.graph.nodes.len()],
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Name {
        self.names.name(text)
    }

    pub(super) fn node(&mut self, id: NodeId) -> Name {
        let known = &mut self.nodes[id.index()];
        if *known == 0 {
            *known = match identity(self.world, id) {
                Cow::Borrowed(text) => self.names.name_of(text),
                Cow::Owned(text) => self.names.name(&text),
            };
        }
        *known
    }

    pub(super) fn term(&mut self, id: TermId) -> Name {
        self.names.name_of(self.world.graph.term(id).url.as_str())
    }

    pub(super) fn lang(&mut self, lang: Lang) -> Name {
        self.names.name_of(&self.world.config.language(lang).code)
    }

    pub(super) fn taxonomy(&mut self, index: usize) -> Name {
        self.names
            .name_of(&self.world.config.taxonomies[index].name)
    }

    pub(super) fn scope(&mut self, scope: FeedScope) -> Scope {
        match scope {
            FeedScope::Site(lang) => Scope::Site(self.lang(lang)),
            FeedScope::Section(id) => Scope::Section(self.node(id)),
            FeedScope::Term(id) => Scope::Term(self.term(id)),
        }
    }
}

/// A page's source; the language stands behind that of a section without a file.
fn identity(world: &World, id: NodeId) -> Cow<'_, str> {
    match world.graph.identity(id) {
        (source, None) => source.as_str().into(),
        (source, Some(lang)) => {
            let code = &world.config.language(lang).code;
            format!("{source} ({code})").into()
        }
    }
}

/// Finds what keys of an earlier build mean in this one.
pub(super) struct Meanings<'a> {
    world: &'a World,
    texts: &'a [&'a str],
    nodes: AHashMap<Cow<'a, str>, NodeId>,
    terms: AHashMap<&'a str, TermId>,
}

impl<'a> Meanings<'a> {
    pub(super) fn new(world: &'a World, texts: &'a [&'a str]) -> Self {
        let ids = world.graph.ids();
        Self::among(ids.map(|id| (identity(world, id), id)), world, texts)
    }

    /// The same for keys about pages that are among some files.
    pub(super) fn of_files(
        world: &'a World,
        texts: &'a [&'a str],
        files: &'a [SourcePath],
    ) -> Self {
        let nodes = files.iter().filter_map(|file| {
            let id = world.graph.of_file(file)?;
            Some((file.as_str().into(), id))
        });
        Self::among(nodes, world, texts)
    }

    fn among(
        nodes: impl Iterator<Item = (Cow<'a, str>, NodeId)>,
        world: &'a World,
        texts: &'a [&'a str],
    ) -> Self {
        let graph = &world.graph;
        let terms = graph.term_ids().map(|id| (graph.term(id).url.as_str(), id));
        Self {
            world,
            texts,
            nodes: nodes.collect(),
            terms: terms.collect(),
        }
    }

    /// The question; `None` if what it is about is gone.
    pub(super) fn question(&self, key: Key) -> Option<Question> {
        Some(match key {
            Key::Config => Question::Config,
            Key::Crumb(a) => Question::Crumb(self.node(a)?),
            Key::Page(a) => Question::Page(self.node(a)?),
            Key::Text(a) => Question::Text(self.node(a)?),
            Key::Words(a) => Question::Words(self.node(a)?),
            Key::Listed(a) => Question::Listed(self.node(a)?),
            Key::Body(a) => Question::Body(self.node(a)?),
            Key::Subsections(a) => Question::Subsections(self.node(a)?),
            Key::Translations(a) => Question::Translations(self.node(a)?),
            Key::Neighbours(a) => Question::Neighbours(self.node(a)?),
            Key::Backlinks(a) => Question::Backlinks(self.node(a)?),
            Key::SectionPages(a) => Question::Pages(List::Section(self.node(a)?)),
            Key::RecentPages(a) => Question::Pages(List::Recent(self.node(a)?)),
            Key::TermPages(a) => Question::Pages(List::Term(self.term(a)?)),
            Key::YearPages(a, year) => Question::Pages(List::Year(self.lang(a)?, year)),
            Key::FeedPages(scope) => Question::Pages(List::Feed(self.scope(scope)?)),
            Key::Version(a, b) => Question::Version(self.node(a)?, self.lang(b)?),
            Key::Find(a, b) => Question::Find(self.owned(a)?, self.lang(b)?),
            Key::Term(a) => Question::Term(self.term(a)?),
            Key::TermCount(a) => Question::TermCount(self.term(a)?),
            Key::TermTranslations(a) => Question::TermTranslations(self.term(a)?),
            Key::FindTerm(a, b, c) => {
                Question::FindTerm(self.taxonomy(a)?, self.lang(b)?, self.owned(c)?)
            }
            Key::Taxonomy(a, b) => Question::Taxonomy(self.taxonomy(a)?, self.lang(b)?),
            Key::Terms(a, b) => Question::Terms(self.taxonomy(a)?, self.lang(b)?),
            Key::Archive(a) => Question::Archive(self.lang(a)?),
            Key::Years(a) => Question::Years(self.lang(a)?),
            Key::Url(a, 0, c) => Question::Url(self.owned(a)?, None, self.lang(c)?),
            Key::Url(a, b, c) => Question::Url(self.owned(a)?, Some(self.node(b)?), self.lang(c)?),
            Key::Feed(scope) => Question::Feed(self.scope(scope)?),
            Key::Sitemap => Question::Sitemap,
            Key::Redirects => Question::Redirects,
            Key::Taken(a) => Question::Taken(OutputPath::checked(self.text(a)?).ok()?),
            Key::File(a) => Question::File(SourcePath::new(self.text(a)?)),
            Key::Data(a) => Question::Data(self.owned(a)?),
            Key::Word(a, b) => Question::Word(self.lang(a)?, self.owned(b)?),
            Key::Labels(a) => Question::Labels(self.lang(a)?),
            Key::Template(a) => Question::Template(self.owned(a)?),
            Key::Now => Question::Now,
        })
    }

    fn text(&self, name: Name) -> Option<&'a str> {
        self.texts.get((name as usize).checked_sub(1)?).copied()
    }

    fn owned(&self, name: Name) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn node(&self, name: Name) -> Option<NodeId> {
        self.nodes.get(self.text(name)?).copied()
    }

    fn term(&self, name: Name) -> Option<TermId> {
        self.terms.get(self.text(name)?).copied()
    }

    fn lang(&self, name: Name) -> Option<Lang> {
        self.world.config.lang(self.text(name)?)
    }

    fn taxonomy(&self, name: Name) -> Option<usize> {
        self.world.config.taxonomy(self.text(name)?)
    }

    fn scope(&self, scope: Scope) -> Option<FeedScope> {
        Some(match scope {
            Scope::Site(a) => FeedScope::Site(self.lang(a)?),
            Scope::Section(a) => FeedScope::Section(self.node(a)?),
            Scope::Term(a) => FeedScope::Term(self.term(a)?),
        })
    }
}
