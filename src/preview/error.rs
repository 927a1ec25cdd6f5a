//! Why a preview could not go on.

use std::fmt;
use std::io;

use crate::build::BuildError;
use crate::message::{Argument, Message, Tell, say};

/// What went wrong around the builds.
#[derive(Debug)]
pub enum PreviewError {
    /// The first build could not be tried.
    Build(BuildError),
    /// Another program listens on the port that was asked for.
    Taken(u16),
    /// Nothing can listen at the address.
    Listen {
        /// As it was typed.
        host: String,
        /// Why.
        cause: io::Error,
    },
    /// Threads or signals of the system are not to be had.
    Start(io::Error),
    /// The thread of the builds has died.
    Builder,
}

impl fmt::Display for PreviewError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().english())
    }
}

impl Tell for PreviewError {
    fn message(&self) -> Message {
        match self {
            Self::Build(error) => error.message(),
            Self::Taken(port) => say::port_taken(u32::from(*port)),
            Self::Listen { host, cause } => say::cannot_listen(host, Argument::cause(cause)),
            Self::Start(cause) => say::cannot_preview(Argument::cause(cause)),
            Self::Builder => say::builds_stopped(),
        }
    }
}

impl std::error::Error for PreviewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Build(error) => error.source(),
            Self::Listen { cause, .. } | Self::Start(cause) => Some(cause),
            Self::Taken(_) | Self::Builder => None,
        }
    }
}
