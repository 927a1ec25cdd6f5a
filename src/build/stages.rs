//! How far a build is, and how long each stage took.

use std::time::{Duration, Instant};

use super::report::Report;

/// How many of so many files or outputs a core takes at once: few enough that all cores have some,
/// and that at the end of a stage none waits long for the others.
pub(super) fn at_once(total: usize) -> usize {
    const MOST: usize = 32;
    const PARTS: usize = 32;
    (total / (PARTS * rayon::current_num_threads())).clamp(1, MOST)
}

/// Where to say how far a build is.
pub trait Progress: Sync {
    /// A stage begins; `total` steps are ahead, 0 if that is not known.
    fn phase(&self, name: &'static str, total: usize);
    /// One step is done.
    fn step(&self);
    /// Another build of the site runs, and this one waits for it to end.
    fn wait(&self);
    /// The output folder is about to change: `commit` changes it, and is to be called once.
    fn publish(&self, commit: &mut dyn FnMut()) {
        commit();
    }
}

/// Says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
    fn wait(&self) {}
}

/// The stages with the time each took.
pub(super) struct Stages<'a> {
    pub(super) progress: &'a dyn Progress,
    pub(super) started: Instant,
    /// What was done before it was started.
    ahead: Duration,
    current: Option<(&'static str, Instant)>,
    done: Vec<(&'static str, Duration)>,
}

impl<'a> Stages<'a> {
    pub(super) fn new(progress: &'a dyn Progress) -> Self {
        Self {
            progress,
            started: Instant::now(),
            ahead: Duration::ZERO,
            current: None,
            done: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, name: &'static str, total: usize) {
        self.end();
        self.current = Some((name, Instant::now()));
        self.progress.phase(name, total);
    }

    /// Counts a stage that was done ahead.
    pub(super) fn did(&mut self, name: &'static str, took: Duration) {
        self.done.push((name, took));
        self.ahead += took;
        self.progress.phase(name, 0);
    }

    fn end(&mut self) {
        if let Some((name, since)) = self.current.take() {
            self.done.push((name, since.elapsed()));
        }
    }

    /// Adds to a report how long everything took.
    pub(super) fn close(&mut self, mut report: Report) -> Report {
        report.phases = self.finish();
        report.duration = self.started.elapsed() + self.ahead;
        report
    }

    fn finish(&mut self) -> Vec<(&'static str, Duration)> {
        self.end();
        std::mem::take(&mut self.done)
    }
}
