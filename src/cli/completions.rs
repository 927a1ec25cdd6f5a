//! `courant completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Args;
use super::exit::{Exit, Failure};
use super::stdout;

pub(super) fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "courant", &mut script);
    stdout::write(&script)?;
    Ok(Exit::Done)
}
