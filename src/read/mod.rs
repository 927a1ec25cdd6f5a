//! The read edge: the only module that opens the site's files.
//!
//! A [`Snapshot`] knows which files there are; their bytes are read when they are asked for, so
//! that memory grows with the number of files and not with their size.

mod aside;
mod builtin;
mod walk;

/// A file that is compiled in: path and content.
pub type SourceFile = (&'static str, &'static [u8]);

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::digest::{Digest, Hasher};
use crate::message::{Argument, Message, Tell, Told, say};
use crate::path::SourcePath;
use crate::stat::{Stat, nanoseconds};

use aside::Shelf;
pub use aside::{Aside, AsideOnce, Batch};
pub use builtin::{BUILT_IN_FOLDER, NAME as BUILT_IN_THEME, THEME_FILES};
pub use walk::{Reason, is_leftover};

/// Folders of a site that are read, besides the theme's.
pub const FOLDERS: &[&str] = &["content", "data", "i18n", "static", "templates"];

/// Which files a site has. A file holds one content for as long as a snapshot lives: one that is
/// found to hold another is an error.
#[derive(Debug, Default)]
pub struct Snapshot {
    root: PathBuf,
    files: BTreeMap<SourcePath, Origin>,
    left_out: Vec<(SourcePath, Reason)>,
    links: Vec<Link>,
    taken_at: i64,
    /// Where things are put aside.
    shelf: Shelf,
}

/// A link among the files of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it is.
    pub source: SourcePath,
    /// The file or folder in the site's folder that it leads to, or would lead to.
    pub target: PathBuf,
}

#[derive(Clone, Debug)]
enum Origin {
    Disk {
        stat: Stat,
        /// Known once it was read, or proved without reading.
        digest: OnceLock<Digest>,
    },
    BuiltIn(&'static [u8]),
}

/// A file of the disk.
#[derive(Clone, Copy, Debug)]
pub struct File<'s> {
    /// Where it is.
    pub path: &'s SourcePath,
    /// What it holds; `None` if nothing asked.
    pub digest: Option<Digest>,
    /// Its stat, if a later file with the same stat is sure to be the same.
    pub proof: Option<Stat>,
}

impl Snapshot {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When the file is not part of the snapshot or cannot be read.
    pub fn bytes(&self, path: &SourcePath) -> Result<Vec<u8>, ReadError> {
        match self.files.get(path) {
            Some(Origin::BuiltIn(bytes)) => Ok(bytes.to_vec()),
            Some(Origin::Disk { stat, digest }) => {
                let file = self.root.join(path.as_str());
                let bytes = read_as_long(&file, stat.size)?;
                agree(file, digest, Digest::of(&bytes)).map(|()| bytes)
            }
            None => Err(ReadError {
                path: self.root.join(path.as_str()),
                cause: io::ErrorKind::NotFound.into(),
            }),
        }
    }

    /// Whether a file can be read, without reading it.
    ///
    /// # Errors
    /// When it cannot.
    pub fn can_read(&self, path: &SourcePath) -> Result<(), ReadError> {
        match self.on_disk(path) {
            Some(file) => open(&file).map(drop),
            None => Ok(()),
        }
    }

    /// What a file holds; `None` if there is no such file or it cannot be read.
    pub fn digest(&self, path: &SourcePath) -> Option<Digest> {
        match self.files.get(path)? {
            Origin::BuiltIn(bytes) => Some(Digest::of(bytes)),
            Origin::Disk { digest, .. } => match digest.get() {
                Some(known) => Some(*known),
                None => {
                    let found = digest_of(&self.root.join(path.as_str())).ok()?;
                    self.saw(path, found).ok().map(|()| found)
                }
            },
        }
    }

    /// Takes note of what a file held when something else than the snapshot read it.
    ///
    /// # Errors
    /// When it held something else before.
    pub fn saw(&self, path: &SourcePath, found: Digest) -> Result<(), ReadError> {
        match self.files.get(path) {
            Some(Origin::Disk { digest, .. }) => {
                agree(self.root.join(path.as_str()), digest, found)
            }
            _ => Ok(()),
        }
    }

