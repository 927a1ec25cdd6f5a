//! How the program ends.

use std::error::Error;
use std::io::{self, Write as _};
use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::process::ExitCode;

use crate::build::BuildError;

/// The exit codes; there are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for is done.
    Done,
    /// The content has errors, and nothing was published.
    ContentErrors,
    /// Wrong usage, or the environment failed: a full disk, a missing right.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::ContentErrors => 1,
            Exit::Failed => 2,
        })
    }
}

/// Why a command could not be done at all, in words for the person who typed it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

impl Failure {
    fn of(error: &(dyn Error + 'static)) -> Self {
        let mut message = error.to_string();
        let cause = cause(error);
        if let Some(code) = cause.and_then(io::Error::raw_os_error) {
            message = message.replace(&format!(" (os error {code})"), "");
        }
        Self {
            message,
            help: cause.and_then(remedy).map(Into::into),
        }
    }
}

impl Failure {
    /// Why a build could not be tried.
    pub(super) fn of_build(error: &BuildError) -> Self {
        let help = match error {
            BuildError::Read(_) | BuildError::Publish(_) => return Self::of(error),
            BuildError::OutputFolder(_) => "Choose a folder of its own, for example `-o public`.",
            BuildError::Threads(_) => "Ask for fewer of them, for example `--jobs 1`.",
            BuildError::Now(_) => "Give an instant of this age with `--now`.",
        };
        Self::of(error).help(help)
    }
}

fn cause<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e io::Error> {
    let mut chain = std::iter::successors(Some(error), |error| (*error).source());
    chain.find_map(|error| error.downcast_ref())
}

fn remedy(cause: &io::Error) -> Option<&'static str> {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("Make room on the disk, then run the command again.")
        }
        io::ErrorKind::PermissionDenied => {
            Some("Ask whoever looks after this computer for the right to use that file or folder.")
        }
        io::ErrorKind::ReadOnlyFilesystem => Some("Choose a folder that can be written to."),
        _ => None,
    }
}

/// Shows what clap has to say: the help that was asked for, or what is wrong with the usage.
pub(super) fn usage(answer: &clap::Error) -> Exit {
    // A reader who has gone away wants no more of it.
    let _ = answer.print();
    match answer.exit_code() {
        0 => Exit::Done,
        _ => Exit::Failed,
    }
}

/// A panic is a bug in courant, and from here on says so.
pub(super) fn announce_bugs() {
    panic::set_hook(Box::new(|info| {
        // Nobody may be left to read it; that must not become a second panic.
        let _ = writeln!(io::stderr(), "{}", bug(info));
    }));
}

/// Runs the program; a panic in it ends it like any other failure.
pub(super) fn guard(program: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    panic::catch_unwind(program).unwrap_or(Exit::Failed)
}

fn bug(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("it gives no reason");
    let place = info.location().map_or(String::new(), |place| {
        format!(" ({}:{})", place.file(), place.line())
    });
    format!(
        "error: this is a bug in courant, please report it: {what}{place}, courant {}",
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadError;

    #[test]
    fn an_environment_error_says_what_and_how_to_mend_it() {
        let error = ReadError {
            path: "/x/a.md".into(),
            cause: io::Error::from_raw_os_error(28),
        };
        assert_eq!(
            Failure::from(error),
            Failure {
                message: "cannot read /x/a.md: No space left on device".into(),
                help: Some("Make room on the disk, then run the command again.".into()),
            }
        );
    }

    #[test]
    fn a_panic_is_a_failure() {
        assert_eq!(guard(|| panic!("on purpose")), Exit::Failed);
        assert_eq!(guard(|| Exit::ContentErrors), Exit::ContentErrors);
    }
}
