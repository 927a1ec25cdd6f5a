//! The sources are looked at again and again, where the system does not tell of changes: network
//! drives, and folders shared with a virtual machine.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use super::super::burst::Order;
use super::super::sources::Sources;

/// Looks until it is dropped.
pub(super) struct Polling {
    _end: Sender<()>,
}

/// What tells one state of a file from another.
type Stamp = (Option<SystemTime>, u64, bool);

impl Polling {
    pub(super) fn start(sources: &Sources, orders: &Sender<Order>) -> Self {
        let (end, ended) = mpsc::channel();
        let (sources, orders) = (sources.clone(), orders.clone());
        let mut known = look(&sources);
        std::thread::spawn(move || {
            let mut pause = SHORTEST;
            while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let started = Instant::now();
                let found = look(&sources);
                for path in differences(&known, &found) {
                    if let Some(place) = sources.place(path) {
                        // The builds may have ended just now.
                        let _ = orders.send(Order::Changed(place));
                    }
                }
                known = found;
                pause = SHORTEST.max(started.elapsed() * SHARE);
            }
        });
        Self { _end: end }
    }
}

/// The pause between two looks.
const SHORTEST: Duration = Duration::from_millis(200);

/// A pause is so many times as long as a look, which leaves the processor to others.
const SHARE: u32 = 10;

/// Folders deeper than that are a circle of links.
const DEEPEST: usize = 64;

fn look(sources: &Sources) -> BTreeMap<PathBuf, Stamp> {
    let mut found = BTreeMap::new();
    for path in sources.files().into_iter().chain(sources.folders()) {
        enter(path, DEEPEST, sources, &mut found);
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn enter(path: PathBuf, deeper: usize, sources: &Sources, found: &mut BTreeMap<PathBuf, Stamp>) {
    let Ok(metadata) = std::fs::metadata(&path) else {
        return;
    };
    if sources.place(&path).is_none() {
        return;
    }
    if metadata.is_dir() && deeper > 0 {
        for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
            enter(entry.path(), deeper - 1, sources, found);
        }
    }
    found.insert(path, stamp(&metadata));
}

/// A folder changes with what is in it, which is looked at by itself.
fn stamp(metadata: &Metadata) -> Stamp {
    match metadata.is_dir() {
        true => (None, 0, true),
        false => (metadata.modified().ok(), metadata.len(), false),
    }
}

fn differences<'a>(
    known: &'a BTreeMap<PathBuf, Stamp>,
    found: &'a BTreeMap<PathBuf, Stamp>,
) -> impl Iterator<Item = &'a Path> {
    let gone = known.keys().filter(|path| !found.contains_key(*path));
    let changed = found
        .iter()
        .filter(|(path, stamp)| known.get(*path) != Some(*stamp))
        .map(|(path, _)| path);
    gone.chain(changed).map(PathBuf::as_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_changes_and_goes_is_a_difference() {
        let stamps = |entries: &[(&str, u64)]| -> BTreeMap<PathBuf, Stamp> {
            entries
                .iter()
                .map(|(path, size)| (PathBuf::from(path), (None, *size, false)))
                .collect()
        };
        let known = stamps(&[("a", 1), ("b", 1), ("c", 1)]);
        let found = stamps(&[("a", 1), ("b", 2), ("d", 1)]);
        let paths: Vec<&Path> = differences(&known, &found).collect();
        assert_eq!(paths, ["c", "b", "d"].map(Path::new));
    }
}
