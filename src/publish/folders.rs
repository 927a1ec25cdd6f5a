//! What is known of folders: each is looked at, or created, once.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ahash::{AHashMap, RandomState};

use super::disk::{self, Standing};
use super::error::PublishError;
use crate::path::OutputPath;

/// The folder of a path; empty for the output folder itself.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders that hold a path, the output folder (empty) last.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        (!path.is_empty()).then(|| folder_of(path))
    })
    .skip(1)
}

/// A path below a root; the root itself for an empty one, without a `/` at its end, which would
/// follow links.
pub(super) fn below(root: &Path, path: &str) -> PathBuf {
    match path {
        "" => root.to_path_buf(),
        _ => root.join(path),
    }
}

/// Something remembered per folder. Many threads ask, so there are many locks.
pub(super) struct PerFolder<V> {
    hasher: RandomState,
    shards: [Mutex<AHashMap<Box<str>, V>>; 32],
}

impl<V: Clone> PerFolder<V> {
    pub(super) fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }

    pub(super) fn get(&self, folder: &str) -> Option<V> {
        self.shard(folder).get(folder).cloned()
    }

    pub(super) fn set(&self, folder: &str, value: V) {
        self.shard(folder).insert(folder.into(), value);
    }

    fn shard(&self, folder: &str) -> MutexGuard<'_, AHashMap<Box<str>, V>> {
        let index = self.hasher.hash_one(folder) as usize % self.shards.len();
        self.shards[index]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a file's folder has to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// A true folder, not reached through any link.
    Folder,
    Missing,
    /// At this path, the folder or one above it, something else stands.
    Blocked(Box<str>),
}

/// The folders of the output, as they were when they were first looked at.
pub(super) struct Folders {
    root: PathBuf,
    seen: PerFolder<Ground>,
    asked: PerFolder<Asked>,
}

/// How often somebody asked about folders in a folder.
#[derive(Clone, Copy)]
enum Asked {
    Once,
    /// So that it was listed: that costs less than to look at each.
    Often,
}

impl Folders {
    pub(super) fn of(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            seen: PerFolder::new(),
            asked: PerFolder::new(),
        }
    }

    pub(super) fn ground(&self, folder: &str) -> Result<Ground, PublishError> {
        if let Some(ground) = self.seen.get(folder) {
            return Ok(ground);
        }
        let above = match folder {
            "" => Ground::Folder,
            _ => self.ground(folder_of(folder))?,
        };
        if above == Ground::Folder
            && let Some(ground) = self.listed(folder)
        {
            return Ok(ground);
        }
        let ground = match above {
            Ground::Folder => match disk::look(&below(&self.root, folder))? {
                Standing::Folder => Ground::Folder,
                Standing::Missing => Ground::Missing,
                _ => Ground::Blocked(folder.into()),
            },
            other => other,
        };
        self.seen.set(folder, ground.clone());
        Ok(ground)
    }

    /// What is known of a folder once the one above it was listed.
    fn listed(&self, folder: &str) -> Option<Ground> {
        let above = folder_of(folder);
        match self.asked.get(above) {
            None => self.asked.set(above, Asked::Once),
            Some(Asked::Often) => {}
            Some(Asked::Once) => {
                self.asked.set(above, Asked::Often);
                // What cannot be listed can be looked at, or an error will say why not.
                for name in disk::folders_in(&below(&self.root, above)).unwrap_or_default() {
                    let path = match above {
                        "" => name,
                        _ => format!("{above}/{name}"),
                    };
                    self.seen.set(&path, Ground::Folder);
                }
            }
        }
        self.seen.get(folder)
    }

    /// What stands at a path that no link leads to.
    pub(super) fn look(&self, path: &OutputPath) -> Result<Standing, PublishError> {
        match self.ground(folder_of(path.as_str()))? {
            Ground::Folder => disk::look(&below(&self.root, path.as_str())),
            Ground::Missing | Ground::Blocked(_) => Ok(Standing::Missing),
        }
    }

    /// The highest folder that must come to be before the path can; empty for the output folder.
    pub(super) fn first_missing<'p>(
        &self,
        path: &'p OutputPath,
    ) -> Result<Option<&'p str>, PublishError> {
        let mut first = None;
        for folder in folders_above(path.as_str()) {
            match self.ground(folder)? {
                Ground::Missing => first = Some(folder),
                Ground::Folder => break,
                Ground::Blocked(_) => {}
            }
        }
        Ok(first)
    }

    /// Notes that a folder has come to be.
    pub(super) fn created(&self, folder: &str) {
        self.seen.set(folder, Ground::Folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_above_a_path_end_with_the_root() {
        let above: Vec<_> = folders_above("a/b/c.html").collect();
        assert_eq!(above, ["a/b", "a", ""]);
        assert_eq!(folders_above("c.html").collect::<Vec<_>>(), [""]);
        assert_eq!(folders_above("").count(), 0);
    }
}
