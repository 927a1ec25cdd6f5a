//! Every call of `publish` into the file system, each with its operation and path on its error.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the edge that the other modules are sent to"
)]

use std::ffi::OsString;
use std::fs::{self, File, FileType, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ahash::AHashSet;
use rayon::prelude::*;

use super::error::PublishError;
#[cfg(test)]
use super::faults::strike;
use super::mark::{Mark, Marker};
use crate::message::{Operation, say};
use crate::stat::{Stat, nanoseconds};

type Result<T> = std::result::Result<T, PublishError>;

/// What stands at a path; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Missing,
    /// A regular file of this many bytes.
    File(u64),
    Link,
    Folder,
    /// A pipe, socket or device.
    Other,
}

impl Standing {
    fn of(metadata: &Metadata) -> Self {
        let kind = metadata.file_type();
        if kind.is_file() {
            Self::File(metadata.len())
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

pub(super) fn look(path: &Path) -> Result<Standing> {
    Ok(look_closely(path)?.0)
}

/// What stands at a path, with its stat if it is a regular file.
pub(super) fn look_closely(path: &Path) -> Result<(Standing, Option<Stat>)> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => {
            let stat = metadata.is_file().then(|| Stat::of(&metadata));
            Ok((Standing::of(&metadata), stat))
        }
        Err(cause) if is_absence(&cause) => Ok((Standing::Missing, None)),
        Err(cause) => Err(failed(say::cannot_look_at, path)(cause)),
    }
}

/// Where a path leads when all links are followed; `None` if it leads to nothing.
pub(super) fn follow(path: &Path) -> Result<Option<PathBuf>> {
    match fs::canonicalize(path) {
        Ok(place) => Ok(Some(place)),
        Err(cause) if is_absence(&cause) => Ok(None),
        Err(cause) => Err(failed(say::cannot_find, path)(cause)),
    }
}

pub(super) fn read_link(path: &Path) -> Result<PathBuf> {
    fs::read_link(path).map_err(failed(say::cannot_read, path))
}

/// What is in a folder, by name.
pub(super) fn list(folder: &Path) -> Result<Vec<(OsString, FileType)>> {
    let read = || -> io::Result<Vec<_>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            entries.push((entry.file_name(), entry.file_type()?));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(entries)
    };
    read().map_err(failed(say::cannot_list, folder))
}

/// The names of the folders in a folder; links to folders are none.
pub(super) fn folders_in(folder: &Path) -> io::Result<AHashSet<String>> {
    let mut names = AHashSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir()
            && let Ok(name) = entry.file_name().into_string()
        {
            names.insert(name);
        }
    }
    Ok(names)
}

pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if is_absence(&cause) => Ok(None),
        Err(cause) => Err(failed(say::cannot_read, path)(cause)),
    }
}

/// Whether a file is proved to hold exactly these bytes; one that cannot be read is not.
pub(super) fn holds(path: &Path, mut bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut buffer = [0; 16 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return bytes.is_empty(),
            Ok(count) => match bytes.strip_prefix(&buffer[..count]) {
                Some(rest) => bytes = rest,
                None => return false,
            },
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}

/// The mark of a file if another one is proved to hold the same bytes.
pub(super) fn mark_if_same(path: &Path, other: &Path) -> Result<Option<Mark>> {
    let mut theirs = Vec::new();
    let mut other = match File::open(other) {
        Ok(file) => file,
        Err(_) => return Ok(None),
    };
    let mut marker = Marker::default();
    let mut same = true;
    for_pieces(path, |piece| {
        theirs.resize(piece.len(), 0);
        same = other.read_exact(&mut theirs).is_ok() && theirs == piece;
        marker.add(piece);
        Ok(same)
    })?;
    let ended = same && matches!(other.read(&mut [0]), Ok(0));
    Ok(ended.then(|| marker.mark()))
}

pub(super) fn mark(path: &Path) -> Result<Mark> {
    let mut marker = Marker::default();
    for_pieces(path, |piece| {
        marker.add(piece);
        Ok(true)
    })?;
    Ok(marker.mark())
}

/// Size of a file in bytes; links are followed.
pub(super) fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).map_err(failed(say::cannot_read, path))?;
    Ok(metadata.len())
}

/// Creates a file that must not exist yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<Stat> {
    let write = || -> io::Result<Stat> {
        let mut file = new_file(path)?;
        write_all(&mut file, path, bytes)?;
        file.metadata().map(|metadata| Stat::of(&metadata))
    };
    write().map_err(failed(say::cannot_write, path))
}

