//! The layers of the program, held against what every file of `src/` names.
//!
//! A module may name modules of lower rows and itself. Rows stand from low to high; the modules of
//! the first row are one vocabulary and may name each other.

#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What everything else is written in: places, hashes, problems, data, settings.
const VOCABULARY: &[&str] = &[
    "path",
    "digest",
    "message",
    "diagnostic",
    "data",
    "date",
    "slug",
    "collation",
    "config",
    "stat",
    "packed",
    "byte_set",
    "sparse",
    "chance",
];

/// The modules above the vocabulary, from low to high.
const ROWS: &[&[&str]] = &[
    &["read", "parse", "strings", "template"],
    &["site"],
    &["trace"],
    &["world"],
    &["store"],
    &["theme"],
    &["render"],
    &["outputs"],
    &["publish"],
    &["build"],
    &["preview"],
    &["cli"],
    &["allocator"],
    &["main"],
];

/// Modules that stand high and know little: the vocabulary and nothing else.
const EDGES: &[&str] = &["publish"];

/// Crates that are used in one home, so that replacing one touches one folder.
const HOMES: &[(&str, &[&str])] = &[
    ("ammonia", &["parse"]),
    ("annotate_snippets", &["cli"]),
    ("chrono", &["date"]),
    ("chrono_tz", &["date"]),
    ("clap", &["cli"]),
    ("globset", &["read"]),
    ("http_body_util", &["preview"]),
    ("hyper", &["preview"]),
    ("hyper_util", &["preview"]),
    ("mime_guess", &["preview"]),
    ("notify", &["preview"]),
    ("open", &["cli"]),
    ("icu_collator", &["collation"]),
    ("icu_locale_core", &["collation", "strings"]),
    ("icu_plurals", &["strings"]),
    ("libmimalloc_sys", &["allocator"]),
    ("pulldown_cmark", &["parse"]),
    ("pulldown_latex", &["parse"]),
    ("postcard", &["packed", "store"]),
    ("rlimit", &["preview"]),
    ("serde_yaml", &["data"]),
    ("socket2", &["preview"]),
    ("tera", &["render"]),
    ("tokio", &["preview"]),
    ("twox_hash", &["digest"]),
    ("walkdir", &["read"]),
];

/// A file of `src/` without comments, strings and characters.
struct Source {
    /// Below `src/`.
    path: PathBuf,
    code: String,
}

impl Source {
    /// The top module that the file belongs to.
    fn module(&self) -> String {
        let first = self
            .path
            .components()
            .next()
            .expect("a path has a first part");
        first
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned()
    }

    /// How many `super` lead from the file to the root of the crate.
    fn depth(&self) -> usize {
        let is_mod = self.path.file_name().is_some_and(|name| name == "mod.rs");
        self.path.components().count() - usize::from(is_mod)
    }

    /// The top modules that the file names, each with its line.
    fn named(&self) -> Vec<(String, usize)> {
        let to_root = format!("{}super", "super::".repeat(self.depth() - 1));
        let mut named = Vec::new();
        for root in ["crate", &to_root] {
            for at in words(&self.code, root) {
                let before = self.code[..at].trim_end();
                let Some(mut path) = self.code[at + root.len()..].trim_start().strip_prefix("::")
                else {
                    continue;
                };
                if before.ends_with("::") {
                    continue;
                }
                // One more leads out of a module that is written within the file.
                while let Some(above) = path.strip_prefix("super::") {
                    path = above;
                }
                let line = self.code[..at].matches('\n').count() + 1;
                named.extend(heads(path).into_iter().map(|name| (name, line)));
            }
        }
        named
    }
}

/// Where a word stands that is no part of a longer one.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            !code[..*at].ends_with(is_word) && !code[at + word.len()..].starts_with(is_word)
        })
}

/// The first names of a path: one, or one for each entry of `{a::b, c}`.
fn heads(path: &str) -> Vec<String> {
    let path = path.trim_start();
    let Some(group) = path.strip_prefix('{') else {
        let end = path
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(path.len());
        return vec![path[..end].to_owned()];
    };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                if !group[start..at].trim().is_empty() {
                    names.extend(heads(&group[start..at]));
                }
                start = at + 1;
                if char == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

/// Blanks comments, strings and characters; lines stay where they are.
fn bare(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => text_end(rest),
            'r' if !ends_in_word(&out) && is_raw(rest) => raw_end(rest),
            '\'' => character_end(rest),
            _ => {
                out.push(char);
                rest = &rest[char.len_utf8()..];
                continue;
            }
        };
        out.extend(rest[..length].chars().filter(|c| *c == '\n'));
        out.push(' ');
        rest = &rest[length..];
    }
    out
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn is_raw(rest: &str) -> bool {
    rest[1..].trim_start_matches('#').starts_with('"')
}

