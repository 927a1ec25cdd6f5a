//! The frame of a store: who wrote it, where its sections are, and that all of it is there.

use std::borrow::Cow;

use crate::digest::{Digest, Hasher};

/// Changes with the meaning of any section.
const MAGIC: &[u8; 16] = b"courant store 1\n";
const COUNT: usize = 6;

/// Sections, each of which comes in pieces.
pub(super) type Pieces<'p> = [&'p [&'p [u8]]; COUNT];

/// What writes stores, and reads none but its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format(Digest);

impl Format {
    /// `program` tells one build of the program from every other: its version, and what its file
    /// is known by.
    pub fn of(program: &str) -> Self {
        Self(Digest::of(program.as_bytes()))
    }

    /// What stands before the sections.
    pub(super) fn head(self, sections: &Pieces<'_>) -> Vec<u8> {
        let length = |pieces: &[&[u8]]| pieces.iter().map(|piece| piece.len() as u64).sum::<u64>();
        let lengths = sections.map(|pieces| length(pieces).to_le_bytes());
        let mut hasher = Hasher::default();
        hasher.add(&lengths.concat());
        for piece in sections.iter().copied().flatten() {
            hasher.add(piece);
        }
        let (program, digest) = (self.0.to_bytes(), hasher.digest().to_bytes());
        [MAGIC.as_slice(), &program, &digest, &lengths.concat()].concat()
    }

    /// The sections of a store; `None` if it is not whole or not ours.
    pub(super) fn sections(self, bytes: &[u8]) -> Option<[&[u8]; COUNT]> {
        let (magic, rest) = bytes.split_at_checked(MAGIC.len())?;
        let (program, rest) = rest.split_at_checked(16)?;
        let (digest, body) = rest.split_at_checked(16)?;
        let is_ours = magic == MAGIC && program == self.0.to_bytes();
        if !is_ours || digest != Digest::of(body).to_bytes() {
            return None;
        }
        let (lengths, mut rest) = body.split_at_checked(8 * COUNT)?;
        let mut sections = [&[][..]; COUNT];
        for (section, length) in sections.iter_mut().zip(lengths.chunks_exact(8)) {
            let length = u64::from_le_bytes(length.try_into().ok()?);
            (*section, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        }
        rest.is_empty().then_some(sections)
    }
}

/// Blobs as one section: their number and lengths, then they themselves.
pub(super) fn joined<'p>(blobs: &[&'p [u8]]) -> Vec<Cow<'p, [u8]>> {
    let lengths: Vec<u64> = blobs.iter().map(|blob| blob.len() as u64).collect();
    let head = std::iter::once(Cow::Owned(super::to_bytes(&lengths)));
    head.chain(blobs.iter().map(|blob| Cow::Borrowed(*blob)))
        .collect()
}

/// The blobs in what [`joined`] made.
pub(super) fn split(section: &[u8]) -> Option<Vec<&[u8]>> {
    let (lengths, mut rest): (Vec<u64>, &[u8]) = postcard::take_from_bytes(section).ok()?;
    let mut blobs = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (blob, behind) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        blobs.push(blob);
        rest = behind;
    }
    rest.is_empty().then_some(blobs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(format: Format) -> Vec<u8> {
        let sections: Pieces<'_> = [&[b"a"], &[], &[b"b", b"c"], &[b"d"], &[b""], &[b"e"]];
        let mut bytes = format.head(&sections);
        bytes.extend(sections.iter().copied().flatten().copied().flatten());
        bytes
    }

    #[test]
    fn sections_come_back() {
        let format = Format::of("courant 1");
        let expected: [&[u8]; COUNT] = [b"a", b"", b"bc", b"d", b"", b"e"];
        assert_eq!(format.sections(&framed(format)), Some(expected));
        assert_eq!(Format::of("courant 2").sections(&framed(format)), None);
    }

    #[test]
    fn a_store_with_any_bit_flipped_or_any_byte_missing_is_none() {
        let format = Format::of("courant 1");
        let whole = framed(format);
        for at in 0..whole.len() {
            assert_eq!(format.sections(&whole[..at]), None, "cut at {at}");
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                assert_eq!(format.sections(&damaged), None, "bit {bit} of byte {at}");
            }
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert_eq!(format.sections(&longer), None);
    }
}