    /// Takes over what is known of files whose stats prove that they are as they were.
    /// `known` is asked in the order of paths.
    pub fn recall(&self, mut known: impl FnMut(&SourcePath, Stat) -> Option<Digest>) {
        for (path, origin) in &self.files {
            if let Origin::Disk { stat, digest } = origin
                && let Some(found) = known(path, *stat)
            {
                let _ = digest.set(found);
            }
        }
    }

    /// All files of the disk, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = File<'_>> {
        self.files.iter().filter_map(|(path, origin)| match origin {
            Origin::Disk { stat, digest } => Some(File {
                path,
                digest: digest.get().copied(),
                proof: stat.is_proof_since(self.taken_at).then_some(*stat),
            }),
            Origin::BuiltIn(_) => None,
        })
    }

    /// The text of a file for showing a line of it; `None` if it has no text.
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        let bytes = match self.files.contains_key(path) {
            true => self.bytes(path).ok()?,
            false => read(&self.root.join(path.as_str())).ok()?,
        };
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether the site has a file.
    pub fn contains(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path)
    }

    /// All files below a folder, in the order of their paths.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a SourcePath> + use<'a> {
        let prefix = format!("{folder}/");
        let start = SourcePath::new(&prefix);
        self.files
            .range(start..)
            .map(|(path, _)| path)
            .take_while(move |path| path.as_str().starts_with(&prefix))
    }

    /// The size of a file in bytes.
    pub fn size(&self, path: &SourcePath) -> Option<u64> {
        match self.files.get(path)? {
            Origin::Disk { stat, .. } => Some(stat.size),
            Origin::BuiltIn(bytes) => Some(bytes.len() as u64),
        }
    }

    /// Where a file lies on the disk; `None` for what is built in.
    pub fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        match self.files.get(path)? {
            Origin::Disk { .. } => Some(self.root.join(path.as_str())),
            Origin::BuiltIn(_) => None,
        }
    }

    /// Says in which folder things may be put aside for which memory has no room; it is made if need
    /// be.
    pub fn put_aside_in(&mut self, folder: PathBuf) {
        self.shelf.set_folder(folder);
    }

    /// Says what things are going to be put aside of.
    pub fn will_put_aside<'p>(&mut self, files: impl Iterator<Item = &'p SourcePath>) {
        let bytes = files.filter_map(|path| self.size(path)).sum();
        self.shelf.expect(bytes);
    }

    /// Puts things of some files aside. Those that are taken once get lost where there is no room
    /// for them.
    pub fn put_aside(&self, batch: Batch) -> Vec<(AsideOnce, Aside)> {
        self.shelf.put(batch)
    }

    /// Files that were seen and left out, each with the reason.
    pub fn left_out(&self) -> &[(SourcePath, Reason)] {
        &self.left_out
    }

    /// Links to what else lies in the site's folder.
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

