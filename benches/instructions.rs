//! Guards against slowness that creeps in: counts the instructions of a build of 300 articles in one
//! thread, with few templates of their own and with the built-in theme, and compares them with those
//! that were recorded. Counts do not depend on how fast a machine is, or on what else it does.
//!
//! ```console
//! $ cargo bench --profile dev --bench instructions
//! $ COURANT_BLESS=1 cargo bench --profile dev --bench instructions
//! ```
//!
//! The second records what it finds in `benches/instructions/`. Needs valgrind; the program that
//! is counted is built by the profile `guard`, and only what counts is built by `dev`.
//!
//! What could make counts differ is fixed: the articles, the clock, the number of threads, the
//! environment and the length of paths. Addresses are valgrind's own, the same in every run. The
//! seeds of hash maps are not fixed; they change the sum by less than a thousandth. Valgrind shows
//! programs a processor with AVX2 and without AVX-512 wherever the machine has AVX2, so that all
//! such machines run the same code; on others nothing is compared.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark prepares folders on the disk"
)]

#[expect(dead_code, reason = "other benchmarks write more kinds of sites")]
mod site;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use site::{Form, Length, Plan};

const ARTICLES: usize = 300;
/// By how much a build may take more than was recorded.
const MARGIN: f64 = 0.03;
const RECORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions");
const BLESS: &str = "COURANT_BLESS=1 cargo bench --profile dev --bench instructions";

/// What the articles are shown with.
#[derive(Clone, Copy)]
enum Theme {
    /// The templates that other generators have twins of.
    Twins,
    BuiltIn,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::Twins => "twins",
            Self::BuiltIn => "built-in",
        }
    }

    fn record(self) -> PathBuf {
        Path::new(RECORDS).join(self.name()).with_extension("txt")
    }
}

fn main() -> ExitCode {
    if !is_comparable() {
        println!("Instructions were recorded on x86-64 with AVX2; this machine has no such thing.");
        return ExitCode::SUCCESS;
    }
    let program = program();
    let themes = [Theme::Twins, Theme::BuiltIn];
    let holds = themes.map(|theme| holds(theme, &program));
    match holds == [true; 2] {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Whether builds with a theme take no more than was recorded; or records what they take.
fn holds(theme: Theme, program: &Path) -> bool {
    let now = Counts {
        tools: tools(),
        parts: count(theme, program),
    };
    if std::env::var_os("COURANT_BLESS").is_some() {
        fs::write(theme.record(), now.text()).expect("the record can be written");
        println!("{}", now.text());
        return true;
    }
    let recorded = Counts::read(&fs::read_to_string(theme.record()).expect("a record"));
    let change = now.all() as f64 / recorded.all() as f64 - 1.0;
    println!(
        "A build of {ARTICLES} articles ({}) takes {} instructions an article; recorded are {} ({:+.2} %).",
        theme.name(),
        now.all(),
        recorded.all(),
        change * 100.0
    );
    if change.abs() <= MARGIN {
        return true;
    }
    println!("\n{}", now.beside(&recorded));
    if change < 0.0 {
        println!("Less than was recorded: keep it so with\n  {BLESS}");
        return true;
    }
    println!(
        "That is more than the margin of {} %. The parts above say where to look. If it is worth \
         what it costs, say so in the commit, and record it with\n  {BLESS}",
        MARGIN * 100.0
    );
    false
}

#[cfg(target_arch = "x86_64")]
fn is_comparable() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
fn is_comparable() -> bool {
    false
}

/// Builds courant with optimisation and with the names of its functions.
fn program() -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "build",
            "--profile",
            "guard",
            "--bin",
            "courant",
            "--locked",
        ])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let messages = output(&mut command);
    let program = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    program.expect("cargo names the program")
}

/// The programs whose versions move the counts.
fn tools() -> String {
    let version = |name: &str| {
        let text = output(Command::new(name).arg("--version"));
        text.lines().next().unwrap_or_default().to_owned()
    };
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    format!("{}, {}", version(&rustc), version("valgrind"))
}

fn output(command: &mut Command) -> String {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8(output.stdout).expect("text")
}

/// Instructions per article by part of the program.
fn count(theme: Theme, program: &Path) -> BTreeMap<String, u64> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let plan = Plan {
        articles: ARTICLES,
        length: Length::Usual,
    };
    plan.write(Form::Courant, &path("site"));
    if let Theme::BuiltIn = theme {
        show_with_built_in_theme(&path("site"));
    }
    let mut counts_to = std::ffi::OsString::from("--callgrind-out-file=");
    counts_to.push(path("counts"));
    output(
        Command::new("valgrind")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .args(["--tool=callgrind", "--quiet", "--compress-strings=no"])
            .arg(counts_to)
            .arg(program)
            .args([
                "build",
                "-q",
                "--jobs",
                "1",
                "--now",
                "2026-01-01T00:00:00Z",
            ])
            .args([
                Path::new("-C"),
                &path("site"),
                Path::new("-o"),
                &path("output"),
            ]),
    );
    let counts = fs::read_to_string(path("counts")).expect("what callgrind counted");
    let counts = by_part(&counts);
    let all: u64 = counts.values().sum();
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    for (part, count) in counts {
        let is_small = count < all / 1000;
        let part = match is_small {
            true => "everything else".to_owned(),
            false => part,
        };
        *parts.entry(part).or_default() += count;
    }
    parts
        .values_mut()
        .for_each(|count| *count /= ARTICLES as u64);
    parts
}

