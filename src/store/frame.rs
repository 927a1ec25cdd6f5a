//! What a build knew before it rendered anything, as the next one may take it over.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::read::AsideOnce;
use crate::site::{FileFacts, Frozen, LazyList, Node, Route, Routes, SiteGraph};
use crate::world::World;

use super::Documents;
use super::format::{Draft, Piece, Section};

/// What a build knew before it rendered anything.
pub struct Frame<'b> {
    store: &'b Arc<Vec<u8>>,
    about: About<'b>,
    nodes: Vec<Range<usize>>,
    routes: Vec<Range<usize>>,
}

/// What the next build is to find.
pub enum Framing {
    /// What this one found.
    Kept,
    /// What this one has made.
    New {
        /// The problems that were found before anything was rendered.
        problems: Vec<Diagnostic>,
        /// Whether such problems depend on whole texts.
        compares_texts: bool,
    },
}

/// What is read at once. Behind it stand the nodes, then the routes.
#[derive(Serialize, Deserialize)]
struct About<'g> {
    problems: Vec<Diagnostic>,
    compares_texts: bool,
    site: Frozen<'g>,
    /// Bytes of each.
    nodes: Vec<u32>,
    /// Bytes of each.
    routes: Vec<u32>,
}

impl Framing {
    /// A new frame; `None` if there is none.
    pub(super) fn draft(&self, world: &World) -> Option<Draft<'static>> {
        let Self::New {
            problems,
            compares_texts,
        } = self
        else {
            return None;
        };
        let mut items = Vec::new();
        let about = About {
            problems: problems.clone(),
            compares_texts: *compares_texts,
            site: Frozen::of(&world.graph, &world.routes),
            nodes: append(world.graph.nodes.iter(), &mut items),
            routes: append(world.routes.iter(), &mut items),
        };
        let pieces = [super::to_bytes(&about), items];
        let pieces = pieces.map(|piece| Piece::Here(Cow::Owned(piece)));
        Some(Draft::new(pieces.into()))
    }
}

impl<'b> Frame<'b> {
    pub(super) fn read(store: &'b Arc<Vec<u8>>, section: &Section) -> Option<Self> {
        let (about, items): (About<'_>, &[u8]) =
            postcard::take_from_bytes(section.of(store)).ok()?;
        let end = section.place.end;
        let (nodes, start) = places(&about.nodes, end - items.len());
        let (routes, behind) = places(&about.routes, start);
        (behind == end).then_some(Self {
            store,
            about,
            nodes,
            routes,
        })
    }

    /// The problems that were found before anything was rendered.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.about.problems
    }

    /// Whether problems depend on whole texts.
    pub fn compares_texts(&self) -> bool {
        self.about.compares_texts
    }

    /// The graph and the routes as they were, the bodies of pages as `documents` have them.
    pub fn thaw(self, documents: &Arc<Documents>) -> (SiteGraph, Routes) {
        let Self {
            store,
            about,
            nodes,
            routes,
        } = self;
        let (of_nodes, of_routes) = (Arc::clone(store), Arc::clone(store));
        let documents = Arc::clone(documents);
        let nodes = LazyList::of(nodes.len(), move |at| {
            let mut node: Node = item(&of_nodes[nodes[at].clone()]);
            if node.file.is_some()
                && let Some((document, _)) = documents.last(&node.source)
            {
                node.file = Some(FileFacts {
                    digest: document.digest,
                    body: document.body,
                    html: AsideOnce::default(),
                });
                node.text = document.outline.into();
            }
            node
        });
        let routes: LazyList<Route> =
            LazyList::of(routes.len(), move |at| item(&of_routes[routes[at].clone()]));
        about.site.thaw(nodes, routes)
    }
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
