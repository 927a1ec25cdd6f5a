//! What happens to the notes on earlier builds.

use std::fs;

use crate::site::Site;

fn rewrite(site: &Site, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Option<()> {
    let store = site.store()?;
    let bytes = fs::read(&store).expect("the store");
    fs::write(store, change(bytes)).expect("a written store");
    Some(())
}

pub fn deleted(site: &mut Site, _: usize) -> Option<()> {
    fs::remove_file(site.store()?).expect("a removed store");
    Some(())
}

pub fn truncated(site: &mut Site, pick: usize) -> Option<()> {
    rewrite(site, |mut bytes| {
        let left = bytes.len() * (pick % 7 + 1) / 8;
        bytes.truncate(left);
        bytes
    })
}

pub fn emptied(site: &mut Site, _: usize) -> Option<()> {
    rewrite(site, |_| Vec::new())
}

pub fn flipped(site: &mut Site, pick: usize) -> Option<()> {
    rewrite(site, |mut bytes| {
        let at = bytes.len() * (pick % 7 + 1) / 8;
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << (pick % 8);
        }
        bytes
    })
}

pub fn foreign(site: &mut Site, _: usize) -> Option<()> {
    rewrite(site, |_| b"This was written by somebody else.\n".to_vec())
}

/// The store of the build before: whole, and no longer true.
pub fn older(site: &mut Site, _: usize) -> Option<()> {
    let older = site.older_store.clone()?;
    rewrite(site, |_| older.clone())
}

pub fn folder_deleted(site: &mut Site, _: usize) -> Option<()> {
    let folder = site.root().join(".courant");
    folder.is_dir().then(|| {
        fs::remove_dir_all(folder).expect("a removed folder");
        site.forget();
    })
}

/// The next build trusts nothing, and the one after that what the next one leaves.
pub fn doubted(site: &mut Site, _: usize) -> Option<()> {
    site.is_doubted = true;
    Some(())
}
