//! Bytes that one stage puts aside for a later one: those of a site of usual size in memory, those of
//! a large one in a file without a name, of which nothing is left however the build ends.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::ReadError;

/// The bytes that memory has room for: about what ten thousand articles need. Where assertions are
/// checked it is so little that tests meet the file too.
const ROOM: usize = match cfg!(debug_assertions) {
    true => 4 << 10,
    false => 64 << 20,
};

/// Bytes that were put aside.
#[derive(Clone, Debug)]
pub enum Aside {
    /// In memory, until nobody wants them any more.
    Memory(Arc<[u8]>),
    /// In the file.
    File(InFile),
}

/// A place in the file.
#[derive(Clone, Debug)]
pub struct InFile {
    file: Arc<AsideFile>,
    start: u64,
    length: u32,
}

impl Aside {
    /// Reads them back.
    ///
    /// # Errors
    /// When the device fails.
    pub fn read(&self) -> Result<Cow<'_, [u8]>, ReadError> {
        match self {
            Self::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::File(place) => place.read().map(Cow::Owned),
        }
    }

    /// The number of bytes.
    pub fn length(&self) -> usize {
        match self {
            Self::Memory(bytes) => bytes.len(),
            Self::File(place) => place.length as usize,
        }
    }
}

impl InFile {
    fn read(&self) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; self.length as usize];
        let read = read_at(&self.file.file, &mut bytes, self.start);
        read.map(|()| bytes).map_err(|cause| ReadError {
            path: self.file.folder.clone(),
            cause,
        })
    }

    /// The first bytes, and the rest.
    fn split_at(self, first: u32) -> (Self, Self) {
        let rest = Self {
            file: Arc::clone(&self.file),
            start: self.start + u64::from(first),
            length: self.length - first,
        };
        let length = first;
        (Self { length, ..self }, rest)
    }
}

/// Bytes that were put aside for the first who asks for them: afterwards they take no memory.
#[derive(Clone, Debug, Default)]
pub enum AsideOnce {
    /// There are none.
    #[default]
    Nothing,
    /// In memory, until they are taken.
    Memory(Arc<Mutex<Option<Arc<[u8]>>>>),
    /// In the file.
    File(InFile),
}

impl AsideOnce {
    /// Takes them away, if nobody did.
    pub fn take(&self) -> Option<Aside> {
        match self {
            Self::Nothing => None,
            Self::Memory(held) => {
                let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
                held.take().map(Aside::Memory)
            }
            Self::File(place) => Some(Aside::File(place.clone())),
        }
    }
}

impl From<Aside> for AsideOnce {
    fn from(aside: Aside) -> Self {
        match aside {
            Aside::Memory(bytes) => Self::Memory(Arc::new(Mutex::new(Some(bytes)))),
            Aside::File(place) => Self::File(place),
        }
    }
}

/// Where things are put aside.
#[derive(Debug)]
pub(super) struct Shelf {
    /// The bytes that may lie in memory.
    room: usize,
    /// Those that were put there.
    taken: AtomicUsize,
    /// Where the file may be made; `None` if nothing may be written.
    folder: Option<PathBuf>,
    file: OnceLock<Option<Arc<AsideFile>>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self {
            room: ROOM,
            taken: AtomicUsize::new(0),
            folder: None,
            file: OnceLock::new(),
        }
    }
}

impl Shelf {
    /// Says in which folder the file may be made.
    pub(super) fn set_folder(&mut self, folder: PathBuf) {
        self.folder = Some(folder);
    }

    /// Says how many bytes of articles there are. Of a site that is much too large nothing lies in
    /// memory: little time would be won, and what is given back is in pieces too small for what
    /// comes later.
    pub(super) fn expect(&mut self, bytes: u64) {
        let most = ROOM as u64 + ROOM as u64 / 4;
        self.room = if bytes > most { 0 } else { ROOM };
    }

