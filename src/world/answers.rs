//! The answers: what the world says to each question, and the digest of that.
//!
//! A [`Reader`](super::Reader) gives out what the functions here return, and [`World::answer`]
//! digests what they return, so that what a render saw and what a later build compares cannot
//! differ. Nothing that is numbered anew in every build goes into a digest: pages are told apart
//! by their sources (and sections without a file by their languages too), terms by their
//! addresses.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use crate::config::Lang;
use crate::digest::{Digest, Feed};
use crate::parse::front_matter::Terms;
use crate::parse::markdown::Words;
use crate::path::{SourcePath, UrlPath};
use crate::site::{
    Destination, FeedScope, LinkProblem, Meta, NodeId, Route, SitemapEntry, Target, TermData,
    TermId, TermsOf,
};
use crate::trace::{List, Question};

use super::World;

/// What a page or section is called and where it is.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Crumb<'w> {
    /// Its title.
    pub title: &'w str,
    /// Its address.
    pub url: &'w UrlPath,
    /// Its language.
    pub lang: Lang,
}

/// What the front matter of a page or section means, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Page<'w> {
    /// Whether it is a section.
    pub is_section: bool,
    /// Its language.
    pub lang: Lang,
    /// What its front matter means.
    pub meta: &'w Meta,
    /// Its slug, where its address ends in something else.
    own_slug: Option<&'w str>,
    /// Its address.
    pub url: &'w UrlPath,
    /// The section it is in.
    pub parent: Option<NodeId>,
    /// Its terms.
    pub terms: TermsOf<'w>,
    /// Names that belong to no taxonomy.
    pub loose_terms: &'w Terms,
    /// Files published beside it.
    pub assets: &'w [SourcePath],
}

impl<'w> Page<'w> {
    /// What its folder and name came to in its address.
    pub fn slug(&self) -> &'w str {
        self.own_slug.unwrap_or_else(|| self.url.last_part())
    }
}

/// The beginning of a page's text.
#[derive(Clone, Debug)]
pub struct Beginning<'w> {
    /// Its first words.
    pub excerpt: Cow<'w, str>,
    /// Whether `<!-- more -->` stands in it.
    pub has_more: bool,
}

/// A term as its pages show it.
#[derive(Clone, Copy, Debug, Hash)]
pub struct TermFace<'w> {
    /// The taxonomy, by its place in the configuration.
    pub taxonomy: usize,
    /// The language.
    pub lang: Lang,
    /// Its id.
    pub id: &'w str,
    /// What readers see.
    pub name: &'w str,
    /// Its part of the address.
    pub slug: &'w str,
    /// The address of its page.
    pub url: &'w UrlPath,
    /// What the data file says of it.
    pub data: &'w TermData,
}

impl World {
    /// Half of the digest of the answer to a question.
    pub fn answer(&self, question: &Question) -> u64 {
        thread_local! {
            static FEED: RefCell<Feed> = RefCell::default();
        }
        FEED.with_borrow_mut(|feed| {
            feed.clear();
            self.feed(question, feed);
            feed.finish()
        })
    }

    fn feed(&self, question: &Question, feed: &mut Feed) {
        match question {
            Question::Config => self.config.hash(feed),
            Question::Crumb(id) => self.crumb(*id).hash(feed),
            Question::Listed(id) => self.is_listed(*id).hash(feed),
            Question::Page(id) => self.feed_page(&self.page(*id), feed),
            Question::Text(id) => self.graph.node(*id).text.beginning().hash(feed),
            Question::Words(id) => self.words(*id).hash(feed),
            Question::Body(id) => self.body_facts(*id).hash(feed),
            Question::Subsections(id) => self.feed_nodes(self.subsections(*id), feed),
            Question::Translations(id) => self.feed_nodes(self.translations(*id), feed),
            Question::Neighbours(id) => {
                let (lower, higher) = self.neighbours(*id);
                self.feed_node(lower, feed);
                self.feed_node(higher, feed);
            }
            Question::Backlinks(id) => self.feed_nodes(self.backlinks(*id), feed),
            Question::Pages(list) => self.feed_nodes(self.pages(*list), feed),
            Question::Version(id, lang) => {
                let (found, is_exact) = self.nearest_in_language(*id, *lang);
                self.feed_node(Some(found), feed);
                is_exact.hash(feed);
            }
            Question::Find(path, lang) => self.feed_node(self.find_node(path, *lang), feed),
            Question::Term(id) => self.term(*id).hash(feed),
            Question::TermCount(id) => self.graph.term(*id).pages.len().hash(feed),
            Question::TermTranslations(id) => {
                self.feed_terms(&self.graph.term(*id).translations, feed);
            }
            Question::FindTerm(taxonomy, lang, name) => {
                let found = self.graph.find_term(*taxonomy, *lang, name);
                self.feed_terms(found.as_slice(), feed);
            }
            Question::Taxonomy(index, lang) => self.taxonomy(*index, *lang).hash(feed),
            Question::Terms(index, lang) => self.feed_terms(self.terms_in(*index, *lang), feed),
            Question::Archive(lang) => self.archive(*lang).hash(feed),
            Question::Years(lang) => self.years(*lang).hash(feed),
            Question::Url(target, from, lang) => {
                self.feed_destination(&self.destination(target, *from, *lang), feed);
            }
            Question::Feed(scope) => self.routes.feed(*scope).hash(feed),
            Question::Sitemap => (self.sitemap(), self.sitemap_parts()).hash(feed),
            Question::Redirects => self.redirects().hash(feed),
            Question::Taken(output) => self.routes.find(&output.url()).is_some().hash(feed),
            Question::File(path) => self.snapshot.digest(path).hash(feed),
            Question::Data(path) => {
                let source = self.data_source(path);
                let digest = source.as_ref().map(|source| self.snapshot.digest(source));
                (source, digest).hash(feed);
            }
            Question::Word(lang, key) => self.word(*lang, key).hash(feed),
            Question::Labels(lang) => self.kept.labels[lang.index()].hash(feed),
            Question::Template(name) => self.templates.closures.of(name).hash(feed),
            Question::Now => self.now.hash(feed),
        }
    }

