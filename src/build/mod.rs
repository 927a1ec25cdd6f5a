//! The table of contents: names every stage in order, and nothing else knows the order.

mod earlier;
mod error;
mod gather;
mod located;
mod making;
mod ready;
mod reasons;
mod render;
mod report;
mod revision;
mod stages;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::config::Options;
use crate::publish;
use crate::store::Format;

pub use error::BuildError;
pub use report::{Entry, Report};
pub use stages::{Progress, Silent};

use earlier::Earlier;
use gather::Start;
use making::Making;
use ready::Ready;
use stages::Stages;

/// One build, as resolved from the command line.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's folder, absolute.
    pub root: PathBuf,
    /// The configuration file, if it is not the usual one.
    pub config: Option<PathBuf>,
    /// The output folder, if it is not the configured one; absolute.
    pub output_dir: Option<PathBuf>,
    /// What is published, and when "now" is.
    pub options: Options,
    /// The number of threads; `None`: one for each core.
    pub jobs: Option<usize>,
    /// Whether warnings fail the build.
    pub strict: bool,
    /// Whether to take over what an earlier build left.
    pub warm: bool,
    /// Whether the report is to say where every page is.
    pub with_entries: bool,
    /// Whether the process ends with the build: then memory is not given back piece by piece, for
    /// the system takes all of it at once.
    pub is_last: bool,
    /// What tells this program from every other version of it.
    pub format: Format,
}

/// Builds a site and publishes it, unless its content has errors.
///
/// # Errors
/// When the environment fails: an unreadable configuration, a full disk, a missing folder.
pub fn build(request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
    Workers::new(request)?.build(request, progress)
}

/// Builds a site in memory for the sake of its problems: the output folder and the store stay as
/// they are.
///
/// # Errors
/// When the environment fails.
pub fn check(request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
    Workers::new(request)?.run(request, progress, Aim::Check)
}

/// The threads of one build, or of builds that follow one another: what the allocator keeps for a
/// thread is lost for some time when the thread ends.
pub struct Workers {
    threads: ThreadPool,
    /// The output folder of the last build.
    output: Option<PathBuf>,
    ready: Option<Ready>,
    start: Option<Start>,
}

impl Workers {
    /// As many as a build wants.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(request: &Request) -> Result<Self, BuildError> {
        let threads = ThreadPoolBuilder::new().num_threads(request.jobs.unwrap_or(0));
        let threads = threads.build();
        Ok(Self {
            threads: threads.map_err(|error| BuildError::Threads(error.to_string()))?,
            output: None,
            ready: None,
            start: None,
        })
    }

    /// See [`build`](fn@build).
    ///
    /// # Errors
    /// When the environment fails.
    pub fn build(
        &mut self,
        request: &Request,
        progress: &dyn Progress,
    ) -> Result<Report, BuildError> {
        self.run(request, progress, Aim::Publish)
    }

    /// Reads what the last build left, so that the next one need not: for the time when nobody
    /// waits for a build.
    pub fn prepare(&mut self, request: &Request) {
        self.ready = match &self.output {
            Some(output) if request.warm => {
                let store = request.root.join(publish::STORE);
                let read = || Ready::prepare(&store, output, &request.format);
                self.threads.install(read)
            }
            _ => None,
        };
    }

    /// Looks at the sources ahead of the next build. To be called again, or to be
    /// [forgotten](Self::forget), if one of them changes before that build.
    pub fn look(&mut self, request: &Request) {
        self.forget();
        let ready = self.ready.take();
        let read = || gather::read(request, ready);
        // What stands against it now will stand against the build.
        self.start = self.threads.install(read).ok();
    }

    /// Forgets how the sources looked.
    pub fn forget(&mut self) {
        if let Some(start) = self.start.take() {
            self.ready = start.ready;
        }
    }

    fn run(
        &mut self,
        request: &Request,
        progress: &dyn Progress,
        aim: Aim,
    ) -> Result<Report, BuildError> {
        let (start, ready) = (self.start.take(), self.ready.take());
        let output = &mut self.output;
        self.threads.install(|| {
            let mut stages = Stages::new(progress);
            let start = match start {
                Some(start) => {
                    stages.did("read", start.took);
                    start
                }
                None => {
                    stages.begin("read", 0);
                    gather::read(request, ready)?
                }
            };
            *output = Some(start.inputs.output.clone());
            run(request, aim, start, &mut stages)
        })
    }
}

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Publish,
    Check,
}

fn run(
    request: &Request,
    aim: Aim,
    start: Start,
    stages: &mut Stages<'_>,
) -> Result<Report, BuildError> {
    let Start {
        mut inputs,
        ready,
        problems,
        ..
    } = start;
    // A check writes nothing, not for a moment either.
    if aim == Aim::Publish {
        let store = request.root.join(publish::STORE);
        inputs.snapshot.put_aside_in(store);
    }
    let earlier = ready
        .as_ref()
        .map(|ready| Earlier::new(ready, &inputs.snapshot));
    let changes = earlier
        .as_ref()
        .filter(|_| problems.is_empty())
        .and_then(|earlier| earlier.changes(&inputs, request));
    let making = Making {
        request,
        aim,
        settings: inputs.settings,
        output: inputs.output.clone(),
        earlier: earlier.as_ref(),
        publisher: None,
    };
    let report = making.run(inputs, changes, problems, stages)?;
    drop(earlier);
    let_go(ready, request);
    Ok(stages.close(report))
}

/// Gives memory back that nothing needs any more. Nobody waits for it.
fn let_go<T: Send + 'static>(thing: T, request: &Request) {
    match request.is_last {
        true => std::mem::forget(thing),
        false => rayon::spawn(move || drop(thing)),
    }
}
