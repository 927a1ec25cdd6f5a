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
pub struct Aside {
    place: Arc<Place>,
    start: u64,
    length: u32,
}

#[derive(Debug)]
enum Place {
    /// In memory, until nobody wants them any more, nor what lies beside them.
    Memory(Vec<u8>),
    File(AsideFile),
}

impl Aside {
    /// Reads them back.
    ///
    /// # Errors
    /// When the device fails.
    pub fn read(&self) -> Result<Cow<'_, [u8]>, ReadError> {
        match &*self.place {
            Place::Memory(block) => {
                let from_start = &block[self.start as usize..];
                Ok(Cow::Borrowed(&from_start[..self.length()]))
            }
            Place::File(file) => file.get(self.start, self.length()).map(Cow::Owned),
        }
    }

    /// The number of bytes.
    pub fn length(&self) -> usize {
        self.length as usize
    }

    /// Whether they lie in memory, for which there was room.
    pub fn is_in_memory(&self) -> bool {
        matches!(*self.place, Place::Memory(_))
    }
}

/// Bytes that were put aside for the first who asks for them: afterwards they take no memory.
#[derive(Clone, Debug, Default)]
pub enum AsideOnce {
    /// There are none.
    #[default]
    Nothing,
    /// In memory, until they are taken.
    Memory(Arc<Mutex<Option<Aside>>>),
    /// In the file.
    File(Aside),
}

impl AsideOnce {
    /// Takes them away, if nobody did.
    pub fn take(&self) -> Option<Aside> {
        match self {
            Self::Nothing => None,
            Self::Memory(held) => {
                let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
                held.take()
            }
            Self::File(aside) => Some(aside.clone()),
        }
    }
}

impl From<Aside> for AsideOnce {
    fn from(aside: Aside) -> Self {
        match &*aside.place {
            _ if aside.length == 0 => Self::Nothing,
            Place::Memory(_) => Self::Memory(Arc::new(Mutex::new(Some(aside)))),
            Place::File(_) => Self::File(aside),
        }
    }
}

/// Things of several files that are put aside together: one of each that is taken once, and one that
/// stays. Side by side they waste less room than by themselves, and one call of the system does for
/// all.
#[derive(Debug, Default)]
pub struct Batch {
    taken: Vec<u8>,
    staying: Vec<u8>,
    /// Where those of each file end.
    ends: Vec<(usize, usize)>,
}

impl Batch {
    /// A batch of so many files, with so many bytes in all.
    pub fn of(files: usize, bytes: u64) -> Self {
        // HTML is longer than Markdown by a third or so; a summary has a kilobyte and some more. What
        // is said to be very long may not be so.
        const MOST: u64 = 1 << 20;
        let bytes = bytes.saturating_add(bytes / 2).min(MOST);
        Self {
            taken: Vec::with_capacity(bytes as usize),
            staying: Vec::with_capacity(files * 1536),
            ends: Vec::with_capacity(files),
        }
    }

    /// Adds those of one file. What is as long as no file should be is lost.
    pub fn push(&mut self, taken: &[u8], staying: &[u8]) {
        if u32::try_from(taken.len()).is_ok() {
            self.taken.extend_from_slice(taken);
        }
        self.staying.extend_from_slice(staying);
        self.ends.push((self.taken.len(), self.staying.len()));
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
    /// `None` if there can be none.
    file: OnceLock<Option<Arc<Place>>>,
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

    /// Puts things aside. Those that are taken once get lost where there is no room for them.
    pub(super) fn put(&self, batch: Batch) -> Vec<(AsideOnce, Aside)> {
        let Batch {
            taken,
            staying,
            ends,
        } = batch;
        let (taken, staying) = self.put_blocks(taken, staying);
        let mut from = (0, 0);
        let things = ends.into_iter().map(|to| {
            let once = taken.as_ref().map(|block| block.part(from.0..to.0));
            let stays = staying.part(from.1..to.1);
            from = to;
            (once.map(AsideOnce::from).unwrap_or_default(), stays)
        });
        things.collect()
    }

    fn put_blocks(&self, taken: Vec<u8>, staying: Vec<u8>) -> (Option<Block>, Block) {
        let length = taken.len() + staying.len();
        if self.taken.fetch_add(length, Ordering::Relaxed) + length <= self.room {
            return (Some(Block::in_memory(taken)), Block::in_memory(staying));
        }
        match self.put_in_file([&taken, &staying]) {
            Some([taken, staying]) => (Some(taken), staying),
            None => (None, Block::in_memory(staying)),
        }
    }

    fn put_in_file(&self, blocks: [&[u8]; 2]) -> Option<[Block; 2]> {
        let new = || {
            let file = AsideFile::new(self.folder.as_deref()?).ok()?;
            Some(Arc::new(Place::File(file)))
        };
        let place = self.file.get_or_init(new).as_ref()?;
        let Place::File(file) = &**place else {
            return None;
        };
        let starts = file.put(blocks).ok()?;
        Some(starts.map(|start| Block {
            place: Arc::clone(place),
            start,
        }))
    }
}

/// Bytes that lie side by side.
struct Block {
    place: Arc<Place>,
    start: u64,
}

impl Block {
    fn in_memory(bytes: Vec<u8>) -> Self {
        Self {
            place: Arc::new(Place::Memory(bytes)),
            start: 0,
        }
    }

