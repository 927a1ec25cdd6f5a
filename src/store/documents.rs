//! Summaries of files as a store holds them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::parse::markdown::Outline;
use crate::path::SourcePath;
use crate::read::{Aside, ReadError};

use super::format::{Draft, Piece, list};
use super::to_bytes;

/// The summary of a file as a store holds it: with the problems that were found in it.
pub fn encode(document: &Document, problems: &[Diagnostic]) -> Vec<u8> {
    to_bytes(&(document, problems))
}

/// The outline in what [`encode`] made: its beginning.
pub fn outline_of(summary: &[u8]) -> Option<Outline> {
    let (outline, _) = postcard::take_from_bytes(summary).ok()?;
    Some(outline)
}

/// The excerpt in what [`encode`] made: the beginning of its beginning.
pub fn excerpt_of(summary: &[u8]) -> Option<&str> {
    let (excerpt, _) = postcard::take_from_bytes(summary).ok()?;
    Some(excerpt)
}

/// The front matter in what [`encode`] made.
pub fn front_of(summary: &[u8]) -> Option<FrontMatter> {
    let (document, _) = decode(summary)?;
    Some(*document.front)
}

fn decode(summary: &[u8]) -> Option<(Document, Vec<Diagnostic>)> {
    postcard::from_bytes(summary).ok()
}

/// A file, its digest, and its summary.
pub type Summary<'d> = (SourcePath, Digest, Kept<'d>);

/// What [`encode`] made of a file.
pub enum Kept<'d> {
    /// It is at hand.
    Here(&'d [u8]),
    /// It was put aside.
    Aside(Aside),
}

impl Kept<'_> {
    fn bytes(&self) -> Result<Cow<'_, [u8]>, ReadError> {
        Ok(match self {
            Self::Here(bytes) => Cow::Borrowed(bytes),
            Self::Aside(aside) => aside.read()?,
        })
    }

    fn length(&self) -> usize {
        match self {
            Self::Here(bytes) => bytes.len(),
            Self::Aside(aside) => aside.length(),
        }
    }

    fn piece(&self) -> Piece<'_> {
        match self {
            Self::Here(bytes) => Piece::Here(Cow::Borrowed(bytes)),
            Self::Aside(aside) => Piece::Aside(aside.clone()),
        }
    }
}

/// Summaries of an earlier build by file.
pub struct Documents {
    store: Arc<Vec<u8>>,
    /// In the order of paths.
    entries: Vec<Entry>,
}

/// Places in the store's bytes.
struct Entry {
    path: Range<usize>,
    digest: Digest,
    summary: Range<usize>,
}

impl Documents {
    /// Reads where the summaries are in a section of the store.
    pub(super) fn read(store: &Arc<Vec<u8>>, section: &[u8]) -> Option<Self> {
        let place = |bytes: &[u8]| {
            let start = bytes.as_ptr() as usize - store.as_ptr() as usize;
            start..start + bytes.len()
        };
        let (index, mut rest): (Vec<(&str, Digest, usize)>, &[u8]) =
            postcard::take_from_bytes(section).ok()?;
        let mut entries = Vec::with_capacity(index.len());
        for (path, digest, length) in index {
            let (summary, behind) = rest.split_at_checked(length)?;
            entries.push(Entry {
                path: place(path.as_bytes()),
                digest,
                summary: place(summary),
            });
            rest = behind;
        }
        let store = Arc::clone(store);
        Some(Self { store, entries })
    }

    /// The summary of a file that holds the same as then, the problems that were found in it, and
    /// both as the store holds them.
    pub fn get(
        &self,
        path: &SourcePath,
        digest: Digest,
    ) -> Option<(Document, Vec<Diagnostic>, &[u8])> {
        let entry = self.entry(path).filter(|entry| entry.digest == digest)?;
        let summary = self.summary(entry);
        let (document, problems) = decode(summary)?;
        Some((document, problems, summary))
    }

