//! What a build knew before it rendered anything, as the next one may take it over.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::packed;
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

/// What is read at once. Before it stand the nodes, then the routes; behind it, its length.
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
    pub(super) fn draft(self, world: &World) -> Option<Draft<'_>> {
        let Self::New {
            problems,
            compares_texts,
        } = self
        else {
            return None;
        };
        let (mut nodes, mut routes) = (world.graph.nodes.iter(), world.routes.iter());
        let mut lengths = [Vec::new(), Vec::new()];
        let mut rest = Some(problems);
        let mut next = move || {
            let [of_nodes, of_routes] = &mut lengths;
            let items = block(&mut nodes, of_nodes).or_else(|| block(&mut routes, of_routes));
            items.or_else(|| {
                let about = super::to_bytes(&About {
                    problems: rest.take()?,
                    compares_texts,
                    site: Frozen::of(&world.graph, &world.routes),
                    nodes: std::mem::take(of_nodes),
                    routes: std::mem::take(of_routes),
                });
                let length = (about.len() as u64).to_le_bytes();
                Some([about.as_slice(), &length].concat())
            })
        };
        Some(Draft::new(std::iter::from_fn(move || {
            next().map(Piece::from)
        })))
    }
}

impl<'b> Frame<'b> {
    pub(super) fn read(store: &'b Arc<Vec<u8>>, section: &Section) -> Option<Self> {
        let (rest, length) = section.of(store).split_last_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (items, about) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
        let about: About<'_> = postcard::from_bytes(about).ok()?;
        let start = section.place.start;
        let (nodes, behind) = places(&about.nodes, start);
        let (routes, behind) = places(&about.routes, behind);
        (behind == start + items.len()).then_some(Self {
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

/// The bytes of the next items, one behind the other, whose lengths are added to others; `None` if
/// there is none.
fn block<'t, T: Serialize + 't>(
    items: &mut impl Iterator<Item = &'t T>,
    lengths: &mut Vec<u32>,
) -> Option<Vec<u8>> {
    packed::block(items, |length| {
        let length = u32::try_from(length);
        lengths.push(length.expect("a page's summary is short"));
    })
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
