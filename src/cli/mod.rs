//! The command line: what a person types and reads. The only reader of the clock, the
//! environment and the terminal.
//!
//! What was typed (`args`) and what it means (`request`) are two steps; each command is one
//! file. People read stderr (`messages`), programs read stdout (`json`).

mod archetype;
mod args;
mod build;
mod check;
mod clean;
mod completions;
mod drawing;
mod exit;
mod files;
mod fix;
mod init;
mod json;
mod messages;
mod new;
mod progress;
mod request;
mod rollback;
mod serve;
mod site;
mod stdout;
mod summary;
mod surroundings;
mod translations;
mod watching;
mod why;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Args, Color, Command};
use exit::Failure;
use messages::Messages;
use surroundings::Surroundings;

pub use exit::Exit;

/// Does what the arguments of a process ask for; the first one is the program's name.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> Exit {
    exit::announce_bugs();
    let typed: Vec<OsString> = typed.into_iter().collect();
    exit::guard(|| match parse(typed) {
        Ok(args) => obey(args),
        Err(answer) => exit::usage(&answer),
    })
}

fn parse(typed: Vec<OsString>) -> Result<Args, clap::Error> {
    let mut command = Args::command().color(Color::typed(&typed).into());
    let matches = command.try_get_matches_from_mut(typed)?;
    Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

fn obey(args: Args) -> Exit {
    let tongue = args.shared.lang.map(Into::into);
    let tongue = tongue.unwrap_or_else(surroundings::tongue);
    let messages = Messages::new(args.shared.color.into(), tongue);
    command(args, &messages).unwrap_or_else(|failure| {
        messages.failure(&failure);
        Exit::Failed
    })
}

fn command(args: Args, messages: &Messages) -> Result<Exit, Failure> {
    let Args { shared, command } = args;
    let around = Surroundings::look()?;
    match command {
        Command::Build(args) => build::run(args, &shared, &around, messages),
        Command::Check(args) => check::run(args, &shared, &around, messages),
        Command::Serve(args) => serve::run(args, &shared, &around, messages),
        Command::New(args) => new::run(args, &shared, &around, messages),
        Command::Init(args) => init::run(&args, &shared, &around, messages),
        Command::Why(args) => why::run(args, &shared, &around, messages),
        Command::Rollback(args) => rollback::run(args, &shared, &around, messages),
        Command::Fix(args) => fix::run(args, &shared, &around, messages),
        Command::Translations(args) => translations::run(args, &shared, &around, messages),
        Command::Clean(args) => clean::run(args, &shared, &around, messages),
        Command::Completions { shell } => completions::run(shell),
    }
}
