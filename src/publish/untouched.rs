//! What stands in the folder of a preview, looked at while nobody waits for it.

use std::path::Path;

use ahash::AHashMap;
use rayon::prelude::*;

use super::PREVIEW;
use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::{Folders, below, folder_of};
use super::place::Place;
use crate::path::OutputPath;
use crate::stat::{Left, Stat};

/// Outputs that were found as an earlier build left them, each with a stat that proves it.
#[derive(Debug, Default)]
pub struct Untouched(AHashMap<OutputPath, Stat>);

impl Untouched {
    /// Looks at what an earlier build left. Only in the folder of a preview does that tell anything
    /// of what will stand there when the next build of the same process begins: nobody else writes
    /// there. Everywhere else, nothing is found.
    ///
    /// # Errors
    /// When a folder cannot be looked at.
    pub fn look(
        store: &Path,
        output: &Path,
        folders: &[(String, Stat)],
        files: &[(&OutputPath, &Left)],
    ) -> Result<Self, PublishError> {
        if output != store.join(PREVIEW) || disk::look(output)? != Standing::Folder {
            return Ok(Self::default());
        }
        let begun_at = disk::now();
        let root = Place::find(output)?.folder;
        let mut ground = Folders::of(&root);
        ground.recall(folders);
        let found = files
            .par_iter()
            .map(|(path, left)| Ok((*path, stands(&root, &ground, path, left)?)))
            .collect::<Result<Vec<_>, PublishError>>()?;
        let proved = found.into_iter().filter_map(|(path, stat)| {
            let stat = stat.filter(|stat| stat.is_proof_since(begun_at))?;
            Some((path.clone(), stat))
        });
        Ok(Self(proved.collect()))
    }

    pub(super) fn stat(&self, path: &OutputPath) -> Option<Stat> {
        self.0.get(path).copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The stat of an output that stands as an earlier build left it; `None` if something else stands
/// there, or nothing.
pub(super) fn stands(
    root: &Path,
    folders: &Folders,
    path: &OutputPath,
    left: &Left,
) -> Result<Option<Stat>, PublishError> {
    if !folders.stands(folder_of(path.as_str()))? {
        return Ok(None);
    }
    let file = below(root, path.as_str());
    let Some(stat) = disk::stat(&file) else {
        return Ok(None);
    };
    let holds_it = || disk::mark(&file).is_ok_and(|mark| mark.digest == left.digest);
    let is_same = left.proof == Some(stat) || stat.size == left.size && holds_it();
    Ok(is_same.then_some(stat))
}
