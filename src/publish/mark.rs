//! The size and digest of a file: enough to tell whether it is still what was written.

use twox_hash::XxHash3_128;

use crate::digest::Digest;

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
pub(super) struct Marker {
    hasher: XxHash3_128,
    size: u64,
}

impl Marker {
    pub(super) fn new() -> Self {
        Self {
            hasher: XxHash3_128::new(),
            size: 0,
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.hasher.write(bytes);
        self.size += bytes.len() as u64;
    }

    pub(super) fn mark(&self) -> Mark {
        let digits = format!("{:032x}", self.hasher.finish_128());
        Mark {
            digest: Digest::parse(&digits).expect("32 hexadecimal digits are a digest"),
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
        let mut marker = Marker::new();
        for piece in bytes.chunks(777) {
            marker.add(piece);
        }
        assert_eq!(marker.mark(), Mark::of(&bytes));
        assert_eq!(Marker::new().mark(), Mark::of(b""));
    }
}
