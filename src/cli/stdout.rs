//! Standard output: data only, and written with care. A reader who closes the pipe early has
//! what it wanted (`courant completions bash | head`).

use std::io::{self, Write as _};

use crate::message::say;

use super::exit::Failure;

/// Writes data for whoever reads standard output.
pub(super) fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::of_system(say::no_stdout, &error))
        }
        _ => Ok(()),
    }
}