/// Walks the site once. Files that cannot be part of it become problems.
///
/// # Errors
/// When a folder of the site cannot be listed at all.
pub fn snapshot(
    root: &Path,
    config: &Config,
    config_path: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> Snapshot {
    let ignore = walk::Ignore::new(&config.ignore, config_path, problems);
    let mut snapshot = Snapshot {
        root: root.to_owned(),
        taken_at: now(),
        ..Snapshot::default()
    };
    let theme = format!("themes/{}", config.theme);
    let folders = FOLDERS.iter().copied().chain([theme.as_str()]);
    let looked = walk::walk_all(&mut snapshot, folders, &ignore, problems);
    let files = looked
        .into_iter()
        .filter_map(|file| file.map_err(|problem| problems.push(problem)).ok());
    snapshot.files = files.collect();
    for (path, bytes) in THEME_FILES {
        let path = SourcePath::new(format!("{BUILT_IN_FOLDER}/{path}"));
        snapshot.files.insert(path, Origin::BuiltIn(bytes));
    }
    let has_theme = config.theme == builtin::NAME || snapshot.below(&theme).next().is_some();
    if !has_theme {
        let message = say::no_theme(&config.theme);
        let spot = Spot::Value(vec![crate::data::Step::Key("theme".into())]);
        problems.push(
            Diagnostic::new(Code::ThemeMissing, config_path, spot, message)
                .help(say::put_theme(&theme, builtin::NAME)),
        );
    }
    snapshot
}

/// Finds and reads the configuration. `file` is what `--config` named.
///
/// # Errors
/// When the named file cannot be read, or when there is no site at `root`.
pub fn config(
    root: &Path,
    file: Option<&Path>,
) -> Result<(SourcePath, Option<Vec<u8>>), ReadError> {
    if let Some(file) = file {
        let path = root.join(file);
        let shown = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        return Ok((SourcePath::new(shown), Some(read_file(&path)?)));
    }
    for name in crate::config::CONFIG_NAMES {
        let path = root.join(name);
        if is_there(&path) {
            return Ok((SourcePath::new(name), Some(read_file(&path)?)));
        }
    }
    if is_folder(&root.join("content")) {
        return Ok((SourcePath::new(crate::config::CONFIG_NAMES[0]), None));
    }
    Err(ReadError {
        path: root.to_owned(),
        cause: Told::io(io::ErrorKind::NotFound, say::no_site()),
    })
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub cause: io::Error,
}

impl ReadError {
    /// The same as a problem of a file of a snapshot. Such a file was there, so what is not found any
    /// more went or changed meanwhile.
    pub fn problem(&self, path: &SourcePath) -> Diagnostic {
        let problem = |code, message| Diagnostic::new(code, path, Spot::File, message);
        match self.cause.kind() {
            io::ErrorKind::NotFound => problem(Code::ChangedWhileReading, say::changed_meanwhile())
                .help(say::build_again()),
            _ => {
                let message = say::file_unreadable(Argument::cause(&self.cause));
                problem(Code::Unreadable, message).help(say::check_file_rights())
            }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().english())
    }
}

impl Tell for ReadError {
    fn message(&self) -> Message {
        say::cannot_read(&self.path.display(), Argument::cause(&self.cause))
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// The first to read a file says what it holds; whoever finds something else does not find that.
fn agree(file: PathBuf, known: &OnceLock<Digest>, found: Digest) -> Result<(), ReadError> {
    match *known.get_or_init(|| found) == found {
        true => Ok(()),
        false => Err(ReadError {
            path: file,
            cause: Told::io(io::ErrorKind::NotFound, say::it_changed()),
        }),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "files carry the time of the system's clock"
)]
fn now() -> i64 {
    nanoseconds(SystemTime::now())
}

#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn open(path: &Path) -> Result<std::fs::File, ReadError> {
    std::fs::File::open(path).map_err(|cause| ReadError {
        path: path.to_owned(),
        cause,
    })
}

#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|cause| ReadError {
        path: path.to_owned(),
        cause,
    })
}

/// Reads a file that had a length when it was looked at. If it still has it, one call of the system
/// tells so: it was asked for a byte more.
fn read_as_long(path: &Path, length: u64) -> Result<Vec<u8>, ReadError> {
    let failed = |cause: io::Error| ReadError {
        path: path.to_owned(),
        cause,
    };
    let room = usize::try_from(length).map_or(usize::MAX, |length| length.saturating_add(1));
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    let reserved = bytes.try_reserve_exact(room);
    reserved.map_err(|_| failed(io::ErrorKind::OutOfMemory.into()))?;
    bytes.resize(room, 0);
    let read = loop {
        match file.read(&mut bytes) {
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            read => break read.map_err(failed)?,
        }
    };
    bytes.truncate(read);
    if read as u64 != length {
        file.read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(bytes)
}

#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn digest_of(path: &Path) -> io::Result<Digest> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Hasher::default();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hasher.digest()),
            Ok(count) => hasher.add(&piece[..count]),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
}

/// Reads what must be a file; a pipe would never end.
#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let cause = Told::io(io::ErrorKind::InvalidInput, say::not_a_file());
            Err(ReadError {
                path: path.to_owned(),
                cause,
            })
        }
        _ => read(path),
    }
}

/// Whether there is anything of this name, be it a link to nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_whatever_its_length_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        for text in ["", "a", "three"] {
            std::fs::write(&path, text).expect("a written file");
            for length in 0..8 {
                let bytes = read_as_long(&path, length).expect("it is there");
                assert_eq!(bytes, text.as_bytes(), "of {length} bytes");
            }
        }
        let error = read_as_long(&path, u64::MAX).expect_err("no memory is that large");
        assert_eq!(error.cause.kind(), io::ErrorKind::OutOfMemory);
    }
}
