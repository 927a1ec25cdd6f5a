//! Takes back everything that courant wrote.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::{Folders, folders_above};
use super::lock::Lock;
use super::manifest::Manifest;
use super::place::Place;
use super::{Opened, open, plan, remove_empty_folders, remove_files, replaced};
use crate::path::OutputPath;

/// What [`clean`] removed, and what it left because courant did not write it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files removed from the output folder, by path.
    pub removed: Vec<OutputPath>,
    /// Files that stay in the output folder, relative to it, by path: those of others, and those
    /// of courant that were edited since.
    pub kept: Vec<PathBuf>,
    /// Folders in the store that stay, as they hold copies of files of others that a build
    /// replaced.
    pub copies: Vec<PathBuf>,
}

/// Removes the files that courant wrote into the output folder, the folders that are empty then,
/// and the store. The arguments are those of [`Publisher::begin`](super::Publisher::begin).
///
/// # Errors
/// The output path is no folder, or a file operation failed.
pub fn clean(store: &Path, output: &Path, wait: &mut dyn FnMut()) -> Result<Cleaned, PublishError> {
    if disk::look(store)? == Standing::Missing {
        let place = Place::find(output)?;
        let kept = files_of(&place)?;
        return Ok(Cleaned {
            kept,
            ..Cleaned::default()
        });
    }
    let _lock = Lock::take(store, wait)?;
    let Opened {
        place,
        known,
        previous,
        ..
    } = open(store, output)?;
    let removed = ours(&place, &known)?;
    previous.forget()?;
    remove_files(&place, &removed)?;
    remove_empty_folders(&place, &folders_of_ours(&known))?;
    if place.exists && disk::look(output)? != Standing::Link {
        disk::remove_if_empty(&place.folder)?;
    }
    Ok(Cleaned {
        removed,
        kept: files_of(&place)?,
        copies: remove_store(store)?,
    })
}

/// The files that still are what courant wrote.
fn ours(place: &Place, known: &Manifest) -> Result<Vec<OutputPath>, PublishError> {
    let folders = Folders::of(&place.folder);
    let mut ours = Vec::new();
    for path in known.paths() {
        if let Standing::File(size) = folders.look(path)?
            && plan::is_unchanged(place, known, path, size)?
        {
            ours.push(path.clone());
        }
    }
    Ok(ours)
}

/// Inner folders first.
fn folders_of_ours(known: &Manifest) -> Vec<String> {
    let folders: BTreeSet<&str> = known
        .paths()
        .flat_map(|path| folders_above(path.as_str()))
        .filter(|folder| !folder.is_empty())
        .collect();
    folders.into_iter().rev().map(str::to_owned).collect()
}

fn files_of(place: &Place) -> Result<Vec<PathBuf>, PublishError> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let there = place.folder.join(&folder);
        if disk::look(&there)? == Standing::Missing {
            continue;
        }
        for (name, kind) in disk::list(&there)? {
            let entry = folder.join(name);
            if kind.is_dir() {
                folders.push(entry);
            } else {
                files.push(entry);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Removes the store but for copies of files of others, which it returns. The lock goes last.
fn remove_store(store: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let mut copies = Vec::new();
    for (name, kind) in disk::list(store)? {
        let path = store.join(&name);
        if kind.is_dir() && replaced::is_replaced(&name.to_string_lossy()) {
            copies.push(path);
        } else if kind.is_dir() {
            disk::remove_tree(&path)?;
        } else if name != "lock" {
            disk::remove_file(&path)?;
        }
    }
    disk::remove_file(&store.join("lock"))?;
    disk::remove_if_empty(store)?;
    Ok(copies)
}
