//! Finds the programs that the checks need beside courant itself, and decides what happens without
//! them: a developer's machine skips the checks that need them, with a line that says so; where
//! `CI=true` their absence is a failure.

use std::collections::BTreeSet;
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A browser and the program that drives it.
pub struct BrowserPrograms {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// Chromium and ChromeDriver, from `CHROME` and `CHROMEDRIVER` or from `PATH`.
pub fn browser_programs() -> Option<BrowserPrograms> {
    let chromium = program("CHROME", &["chromium", "chromium-browser", "google-chrome"]);
    let chromedriver = program("CHROMEDRIVER", &["chromedriver"]);
    let install = "install chromium and chromium-driver, or set CHROME and CHROMEDRIVER";
    Some(BrowserPrograms {
        chromium: required("Chromium", chromium, install)?,
        chromedriver: required("ChromeDriver", chromedriver, install)?,
    })
}

/// The Java program and the archive of the Nu HTML checker.
pub fn html_checker() -> Option<(PathBuf, PathBuf)> {
    let java = program("JAVA", &["java"]);
    let archive = node_module("vnu-jar/build/dist/vnu.jar");
    Some((
        required("Java", java, "install a Java runtime, or set JAVA")?,
        required("the Nu HTML checker", archive, INSTALL_MODULES)?,
    ))
}

/// The script of the axe accessibility engine.
pub fn axe_script() -> Option<PathBuf> {
    required(
        "axe-core",
        node_module("axe-core/axe.min.js"),
        INSTALL_MODULES,
    )
}

const INSTALL_MODULES: &str = "run npm ci --prefix tests/browser";

fn required(what: &str, found: Option<PathBuf>, remedy: &str) -> Option<PathBuf> {
    if found.is_none() {
        let in_ci = env::var("CI").is_ok_and(|value| value == "true");
        assert!(!in_ci, "{what} was not found, and CI=true: {remedy}");
        say_once(format!(
            "browser checks are skipped: {what} was not found; {remedy}\n"
        ));
    }
    found
}

/// Straight to the terminal: the test harness keeps back what a passing test prints.
fn say_once(line: String) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if !said.contains(&line) {
        let _ = std::io::stderr().write_all(line.as_bytes());
        said.insert(line);
    }
}

fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(variable).map(PathBuf::from) {
        assert!(
            chosen.is_file(),
            "{variable} names no file: {}",
            chosen.display()
        );
        return Some(chosen);
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

fn node_module(path: &str) -> Option<PathBuf> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules");
    Some(modules.join(path)).filter(|file| file.is_file())
}
