//! The table of contents: names every stage in order, and nothing else knows the order.

mod earlier;
mod error;
mod gather;
mod located;
mod making;
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
use making::Making;
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
pub struct Workers(ThreadPool);

impl Workers {
    /// As many as a build wants.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(request: &Request) -> Result<Self, BuildError> {
        let threads = ThreadPoolBuilder::new().num_threads(request.jobs.unwrap_or(0));
        let threads = threads.build();
        threads
            .map(Self)
            .map_err(|error| BuildError::Threads(error.to_string()))
    }

    /// See [`build`](fn@build).
    ///
    /// # Errors
    /// When the environment fails.
    pub fn build(&self, request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
        self.run(request, progress, Aim::Publish)
    }

    fn run(
        &self,
        request: &Request,
        progress: &dyn Progress,
        aim: Aim,
    ) -> Result<Report, BuildError> {
        let run = || run(request, aim, &mut Stages::new(progress));
        self.0.install(run)
    }
}

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Publish,
    Check,
}

fn run(request: &Request, aim: Aim, stages: &mut Stages<'_>) -> Result<Report, BuildError> {
    let mut problems = Vec::new();
    stages.begin("read", 0);
    let (mut inputs, store) = gather::read(request, &mut problems)?;
    // A check writes nothing, not for a moment either.
    if aim == Aim::Publish {
        let store = request.root.join(publish::STORE);
        inputs.snapshot.put_aside_in(store);
    }
    let earlier = store
        .as_ref()
        .map(|store| Earlier::new(store, &inputs.snapshot));
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
    // Nobody waits for memory to be given back.
    drop(earlier);
    rayon::spawn(move || drop(store));
    Ok(stages.close(report))
}
