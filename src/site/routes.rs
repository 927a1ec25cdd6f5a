//! Every address of the site, and what is behind it. All of them are known, and collisions are
//! reported, before anything is rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{Config, Lang};
use crate::date::Moment;
use crate::diagnostic::{Diagnostic, Spot};
use crate::path::{OutputPath, SourcePath, UrlPath};

use super::taken::{Claim, Taken};
use super::{LazyList, NodeId, SiteGraph, TermId};

/// Entries of one sitemap file; more are split. Source: sitemaps.org, protocol 0.9.
pub const SITEMAP_LIMIT: usize = 50_000;

/// One output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Route {
    /// The file.
    pub output: OutputPath,
    /// Its address.
    pub url: UrlPath,
    /// What is in it.
    pub target: Target,
}

/// What an output holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An article.
    Page(NodeId),
    /// A page of a section's list, from 1.
    Section {
        /// The section.
        section: NodeId,
        /// The page of its list.
        pager: usize,
    },
    /// The terms of a taxonomy, by its place in the configuration.
    TaxonomyList(usize, Lang),
    /// A page of a term's list, from 1.
    Term {
        /// The term.
        term: TermId,
        /// The page of its list.
        pager: usize,
    },
    /// The years in which articles were published.
    Archive(Lang),
    /// The articles of a year.
    ArchiveYear(Lang, i32),
    /// What a server shows for an address that does not exist.
    NotFound(Lang),
    /// An Atom feed.
    Feed(FeedScope),
    /// A part of the sitemap, from 0.
    Sitemap(usize),
    /// The list of the sitemap's parts.
    SitemapIndex,
    /// `robots.txt`.
    Robots,
    /// A page that sends readers elsewhere.
    Redirect(Box<Redirect>),
    /// `_redirects`, for servers that send readers elsewhere themselves.
    Redirects,
    /// A file that is copied as it is.
    File(SourcePath),
}

impl Target {
    pub(super) fn redirect(to: impl Into<Box<str>>, title: impl Into<Box<str>>) -> Self {
        Self::Redirect(Box::new(Redirect {
            to: to.into(),
            title: title.into(),
        }))
    }
}

/// Where readers are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// The address: root-relative or full.
    pub to: Box<str>,
    /// The title of what is there.
    pub title: Box<str>,
}

/// Which articles a feed lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FeedScope {
    /// All of a language.
    Site(Lang),
    /// All below a section.
    Section(NodeId),
    /// Those of a term.
    Term(TermId),
}

/// One address that search engines are told of.
#[derive(Clone, Debug, Hash)]
pub struct SitemapEntry {
    /// The address.
    pub url: UrlPath,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The same in all languages, itself included; empty if there is only one.
    pub alternates: Vec<(Lang, UrlPath)>,
}

/// All outputs of the site.
#[derive(Debug, Default)]
pub struct Routes {
    /// In the order of their paths.
    pub(super) all: LazyList<Route>,
    pub(super) feeds: BTreeMap<FeedScope, UrlPath>,
    pub(super) has_archive: bool,
    sitemap: OnceLock<Vec<SitemapEntry>>,
}

/// What routes are made from, besides the graph.
pub struct Plan<'a> {
    /// Files of `static/`, the site's after the theme's, so that they win.
    pub statics: &'a [(SourcePath, String)],
    /// Whether the theme has pages for year archives.
    pub has_archive: bool,
    /// Where every `redirect_to` leads.
    pub redirects: &'a [(NodeId, String)],
}

