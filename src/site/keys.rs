//! Pages and sections by their keys: folder and name without language and ending, by which the
//! versions of a page are alike.

use ahash::RandomState;
use hashbrown::HashTable;
use rayon::prelude::*;

use crate::path::SourcePath;

use super::{LazyList, Node, NodeId};

/// The first bytes of a path below `content/`.
pub(super) fn part(source: &SourcePath, length: u32) -> &str {
    let below = source.below("content").unwrap_or_default();
    below.get(..length as usize).unwrap_or_default()
}

/// Where the nodes of every key stand.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// In the order of keys, those of one key in their own order.
    sorted: Vec<NodeId>,
    /// Where the nodes of each key begin; empty where few are asked for.
    starts: HashTable<u32>,
    hasher: RandomState,
}

impl Keys {
    /// Those of all nodes.
    pub(super) fn of(nodes: &LazyList<Node>) -> Self {
        Self::hashed(nodes.len(), |id| nodes[id.index()].key())
    }

    fn hashed<'n>(count: usize, key_of: impl Fn(NodeId) -> &'n str + Sync) -> Self {
        let mut sorted: Vec<NodeId> = (0..count).map(NodeId::new).collect();
        sorted.par_sort_by_key(|id| key_of(*id));
        let hasher = RandomState::default();
        let hash = |start: &u32| hasher.hash_one(key_of(sorted[*start as usize]));
        let mut starts = HashTable::with_capacity(count);
        let mut last = None;
        for (at, id) in (0..).zip(&sorted) {
            let key = key_of(*id);
            if last != Some(key) {
                starts.insert_unique(hasher.hash_one(key), at, hash);
                last = Some(key);
            }
        }
        Self {
            starts,
            hasher,
            sorted,
        }
    }

    /// Those of nodes that were sorted before.
    pub(super) fn sorted(sorted: Vec<NodeId>) -> Self {
        Self {
            sorted,
            ..Self::default()
        }
    }

    /// All nodes in the order of keys.
    pub(super) fn ids(&self) -> &[NodeId] {
        &self.sorted
    }

    /// The nodes of a key.
    pub(super) fn versions(&self, key: &str, nodes: &LazyList<Node>) -> &[NodeId] {
        self.find(key, |id| nodes[id.index()].key())
    }

    fn find<'n>(&self, key: &str, key_of: impl Fn(NodeId) -> &'n str) -> &[NodeId] {
        let start = match self.starts.is_empty() {
            true => self.sorted.partition_point(|id| key_of(*id) < key),
            false => {
                let is_this = |start: &u32| key_of(self.sorted[*start as usize]) == key;
                match self.starts.find(self.hasher.hash_one(key), is_this) {
                    Some(start) => *start as usize,
                    None => return &[],
                }
            }
        };
        let rest = &self.sorted[start..];
        let end = rest.iter().position(|id| key_of(*id) != key);
        &rest[..end.unwrap_or(rest.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 5] = ["b", "a", "b/c", "b", "a/x"];

    fn found(keys: &Keys, key: &str) -> Vec<usize> {
        let found = keys.find(key, |id| KEYS[id.index()]);
        found.iter().map(|id| id.index()).collect()
    }

    #[test]
    fn versions_are_found_with_and_without_hashes() {
        let hashed = Keys::hashed(KEYS.len(), |id| KEYS[id.index()]);
        let sorted = Keys::sorted(hashed.ids().to_vec());
        for keys in [hashed, sorted] {
            assert_eq!(found(&keys, "a"), [1]);
            assert_eq!(found(&keys, "a/x"), [4]);
            assert_eq!(found(&keys, "b"), [0, 3]);
            assert_eq!(found(&keys, "b/c"), [2]);
            for missing in ["", "a/", "c", "b/b"] {
                assert_eq!(found(&keys, missing), [0; 0], "{missing}");
            }
        }
    }
}
