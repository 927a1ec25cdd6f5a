//! Bytes that one stage puts aside for a later one, in a file without a name: they take no memory,
//! and nothing of them is left however the build ends.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The file, and how much of it is taken.
#[derive(Debug)]
pub(super) struct Aside {
    file: File,
    end: AtomicU64,
    /// The folder, if there was none before.
    made: Option<PathBuf>,
}

impl Aside {
    /// A file in a folder, which is made if need be.
    #[expect(clippy::disallowed_methods, reason = "the file has no name to ask for")]
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let made = fs::create_dir(folder).is_ok().then(|| folder.to_owned());
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            end: AtomicU64::new(0),
            made,
        })
    }

    pub(super) fn put(&self, bytes: &[u8]) -> io::Result<Range<u64>> {
        let length = bytes.len() as u64;
        let start = self.end.fetch_add(length, Ordering::Relaxed);
        write_at(&self.file, bytes, start)?;
        Ok(start..start + length)
    }

    pub(super) fn get(&self, place: &Range<u64>) -> io::Result<Vec<u8>> {
        let length = usize::try_from(place.end - place.start).map_err(io::Error::other)?;
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, place.start)?;
        Ok(bytes)
    }
}

impl Drop for Aside {
    #[expect(clippy::disallowed_methods, reason = "goes only if nothing is in it")]
    fn drop(&mut self) {
        if let Some(folder) = &self.made {
            let _ = fs::remove_dir(folder);
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
        let aside = Aside::new(&below).expect("a file without a name");
        let places: Vec<_> = ["", "one", "文"]
            .map(|text| aside.put(text.as_bytes()).expect("room"))
            .into();
        let back: Vec<_> = places
            .iter()
            .map(|place| aside.get(place).expect("it is there"))
            .collect();
        assert_eq!(back, ["".as_bytes(), b"one", "文".as_bytes()]);
        assert!(aside.get(&(1..100)).is_err());
        assert_eq!(below.read_dir().expect("a folder").count(), 0);
        drop(aside);
        assert!(!below.is_dir());
    }
}
