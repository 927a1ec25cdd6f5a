//! Where a link leads: from what a writer typed to an address of the site.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use crate::config::{Config, Lang, MenuItem};
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::digest::Feed;
use crate::message::{Argument, Message, Tell as _, say};
use crate::parse::markdown;
use crate::path::{self, SourcePath, UrlPath};
use crate::read::ReadError;

use super::place::{split_language, without_ending};
use super::routes::{Routes, Target};
use super::{NodeId, SiteGraph, Term};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The address, without what follows `?` or `#`.
    pub url: UrlPath,
    /// `?…` and `#…` as they were written.
    pub suffix: String,
    /// The page or section behind it.
    pub node: Option<NodeId>,
    /// The file behind it.
    pub file: Option<SourcePath>,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkProblem {
    /// The kind of problem.
    pub code: Code,
    /// What is wrong.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
}

/// Everything that links may lead to.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The site.
    pub graph: &'a SiteGraph,
    /// Its addresses.
    pub routes: &'a Routes,
    /// Its settings.
    pub config: &'a Config,
}

/// The pages and sections that links in texts were found to lead to.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads {
    /// Where the links of each page begin, and where the last ones end; nothing if none was checked.
    starts: Vec<u32>,
    /// By the links of all texts.
    targets: Vec<Option<NodeId>>,
}

impl Leads {
    fn of(&self, page: NodeId, at: usize) -> Option<NodeId> {
        let start = *self.starts.get(page.index())?;
        let end = *self.starts.get(page.index() + 1)?;
        *self.targets[start as usize..end as usize].get(at)?
    }

    /// Each link between two pages: where it leads, and where it is.
    fn backwards(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let pages = self.starts.windows(2).enumerate();
        let links = pages.flat_map(|(at, ends)| {
            let targets = &self.targets[ends[0] as usize..ends[1] as usize];
            let targets = targets.iter().flatten();
            targets.map(move |target| (*target, NodeId::new(at)))
        });
        links.filter(|(target, source)| target != source)
    }

    /// Adds the links of the next page.
    fn push(&mut self, targets: &[Option<NodeId>]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.targets.extend_from_slice(targets);
        let end = u32::try_from(self.targets.len()).expect("fewer than four billion links");
        self.starts.push(end);
    }
}

/// A target without what follows `?` or `#`, and that.
fn split_suffix(target: &str) -> (&str, &str) {
    target.split_at(target.find(['?', '#']).unwrap_or(target.len()))
}

