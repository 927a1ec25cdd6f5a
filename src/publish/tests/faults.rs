//! Every change of the disk fails once, and from then on, at each place of a run.

use std::cell::Cell;

use super::super::faults::{Spell, Trouble};
use super::*;

const FIRST: &[(&str, &str)] = &[("index.html", "first")];

const OLD: &[(&str, &str)] = &[
    ("changed.html", "old"),
    ("edited.html", "old"),
    ("file", "a file"),
    ("folder/a/index.html", "a"),
    ("gone/deep/index.html", "gone"),
    ("index.html", "home"),
];

const NEW: &[(&str, &str)] = &[
    ("changed.html", "new, and longer"),
    ("file/index.html", "a folder"),
    ("folder", "a file"),
    ("index.html", "home"),
    ("new/deep/index.html", "new"),
    ("theirs.html", "ours"),
];

/// A site with two builds behind it and with files of others.
fn site() -> Site {
    let site = Site::new();
    site.write("public/CNAME", "example.org");
    site.write("public/theirs.html", "theirs");
    site.build(FIRST);
    site.build(OLD);
    site.write("public/edited.html", "by hand");
    site
}

/// Calls `run` with trouble at the first change, at the second, until it is not met any more, and
/// `check` each time it has failed. One thread makes the changes come in one order.
fn at_every_change<T>(
    prepare: impl Fn() -> Site + Sync,
    run: impl Fn(&Site) -> Result<T, PublishError> + Sync,
    check: impl Fn(&Site, usize) + Sync,
) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.expect("a thread").install(|| {
        for spell in [Spell::OneCall, Spell::FromThenOn] {
            let failures = Cell::new(0);
            for nth in 1.. {
                let site = prepare();
                let trouble = Trouble::below(&site.root(), nth, spell);
                let outcome = run(&site).map(drop);
                let struck = trouble.end();
                match outcome {
                    Ok(()) if struck.is_empty() => break,
                    // A copy does where the file system has no second names, and the last look
                    // for a stage is one too many.
                    Ok(()) => {}
                    Err(error) => {
                        names_the_path(&error, &struck, &site);
                        failures.set(failures.get() + 1);
                    }
                }
                check(&site, nth);
            }
            assert!(failures.get() > 10, "{spell:?}: {}", failures.get());
        }
    });
}

fn names_the_path(error: &PublishError, struck: &[PathBuf], site: &Site) {
    let is_staged = |path: &PathBuf| path.to_string_lossy().contains(".courant-stage-");
    let is_output = error.path.starts_with(site.output());
    let is_named = struck.contains(&error.path)
        // What waits in the stage, and a copy of what others had, go by the names people know.
        || is_output && struck.iter().any(|path| is_staged(path) || path.starts_with(site.store()));
    assert!(is_named, "{error} after {struck:?}");
    let path = error.path.display();
    let told = error.to_string();
    assert!(
        told.starts_with("cannot ") && told.ends_with(&format!(" {path}: no storage space")),
        "{told}"
    );
}

/// Every file has the content of one of these states, and files of others are there.
fn is_whole(site: &Site, states: &[&Tree]) {
    if !site.output().exists() {
        return;
    }
    let public = site.public();
    for (path, text) in public.iter().filter(|(path, _)| !path.ends_with('/')) {
        let known = states.iter().any(|state| state.get(path) == Some(text));
        assert!(known, "{path}: {text}");
    }
    for state in states {
        if let Some(name) = state.get("CNAME") {
            assert_eq!(public.get("CNAME"), Some(name));
        }
    }
}

/// What passes is gone; the store holds this, and copies of what others had.
fn nothing_is_left_over(site: &Site, in_store: &[&str]) {
    assert_eq!(site.names(), [".courant", "public"]);
    let names = names_in(&site.store());
    let names: Vec<&str> = names
        .iter()
        .map(|name| name.split('-').next().unwrap_or(name))
        .filter(|name| *name != "replaced")
        .collect();
    assert_eq!(names, in_store);
}

fn old_tree() -> Tree {
    site().public()
}

fn new_tree() -> Tree {
    let site = site();
    site.build(NEW);
    site.public()
}

#[test]
fn a_build_that_fails_anywhere_is_completed_by_the_next() {
    let (old, new) = (old_tree(), new_tree());
    at_every_change(
        site,
        |site| site.try_build(NEW),
        |site, _| {
            is_whole(site, &[&old, &new]);
            site.build(NEW);
            assert_eq!(site.public(), new);
            nothing_is_left_over(site, &["lock", "manifest", "previous"]);
            assert_eq!(site.build(NEW).written, []);
            assert!(site.roll_back().is_some());
            assert_eq!(site.public(), old);
            nothing_is_left_over(site, &["lock", "manifest"]);
        },
    );
}