    /// A digest of what an output holds and where it stands: another task is another output.
    pub fn task(&self, route: &Route) -> u64 {
        let mut feed = Feed::default();
        let Route {
            output,
            url,
            target,
        } = route;
        (output, url, std::mem::discriminant(target)).hash(&mut feed);
        match target {
            Target::Page(id) => self.feed_node(Some(*id), &mut feed),
            Target::Section { section, pager } => {
                self.feed_node(Some(*section), &mut feed);
                pager.hash(&mut feed);
            }
            Target::TaxonomyList(index, lang) => (index, lang).hash(&mut feed),
            Target::Term { term, pager } => {
                self.feed_terms(&[*term], &mut feed);
                pager.hash(&mut feed);
            }
            Target::Archive(lang) | Target::NotFound(lang) => lang.hash(&mut feed),
            Target::ArchiveYear(lang, year) => (lang, year).hash(&mut feed),
            Target::Feed(FeedScope::Site(lang)) => (0, lang).hash(&mut feed),
            Target::Feed(FeedScope::Section(id)) => self.feed_node(Some(*id), &mut feed),
            Target::Feed(FeedScope::Term(id)) => self.feed_terms(&[*id], &mut feed),
            Target::Sitemap(part) => part.hash(&mut feed),
            Target::SitemapIndex | Target::Robots | Target::Redirects => {}
            Target::Redirect(redirect) => (&redirect.to, &redirect.title).hash(&mut feed),
            Target::File(source) => source.hash(&mut feed),
        }
        feed.finish()
    }

    /// A digest of all templates.
    pub fn templates_digest(&self) -> u64 {
        let mut feed = Feed::default();
        for source in self.templates.all() {
            (&source.path, &source.text).hash(&mut feed);
        }
        feed.finish()
    }

