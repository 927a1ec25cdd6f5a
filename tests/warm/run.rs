//! The program in a process of its own, and what it says.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use crate::site::{Options, Site};

/// What a build says, as far as warm and clean must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub exit: i32,
    /// One JSON object each.
    pub diagnostics: Vec<String>,
    pub counts: Counts,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    pub success: bool,
    pub pages: usize,
    pub sections: usize,
    pub outputs: usize,
    pub warnings: usize,
    pub errors: usize,
}

/// What a build says it did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub verdict: Verdict,
    pub written: BTreeSet<String>,
    pub unchanged: BTreeSet<String>,
    pub removed: BTreeSet<String>,
    /// In the order in which they were listed.
    pub rendered: Vec<Rendered>,
    pub numbers: Numbers,
}

/// An output that was rendered, and why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rendered {
    pub path: String,
    pub because: Vec<String>,
}

/// The numbers at the end of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Numbers {
    pub rendered: usize,
    pub reused: usize,
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// A build that may use what earlier ones left.
///
/// # Errors
/// The program ended in a way that has nothing to do with the content.
pub fn warm(site: &Site) -> Result<Run, String> {
    let more: &[&str] = match site.is_doubted {
        true => &["--explain", "--no-cache"],
        false => &["--explain"],
    };
    run(&site.root(), &site.out(), site.options, more)
}

/// A build that uses nothing.
///
/// # Errors
/// As [`warm`].
pub fn clean(root: &Path, out: &Path, options: Options) -> Result<Run, String> {
    run(root, out, options, &["--no-cache"])
}

fn run(root: &Path, out: &Path, options: Options, more: &[&str]) -> Result<Run, String> {
    let json = ["--message-format", "json"];
    let output = build(root, out, options, &[&json, more].concat())?;
    let exit = output.status.code().unwrap_or_default();
    Ok(read(exit, &String::from_utf8_lossy(&output.stdout)))
}

/// What a build tells a person: what is wrong with the content, and which files are left out and
/// why. How far it is and how long it took are its own affair.
///
/// # Errors
/// As [`warm`].
pub fn told(root: &Path, out: &Path, options: Options, more: &[&str]) -> Result<String, String> {
    let output = build(root, out, options, &[&["--verbose"], more].concat())?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let is_first = |line: &&str| {
        let firsts = ["error", "warning", "Left out:", "Phases:"];
        firsts.iter().any(|first| line.starts_with(first))
    };
    let lines = stderr.lines().skip_while(|line| !is_first(line));
    let lines: Vec<&str> = lines.take_while(|line| *line != "Phases:").collect();
    Ok(lines.join("\n"))
}

fn build(root: &Path, out: &Path, options: Options, more: &[&str]) -> Result<Output, String> {
    let output = program("build", root, out)
        .args(["--jobs", "1", "--color", "never"])
        .args(options.typed(root))
        .args(more)
        .output()
        .expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0 | 1) => Ok(output),
        _ => Err(format!("{} {more:?}: {stderr}", output.status)),
    }
}

/// Another command about the site's output; whether there was anything to do.
pub fn command(site: &Site, name: &str) -> bool {
    let output = program(name, &site.root(), &site.out()).output();
    output.expect("the program runs").status.success()
}

fn program(name: &str, root: &Path, out: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_courant"));
    program
        .arg(name)
        .arg("-C")
        .arg(root)
        .arg("-o")
        .arg(out)
        .env_clear()
        .stdin(Stdio::null());
    program
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    Diagnostic {},
    Rendered(Rendered),
    Output {
        path: String,
        change: Change,
    },
    BuildFinished {
        #[serde(flatten)]
        counts: Counts,
        #[serde(flatten)]
        numbers: Numbers,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Written,
    Unchanged,
    Removed,
}

fn read(exit: i32, stdout: &str) -> Run {
    let mut run = Run::default();
    run.verdict.exit = exit;
    for line in stdout.lines() {
        let known = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        match known {
            Line::Diagnostic {} => run.verdict.diagnostics.push(line.to_owned()),
            Line::Rendered(rendered) => run.rendered.push(rendered),
            Line::Output { path, change } => {
                let paths = match change {
                    Change::Written => &mut run.written,
                    Change::Unchanged => &mut run.unchanged,
                    Change::Removed => &mut run.removed,
                };
                paths.insert(path);
            }
            Line::BuildFinished { counts, numbers } => {
                run.verdict.counts = counts;
                run.numbers = numbers;
            }
        }
    }
    run
}

#[test]
fn every_kind_of_line_is_understood() {
    let diagnostic = r#"{"reason":"diagnostic","code":"markdown","severity":"warning"}"#;
    let lines = [
        diagnostic,
        r#"{"reason":"rendered","path":"a/index.html","because":["title of @/a.md changed"]}"#,
        r#"{"reason":"output","path":"a/index.html","url":"/a/","change":"written"}"#,
        r#"{"reason":"output","path":"b.txt","url":"/b.txt","change":"unchanged"}"#,
        r#"{"reason":"output","path":"c.txt","url":"/c.txt","change":"removed"}"#,
        r#"{"reason":"build-finished","success":true,"pages":1,"sections":2,"outputs":3,"rendered":4,"reused":5,"written":6,"unchanged":7,"removed":8,"warnings":9,"errors":10,"duration_ms":11,"phases":{}}"#,
    ];
    let set = |path: &str| BTreeSet::from([path.to_owned()]);
    let expected = Run {
        verdict: Verdict {
            exit: 0,
            diagnostics: vec![diagnostic.to_owned()],
            counts: Counts {
                success: true,
                pages: 1,
                sections: 2,
                outputs: 3,
                warnings: 9,
                errors: 10,
            },
        },
        written: set("a/index.html"),
        unchanged: set("b.txt"),
        removed: set("c.txt"),
        rendered: vec![Rendered {
            path: "a/index.html".into(),
            because: vec!["title of @/a.md changed".into()],
        }],
        numbers: Numbers {
            rendered: 4,
            reused: 5,
            written: 6,
            unchanged: 7,
            removed: 8,
        },
    };
    assert_eq!(read(0, &lines.join("\n")), expected);
}
