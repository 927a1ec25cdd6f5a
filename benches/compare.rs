//! Times clean builds of one site by courant and, where it is on `PATH`, of its twin by Hugo, in
//! turn, so that a machine whose speed drifts treats both alike.
//!
//! ```console
//! $ cargo bench --bench compare -- SITES [RUNS]
//! ```
//!
//! `SITES` holds the folders `ours/` and `hugo/`; `RUNS` is 5 if not given. Outputs go to a
//! temporary folder: point `TMPDIR` at a tmpfs to leave the disk out of it. Prints the medians of
//! wall time, CPU time (user and system) and peak memory, and the ratios run by run.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark prepares folders on the disk"
)]

mod measured;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measured::{Figures, median};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let Some(sites) = arguments.first().map(PathBuf::from) else {
        println!("usage: cargo bench --bench compare -- SITES [RUNS]");
        return;
    };
    let runs = arguments
        .get(1)
        .and_then(|word| word.parse().ok())
        .unwrap_or(5);
    let output = tempfile::tempdir().expect("a temporary folder");
    let rivals = [
        courant(&sites.join("ours"), output.path()),
        hugo(&sites.join("hugo"), output.path()),
    ];
    let rivals: Vec<Rival> = rivals.into_iter().flatten().collect();
    let mut figures: Vec<Vec<Figures>> = vec![Vec::new(); rivals.len()];
    for run in 0..=runs {
        for (rival, figures) in rivals.iter().zip(&mut figures) {
            let measured = rival.run();
            // The first round fills the page cache.
            if run > 0 {
                figures.push(measured);
            }
        }
    }
    print(&rivals, &figures);
}

/// One generator with the command that builds its site from nothing.
struct Rival {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    /// What a clean build must not find.
    leftovers: Vec<PathBuf>,
}

fn courant(site: &Path, output: &Path) -> Option<Rival> {
    let output = output.join("courant");
    Some(Rival {
        name: format!("courant {}", env!("CARGO_PKG_VERSION")),
        program: env!("CARGO_BIN_EXE_courant").into(),
        arguments: words(&["-C", text(site), "build", "-q", "-o", text(&output)]),
        leftovers: vec![site.join(".courant"), output],
    })
}

fn hugo(site: &Path, output: &Path) -> Option<Rival> {
    let version = Command::new("hugo").arg("version").output().ok()?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let number = version
        .split_whitespace()
        .find(|word| word.starts_with('v') && word.contains('.'))?;
    let output = output.join("hugo");
    Some(Rival {
        name: format!("Hugo {}", number.split('-').next().unwrap_or(number)),
        program: "hugo".into(),
        arguments: words(&["--quiet", "-s", text(site), "-d", text(&output)]),
        leftovers: vec![
            site.join("resources"),
            site.join(".hugo_build.lock"),
            output,
        ],
    })
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Rival {
    fn run(&self) -> Figures {
        for leftover in &self.leftovers {
            let _ = fs::remove_dir_all(leftover);
            let _ = fs::remove_file(leftover);
        }
        let mut command = Command::new(&self.program);
        measured::run(command.args(&self.arguments))
    }
}

fn print(rivals: &[Rival], figures: &[Vec<Figures>]) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, {} runs, medians\n", figures[0].len());
    println!("| generator | wall s | CPU s | peak MB |\n|---|---|---|---|");
    for (rival, figures) in rivals.iter().zip(figures) {
        let of = |pick: fn(&Figures) -> f64| median(figures.iter().map(pick).collect());
        println!(
            "| {} | {:.2} | {:.2} | {:.0} |",
            rival.name,
            of(|f| f.wall),
            of(|f| f.cpu),
            of(|f| f.peak)
        );
    }
    let [ours, theirs] = figures else { return };
    let ratio = |pick: fn(&Figures) -> f64| {
        median(
            ours.iter()
                .zip(theirs)
                .map(|(a, b)| pick(a) / pick(b))
                .collect(),
        )
    };
    println!(
        "| ratio | {:.3} | {:.3} | {:.3} |",
        ratio(|f| f.wall),
        ratio(|f| f.cpu),
        ratio(|f| f.peak)
    );
}
