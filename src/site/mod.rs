//! All summaries → the graph of the site: pages, sections, order, neighbours, languages,
//! taxonomies, and the addresses of all of it. Pure; reads no file.

mod content;
mod fallback;
mod frozen;
mod held;
mod keys;
mod lazy;
mod links;
mod meta;
mod order;
mod parity;
mod place;
mod plant;
mod required;
mod routes;
mod taken;
mod terms;
mod text;
mod tree;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;

use ahash::AHashMap;
use serde::{Deserialize, Serialize};

use crate::config::{Config, Lang, Options};
use crate::data::{Map, Value};
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::parse::front_matter::{RawAttachment, SortBy, Terms};
use crate::path::{SourcePath, UrlPath};
use crate::read::AsideOnce;
use crate::sparse::{Empty, Sparse};

use held::Sifted;
use keys::Keys;

pub use content::Content;
pub use frozen::Frozen;
pub use held::Held;
pub use lazy::LazyList;
pub use links::{Destination, LinkProblem, Links, check, is_absolute, near, redirects};
pub use parity::{Article, Standing, Version, parity};
pub use place::bare_page;
pub use required::{compares_texts, require_translations};
pub use routes::{
    FeedScope, Plan, Redirect, Route, Routes, SITEMAP_LIMIT, SitemapEntry, Target, pager_url,
    pagers,
};
pub use terms::{TERM_KEYS, TermData, TermsOf, data_files};
pub use text::{Decode, Known, MadeOf, Text};

/// A page or section, by its place in [`SiteGraph::nodes`], counted from 1: none takes no more room
/// than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The one at a place in the list.
    pub fn new(index: usize) -> Self {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(number.expect("fewer than four billion pages"))
    }

    /// Its place in the list.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A term of a taxonomy in one language, by its place in [`SiteGraph::terms`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TermId(u32);

impl TermId {
    /// The one at a place in the list.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than four billion terms"))
    }

    /// Its place in the list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The published site.
#[derive(Debug, Default)]
pub struct SiteGraph {
    /// Pages and sections of all languages, sorted by source.
    pub nodes: LazyList<Node>,
    /// Terms of all taxonomies and languages.
    pub terms: Vec<Term>,
    /// One for every taxonomy and language that has terms, in declared order.
    pub taxonomies: Vec<Taxonomy>,
    /// The home section of each language.
    pub homes: Vec<NodeId>,
    /// The year archives of each language, newest year first; pages newest first.
    pub archives: Vec<Vec<(i32, Vec<NodeId>)>>,
    /// All articles of each language that feeds may list, newest first.
    pub feeds: Vec<Vec<NodeId>>,
    /// Files of content that are no Markdown, with the address each is published at.
    pub assets: BTreeMap<SourcePath, UrlPath>,
    /// Files of content that are not published.
    pub held: BTreeMap<SourcePath, Held>,
    /// The seconds since 1970 for which this is the graph.
    pub window: Range<i64>,
    /// Pages and sections that are published only since an option asks for it, and why they would
    /// not be.
    pub early: BTreeMap<SourcePath, Held>,
    /// How outlines are read back that were put aside.
    decode: Option<Decode>,
    leads: links::Leads,
    keys: Keys,
    by_name: AHashMap<(usize, Lang), AHashMap<String, TermId>>,
}

/// A page or a section.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// The file; for a section without one, where its `_index.md` would be.
    pub source: SourcePath,
    /// What is known of the file; `None` for a section without one.
    pub file: Option<FileFacts>,
    /// Whether it is a section.
    pub is_section: bool,
    /// The language.
    pub lang: Lang,
    /// The length of its [key](Self::key).
    key_length: u32,
    /// What its front matter means.
    pub meta: Box<Meta>,
    /// What its body holds; it is frozen with the file's summary.
    #[serde(skip)]
    pub text: Text,
    /// Its [slug](Self::slug), where its address ends in something else.
    own_slug: Sparse<Option<String>>,
    /// Its address.
    pub url: UrlPath,
    /// The section it is in; `None` for home.
    pub parent: Option<NodeId>,
    /// What a section lists.
    pub lists: Sparse<Lists>,
    /// The neighbour nearer to the list's start: the newer one.
    pub lower: Option<NodeId>,
    /// The neighbour nearer to the list's end.
    pub higher: Option<NodeId>,
    /// Its terms, in the configuration's order of taxonomies.
    terms: Box<[TermId]>,
    /// Names that belong to no declared taxonomy, by the key they were written under.
    pub loose_terms: Sparse<Terms>,
    /// Files published beside it.
    pub assets: Sparse<Vec<SourcePath>>,
    /// The same in other languages, in the configuration's order of languages.
    pub translations: Sparse<Vec<NodeId>>,
    /// Pages whose text links here, by address.
    pub backlinks: Sparse<Vec<NodeId>>,
    /// A digest of where the links of its text lead.
    pub destinations: u64,
}