    /// Puts two things aside; `None` where there is no room for them.
    pub(super) fn put(&self, first: &[u8], second: &[u8]) -> Option<(Aside, Aside)> {
        let length = first.len() + second.len();
        if self.taken.fetch_add(length, Ordering::Relaxed) + length <= self.room {
            return Some((Aside::Memory(first.into()), Aside::Memory(second.into())));
        }
        let new = || AsideFile::new(self.folder.as_deref()?).ok().map(Arc::new);
        let file = self.file.get_or_init(new).as_ref()?;
        // One call of the system costs less than two.
        let place = file.put(&[first, second].concat()).ok()?;
        let (first, second) = place.split_at(u32::try_from(first.len()).ok()?);
        Some((Aside::File(first), Aside::File(second)))
    }
}

/// The file, and how much of it is taken.
#[derive(Debug)]
struct AsideFile {
    file: File,
    end: AtomicU64,
    folder: PathBuf,
    /// Whether there was no such folder before.
    is_made: bool,
}

impl AsideFile {
    /// A file in a folder, which is made if need be.
    #[expect(clippy::disallowed_methods, reason = "the file has no name to ask for")]
    fn new(folder: &Path) -> io::Result<Self> {
        let is_made = fs::create_dir(folder).is_ok();
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            end: AtomicU64::new(0),
            folder: folder.to_owned(),
            is_made,
        })
    }

    fn put(self: &Arc<Self>, bytes: &[u8]) -> io::Result<InFile> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let start = self.end.fetch_add(length.into(), Ordering::Relaxed);
        write_at(&self.file, bytes, start)?;
        Ok(InFile {
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
        let mut shelf = Shelf::default();
        shelf.set_folder(below.clone());
        let put = |shelf: &Shelf, first: &str, second: &str| {
            let put = shelf.put(first.as_bytes(), second.as_bytes());
            put.expect("there is room")
        };
        let small = put(&shelf, "a", "bc");
        assert!(matches!(small, (Aside::Memory(_), Aside::Memory(_))));
        assert!(!below.exists(), "no file is made before it is needed");
        shelf.expect(u64::MAX);
        let large = ["", "one", "文"].map(|text| put(&shelf, text, "rest"));
        for (first, second) in &large {
            assert!(matches!((first, second), (Aside::File(_), Aside::File(_))));
        }
        let back = |aside: &Aside| aside.read().expect("it is there").into_owned();
        let both = |(first, second): &(Aside, Aside)| {
            assert_eq!(back(first).len(), first.length());
            String::from_utf8([back(first), back(second)].join(&b'|')).expect("it was text")
        };
        assert_eq!(both(&small), "a|bc");
        assert_eq!(large.each_ref().map(both), ["|rest", "one|rest", "文|rest"]);
        assert_eq!(below.read_dir().expect("a folder").count(), 0);

        let Aside::File(place) = large[0].0.clone() else {
            panic!("it was put in the file");
        };
        let length = 100;
        let beyond = Aside::File(InFile { length, ..place });
        let error = beyond.read().expect_err("there are fewer bytes");
        assert_eq!(error.cause.kind(), io::ErrorKind::UnexpectedEof);
        drop((shelf, small, large, beyond));
        assert!(!below.is_dir());
    }

    #[test]
    fn what_is_for_one_is_given_once() {
        let shelf = Shelf::default();
        let (first, _) = shelf.put(b"one", b"").expect("memory has room");
        let once = AsideOnce::from(first);
        let copy = once.clone();
        let taken = once.take().expect("nobody took it");
        assert_eq!(&*taken.read().expect("it is in memory"), b"one");
        assert!(once.take().is_none() && copy.take().is_none());
        assert!(AsideOnce::default().take().is_none());
    }

    #[test]
    fn without_a_folder_there_is_no_room_but_in_memory() {
        let shelf = Shelf::default();
        assert!(shelf.put(b"ab", b"cd").is_some());
        assert!(shelf.put(&[0; ROOM], b"e").is_none());
    }
}
