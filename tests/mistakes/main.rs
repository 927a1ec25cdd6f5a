//! Mistakes that people make, and the exact words they get to read. Each folder is one of them:
//! `site/` is laid over the site in `good/`, which was built before, `expected.txt` holds the exit
//! code and what the build then says, and `expected.zh.txt` the same in Chinese. What git cannot
//! keep is made by [`made`].
//!
//! `COURANT_BLESS=1 cargo test --test mistakes` rewrites the expectations; read every one of them
//! as if you had never seen the program.

#![cfg(unix)] // the operating system's words are part of some messages
#![expect(
    clippy::disallowed_methods,
    reason = "a test prepares sites on the disk"
)]

mod made;
#[path = "../tree/mod.rs"]
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::SystemTime;

use courant::config::{self, Options};
use courant::diagnostic::Code;
use courant::parse;
use courant::path::SourcePath;
use tree::Tree;

/// What a build of the mistake ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Published; perhaps with warnings.
    Works = 0,
    /// The content is wrong.
    Refused = 1,
    /// The environment or the command is wrong.
    Fails = 2,
}

struct Case {
    name: &'static str,
    exit: Exit,
    options: &'static [&'static str],
}

macro_rules! cases {
    ($($exit:ident { $($name:ident $([$($option:literal)*])?)* })*) => {
        const CASES: &[Case] = &[$($(Case {
            name: stringify!($name),
            exit: Exit::$exit,
            options: &[$($($option),*)?],
        },)*)*];
        $($(#[test] fn $name() { check(stringify!($name)); })*)*
    };
}

cases! {
    Works {
        byte_order_mark
        deep_emphasis
        deep_html
        deep_lists
        deep_quotes
        empty_file
        language_without_words
        long_line
        markdown_slips
        raw_html
        theme_without_pages
        unsafe_link
    }
    Refused {
        alias_bomb
        alias_bomb_in_data
        alias_clash
        alias_on_a_page
        alias_out_of_site
        article_key_in_section
        attachments_wrong
        author_and_authors
        authors_are_a_list
        authors_broken
        authors_wrong
        bad_base_url
        base_without_blocks
        bad_choice
        bad_formula
        bad_ignore_pattern
        bad_language_code
        bad_taxonomies
        bad_timezone
        big5_file
        binary_article
        broken_toml
        byte_order_mark_and_mistake
        cascade_of_own_keys
        component_with_a_wrong_argument
        component_without_an_argument
        config_broken
        config_in_gbk
        config_is_text
        config_without_title
        content_is_a_file
        content_is_missing
        curly_quotes
        damaged_file
        dangling_link
        data_broken
        data_not_there
        data_outside_of_the_site
        dead_address
        dead_anchor
        dead_content_link
        dead_cover_and_attachments
        dead_image
        dead_link_in_a_department
        dead_link_in_a_long_line
        dead_link_in_a_summary
        dead_link_in_han_text
        dead_relative_link
        deep_brackets
        duplicate_key
        extends_circle
        file_where_a_folder_is_needed
        folder_named_like_an_article
        front_matter_is_text
        front_matter_not_closed
        front_matter_not_opened
        full_width_colon
        full_width_fence
        function_with_a_wrong_argument
        gbk_file
        home_as_article
        huge_file
        image_damaged
        image_unreadable
        impossible_date
        language_twice
        link_loop
        link_out_of_the_site
        link_to_a_draft
        link_to_itself
        list_in_front_of_text
        list_out_of_line
        menu_to_nowhere
        menu_wrong
        missing_include
        missing_parent
        misspelt_key
        name_with_a_line_break
        name_without_letters
        name_without_utf8
        near_miss_link
        one_path_for_two
        output_into_the_folder_above
        output_into_the_sources
        page_on_a_list
        path_out_of_site
        pipe
        raw_html_strict ["--strict"]
        redirect_to_nowhere
        same_address
        same_page_twice
        section_key_in_article
        several_mistakes
        slug_too_long
        slug_with_slash
        slug_without_letters
        static_file_on_a_page
        static_file_on_an_attachment
        strings_broken
        strings_wrong
        tab_indentation
        template_in_gbk
        template_link_to_nowhere
        template_missing
        template_missing_below
        template_not_ended
        template_page_not_there
        template_syntax
        term_without_letters
        terms_with_one_slug
        theme_manifest_broken
        theme_manifest_wrong
        theme_missing
        theme_out_of_site
        theme_too_new
        translated_from_wrong
        translation_key_twice
        translations_required
        unclosed_quote
        undefined_field
        undefined_variable
        unknown_choice
        unknown_component
        unknown_config_key
        unknown_date_form
        unknown_fallback
        unknown_filter
        unknown_function
        unknown_key
        unknown_language
        unquoted_colon
        utf16_file
        value_begins_with_a_sign
        value_begins_with_an_asterisk
        windows_line_ends
        wrong_types
        yaml_nested_deeply
    }
    Fails {
        config_is_a_folder
        no_site
        output_into_the_sources_by_option ["-o" "content"]
        wrong_option ["--drafs"]
    }
}

/// Codes that no case shows, each with the reason.
const NOT_SHOWN: &[(Code, &str)] = &[(
    Code::ChangedWhileReading,
    "needs a file that changes between two moments of one build",
)];

fn case(name: &str) -> &'static Case {
    CASES
        .iter()
        .find(|case| case.name == name)
        .expect("a listed case")
}

/// The mistakes that `courant fix` mends, alone or among others.
const MENDED: &[&str] = &[
    "byte_order_mark_and_mistake",
    "curly_quotes",
    "full_width_colon",
    "full_width_fence",
    "gbk_file",
    "list_in_front_of_text",
    "misspelt_key",
    "several_mistakes",
    "tab_indentation",
    "unquoted_colon",
    "utf16_file",
    "value_begins_with_a_sign",
    "value_begins_with_an_asterisk",
    "windows_line_ends",
];

/// What can be mended in one way only is mended; every other article stays as it is.
#[test]
fn what_is_clear_is_mended() {
    let path = SourcePath::new("site.yaml");
    let config = config::load(&path, None, &Options::at(0), &mut Vec::new());
    let mut mended = Vec::new();
    for entry in fs::read_dir(folder()).expect("the folder of this file") {
        let case = entry.expect("an entry").path();
        let content = case.join("site/content");
        for (name, bytes) in content
            .is_dir()
            .then(|| tree::read(&content))
            .into_iter()
            .flatten()
        {
            let source = SourcePath::new(format!("content/{name}"));
            if source.extension() != "md" {
                continue;
            }
            let name = case
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if let Some(found) = parse::mend::mend(&source, &bytes, &config) {
                let mistakes = |bytes: Vec<u8>| parse::document(&source, &bytes, &config).1.len();
                assert!(
                    mistakes(found.after.into_bytes()) < mistakes(bytes),
                    "{name}"
                );
                mended.push(name);
            }
        }
    }
    mended.sort();
    mended.dedup();
    assert_eq!(mended, MENDED);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The good site with its `public/` and its store.
static GOOD: LazyLock<Tree> = LazyLock::new(|| {
    let site = tempfile::tempdir().expect("a temporary folder");
    tree::copy(&folder().join("good"), site.path());
    let output = build(site.path(), &["--strict"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    tree::read(site.path())
});

/// A copy of the good site that is broken in one way.
struct Broken {
    _temporary: tempfile::TempDir,
    root: PathBuf,
}

impl Broken {
    fn new(name: &str) -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let root = temporary
            .path()
            .canonicalize()
            .expect("its real path")
            .join("site");
        tree::write(&root, &GOOD);
        match made::MADE.iter().find(|(made, _)| *made == name) {
            Some((_, make)) => make(&root),
            None => {
                let site = folder().join(name).join("site");
                assert!(site.is_dir(), "{} is missing", site.display());
                tree::copy(&site, &root);
            }
        }
        Self {
            _temporary: temporary,
            root,
        }
    }
}

fn build(root: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_courant"))
        .arg("build")
        .args(["--color", "never", "--now", "2026-01-01T00:00:00Z"])
        .args(options)
        .current_dir(root)
        .env_clear()
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("messages are UTF-8")
}

/// The site's folder differs from run to run.
fn settled(text: &str, root: &Path) -> String {
    text.replace(&root.display().to_string(), "/site")
}

/// The published files with the time of their last change.
fn published(root: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let public = root.join("public");
    let with_time = |(name, bytes): (String, Vec<u8>)| {
        let changed = fs::metadata(public.join(&name)).and_then(|file| file.modified());
        (name, (bytes, changed.expect("a time")))
    };
    tree::read(&public).into_iter().map(with_time).collect()
}

fn check(name: &str) {
    let Case { exit, options, .. } = case(name);
    let site = Broken::new(name);
    let before = published(&site.root);
    // What else a build did is no part of these messages.
    let quiet: &[&str] = if *exit == Exit::Works {
        &["--quiet"]
    } else {
        &[]
    };
    // A mistake that does not hinder a build is told by the second one from what the first kept.
    for (language, file) in LANGUAGES {
        let output = build(&site.root, &[options, quiet, language].concat());
        let said = settled(&text(&output.stderr), &site.root);
        assert_eq!(
            output.status.code(),
            Some(*exit as i32),
            "{name} ends otherwise ({}):\n{said}",
            output.status
        );
        assert!(
            !said.contains("panicked") && !said.contains("bug in courant"),
            "{name}:\n{said}"
        );
        assert_eq!(text(&output.stdout), "", "{name}: stdout is for data");
        if *exit != Exit::Works {
            assert!(
                !before.is_empty() && before == published(&site.root),
                "{name} changed the published site"
            );
        }
        let found = format!("exit code {}\n\n{said}", *exit as i32);
        let file = folder().join(name).join(file);
        if tree::is_blessing() {
            fs::create_dir_all(folder().join(name)).expect("a folder");
            fs::write(&file, &found).expect("a written expectation");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            expected == found,
            "{name}: expected\n{expected}\nfound\n{found}"
        );
    }
}

/// The options of a language, and where its words are expected.
const LANGUAGES: [(&[&str], &str); 2] = [
    (&[], "expected.txt"),
    (&["--lang", "zh"], "expected.zh.txt"),
];

/// Cases in which a library has the word, and nobody has put what it says into plain words.
const NOT_CHINESE: &[(&str, &str)] = &[];

#[test]
fn chinese_is_chinese() {
    let is_han = |text: &str| text.chars().any(|char| ('一'..='鿿').contains(&char));
    let mut strange = Vec::new();
    for case in CASES {
        let file = folder().join(case.name).join("expected.zh.txt");
        let told = fs::read_to_string(file).expect("an expectation");
        let is_said = |line: &&str| {
            let bare = line.trim_start_matches([' ', '=']);
            let words = ["错误", "警告", "说明", "办法"];
            words.iter().any(|word| bare.starts_with(word))
        };
        for line in told.lines().filter(is_said) {
            let (_, said) = line.split_once('：').expect("a colon of its own");
            let words: String = said.split('`').step_by(2).collect();
            if !is_han(&words) {
                strange.push((case.name, said.to_owned()));
            }
        }
    }
    let strange: Vec<(&str, &str)> = strange
        .iter()
        .map(|(name, said)| (*name, &**said))
        .collect();
    assert_eq!(strange, NOT_CHINESE);
}

#[test]
fn every_folder_is_a_case() {
    let entries = fs::read_dir(folder()).expect("the folder of mistakes");
    let folders: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir() && entry.file_name() != "good")
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.name.to_owned()).collect();
    assert_eq!(folders, cases);
}

#[test]
fn every_code_is_shown_by_a_case() {
    let shown: String = CASES
        .iter()
        .map(|case| {
            fs::read_to_string(folder().join(case.name).join("expected.txt")).unwrap_or_default()
        })
        .collect();
    let missing: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| !shown.contains(&format!("[{}]: ", code.as_str())))
        .collect();
    let excused: Vec<Code> = NOT_SHOWN.iter().map(|(code, _)| *code).collect();
    assert_eq!(missing, excused);
}

#[test]
fn a_program_reads_the_same_problem_as_json() {
    let site = Broken::new("misspelt_key");
    let before = published(&site.root);
    let output = build(&site.root, &["--message-format", "json"]);
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(1), String::new())
    );
    assert!(
        before == published(&site.root),
        "the published site changed"
    );
    let lines = text(&output.stdout);
    assert_eq!(
        lines.lines().next(),
        Some(concat!(
            r#"{"reason":"diagnostic","code":"unknown-key","severity":"error","#,
            r#""message":"there is no key `auther`","path":"content/clinic.md","#,
            r#""line":3,"column":1,"end_line":3,"end_column":7,"#,
            r#""help":"Did you mean `author`?","related":[]}"#,
        ))
    );
    let last = lines.lines().last().expect("a last line");
    assert!(
        last.starts_with(r#"{"reason":"build-finished","success":false,"#),
        "{last}"
    );
}
