//! The system tells of changes.

use std::path::Path;
use std::sync::mpsc::Sender;

use crate::message::{Argument, Message, say};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::burst::Order;
use super::super::sources::Sources;

/// Watches until it is dropped.
pub(super) struct Native {
    watcher: RecommendedWatcher,
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
        let mut native = Self { watcher };
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

#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
