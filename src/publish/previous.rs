//! What a build replaces or removes is kept, so that the build can be undone.
//!
//! For each output folder the store has `previous/KEY/last`: the manifest of the files that stood
//! there before the last build, and those of them that the build changed. The rest is still in
//! the output folder. While a build or a rollback runs, and after one that died, the folder is
//! called `open`: the next build adds to it what it changes in turn, and so the state that can be
//! gone back to stays the one before the build that died.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::PREVIEW;
use super::disk::{self, Standing};
use super::error::PublishError;
use super::folders::below;
use super::manifest::{self, Manifest};
use super::place::Place;
use crate::digest::Digest;
use crate::path::OutputPath;

/// The kept states of one output folder; at most one of them counts.
pub(super) struct Previous {
    folder: PathBuf,
    /// Nobody goes back to what a preview showed, and whoever edits waits for it.
    is_of_preview: bool,
}

/// The files of an output folder as they stood before a build.
pub(super) struct Before {
    folder: PathBuf,
    /// Those that courant had written.
    pub(super) manifest: Manifest,
    /// Content of others that the build put something else in place of.
    pub(super) theirs: BTreeSet<OutputPath>,
}

/// What a build is about to do to what stands.
pub(super) struct Changes {
    /// Files of ours that stand there.
    pub(super) standing: Manifest,
    /// Content of others that gives way.
    pub(super) theirs: BTreeSet<OutputPath>,
    /// Everything that is replaced or removed.
    pub(super) paths: BTreeSet<OutputPath>,
}

impl Previous {
    pub(super) fn of(store: &Path, output: &Path) -> Self {
        let key = manifest::key(store, output).to_string();
        Self {
            folder: store.join(FOLDER).join(key),
            is_of_preview: output == store.join(PREVIEW),
        }
    }

    /// Removes what a build left that died while it noted its changes and had made none.
    pub(super) fn tidy(&self) -> Result<(), PublishError> {
        disk::remove_tree(&self.filling())?;
        self.remove_if_empty()
    }

    /// Whether a build or rollback has begun to change the output folder and has not ended.
    pub(super) fn is_open(&self) -> Result<bool, PublishError> {
        Ok(disk::look(&self.open())? != Standing::Missing)
    }

    /// Whether there is a state to go back to.
    pub(super) fn is_kept(&self) -> Result<bool, PublishError> {
        let is_whole = |folder| Before::read(folder).map(|before| before.is_some());
        Ok(is_whole(self.open())? || is_whole(self.last())?)
    }

    /// Content of others that a build or rollback which has not ended is to give back.
    pub(super) fn theirs(&self) -> Result<BTreeSet<OutputPath>, PublishError> {
        let before = Before::read(self.open())?;
        Ok(before.map_or_else(BTreeSet::new, |before| before.theirs))
    }

    /// Keeps what is about to change; `known` is what courant may have written so far. Whether
    /// anything stood there at all.
    pub(super) fn keep(
        &self,
        place: &Place,
        known: &Manifest,
        changes: impl FnOnce() -> Changes,
    ) -> Result<bool, PublishError> {
        if !place.exists || self.is_of_preview {
            return self.forget().map(|()| false);
        }
        let changes = changes();
        match Before::read(self.open())? {
            Some(before) => before.extend(place, known, &changes),
            None => {
                disk::remove_tree(&self.open())?;
                let before = Before {
                    folder: self.filling(),
                    manifest: changes.standing,
                    theirs: changes.theirs,
                };
                before.create(place, &changes.paths)?;
                disk::rename(&self.filling(), &self.open())?;
                Ok(!before.is_empty())
            }
        }
    }

    /// The build has ended: what it kept is now what can be gone back to, if anything stood there.
    pub(super) fn close(&self, is_something: bool) -> Result<(), PublishError> {
        match is_something {
            true => {
                disk::remove_files_and_folder(&self.last())?;
                disk::rename(&self.open(), &self.last())
            }
            false => self.forget(),
        }
    }

    /// The state to go back to, if there is one; it counts as open from here on.
    pub(super) fn reopen(&self) -> Result<Option<Before>, PublishError> {
        if let Some(before) = Before::read(self.open())? {
            return Ok(Some(before));
        }
        if !self.is_kept()? {
            return Ok(None);
        }
        disk::remove_tree(&self.open())?;
        disk::rename(&self.last(), &self.open())?;
        Before::read(self.open())
    }

