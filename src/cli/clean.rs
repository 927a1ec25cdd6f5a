//! `courant clean`.

use crate::publish::{self, Cleaned};

use super::args::{Clean, Shared};
use super::exit::{Exit, Failure};
use super::messages::{Messages, WAITING};
use super::site::Site;
use super::summary::count;
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
            messages.say("Nothing was removed: the configuration names the output folder, and it cannot be read.\n");
            return Ok(Exit::ContentErrors);
        }
    };
    let mut wait = || messages.say(WAITING);
    let cleaned = publish::clean(&site.root.join(publish::STORE), &output, &mut wait)?;
    messages.say(&told(&cleaned, &shown));
    for copies in &cleaned.copies {
        messages.say(&format!(
            "{} stays: it holds copies of files that builds replaced.\n",
            around.shown(copies)
        ));
    }
    Ok(Exit::Done)
}

fn told(cleaned: &Cleaned, output: &str) -> String {
    let removed = match cleaned.removed.len() {
        0 => format!("Nothing to remove from {output}.\n"),
        number => format!("Removed {} from {output}.\n", count(number, "file")),
    };
    let kept = match cleaned.kept.len() {
        0 => String::new(),
        1 => "1 file stays: it is not as courant wrote it.\n".into(),
        number => format!("{number} files stay: they are not as courant wrote them.\n"),
    };
    removed + &kept
}
