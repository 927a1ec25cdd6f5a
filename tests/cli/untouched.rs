//! A check writes nothing: neither the output folder nor the store.

use std::path::Path;
use std::process::Command;

use super::tree;

#[test]
fn a_check_of_a_new_site_leaves_nothing_behind() {
    let (_temporary, root) = site();
    let before = tree::read(&root);
    courant(&root, &["check"]);
    assert_eq!(tree::difference(&before, &tree::read(&root)), None);
}

#[test]
fn a_check_leaves_what_a_build_left() {
    let (_temporary, root) = site();
    courant(&root, &["build"]);
    let before = tree::read(&root);
    for arguments in [
        &["check"][..],
        &["check", "--drafts"],
        &["check", "--no-cache"],
    ] {
        courant(&root, arguments);
        assert_eq!(
            tree::difference(&before, &tree::read(&root)),
            None,
            "{arguments:?}"
        );
    }
}

fn site() -> (tempfile::TempDir, std::path::PathBuf) {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary.path().join("site");
    tree::copy(&super::folder().join("build_says_more/site"), &root);
    tree::copy(
        &super::folder().join("../sites/plain"),
        &root.join("themes/plain"),
    );
    (temporary, root)
}

fn courant(root: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_courant"))
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the program runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {messages}");
}