    /// From here on there is nothing to go back to.
    pub(super) fn forget(&self) -> Result<(), PublishError> {
        disk::remove_tree(&self.last())?;
        disk::remove_tree(&self.open())?;
        self.remove_if_empty()
    }

    fn remove_if_empty(&self) -> Result<(), PublishError> {
        disk::remove_if_empty(&self.folder)?;
        if let Some(all) = self.folder.parent() {
            disk::remove_if_empty(all)?;
        }
        Ok(())
    }

    fn filling(&self) -> PathBuf {
        self.folder.join("filling")
    }

    fn open(&self) -> PathBuf {
        self.folder.join("open")
    }

    fn last(&self) -> PathBuf {
        self.folder.join("last")
    }
}

impl Before {
    /// Where the content of a path is kept, if it is one that was changed.
    pub(super) fn file(&self, path: &OutputPath) -> PathBuf {
        // Paths are too long for names, and folders would cost more than the files in them.
        let name = Digest::of(path.as_str().as_bytes()).to_string();
        self.folder.join(name)
    }

    /// Everything that stood there, by path.
    pub(super) fn paths(&self) -> BTreeSet<&OutputPath> {
        self.manifest.paths().chain(&self.theirs).collect()
    }

    fn is_empty(&self) -> bool {
        self.manifest.is_empty() && self.theirs.is_empty()
    }

    /// `None` if it is missing or damaged.
    fn read(folder: PathBuf) -> Result<Option<Self>, PublishError> {
        let Some(manifest) = Manifest::load(&folder.join(MANIFEST))? else {
            return Ok(None);
        };
        let theirs = disk::read(&folder.join(THEIRS))?.unwrap_or_default();
        let theirs = String::from_utf8_lossy(&theirs)
            .lines()
            .filter_map(|line| OutputPath::checked(line).ok())
            .collect();
        Ok(Some(Self {
            folder,
            manifest,
            theirs,
        }))
    }

    fn create(&self, place: &Place, paths: &BTreeSet<OutputPath>) -> Result<(), PublishError> {
        disk::create_folders(&self.folder)?;
        paths
            .par_iter()
            .try_for_each(|path| self.take(place, path))?;
        if !self.theirs.is_empty() {
            self.write_theirs()?;
        }
        self.manifest.save(&self.folder.join(MANIFEST))
    }

    /// Takes what one more build changes, unless the one that died before had brought it.
    fn extend(
        mut self,
        place: &Place,
        known: &Manifest,
        changes: &Changes,
    ) -> Result<bool, PublishError> {
        let is_new = |path: &&OutputPath| !known.contains(path.as_str());
        let found: Vec<_> = changes.theirs.iter().filter(is_new).cloned().collect();
        if !found.is_empty() {
            self.theirs.extend(found);
            self.write_theirs()?;
        }
        for path in &changes.paths {
            let stood = self.manifest.contains(path.as_str()) || self.theirs.contains(path);
            if stood && disk::look(&self.file(path))? == Standing::Missing {
                self.take(place, path)?;
            }
        }
        Ok(!self.is_empty())
    }

    /// Keeps a file: as a second name of the same bytes, or else, where the file system has none,
    /// as a copy.
    fn take(&self, place: &Place, path: &OutputPath) -> Result<(), PublishError> {
        let (from, to) = (below(&place.folder, path.as_str()), self.file(path));
        if disk::link(&from, &to) {
            return Ok(());
        }
        let part = to.with_extension(PART);
        disk::remove_file(&part)?;
        disk::keep_copy(&from, &part)?;
        disk::rename(&part, &to)
    }

    fn write_theirs(&self) -> Result<(), PublishError> {
        let lines: String = self.theirs.iter().map(|path| format!("{path}\n")).collect();
        let part = self.folder.join(PART);
        disk::write_synced(&part, [lines].into_iter())?;
        disk::rename(&part, &self.folder.join(THEIRS))
    }
}

/// The folder of the store that holds the kept states of all output folders.
const FOLDER: &str = "previous";

// None of these can be the name of a kept file, which is a digest.
const MANIFEST: &str = "manifest";
const THEIRS: &str = "theirs";
const PART: &str = "part";
