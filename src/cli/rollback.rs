//! `courant rollback`.

use crate::publish::{self, RolledBack};

use super::args::{Rollback, Shared};
use super::exit::{Exit, Failure};
use super::messages::{Messages, WAITING};
use super::site::Site;
use super::summary::{self, count};
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
            messages.say("Nothing was changed: the configuration names the output folder, and it cannot be read.\n");
            return Ok(Exit::ContentErrors);
        }
    };
    let mut wait = || messages.say(WAITING);
    let done = publish::roll_back(&site.root.join(publish::STORE), &output, &mut wait)?;
    let Some(done) = done else {
        return Err(Failure::new(format!("there is nothing to go back to in {shown}")).help(
            "Only the last build can be undone, once, and a first build cannot. To publish an earlier state, take the site's sources back to it and build.",
        ));
    };
    messages.say(&summary::replaced(&done.replaced, &site.root));
    messages.say(&told(&done, &shown));
    Ok(Exit::Done)
}

fn told(done: &RolledBack, output: &str) -> String {
    let parts = [
        (done.restored.len(), "restored"),
        (done.removed.len(), "removed"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{} {what}", count(number, "file")))
        .collect();
    let what = match parts.is_empty() {
        true => "no file had changed".into(),
        false => parts.join(", "),
    };
    format!("{output} is as it was before the last build: {what}.\n")
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
                told(&done, "public"),
                format!("public is as it was before the last build: {end}\n")
            );
        }
    }
}
