//! Sets of bytes, which tell by one look whether a byte is in them.

/// A set of bytes.
#[derive(Clone, Copy, Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// Those of a text.
    pub const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// Whether a byte is among them.
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Where the first byte of a text stands that is not among them.
    pub fn end_in(&self, text: &str) -> Option<usize> {
        text.bytes().position(|byte| !self.has(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_bytes_and_no_others() {
        const SET: ByteSet = ByteSet::of(b"a!");
        let found = (0..=u8::MAX).filter(|byte| SET.has(*byte));
        assert_eq!(found.collect::<Vec<_>>(), b"!a");
        assert_eq!([SET.end_in("a!b"), SET.end_in("!!")], [Some(2), None]);
    }
}