impl Routes {
    /// Lists every output and reports what collides.
    pub fn plan(
        graph: &SiteGraph,
        config: &Config,
        plan: &Plan<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut claims = nodes(graph, plan);
        taxonomies(graph, config, &mut claims);
        if plan.has_archive {
            archives(graph, config, &mut claims);
        }
        let feeds = match config.feeds {
            true => feeds(graph, config, &mut claims),
            false => BTreeMap::new(),
        };
        assets(graph, &mut claims);
        let mut taken = Taken::by_content(graph, claims, problems);
        let routes = taken.content.par_iter();
        let entries = routes.filter_map(|route| listed(route, graph, config));
        let sitemap = in_order_of_addresses(entries.collect());
        taken.claim_statics(graph, statics(plan), problems);
        taken.claim_aliases(graph, config, problems);
        for claim in generated(config, sitemap.len(), taken.has_redirects()) {
            taken.offer(claim);
        }
        let all = taken.close(graph, problems);
        Self {
            all: all.into(),
            feeds,
            has_archive: plan.has_archive,
            sitemap: sitemap.into(),
        }
    }

    /// Routes that were planned before; see [`frozen`](super::frozen).
    pub(super) fn planned(
        all: LazyList<Route>,
        feeds: BTreeMap<FeedScope, UrlPath>,
        has_archive: bool,
    ) -> Self {
        Self {
            all,
            feeds,
            has_archive,
            sitemap: OnceLock::new(),
        }
    }

    /// All outputs in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.all.iter()
    }

    /// The number of outputs.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is no output.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What is behind an address; `/a` also finds `/a/`.
    pub fn find(&self, url: &UrlPath) -> Option<&Route> {
        let exact = url.output().ok().and_then(|output| self.at(&output));
        exact.or_else(|| self.at(&url.child("/").output().ok()?))
    }

    /// What a file of the output holds.
    pub fn at(&self, output: &OutputPath) -> Option<&Route> {
        self.place(output).map(|at| self.get(at))
    }

    /// Where an output stands among [all](Self::iter).
    pub fn place(&self, output: &OutputPath) -> Option<usize> {
        let at = self.all.partition_point(|route| route.output < *output);
        (at < self.all.len() && self.get(at).output == *output).then_some(at)
    }

    /// The output at a place.
    pub fn get(&self, at: usize) -> &Route {
        &self.all[at]
    }

    /// The address of a feed.
    pub fn feed(&self, scope: FeedScope) -> Option<&UrlPath> {
        self.feeds.get(&scope)
    }

    /// The address of a language's year archive.
    pub fn archive(&self, graph: &SiteGraph, config: &Config, lang: Lang) -> Option<UrlPath> {
        let has_years = !graph.archives[lang.index()].is_empty();
        (self.has_archive && has_years).then(|| config.home(lang).child("archive/"))
    }

    /// What the sitemap lists, in the order of addresses.
    pub fn sitemap(&self, graph: &SiteGraph, config: &Config) -> &[SitemapEntry] {
        self.sitemap.get_or_init(|| {
            // On this core alone: one that waits for others may take up what waits for this.
            let entries = self.iter().filter_map(|route| listed(route, graph, config));
            in_order_of_addresses(entries.collect())
        })
    }
}

fn nodes(graph: &SiteGraph, plan: &Plan<'_>) -> Vec<Claim> {
    let places = (0..graph.nodes.len()).into_par_iter();
    let claims = places.flat_map_iter(|at| node(graph, NodeId::new(at), plan));
    claims.collect()
}

fn node<'a>(
    graph: &'a SiteGraph,
    id: NodeId,
    plan: &Plan<'_>,
) -> impl Iterator<Item = Claim> + use<'a> {
    let node = graph.node(id);
    let redirect = || {
        let mut redirects = plan.redirects.iter();
        let (_, to) = redirects.find(|(section, _)| *section == id)?;
        let asker = (node.source.clone(), Spot::File);
        Some(Claim {
            url: node.url.clone(),
            target: Target::redirect(to.as_str(), &*node.meta.title),
            asker: Some(Box::new(asker)),
        })
    };
    let (pagers, other) = match node.is_section {
        false => (0, Some(Claim::new(node.url.clone(), Target::Page(id)))),
        true => match redirect() {
            Some(redirect) => (0, Some(redirect)),
            None => {
                let paginate_by = node.meta.paginate_by as usize;
                (pagers(node.lists.pages.len(), paginate_by), None)
            }
        },
    };
    let pagers = (1..=pagers).map(move |pager| {
        let target = Target::Section { section: id, pager };
        Claim::new(pager_url(&node.url, pager), target)
    });
    other.into_iter().chain(pagers)
}