/// Streams a file into one that must not exist yet.
pub(super) fn copy_new(from: &Path, to: &Path) -> Result<(Mark, Stat)> {
    let mut marker = Marker::default();
    let mut file = new_file(to).map_err(failed(say::cannot_write, to))?;
    for_pieces(from, |piece| {
        marker.add(piece);
        write_all(&mut file, to, piece).map_err(failed(say::cannot_write, to))?;
        Ok(true)
    })?;
    let metadata = file.metadata().map_err(failed(say::cannot_write, to))?;
    Ok((marker.mark(), Stat::of(&metadata)))
}

/// The stat of a regular file; links are not followed.
pub(super) fn stat(path: &Path) -> Option<Stat> {
    look_closely(path).ok()?.1
}

/// The same of a folder.
pub(super) fn folder_stat(path: &Path) -> Option<Stat> {
    let metadata = fs::symlink_metadata(path).ok()?;
    metadata.is_dir().then(|| Stat::of(&metadata))
}

/// The present as files are stamped with it.
pub(super) fn now() -> i64 {
    nanoseconds(SystemTime::now())
}

/// Writes a file in pieces; it is gone if not all of them were written. Whoever reads it must be
/// able to tell whether all of it is there.
pub(super) struct Writer {
    path: PathBuf,
    file: BufWriter<File>,
    has_ended: bool,
}

impl Writer {
    pub(super) fn create(path: &Path) -> Result<Self> {
        let create = || -> io::Result<File> {
            strike(path)?;
            File::create(path)
        };
        let file = create().map_err(failed(say::cannot_write, path))?;
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::with_capacity(PIECE, file),
            has_ended: false,
        })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.file.write_all(bytes);
        written.map_err(failed(say::cannot_write, &self.path))
    }

    /// Where all of it is.
    pub(super) fn end(mut self) -> Result<PathBuf> {
        let end = |file: &mut BufWriter<File>| {
            strike(&self.path)?;
            file.flush()
        };
        end(&mut self.file).map_err(failed(say::cannot_write, &self.path))?;
        self.has_ended = true;
        Ok(self.path.clone())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.has_ended {
            // The error that led here is told; the next build writes over what is left.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Writes a file and waits until the device holds it.
pub(super) fn write_synced(path: &Path, pieces: impl Iterator<Item = String>) -> Result<()> {
    let write = || -> io::Result<()> {
        strike(path)?;
        let mut file = File::create(path)?;
        for piece in pieces {
            write_all(&mut file, path, piece.as_bytes())?;
        }
        strike(path)?;
        file.sync_all()
    };
    write().map_err(failed(say::cannot_write, path))
}

/// Copies a file or link with its name and permissions, wherever it lies.
pub(super) fn keep_copy(from: &Path, to: &Path) -> Result<()> {
    let copy = || -> io::Result<()> {
        strike(to)?;
        #[cfg(unix)]
        if fs::symlink_metadata(from)?.is_symlink() {
            return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        }
        fs::copy(from, to).map(drop)
    };
    copy().map_err(failed(say::cannot_keep_copy, from))
}

/// Gives a file or link a second name; says whether the file system could.
pub(super) fn link(from: &Path, to: &Path) -> bool {
    strike(to).and_then(|()| fs::hard_link(from, to)).is_ok()
}

/// What became of a folder that was to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Created {
    Now,
    /// Something is there, which will do.
    Before,
    /// There is no folder for it.
    Nowhere,
}

/// Creates a folder if the one above it is there.
pub(super) fn try_create_folder(path: &Path) -> Result<Created> {
    match strike(path).and_then(|()| fs::create_dir(path)) {
        Ok(()) => Ok(Created::Now),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(Created::Before),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Created::Nowhere),
        Err(cause) => Err(failed(say::cannot_create, path)(cause)),
    }
}

/// Creates a folder; one that is there already will do.
pub(super) fn create_folder(path: &Path) -> Result<()> {
    match try_create_folder(path)? {
        Created::Now | Created::Before => Ok(()),
        Created::Nowhere => Err(failed(say::cannot_create, path)(ErrorKind::NotFound.into())),
    }
}

/// Creates a folder and those above it.
pub(super) fn create_folders(path: &Path) -> Result<()> {
    strike(path)
        .and_then(|()| fs::create_dir_all(path))
        .map_err(failed(say::cannot_create, path))
}

/// Replaces `to`, in one step that other programs see whole or not at all.
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    strike(to)
        .and_then(|()| fs::rename(from, to))
        .map_err(failed(say::cannot_write, to))
}

