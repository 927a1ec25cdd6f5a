//! `courant check`.

use crate::build::{self, Report};
use crate::diagnostic::{Problem, Severity};
use crate::message::say;
use crate::path::SourcePath;
use crate::read;

use super::args::{Check, MessageFormat, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::request::Job;
use super::site::Site;
use super::surroundings::Surroundings;
use super::{files, json, stdout, summary};

pub(super) fn run(
    args: Check,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let Check {
        paths,
        translations,
        output_dir,
        publication,
    } = args;
    let site = Site::find(shared, around)?;
    let asked = paths.iter().map(|typed| {
        let source = site.source(typed, around)?;
        match files::exists(&around.resolve(typed)) {
            true => Ok(source),
            false => {
                Err(Failure::new(say::nothing_named(&typed.display())).help(say::name_files()))
            }
        }
    });
    let asked: Vec<SourcePath> = asked.collect::<Result<_, _>>()?;
    let (config_path, _) = read::config(&site.root, site.config.as_deref())?;
    let mut job = Job::resolve(publication, output_dir.as_deref(), site, around);
    job.request.options.translations = translations;
    let mut report = {
        let progress = super::build::progress(&job, around.is_watched, messages.tongue);
        build::check(&job.request, &progress).map_err(|error| Failure::of_build(&error))?
    };
    let elsewhere = match asked.is_empty() {
        true => Vec::new(),
        false => {
            let is_asked = |problem: &Problem| concerns(problem, &asked, &config_path);
            set_aside(&mut report, is_asked, job.request.strict)
        }
    };
    match job.format {
        MessageFormat::Json => stdout::write(&json::lines(&report, job.explain, messages.tongue))?,
        MessageFormat::Human => {
            messages.report(&report, &summary::checked(&report, &elsewhere), &job);
        }
    }
    Ok(match report.success {
        true => Exit::Done,
        false => Exit::ContentErrors,
    })
}

/// Whether a problem is one of the files that were asked about. What is wrong with the settings
/// concerns all files.
fn concerns(problem: &Problem, asked: &[SourcePath], config_path: &SourcePath) -> bool {
    let related = problem.related.iter().map(|note| &note.path);
    let mut places = std::iter::once(&problem.path).chain(related);
    problem.path == *config_path
        || places.any(|place| asked.iter().any(|asked| place.is_within(asked)))
}

/// Takes out the problems that were not asked about; the others decide.
fn set_aside(
    report: &mut Report,
    is_asked: impl Fn(&Problem) -> bool,
    strict: bool,
) -> Vec<Problem> {
    let problems = std::mem::take(&mut report.problems);
    let (asked, elsewhere) = problems.into_iter().partition(is_asked);
    report.problems = asked;
    let fails = |severity| severity == Severity::Error || strict;
    report.success = !report.problems.iter().any(|found| fails(found.severity));
    elsewhere
}
