//! Messages for people, on stderr.

use std::io::Write as _;

use annotate_snippets::Renderer;
use anstream::{AutoStream, ColorChoice};

use crate::build::Report;
use crate::diagnostic::Problem;

use super::exit::Failure;
use super::request::{Detail, Job};
use super::{drawing, summary};

/// Where people read what happened.
#[derive(Clone)]
pub(super) struct Messages {
    color: ColorChoice,
}

impl Messages {
    pub(super) fn new(color: ColorChoice) -> Self {
        Self { color }
    }

    /// Why the command could not be done.
    pub(super) fn failure(&self, failure: &Failure) {
        self.say(&drawing::failure(failure, &RENDERER));
    }

    /// Problems, with one empty line behind each.
    pub(super) fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            self.say(&format!("{}\n", drawing::problem(problem, &RENDERER)));
        }
    }

    /// All that is to be told about a build, with a line that says how it ended.
    pub(super) fn report(&self, report: &Report, line: &str, job: &Job) {
        self.problems(&report.problems);
        if job.detail == Detail::Everything {
            self.say(&summary::left_out(report));
            self.say(&summary::phases(&report.phases));
        }
        if job.explain {
            self.say(&summary::changes(report));
        }
        if job.detail != Detail::Problems {
            self.say(&summary::replaced(&report.replaced, &job.request.root));
            self.say(&format!("{line}\n"));
        }
    }

    /// A line, or several. A reader who has gone away is no reason to stop.
    pub(super) fn say(&self, text: &str) {
        let mut stderr = AutoStream::new(std::io::stderr(), self.color).lock();
        let _ = stderr.write_all(text.as_bytes());
    }
}

/// What is said while another build of the site runs.
pub(super) const WAITING: &str = "Waiting for another build of this site to end.\n";

/// Colours are taken out again where they are not wanted.
const RENDERER: Renderer = Renderer::styled();
