//! The frame of a store: who wrote it, where its sections are, and what tells that they are whole.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Hasher};
use crate::packed::{self, Packed};
use crate::read::{Aside, ReadError};

use super::to_bytes;

/// Changes with the meaning of any section.
const MAGIC: &[u8; 16] = b"courant store 4\n";

/// A section in a store's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) place: Range<usize>,
    digest: Digest,
}

impl Section {
    /// The bytes of the section.
    pub(super) fn of<'s>(&self, store: &'s [u8]) -> &'s [u8] {
        &store[self.place.clone()]
    }
}

/// A piece of a section that is to be written.
pub(super) enum Piece<'p> {
    /// It is at hand.
    Here(Cow<'p, [u8]>),
    /// It was put aside.
    Aside(Aside),
}

/// A section that is to be written, in pieces.
pub(super) struct Draft<'p> {
    pieces: Box<dyn Iterator<Item = Piece<'p>> + Send + 'p>,
    /// What it had when it was read, if it is written as it was.
    digest: Option<Digest>,
}

impl<'p> Draft<'p> {
    /// A new section. Pieces are made as they are written.
    pub(super) fn new(pieces: impl IntoIterator<Item = Piece<'p>, IntoIter: Send + 'p>) -> Self {
        Self {
            pieces: Box::new(pieces.into_iter()),
            digest: None,
        }
    }

    /// A new section of one piece.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self::new([Piece::from(bytes)])
    }

    /// A section of a store that was read.
    pub(super) fn kept(section: &Section, store: &'p [u8]) -> Self {
        let digest = Some(section.digest);
        let piece = Piece::Here(Cow::Borrowed(section.of(store)));
        Self {
            digest,
            ..Self::new([piece])
        }
    }
}

impl From<Vec<u8>> for Piece<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Here(Cow::Owned(bytes))
    }
}

/// Items as a list.
pub(super) fn list<'p>(items: Packed) -> impl Iterator<Item = Piece<'p>> + use<'p> {
    let count = to_bytes(&items.count());
    [count]
        .into_iter()
        .chain(items.into_blocks())
        .map(Piece::from)
}

/// Items, packed as they are written.
pub(super) fn items<'p, T: Serialize>(
    items: impl Iterator<Item = T> + Send + 'p,
) -> impl Iterator<Item = Piece<'p>> + Send {
    packed::blocks(items).map(Piece::from)
}

/// What [`items`] wrote.
pub(super) fn read_items<'b, T: Deserialize<'b>>(mut bytes: &'b [u8]) -> Option<Vec<T>> {
    let mut items = Vec::new();
    while !bytes.is_empty() {
        let (item, rest) = postcard::take_from_bytes(bytes).ok()?;
        items.push(item);
        bytes = rest;
    }
    Some(items)
}

/// What writes stores, and reads none but its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format(Digest);

impl Format {
    /// `program` tells one build of the program from every other: its version, and what its file
    /// is known by.
    pub fn of(program: &str) -> Self {
        Self(Digest::of(program.as_bytes()))
    }

    /// Begins to write a store.
    pub(super) fn begin<E, W>(self, mut write: W) -> Result<Writing<W>, E>
    where
        E: From<ReadError>,
        W: FnMut(&[u8]) -> Result<(), E>,
    {
        write(MAGIC)?;
        write(&self.0.to_bytes())?;
        let table = Vec::new();
        Ok(Writing { write, table })
    }

    /// The sections of a store; `None` if it is not whole or not ours.
    pub(super) fn sections(self, bytes: &[u8]) -> Option<Vec<Section>> {
        let (magic, rest) = bytes.split_at_checked(MAGIC.len())?;
        let (program, rest) = rest.split_at_checked(16)?;
        if magic != MAGIC || program != self.0.to_bytes() {
            return None;
        }
        let (rest, end) = rest.split_at_checked(rest.len().checked_sub(END)?)?;
        let (length, digest) = end.split_at(8);
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let (rest, table) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
        if digest != Digest::of(table).to_bytes() {
            return None;
        }
        let first = MAGIC.len() + 16;
        let mut start = first;
        let mut sections = Vec::new();
        for row in table.chunks(ROW) {
            let (length, digest) = row.split_at_checked(8)?;
            let length = u64::from_le_bytes(length.try_into().ok()?);
            let end = start.checked_add(usize::try_from(length).ok()?)?;
            sections.push(Section {
                place: start..end,
                digest: Digest::from_bytes(digest.try_into().ok()?),
            });
            start = end;
        }
        let is_whole = |section: &Section| Digest::of(section.of(bytes)) == section.digest;
        (start == first + rest.len() && sections.par_iter().all(is_whole)).then_some(sections)
    }
}