    fn part(&self, range: Range<usize>) -> Aside {
        let length = u32::try_from(range.len());
        Aside {
            place: Arc::clone(&self.place),
            start: self.start + range.start as u64,
            length: length.expect("a summary is short, and HTML that is not is left out"),
        }
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

    /// Puts blocks down and says where they begin.
    fn put(&self, blocks: [&[u8]; 2]) -> io::Result<[u64; 2]> {
        let length = blocks[0].len() + blocks[1].len();
        let first = self.end.fetch_add(length as u64, Ordering::Relaxed);
        let second = first + blocks[0].len() as u64;
        write_at(&self.file, blocks[0], first)?;
        write_at(&self.file, blocks[1], second)?;
        Ok([first, second])
    }

    fn get(&self, start: u64, length: usize) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; length];
        let read = read_at(&self.file, &mut bytes, start);
        read.map(|()| bytes).map_err(|cause| ReadError {
            path: self.folder.clone(),
            cause,
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
        let put = |shelf: &Shelf| {
            let mut batch = Batch::default();
            for (taken, staying) in [("", "rest"), ("one", ""), ("文", "x")] {
                batch.push(taken.as_bytes(), staying.as_bytes());
            }
            shelf.put(batch)
        };
        let small = put(&shelf);
        assert!(!below.exists(), "no file is made before it is needed");
        shelf.expect(u64::MAX);
        let large = [put(&shelf), put(&shelf)];
        let back = |aside: &Aside| {
            let bytes = aside.read().expect("it is there");
            assert_eq!(bytes.len(), aside.length());
            String::from_utf8(bytes.into_owned()).expect("it was text")
        };
        for (put, is_in_memory) in [(&small, true), (&large[0], false), (&large[1], false)] {
            let mut stays = put.iter().map(|(_, stays)| stays);
            assert!(stays.all(|stays| stays.is_in_memory() == is_in_memory));
            let back = put.iter().map(|(once, stays)| {
                let taken = once.take();
                (taken.as_ref().map(back), back(stays))
            });
            let text = |text: &str| text.to_owned();
            assert_eq!(
                back.collect::<Vec<_>>(),
                [
                    (None, text("rest")),
                    (Some(text("one")), text("")),
                    (Some(text("文")), text("x"))
                ]
            );
        }
        assert_eq!(below.read_dir().expect("a folder").count(), 0);

        let (_, last) = large[1].last().expect("three were put").clone();
        let beyond = Aside {
            length: 100,
            ..last
        };
        let error = beyond.read().expect_err("there are fewer bytes");
        assert_eq!(error.cause.kind(), io::ErrorKind::UnexpectedEof);
        drop((shelf, small, large, beyond));
        assert!(!below.is_dir());
    }

    #[test]
    fn what_is_for_one_is_given_once() {
        let shelf = Shelf::default();
        let mut batch = Batch::default();
        batch.push(b"one", b"");
        let (once, _) = shelf.put(batch).remove(0);
        let copy = once.clone();
        let taken = once.take().expect("nobody took it");
        assert_eq!(&*taken.read().expect("it is in memory"), b"one");
        assert!(once.take().is_none() && copy.take().is_none());
        assert!(AsideOnce::default().take().is_none());
    }

    #[test]
    fn without_a_folder_there_is_no_room_but_in_memory() {
        let shelf = Shelf::default();
        let put = |length: usize| {
            let mut batch = Batch::default();
            batch.push(&vec![0; length], b"e");
            let (once, stays) = shelf.put(batch).remove(0);
            assert_eq!(&*stays.read().expect("it is in memory"), b"e");
            once.take().is_some()
        };
        assert_eq!([put(2), put(ROOM)], [true, false]);
    }
}
