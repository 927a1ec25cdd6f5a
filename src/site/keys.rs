//! Pages and sections by their keys: folder and name without language and ending, by which the
//! versions of a page are alike.

use std::hash::{Hash, Hasher};

use ahash::{AHashMap, RandomState};

use crate::path::SourcePath;

use super::{LazyList, Node, NodeId};

/// A page's key: a part of the path of its file.
#[derive(Clone, Debug)]
pub(super) struct Key {
    source: SourcePath,
    length: u32,
}

impl Key {
    /// The first bytes below `content/`.
    pub(super) fn of(source: &SourcePath, length: usize) -> Self {
        Self {
            source: source.clone(),
            length: u32::try_from(length).expect("paths are short"),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        part(&self.source, self.length)
    }

    /// Its bytes below `content/`.
    pub(super) fn length(&self) -> u32 {
        self.length
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

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
    /// Where the nodes of a key begin, by its hash. Of two keys with one hash the first stands
    /// here; empty where few are asked for.
    starts: AHashMap<u64, u32>,
    hasher: RandomState,
}

impl Keys {
    /// Those of all nodes.
    pub(super) fn of(nodes: &LazyList<Node>) -> Self {
        Self::hashed(nodes.len(), |id| nodes[id.index()].key())
    }

    fn hashed<'n>(count: usize, key_of: impl Fn(NodeId) -> &'n str) -> Self {
        let mut sorted: Vec<NodeId> = (0..count).map(NodeId::new).collect();
        sorted.sort_by_key(|id| key_of(*id));
        let mut keys = Self::sorted(sorted);
        keys.starts.reserve(count);
        let mut last = None;
        for (at, id) in (0..).zip(&keys.sorted) {
            let key = key_of(*id);
            if last != Some(key) {
                let hash = keys.hasher.hash_one(key);
                keys.starts.entry(hash).or_insert(at);
                last = Some(key);
            }
        }
        keys
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
        let hashed = self.starts.get(&self.hasher.hash_one(key));
        let start = match hashed.map(|start| *start as usize) {
            Some(start) if key_of(self.sorted[start]) == key => start,
            None if !self.starts.is_empty() => return &[],
            _ => self.sorted.partition_point(|id| key_of(*id) < key),
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
    fn versions_are_found_with_and_without_hashes_and_behind_one_that_is_not_theirs() {
        let hashed = Keys::hashed(KEYS.len(), |id| KEYS[id.index()]);
        let sorted = Keys::sorted(hashed.ids().to_vec());
        let mut clashing = Keys::hashed(KEYS.len(), |id| KEYS[id.index()]);
        for start in clashing.starts.values_mut() {
            *start = 0;
        }
        for keys in [hashed, sorted, clashing] {
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
