//! Transcripts of the command line. Every folder beside this file is one case, named for what it
//! shows:
//!
//! - `cmd.txt`: lines `$ courant …`, each with what it says and how it ends; see [`transcript`];
//! - `site/`, if there is one: copied to a new folder, in which the commands run;
//! - `after/`, if there is one: what that folder must hold in the end, byte for byte. `.courant/`
//!   is courant's own affair, and is not looked at.
//!
//! Sites may name the theme `plain` of the golden sites, so that the default theme can change
//! without touching these.
//!
//! `COURANT_BLESS=1 cargo test --test cli` rewrites the expectations.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads and writes its folders itself"
)]

mod pipes;
mod reach;
mod transcript;
#[path = "../tree/mod.rs"]
mod tree;
mod untouched;

use std::fs;
use std::path::{Path, PathBuf};

use tree::Tree;

macro_rules! cases {
    ($($name:ident)*) => {
        const CASES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

cases! {
    build_cannot_write
    build_in_json
    build_ok
    build_replaces
    build_says_more
    build_twice
    build_with_other_options
    check_reports
    check_translations
    check_what_build_left
    clean_keeps_foreign_files
    config_errors
    content_errors
    fix
    help
    in_chinese
    init
    init_refuses
    init_then_build
    new_article
    new_from_archetypes
    new_refuses
    new_section
    no_site
    outputs_in_json
    rollback
    site_is_found_from_below
    translations
    version
    warnings
    why
    why_in_json
    why_refuses
    wrong_usage
}

#[test]
fn every_folder_is_a_case() {
    let entries = fs::read_dir(folder()).expect("the folder of this file");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<String> = paths
        .filter(|path| path.is_dir())
        .map(|path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    folders.sort();
    assert_eq!(folders, CASES, "list every folder in `cases!`, in order");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn check(name: &str) {
    let case = folder().join(name);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary
        .path()
        .canonicalize()
        .expect("a folder that exists");
    tree::copy(&case.join("site"), &root);
    tree::copy(&folder().join("../sites/plain"), &root.join("themes/plain"));

    let file = case.join("cmd.txt");
    let expected = fs::read_to_string(&file).expect("a case has a cmd.txt");
    let happened = transcript::play(&expected, &root);
    let after = case.join("after");
    if tree::is_blessing() {
        fs::write(&file, &happened).expect("a written transcript");
        if after.is_dir() {
            tree::replace(&after, &visible(&root));
        }
        return;
    }
    assert!(
        expected == happened,
        "{name} expects\n{expected}\nbut this happened:\n{happened}"
    );
    if after.is_dir()
        && let Some(difference) = tree::difference(&tree::read(&after), &visible(&root))
    {
        panic!("{name}:\n{difference}");
    }
}

fn visible(root: &Path) -> Tree {
    let mut tree = tree::read(root);
    tree.retain(|path, _| !path.starts_with(".courant/") && !path.starts_with("themes/plain/"));
    tree
}
