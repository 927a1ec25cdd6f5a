//! Every address of the site, and what is behind it. All of them are known, and collisions are
//! reported, before anything is rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::config::{Config, Lang};
use crate::data::Step;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::{OutputPath, SourcePath, UrlPath};

use super::plant::{escape, whole_path};
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
    fn redirect(to: impl Into<Box<str>>, title: impl Into<Box<str>>) -> Self {
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

/// Places of the output that are taken so far.
#[derive(Default)]
struct Taken {
    by_output: BTreeMap<OutputPath, Route>,
    /// Who asked for each redirect, and where.
    askers: BTreeMap<OutputPath, (SourcePath, Spot)>,
}

struct Claim {
    url: UrlPath,
    target: Target,
    /// The file that wants it, and where that file says so.
    owner: Option<(SourcePath, Spot)>,
}

impl Routes {
    /// Lists every output and reports what collides.
    pub fn plan(
        graph: &SiteGraph,
        config: &Config,
        plan: &Plan<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut claims = Vec::new();
        nodes(graph, plan, &mut claims);
        taxonomies(graph, config, &mut claims);
        if plan.has_archive {
            archives(graph, config, &mut claims);
        }
        let feeds = match config.feeds {
            true => feeds(graph, config, &mut claims),
            false => BTreeMap::new(),
        };
        assets(graph, &mut claims);
        let mut taken = Taken::default();
        taken.claim(graph, claims, problems);
        let listed = sitemap(taken.by_output.values(), graph, config);
        taken.claim_statics(graph, statics(plan), problems);
        taken.claim_aliases(graph, config, problems);
        for claim in generated(config, listed.len(), taken.has_redirects()) {
            taken.offer(claim);
        }
        taken.refuse_files_as_folders(graph, problems);
        Self {
            all: taken.by_output.into_values().collect(),
            feeds,
            has_archive: plan.has_archive,
            sitemap: listed.into(),
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
        self.sitemap
            .get_or_init(|| sitemap(self.iter(), graph, config))
    }
}

impl Taken {
    fn has_redirects(&self) -> bool {
        let mut targets = self.by_output.values().map(|route| &route.target);
        targets.any(|target| matches!(target, Target::Redirect(_)))
    }

    fn claim(&mut self, graph: &SiteGraph, claims: Vec<Claim>, problems: &mut Vec<Diagnostic>) {
        for claim in claims {
            let output = match claim.url.output() {
                Ok(output) => output,
                Err(problem) => {
                    problems.extend(claim.owner.map(|(source, spot)| {
                        Diagnostic::new(
                            Code::PathEscape,
                            &source,
                            spot,
                            say::bare_address_problem(shortened(claim.url.as_str()), problem),
                        )
                        .help(say::shorten_name())
                    }));
                    continue;
                }
            };
            match self.by_output.get(&output) {
                Some(first) => problems.extend(self.collision(graph, first, claim)),
                None => self.insert(output, claim),
            }
        }
    }

    fn collision(&self, graph: &SiteGraph, first: &Route, second: Claim) -> Option<Diagnostic> {
        let is_alias = matches!(second.target, Target::Redirect(_));
        let first_owner = self.owner_of(graph, first);
        let Some((source, spot)) = second.owner else {
            // Two terms with one address have been reported where they are used.
            let (source, spot) =
                first_owner.filter(|_| !matches!(first.target, Target::Term { .. }))?;
            let message = say::own_address(&second.url);
            let problem = Diagnostic::new(Code::PathClash, &source, spot, message);
            return Some(problem.help(say::rename_file_or_path()));
        };
        let code = if is_alias {
            Code::AliasClash
        } else {
            Code::PathClash
        };
        let problem = match first_owner {
            Some((other, place)) => {
                let message = say::address_taken(&second.url, &other);
                Diagnostic::new(code, &source, spot, message).related(
                    &other,
                    place,
                    say::first_one(),
                )
            }
            None => {
                let message = say::own_address(&second.url);
                Diagnostic::new(code, &source, spot, message)
            }
        };
        Some(problem.help(match is_alias {
            true => say::remove_alias(),
            false => say::rename_one_or_path(),
        }))
    }

    /// The file that an output comes from, and where that file says so.
    fn owner_of(&self, graph: &SiteGraph, route: &Route) -> Option<(SourcePath, Spot)> {
        let source = match &route.target {
            Target::Page(id) | Target::Section { section: id, .. } => &graph.node(*id).source,
            Target::File(source) => source,
            Target::Term { term, .. } => &graph.node(*graph.term(*term).pages.first()?).source,
            Target::Redirect(_) => return self.askers.get(&route.output).cloned(),
            _ => return None,
        };
        Some((source.clone(), Spot::File))
    }

    fn insert(&mut self, output: OutputPath, claim: Claim) {
        if let (Target::Redirect(_), Some(asker)) = (&claim.target, claim.owner) {
            self.askers.insert(output.clone(), asker);
        }
        let route = Route {
            output: output.clone(),
            url: claim.url,
            target: claim.target,
        };
        self.by_output.insert(output, route);
    }

    /// What courant makes without being asked yields to a file of the site's own.
    fn offer(&mut self, claim: Claim) {
        if let Ok(output) = claim.url.output()
            && !self.by_output.contains_key(&output)
        {
            self.insert(output, claim);
        }
    }

    /// A static file replaces a feed; a theme's yields to a file of the content.
    fn claim_statics(
        &mut self,
        graph: &SiteGraph,
        statics: Vec<Claim>,
        problems: &mut Vec<Diagnostic>,
    ) {
        for claim in statics {
            let is_own =
                matches!(&claim.target, Target::File(source) if source.below("static").is_some());
            let output = claim.url.output().ok();
            let taken = output
                .as_ref()
                .and_then(|output| self.by_output.get(output));
            match (output, taken.map(|route| &route.target)) {
                (Some(output), Some(Target::Feed(_))) => self.insert(output, claim),
                (Some(_), Some(Target::File(_))) if !is_own => {}
                _ => self.claim(graph, vec![claim], problems),
            }
        }
    }

    fn claim_aliases(
        &mut self,
        graph: &SiteGraph,
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) {
        for id in graph.ids() {
            let node = graph.node(id);
            for (index, alias) in node.meta.aliases.iter().enumerate() {
                let spot = Spot::Value(vec![Step::Key("aliases".into()), Step::Index(index)]);
                let url = whole_path(alias);
                if alias.contains(['?', '#']) {
                    problems.push(
                        Diagnostic::new(
                            Code::InvalidValue,
                            &node.source,
                            spot,
                            say::odd_alias(alias),
                        )
                        .help(say::write_part_before()),
                    );
                } else if let Err(problem) = url.output() {
                    let problem = escape(&node.source, "aliases", alias, problem);
                    problems.push(Diagnostic { spot, ..problem });
                } else {
                    let to = config.href(&node.url);
                    let target = Target::redirect(to, node.meta.title.clone());
                    let owner = Some((node.source.clone(), spot));
                    self.claim(graph, vec![Claim { url, target, owner }], problems);
                }
            }
        }
    }

    /// `a` and `a/b` cannot both be files.
    fn refuse_files_as_folders(&self, graph: &SiteGraph, problems: &mut Vec<Diagnostic>) {
        let mut reported = BTreeSet::new();
        for route in self.by_output.values() {
            let mut path = route.output.as_str();
            while let Some((folder, _)) = path.rsplit_once('/') {
                path = folder;
                let file = OutputPath::checked(folder)
                    .ok()
                    .and_then(|path| self.by_output.get(&path));
                let Some(file) = file else { continue };
                let Some((source, spot)) = self.owner_of(graph, file) else {
                    continue;
                };
                let Some((other, place)) = self.owner_of(graph, route) else {
                    continue;
                };
                if !reported.insert(&file.output) {
                    continue;
                }
                let message = say::file_and_folder(&file.output, &route.output);
                problems.push(
                    Diagnostic::new(Code::PathClash, &source, spot, message)
                        .related(&other, place, say::other_one())
                        .help(say::rename_one_or_path()),
                );
            }
        }
    }
}

fn shortened(address: &str) -> String {
    const LONGEST: usize = 60;
    match address.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}

fn nodes(graph: &SiteGraph, plan: &Plan<'_>, claims: &mut Vec<Claim>) {
    for id in graph.ids() {
        let node = graph.node(id);
        let owner = || Some((node.source.clone(), Spot::File));
        if !node.is_section {
            claims.push(Claim {
                url: node.url.clone(),
                target: Target::Page(id),
                owner: owner(),
            });
            continue;
        }
        if let Some((_, to)) = plan.redirects.iter().find(|(section, _)| *section == id) {
            let target = Target::redirect(to.as_str(), &*node.meta.title);
            claims.push(Claim {
                url: node.url.clone(),
                target,
                owner: owner(),
            });
            continue;
        }
        for pager in 1..=pagers(node.lists.pages.len(), node.meta.paginate_by as usize) {
            claims.push(Claim {
                url: pager_url(&node.url, pager),
                target: Target::Section { section: id, pager },
                owner: owner(),
            });
        }
    }
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
        claims.push(Claim {
            url: taxonomy.url.clone(),
            target: Target::TaxonomyList(taxonomy.index, taxonomy.lang),
            owner: None,
        });
        for term in &taxonomy.terms {
            let pages = graph.term(*term).pages.len();
            for pager in 1..=pagers(pages, config.term_pagination(taxonomy.index)) {
                let url = pager_url(&graph.term(*term).url, pager);
                claims.push(Claim {
                    url,
                    target: Target::Term { term: *term, pager },
                    owner: None,
                });
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
            claims.push(Claim {
                url,
                target: Target::ArchiveYear(lang, year),
                owner: None,
            });
        }
    }
    for (lang, url) in archive_urls(graph, config, None) {
        claims.push(Claim {
            url,
            target: Target::Archive(lang),
            owner: None,
        });
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
        claims.push(Claim {
            url: url.clone(),
            target: Target::Feed(*scope),
            owner: None,
        });
    }
    feeds
}

/// A page whose place is taken by another is an error, so that what is published has them all.
fn sitemap<'r>(
    routes: impl Iterator<Item = &'r Route>,
    graph: &SiteGraph,
    config: &Config,
) -> Vec<SitemapEntry> {
    let entries = routes.filter_map(|route| sitemap_entry(route, graph, config));
    let mut entries: Vec<SitemapEntry> = entries.collect();
    entries.sort_by(|a, b| a.url.cmp(&b.url));
    entries
}

fn sitemap_entry(route: &Route, graph: &SiteGraph, config: &Config) -> Option<SitemapEntry> {
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
        claims.push(Claim {
            url: url.clone(),
            target: Target::File(source.clone()),
            owner: Some((source.clone(), Spot::File)),
        });
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
        .map(|(path, source)| Claim {
            url: UrlPath::new(path),
            target: Target::File(source.clone()),
            owner: Some((source.clone(), Spot::File)),
        })
        .collect()
}

fn generated(config: &Config, sitemap_entries: usize, has_redirects: bool) -> Vec<Claim> {
    let own = |url: UrlPath, target: Target| Claim {
        url,
        target,
        owner: None,
    };
    let mut claims = vec![own(UrlPath::new("/robots.txt"), Target::Robots)];
    for lang in config.langs() {
        let home = match lang {
            Lang::DEFAULT => UrlPath::new("/"),
            other => config.home(other),
        };
        claims.push(own(home.child("404.html"), Target::NotFound(lang)));
    }
    if config.default_language_in_path {
        let to = config.href(&config.home(Lang::DEFAULT));
        let title = config.language(Lang::DEFAULT).title.clone();
        claims.push(own(UrlPath::new("/"), Target::redirect(to, title)));
    }
    let parts = sitemap_entries.div_ceil(SITEMAP_LIMIT);
    if parts > 1 {
        claims.push(own(UrlPath::new("/sitemap.xml"), Target::SitemapIndex));
        for part in 0..parts {
            let url = UrlPath::new(format!("/sitemap-{}.xml", part + 1));
            claims.push(own(url, Target::Sitemap(part)));
        }
    } else {
        claims.push(own(UrlPath::new("/sitemap.xml"), Target::Sitemap(0)));
    }
    if has_redirects || config.default_language_in_path {
        claims.push(own(UrlPath::new("/_redirects"), Target::Redirects));
    }
    claims
}