/// The number of pages of a list; an empty list has one.
pub fn pagers(items: usize, paginate_by: usize) -> usize {
    match paginate_by {
        0 => 1,
        by => items.div_ceil(by).max(1),
    }
}

/// The address of a page of a list, from 1.
pub fn pager_url(first: &UrlPath, pager: usize) -> UrlPath {
    match pager {
        0 | 1 => first.clone(),
        _ => first.child(&format!("page/{pager}/")),
    }
}

fn taxonomies(graph: &SiteGraph, config: &Config, claims: &mut Vec<Claim>) {
    for taxonomy in &graph.taxonomies {
        let target = Target::TaxonomyList(taxonomy.index, taxonomy.lang);
        claims.push(Claim::new(taxonomy.url.clone(), target));
        for term in &taxonomy.terms {
            let pages = graph.term(*term).pages.len();
            for pager in 1..=pagers(pages, config.term_pagination(taxonomy.index)) {
                let url = pager_url(&graph.term(*term).url, pager);
                claims.push(Claim::new(url, Target::Term { term: *term, pager }));
            }
        }
    }
}

fn archives(graph: &SiteGraph, config: &Config, claims: &mut Vec<Claim>) {
    let years: BTreeSet<i32> = graph
        .archives
        .iter()
        .flatten()
        .map(|(year, _)| *year)
        .collect();
    for year in years {
        for (lang, url) in archive_urls(graph, config, Some(year)) {
            claims.push(Claim::new(url, Target::ArchiveYear(lang, year)));
        }
    }
    for (lang, url) in archive_urls(graph, config, None) {
        claims.push(Claim::new(url, Target::Archive(lang)));
    }
}

/// The archive, or that of a year, in every language that has one.
fn archive_urls(
    graph: &SiteGraph,
    config: &Config,
    year: Option<i32>,
) -> impl Iterator<Item = (Lang, UrlPath)> {
    config.langs().filter_map(move |lang| {
        let years = &graph.archives[lang.index()];
        let overview = config.home(lang).child("archive/");
        match year {
            None => (!years.is_empty()).then_some((lang, overview)),
            Some(year) => {
                let has_year = years.iter().any(|(known, _)| *known == year);
                has_year.then(|| (lang, overview.child(&format!("{year}/"))))
            }
        }
    })
}

fn feeds(
    graph: &SiteGraph,
    config: &Config,
    claims: &mut Vec<Claim>,
) -> BTreeMap<FeedScope, UrlPath> {
    let sites = config
        .langs()
        .map(|lang| (FeedScope::Site(lang), config.home(lang)));
    let sections = graph.ids().filter_map(|id| {
        let node = graph.node(id);
        let has_feed = node.is_section
            && node.parent.is_some()
            && node.meta.feed
            && node.meta.redirect_to.is_none()
            && !node.lists.feed.is_empty();
        has_feed.then(|| (FeedScope::Section(id), node.url.clone()))
    });
    let terms = graph
        .taxonomies
        .iter()
        .filter(|taxonomy| config.taxonomies[taxonomy.index].feed.unwrap_or(true))
        .flat_map(|taxonomy| &taxonomy.terms)
        .filter(|term| !graph.term(**term).feed.is_empty())
        .map(|term| (FeedScope::Term(*term), graph.term(*term).url.clone()));
    let feeds: BTreeMap<FeedScope, UrlPath> = sites
        .chain(sections)
        .chain(terms)
        .map(|(scope, url)| (scope, url.child("atom.xml")))
        .collect();
    for (scope, url) in &feeds {
        claims.push(Claim::new(url.clone(), Target::Feed(*scope)));
    }
    feeds
}

fn in_order_of_addresses(mut entries: Vec<SitemapEntry>) -> Vec<SitemapEntry> {
    entries.sort_by(|a, b| a.url.cmp(&b.url));
    entries
}

