//! Copies of what courant did not write and had to put something else in place of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::below;
use super::place::Place;
use crate::path::OutputPath;

/// Content of others that gave way to the site's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Where it was in the output folder.
    pub path: OutputPath,
    /// Where its copy is now.
    pub copy: PathBuf,
}

/// Start of the names of folders in the store that hold copies.
const FOLDER: &str = "replaced";

/// Copies files of the output folder into a new folder of the store, which is called `replaced`
/// or, from the second time on, `replaced-2` and so on.
pub(super) fn keep(
    store: &Path,
    place: &Place,
    paths: &BTreeSet<OutputPath>,
) -> Result<Vec<Replaced>, PublishError> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let folder = unused_folder(store)?;
    copy_into(&folder, place, paths).inspect_err(|_| {
        // Nothing gives way then, and half of the copies are of use to nobody.
        let _ = disk::remove_tree(&folder);
    })
}

fn copy_into(
    folder: &Path,
    place: &Place,
    paths: &BTreeSet<OutputPath>,
) -> Result<Vec<Replaced>, PublishError> {
    let mut kept = Vec::new();
    for path in paths {
        let copy = below(folder, path.as_str());
        if let Some(parent) = copy.parent() {
            disk::create_folders(parent)?;
        }
        disk::keep_copy(&below(&place.folder, path.as_str()), &copy)?;
        let path = path.clone();
        kept.push(Replaced { path, copy });
    }
    Ok(kept)
}

/// Whether an entry of the store holds copies.
pub(super) fn is_replaced(name: &str) -> bool {
    name == FOLDER
        || name
            .strip_prefix(FOLDER)
            .is_some_and(|rest| rest.starts_with('-'))
}

fn unused_folder(store: &Path) -> Result<PathBuf, PublishError> {
    let mut folder = store.join(FOLDER);
    let mut number = 1;
    while disk::look(&folder)? != Standing::Missing {
        number += 1;
        folder = store.join(format!("{FOLDER}-{number}"));
    }
    Ok(folder)
}
