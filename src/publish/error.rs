//! What a file operation could not do, to what, and why.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file operation that failed: `cannot write /x/y: No space left on device`.
#[derive(Debug)]
pub struct PublishError {
    /// What was tried, as a verb: `write`.
    pub operation: &'static str,
    /// The file or folder that it was tried on.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: io::Error,
}

impl PublishError {
    /// A problem that courant itself found; `why` is a plain sentence that says what to do.
    pub(super) fn found(operation: &'static str, path: &Path, why: impl Into<String>) -> Self {
        Self {
            operation,
            path: path.to_path_buf(),
            cause: io::Error::other(why.into()),
        }
    }

    /// The same failure told of the place that the user knows instead of a passing one.
    pub(super) fn of(self, operation: &'static str, path: &Path) -> Self {
        Self {
            operation,
            path: path.to_path_buf(),
            cause: self.cause,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = self.cause.to_string();
        let cause = cause
            .split_once(" (os error ")
            .map_or(cause.as_str(), |(words, _)| words);
        write!(
            formatter,
            "cannot {} {}: {cause}",
            self.operation,
            self.path.display()
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
            operation: "write",
            path: "/x/y".into(),
            cause: io::Error::from_raw_os_error(28),
        };
        assert_eq!(
            error.to_string(),
            "cannot write /x/y: No space left on device"
        );
    }
}
