//! What lies in folders, and what they lie on.

use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use walkdir::WalkDir;

/// The files below a folder.
#[derive(Clone, Copy)]
pub struct Size {
    pub files: usize,
    pub bytes: u64,
}

pub fn size(folder: &Path) -> Size {
    let mut size = Size { files: 0, bytes: 0 };
    for entry in WalkDir::new(folder) {
        let data = entry.expect("an entry").metadata().expect("its metadata");
        if data.is_file() {
            size.files += 1;
            size.bytes += data.len();
        }
    }
    size
}

/// Removes a file or folder, if there is one.
pub fn remove(path: &Path) {
    let _ = fs::remove_dir_all(path);
    let _ = fs::remove_file(path);
}

/// Whether a folder is kept in memory.
pub fn is_in_memory(folder: &Path) -> bool {
    let path = CString::new(folder.as_os_str().as_bytes()).expect("a path without zeroes");
    // SAFETY: `statfs` is plain numbers, for which all zeroes are a value.
    let mut about: libc::statfs = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live values of the right types.
    let failed = unsafe { libc::statfs(path.as_ptr(), &mut about) };
    assert_eq!(failed, 0, "{folder:?} can be asked about");
    about.f_type == libc::TMPFS_MAGIC
}

/// Has what was written before written to the disk, so that nobody pays for it later.
pub fn settle() {
    // SAFETY: it takes nothing and cannot fail.
    unsafe { libc::sync() };
}
