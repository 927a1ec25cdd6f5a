//! The README's commands, run as a newcomer would type them.

#![expect(
    clippy::disallowed_methods,
    reason = "a test prepares folders on the disk"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What stands behind `$ ` in the README's console blocks.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("the README");
    let (mut commands, mut is_console) = (Vec::new(), false);
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(language) => is_console = language == "console",
            None if is_console => commands.extend(line.strip_prefix("$ ").map(str::to_owned)),
            None => {}
        }
    }
    commands
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn courant(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_courant"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "courant {arguments:?}:\n{messages}"
    );
    messages
}

#[test]
fn the_commands_are_the_ones_tested_here() {
    assert_eq!(
        commands(),
        [
            "cargo run --release -- build",
            "cargo test",
            "cargo install --path .",
            "courant init my-site",
            "cd my-site",
            "courant build",
        ]
    );
}

#[test]
fn the_first_command_builds_this_repositorys_site() {
    let output = tempfile::tempdir().expect("a temporary folder");
    let folder = output.path().to_str().expect("a UTF-8 path");
    let messages = courant(root(), &["build", "--strict", "--output-dir", folder]);
    assert!(messages.starts_with("Built "), "{messages}");
    let page = fs::read_to_string(output.path().join("service/activities/two-new/index.html"));
    let page = page.expect("the article");
    assert!(page.contains("Party-Mass Service and Organisation Management"));
}

#[test]
fn a_new_site_builds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    courant(folder.path(), &["init", "my-site"]);
    let site = folder.path().join("my-site");
    let messages = courant(&site, &["build"]);
    assert!(messages.starts_with("Built "), "{messages}");
    assert!(site.join("public/index.html").is_file());
}

#[test]
fn the_picture_is_there() {
    let text = fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, rest) = text.split_once("](").expect("a picture");
    let (path, _) = rest.split_once(')').expect("its address");
    assert!(root().join(path).is_file(), "{path}");
}
