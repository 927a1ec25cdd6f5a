//! Resolved front matter → nodes with addresses, tied to their sections and translations.

use std::collections::BTreeMap;

use ahash::AHashMap;

use crate::config::Config;
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, say};
use crate::path::{SourcePath, UrlPath};
use crate::slug::slug;

use super::held::Held;
use super::meta::Resolved;
use super::{Keys, LazyList, Node, NodeId, SiteGraph};

/// Builds the nodes, sorted by source.
pub(super) fn plant(
    kept: Vec<Resolved>,
    held: BTreeMap<SourcePath, Held>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> SiteGraph {
    let addresses = addresses(&kept, config, problems);
    let ranks = ranks(&kept);
    let groups = translation_groups(&kept, &ranks);
    let nodes = kept.into_iter().zip(addresses).zip(&ranks);
    let nodes = nodes.map(|((one, (slug, url)), rank)| {
        let parent = one.seed.parent.map(|parent| NodeId::new(ranks[parent]));
        (*rank, node(one, slug, url, parent))
    });
    let mut graph = SiteGraph {
        nodes: LazyList::in_places(ranks.len(), nodes),
        held,
        ..SiteGraph::default()
    };
    tie_sections(&mut graph, config);
    for group in groups.into_values().filter(|group| group.len() > 1) {
        tie_translations(&mut graph, group, problems);
    }
    graph
}

/// Where each node stands once they are sorted by source.
fn ranks(kept: &[Resolved]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by(|a, b| kept[*a].seed.source.cmp(&kept[*b].seed.source));
    let mut ranks = vec![0; kept.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

fn translation_groups(kept: &[Resolved], ranks: &[usize]) -> BTreeMap<(bool, String), Vec<NodeId>> {
    let mut groups: BTreeMap<(bool, String), Vec<NodeId>> = BTreeMap::new();
    for (at, one) in kept.iter().enumerate() {
        let own_key = one.seed.front.key.as_ref();
        let group = (own_key.is_some(), own_key.unwrap_or(&one.seed.key).clone());
        groups
            .entry(group)
            .or_default()
            .push(NodeId::new(ranks[at]));
    }
    groups
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
        let others = group.iter().copied().filter(|other| other != id).collect();
        graph.nodes[id.index()].translations = others;
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

fn node(one: Resolved, slug: String, url: UrlPath, parent: Option<NodeId>) -> Node {
    let Resolved {
        seed,
        meta,
        publish: _,
        expires: _,
    } = one;
    Node {
        source: seed.source,
        file: seed.file,
        is_section: seed.is_section,
        lang: seed.lang,
        key: seed.key,
        meta,
        text: seed.outline.into(),
        slug,
        url,
        parent,
        pages: Vec::new(),
        subsections: Vec::new(),
        recent: Vec::new(),
        feed: Vec::new(),
        lower: None,
        higher: None,
        terms: Vec::new(),
        loose_terms: seed.front.terms,
        assets: Vec::new(),
        translations: Vec::new(),
        backlinks: Vec::new(),
        destinations: 0,
    }
}

fn tie_sections(graph: &mut SiteGraph, config: &Config) {
    let mut homes = vec![None; config.languages.len()];
    let mut by_key: AHashMap<String, Vec<NodeId>> = AHashMap::new();
    for id in graph.ids() {
        let node = graph.node(id);
        let (key, parent, is_section) = (node.key.clone(), node.parent, node.is_section);
        match parent {
            Some(parent) if is_section => graph.nodes[parent.index()].subsections.push(id),
            Some(parent) => graph.nodes[parent.index()].pages.push(id),
            None => homes[node.lang.index()] = Some(id),
        }
        by_key.entry(key).or_default().push(id);
    }
    graph.by_key = Keys::Hashed(by_key);
    graph.homes = homes
        .into_iter()
        .map(|home| home.expect("every language has a home section"))
        .collect();
}

/// Slug and address of every node; parents stand before their children.
fn addresses(
    kept: &[Resolved],
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, UrlPath)> {
    let mut addresses: Vec<(String, UrlPath)> = Vec::with_capacity(kept.len());
    for one in kept {
        let above = one.seed.parent.map(|parent| addresses[parent].1.clone());
        addresses.push(address(one, above, config, problems));
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
    let Some(path) = &seed.front.path else {
        return (part, default);
    };
    let url = whole_path(path);
    match url.output() {
        Ok(_) => (part, url),
        Err(problem) => {
            problems.push(escape(&seed.source, "path", path, problem));
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
    if let Some(written) = &seed.front.slug {
        if written.contains(['/', '\\']) || written.contains("..") {
            let problem = say::several_parts();
            problems
                .push(escape(&seed.source, "slug", written, problem).help(say::write_last_part()));
        } else {
            let part = slug(written, config.slugs(seed.lang));
            if !part.is_empty() {
                return part;
            }
            problems.push(
                escape(&seed.source, "slug", written, say::no_letter()).help(say::write_word()),
            );
        }
    }
    let part = slug(&seed.name, config.slugs(seed.lang));
    if part.is_empty() && seed.front.path.is_none() {
        problems.push(
            Diagnostic::new(
                Code::InvalidName,
                &seed.source,
                Spot::File,
                say::name_without_letter(&seed.name),
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
        let (folder, name) = match graph.node(id).key.rsplit_once('/') {
            Some((folder, name)) => (folder, name),
            None => ("", graph.node(id).key.as_str()),
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
