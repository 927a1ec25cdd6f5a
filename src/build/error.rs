//! Why a build could not be tried.

use std::fmt;
use std::path::PathBuf;

use crate::message::{Argument, Message, Tell, say};
use crate::publish::PublishError;
use crate::read::ReadError;

/// Why a build could not be tried: the environment, not the content.
#[derive(Debug)]
pub enum BuildError {
    /// A file that must be readable is not.
    Read(ReadError),
    /// The output could not be written.
    Publish(PublishError),
    /// The output folder would swallow the site's sources.
    OutputFolder(PathBuf),
    /// The threads could not be started.
    Threads(String),
    /// The instant of the build is outside of the calendar.
    Now(i64),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().english())
    }
}

impl Tell for BuildError {
    fn message(&self) -> Message {
        match self {
            Self::Read(error) => error.message(),
            Self::Publish(error) => error.message(),
            Self::OutputFolder(path) => say::output_swallows(&path.display()),
            Self::Threads(cause) => say::no_threads(Argument::Foreign(cause.clone())),
            Self::Now(seconds) => say::no_instant(*seconds),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => error.source(),
            Self::Publish(error) => error.source(),
            Self::OutputFolder(_) | Self::Threads(_) | Self::Now(_) => None,
        }
    }
}

impl From<ReadError> for BuildError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<PublishError> for BuildError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}