#[test]
fn a_build_that_fails_anywhere_can_be_undone() {
    let prepare = || {
        let site = site();
        // With this, there is nothing to go back to but the state before the build that fails.
        fs::remove_dir_all(site.store().join("previous")).expect("removed");
        site
    };
    let old = old_tree();
    at_every_change(
        prepare,
        |site| site.try_build(NEW),
        |site, _| {
            site.roll_back();
            assert_eq!(site.public(), old);
            nothing_is_left_over(site, &["lock", "manifest"]);
            assert_eq!(site.roll_back(), None);
        },
    );
}

#[test]
fn a_first_build_that_fails_anywhere_is_completed_by_the_next() {
    let new = tree_of_new();
    at_every_change(
        Site::new,
        |site| site.try_build(NEW),
        |site, _| {
            is_whole(site, &[&new]);
            site.build(NEW);
            assert_eq!(site.public(), new);
            nothing_is_left_over(site, &["lock", "manifest"]);
            assert_eq!(site.roll_back(), None);
        },
    );
}

fn tree_of_new() -> Tree {
    let site = Site::new();
    site.build(NEW);
    site.public()
}

#[test]
fn a_rollback_that_fails_anywhere_is_completed_by_the_next() {
    let (old, new) = (old_tree(), new_tree());
    let prepare = || {
        let site = site();
        site.build(NEW);
        site
    };
    at_every_change(prepare, Site::try_roll_back, |site, _| {
        is_whole(site, &[&old, &new]);
        site.roll_back();
        assert_eq!(site.public(), old);
        nothing_is_left_over(site, &["lock", "manifest"]);
        assert_eq!(site.roll_back(), None);
    });
}

#[test]
fn a_build_after_a_rollback_that_failed_is_right() {
    let (old, new) = (old_tree(), new_tree());
    let prepare = || {
        let site = site();
        site.build(NEW);
        site
    };
    let other: &[(&str, &str)] = &[("index.html", "other"), ("new/deep/index.html", "other")];
    at_every_change(prepare, Site::try_roll_back, |site, _| {
        is_whole(site, &[&old, &new]);
        let given_back = site.read("public/theirs.html") == "theirs";
        site.build(other);
        let mut expected = tree(&[
            ("CNAME", "example.org"),
            ("index.html", "other"),
            ("new/", ""),
            ("new/deep/", ""),
            ("new/deep/index.html", "other"),
        ]);
        if given_back {
            expected.insert("theirs.html".into(), "theirs".into());
        }
        assert_eq!(site.public(), expected);
    });
}

#[test]
fn a_clean_that_fails_anywhere_is_completed_by_the_next() {
    let (old, new) = (old_tree(), new_tree());
    let prepare = || {
        let site = site();
        site.build(NEW);
        site
    };
    at_every_change(
        prepare,
        |site| clean(&site.store(), &site.output(), &mut no_wait),
        |site, _| {
            is_whole(site, &[&old, &new]);
            site.clean();
            assert_eq!(site.public(), tree(&[("CNAME", "example.org")]));
        },
    );
}

#[test]
fn what_the_next_build_is_to_know_is_saved_whole_or_not_at_all() {
    let save = |site: &Site, text: &str| -> Result<(), PublishError> {
        let publisher = begin(&site.store(), &site.output())?;
        for (path, text) in NEW {
            publisher.put(&output(path), text.as_bytes())?;
        }
        publisher.commit()?;
        let mut saving = publisher.save()?;
        saving.write(text.as_bytes())?;
        saving.write(b" and whole")?;
        saving.end()
    };
    let held = |site: &Site| saved(&site.store(), &site.output());
    at_every_change(
        || {
            let site = site();
            save(&site, "old").expect("no trouble yet");
            site.write("public/changed.html", "by hand");
            site
        },
        |site| save(site, "new"),
        |site, nth| {
            let whole = [b"old and whole".to_vec(), b"new and whole".to_vec()];
            let found = held(site).expect("the old one was there");
            assert!(whole.contains(&found), "{nth}: {found:?}");
            save(site, "last").expect("the trouble is over");
            assert_eq!(held(site), Some(b"last and whole".to_vec()));
        },
    );
}
