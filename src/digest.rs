//! Content hashes: the proof that two byte strings are the same.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use twox_hash::XxHash3_128;

/// A 128-bit XXH3 hash. It detects change; it is no defence against an adversary.
// In two halves, the higher one first: a number of 128 bits would take more room wherever it
// stands beside smaller ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u64; 2]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        XxHash3_128::oneshot(bytes).into()
    }

    /// Its bytes, the same on every machine.
    pub fn to_bytes(self) -> [u8; 16] {
        self.number().to_le_bytes()
    }

    /// The digest that has these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        u128::from_le_bytes(bytes).into()
    }

    /// Reads what [`fmt::Display`] wrote: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32)
            .then(|| u128::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self::from)
    }

    fn number(self) -> u128 {
        u128::from(self.0[0]) << 64 | u128::from(self.0[1])
    }
}

impl From<u128> for Digest {
    fn from(number: u128) -> Self {
        Self([(number >> 64) as u64, number as u64])
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_bytes().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <[u8; 16]>::deserialize(deserializer).map(Self::from_bytes)
    }
}

/// Gathers values of any shape for one digest. Equal values have equal digests in every run of
/// one program on one kind of machine.
#[derive(Default)]
pub struct Feed {
    /// What was fed last: most values are short, and one call for all of it costs least.
    last: Vec<u8>,
    /// What was fed before, if that is much.
    before: Option<Hasher>,
}

impl Feed {
    /// Forgets everything, and keeps the room for more.
    pub fn clear(&mut self) {
        self.last.clear();
        self.before = None;
    }

    /// The digest of all that was fed.
    pub fn digest(&self) -> Digest {
        match self.before.clone() {
            None => Digest::of(&self.last),
            Some(mut before) => {
                before.add(&self.last);
                before.digest()
            }
        }
    }
}

impl std::hash::Hasher for Feed {
    fn write(&mut self, bytes: &[u8]) {
        const MUCH: usize = 1 << 16;
        self.last.extend_from_slice(bytes);
        if self.last.len() >= MUCH {
            self.before.get_or_insert_default().add(&self.last);
            self.last.clear();
        }
    }

    /// Half of the digest: enough to tell whether one thing is still what it was.
    fn finish(&self) -> u64 {
        self.digest().0[1]
    }
}

/// Makes the digest of bytes that come in pieces.
#[derive(Clone, Default)]
pub struct Hasher(XxHash3_128);

impl Hasher {
    /// Takes the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The digest of all bytes so far.
    pub fn digest(&self) -> Digest {
        self.0.finish_128().into()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 32];
        for (two, byte) in digits.chunks_exact_mut(2).zip(self.number().to_be_bytes()) {
            two[0] = HEX[usize::from(byte >> 4)];
            two[1] = HEX[usize::from(byte & 15)];
        }
        formatter.write_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_survives_being_written_down() {
        let digest = Digest::of("courant".as_bytes());
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(digest.to_string(), format!("{:032x}", digest.number()));
        assert_ne!(digest, Digest::of(b""));
        assert_eq!(Digest::parse("not a digest"), None);
    }

    #[test]
    fn pieces_have_the_digest_of_the_whole() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
        let mut hasher = Hasher::default();
        for piece in bytes.chunks(777) {
            hasher.add(piece);
        }
        assert_eq!(hasher.digest(), Digest::of(&bytes));
        let mut feed = Feed::default();
        for piece in bytes.chunks(777) {
            std::hash::Hasher::write(&mut feed, piece);
        }
        assert_eq!(feed.digest(), Digest::of(&bytes));
        feed.clear();
        assert_eq!(feed.digest(), Digest::of(b""));
        assert_eq!(Hasher::default().digest(), Digest::of(b""));
    }
}
