//! Folders of files with their times.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// A new folder; in memory where there is plenty of it, for tests of thousands of builds would
/// wait for the disk, and nothing here depends on it.
pub fn temporary() -> TempDir {
    const PLENTY: u64 = 1 << 30;
    let memory = Path::new("/dev/shm");
    let folder = match free(memory) {
        Some(bytes) if bytes >= PLENTY => tempfile::tempdir_in(memory),
        _ => tempfile::tempdir(),
    };
    folder.expect("a temporary folder")
}

/// The free bytes of a file system.
#[allow(
    clippy::useless_conversion,
    reason = "other systems count in other types"
)]
fn free(folder: &Path) -> Option<u64> {
    let path = std::ffi::CString::new(folder.to_str()?).ok()?;
    let mut found = std::mem::MaybeUninit::<libc::statvfs>::uninit();
    // SAFETY: `path` ends with a zero byte, and what is found is only read if the call filled it.
    let found = unsafe {
        match libc::statvfs(path.as_ptr(), found.as_mut_ptr()) {
            0 => found.assume_init(),
            _ => return None,
        }
    };
    Some(u64::from(found.f_bavail) * u64::from(found.f_frsize))
}

/// Copies a folder, the times of its files included.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a copied file");
            set_time(&to, time(&path));
        }
    }
}

/// The paths of all files below a folder, sorted; none if it does not exist.
pub fn list(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths);
    paths.sort_unstable();
    paths
}

fn collect(folder: &Path, above: &str, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.expect("a readable entry");
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let path = format!("{above}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), paths);
        } else {
            paths.push(path);
        }
    }
}

/// When a file was changed.
pub fn time(file: &Path) -> SystemTime {
    let data = fs::metadata(file).expect("a file");
    data.modified().expect("a time")
}

/// Says that a file was changed at this time.
pub fn set_time(file: &Path, time: SystemTime) {
    let file = File::options().write(true).open(file).expect("a file");
    file.set_modified(time).expect("a changed time");
}

/// Says of all files below a folder that they were changed long ago, each at a time of its own.
pub fn age(folder: &Path) {
    const LONG_AGO: u64 = 1_600_000_000;
    for (at, path) in (0..).zip(list(folder)) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(LONG_AGO + at);
        set_time(&folder.join(path), time);
    }
}
