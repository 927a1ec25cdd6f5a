//! What a build knew before it rendered anything, as the next one may take it over.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::site::{self, FileFacts, Routes, SiteGraph};
use crate::world::World;

use super::Documents;
use super::format::{Draft, Section};

/// What a build knew before it rendered anything.
pub struct Frame<'b> {
    store: &'b Arc<Vec<u8>>,
    about: About,
    frozen: Range<usize>,
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
        let about = About {
            problems: problems.clone(),
            compares_texts: *compares_texts,
        };
        let [whole, items] = site::freeze(&world.graph, &world.routes);
        let pieces = [super::to_bytes(&about), whole, items];
        Some(Draft::new(pieces.map(Cow::Owned).into()))
    }
}

#[derive(Serialize, Deserialize)]
struct About {
    problems: Vec<Diagnostic>,
    compares_texts: bool,
}

impl<'b> Frame<'b> {
    pub(super) fn read(store: &'b Arc<Vec<u8>>, section: &Section) -> Option<Self> {
        let bytes = section.of(store);
        let (about, frozen): (About, &[u8]) = postcard::take_from_bytes(bytes).ok()?;
        let end = section.place.end;
        Some(Self {
            store,
            about,
            frozen: end - frozen.len()..end,
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

    /// The graph and the routes as they were.
    pub fn thaw(&self, documents: &Arc<Documents>) -> Option<(SiteGraph, Routes)> {
        let documents = Arc::clone(documents);
        let frozen = Frozen {
            store: Arc::clone(self.store),
            place: self.frozen.clone(),
        };
        site::thaw(frozen, move |source| {
            let (document, _) = documents.last(source)?;
            let facts = FileFacts {
                digest: document.digest,
                body: document.body,
                html: document.html,
            };
            Some((facts, document.outline))
        })
    }
}

/// Bytes that outlive the build that read them.
struct Frozen {
    store: Arc<Vec<u8>>,
    place: Range<usize>,
}

impl AsRef<[u8]> for Frozen {
    fn as_ref(&self) -> &[u8] {
        &self.store[self.place.clone()]
    }
}
