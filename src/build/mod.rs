//! The table of contents: names every stage in order, and nothing else knows the order.

mod earlier;
mod error;
mod gather;
mod located;
mod reasons;
mod render;
mod report;
mod revision;
mod stages;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Options;
use crate::diagnostic::{Diagnostic, Severity};
use crate::digest::Digest;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{self, PublishError, Published, Publisher};
use crate::site::Held;
use crate::stat::Left;
use crate::store::{Format, Made, Sections, Site, Store};

pub use error::BuildError;
pub use report::{Entry, Report};
pub use stages::{Progress, Silent};

use earlier::Earlier;
use gather::Gathered;
use located::located;
use reasons::Reasons;
use render::Renderer;
use revision::Revision;
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
    on_threads(request, progress, Aim::Publish)
}

/// Builds a site in memory for the sake of its problems: the output folder and the store stay as
/// they are.
///
/// # Errors
/// When the environment fails.
pub fn check(request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
    on_threads(request, progress, Aim::Check)
}

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Publish,
    Check,
}

fn on_threads(request: &Request, progress: &dyn Progress, aim: Aim) -> Result<Report, BuildError> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(request.jobs.unwrap_or(0))
        .build()
        .map_err(|error| BuildError::Threads(error.to_string()))?;
    threads.install(|| run(request, aim, &mut Stages::new(progress)))
}

fn run(request: &Request, aim: Aim, stages: &mut Stages<'_>) -> Result<Report, BuildError> {
    let mut problems = Vec::new();
    stages.begin("read", 0);
    let (mut inputs, saved) = gather::read(request, &mut problems)?;
    // A check writes nothing, not for a moment either.
    if aim == Aim::Publish {
        inputs
            .snapshot
            .put_aside_in(request.root.join(publish::STORE));
    }
    let saved = saved.map(Arc::new);
    let store = saved
        .as_ref()
        .and_then(|saved| Store::read(saved, &request.format));
    let earlier = store.map(|store| Earlier::new(store, &inputs.snapshot));
    let earlier = earlier.as_ref();
    let changes = earlier
        .filter(|_| problems.is_empty())
        .and_then(|earlier| earlier.changes(&inputs, request));
    let mut publisher = None;
    if let (Some(earlier), Some([])) = (earlier, changes.as_deref()) {
        if aim == Aim::Check {
            return Ok(stages.close(earlier.report(&inputs).passed()));
        }
        let begun = begin(request, &inputs.output, stages)?;
        match earlier.publish_again(begun, &inputs, request)? {
            Ok(report) => return Ok(stages.close(report)),
            Err(begun) => publisher = Some(begun),
        }
    }
    let output = inputs.output.clone();
    let settings = inputs.settings;
    let revision = earlier
        .zip(changes)
        .and_then(|(earlier, changes)| Revision::of(changes, &inputs, earlier));
    let gathered = match revision {
        Some(revision) => revision.gather(inputs, stages, &mut problems),
        None => gather::gather(inputs, request, earlier, stages, &mut problems),
    };
    let publishes = aim == Aim::Publish && may_publish(request, &problems);
    if publisher.is_none() && publishes {
        publisher = Some(begin(request, &output, stages)?);
    }
    let making = Making {
        request,
        gathered,
        settings,
        earlier,
        publisher,
    };
    let report = making.run(stages, problems)?;
    Ok(stages.close(report))
}

/// A build of which everything is known but the bytes of its outputs.
struct Making<'a, 'b> {
    request: &'a Request,
    gathered: Gathered<'a>,
    settings: Digest,
    earlier: Option<&'a Earlier<'b>>,
    /// `None` if nothing may be published, or is to be.
    publisher: Option<Publisher>,
}

impl Making<'_, '_> {
    fn run(
        self,
        stages: &mut Stages<'_>,
        mut problems: Vec<Diagnostic>,
    ) -> Result<Report, BuildError> {
        let Gathered {
            world,
            documents,
            frame,
            revised,
            mut report,
        } = self.gathered;
        stages.begin("render", world.routes.len());
        let renderer = Renderer {
            world: &world,
            earlier: self.earlier,
            reasons: Reasons {
                before: self
                    .earlier
                    .and_then(Earlier::documents)
                    .map(|known| &**known),
                now: &documents,
            },
            revised: revised.as_deref(),
            publisher: self.publisher.as_ref(),
            progress: stages.progress,
        };
        let outputs = renderer.run(&mut problems)?;
        let may_publish = may_publish(self.request, &problems);
        report.problems = located(problems, &world.snapshot);
        if !may_publish {
            return Ok(report);
        }
        report.reused = outputs.reused;
        report.rendered = outputs.rendered;
        let Some(publisher) = self.publisher else {
            report.outputs = outputs.made.len();
            return Ok(report.passed());
        };

        stages.begin("publish", 0);
        report.publish(commit(&publisher, stages.progress)?);

        stages.begin("save", 0);
        let site = Site {
            settings: self.settings,
            config: gather::digest_of(&world.config),
            window: world.graph.window.clone(),
            shown_now: None,
            pages: report.pages,
            sections: report.sections,
            outputs: report.reused + report.rendered.len(),
            templates: world.templates_digest(),
            left_out: report.left_out.clone(),
            skipped: gather::skipped(&world.snapshot).collect(),
            problems: report.problems.clone(),
            early: early(&report),
        };
        let sections = Sections {
            site,
            frame,
            documents,
            outputs: joined(publisher.left(), outputs.made),
        };
        let before = self.earlier.map(Earlier::before).unwrap_or_default();
        let save = |pieces: &[&[u8]]| publisher.save(pieces);
        sections.write(self.request.format, &world, before, save)?;
        // Nobody waits for memory to be given back.
        std::thread::spawn(move || drop(world));
        Ok(report)
    }
}

/// What is published since an option asks for it.
fn early(report: &Report) -> Vec<(SourcePath, String, Held)> {
    let early = report.entries.iter().filter_map(|entry| {
        let url = entry.url.as_str().to_owned();
        Some((entry.source.clone(), url, entry.early?))
    });
    early.collect()
}

/// Both are sorted by path, and both hold every output.
fn joined(
    left: Vec<(OutputPath, Left)>,
    made: Vec<(OutputPath, Made)>,
) -> Vec<(OutputPath, Left, Made)> {
    let mut made = made.into_iter().peekable();
    let joined = left.into_iter().filter_map(|(path, left)| {
        while made.next_if(|(made, _)| *made < path).is_some() {}
        let (_, made) = made.next_if(|(made, _)| *made == path)?;
        Some((path, left, made))
    });
    joined.collect()
}

fn begin(request: &Request, output: &Path, stages: &Stages<'_>) -> Result<Publisher, BuildError> {
    let store = request.root.join(publish::STORE);
    let mut wait = || stages.progress.wait();
    Ok(Publisher::begin(&store, output, &mut wait)?)
}

fn commit(publisher: &Publisher, progress: &dyn Progress) -> Result<Published, PublishError> {
    let mut published = None;
    progress.publish(&mut || published = Some(publisher.commit()));
    published.expect("whoever is told of the change lets it happen")
}

fn may_publish(request: &Request, problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .all(|problem| problem.code.severity() == Severity::Warning && !request.strict)
}
