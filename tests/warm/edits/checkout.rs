//! What happens to files without anybody editing them, and what brings them back.

use std::time::{Duration, SystemTime};

use super::articles::other_letter;
use super::targets::{articles, choose};
use crate::folder;
use crate::site::Site;

fn sources(site: &Site) -> Vec<String> {
    let sources = site.state().sources.into_keys();
    sources.collect()
}

/// A file has another time and the same bytes.
pub fn touched(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(articles(site), pick)?;
    touch(site, &path, pick);
    Some(())
}

/// As after a fresh checkout.
pub fn touched_all(site: &mut Site, pick: usize) -> Option<()> {
    for path in sources(site) {
        touch(site, &path, pick);
    }
    Some(())
}

fn touch(site: &Site, path: &str, pick: usize) {
    let path = site.root().join(path);
    let old = folder::time(&path);
    folder::set_time(&path, old + Duration::from_secs(60 + pick as u64));
}

/// Another file of the same bytes and time takes a file's place.
pub fn replaced_by_its_like(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(sources(site), pick)?;
    let (path, new) = (site.root().join(path), site.root().join("new-file"));
    std::fs::copy(&path, &new).expect("a copied file");
    folder::set_time(&new, folder::time(&path));
    std::fs::rename(new, path).expect("a renamed file");
    Some(())
}

/// Other bytes, and all that can be set says that they are the old ones.
pub fn same_size_and_time(site: &mut Site, pick: usize) -> Option<()> {
    with_time(site, pick, |old| old)
}

/// Other bytes, from longer ago than the ones they replace.
pub fn older_file(site: &mut Site, pick: usize) -> Option<()> {
    with_time(site, pick, |old| old - Duration::from_secs(3600))
}

fn with_time(site: &Site, pick: usize, time: impl Fn(SystemTime) -> SystemTime) -> Option<()> {
    let changed = articles(site).into_iter().filter_map(|path| {
        let text = site.text(&path)?;
        Some((path, other_letter(&text)?))
    });
    let (path, text) = choose(changed.collect(), pick)?;
    let file = site.root().join(&path);
    let old = folder::time(&file);
    site.put(&path, text);
    folder::set_time(&file, time(old));
    Some(())
}

/// The last edit is taken back.
pub fn undone(site: &mut Site, _: usize) -> Option<()> {
    let before = site.before.clone();
    (before != site.state()).then(|| site.restore(&before))
}

/// A site that cannot be built goes back to where it could.
pub fn mended(site: &mut Site, _: usize) -> Option<()> {
    let good = site.good.clone();
    (good != site.state()).then(|| site.restore(&good))
}