/// Takes away what a site has besides the built-in theme.
fn show_with_built_in_theme(site: &Path) {
    fs::remove_dir_all(site.join("templates")).expect("templates");
    let file = site.join("site.yaml");
    let settings = fs::read_to_string(&file).expect("settings");
    let built_in = settings.replacen("theme: bench\n", "", 1);
    assert_ne!(built_in, settings, "the site names a theme");
    fs::write(&file, built_in).expect("settings");
}

/// Adds up the lines of callgrind's file: `fn=` names a function, then come lines with a line
/// number and a count. A line after `calls=` counts what was called, which has lines of its own.
fn by_part(counts: &str) -> BTreeMap<String, u64> {
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    let (mut part, mut is_call) = (String::new(), false);
    for line in counts.lines() {
        if let Some(name) = line.strip_prefix("fn=") {
            part = part_of(name);
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let count = line.split_whitespace().nth(1);
            let count = count.and_then(|count| count.parse().ok());
            if !std::mem::take(&mut is_call) {
                *parts.entry(part.clone()).or_default() += count.unwrap_or(0);
            }
        }
    }
    parts
}

/// `<courant::parse::Document as Clone>::clone` → `courant::parse`, `tera::value::f` → `tera`.
fn part_of(function: &str) -> String {
    let name = function.trim_start_matches(['<', '&', '*', '(', '[']);
    let name = name.trim_start_matches("mut ").trim_start_matches("dyn ");
    let mut names = name.split("::");
    let first = names.next().unwrap_or_default();
    let is_name = |name: &str| {
        name.chars()
            .all(|char| char.is_alphanumeric() || char == '_')
    };
    match (first, names.next()) {
        ("courant", Some(module)) if is_name(module) => format!("courant::{module}"),
        ("core" | "alloc" | "std", Some(_)) => "the standard library".to_owned(),
        ("__rustc", _) => "the allocator".to_owned(),
        (name, Some(_)) if is_name(name) => name.to_owned(),
        (name, None) if name.contains("mi_") => "the allocator".to_owned(),
        _ => "the C library".to_owned(),
    }
}

/// What a build takes, by part, and what it was counted with.
struct Counts {
    tools: String,
    parts: BTreeMap<String, u64>,
}

impl Counts {
    fn all(&self) -> u64 {
        self.parts.values().sum()
    }

    /// Largest first.
    fn sorted(&self) -> Vec<(&str, u64)> {
        let parts = self.parts.iter();
        let mut parts: Vec<_> = parts.map(|(part, count)| (part.as_str(), *count)).collect();
        parts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        parts
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n", self.tools);
        for (part, count) in self.sorted() {
            writeln!(text, "{count:>9} {part}").expect("a string takes all");
        }
        text
    }

    fn read(text: &str) -> Self {
        let (tools, parts) = text.split_once('\n').unwrap_or_default();
        let parts = parts.lines().map(|line| {
            let (count, part) = line.trim_start().split_once(' ').expect("count and part");
            (part.to_owned(), count.parse().expect("a count"))
        });
        Self {
            tools: tools.to_owned(),
            parts: parts.collect(),
        }
    }

    /// A table of the parts that changed.
    fn beside(&self, recorded: &Self) -> String {
        let mut rows: Vec<(&str, u64, u64)> = Vec::new();
        for part in self.parts.keys().chain(recorded.parts.keys()) {
            let of = |counts: &Self| counts.parts.get(part).copied().unwrap_or(0);
            if rows.iter().all(|(known, ..)| known != part) {
                rows.push((part, of(recorded), of(self)));
            }
        }
        rows.sort_by_key(|(_, before, after)| std::cmp::Reverse(before.abs_diff(*after)));
        let mut text = String::from("instructions an article: recorded, now, difference\n");
        for (part, before, after) in rows.into_iter().take(12) {
            let difference = i128::from(after) - i128::from(before);
            writeln!(text, "{before:>9} {after:>9} {difference:>+9}  {part}")
                .expect("a string takes all");
        }
        if self.tools != recorded.tools {
            writeln!(
                text,
                "recorded with {}\nnow with      {}",
                recorded.tools, self.tools
            )
            .expect("a string takes all");
        }
        text
    }
}
