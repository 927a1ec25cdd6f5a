//! Numbers of questions and parts, in little room.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Sorted numbers, packed: each says how far it is from the one before, seven bits a byte. An
/// output has dozens of them, and most builds look at each only once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ids<'b>(#[serde(borrow)] Cow<'b, [u8]>);

impl Ids<'_> {
    /// Sorts numbers, each once.
    pub fn of(mut ids: Vec<u32>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        let mut packed = Vec::with_capacity(ids.len());
        let mut last = 0;
        for id in ids {
            let mut step = id - last;
            while step >= 0x80 {
                packed.push(step as u8 | 0x80);
                step >>= 7;
            }
            packed.push(step as u8);
            last = id;
        }
        packed.shrink_to_fit();
        Self(packed.into())
    }

    /// The same, wherever they were.
    pub fn into_owned(self) -> Ids<'static> {
        Ids(self.0.into_owned().into())
    }

    /// The numbers, in order; beyond all that there are if they are damaged.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let mut bytes = self.0.iter();
        let mut last = 0_u32;
        std::iter::from_fn(move || {
            let mut step = 0_u32;
            let mut shift = 0;
            loop {
                let byte = *bytes.next()?;
                step |= u32::from(byte & 0x7f)
                    .checked_shl(shift)
                    .unwrap_or(u32::MAX);
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            last = last.saturating_add(step);
            Some(last)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_sorted_and_each_once() {
        let ids = Ids::of(vec![70_000, 3, 0, 3, 127, 128, u32::MAX, 16_383, 16_384]);
        let all = [0, 3, 127, 128, 16_383, 16_384, 70_000, u32::MAX];
        assert_eq!(ids.iter().collect::<Vec<_>>(), all);
        assert_eq!(Ids::of(Vec::new()).iter().next(), None);
    }
}
