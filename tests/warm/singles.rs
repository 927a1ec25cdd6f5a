//! Every edit alone, on a site that lies where it was built, with files older than the store: the
//! build has every right to trust what it knows of them.

use rayon::prelude::*;

use crate::economy;
use crate::edits::EDITS;
use crate::run::Run;
use crate::site::Site;
use crate::steps::Step;
use crate::warm;

/// Folders that lie on the disk at once.
const AT_ONCE: usize = 24;

pub fn hold(name: &str) {
    let built = built(name);
    let steps: Vec<Step> = EDITS.iter().map(Step::first).collect();
    let mut runs = Vec::new();
    let mut failures = Vec::new();
    for steps in steps.chunks(AT_ONCE) {
        let sites: Vec<Site> = steps.par_iter().map(|_| settled(&built)).collect();
        let outcomes = steps.par_iter().zip(sites);
        let outcomes: Vec<_> = outcomes.map(|(step, site)| single(step, site)).collect();
        for (step, outcome) in steps.iter().zip(outcomes) {
            match outcome {
                Ok(Some(run)) => runs.push((step.edit.name, run)),
                Ok(None) => {}
                Err(fault) => failures.push(format!("{name}: {step}\n{fault}")),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    economy::hold(name, &runs);
}

/// A site that has been built.
pub fn built(name: &str) -> Site {
    let mut site = Site::new(name);
    warm::build(&mut site).unwrap_or_else(|fault| panic!("{name}, the first build:\n{fault}"));
    site
}

/// A copy whose files are all old, and known to the store as they are now.
fn settled(built: &Site) -> Site {
    let mut site = built.copy();
    site.age();
    warm::repeat(&mut site).unwrap_or_else(|fault| panic!("a copy with other times:\n{fault}"));
    site
}

fn single(step: &Step, mut site: Site) -> Result<Option<Run>, String> {
    if !step.apply(&mut site) {
        return Ok(None);
    }
    let run = warm::build(&mut site)?;
    warm::repeat(&mut site)?;
    Ok(Some(run))
}
