//! Messages for people, on stderr.

use std::io::Write as _;

use annotate_snippets::Renderer;
use anstream::{AutoStream, ColorChoice};

use crate::build::Report;
use crate::diagnostic::Problem;
use crate::message::{Message, Tongue};

use super::exit::Failure;
use super::request::{Detail, Job};
use super::{drawing, summary};

/// Where people read what happened.
#[derive(Clone)]
pub(super) struct Messages {
    color: ColorChoice,
    /// The language in which it is told.
    pub(super) tongue: Tongue,
}

impl Messages {
    pub(super) fn new(color: ColorChoice, tongue: Tongue) -> Self {
        Self { color, tongue }
    }

    /// Why the command could not be done.
    pub(super) fn failure(&self, failure: &Failure) {
        self.say(&drawing::failure(failure, self.tongue, &RENDERER));
    }

    /// Problems, with one empty line behind each.
    pub(super) fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            self.say(&format!(
                "{}\n",
                drawing::problem(problem, self.tongue, &RENDERER)
            ));
        }
    }

    /// All that is to be told about a build, with a line that says how it ended.
    pub(super) fn report(&self, report: &Report, line: &Message, job: &Job) {
        self.problems(&report.problems);
        if job.detail == Detail::Everything {
            self.say(&summary::left_out(report, self.tongue));
            self.say(&summary::phases(&report.phases, self.tongue));
        }
        if job.explain {
            self.say(&summary::changes(report, self.tongue));
        }
        if job.detail != Detail::Problems {
            let replaced = summary::replaced(&report.replaced, &job.request.root, self.tongue);
            self.say(&replaced);
            self.tell(line);
        }
    }

    /// A message on a line of its own.
    pub(super) fn tell(&self, message: &Message) {
        self.say(&format!("{}\n", message.say(self.tongue)));
    }

    /// A line, or several. A reader who has gone away is no reason to stop.
    pub(super) fn say(&self, text: &str) {
        let mut stderr = AutoStream::new(std::io::stderr(), self.color).lock();
        let _ = stderr.write_all(text.as_bytes());
    }
}

/// Colours are taken out again where they are not wanted.
const RENDERER: Renderer = Renderer::styled();
