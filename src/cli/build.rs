//! `courant build`.

use std::sync::Arc;

use crate::build;
use crate::message::Tongue;
use crate::preview::{self, Subject, Watching};

use super::args::{Build, MessageFormat, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::progress::Line;
use super::request::{Detail, Job};
use super::site::Site;
use super::surroundings::Surroundings;
use super::watching::{self, Terminal};
use super::{json, stdout, summary};

pub(super) fn run(
    args: Build,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let Build {
        output_dir,
        watch,
        publication,
    } = args;
    let site = Site::find(shared, around)?;
    let mut job = Job::resolve(publication, output_dir.as_deref(), site, around);
    match watch.watching() {
        Some(watching) => again_and_again(job, watching, around, messages),
        None => {
            job.request.is_last = true;
            once(&job, around, messages)
        }
    }
}

fn once(job: &Job, around: &Surroundings, messages: &Messages) -> Result<Exit, Failure> {
    let report = {
        let progress = progress(job, around.is_watched, messages.tongue);
        build::build(&job.request, &progress).map_err(|error| Failure::of_build(&error))?
    };
    match job.format {
        MessageFormat::Json => stdout::write(&json::lines(&report, job.explain, messages.tongue))?,
        MessageFormat::Human => messages.report(&report, &summary::line(&report), job),
    }
    Ok(match report.success {
        true => Exit::Done,
        false => Exit::ContentErrors,
    })
}

fn again_and_again(
    job: Job,
    watching: Watching,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let subject = Subject {
        request: job.request.clone(),
        watching: Some(watching),
        navigate: false,
        tongue: messages.tongue,
    };
    let audience = Terminal::new(job, around, messages);
    watching::ended(preview::watch(subject, Arc::new(audience)))
}

/// How the progress of a build is shown.
pub(super) fn progress(job: &Job, is_watched: bool, tongue: Tongue) -> Line {
    match (job.format, job.detail) {
        (MessageFormat::Json, _) | (_, Detail::Problems) => Line::silent(),
        _ if is_watched => Line::drawn(tongue),
        (MessageFormat::Human, Detail::Everything) => Line::plain(tongue),
        (MessageFormat::Human, Detail::Summary) => Line::brief(tongue),
    }
}
