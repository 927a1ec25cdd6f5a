//! Bytes that one stage puts aside for a later one, in a file without a name: they take no memory,
//! and nothing of them is left however the build ends.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ReadError;

/// Bytes that were put aside.
#[derive(Clone, Debug)]
pub struct Aside {
    file: Arc<AsideFile>,
    start: u64,
    length: u32,
}

impl Aside {
    /// Reads them back.
    ///
    /// # Errors
    /// When the device fails.
    pub fn read(&self) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; self.length as usize];
        let read = read_at(&self.file.file, &mut bytes, self.start);
        read.map(|()| bytes).map_err(|cause| ReadError {
            path: self.file.folder.clone(),
            cause,
        })
    }

    /// The number of bytes.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// The first bytes, and the rest.
    pub fn split_at(&self, first: u32) -> (Self, Self) {
        let length = first.min(self.length);
        let part = |start: u64, length: u32| Self {
            file: Arc::clone(&self.file),
            start,
            length,
        };
        let rest = self.length - length;
        (
            part(self.start, length),
            part(self.start + u64::from(length), rest),
        )
    }
}

/// The file, and how much of it is taken.
#[derive(Debug)]
pub(super) struct AsideFile {
    file: File,
    end: AtomicU64,
    folder: PathBuf,
    /// Whether there was no such folder before.
    is_made: bool,
}

impl AsideFile {
    /// A file in a folder, which is made if need be.
    #[expect(clippy::disallowed_methods, reason = "the file has no name to ask for")]
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let is_made = fs::create_dir(folder).is_ok();
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            end: AtomicU64::new(0),
            folder: folder.to_owned(),
            is_made,
        })
    }

    pub(super) fn put(self: &Arc<Self>, bytes: &[u8]) -> io::Result<Aside> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let start = self.end.fetch_add(length.into(), Ordering::Relaxed);
        write_at(&self.file, bytes, start)?;
        Ok(Aside {
            file: Arc::clone(self),
            start,
            length,
        })
    }
}

impl Drop for AsideFile {
    #[expect(clippy::disallowed_methods, reason = "goes only if nothing is in it")]
    fn drop(&mut self) {
        if self.is_made {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk")]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_comes_back_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let below = folder.path().join("store");
        let file = Arc::new(AsideFile::new(&below).expect("a file without a name"));
        let put = ["", "one", "文"].map(|text| file.put(text.as_bytes()).expect("room"));
        let back = |put: &Aside| put.read().expect("it is there");
        assert_eq!(
            put.each_ref().map(back),
            [&b""[..], b"one", "文".as_bytes()]
        );
        let (first, rest) = put[1].split_at(1);
        assert_eq!((back(&first), back(&rest)), (b"o".into(), b"ne".into()));
        assert_eq!(below.read_dir().expect("a folder").count(), 0);
        let beyond = Aside {
            length: 100,
            ..first.clone()
        };
        let error = beyond.read().expect_err("there are only six bytes");
        assert_eq!(error.cause.kind(), io::ErrorKind::UnexpectedEof);
        drop((file, put, first, rest, beyond));
        assert!(!below.is_dir());
    }
}
