//! Times courant, Hugo and Zola on twins of one site, and the floor: a program that reads the same
//! sources and writes the same output, and does nothing else; if asked for, also the floor together
//! with the libraries that courant is made of. They run in turn, so that a machine whose speed
//! drifts treats all alike. Generators are taken from `PATH`, or from the variables
//! `HUGO` and `ZOLA`; those that are not there are left out.
//!
//! ```console
//! $ cargo bench --bench compare -- clean 1000 10000
//! $ cargo bench --bench compare -- clean 10000 --with floor,libraries
//! $ cargo bench --bench compare -- clean 1000000 --short --with courant,floor --runs 1
//! $ cargo bench --bench compare -- growth 10000 100000 --runs 3
//! $ cargo bench --bench compare -- edit 10000
//! $ cargo bench --bench compare -- start
//! $ cargo bench --bench compare -- write 10000 SITES
//! ```
//!
//! Everything is written to the folder for temporary files: point `TMPDIR` at a tmpfs or at a disk.
//! Prints tables in Markdown with medians of wall time, CPU time (user and system) and peak memory,
//! with their ratios to courant run by run, and with the number and size of the files written.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark prepares folders on the disk and looks for other generators"
)]

#[path = "../../src/allocator.rs"]
mod allocator;
mod contest;
#[path = "../measured/cpu.rs"]
mod cpu;
mod disk;
mod floor;
mod libraries;
mod machine;
#[path = "../measured/mod.rs"]
mod measured;
mod rivals;
#[path = "../site/mod.rs"]
mod site;
mod table;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use contest::Contest;
use libraries::Libraries;
use rivals::Name;
use site::{Length, Plan};

// The libraries work with what courant works with.
#[global_allocator]
static ALLOCATOR: allocator::Mimalloc = allocator::Mimalloc;

#[derive(Parser)]
#[command(
    name = "compare",
    about = "Times courant, Hugo, Zola and the floor in turn"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds from nothing into an empty folder
    Clean {
        /// Numbers of articles
        #[arg(required = true)]
        articles: Vec<usize>,
        #[command(flatten)]
        how: How,
    },
    /// Builds a larger site from nothing, and a smaller one before and after it, with courant alone
    Growth {
        /// The number of articles of the smaller site
        smaller: usize,
        /// The number of articles of the larger site
        larger: usize,
        #[command(flatten)]
        rounds: Rounds,
    },
    /// Builds over the last output after an edit of the template of all pages
    Edit {
        /// Numbers of articles
        #[arg(required = true)]
        articles: Vec<usize>,
        #[command(flatten)]
        how: How,
    },
    /// Builds a site of 10 pages that has not changed
    Start {
        #[command(flatten)]
        how: How,
    },
    /// Writes the twins to SITES/courant, SITES/hugo and SITES/zola
    Write {
        articles: usize,
        sites: PathBuf,
        /// Articles of about 1 kB
        #[arg(long)]
        short: bool,
        /// The twins to write
        #[arg(long, value_delimiter = ',', default_value = "courant,hugo,zola")]
        with: Vec<Name>,
    },
    /// Reads what is below SOURCES and writes the files of MODEL to OUTPUT; prints what that took
    #[command(hide = true)]
    Floor {
        sources: PathBuf,
        model: PathBuf,
        output: PathBuf,
        /// Has the libraries make a page of every article, too
        #[arg(long)]
        libraries: bool,
    },
}

#[derive(Args)]
struct Rounds {
    /// Runs of each; one before them is not counted
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Articles of about 1 kB
    #[arg(long)]
    short: bool,
}

#[derive(Args)]
struct How {
    #[command(flatten)]
    rounds: Rounds,
    /// Who takes part; courant always does
    #[arg(long, value_delimiter = ',', default_value = "courant,hugo,zola,floor")]
    with: Vec<Name>,
}

fn main() {
    // Cargo adds a word of its own.
    let words = std::env::args_os().filter(|word| word != "--bench");
    let words: Vec<_> = words.collect();
    if words.len() == 1 {
        println!("usage: cargo bench --bench compare -- --help");
        return;
    }
    match Arguments::parse_from(words).command {
        Command::Clean { articles, how } => {
            for articles in articles {
                how.contest(articles).clean();
            }
        }
        Command::Growth {
            smaller,
            larger,
            rounds,
        } => rounds
            .contest(smaller, &[])
            .growth(&rounds.contest(larger, &[])),
        Command::Edit { articles, how } => {
            for articles in articles {
                how.contest(articles).edit();
            }
        }
        Command::Start { how } => how.contest(10).start(),
        Command::Write {
            articles,
            sites,
            short,
            with,
        } => {
            let plan = plan(articles, short);
            for form in with.into_iter().filter_map(Name::form) {
                plan.write(form, &sites.join(form.folder()));
            }
        }
        Command::Floor {
            sources,
            model,
            output,
            libraries,
        } => {
            let libraries = libraries.then(|| Libraries::of(&sources));
            floor::run(&sources, &model, &output, libraries.as_ref());
        }
    }
}

fn plan(articles: usize, is_short: bool) -> Plan {
    let length = match is_short {
        true => Length::Short,
        false => Length::Usual,
    };
    Plan { articles, length }
}

impl How {
    fn contest(&self, articles: usize) -> Contest {
        self.rounds.contest(articles, &self.with)
    }
}

impl Rounds {
    fn contest(&self, articles: usize, with: &[Name]) -> Contest {
        Contest::new(articles, self.short, self.runs, with)
    }
}
