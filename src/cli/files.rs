//! The files that the command line itself reads and makes. Every error names its path.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::message::{Argument, Message, Operation, Tell, Told, say};

/// A file or folder that could not be read or made.
#[derive(Debug)]
pub(super) struct FileError {
    operation: Operation,
    path: PathBuf,
    cause: io::Error,
}

impl FileError {
    fn new(operation: Operation, path: &Path, cause: io::Error) -> Self {
        Self {
            operation,
            path: path.to_owned(),
            cause,
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().english())
    }
}

impl Tell for FileError {
    fn message(&self) -> Message {
        (self.operation)(
            Argument::from(&self.path.display()),
            Argument::cause(&self.cause),
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

/// A path without `..`, and without links in the folders above its last part, as far as they
/// exist.
pub(super) fn settled(path: &Path) -> PathBuf {
    let folder = path.parent().map(real);
    match (path.components().next_back(), folder) {
        (Some(Component::Normal(name)), Some(folder)) => folder.join(name),
        (Some(Component::ParentDir), Some(mut folder)) => {
            folder.pop();
            folder
        }
        _ => path.to_owned(),
    }
}

/// A path without `..` and without links, as far as it exists.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| settled(path))
}

/// The text of a file; `None` if there is no such file.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn text(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(FileError::new(say::cannot_read, path, cause)),
    }
}

/// Makes a file with its folders; it appears whole or not at all.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn write(path: &Path, text: &str) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .map_err(|cause| FileError::new(say::cannot_create, folder, cause))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, path));
    written.map_err(|cause| {
        // Whatever stopped the writing is the news; a leftover is hidden and ignored.
        let _ = fs::remove_file(&draft);
        FileError::new(say::cannot_write, path, cause)
    })
}

/// Puts a text in the place of a file that holds these bytes. The old text is there until the
/// new one is on the disk as a whole; a file that has changed meanwhile stays as it is.
#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
pub(super) fn replace(path: &Path, old: &[u8], text: &str) -> Result<(), FileError> {
    let path = real(path);
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let replaced = write_through(&draft, text)
        .and_then(|()| fs::set_permissions(&draft, fs::metadata(&path)?.permissions()))
        .and_then(|()| match fs::read(&path)? == old {
            true => fs::rename(&draft, &path),
            false => Err(Told::io(io::ErrorKind::Other, say::changed_since())),
        });
    replaced.map_err(|cause| {
        // Whatever stopped the writing is the news; a leftover is hidden and ignored.
        let _ = fs::remove_file(&draft);
        FileError::new(say::cannot_write, &path, cause)
    })
}

#[expect(clippy::disallowed_methods, reason = "the command's own edge")]
fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test prepares its folder")]
mod tests {
    use super::*;

    #[test]
    fn a_settled_path_has_no_way_back_up() {
        for (path, settled_path) in [
            ("/no-such-folder/a/../b", "/no-such-folder/b"),
            ("/no-such-folder/a/..", "/no-such-folder"),
            ("/no-such-folder/../../..", "/"),
            ("/", "/"),
        ] {
            assert_eq!(settled(Path::new(path)), Path::new(settled_path));
            assert_eq!(real(Path::new(path)), Path::new(settled_path));
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_replaced_file_keeps_its_rights_and_its_place() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("rights");
        symlink("a.md", &link).expect("a link");

        replace(&link, b"old", "new").expect("replaced");

        assert_eq!(fs::read(&file).expect("a file"), b"new");
        assert_eq!(fs::read_link(&link).expect("a link"), Path::new("a.md"));
        let mode = file.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
    }

    #[test]
    fn a_file_that_changed_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "newer").expect("a file");

        let error = replace(&file, b"old", "new").expect_err("refused");

        assert!(
            error.to_string().ends_with("it was changed meanwhile"),
            "{error}"
        );
        assert_eq!(fs::read(&file).expect("a file"), b"newer");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
