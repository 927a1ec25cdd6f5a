//! The files that the command line itself reads and makes. Every error names its path.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file or folder that could not be read or made.
#[derive(Debug)]
pub(super) struct FileError {
    operation: &'static str,
    path: PathBuf,
    cause: io::Error,
}

impl FileError {
    fn new(operation: &'static str, path: &Path, cause: io::Error) -> Self {
        Self {
            operation,
            path: path.to_owned(),
            cause,
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "cannot {} {}: {}",
            self.operation,
            self.path.display(),
            self.cause
        )
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Whether there is anything at a path, even a link to nowhere.
pub(super) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The folder that a path, or the nearest folder above it that exists, really is: links followed.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn nearest_real_folder(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .find_map(|folder| folder.canonicalize().ok())
}

/// The text of a file; `None` if there is no such file.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn text(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(FileError::new("read", path, cause)),
    }
}

/// Makes a file with its folders; it appears whole or not at all.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn write(path: &Path, text: &str) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|cause| FileError::new("create", folder, cause))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, path));
    written.map_err(|cause| {
        // Whatever stopped the writing is the news; a leftover is hidden and ignored.
        let _ = fs::remove_file(&draft);
        FileError::new("write", path, cause)
    })
}
