//! Resolved front matter → nodes with addresses, tied to their sections and translations.

use std::collections::BTreeMap;

use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;

use crate::config::Config;
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, say};
use crate::path::{SourcePath, UrlPath};
use crate::slug::slug;
use crate::sparse::Sparse;

use super::held::Held;
use super::keys::Keys;
use super::meta::Resolved;
use super::{LazyList, Node, NodeId, SiteGraph};

/// Builds the nodes, sorted by source.
pub(super) fn plant(
    kept: Vec<Resolved>,
    held: BTreeMap<SourcePath, Held>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> SiteGraph {
    let (addresses, ranks) = rayon::join(|| addresses(&kept, config, problems), || ranks(&kept));
    let named = named_groups(&kept, &ranks);
    let nodes = kept.into_iter().zip(addresses).zip(&ranks);
    let nodes = nodes.map(|((one, (slug, url)), rank)| {
        let parent = one.seed.parent().map(|parent| NodeId::new(ranks[parent]));
        (*rank, node(one, slug, url, parent))
    });
    let mut graph = SiteGraph {
        nodes: LazyList::in_places(ranks.len(), nodes),
        held,
        ..SiteGraph::default()
    };
    graph.keys = Keys::of(&graph.nodes);
    tie_sections(&mut graph, config);
    for group in unnamed_groups(&graph, &named)
        .into_iter()
        .chain(named.into_values())
    {
        tie_translations(&mut graph, group, problems);
    }
    graph
}

/// Where each node stands once they are sorted by source.
fn ranks(kept: &[Resolved]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.par_sort_by(|a, b| kept[*a].seed.source().cmp(kept[*b].seed.source()));
    let mut ranks = vec![0; kept.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

/// Translations that their writers tied, by the name for them.
fn named_groups(kept: &[Resolved], ranks: &[usize]) -> BTreeMap<String, Vec<NodeId>> {
    let mut groups: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for (one, rank) in kept.iter().zip(ranks) {
        if let Some(name) = &*one.seed.front.key {
            let group = groups.entry(name.clone()).or_default();
            group.push(NodeId::new(*rank));
        }
    }
    groups
}

/// Translations that are tied by their places alone.
fn unnamed_groups(graph: &SiteGraph, named: &BTreeMap<String, Vec<NodeId>>) -> Vec<Vec<NodeId>> {
    let named: AHashSet<NodeId> = named.values().flatten().copied().collect();
    let is_one = |a: &NodeId, b: &NodeId| graph.node(*a).key() == graph.node(*b).key();
    let groups = graph.keys.ids().chunk_by(is_one);
    let groups = groups.filter(|group| group.len() > 1).map(|group| {
        let unnamed = group.iter().copied().filter(|id| !named.contains(id));
        unnamed.collect::<Vec<NodeId>>()
    });
    groups.filter(|group| group.len() > 1).collect()
}

fn tie_translations(graph: &mut SiteGraph, mut group: Vec<NodeId>, problems: &mut Vec<Diagnostic>) {
    group.sort_by_key(|id| (graph.node(*id).lang, *id));
    for two in group
        .windows(2)
        .map(|two| [graph.node(two[0]), graph.node(two[1])])
    {
        problems.extend((two[0].lang == two[1].lang).then(|| one_key(two[0], two[1])));
    }
    group.dedup_by_key(|id| graph.node(*id).lang);
    for id in &group {
        let others = group.iter().copied().filter(|other| other != id);
        graph.nodes[id.index()].translations = others.collect::<Vec<NodeId>>().into();
    }
}

/// Only `key` can tie two files of one language: files with one name are told apart before.
fn one_key(first: &Node, second: &Node) -> Diagnostic {
    let spot = || Spot::Value(vec![Step::Key("key".into())]);
    let message = say::same_key(&first.source);
    Diagnostic::new(Code::AmbiguousFile, &second.source, spot(), message)
        .related(&first.source, spot(), say::first_one())
        .help(say::another_key())
}

fn node(
    one: Resolved,
    own_slug: Sparse<Option<String>>,
    url: UrlPath,
    parent: Option<NodeId>,
) -> Node {
    let Resolved {
        seed,
        meta,
        publish: _,
        expires: _,
    } = one;
    Node {
        source: seed.place.source,
        file: seed.file,
        is_section: seed.is_section,
        lang: seed.lang,
        key_length: seed.place.key_length,
        meta,
        text: seed.text,
        own_slug,
        url,
        parent,
        lists: Sparse::default(),
        lower: None,
        higher: None,
        terms: Box::default(),
        loose_terms: seed.front.terms.into(),
        assets: Sparse::default(),
        translations: Sparse::default(),
        backlinks: Sparse::default(),
        destinations: 0,
    }
}

fn tie_sections(graph: &mut SiteGraph, config: &Config) {
    let mut homes = vec![None; config.languages.len()];
    for id in graph.ids() {
        let node = graph.node(id);
        let (parent, is_section) = (node.parent, node.is_section);
        match parent {
            Some(parent) if is_section => graph.nodes[parent.index()].lists.subsections.push(id),
            Some(parent) => graph.nodes[parent.index()].lists.pages.push(id),
            None => homes[node.lang.index()] = Some(id),
        }
    }
    graph.homes = homes
        .into_iter()
        .map(|home| home.expect("every language has a home section"))
        .collect();
}

/// The address of every node, and its slug where the address ends in something else; parents stand
/// before their children.
fn addresses(
    kept: &[Resolved],
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Sparse<Option<String>>, UrlPath)> {
    let mut addresses: Vec<(Sparse<Option<String>>, UrlPath)> = Vec::with_capacity(kept.len());
    for one in kept {
        let above = one.seed.parent().map(|parent| addresses[parent].1.clone());
        let (slug, url) = address(one, above, config, problems);
        let own_slug = Some(slug).filter(|slug| slug != url.last_part());
        addresses.push((own_slug.into(), url));
    }
    addresses
}

fn address(
    one: &Resolved,
    above: Option<UrlPath>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> (String, UrlPath) {
    let seed = &one.seed;
    let part = slug_of(one, config, problems);
    let default = match &above {
        Some(above) => above.child(&format!("{part}/")),
        None => config.home(seed.lang),
    };
    let Some(path) = &*seed.front.path else {
        return (part, default);
    };
    let url = whole_path(path);
    match url.output() {
        Ok(_) => (part, url),
        Err(problem) => {
            problems.push(escape(seed.source(), "path", path, problem));
            (part, default)
        }
    }
}

/// `about/us` → `/about/us/`; a last part with an ending is a file.
pub(super) fn whole_path(path: &str) -> UrlPath {
    let trimmed = path.trim().trim_start_matches('/');
    let last = trimmed.rsplit('/').next().unwrap_or_default();
    if trimmed.is_empty() || trimmed.ends_with('/') || last.contains('.') {
        UrlPath::new(trimmed)
    } else {
        UrlPath::new(format!("{trimmed}/"))
    }
}

pub(super) fn escape(source: &SourcePath, key: &str, value: &str, problem: Message) -> Diagnostic {
    let spot = Spot::Value(vec![Step::Key(key.into())]);
    Diagnostic::new(
        Code::PathEscape,
        source,
        spot,
        say::address_problem(value, problem),
    )
    .help(say::write_address())
}

fn slug_of(one: &Resolved, config: &Config, problems: &mut Vec<Diagnostic>) -> String {
    let seed = &one.seed;
    if seed.parent.is_none() {
        return String::new();
    }
    if let Some(written) = &*seed.front.slug {
        if written.contains(['/', '\\']) || written.contains("..") {
            let problem = say::several_parts();
            problems
                .push(escape(seed.source(), "slug", written, problem).help(say::write_last_part()));
        } else {
            let part = slug(written, config.slugs(seed.lang));
            if !part.is_empty() {
                return part;
            }
            problems.push(
                escape(seed.source(), "slug", written, say::no_letter()).help(say::write_word()),
            );
        }
    }
    let part = slug(seed.place.name(), config.slugs(seed.lang));
    if part.is_empty() && seed.front.path.is_none() {
        problems.push(
            Diagnostic::new(
                Code::InvalidName,
                seed.source(),
                Spot::File,
                say::name_without_letter(seed.place.name()),
            )
            .help(say::rename_or_slug()),
        );
        return "unnamed".into();
    }
    part
}

/// Gives every file of content that is no Markdown its address: beside the page of the bundle
/// that holds it, else in its section. Of several languages, the first publishes it and all
/// have it.
pub(super) fn place_assets(graph: &mut SiteGraph, assets: Vec<SourcePath>) {
    let owners = owners(graph);
    for asset in assets {
        let below = asset.below("content").unwrap_or_default().to_owned();
        let mut folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
        loop {
            match owners.get(folder) {
                Some(Owner::Published(versions)) => {
                    let inner = below[folder.len()..].trim_start_matches('/');
                    let url = folder_url(&graph.node(versions[0]).url).child(inner);
                    for id in versions {
                        graph.nodes[id.index()].assets.push(asset.clone());
                    }
                    graph.assets.insert(asset, url);
                    break;
                }
                Some(Owner::Held) => {
                    graph.held.insert(asset, Held::PageHeld);
                    break;
                }
                None if folder.is_empty() => break,
                None => folder = folder.rsplit_once('/').map_or("", |(above, _)| above),
            }
        }
    }
}

fn folder_url(url: &UrlPath) -> UrlPath {
    let path = url.as_str();
    UrlPath::new(&path[..path.rfind('/').map_or(0, |at| at + 1)])
}

enum Owner {
    /// In the order of languages; one at least.
    Published(Vec<NodeId>),
    Held,
}

/// Folders of content by the page or section that publishes what lies in them.
fn owners(graph: &SiteGraph) -> AHashMap<String, Owner> {
    let mut owners: AHashMap<String, Owner> = AHashMap::new();
    for source in graph.held.keys() {
        let below = source.below("content").unwrap_or_default();
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        if name.starts_with("index.") || name.starts_with("_index.") {
            owners.insert(folder.to_owned(), Owner::Held);
        }
    }
    let mut ids: Vec<NodeId> = graph.ids().collect();
    ids.sort_by_key(|id| (graph.node(*id).is_section, graph.node(*id).lang));
    for id in ids {
        let (folder, name) = match graph.node(id).key().rsplit_once('/') {
            Some((folder, name)) => (folder, name),
            None => ("", graph.node(id).key()),
        };
        if !matches!(name, "index" | "_index") {
            continue;
        }
        match owners.get_mut(folder) {
            Some(Owner::Published(versions))
                if graph.node(versions[0]).is_section == graph.node(id).is_section =>
            {
                versions.push(id);
            }
            Some(Owner::Published(_)) => {}
            Some(Owner::Held) | None => {
                owners.insert(folder.to_owned(), Owner::Published(vec![id]));
            }
        }
    }
    owners
}