/// What the sitemap says of a route, if it lists it. A page whose place is taken by another is an
/// error, so that what is published has them all.
fn listed(route: &Route, graph: &SiteGraph, config: &Config) -> Option<SitemapEntry> {
    let mut entry = SitemapEntry {
        url: route.url.clone(),
        updated: None,
        alternates: Vec::new(),
    };
    match &route.target {
        Target::Page(id)
        | Target::Section {
            section: id,
            pager: 1,
        } => {
            let node = graph.node(*id);
            if !node.is_listed() {
                return None;
            }
            entry.updated = node.meta.updated.or(node.meta.date);
            let versions = node
                .translations
                .iter()
                .chain([id])
                .map(|id| graph.node(*id))
                .filter(|node| node.is_listed());
            entry.alternates = alternates(versions.map(|node| (node.lang, node.url.clone())));
        }
        Target::Term { term, pager: 1 } => {
            let versions = graph
                .term(*term)
                .translations
                .iter()
                .chain([term])
                .map(|id| graph.term(*id));
            entry.alternates = alternates(versions.map(|term| (term.lang, term.url.clone())));
        }
        Target::TaxonomyList(index, _) => {
            let versions = graph
                .taxonomies
                .iter()
                .filter(|taxonomy| taxonomy.index == *index);
            entry.alternates =
                alternates(versions.map(|taxonomy| (taxonomy.lang, taxonomy.url.clone())));
        }
        Target::Archive(_) => entry.alternates = alternates(archive_urls(graph, config, None)),
        Target::ArchiveYear(_, year) => {
            entry.alternates = alternates(archive_urls(graph, config, Some(*year)))
        }
        _ => return None,
    }
    Some(entry)
}

fn alternates(versions: impl Iterator<Item = (Lang, UrlPath)>) -> Vec<(Lang, UrlPath)> {
    let mut versions: Vec<_> = versions.collect();
    versions.sort();
    if versions.len() > 1 {
        versions
    } else {
        Vec::new()
    }
}

fn assets(graph: &SiteGraph, claims: &mut Vec<Claim>) {
    for (source, url) in &graph.assets {
        claims.push(Claim::new(url.clone(), Target::File(source.clone())));
    }
}

/// Files of the site replace the theme's of the same name.
fn statics(plan: &Plan<'_>) -> Vec<Claim> {
    let mut by_path: BTreeMap<&str, &SourcePath> = BTreeMap::new();
    for (source, path) in plan.statics {
        by_path.insert(path, source);
    }
    by_path
        .into_iter()
        .map(|(path, source)| Claim::new(UrlPath::new(path), Target::File(source.clone())))
        .collect()
}

fn generated(config: &Config, sitemap_entries: usize, has_redirects: bool) -> Vec<Claim> {
    let mut claims = vec![Claim::new(UrlPath::new("/robots.txt"), Target::Robots)];
    for lang in config.langs() {
        let home = match lang {
            Lang::DEFAULT => UrlPath::new("/"),
            other => config.home(other),
        };
        claims.push(Claim::new(home.child("404.html"), Target::NotFound(lang)));
    }
    if config.default_language_in_path {
        let to = config.href(&config.home(Lang::DEFAULT));
        let title = config.language(Lang::DEFAULT).title.clone();
        claims.push(Claim::new(UrlPath::new("/"), Target::redirect(to, title)));
    }
    let parts = sitemap_entries.div_ceil(SITEMAP_LIMIT);
    if parts > 1 {
        claims.push(Claim::new(
            UrlPath::new("/sitemap.xml"),
            Target::SitemapIndex,
        ));
        for part in 0..parts {
            let url = UrlPath::new(format!("/sitemap-{}.xml", part + 1));
            claims.push(Claim::new(url, Target::Sitemap(part)));
        }
    } else {
        claims.push(Claim::new(UrlPath::new("/sitemap.xml"), Target::Sitemap(0)));
    }
    if has_redirects || config.default_language_in_path {
        claims.push(Claim::new(UrlPath::new("/_redirects"), Target::Redirects));
    }
    claims
}
