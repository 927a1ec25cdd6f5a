//! Who takes part, and the command that each builds its site with.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use crate::measured::{self, Figures};
use crate::site::Form;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Name {
    Courant,
    Hugo,
    Zola,
    Floor,
    Libraries,
}

/// A generator, or the floor.
pub struct Rival {
    pub name: Name,
    /// With the version.
    pub title: String,
    program: PathBuf,
    /// Its twin of the site.
    pub site: PathBuf,
}

impl Rival {
    /// `None` if the machine does not have it.
    pub fn find(name: Name, sites: &Path) -> Option<Self> {
        let (program, title) = match name {
            Name::Courant => (
                env!("CARGO_BIN_EXE_courant").into(),
                format!("courant {}", env!("CARGO_PKG_VERSION")),
            ),
            Name::Hugo => found("HUGO", "hugo", "Hugo", "version")?,
            Name::Zola => found("ZOLA", "zola", "Zola", "--version")?,
            Name::Floor => (
                std::env::current_exe().expect("this program"),
                "the floor".to_owned(),
            ),
            Name::Libraries => (
                std::env::current_exe().expect("this program"),
                "the floor and the libraries".to_owned(),
            ),
        };
        let form = name.form().unwrap_or(Form::Courant);
        let site = sites.join(form.folder());
        Some(Self {
            name,
            title,
            program,
            site,
        })
    }

    /// The base of all templates of its site.
    pub fn base(&self) -> PathBuf {
        match self.name {
            Name::Hugo => self.site.join("layouts/baseof.html"),
            _ => self.site.join("templates/base.html"),
        }
    }

    /// What an earlier build left beside the sources.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        match self.name {
            Name::Courant => vec![self.site.join(".courant")],
            Name::Hugo => vec![
                self.site.join("resources"),
                self.site.join(".hugo_build.lock"),
            ],
            Name::Zola | Name::Floor | Name::Libraries => Vec::new(),
        }
    }

    /// Builds the site. The floor writes what `model` holds, with the libraries and without.
    pub fn run(&self, output: &Path, model: &Path) -> Figures {
        let mut command = Command::new(&self.program);
        match self.name {
            Name::Courant => command.args(["build", "-q", "-C"]).args([
                self.site.as_path(),
                Path::new("-o"),
                output,
            ]),
            Name::Hugo => {
                command
                    .args(["--quiet", "-s"])
                    .args([self.site.as_path(), Path::new("-d"), output])
            }
            Name::Zola => command
                .arg("--root")
                .arg(&self.site)
                .args(["build", "--force", "--output-dir"])
                .arg(output),
            Name::Floor | Name::Libraries => {
                command
                    .arg("floor")
                    .args([self.site.as_path(), model, output])
                    .args((self.name == Name::Libraries).then_some("--libraries"));
                return timed_by_itself(&mut command);
            }
        };
        measured::run(&mut command)
    }
}

impl Name {
    /// The twin that is written for it; the floor reads courant's, with the libraries and without.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Courant => Some(Form::Courant),
            Self::Hugo => Some(Form::Hugo),
            Self::Zola => Some(Form::Zola),
            Self::Floor | Self::Libraries => None,
        }
    }
}

/// A program on `PATH`, or the one that a variable names, and what it says of itself.
fn found(variable: &str, name: &str, title: &str, ask: &str) -> Option<(PathBuf, String)> {
    let program = std::env::var_os(variable).map(PathBuf::from);
    let program = program.or_else(|| on_path(name))?;
    let answer = Command::new(&program).arg(ask).output().ok()?;
    let answer = String::from_utf8_lossy(&answer.stdout).into_owned();
    let version = answer
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|char: char| char.is_ascii_digit()) && word.contains('.'))?;
    let version = version.split(['-', '+']).next().unwrap_or(version);
    let mut start = [0; 2];
    let file = File::open(&program);
    file.and_then(|mut file| file.read_exact(&mut start)).ok()?;
    if start == *b"#!" {
        println!(
            "({program:?} is a script, and its start counts; {variable} may name the program)\n"
        );
    }
    Some((program, format!("{title} {version}")))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// The floor loads what it will write before its clock runs, so it looks at the clock itself.
fn timed_by_itself(command: &mut Command) -> Figures {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .expect("the floor starts");
    assert!(output.status.success(), "{command:?} failed");
    let text = String::from_utf8(output.stdout).expect("numbers");
    let mut numbers = text
        .split_whitespace()
        .map(|word| word.parse().expect("a number"));
    let mut next = || numbers.next().expect("a number");
    Figures {
        wall: next(),
        cpu: next(),
        peak: f64::NAN,
    }
}