/// A store that is being written: after the names of the format and the program, its sections; at
/// the end a table with the length and the digest of each, and the table's own.
pub(super) struct Writing<W> {
    write: W,
    table: Vec<u8>,
}

impl<E: From<ReadError>, W: FnMut(&[u8]) -> Result<(), E>> Writing<W> {
    /// Writes the next section.
    pub(super) fn section(&mut self, draft: Draft<'_>) -> Result<(), E> {
        let (mut length, mut hasher) = (0, Hasher::default());
        for piece in draft.pieces {
            let bytes = match &piece {
                Piece::Here(bytes) => Cow::Borrowed(&**bytes),
                Piece::Aside(aside) => aside.read()?,
            };
            length += bytes.len() as u64;
            if draft.digest.is_none() {
                hasher.add(&bytes);
            }
            (self.write)(&bytes)?;
        }
        let digest = draft.digest.unwrap_or_else(|| hasher.digest());
        self.table.extend(length.to_le_bytes());
        self.table.extend(digest.to_bytes());
        Ok(())
    }

    /// Writes what stands behind the sections.
    pub(super) fn end(mut self) -> Result<(), E> {
        let length = (self.table.len() as u64).to_le_bytes();
        let digest = Digest::of(&self.table).to_bytes();
        (self.write)(&self.table)?;
        (self.write)(&length)?;
        (self.write)(&digest)
    }
}

/// The bytes of a row of the table: a length and a digest.
const ROW: usize = 8 + 16;

/// The bytes behind the table: the same of the table.
const END: usize = ROW;

#[cfg(test)]
mod tests {
    use super::*;

    const SECTIONS: [&[&[u8]]; 5] = [&[b"a"], &[], &[b"b", b"c"], &[b"d"], &[b""]];

    fn written<'d>(format: Format, drafts: impl IntoIterator<Item = Draft<'d>>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let write = |piece: &[u8]| {
            bytes.extend_from_slice(piece);
            Ok::<(), ReadError>(())
        };
        let mut writing = format.begin(write).expect("memory takes it");
        for draft in drafts {
            writing.section(draft).expect("memory takes it");
        }
        writing.end().expect("memory takes it");
        bytes
    }

    fn framed(format: Format) -> Vec<u8> {
        written(
            format,
            SECTIONS.map(|pieces| {
                let pieces = pieces.iter();
                Draft::new(pieces.map(|piece| Piece::Here(Cow::Borrowed(*piece))))
            }),
        )
    }

    fn read(format: Format, bytes: &[u8]) -> Option<Vec<&[u8]>> {
        let sections = format.sections(bytes)?;
        Some(sections.iter().map(|section| section.of(bytes)).collect())
    }

    #[test]
    fn sections_come_back() {
        let format = Format::of("courant 1");
        let expected: [&[u8]; 5] = [b"a", b"", b"bc", b"d", b""];
        assert_eq!(read(format, &framed(format)), Some(expected.to_vec()));
        assert_eq!(Format::of("courant 2").sections(&framed(format)), None);
    }

    #[test]
    fn any_bit_flipped_and_any_byte_missing_is_noticed() {
        let format = Format::of("courant 1");
        let whole = framed(format);
        for at in 0..whole.len() {
            assert_eq!(read(format, &whole[..at]), None, "cut at {at}");
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                assert_eq!(read(format, &damaged), None, "bit {bit} of byte {at}");
            }
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert_eq!(read(format, &longer), None);
    }

    #[test]
    fn a_section_that_is_kept_is_what_it_was() {
        let format = Format::of("courant 1");
        let bytes = framed(format);
        let sections = format.sections(&bytes).expect("whole");
        let kept = sections.iter().map(|section| Draft::kept(section, &bytes));
        assert_eq!(written(format, kept), bytes);
    }
}
