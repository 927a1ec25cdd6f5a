//! The system tells of changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use crate::message::{Argument, Message, say};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::burst::Order;
use super::super::sources::Sources;
use crate::read::Link;

/// Watches until it is dropped.
pub(super) struct Native {
    watcher: RecommendedWatcher,
    /// The folder of the site, which is watched by itself.
    root: PathBuf,
    /// Folders that only links lead into, and whether with all that is in them.
    linked: BTreeMap<PathBuf, bool>,
}

impl Native {
    /// # Errors
    /// Why the system cannot tell, in words.
    pub(super) fn start(sources: &Sources, orders: &Sender<Order>) -> Result<Self, Message> {
        let (known, orders) = (sources.clone(), orders.clone());
        let tell = move |event: notify::Result<Event>| {
            for order in orders_of(event, &known) {
                // The builds may have ended just now.
                let _ = orders.send(order);
            }
        };
        let watcher = notify::recommended_watcher(tell).map_err(in_words)?;
        let mut native = Self {
            watcher,
            root: sources.real_root().to_owned(),
            linked: BTreeMap::new(),
        };
        native.watch(sources.root(), RecursiveMode::NonRecursive)?;
        if let Some(folder) = sources.folder_elsewhere() {
            native.watch(folder, RecursiveMode::NonRecursive)?;
        }
        for folder in sources.folders() {
            native.renew(&folder)?;
        }
        Ok(native)
    }

    /// Watches the folder that has this name now, if there is one.
    pub(super) fn renew(&mut self, folder: &Path) -> Result<(), Message> {
        // It may never have been watched, or have gone with its watch.
        let _ = self.watcher.unwatch(folder);
        if !is_folder(folder) {
            return Ok(());
        }
        self.watch(folder, RecursiveMode::Recursive)
    }

    /// Watches where links lead, and no longer where they led; returns those that nobody watched
    /// before.
    pub(super) fn follow_links<'l>(&mut self, links: &'l [Link]) -> Result<Vec<&'l Link>, Message> {
        let mut wanted = BTreeMap::new();
        let mut new = Vec::new();
        for link in links {
            let (folder, is_deep) = folder_of(&link.target);
            if folder == self.root {
                continue;
            }
            if !self.linked.contains_key(folder) {
                new.push(link);
            }
            *wanted.entry(folder.to_owned()).or_default() |= is_deep;
        }
        let before = std::mem::replace(&mut self.linked, wanted.clone());
        for folder in before.keys().filter(|folder| !wanted.contains_key(*folder)) {
            // It may have gone with its watch.
            let _ = self.watcher.unwatch(folder);
        }
        for (folder, is_deep) in wanted {
            if before.get(&folder) != Some(&is_deep) {
                let mode = match is_deep {
                    true => RecursiveMode::Recursive,
                    false => RecursiveMode::NonRecursive,
                };
                self.watch(&folder, mode)?;
            }
        }
        Ok(new)
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Message> {
        match self.watcher.watch(folder, mode) {
            // What vanishes while it is being listed is told of.
            Err(error) if !is_folder(folder) || is_absence(&error) => Ok(()),
            result => result.map_err(in_words),
        }
    }
}

fn orders_of(event: notify::Result<Event>, sources: &Sources) -> Vec<Order> {
    match event {
        Err(error) => vec![Order::Blind(in_words(error))],
        Ok(event) if event.need_rescan() => vec![Order::Unsure],
        Ok(event) if !may_change(event.kind) => Vec::new(),
        Ok(event) => {
            let places = event.paths.iter().filter_map(|path| sources.place(path));
            places.map(Order::Changed).collect()
        }
    }
}

/// Builds read every source; reading changes nothing.
fn may_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn in_words(error: notify::Error) -> Message {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => say::too_many_folders(),
        _ => say::verbatim(Argument::Foreign(error.to_string())),
    }
}

/// The folder to watch for a change of what a link leads to, and whether all that is in it counts.
fn folder_of(target: &Path) -> (&Path, bool) {
    match is_folder(target) {
        true => (target, true),
        false => (target.parent().unwrap_or(target), false),
    }
}

#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
