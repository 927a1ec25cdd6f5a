//! `courant rollback`.

use crate::message::{Message, say};
use crate::publish::{self, RolledBack};

use super::args::{Rollback, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::summary::{self, counted, together};
use super::surroundings::Surroundings;

pub(super) fn run(
    args: Rollback,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (output, shown) = match site.output(args.output_dir.as_deref(), around)? {
        Ok(output) => output,
        Err(problems) => {
            messages.problems(&problems);
            messages.tell(&say::nothing_changed());
            return Ok(Exit::ContentErrors);
        }
    };
    let mut wait = || messages.tell(&say::waiting());
    let done = publish::roll_back(&site.root.join(publish::STORE), &output, &mut wait)?;
    let Some(done) = done else {
        return Err(Failure::new(say::nothing_to_go_back_to(shown)).help(say::rollback_limits()));
    };
    messages.say(&summary::replaced(
        &done.replaced,
        &site.root,
        messages.tongue,
    ));
    messages.tell(&told(&done, &shown));
    Ok(Exit::Done)
}

fn told(done: &RolledBack, output: &str) -> Message {
    let what = together([
        counted(done.restored.len(), say::files_restored),
        counted(done.removed.len(), say::files_removed),
    ]);
    say::as_before(output, what.unwrap_or_else(say::no_file_had_changed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::OutputPath;

    #[test]
    fn what_changed_is_counted() {
        let files = |number: usize| vec![OutputPath::checked("a.html").expect("legal"); number];
        for ((restored, removed), end) in [
            ((2, 1), "2 files restored, 1 file removed."),
            ((0, 3), "3 files removed."),
            ((0, 0), "no file had changed."),
        ] {
            let done = RolledBack {
                restored: files(restored),
                removed: files(removed),
                ..RolledBack::default()
            };
            assert_eq!(
                told(&done, "public").english(),
                format!("public is as it was before the last build: {end}")
            );
        }
    }
}
