//! Slips of writers, in Chinese and in English: what a build says of each in both languages, and
//! what `courant fix` makes of it. Every folder beside this file is one slip:
//!
//! - `text.md`: an article as it was typed, byte for byte;
//! - `cmd.txt`: what the commands say; its form is that of the transcripts in `tests/cli`;
//! - `mended.md`, if there is one: the article as `courant fix` leaves it. Without one, it stays
//!   as it is.
//!
//! `COURANT_BLESS=1 cargo test --test slips` rewrites what the commands say and make; read all of
//! it as somebody who has never seen the program.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads and writes its folders itself"
)]

#[path = "../cli/transcript.rs"]
mod transcript;
#[path = "../tree/mod.rs"]
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What is played on every slip.
const COMMANDS: &str = "
$ courant build --quiet
$ courant build --quiet --lang zh
$ courant fix --dry-run --lang zh
$ courant fix
";

/// The site around the article: another article, a file and a section to link to.
const SITE: &[(&str, &str)] = &[
    (
        "site.yaml",
        "title: Harbour Health Association\nbase_url: https://harbour.example\ntheme: plain\ntimezone: Asia/Shanghai\n",
    ),
    (
        "content/news/opening.md",
        "---\ntitle: A new room\ndate: 2021-03-01\n---\n\n## Hours\n\nFrom nine to five.\n",
    ),
    ("content/registration.txt", "Name:\n"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slips")
}

/// Plays one slip; what differs from the expectation.
fn play(slip: &Path) -> Result<(), String> {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary
        .path()
        .canonicalize()
        .expect("a folder that exists");
    let mut site: tree::Tree = SITE
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let typed = fs::read(slip.join("text.md")).expect("a slip has a text.md");
    site.insert("content/text.md".into(), typed.clone());
    tree::write(&root, &site);
    tree::copy(&folder().join("../sites/plain"), &root.join("themes/plain"));

    let said = transcript::play(COMMANDS, &root);
    let made = fs::read(root.join("content/text.md")).expect("it stays there");
    let (cmd, mended) = (slip.join("cmd.txt"), slip.join("mended.md"));
    if tree::is_blessing() {
        fs::write(&cmd, &said).expect("a written transcript");
        match made == typed {
            true => drop(fs::remove_file(&mended)),
            false => fs::write(&mended, &made).expect("a written article"),
        }
        return Ok(());
    }
    let expected = fs::read_to_string(&cmd).unwrap_or_default();
    if expected != said {
        return Err(format!("expected\n{expected}\nbut this happened:\n{said}"));
    }
    match made == fs::read(&mended).unwrap_or(typed) {
        true => Ok(()),
        false => Err("`courant fix` leaves another text".into()),
    }
}

#[test]
fn every_slip_is_named_in_both_languages_and_mended_if_that_is_clear() {
    let entries = fs::read_dir(folder()).expect("the folder of this file");
    let mut slips: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    slips.sort();
    assert!(slips.len() >= 40, "{} slips", slips.len());
    let (waiting, wrong) = (Mutex::new(slips.iter()), Mutex::new(Vec::new()));
    let next = || waiting.lock().expect("nobody panics").next();
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(slip) = next() {
                    if let Err(why) = play(slip) {
                        let told = format!("{}: {why}", slip.display());
                        wrong.lock().expect("nobody panics").push(told);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("nobody panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A slip that nobody hears of would be published.
#[test]
fn no_slip_is_passed_over() {
    for entry in fs::read_dir(folder()).expect("the folder of this file") {
        let slip = entry.expect("an entry").path();
        if !slip.is_dir() {
            continue;
        }
        let said = fs::read_to_string(slip.join("cmd.txt")).expect("a transcript");
        for name in ["error[", "错误["] {
            let warning = name.replace("error", "warning").replace("错误", "警告");
            assert!(
                said.contains(name) || said.contains(&warning),
                "{} has no {name}",
                slip.display()
            );
        }
    }
}