fn raw_end(rest: &str) -> usize {
    let hashes = rest[1..].len() - rest[1..].trim_start_matches('#').len();
    let open = hashes + 2;
    let close = format!("\"{}", "#".repeat(hashes));
    rest[open..]
        .find(&close)
        .map_or(rest.len(), |at| open + at + close.len())
}

fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn character_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(rest.len(), |at| at + 4),
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let code = bare(&fs::read_to_string(&path).expect("a source file"));
                let path = path.strip_prefix(&root).expect("below src").to_owned();
                sources.push(Source { path, code });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn row(module: &str) -> Option<usize> {
    if VOCABULARY.contains(&module) {
        return Some(0);
    }
    ROWS.iter()
        .position(|row| row.contains(&module))
        .map(|row| row + 1)
}

/// Why a module may not name another, if it may not.
fn objection(module: &str, named: &str) -> Option<String> {
    let (here, there) = (row(module)?, row(named)?);
    if module == named || (here == 0 && there == 0) {
        None
    } else if there >= here {
        Some(format!(
            "`{module}` names `{named}`, which does not stand below it"
        ))
    } else if EDGES.contains(&module) && there > 0 {
        Some(format!(
            "`{module}` names `{named}`; it may know the vocabulary only"
        ))
    } else {
        None
    }
}

#[test]
fn modules_name_lower_rows_only() {
    let mut objections = Vec::new();
    for source in sources() {
        let module = source.module();
        for (named, line) in source.named() {
            if let Some(objection) = objection(&module, &named) {
                objections.push(format!("src/{}:{line}: {objection}", source.path.display()));
            }
        }
    }
    objections.sort();
    objections.dedup();
    assert!(
        objections.is_empty(),
        "{}\nMove what both need into a lower row, or hand it in as an argument.",
        objections.join("\n")
    );
}

#[test]
fn every_module_has_its_row() {
    let modules: BTreeMap<String, PathBuf> = sources()
        .into_iter()
        .map(|source| (source.module(), source.path))
        .collect();
    for (module, path) in &modules {
        assert!(
            module == "lib" || row(module).is_some(),
            "src/{} belongs to `{module}`, which has no row; add it to ROWS in tests/layers.rs",
            path.display()
        );
    }
    for module in VOCABULARY.iter().chain(ROWS.iter().copied().flatten()) {
        assert!(
            modules.contains_key(*module),
            "the row of `{module}` stands for no module of src/"
        );
    }
}

#[test]
fn each_crate_is_used_in_its_home_only() {
    let mut strays = Vec::new();
    for source in sources() {
        for (name, homes) in HOMES {
            if homes.contains(&source.module().as_str()) {
                continue;
            }
            for at in words(&source.code, name) {
                let is_path = source.code[at + name.len()..]
                    .trim_start()
                    .starts_with("::");
                let is_own = source.code[..at].trim_end().ends_with("::");
                if is_path && !is_own {
                    let line = source.code[..at].matches('\n').count() + 1;
                    strays.push(format!(
                        "src/{}:{line}: `{name}` belongs into src/{}",
                        source.path.display(),
                        homes.join(", src/")
                    ));
                }
            }
        }
    }
    assert!(
        strays.is_empty(),
        "{}\nAsk the home for what you need.",
        strays.join("\n")
    );
}

#[test]
fn the_reader_of_sources_sees_what_is_named() {
    let source = |path: &str, code: &str| Source {
        path: path.into(),
        code: bare(code),
    };
    let names = |source: Source| {
        source
            .named()
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    let code = "// crate::comment\nuse crate::{site::{Node, crate_like}, world};\nfn f<'a>(_: char) { crate::read::x(\"crate::text\", '\"', r#\"crate::raw\"#) }\n";
    assert_eq!(
        names(source("render/filters/a.rs", code)),
        ["site", "world", "read"]
    );
    let code = "use super::super::site::Node; use super::site; use super::super::super::build;";
    assert_eq!(names(source("render/a.rs", code)), ["site", "build"]);
    assert_eq!(names(source("theme.rs", "use super::world;")), ["world"]);
    assert_eq!(
        names(source("render/mod.rs", "use super::world;")),
        ["world"]
    );
    assert_eq!(
        objection("site", "world").as_deref(),
        Some("`site` names `world`, which does not stand below it")
    );
    assert_eq!(
        objection("publish", "site").as_deref(),
        Some("`publish` names `site`; it may know the vocabulary only")
    );
    assert_eq!(objection("world", "site"), None);
}
