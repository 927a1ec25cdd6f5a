//! What publishing will do to the output folder, decided before anything is done to it.

use std::collections::{BTreeMap, BTreeSet};

use ahash::AHashSet;

use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::{Folders, Ground, below, folder_of, folders_above};
use super::manifest::Manifest;
use super::mark::Mark;
use super::place::Place;
use super::stage::Seat;
use crate::message::{Message, say};
use crate::path::OutputPath;
use crate::stat::Stat;

/// One file that the site has now.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) path: OutputPath,
    /// What the manifest is to say of it, if a build puts it.
    pub(super) mark: Option<Mark>,
    /// Where its new bytes wait; `None` if the file on disk has them already.
    pub(super) staged: Option<Staged>,
    /// The stat of these bytes when they were last sure to be right.
    pub(super) stat: Option<Stat>,
}

impl Claim {
    /// Whether new bytes go in place of what stands there now.
    pub(super) fn is_over(&self, standing: Standing) -> bool {
        self.staged
            .as_ref()
            .is_some_and(|staged| staged.over == standing)
    }

    /// Whether new bytes go in place of a file or link.
    pub(super) fn replaces(&self) -> bool {
        let over = self.staged.as_ref().map(|staged| staged.over);
        matches!(over, Some(Standing::File(_) | Standing::Link))
    }
}

/// New bytes, and what stands at their path now.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) seat: Seat,
    pub(super) over: Standing,
}

/// The changes, in the order in which they are made.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Content that courant did not write and that would be lost: a copy is kept.
    pub(super) keep: BTreeSet<OutputPath>,
    /// Files of ours that make way for a folder or lie in one that makes way for a file.
    pub(super) evict: BTreeSet<OutputPath>,
    /// Folders of ours that make way for a file, inner ones first.
    pub(super) evict_folders: Vec<String>,
    /// Files of ours that the site no longer has, when the new ones are in place.
    pub(super) remove: Vec<OutputPath>,
    /// Folders of ours that may be empty then, inner ones first.
    pub(super) sweep: Vec<String>,
}

impl Plan {
    /// All files that go, by path.
    pub(super) fn removed(self) -> Vec<OutputPath> {
        let mut removed = self.remove;
        removed.extend(self.evict);
        removed.sort_unstable();
        removed
    }
}

/// Decides what to do, given claims sorted by path.
///
/// # Errors
/// Something that courant may not remove stands where a file or folder has to go.
pub(super) fn decide(
    claims: &[Claim],
    known: &Manifest,
    folders: &Folders,
    place: &Place,
) -> Result<Plan, PublishError> {
    let used = folders_in_use(claims, place)?;
    let mut plan = Plan::default();
    let mut planner = Planner {
        known,
        folders,
        place,
        stale: BTreeMap::new(),
    };
    planner.find_stale(claims, &used, &mut plan)?;
    for claim in claims {
        if let Some(staged) = &claim.staged {
            planner.clear_way(&claim.path, staged.over, &mut plan)?;
        }
    }
    let Planner { stale, .. } = planner;
    for (path, is_ours) in stale.into_values() {
        if !is_ours {
            plan.keep.insert(path.clone());
        }
        if !plan.evict.contains(&path) {
            plan.remove.push(path);
        }
    }
    Ok(plan)
}

struct Planner<'a> {
    known: &'a Manifest,
    folders: &'a Folders,
    place: &'a Place,
    /// Files to remove by path, and whether each still is what courant wrote.
    stale: BTreeMap<String, (OutputPath, bool)>,
}

