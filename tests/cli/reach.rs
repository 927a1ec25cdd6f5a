//! `why FILE` held against builds: what an edit of the file renders must have been named before.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{folder, tree};

/// An edit that leaves the order of all lists as it is: file, what stands there, what replaces it.
const EDITS: &[(&str, &str, &str)] = &[
    ("content/news/clinic-day.md", "Come.", "Come early."),
    (
        "content/news/clinic-day.md",
        "title: Clinic day",
        "title: Clinic hour",
    ),
    (
        "content/news/clinic-day.md",
        "author: office",
        "author: office\nslug: clinic",
    ),
    (
        "content/news/clinic-day.zh.md",
        "title: 义诊日",
        "title: 义诊",
    ),
    ("content/news/spring.md", "After the", "Long after the"),
    ("data/authors.yaml", "en: Office", "en: The office"),
    ("data/hours.yaml", "closed", "open"),
    ("templates/foot.html", "hours.monday", "hours"),
    (
        "themes/plain/templates/components.html",
        "title: ",
        "called: ",
    ),
    (
        "themes/plain/templates/page.html",
        "section: ",
        "section is: ",
    ),
    ("themes/plain/i18n/en.yaml", "Authors", "Writers"),
    ("i18n/zh.yaml", "您好", "你好"),
    ("site.yaml", "title: A site", "title: The site"),
];

fn run(root: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_courant"))
        .args(arguments)
        .args(["--message-format", "json"])
        .current_dir(root)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1614909600")
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("JSON is text");
    assert!(output.status.success(), "{arguments:?}: {text}");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect()
}

fn paths(lines: &[serde_json::Value], reason: &str) -> BTreeSet<String> {
    let lines = lines.iter().filter(|line| line["reason"] == reason);
    lines
        .map(|line| line["path"].as_str().expect("a path").to_owned())
        .collect()
}

#[test]
fn what_an_edit_renders_was_named_before() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary.path();
    tree::copy(&folder().join("why/site"), root);
    tree::copy(&folder().join("../sites/plain"), &root.join("themes/plain"));
    for (file, from, to) in EDITS {
        run(root, &["build"]);
        let named = paths(&run(root, &["why", file]), "reaches");
        let text = fs::read_to_string(root.join(file)).expect("a file of the site");
        assert!(text.contains(from), "{file} holds `{from}`");
        fs::write(root.join(file), text.replace(from, to)).expect("an edit");
        let rendered = paths(&run(root, &["build", "--explain"]), "rendered");
        let new: BTreeSet<String> = match to.contains("slug: ") {
            true => ["news/clinic/index.html".to_owned()].into(),
            false => BTreeSet::new(),
        };
        assert!(!rendered.is_empty(), "{file}: `{to}` renders nothing");
        let missing: Vec<&String> = rendered
            .difference(&named)
            .filter(|path| !new.contains(*path))
            .collect();
        assert!(missing.is_empty(), "{file}: `{to}` renders {missing:?}");
    }
}
