//! Why a preview could not go on.

use std::fmt;
use std::io;

use crate::build::BuildError;

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
        match self {
            Self::Build(error) => error.fmt(formatter),
            Self::Taken(port) => write!(formatter, "another program uses port {port}"),
            Self::Listen { host, cause } => {
                write!(formatter, "cannot listen at {host}: {cause}")
            }
            Self::Start(cause) => write!(formatter, "cannot start the preview: {cause}"),
            Self::Builder => formatter.write_str("the builds have stopped"),
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