impl Planner<'_> {
    fn find_stale(
        &mut self,
        claims: &[Claim],
        used: &AHashSet<&str>,
        plan: &mut Plan,
    ) -> Result<(), PublishError> {
        let mut claimed = claims.iter().map(|claim| &claim.path).peekable();
        // Both are in the order of paths.
        let mut is_claimed = |path: &OutputPath| {
            while claimed.next_if(|claimed| *claimed < path).is_some() {}
            claimed.peek() == Some(&path)
        };
        let mut sweep = BTreeSet::new();
        for path in self.known.paths().filter(|path| !is_claimed(path)) {
            if let Standing::File(size) = self.folders.look(path)? {
                let is_ours = is_unchanged(self.place, self.known, path, size)?;
                let name = path.as_str().to_owned();
                self.stale.insert(name, (path.clone(), is_ours));
            }
            let unused = folders_above(path.as_str())
                .filter(|folder| !folder.is_empty() && !used.contains(folder));
            sweep.extend(unused.map(str::to_owned));
        }
        plan.sweep = sweep.into_iter().rev().collect();
        Ok(())
    }

    fn clear_way(
        &self,
        path: &OutputPath,
        over: Standing,
        plan: &mut Plan,
    ) -> Result<(), PublishError> {
        if let Ground::Blocked(obstacle) = self.folders.ground(folder_of(path.as_str()))? {
            match self.stale.get(&*obstacle) {
                Some((stale, _)) => plan.evict.insert(stale.clone()),
                None => return Err(self.obstructed(&obstacle, say::folder_goes_here())),
            };
        }
        match over {
            Standing::Missing => {}
            Standing::File(_) if self.known.contains(path.as_str()) => {}
            Standing::File(_) | Standing::Link => {
                plan.keep.insert(path.clone());
            }
            Standing::Folder => self.evict_folder(path.as_str(), plan)?,
            Standing::Other => {
                return Err(self.obstructed(path.as_str(), say::file_goes_here()));
            }
        }
        Ok(())
    }

    fn evict_folder(&self, folder: &str, plan: &mut Plan) -> Result<(), PublishError> {
        let why = say::file_for_folder;
        if !self.known.reaches_below(folder) {
            return Err(self.obstructed(folder, why()));
        }
        for (name, kind) in disk::list(&below(&self.place.folder, folder))? {
            let Some(path) = name.to_str().map(|name| format!("{folder}/{name}")) else {
                return Err(self.obstructed(folder, why()));
            };
            match self.stale.get(&path) {
                _ if kind.is_dir() => self.evict_folder(&path, plan)?,
                Some((stale, _)) => {
                    plan.evict.insert(stale.clone());
                }
                None => return Err(self.obstructed(&path, why())),
            }
        }
        plan.evict_folders.push(folder.to_owned());
        Ok(())
    }

    fn obstructed(&self, path: &str, why: Message) -> PublishError {
        let obstacle = below(&self.place.folder, path);
        PublishError::found(say::cannot_replace, &obstacle, say::not_ours(why))
    }
}

/// Every folder that a claim lies in.
///
/// # Errors
/// A path is claimed twice, or as a file and as a folder.
fn folders_in_use<'c>(
    claims: &'c [Claim],
    place: &Place,
) -> Result<AHashSet<&'c str>, PublishError> {
    let clash = |path: &OutputPath, why: Message| {
        let path = below(&place.folder, path.as_str());
        Err(PublishError::found(say::cannot_write, &path, why))
    };
    if let Some(pair) = claims.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return clash(&pair[0].path, say::two_outputs());
    }
    let mut used = AHashSet::new();
    for claim in claims {
        for folder in folders_above(claim.path.as_str()) {
            if !used.insert(folder) {
                break;
            }
        }
    }
    match claims
        .iter()
        .find(|claim| used.contains(claim.path.as_str()))
    {
        Some(claim) => clash(&claim.path, say::file_and_folder_there()),
        None => Ok(used),
    }
}

/// Whether a file of this size still is one that courant wrote.
pub(super) fn is_unchanged(
    place: &Place,
    known: &Manifest,
    path: &OutputPath,
    size: u64,
) -> Result<bool, PublishError> {
    let name = path.as_str();
    if !known.wrote_size(name, size) {
        return Ok(false);
    }
    let mark = disk::mark(&below(&place.folder, name))?;
    Ok(known.wrote(name, mark))
}
