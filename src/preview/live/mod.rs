//! What is shown: the last good build, what changed since an earlier one, and what is wrong.

mod history;
mod message;

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;

use super::Subject;
use super::burst::Order;
use crate::build::{BuildError, Report};
use crate::message::Tongue;
use crate::path::{self, OutputPath, SourcePath};
use crate::site::Held;
use history::{Change, History};
use message::Mistake;

pub(super) use history::Changed;
pub(super) use message::Message;

/// What the builds and the server share.
pub(super) struct Live {
    folder: PathBuf,
    origin: String,
    tongue: Tongue,
    /// Names this run of the program; the turns of another one mean nothing here.
    run: String,
    shown: RwLock<Shown>,
    turn: watch::Sender<u64>,
    orders: Sender<Order>,
}

/// What is shown at one turn.
#[derive(Default)]
struct Shown {
    /// The path of the site's home, without a slash at the end.
    base: String,
    /// The number of builds so far.
    turn: u64,
    /// The pages that would not be published, by their output.
    early: HashMap<OutputPath, Held>,
    history: History,
    mistakes: Vec<Mistake>,
    /// Whether a build of this run has written the output folder.
    is_built: bool,
}

/// A look at the output folder while no build changes it.
pub(super) struct Look<'a> {
    shown: RwLockReadGuard<'a, Shown>,
    live: &'a Live,
}

impl Live {
    pub(super) fn new(subject: &Subject, origin: String, orders: Sender<Order>) -> Self {
        let folder = subject.request.output_dir.clone();
        Self {
            folder: folder.expect("a preview is told where to write"),
            origin,
            tongue: subject.tongue,
            run: format!("{:016x}", RandomState::new().hash_one(std::process::id())),
            shown: RwLock::default(),
            turn: watch::Sender::new(0),
            orders,
        }
    }

    /// The language of what is said in pages.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// The full address of the site's home.
    pub(super) fn address(&self) -> String {
        format!("{}{}/", self.origin, self.read().base)
    }

    /// Changes the output folder when all who read from it have done so.
    pub(super) fn while_nobody_reads(&self, commit: &mut dyn FnMut()) {
        let _alone = self.write();
        commit();
    }

    /// Takes over what a build did. `edited` is what an open page is taken to.
    pub(super) fn show(&self, report: &Report, edited: &[SourcePath]) {
        let mut shown = self.write();
        shown.turn += 1;
        let base = base_of(&report.address);
        if report.success {
            let early = early(report);
            let changed = match base == shown.base {
                true => changed(report, &shown.early, &early).below(&path::decode(&base)),
                false => Changed::Unknown,
            };
            let change = Change {
                turn: shown.turn,
                changed,
                navigate: history::target(report, edited).map(|url| format!("{base}{url}")),
            };
            shown.history.push(change);
            shown.early = early;
            shown.base = base;
            shown.mistakes.clear();
            shown.is_built = true;
        } else {
            shown.mistakes = report
                .problems
                .iter()
                .map(|problem| Mistake::of(problem, self.tongue))
                .collect();
        }
        self.tell(shown);
    }

    /// Takes over why a build could not be tried.
    pub(super) fn show_failure(&self, error: &BuildError) {
        let mut shown = self.write();
        shown.turn += 1;
        shown.mistakes = vec![Mistake::of_failure(error, self.tongue)];
        self.tell(shown);
    }

    fn tell(&self, shown: RwLockWriteGuard<'_, Shown>) {
        let turn = shown.turn;
        drop(shown);
        self.turn.send_replace(turn);
    }

    /// Waits for the first build.
    pub(super) async fn ready(&self) {
        // The sender is a part of this very value.
        let _ = self.turn.subscribe().wait_for(|turn| *turn > 0).await;
    }

    /// Tells of every build from now on.
    pub(super) fn turns(&self) -> watch::Receiver<u64> {
        self.turn.subscribe()
    }

    /// Has the output folder written again, if a build has written it: else there are mistakes, and
    /// another build would only find them again. Says whether.
    pub(super) fn order_restore(&self) -> bool {
        let is_built = self.read().is_built;
        if is_built {
            // The builds may have ended just now.
            let _ = self.orders.send(Order::Restore);
        }
        is_built
    }

    /// Waits while a build changes the output folder; it stays as it is while the look lives.
    pub(super) fn look(&self) -> Look<'_> {
        Look {
            shown: self.read(),
            live: self,
        }
    }

    /// What a page is told that shows the site as it was at `since`.
    pub(super) fn message(&self, since: Option<&str>) -> Message {
        let shown = self.read();
        let since = since.and_then(|id| self.turn_of(id));
        Message {
            id: self.id(shown.turn),
            changed: shown.history.since(since, shown.turn),
            navigate: since.and_then(|since| shown.history.navigate_since(since)),
            mistakes: shown.mistakes.clone(),
            tongue: self.tongue,
        }
    }

    fn id(&self, turn: u64) -> String {
        format!("{}-{turn}", self.run)
    }

    fn turn_of(&self, id: &str) -> Option<u64> {
        id.strip_prefix(&self.run)?.strip_prefix('-')?.parse().ok()
    }

    fn read(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Look<'_> {
    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        &self.live.folder
    }

    /// The path of the site's home, without a slash at the end.
    pub(super) fn base(&self) -> &str {
        &self.shown.base
    }

    /// Names the build that is shown.
    pub(super) fn id(&self) -> String {
        self.live.id(self.shown.turn)
    }

    /// The language of what is said in pages.
    pub(super) fn tongue(&self) -> Tongue {
        self.live.tongue
    }

    /// Why an output would not be published.
    pub(super) fn early(&self, output: &str) -> Option<Held> {
        let output = OutputPath::checked(output).ok()?;
        self.shown.early.get(&output).copied()
    }
}

/// `https://example.org/health/` → `/health`.
fn base_of(address: &str) -> String {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.trim_end_matches('/').to_owned()
}

fn early(report: &Report) -> HashMap<OutputPath, Held> {
    let early = report.entries.iter().filter_map(|entry| {
        let early = entry.early?;
        Some((entry.url.output().ok()?, early))
    });
    early.collect()
}

/// What changed for those who look: files, and marks that are not in them.
fn changed(
    report: &Report,
    before: &HashMap<OutputPath, Held>,
    after: &HashMap<OutputPath, Held>,
) -> Changed {
    let files = report.written.iter().chain(&report.removed);
    let lost = before.keys().filter(|path| !after.contains_key(*path));
    let marked = after
        .iter()
        .filter(|(path, held)| before.get(*path) != Some(*held))
        .map(|(path, _)| path);
    Changed::of(files.chain(lost).chain(marked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_the_path_of_the_address() {
        assert_eq!(base_of("http://127.0.0.1:1111/"), "");
        assert_eq!(base_of("https://example.org/a/b/"), "/a/b");
    }
}
