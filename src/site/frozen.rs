//! The graph and the routes of a site as bytes, for a build in which nothing differs but the text
//! of some files: pages and routes are read back one by one, when they are asked for.
//!
//! What a page's body holds is not in them. It stands in the file's summary, which the next build
//! may have anew.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use ahash::AHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::parse::markdown::Outline;
use crate::path::{SourcePath, UrlPath};

use super::held::Held;
use super::terms::by_name;
use super::{FeedScope, FileFacts, Keys, LazyList, Node, NodeId, Routes, SiteGraph};
use super::{Taxonomy, Term};

/// What is read back at once.
#[derive(Serialize, Deserialize)]
struct Whole<'g> {
    terms: Cow<'g, [Term]>,
    taxonomies: Cow<'g, [Taxonomy]>,
    homes: Cow<'g, [NodeId]>,
    archives: Cow<'g, [Years]>,
    feeds: Cow<'g, [Vec<NodeId>]>,
    assets: Cow<'g, BTreeMap<SourcePath, UrlPath>>,
    held: Cow<'g, BTreeMap<SourcePath, Held>>,
    early: Cow<'g, BTreeMap<SourcePath, Held>>,
    window: Range<i64>,
    by_key: Vec<NodeId>,
    feed_urls: Cow<'g, BTreeMap<FeedScope, UrlPath>>,
    has_archive: bool,
    /// The length of each node in bytes.
    nodes: Vec<u32>,
    /// The length of each route in bytes.
    routes: Vec<u32>,
}

/// The articles of one language by year.
type Years = Vec<(i32, Vec<NodeId>)>;

/// The bytes of a graph and its routes, in two pieces.
pub fn freeze(graph: &SiteGraph, routes: &Routes) -> [Vec<u8>; 2] {
    let mut items = Vec::new();
    let whole = Whole {
        terms: Cow::Borrowed(&graph.terms),
        taxonomies: Cow::Borrowed(&graph.taxonomies),
        homes: Cow::Borrowed(&graph.homes),
        archives: Cow::Borrowed(&graph.archives),
        feeds: Cow::Borrowed(&graph.feeds),
        assets: Cow::Borrowed(&graph.assets),
        held: Cow::Borrowed(&graph.held),
        early: Cow::Borrowed(&graph.early),
        window: graph.window.clone(),
        by_key: by_key(graph),
        feed_urls: Cow::Borrowed(&routes.feeds),
        has_archive: routes.has_archive,
        nodes: append(graph.nodes.iter(), &mut items),
        routes: append(routes.all.iter(), &mut items),
    };
    let whole = postcard::to_stdvec(&whole).expect("memory takes it");
    [whole, items]
}

/// The graph and the routes that [`freeze`] made the bytes of. `body_of` says what is known of a
/// file's body.
pub fn thaw(
    bytes: impl AsRef<[u8]> + Send + Sync + 'static,
    body_of: impl Fn(&SourcePath) -> Option<(FileFacts, Box<Outline>)> + Send + Sync + 'static,
) -> Option<(SiteGraph, Routes)> {
    let (whole, items): (Whole<'_>, &[u8]) = postcard::take_from_bytes(bytes.as_ref()).ok()?;
    let start = bytes.as_ref().len() - items.len();
    let (nodes, start) = places(&whole.nodes, start);
    let (routes, end) = places(&whole.routes, start);
    if end != bytes.as_ref().len() {
        return None;
    }
    let of_nodes = Arc::new(bytes);
    let of_routes = Arc::clone(&of_nodes);
    let nodes = LazyList::of(nodes.len(), move |at| {
        let mut node: Node = item(&(*of_nodes).as_ref()[nodes[at].clone()]);
        if node.file.is_some()
            && let Some((facts, outline)) = body_of(&node.source)
        {
            (node.file, node.outline) = (Some(facts), outline);
        }
        node
    });
    let routes = LazyList::of(routes.len(), move |at| {
        item(&(*of_routes).as_ref()[routes[at].clone()])
    });
    let routes = Routes::planned(routes, whole.feed_urls.into_owned(), whole.has_archive);
    let mut graph = SiteGraph {
        nodes,
        terms: whole.terms.into_owned(),
        taxonomies: whole.taxonomies.into_owned(),
        homes: whole.homes.into_owned(),
        archives: whole.archives.into_owned(),
        feeds: whole.feeds.into_owned(),
        assets: whole.assets.into_owned(),
        held: whole.held.into_owned(),
        early: whole.early.into_owned(),
        window: whole.window,
        by_key: Keys::Sorted(whole.by_key),
        by_name: AHashMap::new(),
    };
    graph.by_name = by_name(&graph);
    Some((graph, routes))
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
