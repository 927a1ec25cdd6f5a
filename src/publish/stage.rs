//! New files wait here, on the output folder's own file system, until all of them are written.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::disk::{self, Created};
use super::error::PublishError;
use super::folders::{Folders, PerFolder, below, folder_of};
use super::place::Place;
use crate::path::OutputPath;

/// Where a staged file waits.
#[derive(Clone, Debug)]
pub(super) enum Seat {
    /// At its own path in a tree of new folders, each of which moves as a whole.
    InTree,
    /// Under a number, as its folder exists.
    Numbered(u32),
}

/// A folder that is created with its first file and removed when dropped.
pub(super) struct Stage {
    root: OnceLock<PathBuf>,
    opening: Mutex<()>,
    tree_folders: PerFolder<()>,
    numbered_folders: PerFolder<()>,
    next_number: AtomicU32,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self {
            root: OnceLock::new(),
            opening: Mutex::default(),
            tree_folders: PerFolder::new(),
            numbered_folders: PerFolder::new(),
            next_number: AtomicU32::new(0),
        }
    }

    /// Makes room for a file; it is to be created at the path that comes with the seat.
    pub(super) fn room(
        &self,
        place: &Place,
        path: &OutputPath,
        folder_exists: bool,
    ) -> Result<(Seat, PathBuf), PublishError> {
        let root = self.open(place)?;
        let seat = if folder_exists {
            Seat::Numbered(self.next_number.fetch_add(1, Ordering::Relaxed))
        } else {
            Seat::InTree
        };
        match seat {
            Seat::InTree => self.make_tree_folder(&tree(root, place), folder_of(path.as_str()))?,
            Seat::Numbered(number) => self.make_numbered_folder(root, number)?,
        }
        let file = file_at(root, place, path, &seat);
        Ok((seat, file))
    }

    /// Moves all files to their paths. Folders that do not exist there move as a whole, the
    /// output folder itself among them.
    pub(super) fn empty_into(
        &self,
        place: &Place,
        files: &[(&OutputPath, &Seat)],
    ) -> Result<(), PublishError> {
        let Some(root) = self.root.get() else {
            return Ok(());
        };
        let folders = Folders::of(&place.folder);
        let mut moved: Option<String> = None;
        let (in_tree, numbered): (Vec<_>, Vec<_>) = files
            .iter()
            .partition(|(_, seat)| matches!(seat, Seat::InTree));
        for (path, seat) in in_tree {
            if moved
                .as_ref()
                .is_some_and(|folder| path.as_str().starts_with(folder))
            {
                continue;
            }
            match folders.first_missing(path)? {
                Some("") => return move_output_folder(root, place),
                Some(folder) => {
                    let from = below(&tree(root, place), folder);
                    disk::rename(&from, &below(&place.folder, folder))?;
                    moved = Some(format!("{folder}/"));
                }
                None => move_file(root, place, path, seat)?,
            }
        }
        numbered.into_par_iter().try_for_each(|(path, seat)| {
            if folders.first_missing(path)?.is_some() {
                let folder = folder_of(path.as_str());
                disk::create_folders(&below(&place.folder, folder))?;
                folders.created(folder);
            }
            move_file(root, place, path, seat)
        })
    }

    /// Removes what is left of the stage.
    pub(super) fn remove(&self) -> Result<(), PublishError> {
        self.root
            .get()
            .map_or(Ok(()), |root| disk::remove_tree(root))
    }

    fn open(&self, place: &Place) -> Result<&Path, PublishError> {
        if let Some(root) = self.root.get() {
            return Ok(root);
        }
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = self.root.get() {
            return Ok(root);
        }
        let root = create_root(place)?;
        Ok(self.root.get_or_init(|| root))
    }

    /// Most folders hold one file: only one that is asked for again, or for a folder in it, is
    /// remembered.
    fn make_tree_folder(&self, tree: &Path, folder: &str) -> Result<(), PublishError> {
        if self.tree_folders.get(folder).is_some() {
            return Ok(());
        }
        let path = below(tree, folder);
        match disk::try_create_folder(&path)? {
            Created::Now => {}
            Created::Before => self.tree_folders.set(folder, ()),
            Created::Nowhere if folder.is_empty() => disk::create_folders(tree)?,
            Created::Nowhere => {
                let above = folder_of(folder);
                self.make_tree_folder(tree, above)?;
                self.tree_folders.set(above, ());
                disk::create_folder(&path)?;
            }
        }
        Ok(())
    }

    fn make_numbered_folder(&self, root: &Path, number: u32) -> Result<(), PublishError> {
        let name = numbered_folder(number);
        if self.numbered_folders.get(&name).is_none() {
            disk::create_folder(&root.join(&name))?;
            self.numbered_folders.set(&name, ());
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nobody is left to tell; the next build removes what remains.
        let _ = self.remove();
    }
}

fn create_root(place: &Place) -> Result<PathBuf, PublishError> {
    let beside = place.stage_beside();
    match disk::create_folder(&beside) {
        Ok(()) if !place.exists || disk::renames_reach(&beside, &place.folder) => {
            return Ok(beside);
        }
        Ok(()) => disk::remove_tree(&beside)?,
        Err(error) if !place.exists || !is_forbidden(&error) => return Err(error),
        Err(_) => {}
    }
    let inside = place.stage_inside();
    disk::create_folder(&inside)?;
    Ok(inside)
}

fn is_forbidden(error: &PublishError) -> bool {
    matches!(
        error.cause.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

fn move_output_folder(root: &Path, place: &Place) -> Result<(), PublishError> {
    let first = place.first_of_tail();
    disk::rename(&root.join(TREE).join(first), &place.home.join(first))
}

fn move_file(
    root: &Path,
    place: &Place,
    path: &OutputPath,
    seat: &Seat,
) -> Result<(), PublishError> {
    let from = file_at(root, place, path, seat);
    disk::rename(&from, &below(&place.folder, path.as_str()))
}

fn file_at(root: &Path, place: &Place, path: &OutputPath, seat: &Seat) -> PathBuf {
    match seat {
        Seat::InTree => below(&tree(root, place), path.as_str()),
        Seat::Numbered(number) => root.join(numbered_folder(*number)).join(number.to_string()),
    }
}

const TREE: &str = "tree";

fn tree(root: &Path, place: &Place) -> PathBuf {
    root.join(TREE).join(&place.tail)
}

/// Several folders, for threads that create files in one folder wait for each other.
fn numbered_folder(number: u32) -> String {
    format!("numbered-{}", number % 16)
}
