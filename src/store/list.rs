//! A list of a store on its way to the disk: items are written down one by one, so that they need
//! not stand in memory together.

use std::borrow::Cow;

use serde::Serialize;

use super::format::Piece;
use super::to_bytes;

/// Items as a store holds them.
#[derive(Default)]
pub(super) struct List {
    count: u32,
    length: usize,
    /// Blocks are never moved: one that grew to the size of all would be copied each time.
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
}

impl List {
    /// Adds an item; says which one it is, from 0.
    pub(super) fn push(&mut self, item: &impl Serialize) -> u32 {
        const BLOCK: usize = 1 << 18;
        let open = std::mem::take(&mut self.open);
        let before = open.len();
        self.open = postcard::to_extend(item, open).expect("memory takes it");
        self.length += self.open.len() - before;
        if self.open.len() >= BLOCK {
            self.full.push(std::mem::take(&mut self.open));
        }
        let at = self.count;
        self.count = at.checked_add(1).expect("fewer than four billion items");
        at
    }
}

impl<T: Serialize> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::default();
        for item in items {
            list.push(&item);
        }
        list
    }
}

/// Lists behind their lengths in bytes, each as if it had been written as a whole.
pub(super) fn pieces(lists: [List; 5]) -> Vec<Piece<'static>> {
    let counts = lists.each_ref().map(|list| to_bytes(&list.count));
    let lengths: [usize; 5] = std::array::from_fn(|at| counts[at].len() + lists[at].length);
    let mut pieces = vec![to_bytes(&lengths)];
    for (list, count) in lists.into_iter().zip(counts) {
        pieces.push(count);
        pieces.extend(list.full);
        pieces.push(list.open);
    }
    let pieces = pieces.into_iter().map(Cow::Owned);
    pieces.map(Piece::Here).collect()
}
