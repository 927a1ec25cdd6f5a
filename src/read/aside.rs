//! Bytes that one stage puts aside for a later one: those of a site of usual size in memory, those of
//! a large one in a file without a name, of which nothing is left however the build ends.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
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
    /// In memory, until nobody wants them any more, nor what lies beside them.
    Memory(InMemory),
    /// In the file.
    File(InFile),
}

/// A place in memory.
#[derive(Clone, Debug)]
pub struct InMemory {
    block: Arc<Vec<u8>>,
    range: Range<usize>,
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
            Self::Memory(place) => Ok(Cow::Borrowed(&place.block[place.range.clone()])),
            Self::File(place) => place.read().map(Cow::Owned),
        }
    }

    /// The number of bytes.
    pub fn length(&self) -> usize {
        match self {
            Self::Memory(place) => place.range.len(),
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
}

/// Bytes that were put aside for the first who asks for them: afterwards they take no memory.
#[derive(Clone, Debug, Default)]
pub enum AsideOnce {
    /// There are none.
    #[default]
    Nothing,
    /// In memory, until they are taken.
    Memory(Arc<Mutex<Option<InMemory>>>),
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
            Aside::Memory(place) => Self::Memory(Arc::new(Mutex::new(Some(place)))),
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

    /// Puts pairs of things aside; `None` where there is no room for them.
    pub(super) fn put(&self, pairs: &[[&[u8]; 2]]) -> Option<Vec<[Aside; 2]>> {
        let lengths = pairs.as_flattened().iter().map(|bytes| bytes.len());
        let length = lengths.sum();
        if self.taken.fetch_add(length, Ordering::Relaxed) + length <= self.room {
            return Some(in_memory(pairs));
        }
        let new = || AsideFile::new(self.folder.as_deref()?).ok().map(Arc::new);
        let file = self.file.get_or_init(new).as_ref()?;
        file.put(pairs).ok()
    }
}

/// Puts pairs of things into memory: all that stand first side by side, and so all that stand
/// second. A block wastes less than its things would by themselves, and is given back as a whole.
fn in_memory(pairs: &[[&[u8]; 2]]) -> Vec<[Aside; 2]> {
    let mut blocks = [0, 1].map(|which| {
        let things: Vec<&[u8]> = pairs.iter().map(|pair| pair[which]).collect();
        (Arc::new(things.concat()), 0)
    });
    let mut place = |which: usize, bytes: &[u8]| {
        let (block, end) = &mut blocks[which];
        let start = *end;
        *end += bytes.len();
        Aside::Memory(InMemory {
            block: Arc::clone(block),
            range: start..*end,
        })
    };
    let pairs = pairs.iter();
    pairs
        .map(|[first, second]| [place(0, first), place(1, second)])
        .collect()
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

    fn put(self: &Arc<Self>, pairs: &[[&[u8]; 2]]) -> io::Result<Vec<[Aside; 2]>> {
        // One call of the system costs less than many.
        let bytes = pairs.as_flattened().concat();
        let mut end = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(&self.file, &bytes, end)?;
        let mut place = |bytes: &[u8]| -> io::Result<Aside> {
            let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
            let start = end;
            end += u64::from(length);
            Ok(Aside::File(InFile {
                file: Arc::clone(self),
                start,
                length,
            }))
        };
        let pairs = pairs.iter();
        pairs
            .map(|[first, second]| Ok([place(first)?, place(second)?]))
            .collect()
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
        let pairs: [[&[u8]; 2]; 3] = [[b"", b"rest"], [b"one", b""], ["文".as_bytes(), b"x"]];
        let small = shelf.put(&pairs).expect("memory has room");
        let lie_in_memory =
            |pair: &[Aside; 2]| matches!(pair, [Aside::Memory(_), Aside::Memory(_)]);
        assert!(small.iter().all(lie_in_memory));
        assert!(!below.exists(), "no file is made before it is needed");
        shelf.expect(u64::MAX);
        let large = shelf.put(&pairs).expect("the file has room");
        let more = shelf.put(&pairs).expect("the file has room");
        let lie_in_file = |pair: &[Aside; 2]| matches!(pair, [Aside::File(_), Aside::File(_)]);
        assert!(large.iter().chain(&more).all(lie_in_file));
        let back = |aside: &Aside| {
            let bytes = aside.read().expect("it is there");
            assert_eq!(bytes.len(), aside.length());
            String::from_utf8(bytes.into_owned()).expect("it was text")
        };
        for put in [&small, &large, &more] {
            let back: Vec<_> = put.iter().map(|pair| pair.each_ref().map(back)).collect();
            assert_eq!(back, [["", "rest"], ["one", ""], ["文", "x"]]);
        }
        assert_eq!(below.read_dir().expect("a folder").count(), 0);

        let Aside::File(place) = large[0][0].clone() else {
            panic!("it was put in the file");
        };
        let length = 100;
        let beyond = Aside::File(InFile { length, ..place });
        let error = beyond.read().expect_err("there are fewer bytes");
        assert_eq!(error.cause.kind(), io::ErrorKind::UnexpectedEof);
        drop((shelf, small, large, more, beyond));
        assert!(!below.is_dir());
    }

    #[test]
    fn what_is_for_one_is_given_once() {
        let shelf = Shelf::default();
        let mut put = shelf.put(&[[b"one", b""]]).expect("memory has room");
        let [first, _] = put.pop().expect("one for each pair");
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
        assert!(shelf.put(&[[b"ab", b"cd"]]).is_some());
        assert!(shelf.put(&[[&[0; ROOM], b"e"]]).is_none());
    }
}
