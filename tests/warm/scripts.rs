//! Scripts of many edits: those that were kept, then random ones.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::edits::EDITS;
use crate::random::Random;
use crate::shrink::shrink;
use crate::singles::built;
use crate::site::Site;
use crate::steps::{self, Step};
use crate::warm;

/// Edits in a random script.
const LENGTH: usize = 30;

/// Random scripts for each site, unless `COURANT_WARM_SCRIPTS` says another number.
const USUAL: u64 = 20;

/// Failures that are made short, which takes its time.
const TOLD: usize = 3;

pub fn hold(name: &str) {
    let built = built(name);
    let kept = kept(name);
    assert!(!kept.is_empty(), "{name} has no kept script");
    let random = (1..=wanted()).map(|seed| (format!("seed {seed}"), random(seed)));
    let scripts: Vec<(String, Vec<Step>)> = kept.into_iter().chain(random).collect();
    let failures: Vec<_> = scripts
        .par_iter()
        .filter_map(|script| Some((script, play(&built, &script.1).err()?)))
        .collect();
    let count = failures.len();
    let told: Vec<String> = failures
        .into_par_iter()
        .take(TOLD)
        .map(|((source, script), failure)| shortest(&built, source, script, failure))
        .collect();
    assert!(
        told.is_empty(),
        "{name}: {count} failures. Keep the first line of each of these in {}:\n\n{}",
        file(name),
        told.join("\n\n")
    );
}

fn wanted() -> u64 {
    let set = std::env::var("COURANT_WARM_SCRIPTS").ok();
    set.map_or(USUAL, |number| number.parse().expect("a number of scripts"))
}

fn file(name: &str) -> String {
    format!("tests/warm/scripts/{name}.txt")
}

/// Scripts of earlier failures, and those that somebody thought of.
fn kept(name: &str) -> Vec<(String, Vec<Step>)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file(name));
    let text = fs::read_to_string(file).expect("a file of scripts");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| (line.to_owned(), steps::parse(line)))
        .collect()
}

/// A script. Now and then it mends what it may have broken, for a site that is broken for good
/// tests nothing.
fn random(seed: u64) -> Vec<Step> {
    const MENDED_EVERY: usize = 4;
    const UNBUILT_ONE_IN: usize = 6;
    let mut random = Random::new(seed);
    let steps = (1..=LENGTH).map(|at| match at % MENDED_EVERY {
        0 => Step::parse("mended"),
        _ => Step {
            edit: &EDITS[random.below(EDITS.len())],
            pick: random.below(7),
            is_built: random.below(UNBUILT_ONE_IN) != 0,
        },
    });
    steps.collect()
}

/// Why a script failed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Failure {
    /// How many of its steps were played.
    played: usize,
    fault: String,
}

/// Plays a script on a copy of a built site. Steps that find nothing to edit are passed over.
///
/// # Errors
/// The first build that was wrong.
fn play(built: &Site, steps: &[Step]) -> Result<(), Failure> {
    let mut site = built.copy();
    for (at, step) in steps.iter().enumerate() {
        if step.apply(&mut site) && step.is_built {
            warm::build(&mut site).map_err(|fault| Failure {
                played: at + 1,
                fault,
            })?;
        }
    }
    let last = warm::build(&mut site)
        .and_then(|_| warm::tell(&site))
        .and_then(|()| warm::repeat(&mut site));
    last.map_err(|fault| Failure {
        played: steps.len(),
        fault,
    })
}

/// What is wrong, with the shortest script that shows it.
fn shortest(built: &Site, source: &str, script: &[Step], failure: Failure) -> String {
    let fails = |steps: &[Step]| play(built, steps).is_err();
    let shortest = shrink(&script[..failure.played], &fails);
    let fault = play(built, &shortest).err().unwrap_or(failure).fault;
    format!("{}\n({source})\n{fault}", steps::line(&shortest))
}
