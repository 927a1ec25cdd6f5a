//! What is known of folders: each is looked at, or created, once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::{AHashMap, AHashSet, RandomState};

use rayon::prelude::*;

use super::disk::{self, Standing};
use super::error::PublishError;
use crate::path::OutputPath;
use crate::stat::Stat;

/// The folder of a path; empty for the output folder itself.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
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
    /// Folders in which no name came, went or changed its meaning since the last build.
    unchanged: AHashSet<String>,
}

/// How often somebody asked about folders in a folder.
#[derive(Clone)]
enum Asked {
    Once,
    /// So often that it was listed, which costs less than to look at each; the folders in it.
    Often(Arc<AHashSet<String>>),
}

impl Folders {
    pub(super) fn of(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            seen: PerFolder::new(),
            asked: PerFolder::new(),
            unchanged: AHashSet::new(),
        }
    }

    /// Takes over what the last build knew of folders: each with the stat that proves it.
    pub(super) fn recall(&mut self, known: &[(String, Stat)]) {
        let is_unchanged = |(folder, stat): &&(String, Stat)| {
            disk::folder_stat(&below(&self.root, folder)) == Some(*stat)
        };
        let unchanged = known.par_iter().filter(is_unchanged);
        let unchanged: Vec<String> = unchanged.map(|(folder, _)| folder.clone()).collect();
        self.unchanged = unchanged.into_iter().collect();
    }

    /// Whether the folder of a file that the last build left is a true folder still. What nothing
    /// changed in has the folders that it had.
    pub(super) fn stands(&self, folder: &str) -> Result<bool, PublishError> {
        let above = folder_of(folder);
        match folder.is_empty() || self.unchanged.contains(above) && self.stands(above)? {
            true => Ok(true),
            false => Ok(self.ground(folder)? == Ground::Folder),
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
        // What the one above says of all that is in it need not be remembered for each.
        if above != Ground::Folder {
            return Ok(above);
        }
        if self.is_listed(folder) {
            return Ok(Ground::Folder);
        }
        let ground = match disk::look(&below(&self.root, folder))? {
            Standing::Folder => Ground::Folder,
            Standing::Missing => Ground::Missing,
            _ => Ground::Blocked(folder.into()),
        };
        self.seen.set(folder, ground.clone());
        Ok(ground)
    }

    /// Whether something was a folder when the one above it was listed.
    fn is_listed(&self, folder: &str) -> bool {
        let above = folder_of(folder);
        let among = |names: &AHashSet<String>| names.contains(name_of(folder));
        match self.asked.get(above) {
            None => {
                self.asked.set(above, Asked::Once);
                false
            }
            Some(Asked::Often(names)) => among(&names),
            Some(Asked::Once) => {
                // What cannot be listed can be looked at, or an error will say why not.
                let names = disk::folders_in(&below(&self.root, above)).unwrap_or_default();
                let names = Arc::new(names);
                self.asked.set(above, Asked::Often(Arc::clone(&names)));
                among(&names)
            }
        }
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
