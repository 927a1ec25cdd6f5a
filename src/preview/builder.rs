//! The thread of the builds: one at the start, then one for each burst of changes.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, SystemTime};

use tokio::sync::oneshot;

use super::burst::{self, Burst, Order};
use super::error::PreviewError;
use super::live::Live;
use super::stop::Done;
use super::watcher::Watcher;
use super::{Audience, News, Subject};
use crate::build::{BuildError, Progress, Report, Workers};
use crate::diagnostic::Code;
use crate::path::SourcePath;

/// How a preview ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was told to stop.
    Stopped,
    /// The content has errors, and nobody waits for it to be mended.
    ContentErrors,
}

/// What a build did, and why it was done.
pub struct Built<'a> {
    /// What it did, or why it could not be tried.
    pub result: Result<&'a Report, &'a BuildError>,
    /// The files and folders that had changed; none for the first build.
    pub edited: &'a [SourcePath],
    /// Whether it was the first one.
    pub is_first: bool,
}

pub(super) struct Builder {
    subject: Subject,
    orders: Receiver<Order>,
    watcher: Option<Watcher>,
    audience: Arc<dyn Audience>,
    live: Option<Arc<Live>>,
    workers: Option<Workers>,
}

impl Builder {
    pub(super) fn new(
        subject: Subject,
        orders: Receiver<Order>,
        watcher: Option<Watcher>,
        audience: Arc<dyn Audience>,
        live: Option<Arc<Live>>,
    ) -> Self {
        Self {
            subject,
            orders,
            watcher,
            audience,
            live,
            workers: None,
        }
    }

    /// Starts the thread.
    pub(super) fn start(mut self) -> Result<Done, PreviewError> {
        let (end, done) = oneshot::channel();
        std::thread::Builder::new()
            .name("builds".into())
            .spawn(move || {
                // Nobody listens if a second wish to stop has come.
                let _ = end.send(self.run());
            })
            .map_err(PreviewError::Start)?;
        Ok(done)
    }

    fn run(&mut self) -> Result<Ended, PreviewError> {
        let mut burst = Burst::default();
        let mut begun = files_now();
        let mut is_first = true;
        loop {
            if let Some(watcher) = &mut self.watcher {
                watcher.follow(&burst, self.audience.as_ref());
            }
            let result = self.build();
            if let (Some(watcher), Ok(report)) = (&mut self.watcher, &result) {
                watcher.follow_links(&report.links, begun, self.audience.as_ref());
            }
            if !self.is_overtaken(&result) {
                let edited: Vec<SourcePath> =
                    std::mem::take(&mut burst).edited.into_iter().collect();
                self.tell(&result, &edited, is_first);
                if is_first && let Some(ended) = self.begun(result)? {
                    return Ok(ended);
                }
                is_first = false;
            }
            match self.next(&mut begun) {
                Some(next) => burst.merge(next),
                None => return Ok(Ended::Stopped),
            }
        }
    }

    /// Waits for the next burst; meanwhile gets ready what its build will want.
    fn next(&mut self, begun: &mut SystemTime) -> Option<Burst> {
        let Self {
            subject,
            orders,
            watcher,
            audience,
            workers,
            ..
        } = self;
        let first = burst::waiting(orders);
        if let (None, Some(_), Some(workers)) = (&first, watcher, workers.as_mut()) {
            workers.prepare(&subject.request);
        }
        burst::next(first, orders, |burst| {
            *begun = files_now();
            subject.request.options.now = audience.now();
            match workers {
                Some(workers) if burst.is_of_files(&subject.request.root) => {
                    workers.look(&subject.request);
                }
                Some(workers) => workers.forget(),
                None => {}
            }
        })
    }

    fn build(&mut self) -> Result<Report, BuildError> {
        let progress = Gated {
            inner: self.audience.progress(),
            live: self.live.as_deref(),
        };
        let request = &self.subject.request;
        let workers = match &mut self.workers {
            Some(workers) => workers,
            none => none.insert(Workers::new(request)?),
        };
        workers.build(request, &progress)
    }

    /// Whether a source was written while it was being read. Its change has been told of, and
    /// leads to the next build; there is nothing that a person could mend, and what else went wrong
    /// may have come of it.
    fn is_overtaken(&self, result: &Result<Report, BuildError>) -> bool {
        let Ok(report) = result else { return false };
        let mut problems = report.problems.iter();
        self.watcher.is_some() && problems.any(|found| found.code == Code::ChangedWhileReading)
    }

    fn tell(&self, result: &Result<Report, BuildError>, edited: &[SourcePath], is_first: bool) {
        if let Some(live) = &self.live {
            let navigate = self.subject.navigate.then_some(edited);
            match result {
                Ok(report) => live.show(report, navigate.unwrap_or_default()),
                Err(error) => live.show_failure(error),
            }
        }
        // Whoever started the program hears of a first failure when it ends.
        if is_first && result.is_err() {
            return;
        }
        self.audience.built(&Built {
            result: result.as_ref(),
            edited,
            is_first,
        });
    }

    /// What follows the first build: `None` if the next ones are awaited.
    fn begun(&self, first: Result<Report, BuildError>) -> Result<Option<Ended>, PreviewError> {
        let report = first.map_err(PreviewError::Build)?;
        if !report.success && self.watcher.is_none() {
            return Ok(Some(Ended::ContentErrors));
        }
        match &self.live {
            Some(live) => self.audience.hear(&News::Serving(&live.address())),
            None => self.audience.hear(&News::Watching),
        }
        Ok(None)
    }
}

/// The present as files are stamped with it, and not later: stamps go in steps.
#[expect(
    clippy::disallowed_methods,
    reason = "files carry the time of the system's clock"
)]
fn files_now() -> SystemTime {
    const STEP: Duration = Duration::from_millis(20);
    SystemTime::now() - STEP
}

/// Progress of a build whose output is being looked at.
struct Gated<'a> {
    inner: Box<dyn Progress + 'a>,
    live: Option<&'a Live>,
}

impl Progress for Gated<'_> {
    fn phase(&self, name: &'static str, total: usize) {
        self.inner.phase(name, total);
    }

    fn step(&self) {
        self.inner.step();
    }

    fn wait(&self) {
        self.inner.wait();
    }

    fn publish(&self, commit: &mut dyn FnMut()) {
        match self.live {
            Some(live) => live.while_nobody_reads(commit),
            None => commit(),
        }
    }
}
