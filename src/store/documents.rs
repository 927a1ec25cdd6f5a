//! Summaries of files as a store holds them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::path::SourcePath;

use super::format::Draft;
use super::to_bytes;

/// A summary with the problems that were found in the file.
#[derive(Serialize, Deserialize)]
struct KnownDocument {
    document: Document,
    problems: Vec<Diagnostic>,
}

/// The summary of a file as a store holds it.
pub fn encode(document: &Document, problems: &[Diagnostic]) -> Vec<u8> {
    to_bytes(&KnownDocument {
        document: document.clone(),
        problems: problems.to_vec(),
    })
}

/// The front matter in what [`encode`] made.
pub fn front_of(summary: &[u8]) -> Option<FrontMatter> {
    let KnownDocument { document, .. } = postcard::from_bytes(summary).ok()?;
    Some(*document.front)
}

/// A file, its digest, and what [`encode`] made of it.
pub type Summary<'d> = (SourcePath, Digest, Cow<'d, [u8]>);

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
        let KnownDocument { document, problems } = postcard::from_bytes(summary).ok()?;
        Some((document, problems, summary))
    }

    /// The summary of a file as it was, and the problems that were found in it.
    pub fn last(&self, path: &SourcePath) -> Option<(Document, Vec<Diagnostic>)> {
        let known = postcard::from_bytes(self.summary(self.entry(path)?)).ok()?;
        let KnownDocument { document, problems } = known;
        Some((document, problems))
    }

    /// The front matter of a file as it was.
    pub fn front(&self, path: &SourcePath) -> Option<FrontMatter> {
        front_of(self.summary(self.entry(path)?))
    }

    /// The links of every file, as they are written.
    pub(super) fn links(&self) -> impl Iterator<Item = (SourcePath, Vec<Box<str>>)> {
        self.entries.iter().filter_map(|entry| {
            let known = postcard::from_bytes(self.summary(entry)).ok()?;
            let KnownDocument { document, .. } = known;
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
    pub fn get(&self, path: &SourcePath) -> Option<&[u8]> {
        let find = |among: &'_ [Summary<'_>]| among.binary_search_by(|(known, ..)| known.cmp(path));
        match self {
            Self::All(all) => find(all).ok().map(|at| &*all[at].2),
            Self::Revised { before, changed } => match find(changed) {
                Ok(at) => Some(&*changed[at].2),
                Err(_) => before.entry(path).map(|entry| before.summary(entry)),
            },
        }
    }

    /// The section of a store that holds them.
    pub(super) fn section(&self) -> Draft<'_> {
        match self {
            Self::All(all) => {
                let index = all.iter();
                let index =
                    index.map(|(path, digest, bytes)| (path.as_str(), *digest, bytes.len()));
                let bytes = all.iter().map(|(_, _, bytes)| &**bytes);
                drafted(index, bytes.collect())
            }
            Self::Revised { before, changed } => {
                let mut rest = changed.iter().peekable();
                let mut index = Vec::with_capacity(before.entries.len());
                let mut runs: Vec<&[u8]> = Vec::new();
                let mut run = 0..0;
                for entry in &before.entries {
                    let path = before.path(entry);
                    let Some((_, digest, bytes)) =
                        rest.next_if(|(known, ..)| known.as_str() == path)
                    else {
                        index.push((path, entry.digest, entry.summary.len()));
                        if run.end != entry.summary.start {
                            runs.push(&before.store[run]);
                            run = entry.summary.start..entry.summary.start;
                        }
                        run.end = entry.summary.end;
                        continue;
                    };
                    index.push((path, *digest, bytes.len()));
                    runs.extend([&before.store[run], bytes]);
                    run = 0..0;
                }
                runs.push(&before.store[run]);
                drafted(index.into_iter(), runs)
            }
        }
    }
}

/// A section: where the summaries are, and they themselves.
fn drafted<'d>(
    index: impl Iterator<Item = (&'d str, Digest, usize)>,
    summaries: Vec<&'d [u8]>,
) -> Draft<'d> {
    let index: Vec<(&str, Digest, usize)> = index.collect();
    let mut pieces = vec![Cow::Owned(to_bytes(&index))];
    pieces.extend(summaries.into_iter().map(Cow::Borrowed));
    Draft::new(pieces)
}
