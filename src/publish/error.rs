//! What a file operation could not do, to what, and why.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::message::{Argument, Message, Operation, Tell, Told};

/// A file operation that failed: `cannot write /x/y: No space left on device`.
#[derive(Debug)]
pub struct PublishError {
    /// What was tried.
    pub operation: Operation,
    /// The file or folder that it was tried on.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: io::Error,
}

impl PublishError {
    /// A problem that courant itself found; `why` says what to do.
    pub(super) fn found(operation: Operation, path: &Path, why: Message) -> Self {
        Self {
            operation,
            path: path.to_path_buf(),
            cause: Told::io(io::ErrorKind::Other, why),
        }
    }

    /// The same failure told of the place that the user knows instead of a passing one.
    pub(super) fn of(self, operation: Operation, path: &Path) -> Self {
        Self {
            operation,
            path: path.to_path_buf(),
            cause: self.cause,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().english())
    }
}

impl Tell for PublishError {
    fn message(&self) -> Message {
        (self.operation)(
            Argument::from(&self.path.display()),
            Argument::cause(&self.cause),
        )
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_operation_path_and_cause_in_words() {
        let error = PublishError {
            operation: crate::message::say::cannot_write,
            path: "/x/y".into(),
            cause: io::Error::from_raw_os_error(28),
        };
        assert_eq!(
            error.to_string(),
            "cannot write /x/y: No space left on device"
        );
    }
}
