//! The rounds in which all take their turns.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum as _;
use tempfile::TempDir;

use crate::disk::{self, Size};
use crate::rivals::{Name, Rival};
use crate::table::{self, Row};

/// Everybody's sites, and a place for what they write.
pub struct Contest {
    articles: usize,
    runs: usize,
    rivals: Vec<Rival>,
    folder: TempDir,
    is_in_memory: bool,
}

impl Contest {
    pub fn new(articles: usize, is_short: bool, runs: usize, with: &[Name]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sites = folder.path().join("sites");
        let everybody = Name::value_variants().iter().copied();
        let rivals: Vec<Rival> = everybody
            .filter(|name| *name == Name::Courant || with.contains(name))
            .filter_map(|name| Rival::find(name, &sites))
            .collect();
        for rival in rivals.iter().filter(|rival| rival.name.form().is_some()) {
            write(articles, is_short, &sites, rival.name);
        }
        Self {
            articles,
            runs,
            rivals,
            is_in_memory: disk::is_in_memory(folder.path()),
            folder,
        }
    }

    /// Builds from nothing into an empty folder. Courant's first output is the floor's model.
    pub fn clean(&self) {
        let mut rows = self.rows();
        for run in 0..=self.runs {
            for (place, row) in rows.iter_mut().enumerate() {
                self.build(place, run, row);
            }
        }
        self.print("clean builds into an empty folder", &rows);
    }

    /// Has one of them build from nothing.
    fn build(&self, place: usize, run: usize, row: &mut Row) {
        let (model, output) = (self.output(0, 0), self.output(place, run));
        let rival = &self.rivals[place];
        rival.leftovers().iter().for_each(|path| disk::remove(path));
        self.settle();
        let figures = rival.run(&output, &model);
        row.add(figures, || disk::size(&output));
        let keeps_model = self.rivals.iter().any(|rival| rival.name.form().is_none());
        // Whoever writes to a disk soon after a removal pays for it, so there all stays.
        if self.is_in_memory && !(keeps_model && output == model) {
            disk::remove(&output);
        }
    }

    /// Builds from nothing a larger site, and this one before and after it, all with courant: if a
    /// computer becomes slower meanwhile, both take part in that.
    pub fn growth(&self, larger: &Self) {
        let row = |contest: &Self| Row::new(format!("{} articles", contest.articles));
        let (mut before, mut after, mut large) = (row(self), row(self), row(larger));
        for run in 0..=self.runs {
            self.build(0, 2 * run, &mut before);
            larger.build(0, run, &mut large);
            self.build(0, 2 * run + 1, &mut after);
        }
        table::print(
            "clean builds with courant, those of the smaller site before and after the larger",
            self.folder.path(),
            "the smaller's",
            &[before.mean(&after), large],
        );
    }

    /// Edits the template that all pages share, and builds over what is there.
    pub fn edit(&self) {
        let model = self.output(0, 0);
        let bases: Vec<String> = self
            .rivals
            .iter()
            .map(|rival| fs::read_to_string(rival.base()).expect("a template"))
            .collect();
        for (place, rival) in self.rivals.iter().enumerate() {
            rival.run(&self.output(place, 0), &model);
        }
        let mut rows = self.rows();
        for run in 0..=self.runs {
            for (place, (rival, row)) in self.rivals.iter().zip(&mut rows).enumerate() {
                let edited = bases[place].replacen(
                    "<footer>",
                    &format!("<footer>\n<p>Edition {run}</p>"),
                    1,
                );
                assert_ne!(edited, bases[place], "the edit changes something");
                if rival.name.form().is_some() {
                    fs::write(rival.base(), edited).expect("a template");
                }
                self.settle();
                let output = self.output(place, 0);
                let figures = rival.run(&output, &model);
                row.add(figures, || disk::size(&output));
            }
        }
        self.print("builds after an edit of the template of all pages", &rows);
    }

    /// Builds again what has not changed.
    pub fn start(&self) {
        let model = self.output(0, 0);
        let mut rows = self.rows();
        for (place, rival) in self.rivals.iter().enumerate() {
            rival.run(&self.output(place, 0), &model);
        }
        for _ in 0..=self.runs {
            for (place, (rival, row)) in self.rivals.iter().zip(&mut rows).enumerate() {
                let output = self.output(place, 0);
                let figures = rival.run(&output, &model);
                row.add(figures, || disk::size(&output));
            }
        }
        self.print("builds of a site that has not changed", &rows);
    }

    fn rows(&self) -> Vec<Row> {
        let titles = self.rivals.iter().map(|rival| rival.title.clone());
        titles.map(Row::new).collect()
    }

    fn output(&self, place: usize, run: usize) -> PathBuf {
        self.folder.path().join(format!("output-{place}-{run}"))
    }

    fn settle(&self) {
        if !self.is_in_memory {
            disk::settle();
        }
    }

    fn print(&self, what: &str, rows: &[Row]) {
        let sources: Size = disk::size(&self.rivals[0].site.join("content"));
        let what = format!(
            "{} articles ({:.1} MB in {} files), {what}",
            self.articles,
            sources.bytes as f64 / 1e6,
            sources.files
        );
        table::print(&what, self.folder.path(), "courant's", rows);
    }
}

/// Lets another process write a site: what this one has used at most would count as used by every
/// program that it starts.
fn write(articles: usize, is_short: bool, sites: &Path, twin: Name) {
    let twin = twin.to_possible_value().expect("a name");
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("write").arg(articles.to_string()).arg(sites);
    command.args(["--with", twin.get_name()]);
    if is_short {
        command.arg("--short");
    }
    let status = command.status().expect("this program starts");
    assert!(status.success(), "{command:?} failed");
}
