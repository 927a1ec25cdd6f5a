//! What one build leaves for the next: what it read, what it understood of each file, what it
//! wrote, and for every output the questions that its render asked with the digests of their
//! answers.
//!
//! A store is one file. It holds sections that are read apart: what tells that nothing changed at
//! all comes first and is small. A store that is damaged, or that another program or another
//! version wrote, is no store.

mod about;
mod askings;
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

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Problem;
use crate::digest::Digest;
use crate::message::Message;
use crate::path::{OutputPath, SourcePath};
use crate::read::{ReadError, Snapshot};
use crate::site::Held;
use crate::stat::{Left, LeftFolder, Stat};

pub use about::Kind;
pub use askings::{AskingId, Askings};
pub use documents::{
    Documents, Kept, Summaries, Summary, encode, excerpt_of, front_of, outline_of,
};
pub use format::Format;
use format::{Draft, Piece, Section};
pub use frame::{Frame, Framing};
pub use made_of::Ingredient;
pub use reach::Reached;
pub use reason::Changes;
pub use traces::{Output, Traces};
pub use verdict::Verdicts;
pub use writer::{Because, Before, Begun, Made, Rendered, Sections};

/// A store that was read.
pub struct Store {
    /// What the build was, as a whole.
    pub site: Site,
    bytes: Arc<Vec<u8>>,
    /// In the order of paths.
    files: Vec<(SourcePath, KnownFile)>,
    outputs: Vec<KnownOutput>,
    /// Folders of the output with stats that prove what stands in them.
    folders: Vec<(String, Stat)>,
    frame: Section,
    documents: Section,
    segments: Vec<Section>,
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

impl Store {
    /// Reads a store; `None` if it is damaged or not for `format`.
    pub fn read(bytes: Vec<u8>, format: &Format) -> Option<Self> {
        let sections = format.sections(&bytes)?;
        let [frame, documents, files, segments @ .., site, outputs] = sections.as_slice() else {
            return None;
        };
        let (folders, outputs) = postcard::take_from_bytes(outputs.of(&bytes)).ok()?;
        Some(Self {
            site: postcard::from_bytes(site.of(&bytes)).ok()?,
            files: format::read_items(files.of(&bytes))?,
            outputs: format::read_items(outputs)?,
            folders,
            frame: frame.clone(),
            documents: documents.clone(),
            segments: segments.to_vec(),
            bytes: Arc::new(bytes),
        })
    }

    /// Says of files, asked in the order of their paths, what they hold if their stats prove that
    /// they are as they were.
    pub fn proofs(&self) -> impl FnMut(&SourcePath, Stat) -> Option<Digest> {
        let mut files = self.files.iter().peekable();
        move |path, stat| {
            while files.next_if(|(known, _)| known < path).is_some() {}
            let (_, known) = files.next_if(|(known, _)| known == path)?;
            known.digest.filter(|_| known.proof == Some(stat))
        }
    }

    /// Every source file in the order of paths, with what it held; `None` if nothing asked.
    pub fn held(&self) -> impl ExactSizeIterator<Item = (&SourcePath, Option<Digest>)> {
        let files = self.files.iter();
        files.map(|(path, known)| (path, known.digest))
    }

    /// Whether there was a source file.
    pub fn had(&self, path: &SourcePath) -> bool {
        let found = self.files.binary_search_by(|(known, _)| known.cmp(path));
        found.is_ok()
    }

    /// All source files in the order of their paths.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// All outputs in the order of their paths.
    pub fn outputs(&self) -> &[KnownOutput] {
        &self.outputs
    }

    /// Folders of the output that were of use to know, with the stats that they had.
    pub fn folders(&self) -> &[(String, Stat)] {
        &self.folders
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

    /// Writes the same store with what is known by now of the stats of files. Nothing is written
    /// if that is no more than it says.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn renew<E: From<ReadError>>(
        &self,
        format: Format,
        snapshot: &Snapshot,
        left: &LeftFolder,
        write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let outputs = self.outputs.iter().zip(&left.files);
        let outputs = outputs.map(|(known, (_, left))| (&known.path, *left, known.place));
        let known = self.files.iter().map(|(path, file)| (path, *file));
        let before = self.outputs.iter();
        let before = before.map(|known| (&known.path, known.left, known.place));
        let is_same = outputs.clone().eq(before)
            && left.folders == self.folders
            && known.eq(files_of(snapshot));
        if is_same {
            return Ok(());
        }
        let mut writing = format.begin(write)?;
        writing.section(self.kept(&self.frame))?;
        writing.section(self.kept(&self.documents))?;
        writing.section(Draft::new(format::items(files_of(snapshot))))?;
        for segment in &self.segments {
            writing.section(self.kept(segment))?;
        }
        writing.section(Draft::of(to_bytes(&self.site)))?;
        writing.section(drafted(&left.folders, outputs))?;
        writing.end()
    }

    /// The summaries.
    pub fn documents(&self) -> Option<Documents> {
        Documents::read(&self.bytes, self.documents.of(&self.bytes))
    }

    /// What the build knew before it rendered anything.
    pub fn frame(&self) -> Option<Frame<'_>> {
        Frame::read(&self.bytes, &self.frame)
    }

    /// The traces, by segments.
    pub fn traces(&self) -> Option<Vec<Traces<'_>>> {
        let segments = self.segments.par_iter();
        let read = |segment: &Section| Traces::read(segment.of(&self.bytes));
        segments.map(read).collect()
    }

    /// A section as it was written.
    fn kept(&self, section: &Section) -> Draft<'_> {
        Draft::kept(section, &self.bytes)
    }
}

/// Folders and outputs as they were left.
fn drafted<'o, T: Serialize + 'o>(
    folders: &[(String, Stat)],
    outputs: impl Iterator<Item = T> + Send + 'o,
) -> Draft<'o> {
    let folders = Piece::from(to_bytes(&folders));
    Draft::new([folders].into_iter().chain(format::items(outputs)))
}

fn files_of(snapshot: &Snapshot) -> impl Iterator<Item = (&SourcePath, KnownFile)> {
    snapshot.files().map(|file| {
        let known = KnownFile {
            digest: file.digest,
            proof: file.proof.filter(|_| file.digest.is_some()),
        };
        (file.path, known)
    })
}

fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("memory takes it")
}
