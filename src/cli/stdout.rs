//! Standard output: data only, and written with care. A reader who closes the pipe early has
//! what it wanted (`courant completions bash | head`).

use std::io::{self, Write as _};

use super::exit::Failure;

/// Writes data for whoever reads standard output.
pub(super) fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let Failure { message, help } = Failure::from(error);
            Err(Failure {
                message: format!("cannot write to standard output: {message}"),
                help,
            })
        }
        _ => Ok(()),
    }
}
