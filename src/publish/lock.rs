//! One build of a site at a time: a lock that the system releases when its process dies.

use std::fs::File;
use std::path::Path;

use super::disk;
use super::error::PublishError;

/// Held until dropped.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a site's store. Calls `wait` once if another process holds it, and then
    /// waits for it.
    pub(super) fn take(store: &Path, wait: &mut dyn FnMut()) -> Result<Self, PublishError> {
        let path = store.join("lock");
        let mut told = false;
        loop {
            disk::create_folders(store)?;
            let file = disk::open_lock(&path)?;
            if !disk::try_lock(&file, &path)? {
                if !told {
                    wait();
                    told = true;
                }
                disk::lock(&file, &path)?;
            }
            // `clean` may have removed the store while we waited, and this lock with it.
            if disk::still_stands(&file, &path) {
                return Ok(Self { _file: file });
            }
        }
    }
}
