//! `courant build`.

use crate::build;

use super::args::{Build, MessageFormat, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::progress::Line;
use super::request::{Detail, Job};
use super::site::Site;
use super::surroundings::Surroundings;
use super::{json, stdout};

pub(super) fn run(
    args: Build,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let job = Job::resolve(args, site, around);
    let report = {
        let progress = progress(&job, around);
        build::build(&job.request, &progress).map_err(Failure::of_build)?
    };
    match job.format {
        MessageFormat::Json => stdout::write(&json::lines(&report, job.explain))?,
        MessageFormat::Human => messages.report(&report, &job),
    }
    Ok(match report.success {
        true => Exit::Done,
        false => Exit::ContentErrors,
    })
}

fn progress(job: &Job, around: &Surroundings) -> Line {
    match (job.format, job.detail) {
        (MessageFormat::Json, _) | (_, Detail::Problems) => Line::silent(),
        _ if around.is_watched => Line::drawn(),
        (MessageFormat::Human, Detail::Everything) => Line::plain(),
        (MessageFormat::Human, Detail::Summary) => Line::brief(),
    }
}
