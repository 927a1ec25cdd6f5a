//! How the program ends.

use std::error::Error;
use std::io::{self, Write as _};
use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::process::ExitCode;

use crate::build::BuildError;
use crate::message::{Argument, Message, Tell, say};

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
    pub(super) message: Message,
    pub(super) help: Option<Message>,
}

impl Failure {
    pub(super) fn new(message: Message) -> Self {
        Self {
            message,
            help: None,
        }
    }

    pub(super) fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }
}

impl<E: Tell + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

impl Failure {
    fn of(error: &(impl Tell + 'static)) -> Self {
        Self {
            message: error.message(),
            help: cause(error).and_then(remedy),
        }
    }

    /// What the system could not do; `message` says it with the cause.
    pub(super) fn of_system(message: fn(Argument) -> Message, cause: &io::Error) -> Self {
        Self {
            message: message(Argument::cause(cause)),
            help: remedy(cause),
        }
    }

    /// Why a build could not be tried.
    pub(super) fn of_build(error: &BuildError) -> Self {
        let help = match error {
            BuildError::Read(_) | BuildError::Publish(_) => return Self::of(error),
            BuildError::OutputFolder(_) => say::choose_output(),
            BuildError::Threads(_) => say::fewer_threads(),
            BuildError::Now(_) => say::nearer_instant(),
        };
        Self::of(error).help(help)
    }
}

fn cause<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e io::Error> {
    let mut chain = std::iter::successors(Some(error), |error| (*error).source());
    chain.find_map(|error| error.downcast_ref())
}

fn remedy(cause: &io::Error) -> Option<Message> {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(say::make_room()),
        io::ErrorKind::PermissionDenied => Some(say::ask_for_rights()),
        io::ErrorKind::ReadOnlyFilesystem => Some(say::choose_writable()),
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
                message: say::cannot_read(
                    "/x/a.md",
                    Argument::Foreign("No space left on device".into())
                ),
                help: Some(say::make_room()),
            }
        );
    }

    #[test]
    fn a_panic_is_a_failure() {
        assert_eq!(guard(|| panic!("on purpose")), Exit::Failed);
        assert_eq!(guard(|| Exit::ContentErrors), Exit::ContentErrors);
    }
}