    /// The summary of a file as it was, and the problems that were found in it.
    pub fn last(&self, path: &SourcePath) -> Option<(Document, Vec<Diagnostic>)> {
        decode(self.summary(self.entry(path)?))
    }

    /// The front matter of a file as it was.
    pub fn front(&self, path: &SourcePath) -> Option<FrontMatter> {
        front_of(self.summary(self.entry(path)?))
    }

    /// The links of every file, as they are written.
    pub(super) fn links(&self) -> impl Iterator<Item = (SourcePath, Vec<Box<str>>)> {
        self.entries.iter().filter_map(|entry| {
            let (document, _) = decode(self.summary(entry))?;
            let links = document.outline.links.into_iter();
            Some((document.source, links.map(|link| link.target).collect()))
        })
    }

    fn entry(&self, path: &SourcePath) -> Option<&Entry> {
        let path = path.as_str().as_bytes();
        let at = self
            .entries
            .binary_search_by(|entry| self.store[entry.path.clone()].cmp(path));
        at.ok().map(|at| &self.entries[at])
    }

    fn summary(&self, entry: &Entry) -> &[u8] {
        &self.store[entry.summary.clone()]
    }

    fn path(&self, entry: &Entry) -> &str {
        std::str::from_utf8(&self.store[entry.path.clone()]).unwrap_or_default()
    }
}

/// The summaries of all files, in the order of their paths.
pub enum Summaries<'d> {
    /// Each by itself.
    All(Vec<Summary<'d>>),
    /// Those of an earlier build of the same files, but for a few.
    Revised {
        /// All files as they were.
        before: &'d Documents,
        /// Those that hold something else now.
        changed: Vec<Summary<'d>>,
    },
}

impl Summaries<'_> {
    /// The summary of a file.
    pub fn get(&self, path: &SourcePath) -> Option<Cow<'_, [u8]>> {
        let find = |among: &'_ [Summary<'_>]| among.binary_search_by(|(known, ..)| known.cmp(path));
        match self {
            Self::All(all) => all[find(all).ok()?].2.bytes().ok(),
            Self::Revised { before, changed } => match find(changed) {
                Ok(at) => changed[at].2.bytes().ok(),
                Err(_) => {
                    let entry = before.entry(path)?;
                    Some(Cow::Borrowed(before.summary(entry)))
                }
            },
        }
    }

    /// The section of a store that holds them.
    pub(super) fn section(&self) -> Draft<'_> {
        match self {
            Self::All(all) => {
                let index = all.iter();
                let index =
                    index.map(|(path, digest, kept)| (path.as_str(), *digest, kept.length()));
                drafted(index, all.iter().map(|(_, _, kept)| kept.piece()))
            }
            Self::Revised { before, changed } => {
                let mut rest = changed.iter().peekable();
                let mut index = Vec::with_capacity(before.entries.len());
                let mut runs: Vec<Piece<'_>> = Vec::new();
                let piece = |run| Piece::Here(Cow::Borrowed(&before.store[run]));
                let mut run = 0..0;
                for entry in &before.entries {
                    let path = before.path(entry);
                    let Some((_, digest, kept)) =
                        rest.next_if(|(known, ..)| known.as_str() == path)
                    else {
                        index.push((path, entry.digest, entry.summary.len()));
                        if run.end != entry.summary.start {
                            runs.push(piece(run));
                            run = entry.summary.start..entry.summary.start;
                        }
                        run.end = entry.summary.end;
                        continue;
                    };
                    index.push((path, *digest, kept.length()));
                    runs.extend([piece(run), kept.piece()]);
                    run = 0..0;
                }
                runs.push(piece(run));
                drafted(index.into_iter(), runs.into_iter())
            }
        }
    }
}

/// A section: where the summaries are, and they themselves.
fn drafted<'d>(
    index: impl Iterator<Item = (&'d str, Digest, usize)>,
    summaries: impl Iterator<Item = Piece<'d>> + Send + 'd,
) -> Draft<'d> {
    Draft::new(list(index.collect()).chain(summaries))
}
