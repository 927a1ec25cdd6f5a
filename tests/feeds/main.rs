//! Every feed and sitemap of the golden sites and of this repository's own site, read as
//! strictly as RFC 4287 and the sitemap protocol allow.

#![expect(clippy::disallowed_methods, reason = "sites are built from files")]

#[path = "../tree/mod.rs"]
mod tree;

mod atom;
mod sitemap;
mod xml;

use std::path::{Path, PathBuf};

use courant::build::{self, Request, Silent};
use courant::config::Options;
use tree::Tree;

/// 2026-12-01T00:00:00Z, when all of this repository's articles are published.
const NOW: i64 = 1_796_083_200;

#[test]
fn feeds_and_sitemaps_of_the_golden_sites_are_valid() {
    let mut problems = Vec::new();
    let (mut feeds, mut sitemaps) = (0, 0);
    for (name, tree) in golden_trees() {
        problems.extend(
            atom::check(&tree)
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
        problems.extend(
            sitemap::check(&tree)
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
        feeds += count(&tree, "atom.xml");
        sitemaps += count(&tree, "sitemap.xml");
    }
    assert_eq!(problems, Vec::<String>::new());
    assert!(
        feeds >= 20 && sitemaps >= 40,
        "{feeds} feeds and {sitemaps} sitemaps"
    );
}

#[test]
fn feeds_and_sitemap_of_this_site_are_valid() {
    let tree = own_site();
    assert_eq!(atom::check(&tree), Vec::<String>::new());
    assert_eq!(sitemap::check(&tree), Vec::<String>::new());
    assert!(count(&tree, "atom.xml") > 10);
    assert_eq!(count(&tree, "sitemap.xml"), 1);
}

fn count(tree: &Tree, name: &str) -> usize {
    tree.keys()
        .filter(|path| path.rsplit('/').next() == Some(name))
        .count()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The expectations of every golden site, by the names of their folders.
fn golden_trees() -> Vec<(String, Tree)> {
    let mut trees = Vec::new();
    for site in folders(&root().join("tests/sites")) {
        for folder in folders(&site) {
            let name = folder
                .strip_prefix(root().join("tests/sites"))
                .expect("below it");
            let name = name.to_string_lossy().replace('\\', "/");
            if name.contains("/expected") {
                trees.push((name, tree::read(&folder)));
            }
        }
    }
    trees
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// This repository's site, built from a copy so that nothing is written into the repository.
fn own_site() -> Tree {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let copy = temporary.path().canonicalize().expect("its real path");
    for folder in ["content", "data", "i18n", "static", "templates", "themes"] {
        tree::copy(&root().join(folder), &copy.join(folder));
    }
    std::fs::copy(root().join("site.yaml"), copy.join("site.yaml")).expect("the configuration");
    let request = Request {
        root: copy.clone(),
        config: None,
        output_dir: None,
        options: Options::at(NOW),
        jobs: None,
        strict: false,
        warm: true,
        with_entries: true,
        is_last: false,
        format: courant::store::Format::of("test"),
    };
    let report = build::build(&request, &Silent).expect("a working environment");
    assert!(report.success, "{:#?}", report.problems);
    tree::read(&copy.join("public"))
}