impl Node {
    /// Folder and name without language and ending, below `content/`: `service/_index`.
    pub fn key(&self) -> &str {
        keys::part(&self.source, self.key_length)
    }

    /// What its folder and name came to in its address.
    pub fn slug(&self) -> &str {
        self.own_slug().unwrap_or_else(|| self.url.last_part())
    }

    /// Its slug, where its address ends in something else.
    pub fn own_slug(&self) -> Option<&str> {
        self.own_slug.as_deref()
    }

    /// Whether search engines are told of it: they may list it, and it is no mere way to another
    /// page.
    pub fn is_listed(&self) -> bool {
        let leads_on = self.is_section && self.meta.redirect_to.is_some();
        self.meta.search && self.meta.sitemap && !leads_on
    }
}

/// What a section lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lists {
    /// Its articles, in order; those of transparent sections below included, and those of other
    /// languages that stand in for missing ones.
    pub pages: Vec<NodeId>,
    /// Its sections, in order; those of other languages that stand in included.
    pub subsections: Vec<NodeId>,
    /// The newest articles anywhere below it, as many as a feed holds.
    pub recent: Vec<NodeId>,
    /// Those of them that feeds may list, as many as a feed holds.
    pub feed: Vec<NodeId>,
}

impl Empty for Lists {
    const EMPTY: &'static Self = &Self {
        pages: Vec::new(),
        subsections: Vec::new(),
        recent: Vec::new(),
        feed: Vec::new(),
    };
}

/// What rendering needs to read a file again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileFacts {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Where its body begins, in bytes.
    pub body: usize,
    /// The HTML of its body, with gaps, so far as it was made already.
    #[serde(skip)]
    pub html: AsideOnce,
}

/// What front matter means, with every default and inherited value filled in.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub struct Meta {
    /// The headline.
    pub title: Box<str>,
    /// When it was published.
    pub date: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Markdown.
    pub summary: Sparse<Option<String>>,
    /// Plain text.
    pub description: Sparse<Option<String>>,
    /// Old addresses as written.
    pub aliases: Sparse<Vec<String>>,
    /// Whether it is a draft that is shown all the same.
    pub draft: bool,
    /// Whether it stands first in its lists now.
    pub pinned: bool,
    /// Whether it was published only some days ago.
    pub is_new: bool,
    /// Light ones first.
    pub weight: Sparse<Option<i64>>,
    /// The template's name.
    pub template: Box<str>,
    /// The cover, as a link would name it.
    pub image: Sparse<Option<String>>,
    /// Where a reprint comes from.
    pub source: Sparse<Option<String>>,
    /// The address of the source.
    pub source_url: Sparse<Option<String>>,
    /// Who edited it.
    pub editor: Sparse<Option<String>>,
    /// Who approved it.
    pub reviewer: Sparse<Option<String>>,
    /// The digest of the text that it was translated from.
    pub translated_from: Sparse<Option<String>>,
    /// Whether it has to be in every language; `None`: as the configuration says.
    pub translations: Option<bool>,
    /// Files offered for download.
    pub attachments: Sparse<Vec<RawAttachment>>,
    /// Whether there is a table of contents.
    pub toc: bool,
    /// Whether search engines may list it.
    pub search: bool,
    /// Whether the sitemap lists it.
    pub sitemap: bool,
    /// Whether feeds list it; for a section, whether it has a feed.
    pub feed: bool,
    /// The order of its articles.
    pub sort_by: SortBy,
    /// Whether that order is turned around.
    pub reverse: bool,
    /// Articles on a page; 0 for one long page.
    pub paginate_by: u32,
    /// Whether its articles are listed by the section above too.
    pub transparent: bool,
    /// Where readers of the section are sent.
    pub redirect_to: Sparse<Option<String>>,
    /// Free values.
    #[serde(with = "crate::data::stored")]
    pub extra: Sparse<Map>,
}

/// A term in one language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Term {
    /// The taxonomy, in the configuration's order.
    pub taxonomy: usize,
    /// The language.
    pub lang: Lang,
    /// Its id in the data file; else its name.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// Its part of the address.
    pub slug: String,
    /// The address of its page.
    pub url: UrlPath,
    /// Its articles, newest first.
    pub pages: Vec<NodeId>,
    /// The newest that feeds may list, as many as a feed holds.
    pub feed: Vec<NodeId>,
    /// What the data file says of it.
    pub data: TermData,
    /// The same term in other languages, in the configuration's order of languages.
    pub translations: Vec<TermId>,
}

/// A taxonomy in one language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Its place in the configuration.
    pub index: usize,
    /// The language.
    pub lang: Lang,
    /// The address of its list.
    pub url: UrlPath,
    /// Its terms, in order.
    pub terms: Vec<TermId>,
}

