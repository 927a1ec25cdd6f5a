//! `courant clean`.

use crate::message::{Message, say};
use crate::publish::{self, Cleaned};

use super::args::{Clean, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::surroundings::Surroundings;

pub(super) fn run(
    args: Clean,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (output, shown) = match site.output(args.output_dir.as_deref(), around)? {
        Ok(output) => output,
        Err(problems) => {
            messages.problems(&problems);
            messages.tell(&say::nothing_removed());
            return Ok(Exit::ContentErrors);
        }
    };
    let mut wait = || messages.tell(&say::waiting());
    let cleaned = publish::clean(&site.root.join(publish::STORE), &output, &mut wait)?;
    for line in told(&cleaned, &shown) {
        messages.tell(&line);
    }
    for copies in &cleaned.copies {
        messages.tell(&say::copies_stay(around.shown(copies)));
    }
    Ok(Exit::Done)
}

fn told(cleaned: &Cleaned, output: &str) -> impl Iterator<Item = Message> {
    let removed = match cleaned.removed.len() {
        0 => say::nothing_to_remove(output),
        number => say::removed_from(say::files(number), output),
    };
    let kept = match cleaned.kept.len() {
        0 => None,
        1 => Some(say::file_stays()),
        number => Some(say::files_stay(number)),
    };
    std::iter::once(removed).chain(kept)
}