    /// What a page or section is called and where it is.
    pub(super) fn crumb(&self, id: NodeId) -> Crumb<'_> {
        let node = self.graph.node(id);
        Crumb {
            title: &node.meta.title,
            url: &node.url,
            lang: node.lang,
        }
    }

    pub(super) fn is_listed(&self, id: NodeId) -> bool {
        self.graph.node(id).is_listed()
    }

    pub(super) fn page(&self, id: NodeId) -> Page<'_> {
        let node = self.graph.node(id);
        Page {
            is_section: node.is_section,
            lang: node.lang,
            meta: &node.meta,
            own_slug: node.own_slug(),
            url: &node.url,
            parent: node.parent,
            terms: self.graph.terms_of(id),
            loose_terms: &node.loose_terms,
            assets: &node.assets,
        }
    }

    fn feed_page(&self, page: &Page<'_>, feed: &mut Feed) {
        let Page {
            is_section,
            lang,
            meta,
            own_slug,
            url,
            parent,
            terms,
            loose_terms,
            assets,
        } = page;
        (is_section, lang, meta, own_slug, url, loose_terms, assets).hash(feed);
        self.feed_node(*parent, feed);
        self.feed_terms(terms.all(), feed);
    }

    pub(super) fn words(&self, id: NodeId) -> Words {
        self.graph.node(id).text.words()
    }

    /// The file, where its body begins, and where its links lead.
    fn body_facts(&self, id: NodeId) -> Option<(Digest, usize, u64)> {
        let node = self.graph.node(id);
        let file = node.file.as_ref()?;
        Some((file.digest, file.body, node.destinations))
    }

    pub(super) fn subsections(&self, id: NodeId) -> &[NodeId] {
        &self.graph.node(id).lists.subsections
    }

    pub(super) fn translations(&self, id: NodeId) -> &[NodeId] {
        &self.graph.node(id).translations
    }

    /// The pages before and after it.
    pub(super) fn neighbours(&self, id: NodeId) -> (Option<NodeId>, Option<NodeId>) {
        let node = self.graph.node(id);
        (node.lower, node.higher)
    }

    pub(super) fn backlinks(&self, id: NodeId) -> &[NodeId] {
        &self.graph.node(id).backlinks
    }

    pub(super) fn pages(&self, list: List) -> &[NodeId] {
        let graph = &self.graph;
        match list {
            List::Section(id) => &graph.node(id).lists.pages,
            List::Recent(id) => &graph.node(id).lists.recent,
            List::Feed(FeedScope::Section(id)) => &graph.node(id).lists.feed,
            List::Term(id) => &graph.term(id).pages,
            List::Year(lang, year) => graph.archives[lang.index()]
                .iter()
                .find(|(known, _)| *known == year)
                .map_or(&[], |(_, pages)| pages),
            List::Feed(FeedScope::Site(lang)) => {
                let pages = &graph.feeds[lang.index()];
                &pages[..pages.len().min(self.config.feed_limit)]
            }
            List::Feed(FeedScope::Term(id)) => &graph.term(id).feed,
        }
    }

    pub(super) fn nearest_in_language(&self, id: NodeId, lang: Lang) -> (NodeId, bool) {
        let fallbacks = self.config.fallbacks(lang);
        self.graph.nearest_in_language(id, lang, &fallbacks)
    }

    pub(super) fn find_node(&self, path: &str, lang: Lang) -> Option<NodeId> {
        let below = path.trim_start_matches("@/").trim_start_matches('/');
        self.links().node_at(below, lang)
    }

    pub(super) fn term(&self, id: TermId) -> TermFace<'_> {
        let term = self.graph.term(id);
        TermFace {
            taxonomy: term.taxonomy,
            lang: term.lang,
            id: &term.id,
            name: &term.name,
            slug: &term.slug,
            url: &term.url,
            data: &term.data,
        }
    }

    pub(super) fn taxonomy(&self, index: usize, lang: Lang) -> Option<&UrlPath> {
        let found = self.graph.taxonomy(index, lang);
        found.map(|taxonomy| &taxonomy.url)
    }

    pub(super) fn terms_in(&self, index: usize, lang: Lang) -> &[TermId] {
        let found = self.graph.taxonomy(index, lang);
        found.map_or(&[], |taxonomy| &taxonomy.terms)
    }

    pub(super) fn archive(&self, lang: Lang) -> Option<UrlPath> {
        self.routes.archive(&self.graph, &self.config, lang)
    }

    pub(super) fn years(&self, lang: Lang) -> Vec<(i32, usize)> {
        let years = self.graph.archives[lang.index()].iter();
        years.map(|(year, pages)| (*year, pages.len())).collect()
    }

    pub(super) fn destination(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<Destination, LinkProblem> {
        self.links().resolve(target, from, lang)
    }

    pub(super) fn sitemap(&self) -> &[SitemapEntry] {
        self.routes.sitemap(&self.graph, &self.config)
    }

    pub(super) fn sitemap_parts(&self) -> Vec<&UrlPath> {
        let mut parts: Vec<(usize, &UrlPath)> = self
            .routes
            .iter()
            .filter_map(|route| match route.target {
                Target::Sitemap(part) => Some((part, &route.url)),
                _ => None,
            })
            .collect();
        parts.sort_unstable();
        parts.into_iter().map(|(_, url)| url).collect()
    }

    /// Every old address, and where it leads.
    pub(super) fn redirects(&self) -> Vec<(&UrlPath, &str)> {
        self.routes
            .iter()
            .filter_map(|route| match &route.target {
                Target::Redirect(redirect) => Some((&route.url, &*redirect.to)),
                _ => None,
            })
            .collect()
    }

    /// The file of the site that a template means by a path.
    pub(super) fn data_source(&self, path: &str) -> Option<SourcePath> {
        let bare = path.trim_start_matches('/');
        [bare.to_owned(), format!("data/{bare}")]
            .map(SourcePath::new)
            .into_iter()
            .find(|source| self.snapshot.contains(source))
    }

    pub(super) fn word(&self, lang: Lang, key: &str) -> Option<&crate::strings::Text> {
        self.strings.get(&self.config.language(lang).code, key)
    }

    fn feed_nodes(&self, ids: &[NodeId], feed: &mut Feed) {
        ids.len().hash(feed);
        for id in ids {
            self.graph.identity(*id).hash(feed);
        }
    }

    fn feed_node(&self, id: Option<NodeId>, feed: &mut Feed) {
        id.map(|id| self.graph.identity(id)).hash(feed);
    }

    fn feed_terms(&self, ids: &[TermId], feed: &mut Feed) {
        ids.len().hash(feed);
        for id in ids {
            let term = self.graph.term(*id);
            (term.taxonomy, &term.url).hash(feed);
        }
    }

    /// Why a link leads nowhere is no answer: who sees it has failed.
    fn feed_destination(&self, found: &Result<Destination, LinkProblem>, feed: &mut Feed) {
        let Ok(found) = found else {
            return false.hash(feed);
        };
        let Destination {
            url,
            suffix,
            node,
            file,
        } = found;
        (true, url, suffix, file).hash(feed);
        self.feed_node(*node, feed);
    }
}