/// What a site is assembled from.
pub struct Sources<'a> {
    /// Every Markdown file below `content/`, sorted by path.
    pub contents: Vec<Content>,
    /// Every other file below `content/`.
    pub assets: Vec<SourcePath>,
    /// The data files of terms: path and content.
    pub term_data: Vec<(SourcePath, Value)>,
    /// The settings.
    pub config: &'a Config,
    /// The options of this build.
    pub options: &'a Options,
    /// The instant of this build.
    pub now: Moment,
}

/// Builds the graph; reports what contradicts itself.
pub fn assemble(sources: Sources<'_>, problems: &mut Vec<Diagnostic>) -> SiteGraph {
    let Sources {
        contents,
        assets,
        term_data,
        config,
        options,
        now,
    } = sources;
    let placed = place::place(contents, config, problems);
    let tree = tree::grow(placed, config);
    let resolved = meta::resolve(tree, config, &now);
    let window = held::window(&resolved, config, &now);
    let Sifted { kept, held, early } = held::sift(resolved, options, &now);
    let mut graph = plant::plant(kept, held, config, problems);
    graph.window = window;
    graph.early = early;
    plant::place_assets(&mut graph, assets);
    terms::gather(&mut graph, term_data, config, problems);
    let lending = fallback::Lending::of(config);
    lending.lend(&mut graph);
    order::sort(&mut graph, &lending, config);
    graph
}

impl SiteGraph {
    /// The node with this number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The term with this number.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.index()]
    }

    /// The numbers of all nodes, sorted by source.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId::new)
    }

    /// What tells a node apart in every build: its source, and the language of a section without
    /// a file, whose source may be the file of a section in another language.
    pub fn identity(&self, id: NodeId) -> (&SourcePath, Option<Lang>) {
        let node = self.node(id);
        (&node.source, node.file.is_none().then_some(node.lang))
    }

    /// The numbers of all terms.
    pub fn term_ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len()).map(TermId::new)
    }

    /// The home section of a language.
    pub fn home(&self, lang: Lang) -> NodeId {
        self.homes[lang.index()]
    }

    /// The page or section that a file is.
    pub fn of_file(&self, source: &SourcePath) -> Option<NodeId> {
        let from = self.nodes.partition_point(|node| node.source < *source);
        (from..self.nodes.len())
            .take_while(|at| self.nodes[*at].source == *source)
            .find(|at| self.nodes[*at].file.is_some())
            .map(NodeId::new)
    }

    /// All versions of a page or section, by its key.
    fn versions(&self, key: &str) -> &[NodeId] {
        self.keys.versions(key, &self.nodes)
    }

    /// A taxonomy in a language; `None` if it has no terms there.
    pub fn taxonomy(&self, index: usize, lang: Lang) -> Option<&Taxonomy> {
        self.taxonomies
            .iter()
            .find(|taxonomy| taxonomy.index == index && taxonomy.lang == lang)
    }

    /// The term of a taxonomy that a template calls by its name, id or part of the address.
    pub fn find_term(&self, taxonomy: usize, lang: Lang, name: &str) -> Option<TermId> {
        self.by_name.get(&(taxonomy, lang))?.get(name).copied()
    }

    /// The sections above a node, from home down.
    pub fn ancestors(&self, id: NodeId) -> Vec<NodeId> {
        let mut above = Vec::new();
        let mut at = self.node(id).parent;
        while let Some(parent) = at {
            above.push(parent);
            at = self.node(parent).parent;
        }
        above.reverse();
        above
    }

    /// The terms of a node.
    pub fn terms_of(&self, id: NodeId) -> TermsOf<'_> {
        TermsOf {
            ids: &self.node(id).terms,
            terms: &self.terms,
        }
    }

    /// The version of a node in a language, itself included.
    pub fn in_language(&self, id: NodeId, lang: Lang) -> Option<NodeId> {
        let node = self.node(id);
        if node.lang == lang {
            return Some(id);
        }
        node.translations
            .iter()
            .copied()
            .find(|other| self.node(*other).lang == lang)
    }

    /// The version in a language, else that in a language that stands in for it, else that of
    /// the nearest section above; home at last. The flag says whether it is the version itself.
    pub fn nearest_in_language(
        &self,
        id: NodeId,
        lang: Lang,
        fallbacks: &[Lang],
    ) -> (NodeId, bool) {
        if let Some(version) = self.in_language(id, lang) {
            return (version, true);
        }
        let standing_in = fallbacks
            .iter()
            .find_map(|lang| self.in_language(id, *lang));
        if let Some(other) = standing_in.filter(|other| *other != id) {
            return (other, false);
        }
        let mut at = self.node(id).parent;
        while let Some(parent) = at {
            if let Some(version) = self.in_language(parent, lang) {
                return (version, false);
            }
            at = self.node(parent).parent;
        }
        (self.home(lang), false)
    }
}