/// Whether files can be renamed from one folder into another; changes neither.
pub(super) fn renames_reach(from: &Path, to: &Path) -> bool {
    if device(from) != device(to) {
        return false;
    }
    // One file system can be mounted twice. The kernel compares mounts before it looks for the
    // file, so that a file that is not there tells.
    let absent = ".courant-absent";
    match strike(to).and_then(|()| fs::rename(from.join(absent), to.join(absent))) {
        Err(cause) => cause.kind() != ErrorKind::CrossesDevices,
        Ok(()) => true,
    }
}

/// Removes a file; one that is gone already will do.
pub(super) fn remove_file(path: &Path) -> Result<()> {
    match strike(path).and_then(|()| fs::remove_file(path)) {
        Err(cause) if !is_absence(&cause) => Err(failed(say::cannot_remove, path)(cause)),
        _ => Ok(()),
    }
}

/// Removes a folder if nothing is in it; says whether it did.
pub(super) fn remove_if_empty(path: &Path) -> Result<bool> {
    match strike(path).and_then(|()| fs::remove_dir(path)) {
        Ok(()) => Ok(true),
        Err(cause) if is_absence(&cause) => Ok(false),
        Err(cause)
            if matches!(
                cause.kind(),
                ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists | ErrorKind::ResourceBusy
            ) =>
        {
            Ok(false)
        }
        Err(cause) => Err(failed(say::cannot_remove, path)(cause)),
    }
}

/// Removes a folder and all that is in it; one that is gone already will do.
pub(super) fn remove_tree(path: &Path) -> Result<()> {
    match strike(path).and_then(|()| fs::remove_dir_all(path)) {
        Err(cause) if !is_absence(&cause) => Err(failed(say::cannot_remove, path)(cause)),
        _ => Ok(()),
    }
}

/// Removes a folder that holds many files and hardly any folder. Whoever removes a file may wait
/// long for a device to give back what it took, or for a server: many wait at once.
pub(super) fn remove_files_and_folder(folder: &Path) -> Result<()> {
    const AT_ONCE: usize = 16;
    const FEW: usize = 256;
    let mut names = list(folder).unwrap_or_default();
    names.retain(|(_, kind)| kind.is_file());
    let remove = || {
        let names = names.par_iter();
        names.try_for_each(|(name, _)| remove_file(&folder.join(name)))
    };
    let many = (names.len() > FEW).then(|| rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE));
    match many.and_then(|many| many.build().ok()) {
        Some(many) => many.install(remove)?,
        None => remove()?,
    }
    remove_tree(folder)
}

pub(super) fn open_lock(path: &Path) -> Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(failed(say::cannot_open, path))
}

/// Takes the lock if no other process holds it; says whether it did.
pub(super) fn try_lock(file: &File, path: &Path) -> Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        // Some network file systems have no locks; a build there must still be possible.
        Err(TryLockError::Error(cause)) if cause.kind() == ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(cause)) => Err(failed(say::cannot_lock, path)(cause)),
    }
}

/// Waits until the lock is free and takes it.
pub(super) fn lock(file: &File, path: &Path) -> Result<()> {
    loop {
        match file.lock() {
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome.map_err(failed(say::cannot_lock, path)),
        }
    }
}

/// Whether an open file is still the one that stands at a path.
#[cfg(unix)]
pub(super) fn still_stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn still_stands(_file: &File, path: &Path) -> bool {
    path.exists()
}

const PIECE: usize = 256 * 1024;

/// Hands a file over piece by piece until `take` says that it has seen enough.
fn for_pieces(path: &Path, mut take: impl FnMut(&[u8]) -> Result<bool>) -> Result<()> {
    let mut file = File::open(path).map_err(failed(say::cannot_read, path))?;
    // Most files are small, and fresh memory costs more than to ask how small.
    let size = file.metadata().map_or(u64::MAX, |data| data.len());
    let room = usize::try_from(size).map_or(PIECE, |size| size.saturating_add(1).min(PIECE));
    let mut buffer = vec![0; room];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) if take(&buffer[..count])? => {}
            Ok(_) => return Ok(()),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) => return Err(failed(say::cannot_read, path)(cause)),
        }
    }
}

/// Where tests let a change of the disk fail.
#[cfg(not(test))]
fn strike(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// As on a full disk, a part of the bytes may be written when it fails.
fn write_all(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Err(cause) = strike(path) {
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(cause);
    }
    file.write_all(bytes)
}

fn new_file(path: &Path) -> io::Result<File> {
    strike(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    options.open(path)
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| metadata.dev())
}

#[cfg(not(unix))]
fn device(_path: &Path) -> Option<u64> {
    None
}

fn is_absence(cause: &io::Error) -> bool {
    matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn failed(operation: Operation, path: &Path) -> impl FnOnce(io::Error) -> PublishError {
    move |cause| PublishError {
        operation,
        path: path.to_path_buf(),
        cause,
    }
}
