//! The graph and the routes of a site as bytes, for a build in which nothing differs but the text
//! of some files: pages and routes are read back one by one, when they are asked for.
//!
//! What a page's body holds is not in them. It stands in the file's summary, which the next build
//! may have anew.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use ahash::AHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::parse::markdown::Outline;
use crate::path::{SourcePath, UrlPath};

use super::held::Held;
use super::terms::by_name;
use super::{FeedScope, FileFacts, Keys, LazyList, Node, NodeId, Routes, SiteGraph};
use super::{Taxonomy, Term};

/// What is read back at once.
type Whole = (
    Terms,
    Lists,
    Files,
    (Range<i64>, bool),
    Vec<(FeedScope, UrlPath)>,
    Lengths,
);

type Terms = (Vec<Term>, Vec<Taxonomy>);

/// Pages and sections by key, homes, archives, feeds.
type Lists = (
    Vec<NodeId>,
    Vec<NodeId>,
    Vec<Vec<(i32, Vec<NodeId>)>>,
    Vec<Vec<NodeId>>,
);

/// Assets, what is held, what is early.
type Files = (
    Vec<(SourcePath, UrlPath)>,
    Vec<(SourcePath, Held)>,
    Vec<(SourcePath, Held)>,
);

/// The lengths in bytes of all nodes and of all routes.
type Lengths = (Vec<u32>, Vec<u32>);

/// The bytes of a graph and its routes, in two pieces.
pub fn freeze(graph: &SiteGraph, routes: &Routes) -> [Vec<u8>; 2] {
    let mut items = Vec::new();
    let nodes = append(graph.nodes.iter(), &mut items);
    let all = append(routes.all.iter(), &mut items);
    let pairs = |map: &BTreeMap<SourcePath, Held>| -> Vec<(SourcePath, Held)> {
        map.iter()
            .map(|(path, held)| (path.clone(), *held))
            .collect()
    };
    let assets: Vec<(&SourcePath, &UrlPath)> = graph.assets.iter().collect();
    let feeds: Vec<(&FeedScope, &UrlPath)> = routes.feeds.iter().collect();
    let whole = (
        (&graph.terms, &graph.taxonomies),
        (by_key(graph), &graph.homes, &graph.archives, &graph.feeds),
        (assets, pairs(&graph.held), pairs(&graph.early)),
        (&graph.window, routes.has_archive),
        feeds,
        (nodes, all),
    );
    [to_bytes(&whole), items]
}

/// The graph and the routes that [`freeze`] made the bytes of. `body_of` says what is known of a
/// file's body.
pub fn thaw(
    bytes: impl AsRef<[u8]> + Send + Sync + 'static,
    body_of: impl Fn(&SourcePath) -> Option<(FileFacts, Box<Outline>)> + Send + Sync + 'static,
) -> Option<(SiteGraph, Routes)> {
    let (whole, items): (Whole, &[u8]) = postcard::take_from_bytes(bytes.as_ref()).ok()?;
    let (terms, lists, files, (window, has_archive), feeds, (nodes, all)) = whole;
    let start = bytes.as_ref().len() - items.len();
    let (nodes, start) = places(&nodes, start);
    let (all, end) = places(&all, start);
    if end != bytes.as_ref().len() {
        return None;
    }
    let bytes = Arc::new(bytes);
    let kept = Arc::clone(&bytes);
    let nodes = LazyList::of(nodes.len(), move |at| {
        let mut node: Node = item(&(*kept).as_ref()[nodes[at].clone()]);
        if node.file.is_some()
            && let Some((facts, outline)) = body_of(&node.source)
        {
            (node.file, node.outline) = (Some(facts), outline);
        }
        node
    });
    let all = LazyList::of(all.len(), move |at| {
        item(&(*bytes).as_ref()[all[at].clone()])
    });
    let mut graph = SiteGraph {
        nodes,
        window,
        ..graph(terms, lists, files)
    };
    graph.by_name = by_name(&graph);
    let routes = Routes::planned(all, feeds.into_iter().collect(), has_archive);
    Some((graph, routes))
}

fn graph(terms: Terms, lists: Lists, files: Files) -> SiteGraph {
    let (terms, taxonomies) = terms;
    let (keys, homes, archives, feeds) = lists;
    let (assets, held, early) = files;
    SiteGraph {
        terms,
        taxonomies,
        homes,
        archives,
        feeds,
        assets: assets.into_iter().collect(),
        held: held.into_iter().collect(),
        early: early.into_iter().collect(),
        by_key: Keys::Sorted(keys),
        by_name: AHashMap::new(),
        ..SiteGraph::default()
    }
}

fn by_key(graph: &SiteGraph) -> Vec<NodeId> {
    let mut ids: Vec<NodeId> = graph.ids().collect();
    ids.sort_by_key(|id| (graph.node(*id).key.as_str(), *id));
    ids
}

/// Writes items behind others; returns their lengths.
fn append<'t, T: Serialize + 't>(
    items: impl Iterator<Item = &'t T>,
    bytes: &mut Vec<u8>,
) -> Vec<u32> {
    let lengths = items.map(|item| {
        let start = bytes.len();
        *bytes = postcard::to_extend(item, std::mem::take(bytes)).expect("memory takes it");
        u32::try_from(bytes.len() - start).expect("a page's summary is short")
    });
    lengths.collect()
}

/// Where items lie, and where the last one ends.
fn places(lengths: &[u32], mut start: usize) -> (Vec<Range<usize>>, usize) {
    let place = |length: &u32| {
        let place = start..start + *length as usize;
        start = place.end;
        place
    };
    let places = lengths.iter().map(place).collect();
    (places, start)
}

fn item<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).expect("the store has been found whole")
}

fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("memory takes it")
}