/// Whether a target is a full address, with a scheme or a host of its own.
pub fn is_absolute(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let scheme = target
        .split([':', '/', '?', '#'])
        .next()
        .unwrap_or_default();
    target[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

impl Links<'_> {
    /// Resolves a target as Markdown, front matter, menus and templates write it. `from` is the
    /// page it stands on, `lang` the reader's language.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn resolve(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<Destination, LinkProblem> {
        let (written, suffix) = split_suffix(target);
        let path = match written.contains('%') {
            true => Cow::Owned(path::decode(written)),
            false => Cow::Borrowed(written),
        };
        let found = if path.is_empty() {
            from.map(|id| self.at_node(id))
        } else if let Some(below) = path.strip_prefix("@/") {
            self.in_content(below, lang)?
        } else if path.starts_with('/') {
            self.at_address(&path)
        } else {
            self.beside(&path, from, lang)?
        };
        let mut destination = found.ok_or_else(|| self.missing(written, from))?;
        destination.suffix = suffix.to_owned();
        self.require_anchor(&destination)?;
        Ok(destination)
    }

    /// The same for the link that stands at a place in a page's text: where it was found to lead when
    /// it was checked need not be looked for again.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn resolve_in_text(
        &self,
        at: usize,
        target: &str,
        from: NodeId,
    ) -> Result<Destination, LinkProblem> {
        match self.graph.leads.of(from, at) {
            Some(id) => Ok(Destination {
                suffix: split_suffix(target).1.to_owned(),
                ..self.at_node(id)
            }),
            None => self.resolve(target, Some(from), self.graph.node(from).lang),
        }
    }

    /// The address to write into HTML.
    pub fn href(&self, destination: &Destination) -> String {
        format!(
            "{}{}",
            self.config.href(&destination.url),
            destination.suffix
        )
    }

    /// The page or section that a path below `content/` names, in the reader's language where
    /// that version exists.
    pub fn node_at(&self, below: &str, lang: Lang) -> Option<NodeId> {
        let stem = without_ending(below)?;
        let folder = stem.rfind('/').map_or(0, |at| at + 1);
        let (bare, named) = split_language(&stem[folder..], self.config);
        let versions = self.graph.versions(&stem[..folder + bare.len()]);
        let in_lang = |wanted: Lang| {
            versions
                .iter()
                .copied()
                .find(|id| self.graph.node(*id).lang == wanted)
        };
        let tied = |wanted: Lang| {
            versions
                .iter()
                .find_map(|id| self.graph.in_language(*id, wanted))
        };
        in_lang(lang)
            .or_else(|| tied(lang))
            .or_else(|| {
                self.config
                    .fallbacks(lang)
                    .into_iter()
                    .find_map(|lang| in_lang(lang).or_else(|| tied(lang)))
            })
            .or_else(|| named.and_then(in_lang))
            .or_else(|| in_lang(Lang::DEFAULT))
            .or_else(|| versions.first().copied())
    }

    fn at_node(&self, id: NodeId) -> Destination {
        Destination {
            url: self.graph.node(id).url.clone(),
            suffix: String::new(),
            node: Some(id),
            file: None,
        }
    }

    fn in_content(&self, below: &str, lang: Lang) -> Result<Option<Destination>, LinkProblem> {
        let below = below.trim_end_matches('/');
        let folder = |name: &str| match below {
            "" => format!("{name}.md"),
            _ => format!("{below}/{name}.md"),
        };
        let node = self
            .node_at(below, lang)
            .or_else(|| self.node_at(&folder("_index"), lang))
            .or_else(|| self.node_at(&folder("index"), lang));
        if let Some(id) = node {
            return Ok(Some(self.at_node(id)));
        }
        let source = SourcePath::new(format!("content/{below}"));
        if let Some((source, url)) = self.file_at(&source, lang) {
            return Ok(Some(Destination {
                url: url.clone(),
                suffix: String::new(),
                node: None,
                file: Some(source.clone()),
            }));
        }
        match self.graph.held.get(&source) {
            Some(held) => Err(LinkProblem {
                code: Code::DeadLink,
                message: say::is_held(below, held.message()),
                help: say::remove_until(),
            }),
            None => Ok(None),
        }
    }

    /// A file beside pages, in the reader's language where that version exists: `plan.zh.png` for
    /// `plan.png`.
    fn file_at(&self, source: &SourcePath, lang: Lang) -> Option<(&SourcePath, &UrlPath)> {
        let assets = &self.graph.assets;
        let version = |lang: Lang| {
            let (stem, ending) = source.as_str().rsplit_once('.')?;
            let code = &self.config.language(lang).code;
            assets.get_key_value(&SourcePath::new(format!("{stem}.{code}.{ending}")))
        };
        let named = assets.get_key_value(source)?;
        if self.config.languages.len() < 2 {
            return Some(named);
        }
        let fallbacks = self.config.fallbacks(lang);
        let mut wanted = std::iter::once(lang).chain(fallbacks);
        wanted.find_map(version).or(Some(named))
    }

    fn at_address(&self, path: &str) -> Option<Destination> {
        let route = self.routes.find(&UrlPath::new(path))?;
        let (node, file) = match &route.target {
            Target::Page(id)
            | Target::Section {
                section: id,
                pager: 1,
            } => (Some(*id), None),
            Target::File(source) => (None, Some(source.clone())),
            _ => (None, None),
        };
        Some(Destination {
            url: route.url.clone(),
            suffix: String::new(),
            node,
            file,
        })
    }

    fn beside(
        &self,
        path: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<Option<Destination>, LinkProblem> {
        let Some(from) = from else {
            return Ok(self.at_address(&format!("/{path}")));
        };
        let source = &self.graph.node(from).source;
        match path::join(source.folder(), path) {
            Some(joined) => match joined
                .strip_prefix("content")
                .map(|below| below.trim_start_matches('/'))
            {
                Some(below) => self.in_content(below, lang),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    fn require_anchor(&self, destination: &Destination) -> Result<(), LinkProblem> {
        let (Some(id), Some((_, anchor))) = (destination.node, destination.suffix.split_once('#'))
        else {
            return Ok(());
        };
        let anchor = path::decode(anchor);
        if anchor.is_empty() || anchor == "top" {
            return Ok(());
        }
        let outline = self.graph.outline(id).map_err(LinkProblem::from)?;
        if has_anchor(&outline, &anchor) {
            return Ok(());
        }
        let node = self.graph.node(id);
        let known = outline.headings.iter().map(|heading| &*heading.id);
        let help = match nearest(&anchor, known.clone()) {
            Some(near) => say::did_you_mean(format!("#{near}")),
            None if outline.headings.is_empty() => say::no_headings(),
            None => say::its_parts(Argument::quoted(known.take(12).map(|id| format!("#{id}")))),
        };
        let message = say::no_anchor(&node.source, &anchor);
        Err(LinkProblem {
            code: Code::DeadAnchor,
            message,
            help,
        })
    }

    fn missing(&self, written: &str, from: Option<NodeId>) -> LinkProblem {
        let help = match self.suggestion(written, from) {
            Some(near) => say::did_you_mean(near),
            None if written.starts_with('/') => say::check_address(),
            None if written.starts_with("@/") => say::check_content_path(),
            None if written.ends_with(".md") => say::check_md(),
            None => say::check_file(),
        };
        LinkProblem {
            code: Code::DeadLink,
            message: say::leads_nowhere(written),
            help,
        }
    }

    /// What was likely meant: the same from the site's root, the same file elsewhere, or a name
    /// with a slip in it.
    fn suggestion(&self, written: &str, from: Option<NodeId>) -> Option<String> {
        let bare = written.trim_start_matches("./");
        if bare.starts_with('/') {
            let addresses = self.routes.iter().map(|route| route.url.as_str());
            return near(bare, addresses).map(Into::into);
        }
        let from_root = format!("/{bare}");
        if self.at_address(&from_root).is_some() {
            return Some(from_root);
        }
        let here = from.map_or("content", |id| self.graph.node(id).source.folder());
        let wanted = match bare.strip_prefix("@/") {
            Some(below) => SourcePath::new(format!("content/{}", below.trim_end_matches('/'))),
            None => SourcePath::new(path::join(here, bare)?),
        };
        let pages = self
            .graph
            .nodes
            .iter()
            .filter(|node| node.file.is_some())
            .map(|node| &node.source);
        let sources: Vec<&SourcePath> = pages.chain(self.graph.assets.keys()).collect();
        let far = |source: &SourcePath| (source.folder() != here, source.clone());
        let same = sources
            .iter()
            .filter(|source| source.name() == wanted.name())
            .min_by_key(|source| far(source));
        let found = same.map(|source| (*source).clone()).or_else(|| {
            let beside = sources
                .iter()
                .filter(|source| source.folder() == wanted.folder());
            let name = near(wanted.name(), beside.map(|source| source.name()))?;
            Some(SourcePath::new(format!("{}/{name}", wanted.folder())))
        })?;
        Some(
            match from.is_some()
                && found.folder() == here
                && bare == written
                && !bare.starts_with("@/")
            {
                true => found.name().to_owned(),
                false => format!("@/{}", found.below("content").unwrap_or_default()),
            },
        )
    }
}

/// The nearest of many names, if no more than a letter in four differs.
pub fn near<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = typed.chars().count() / 4;
    let distances = known.map(|name| (strsim::damerau_levenshtein(typed, name), name));
    distances
        .filter(|(distance, _)| *distance <= slips)
        .min()
        .map(|(_, name)| name)
}

fn has_anchor(outline: &markdown::Outline, anchor: &str) -> bool {
    let mut headings = outline.headings.iter();
    headings.any(|heading| *heading.id == *anchor)
        || outline.anchors.iter().any(|known| **known == *anchor)
}

/// Where every `redirect_to` leads. It is resolved before addresses are known, so it may name
/// content or a full address, but no generated page.
pub fn redirects(
    graph: &SiteGraph,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(NodeId, String)> {
    let routes = Routes::default();
    let links = Links {
        graph,
        routes: &routes,
        config,
    };
    let mut redirects = Vec::new();
    for id in graph.ids() {
        let node = graph.node(id);
        let Some(target) = node.meta.redirect_to.as_deref().filter(|_| node.is_section) else {
            continue;
        };
        if is_absolute(target) {
            redirects.push((id, target.to_owned()));
        } else if target.starts_with('/') {
            redirects.push((id, config.href(&UrlPath::new(path::decode(target)))));
        } else {
            match links.resolve(target, Some(id), node.lang) {
                Ok(destination) => redirects.push((id, links.href(&destination))),
                Err(problem) => problems.push(at_key(
                    problem,
                    &node.source,
                    vec![Step::Key("redirect_to".into())],
                )),
            }
        }
    }
    redirects
}

/// Resolves every link of every page and menu; reports those that lead nowhere and gives each
/// page the pages that link to it.
pub fn check(
    graph: &mut SiteGraph,
    routes: &Routes,
    config: &Config,
    config_path: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) {
    let links = Links {
        graph,
        routes,
        config,
    };
    // Few at once, so that no core waits long for the others.
    const AT_ONCE: usize = 64;
    let checked: Vec<Checked> = (0..graph.nodes.len())
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|at| links.check_node(NodeId::new(at)))
        .collect();
    for language in &config.languages {
        let Some(lang) = config.lang(&language.code) else {
            continue;
        };
        for item in language.menus.iter().flat_map(|(_, items)| items) {
            links.check_menu(item, lang, config_path, problems);
        }
    }
    problems.extend(graph.terms.iter().flat_map(|term| links.check_term(term)));
    let mut leads = Leads::default();
    for (at, checked) in checked.into_iter().enumerate() {
        problems.extend(checked.problems);
        graph.nodes[at].destinations = checked.destinations;
        leads.push(&checked.targets);
    }
    for (target, sources) in backlinks(&leads, graph) {
        graph.nodes[target.index()].backlinks = sources.into();
    }
    graph.leads = leads;
}

/// The other pages that link to each page, by address; those to which none does are left out.
fn backlinks(leads: &Leads, graph: &SiteGraph) -> Vec<(NodeId, Vec<NodeId>)> {
    let mut links: Vec<(NodeId, NodeId)> = leads.backwards().collect();
    links.par_sort_unstable();
    links.dedup();
    let targets: Vec<&[(NodeId, NodeId)]> = links.chunk_by(|a, b| a.0 == b.0).collect();
    let listed = targets.into_par_iter().map(|links| {
        let mut sources: Vec<NodeId> = links.iter().map(|(_, source)| *source).collect();
        sources.sort_by(|a, b| graph.node(*a).url.cmp(&graph.node(*b).url));
        (links[0].0, sources)
    });
    listed.collect()
}

/// What the links of one page are about.
struct Checked {
    /// What each link of its text leads to, if that is a page or section.
    targets: Vec<Option<NodeId>>,
    problems: Vec<Diagnostic>,
    /// A digest of where the links of its text lead.
    destinations: u64,
}

impl Links<'_> {
    fn check_node(&self, id: NodeId) -> Checked {
        let node = self.graph.node(id);
        let (mut targets, mut problems) = (Vec::new(), Vec::new());
        let mut feed = Feed::default();
        let body = node.file.as_ref().map_or(0, |file| file.body);
        let outline = self.graph.outline(id).map_err(|error| {
            problems.push(LinkProblem::from(error).at(&node.source, Spot::File));
        });
        for link in outline.iter().flat_map(|outline| &outline.links) {
            let range = body + link.range.start as usize..body + link.range.end as usize;
            let found = self.resolve(&link.target, Some(id), node.lang);
            targets.push(found.as_ref().ok().and_then(|destination| destination.node));
            match found {
                Ok(destination) => {
                    (&destination.url, &destination.suffix, &destination.file).hash(&mut feed);
                }
                Err(problem) => problems.push(problem.at(&node.source, Spot::Bytes(range))),
            }
        }
        let image = node
            .meta
            .image
            .iter()
            .map(|image| (vec![Step::Key("image".into())], image));
        let attachments = node
            .meta
            .attachments
            .iter()
            .enumerate()
            .map(|(index, attachment)| {
                (
                    vec![
                        Step::Key("attachments".into()),
                        Step::Index(index),
                        Step::Key("file".into()),
                    ],
                    &attachment.file,
                )
            });
        for (steps, target) in image.chain(attachments) {
            if !is_absolute(target)
                && let Err(problem) = self.resolve(target, Some(id), node.lang)
            {
                problems.push(at_key(problem, &node.source, steps));
            }
        }
        if let Some(summary) = &*node.meta.summary {
            let from = Some(id);
            problems.extend(self.check_markdown(
                summary,
                &node.source,
                &["summary"],
                from,
                node.lang,
            ));
        }
        Checked {
            targets,
            problems,
            destinations: feed.finish(),
        }
    }

    fn check_term(&self, term: &Term) -> Vec<Diagnostic> {
        match (&term.data.text, &term.data.source) {
            (Some(text), Some(source)) => {
                self.check_markdown(text, source, &[&term.id, "text"], None, term.lang)
            }
            _ => Vec::new(),
        }
    }

    /// The links of Markdown that is the value of a key.
    fn check_markdown(
        &self,
        text: &str,
        source: &SourcePath,
        keys: &[&str],
        from: Option<NodeId>,
        lang: Lang,
    ) -> Vec<Diagnostic> {
        // Most summaries are plain text, and who edits waits.
        if !text.contains(['[', '<']) {
            return Vec::new();
        }
        let outline = markdown::outline(text, &self.config.markdown, markdown::Quotes::default());
        let steps: Vec<Step> = keys.iter().map(|key| Step::Key((*key).into())).collect();
        let problems = outline
            .links
            .iter()
            .filter_map(|link| self.resolve(&link.target, from, lang).err());
        problems
            .map(|problem| at_key(problem, source, steps.clone()))
            .collect()
    }

    fn check_menu(
        &self,
        item: &MenuItem,
        lang: Lang,
        config_path: &SourcePath,
        problems: &mut Vec<Diagnostic>,
    ) {
        if !is_absolute(&item.path)
            && let Err(problem) = self.resolve(&item.path, None, lang)
        {
            let steps = [item.steps.as_slice(), &[Step::Key("path".into())]].concat();
            problems.push(at_key(problem, config_path, steps));
        }
        for child in &item.children {
            self.check_menu(child, lang, config_path, problems);
        }
    }
}

/// What a text holds is not to be had.
impl From<ReadError> for LinkProblem {
    fn from(error: ReadError) -> Self {
        Self {
            code: Code::Unreadable,
            message: error.message(),
            help: say::build_again(),
        }
    }
}

impl LinkProblem {
    fn at(self, source: &SourcePath, spot: Spot) -> Diagnostic {
        Diagnostic::new(self.code, source, spot, self.message).help(self.help)
    }
}

fn at_key(problem: LinkProblem, source: &SourcePath, steps: Vec<Step>) -> Diagnostic {
    problem.at(source, Spot::Value(steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_a_scheme_or_host_are_left_alone() {
        for target in [
            "https://example.org",
            "//cdn.example.org/x",
            "mailto:a@b",
            "tel:+1",
        ] {
            assert!(is_absolute(target), "{target}");
        }
        for target in ["/a", "a/b:c", "@/a.md", "#x", "a.md", "1a:b", ""] {
            assert!(!is_absolute(target), "{target}");
        }
    }
}
