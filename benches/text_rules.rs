//! What the rules for Chinese, Japanese and Korean text cost: clean builds of one site by courant
//! and by a courant that was compiled without them, in turn, so that a machine whose speed drifts
//! treats both alike.
//!
//! ```console
//! $ cargo bench --bench text_rules -- SITE [RUNS]
//! ```
//!
//! `RUNS` is 7 if not given. The site is not written to; outputs go to a temporary folder: point
//! `TMPDIR` at a tmpfs to leave the disk out of it. Prints the medians of CPU time (user and
//! system), and the median of the ratios run by run.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark prepares folders on the disk"
)]

#[expect(dead_code, reason = "wall time and memory are for others")]
mod measured;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measured::median;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let Some(site) = arguments.first().map(PathBuf::from) else {
        println!("usage: cargo bench --bench text_rules -- SITE [RUNS]");
        return;
    };
    let runs = arguments.get(1).and_then(|word| word.parse().ok());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = copy_of(&site, folder.path());
    let programs = [
        program(&["--features", "plain_text"], folder.path(), "without"),
        program(&[], folder.path(), "with"),
    ];
    let mut figures = [Vec::new(), Vec::new()];
    for run in 0..=runs.unwrap_or(7) {
        for (program, figures) in programs.iter().zip(&mut figures) {
            let cpu = build(program, &site, folder.path());
            // The first round fills the page cache.
            if run > 0 {
                figures.push(cpu);
            }
        }
    }
    let [without, with] = figures;
    let ratios = with.iter().zip(&without).map(|(a, b)| a / b);
    println!(
        "{} runs, CPU s: {:.3} without the rules, {:.3} with them, ratio {:.3}",
        with.len(),
        median(without.clone()),
        median(with.clone()),
        median(ratios.collect())
    );
}

/// The sources of a site in a folder of their own.
fn copy_of(site: &Path, folder: &Path) -> PathBuf {
    let copy = folder.join("site");
    for part in ["content", "data", "i18n", "static", "templates", "themes"] {
        copy_folder(&site.join(part), &copy.join(part));
    }
    fs::copy(site.join("site.yaml"), copy.join("site.yaml")).expect("a site");
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else {
        return;
    };
    fs::create_dir_all(to).expect("a folder");
    for entry in entries.map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        match entry.is_dir() {
            true => copy_folder(&entry, &target),
            false => drop(fs::copy(&entry, &target).expect("a copy")),
        }
    }
}

/// Compiles courant as it is released, and keeps the program under a name.
fn program(options: &[&str], folder: &Path, name: &str) -> PathBuf {
    let target = folder.join(name);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--release", "--bin", "courant", "--quiet"])
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    assert!(
        command.status().expect("cargo runs").success(),
        "{command:?}"
    );
    let built = Path::new(env!("CARGO_BIN_EXE_courant"));
    fs::copy(built, &target).expect("a copy of the program");
    target
}

/// CPU seconds of a build from nothing.
fn build(program: &Path, site: &Path, folder: &Path) -> f64 {
    let output = folder.join("public");
    for leftover in [&site.join(".courant"), &output] {
        let _ = fs::remove_dir_all(leftover);
    }
    let mut command = Command::new(program);
    command.args(["build", "-q", "--jobs", "1", "-C"]).arg(site);
    measured::run(command.arg("-o").arg(&output)).cpu
}
