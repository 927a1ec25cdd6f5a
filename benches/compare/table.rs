//! The table that is printed.

use std::path::Path;

use crate::disk::Size;
use crate::machine;
use crate::measured::{Figures, median};

/// What one of them took.
pub struct Row {
    title: String,
    /// With the first one.
    runs: usize,
    figures: Vec<Figures>,
    output: Size,
}

impl Row {
    pub fn new(title: String) -> Self {
        Self {
            title,
            runs: 0,
            figures: Vec::new(),
            output: Size { files: 0, bytes: 0 },
        }
    }

    /// Takes down a run. The first one fills caches; it counts only if there is no other.
    pub fn add(&mut self, figures: Figures, output: impl FnOnce() -> Size) {
        match self.runs {
            0 => self.output = output(),
            1 => self.figures.clear(),
            _ => {}
        }
        self.runs += 1;
        self.figures.push(figures);
    }

    /// What this one and another took on average, run by run.
    pub fn mean(mut self, other: &Self) -> Self {
        for (own, other) in self.figures.iter_mut().zip(&other.figures) {
            own.wall = f64::midpoint(own.wall, other.wall);
            own.cpu = f64::midpoint(own.cpu, other.cpu);
            own.peak = f64::midpoint(own.peak, other.peak);
        }
        self
    }

    fn median(&self, pick: fn(&Figures) -> f64) -> f64 {
        median(self.figures.iter().map(pick).collect())
    }

    /// The median of the ratios of runs that were taken in turn.
    fn times(&self, other: &Self, pick: fn(&Figures) -> f64) -> f64 {
        let pairs = self.figures.iter().zip(&other.figures);
        median(pairs.map(|(own, other)| pick(own) / pick(other)).collect())
    }
}

/// Prints what was measured in a folder: what each took, and its ratios to the first, which
/// `whose` names.
pub fn print(what: &str, folder: &Path, whose: &str, rows: &[Row]) {
    println!(
        "{what}; medians of {} in turn;\n{}\n",
        rows[0].figures.len(),
        machine::line(folder)
    );
    println!(
        "| | wall s | CPU s | peak MB | files | output MB | wall ÷ {whose} | CPU ÷ | peak ÷ |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|"
    );
    for row in rows {
        let output = row.output;
        let times = |pick| ratio(row.times(&rows[0], pick));
        println!(
            "| {} | {:.3} | {:.3} | {} | {} | {:.1} | {} | {} | {} |",
            row.title,
            row.median(|run| run.wall),
            row.median(|run| run.cpu),
            whole(row.median(|run| run.peak)),
            output.files,
            output.bytes as f64 / 1e6,
            times(|run| run.wall),
            times(|run| run.cpu),
            times(|run| run.peak),
        );
    }
    println!();
}

fn whole(number: f64) -> String {
    match number.is_nan() {
        true => String::new(),
        false => format!("{number:.0}"),
    }
}

fn ratio(number: f64) -> String {
    match number.is_nan() {
        true => String::new(),
        false => format!("{number:.2}"),
    }
}
