//! What is told while builds follow one another.

use crate::build::{Progress, Report};
use crate::message::{Argument, Message, say};
use crate::preview::{Audience, Built, Ended, News, PreviewError};

use super::args::MessageFormat;
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::request::{Detail, Job};
use super::surroundings::{self, Surroundings};
use super::{build, json, stdout, summary};

/// The person, or the program, that started the builds.
pub(super) struct Terminal {
    job: Job,
    is_watched: bool,
    messages: Messages,
    /// Whether the site is opened in the browser once it is shown.
    pub(super) opens_browser: bool,
}

impl Terminal {
    pub(super) fn new(job: Job, around: &Surroundings, messages: &Messages) -> Self {
        Self {
            job,
            is_watched: around.is_watched,
            messages: messages.clone(),
            opens_browser: false,
        }
    }

    fn is_for_programs(&self) -> bool {
        self.job.format == MessageFormat::Json
    }

    /// Programs that have gone away want no more.
    fn write(&self, lines: &[u8]) {
        if let Err(failure) = stdout::write(lines) {
            self.messages.failure(&failure);
        }
    }

    fn built_for_people(&self, built: &Built<'_>) {
        match built.result {
            Ok(report) => {
                let line = match built.is_first {
                    true => summary::line(report),
                    false => summary::rebuilt(report, built.edited),
                };
                self.messages.report(report, &line, &self.job);
            }
            Err(error) => self.messages.failure(&Failure::of_build(error)),
        }
    }

    fn open(&self, address: &str) {
        if let Err(error) = open::that_detached(address) {
            let failure =
                Failure::new(say::no_browser(Argument::cause(&error))).help(say::open_it(address));
            self.messages.failure(&failure);
        }
    }
}

impl Audience for Terminal {
    fn progress(&self) -> Box<dyn Progress + '_> {
        Box::new(build::progress(
            &self.job,
            self.is_watched,
            self.messages.tongue,
        ))
    }

    fn now(&self) -> i64 {
        let fixed = self.job.fixed_now.map(Ok);
        let now = fixed.unwrap_or_else(surroundings::instant);
        now.unwrap_or(self.job.request.options.now)
    }

    fn built(&self, built: &Built<'_>) {
        match (self.is_for_programs(), built.result) {
            (false, _) => self.built_for_people(built),
            (true, Ok(report)) if built.is_first => {
                self.write(&json::lines(report, self.job.explain, self.messages.tongue));
            }
            (true, Ok(report)) => self.write(&json::rebuilt_lines(
                report,
                self.job.explain,
                self.messages.tongue,
            )),
            (true, Err(error)) => {
                self.messages.failure(&Failure::of_build(error));
                self.write(&json::rebuilt_lines(
                    &Report::default(),
                    false,
                    self.messages.tongue,
                ));
            }
        }
    }

    fn hear(&self, news: &News<'_>) {
        match news {
            News::Serving(url) if self.is_for_programs() => self.write(&json::serving(url)),
            News::Watching if self.is_for_programs() => {}
            News::Serving(_) | News::Watching if self.job.detail == Detail::Problems => {}
            _ => self.messages.tell(&told(news)),
        }
        if let News::Serving(address) = news
            && self.opens_browser
        {
            self.open(address);
        }
    }
}

fn told(news: &News<'_>) -> Message {
    match news {
        News::Watching => say::awaiting_changes(),
        News::Serving(address) => say::shown_at(address),
        News::Polling(cause) => say::looking_for_changes((*cause).clone()),
    }
}

/// How the program ends after a preview.
pub(super) fn ended(outcome: Result<Ended, PreviewError>) -> Result<Exit, Failure> {
    match outcome {
        Ok(Ended::Stopped) => Ok(Exit::Done),
        Ok(Ended::ContentErrors) => Ok(Exit::ContentErrors),
        Err(error) => Err(failure(error)),
    }
}

/// Why a preview could not go on.
pub(super) fn failure(error: PreviewError) -> Failure {
    let help = match error {
        PreviewError::Build(error) => return Failure::of_build(&error),
        PreviewError::Taken(_) => say::choose_port(),
        PreviewError::Listen { .. } => say::choose_host(),
        PreviewError::Start(_) => return error.into(),
        PreviewError::Builder => say::report_it(),
    };
    Failure::from(error).help(help)
}
