//! Puts the output folder back as it was before the last build.

use std::path::Path;

use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::{Ground, below, folder_of};
use super::plan::{self, Claim, Staged};
use super::previous::Before;
use super::replaced::{self, Replaced};
use super::{Publisher, staged_of};
use crate::message::say;
use crate::path::OutputPath;

/// What [`roll_back`] changed in the output folder. Lists are sorted by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RolledBack {
    /// Files that have their earlier content again.
    pub restored: Vec<OutputPath>,
    /// Files of the last build that are gone again.
    pub removed: Vec<OutputPath>,
    /// Content of others that gave way, and where its copies are.
    pub replaced: Vec<Replaced>,
}

/// Undoes the last build that changed the output folder, also one that died; `None` if there is
/// none to undo. Nothing is visible until everything is ready, and a rollback that is killed is
/// completed by the next one. The arguments are those of [`Publisher::begin`].
///
/// # Errors
/// The output folder is gone, or something of others is in the way: then nothing was changed. Or
/// a file operation failed: then every file is whole, old or new.
pub fn roll_back(
    store: &Path,
    output: &Path,
    wait: &mut dyn FnMut(),
) -> Result<Option<RolledBack>, PublishError> {
    if disk::look(store)? == Standing::Missing {
        return Ok(None);
    }
    let publisher = Publisher::begin(store, output, wait)?;
    if !publisher.place.exists && publisher.previous.is_kept()? {
        let why = say::folder_is_gone();
        return Err(PublishError::found(say::cannot_restore, output, why));
    }
    match publisher.previous.reopen()? {
        Some(before) => publisher.restore(&before).map(Some),
        None => Ok(None),
    }
}

impl Publisher {
    fn restore(self, before: &Before) -> Result<RolledBack, PublishError> {
        let mut claims = Vec::new();
        for path in before.paths() {
            claims.extend(self.claim_earlier(before, path)?);
        }
        let plan = plan::decide(&claims, &self.known, &self.folders, &self.place)?;
        let is_back = |path: &OutputPath| {
            let found = claims.binary_search_by(|claim| claim.path.cmp(path));
            found.is_ok() && before.manifest.contains(path.as_str())
        };
        let manifest = before.manifest.only(is_back);
        let staged = staged_of(&claims);
        let replaced = replaced::keep(&self.store, &self.place, &plan.keep)?;
        self.apply(&manifest, &plan, &staged)?;
        self.previous.forget()?;
        Ok(RolledBack {
            restored: staged.iter().map(|(path, _)| (*path).clone()).collect(),
            removed: plan.removed(),
            replaced,
        })
    }

    /// Nothing for a file that the build did not change and that somebody has removed since.
    fn claim_earlier(
        &self,
        before: &Before,
        path: &OutputPath,
    ) -> Result<Option<Claim>, PublishError> {
        let kept = before.file(path);
        let over = self.folders.look(path)?;
        let staged = match (disk::look(&kept)?, over) {
            (Standing::Missing, Standing::File(_)) => None,
            (Standing::Missing, _) => return Ok(None),
            _ => Some(self.stage_earlier(path, &kept, over)?),
        };
        Ok(Some(Claim {
            path: path.clone(),
            mark: None,
            staged,
            stat: None,
        }))
    }

    fn stage_earlier(
        &self,
        path: &OutputPath,
        kept: &Path,
        over: Standing,
    ) -> Result<Staged, PublishError> {
        let stage = || {
            let folder_exists = self.folders.ground(folder_of(path.as_str()))? == Ground::Folder;
            let (seat, room) = self.stage.room(&self.place, path, folder_exists)?;
            // What is kept stays where it is until the rollback has ended.
            if !disk::link(kept, &room) {
                disk::keep_copy(kept, &room)?;
            }
            Ok(Staged { seat, over })
        };
        stage().map_err(|error: PublishError| {
            error.of(say::cannot_write, &below(&self.place.folder, path.as_str()))
        })
    }
}
