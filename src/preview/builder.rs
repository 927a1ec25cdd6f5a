//! The thread of the builds: one at the start, then one for each burst of changes.

use std::sync::Arc;
use std::sync::mpsc::Receiver;

use tokio::sync::oneshot;

use super::burst::{self, Burst, Order};
use super::error::PreviewError;
use super::live::Live;
use super::stop::Done;
use super::watcher::Watcher;
use super::{Audience, News, Subject};
use crate::build::{self, BuildError, Progress, Report, Request};
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
        let first = self.build(Burst::default(), true);
        let is_published = first.map_err(PreviewError::Build)?;
        if !is_published && self.watcher.is_none() {
            return Ok(Ended::ContentErrors);
        }
        match &self.live {
            Some(live) => self.audience.hear(&News::Serving(&live.address())),
            None => self.audience.hear(&News::Watching),
        }
        while let Some(burst) = burst::next(&self.orders) {
            if let Some(watcher) = &mut self.watcher {
                watcher.follow(&burst, self.audience.as_ref());
            }
            // Whoever waits for repair has been told what failed.
            let _ = self.build(burst, false);
        }
        Ok(Ended::Stopped)
    }

    /// Whether the site was published.
    fn build(&mut self, burst: Burst, is_first: bool) -> Result<bool, BuildError> {
        self.subject.request.options.now = self.audience.now();
        let result = {
            let progress = Gated {
                inner: self.audience.progress(),
                live: self.live.as_deref(),
            };
            rebuild(&self.subject.request, &progress)
        };
        let edited: Vec<SourcePath> = burst.edited.into_iter().collect();
        let navigate = self.subject.navigate.then_some(&*edited);
        if let Some(live) = &self.live {
            match &result {
                Ok(report) => live.show(report, navigate.unwrap_or_default()),
                Err(error) => live.show_failure(error),
            }
        }
        if is_first && result.is_err() {
            return result.map(|report| report.success);
        }
        self.audience.built(&Built {
            result: result.as_ref(),
            edited: &edited,
            is_first,
        });
        Ok(result.is_ok_and(|report| report.success))
    }
}

/// The one place that builds, so that what is kept from build to build has one home.
fn rebuild(request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
    build::build(request, progress)
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
