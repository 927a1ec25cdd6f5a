//! What is told while builds follow one another.

use crate::build::{Progress, Report};
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
            let failure = Failure::new(format!("cannot open the browser: {error}"))
                .help(format!("Open {address} in it."));
            self.messages.failure(&failure);
        }
    }
}

impl Audience for Terminal {
    fn progress(&self) -> Box<dyn Progress + '_> {
        Box::new(build::progress(&self.job, self.is_watched))
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
                self.write(&json::lines(report, self.job.explain));
            }
            (true, Ok(report)) => self.write(&json::rebuilt_lines(report, self.job.explain)),
            (true, Err(error)) => {
                self.messages.failure(&Failure::of_build(error));
                self.write(&json::rebuilt_lines(&Report::default(), false));
            }
        }
    }

    fn hear(&self, news: &News<'_>) {
        match news {
            News::Serving(url) if self.is_for_programs() => self.write(&json::serving(url)),
            News::Watching if self.is_for_programs() => {}
            News::Serving(_) | News::Watching if self.job.detail == Detail::Problems => {}
            _ => self.messages.say(&told(news)),
        }
        if let News::Serving(address) = news
            && self.opens_browser
        {
            self.open(address);
        }
    }
}

fn told(news: &News<'_>) -> String {
    match news {
        News::Watching => "Waiting for changes until you press Ctrl-C.\n".into(),
        News::Serving(address) => {
            format!("The site is shown at {address} until you press Ctrl-C.\n")
        }
        News::Polling(cause) => {
            format!("Changes are looked for, since the system does not tell of them: {cause}.\n")
        }
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
        PreviewError::Taken(_) => {
            "Choose another one, or leave `--port` out: then a free one is found."
        }
        PreviewError::Listen { .. } => {
            "Leave `--host` out to see the preview on this computer, or name one of its addresses; `0.0.0.0` means all of them. Ports below 1024 need special rights."
        }
        PreviewError::Start(_) => return error.into(),
        PreviewError::Builder => "The message above says why; please report it.",
    };
    Failure::from(error).help(help)
}
