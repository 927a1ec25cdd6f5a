//! The size and digest of a file: enough to tell whether it is still what was written.

use crate::digest::{Digest, Hasher};

/// What a file held when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) digest: Digest,
    /// In bytes.
    pub(super) size: u64,
}

impl Mark {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            digest: Digest::of(bytes),
            size: bytes.len() as u64,
        }
    }
}

/// Marks a file that is too large to hold, piece by piece.
#[derive(Default)]
pub(super) struct Marker {
    hasher: Hasher,
    size: u64,
}

impl Marker {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.hasher.add(bytes);
        self.size += bytes.len() as u64;
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            digest: self.hasher.digest(),
            size: self.size,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_mark_whether_held_or_streamed() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
        let mut marker = Marker::default();
        for piece in bytes.chunks(777) {
            marker.add(piece);
        }
        assert_eq!(marker.mark(), Mark::of(&bytes));
        assert_eq!(Marker::default().mark(), Mark::of(b""));
    }
}
