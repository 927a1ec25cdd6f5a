//! Every two edits, in either order: those of the catalogue that are marked for it, or, with
//! `COURANT_WARM_PAIRS=all`, all.

use rayon::prelude::*;

use crate::edits::EDITS;
use crate::singles::built;
use crate::site::Site;
use crate::steps::{self, Step};
use crate::warm;

/// Enough failures to see what they have in common.
const TOLD: usize = 5;

/// The smallest site allows more; fewer mean that edits no longer find what they edit.
const LEAST: usize = 700;

pub fn hold(name: &str) {
    let built = built(name);
    let all = std::env::var("COURANT_WARM_PAIRS").is_ok_and(|which| which == "all");
    let paired = EDITS.iter().filter(|edit| all || edit.is_paired);
    let steps: Vec<Step> = paired.map(Step::first).collect();
    let outcomes: Vec<Outcome> = steps
        .par_iter()
        .map(|first| follow(&built, *first, &steps))
        .collect();
    let failures = outcomes.iter().flat_map(|outcome| &outcome.failures);
    let count = failures.clone().count();
    let told: Vec<&str> = failures.take(TOLD).map(String::as_str).collect();
    assert!(
        told.is_empty(),
        "{name}: {count} failures, among them\n{}",
        told.join("\n\n")
    );
    let played: usize = outcomes.iter().map(|outcome| outcome.played).sum();
    assert!(played >= LEAST, "{name} allows only {played} pairs");
}

struct Outcome {
    played: usize,
    failures: Vec<String>,
}

/// One edit, and every other one behind it.
fn follow(built: &Site, first: Step, seconds: &[Step]) -> Outcome {
    let mut outcome = Outcome {
        played: 0,
        failures: Vec::new(),
    };
    let mut once = built.copy();
    if !first.apply(&mut once) {
        return outcome;
    }
    if let Err(fault) = warm::build(&mut once) {
        outcome.failures.push(format!("{first}\n{fault}"));
        return outcome;
    }
    for second in seconds {
        let mut twice = once.copy();
        if !second.apply(&mut twice) {
            continue;
        }
        outcome.played += 1;
        if let Err(fault) = warm::build(&mut twice) {
            let line = steps::line(&[first, *second]);
            outcome.failures.push(format!("{line}\n{fault}"));
        }
    }
    outcome
}
