//! Golden sites: each folder is one small site named for the behaviour it shows. `site/` is
//! built with one thread and with four; both times the output must equal `expected/`, file for
//! file and byte for byte. The theme `plain/` is added to every site, so that the default theme
//! can change without touching these.
//!
//! `options.txt` lists several builds of one site, one a line: the folder of the expectation, then
//! the options. `problems.txt` holds the warnings of a site that has some; the others have none.
//!
//! `COURANT_BLESS=1 cargo test --test sites` rewrites the expectations.

#![expect(clippy::disallowed_methods, reason = "golden sites are files")]

mod hreflang;
#[path = "../tree/mod.rs"]
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use courant::build::{self, Request, Silent};
use courant::config::Options;
use courant::diagnostic::Problem;
use tree::Tree;

/// 2026-01-01T00:00:00Z
const NOW: i64 = 1_767_225_600;

macro_rules! sites {
    ($($name:ident)*) => {
        const SITES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

sites! {
    addresses
    aliases
    archives
    archives_none
    assets
    attachments
    authors
    base_path
    bilingual
    bilingual_missing
    breadcrumbs
    cascade
    collation
    configuration
    current_menus
    dates
    default_language_in_path
    drafts_future_expired
    fallback
    feeds
    feeds_off
    figures_and_images
    front_matter_none
    front_matter_toml
    functions
    highlighting
    highlighting_off
    implied_sections
    languages
    links
    markdown
    markdown_settings
    menus
    mixed_languages
    neighbours
    new_marks
    not_found
    not_found_own
    pagination
    pinned
    raw_html_allow
    raw_html_escape
    raw_html_sanitize
    redirect_to
    right_to_left
    robots
    robots_own
    search_and_sitemap_switches
    sections_sorting
    settled_calls
    shapes
    shared_passages
    sitemap
    static_files
    summaries
    table_of_contents
    taxonomies
    templates_lookup
    theme_strings
    transparent
    weights
}

#[test]
fn every_folder_is_a_test() {
    let mut folders: Vec<String> = fs::read_dir(folder())
        .expect("the folder of sites")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().join("site").is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    assert_eq!(
        folders, SITES,
        "list every folder with a `site` in `sites!`, in order"
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

fn check(name: &str) {
    let folder = folder().join(name);
    for case in cases(&folder) {
        let one = build_with(&folder, &case, 1);
        let four = build_with(&folder, &case, 4);
        assert_eq!(
            tree::difference(&one.tree, &four.tree),
            None,
            "one thread and four disagree"
        );
        assert_eq!(one.problems, four.problems, "one thread and four disagree");
        let expected = folder.join(&case.expected);
        if tree::is_blessing() {
            tree::replace(&expected, &one.tree);
            bless_problems(&folder, &one.problems);
        }
        if let Some(difference) = tree::difference(&tree::read(&expected), &one.tree) {
            panic!("{name}, {}:\n{difference}", case.expected);
        }
        assert_eq!(
            lines(&folder.join("problems.txt")),
            one.problems,
            "{name}, {}",
            case.expected
        );
    }
}

/// One build of a site.
struct Case {
    /// The folder of its expectation.
    expected: String,
    options: Options,
}

fn cases(folder: &Path) -> Vec<Case> {
    let listed = lines(&folder.join("options.txt"));
    let listed = if listed.is_empty() {
        vec!["expected".to_owned()]
    } else {
        listed
    };
    listed.iter().map(|line| case(line)).collect()
}

fn case(line: &str) -> Case {
    let mut words = line.split(' ');
    let expected = words
        .next()
        .expect("the folder of the expectation")
        .to_owned();
    let mut options = Options::at(NOW);
    for word in words {
        match word {
            "--drafts" => options.drafts = true,
            "--future" => options.future = true,
            "--expired" => options.expired = true,
            other => panic!("`{other}` is no option of a golden site"),
        }
    }
    Case { expected, options }
}

/// The lines of a file; a missing one has none.
fn lines(file: &Path) -> Vec<String> {
    let text = if file.exists() {
        fs::read_to_string(file).expect("a readable file")
    } else {
        String::new()
    };
    text.lines().map(str::to_owned).collect()
}

fn bless_problems(folder: &Path, problems: &[String]) {
    let file = folder.join("problems.txt");
    if !problems.is_empty() {
        fs::write(file, format!("{}\n", problems.join("\n"))).expect("a written file");
    } else if file.exists() {
        fs::remove_file(file).expect("an old file removed");
    }
}

/// What a build made.
struct Made {
    tree: Tree,
    problems: Vec<String>,
}

fn build_with(folder: &Path, case: &Case, jobs: usize) -> Made {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary.path().canonicalize().expect("its real path");
    tree::copy(&folder.join("site"), &root);
    tree::copy(&self::folder().join("plain"), &root.join("themes/plain"));
    build_at(&root, &case.options, jobs)
}

/// Builds a site where it lies, without options.
fn built(root: &Path, now: i64) -> Tree {
    let root = root.canonicalize().expect("its real path");
    build_at(&root, &Options::at(now), 2).tree
}

fn build_at(root: &Path, options: &Options, jobs: usize) -> Made {
    let request = Request {
        root: root.to_owned(),
        config: None,
        output_dir: None,
        options: options.clone(),
        jobs: Some(jobs),
        strict: false,
        warm: true,
        with_entries: true,
        is_last: false,
        format: courant::store::Format::of("test"),
    };
    let report = build::build(&request, &Silent).expect("a working environment");
    let problems = report.problems.iter().map(shown).collect();
    assert!(report.success, "{problems:#?}");
    Made {
        tree: tree::read(&root.join("public")),
        problems,
    }
}

fn shown(problem: &Problem) -> String {
    let place = problem
        .span
        .as_ref()
        .map(|span| format!(":{}:{}", span.line, span.column));
    format!(
        "{}{}: {} ({})",
        problem.path,
        place.unwrap_or_default(),
        problem.message.english(),
        problem.code.as_str()
    )
}
