//! Items in the form in which they are kept, one behind the other: in memory they take a fraction of
//! the room that they would have each for itself.

use serde::Serialize;

/// The bytes after which a block is full.
const BLOCK: usize = 1 << 18;

/// Items, packed.
#[derive(Debug, Default)]
pub struct Packed {
    count: u32,
    length: usize,
    /// Blocks are never moved: one that grew to the size of all would be copied each time.
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
}

impl Packed {
    /// Adds an item; says which one it is, from 0.
    pub fn push(&mut self, item: &impl Serialize) -> u32 {
        let open = std::mem::take(&mut self.open);
        let before = open.len();
        self.open = postcard::to_extend(item, open).expect("memory takes it");
        self.length += self.open.len() - before;
        if self.open.len() >= BLOCK {
            let next = Vec::with_capacity(BLOCK + BLOCK / 8);
            self.full.push(std::mem::replace(&mut self.open, next));
        }
        let at = self.count;
        self.count = at.checked_add(1).expect("fewer than four billion items");
        at
    }

    /// The number of items.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The number of bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Their bytes, in blocks of whole items.
    pub fn blocks(&self) -> impl Iterator<Item = &[u8]> {
        let all = self.full.iter().chain([&self.open]);
        all.map(Vec::as_slice)
    }

    /// The same; whoever has written a block down may drop it.
    pub fn into_blocks(self) -> impl Iterator<Item = Vec<u8>> {
        self.full.into_iter().chain([self.open])
    }
}

/// Items in blocks of whole ones, packed as blocks are asked for.
pub fn blocks<T: Serialize>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = Vec<u8>> {
    std::iter::from_fn(move || block(&mut items, |_| {}))
}

/// The next block of items, of each of which it is told how many bytes it has; `None` if there is no
/// item left.
pub fn block<T: Serialize>(
    items: &mut impl Iterator<Item = T>,
    mut tell: impl FnMut(usize),
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for item in items {
        let start = bytes.len();
        bytes = postcard::to_extend(&item, bytes).expect("memory takes it");
        tell(bytes.len() - start);
        if bytes.len() >= BLOCK {
            break;
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

impl<T: Serialize> FromIterator<T> for Packed {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut packed = Self::default();
        for item in items {
            packed.push(&item);
        }
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_from_blocks_as_they_were_numbered() {
        let texts: Vec<String> = (0..50_000).map(|number| format!("text {number}")).collect();
        let mut packed = Packed::default();
        for (at, text) in (0..).zip(&texts) {
            assert_eq!(packed.push(text), at);
        }
        assert!(packed.blocks().count() > 2);
        let length: usize = packed.blocks().map(<[u8]>::len).sum();
        assert_eq!((packed.length(), packed.count()), (length, 50_000));
        let mut back: Vec<String> = Vec::new();
        for mut block in packed.blocks() {
            while !block.is_empty() {
                let (text, rest) = postcard::take_from_bytes(block).expect("items are whole");
                back.push(text);
                block = rest;
            }
        }
        assert_eq!(back, texts);
        let as_asked_for: Vec<Vec<u8>> = blocks(texts.iter()).collect();
        assert!(as_asked_for.len() > 2);
        assert!(packed.blocks().flatten().eq(as_asked_for.iter().flatten()));
        assert!(
            packed
                .into_blocks()
                .eq(texts.iter().collect::<Packed>().into_blocks())
        );
    }
}
