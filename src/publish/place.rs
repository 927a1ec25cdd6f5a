//! Where the output folder really lies, and where its stage may lie.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::message::say;

use super::disk::{self, Standing};
use super::error::PublishError;

/// The output folder with all links followed.
pub(super) struct Place {
    /// The folder that files go to; it may not exist.
    pub(super) folder: PathBuf,
    /// The nearest folder above it that exists.
    pub(super) home: PathBuf,
    /// The way from `home` to `folder`: one part, or more where folders between are missing.
    pub(super) tail: PathBuf,
    /// Whether the output folder exists.
    pub(super) exists: bool,
}

impl Place {
    pub(super) fn find(output: &Path) -> Result<Self, PublishError> {
        let folder = resolve(output, MOST_LINKS)?;
        let exists = match disk::look(&folder)? {
            Standing::Missing => false,
            Standing::Folder => true,
            _ => return Err(not_a_folder(&folder)),
        };
        let home = nearest_existing(&folder)?;
        let tail = folder.strip_prefix(&home).unwrap_or(&folder).to_path_buf();
        Ok(Self {
            folder,
            home,
            tail,
            exists,
        })
    }

    /// The part of `tail` that lies directly in `home`.
    pub(super) fn first_of_tail(&self) -> &Path {
        let first = self.tail.iter().next();
        first.map_or(&self.tail, Path::new)
    }

    /// The usual stage: beside the output folder, so that a rename can move files over.
    pub(super) fn stage_beside(&self) -> PathBuf {
        let mut name = self.stage_prefix();
        name.push(std::process::id().to_string());
        self.home.join(name)
    }

    /// The stage for an output folder that is a mount of its own or has a read-only neighbourhood.
    pub(super) fn stage_inside(&self) -> PathBuf {
        self.folder.join(STAGE_INSIDE)
    }

    /// Stages of builds that died. The caller holds the lock, so that none is in use.
    pub(super) fn dead_stages(&self) -> Result<Vec<PathBuf>, PublishError> {
        let prefix = self.stage_prefix();
        let mut dead = Vec::new();
        for (name, kind) in disk::list(&self.home)? {
            let rest = name
                .as_encoded_bytes()
                .strip_prefix(prefix.as_encoded_bytes());
            let is_number =
                |rest: &[u8]| !rest.is_empty() && rest.iter().all(|byte| byte.is_ascii_digit());
            if kind.is_dir() && rest.is_some_and(is_number) {
                dead.push(self.home.join(name));
            }
        }
        if disk::look(&self.stage_inside())? == Standing::Folder {
            dead.push(self.stage_inside());
        }
        Ok(dead)
    }

    fn stage_prefix(&self) -> OsString {
        let mut name = OsString::from(".");
        name.push(self.first_of_tail());
        name.push(".courant-stage-");
        name
    }
}

/// Name of a stage within the output folder.
const STAGE_INSIDE: &str = ".courant-stage";

const MOST_LINKS: usize = 40;

fn resolve(path: &Path, links: usize) -> Result<PathBuf, PublishError> {
    if let Some(place) = disk::follow(path)? {
        return Ok(place);
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        let why = say::no_output_folder();
        return Err(PublishError::found(say::cannot_find, path, why));
    };
    if disk::look(path)? == Standing::Link {
        let Some(links) = links.checked_sub(1) else {
            let why = say::links_in_circle();
            return Err(PublishError::found(say::cannot_find, path, why));
        };
        return resolve(&parent.join(disk::read_link(path)?), links);
    }
    Ok(resolve(parent, links)?.join(name))
}

fn nearest_existing(folder: &Path) -> Result<PathBuf, PublishError> {
    for above in folder.ancestors().skip(1) {
        match disk::look(above)? {
            Standing::Missing => {}
            Standing::Folder => return Ok(above.to_path_buf()),
            _ => return Err(not_a_folder(above)),
        }
    }
    let why = say::root_no_output();
    Err(PublishError::found(say::cannot_write_into, folder, why))
}

fn not_a_folder(path: &Path) -> PublishError {
    let why = say::no_folder_there();
    PublishError::found(say::cannot_write_into, path, why)
}
