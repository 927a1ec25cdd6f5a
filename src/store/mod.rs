//! What one build leaves for the next: what it read, what it understood of each file, what it
//! wrote, and for every output the questions that its render asked with the digests of their
//! answers.
//!
//! A store is one file. It holds sections that are read apart: what tells that nothing changed at
//! all comes first and is small. A store that is damaged, or that another program or another
//! version wrote, is no store.

mod about;
mod documents;
mod format;
mod frame;
mod key;
mod made_of;
mod names;
mod reach;
mod reason;
mod traces;
mod verdict;
mod what;
mod whole;
mod writer;

use std::ops::Range;
use std::sync::Arc;

use ahash::AHashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Problem;
use crate::digest::Digest;
use crate::message::Message;
use crate::path::{OutputPath, SourcePath};
use crate::read::Snapshot;
use crate::site::Held;
use crate::stat::{Left, Stat};

pub use about::Kind;
pub use documents::{Documents, Summaries, Summary, encode, front_of};
pub use format::Format;
use format::Pieces;
pub use frame::{Frame, Framing};
pub use made_of::Ingredient;
pub use reach::Reached;
pub use reason::Changes;
pub use traces::{Output, Traces};
pub use verdict::Verdicts;
pub use writer::{Before, Made, Rendered, Sections};

/// A store that was read. It borrows from the bytes of the file.
pub struct Store<'b> {
    /// What the build was, as a whole.
    pub site: Site,
    bytes: &'b Arc<Vec<u8>>,
    files: AHashMap<SourcePath, KnownFile>,
    outputs: Vec<KnownOutput>,
    frame: &'b [u8],
    documents: &'b [u8],
    segments: Vec<&'b [u8]>,
}

/// A file of the output: how it was left, and where its trace is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOutput {
    /// Where it is.
    pub path: OutputPath,
    /// How it was left.
    pub left: Left,
    /// Where its trace is.
    pub place: Place,
}

/// Where a trace is. A build that renders little adds a segment with what it rendered and leaves
/// the others as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The segment.
    pub segment: u32,
    /// Its place there.
    pub at: u32,
}

/// What a build was, as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// A digest of the configuration file and of the options that decide what is published.
    pub settings: Digest,
    /// A digest of the settings, by which files were read.
    pub config: u64,
    /// The seconds since 1970 for which the same is published.
    pub window: Range<i64>,
    /// The instant of the build, if an output shows it.
    pub shown_now: Option<i64>,
    /// Articles.
    pub pages: usize,
    /// Sections.
    pub sections: usize,
    /// Outputs that were rendered at some time.
    pub outputs: usize,
    /// A digest of all templates, which were free of errors.
    pub templates: u64,
    /// Source files that are not in the output, each with the reason.
    pub left_out: Vec<(SourcePath, Message)>,
    /// Those of them that are no part of the site for their names.
    pub skipped: Vec<(SourcePath, Message)>,
    /// Warnings.
    pub problems: Vec<Problem>,
    /// What is published since an option asks for it: source, address, and why it would not be.
    pub early: Vec<(SourcePath, String, Held)>,
}

/// A source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownFile {
    /// What it held; `None` if nothing asked.
    digest: Option<Digest>,
    /// Its stat, if that proves what it holds.
    proof: Option<Stat>,
}

impl<'b> Store<'b> {
    /// Reads a store; `None` if it is damaged or not for `format`.
    pub fn read(bytes: &'b Arc<Vec<u8>>, format: &Format) -> Option<Self> {
        let [site, files, outputs, frame, documents, segments] = format.sections(bytes)?;
        let files: Vec<(SourcePath, KnownFile)> = postcard::from_bytes(files).ok()?;
        Some(Self {
            site: postcard::from_bytes(site).ok()?,
            bytes,
            files: files.into_iter().collect(),
            outputs: postcard::from_bytes(outputs).ok()?,
            frame,
            documents,
            segments: format::split(segments)?,
        })
    }

    /// What a source file holds, if its stat proves that it is as it was.
    pub fn proved(&self, path: &SourcePath, stat: Stat) -> Option<Digest> {
        let known = self.files.get(path)?;
        known.digest.filter(|_| known.proof == Some(stat))
    }

    /// What a source file held; `None` if it was not there or nothing asked.
    pub fn held(&self, path: &SourcePath) -> Option<Digest> {
        self.files.get(path)?.digest
    }

    /// Whether there was a source file.
    pub fn had(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path)
    }

    /// All source files, in no order.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(SourcePath::as_str)
    }

    /// The number of source files.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// All outputs in the order of their paths.
    pub fn outputs(&self) -> &[KnownOutput] {
        &self.outputs
    }

    /// An output.
    pub fn output(&self, path: &OutputPath) -> Option<&KnownOutput> {
        self.place(path).map(|at| &self.outputs[at])
    }

    /// Where an output stands among [`outputs`](Self::outputs).
    pub fn place(&self, path: &OutputPath) -> Option<usize> {
        let at = self.outputs.binary_search_by(|known| known.path.cmp(path));
        at.ok()
    }

    /// Hands to `save` the pieces of the same store with what is known by now of the stats of
    /// files, unless that is no more than it says.
    pub fn renew<E>(
        &self,
        format: Format,
        snapshot: &Snapshot,
        left: &[(OutputPath, Left)],
        save: impl FnOnce(&[&[u8]]) -> Result<(), E>,
    ) -> Result<(), E> {
        let outputs = self.outputs.iter().zip(left);
        let outputs = outputs.map(|(known, (_, left))| KnownOutput {
            left: *left,
            ..known.clone()
        });
        let outputs: Vec<KnownOutput> = outputs.collect();
        let files = files_of(snapshot);
        let is_known =
            |(path, file): &(&SourcePath, KnownFile)| self.files.get(*path) == Some(file);
        if outputs == self.outputs && files.iter().all(is_known) {
            return Ok(());
        }
        let heads = [to_bytes(&self.site), to_bytes(&files), to_bytes(&outputs)];
        let [site, files, outputs] = &heads;
        let segments = format::joined(&self.segments);
        let segments: Vec<&[u8]> = segments.iter().map(|piece| &**piece).collect();
        let (frame, documents) = (&[self.frame], &[self.documents]);
        let sections: Pieces<'_> = [&[site], &[files], &[outputs], frame, documents, &segments];
        let head = format.head(&sections);
        let pieces = std::iter::once(&*head).chain(sections.into_iter().flatten().copied());
        save(&pieces.collect::<Vec<&[u8]>>())
    }

    /// The summaries.
    pub fn documents(&self) -> Option<Documents> {
        Documents::read(self.bytes, self.documents)
    }

    /// What the build knew before it rendered anything.
    pub fn frame(&self) -> Option<Frame<'b>> {
        Frame::read(self.bytes, self.frame)
    }

    /// The segments of traces as they were written.
    pub fn segments(&self) -> &[&'b [u8]] {
        &self.segments
    }

    /// The traces, by segments.
    pub fn traces(&self) -> Option<Vec<Traces<'b>>> {
        let segments = self.segments.par_iter();
        segments
            .map(|segment| postcard::from_bytes(segment).ok())
            .collect()
    }
}

fn files_of(snapshot: &Snapshot) -> Vec<(&SourcePath, KnownFile)> {
    let files = snapshot.files().map(|file| {
        let known = KnownFile {
            digest: file.digest,
            proof: file.proof.filter(|_| file.digest.is_some()),
        };
        (file.path, known)
    });
    files.collect()
}

fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("memory takes it")
}
