//! The files of the output folder, found by the paths of requests.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use http_body_util::Channel;
use hyper::body::Bytes;

use crate::path::OutputPath;

/// What stands at a path.
pub(super) enum Found {
    File(Opened),
    /// A folder with a page of its own; its address ends with `/`.
    Folder,
    Nothing,
}

/// A file that is open: it stays whole, whatever a build does to its name.
pub(super) struct Opened {
    file: File,
    /// Below the output folder.
    pub(super) name: String,
    pub(super) size: u64,
    /// Tells this state of the file from others.
    pub(super) stamp: String,
}

/// Looks for what a decoded path of the site stands for: `news/a/`.
pub(super) fn find(root: &Path, path: &str) -> Found {
    let name = match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    };
    let Some(file) = place(root, &name) else {
        return Found::Nothing;
    };
    if let Ok(Some(opened)) = open(&file, name) {
        return Found::File(opened);
    }
    match place(root, &format!("{path}/index.html")) {
        Some(page) if is_file(&page) => Found::Folder,
        _ => Found::Nothing,
    }
}

/// The page that stands for a missing one: the nearest `404.html` at or above its folder.
pub(super) fn not_found(root: &Path, path: &str) -> Option<Opened> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if let Found::File(opened) = find(root, &format!("{above}/404.html")) {
            return Some(opened);
        }
        folder = above;
    }
    match find(root, "404.html") {
        Found::File(opened) => Some(opened),
        _ => None,
    }
}

/// Where a file lies, links followed; `None` if that is not in the output folder.
#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn place(root: &Path, name: &str) -> Option<PathBuf> {
    let name = OutputPath::checked(name).ok()?;
    let below = Path::new(name.as_str());
    // On some systems a name such as `C:` leads elsewhere.
    if !below
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let place = root.join(below).canonicalize().ok()?;
    place.starts_with(&root).then_some(place)
}

#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn open(path: &Path, name: String) -> io::Result<Option<Opened>> {
    // A pipe would keep whoever opens it waiting.
    if !is_file(path) {
        return Ok(None);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let changed = metadata.modified()?;
    let changed = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Some(Opened {
        size: metadata.len(),
        stamp: format!("{:x}-{:x}", metadata.len(), changed.as_nanos()),
        file,
        name,
    }))
}

#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether the output folder is there at all.
#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
pub(super) fn is_folder(root: &Path) -> bool {
    root.is_dir()
}

impl Opened {
    pub(super) fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or_default());
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The file, ready to be read from a place.
    pub(super) fn from(mut self, first: u64) -> io::Result<File> {
        self.file.seek(SeekFrom::Start(first))?;
        Ok(self.file)
    }
}

/// Sends so many bytes of a file, piece by piece.
pub(super) fn stream(file: File, length: u64) -> Channel<Bytes> {
    const AHEAD: usize = 2;
    let (mut sender, body) = Channel::new(AHEAD);
    tokio::spawn(async move {
        let (mut file, mut left) = (file, length);
        while left > 0 {
            let read = tokio::task::spawn_blocking(move || {
                let piece = piece(&mut file, left);
                (file, piece)
            });
            let Ok((same, Ok(bytes))) = read.await else {
                return;
            };
            (file, left) = (same, left - bytes.len() as u64);
            if bytes.is_empty() || sender.send_data(bytes).await.is_err() {
                return;
            }
        }
    });
    body
}

fn piece(file: &mut File, left: u64) -> io::Result<Bytes> {
    const PIECE: u64 = 128 * 1024;
    let mut bytes = Vec::new();
    file.take(left.min(PIECE)).read_to_end(&mut bytes)?;
    Ok(bytes.into())
}
