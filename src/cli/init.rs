//! `courant init`.

use std::path::{Path, PathBuf};

use crate::config::Options;
use crate::date::TimeZone;
use crate::message::say;

use super::args::{Init, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::surroundings::Surroundings;
use super::{files, site};

/// The new site; the theme is in the program. `TODAY` stands for the date.
const STARTER: &[(&str, &str)] = &[
    ("site.yaml", include_str!("starter/site.yaml")),
    (
        "content/_index.md",
        include_str!("starter/content/_index.md"),
    ),
    (
        "content/news/_index.md",
        include_str!("starter/content/news/_index.md"),
    ),
    (
        "content/news/first-steps.md",
        include_str!("starter/content/news/first-steps.md"),
    ),
    (
        "data/authors.yaml",
        include_str!("starter/data/authors.yaml"),
    ),
];

/// What a version control system need not keep.
const IGNORED: &[&str] = &["/public/", "/.courant/"];

pub(super) fn run(
    args: &Init,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let typed = match (&shared.root, &args.folder) {
        (None, None) => PathBuf::from("."),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (Some(root), Some(folder)) => root.join(folder),
    };
    let folder = around.resolve(&typed);
    let is_here = folder == around.folder;
    let shown = typed.display().to_string();
    let found: Vec<&str> = site::traces(&folder).collect();
    if !found.is_empty() {
        let found = found.into_iter().map(say::verbatim).reduce(say::and);
        let found = found.unwrap_or_else(say::nothing);
        let message = match is_here {
            true => say::site_here_already(found),
            false => say::site_there_already(&shown, found),
        };
        return Err(Failure::new(message).help(say::choose_or_build()));
    }
    let made = create(&folder, around.now)?;
    ignore_outputs(&folder)?;
    messages.tell(&match is_here {
        true => say::created_here(say::files(made)),
        false => say::created_in(&shown, say::files(made)),
    });
    messages.say("\n");
    messages.tell(&say::next());
    messages.say(&next((!is_here).then_some(&*shown)));
    Ok(Exit::Done)
}

/// Files that are there already belong to somebody, and stay.
fn create(folder: &Path, now: i64) -> Result<usize, Failure> {
    let today = Options::at(now).now_in(&TimeZone::UTC);
    let today = today
        .and_then(|now| now.format("%Y-%m-%d", "en").ok())
        .unwrap_or_default();
    let mut made = 0;
    for (path, text) in STARTER {
        let file = folder.join(path);
        if !files::exists(&file) {
            files::write(&file, &text.replace("TODAY", &today))?;
            made += 1;
        }
    }
    Ok(made)
}

fn ignore_outputs(folder: &Path) -> Result<(), Failure> {
    let file = folder.join(".gitignore");
    let before = files::text(&file)?.unwrap_or_default();
    if let Some(after) = with_lines(&before, IGNORED) {
        files::write(&file, &after)?;
    }
    Ok(())
}

/// The text with those lines added that it lacks; `None` if it lacks none.
fn with_lines(text: &str, wanted: &[&str]) -> Option<String> {
    let bare = |line: &str| line.trim().trim_matches('/').to_owned();
    let lacks = |line: &&&str| !text.lines().any(|present| bare(present) == bare(line));
    let missing: Vec<&str> = wanted.iter().filter(lacks).copied().collect();
    if missing.is_empty() {
        return None;
    }
    let break_needed = !text.is_empty() && !text.ends_with('\n');
    let joint = if break_needed { "\n" } else { "" };
    Some(format!("{text}{joint}{}\n", missing.join("\n")))
}

/// The two commands that come next; `folder` is where to go first.
fn next(folder: Option<&str>) -> String {
    match folder {
        None => "  courant serve --watch\n  courant new news/second-article\n".into(),
        Some(name) if name.contains(char::is_whitespace) => {
            format!("  cd \"{name}\"\n  courant serve --watch\n")
        }
        Some(name) => format!("  cd {name}\n  courant serve --watch\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_where_they_are_missing() {
        assert_eq!(
            with_lines("", IGNORED).as_deref(),
            Some("/public/\n/.courant/\n")
        );
        assert_eq!(
            with_lines("*.bak", IGNORED).as_deref(),
            Some("*.bak\n/public/\n/.courant/\n")
        );
        assert_eq!(
            with_lines("public\n", IGNORED).as_deref(),
            Some("public\n/.courant/\n")
        );
        assert_eq!(with_lines("public/\n.courant/\n", IGNORED), None);
    }
}
