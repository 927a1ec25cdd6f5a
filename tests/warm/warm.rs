//! One warm build, held against a clean build of the same state.

use crate::clean;
use crate::faults::{self, Around};
use crate::run::{self, Run};
use crate::site::Site;
use crate::tree;

/// Builds.
///
/// # Errors
/// Says what is wrong with the build.
pub fn build(site: &mut Site) -> Result<Run, String> {
    let state = site.state();
    let before = site.published();
    site.older_store = site.store().and_then(|store| std::fs::read(store).ok());
    let run = run::warm(site)?;
    site.is_doubted = false;
    let after = site.published();
    let clean = clean::of(&state)?;
    let around = Around {
        before: &before,
        run: &run,
        after: &after,
        foreign: &site.foreign,
    };
    let faults = faults::of(&around, &clean);
    if !faults.is_empty() {
        let wanted = clean::tree(&state)?;
        let lines = tree::difference(&wanted, &tree::read(&site.out())).unwrap_or_default();
        let lines: String = lines.chars().take(2000).collect();
        return Err(format!("{}\n{lines}", faults.join("\n")));
    }
    if run.verdict.exit == 0 {
        site.good = state;
        site.foreign
            .retain(|path, _| !clean.published.contains_key(path));
    }
    Ok(run)
}

/// Builds once more, although nothing has happened.
///
/// # Errors
/// Says what is wrong with the build.
pub fn repeat(site: &mut Site) -> Result<(), String> {
    let faults = faults::of_repeat(&build(site)?);
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("\n")),
    }
}

/// Builds once more for a person, and compares what the person reads.
///
/// # Errors
/// Says what a warm build and a clean one tell.
pub fn tell(site: &Site) -> Result<(), String> {
    let warm = run::told(&site.root(), &site.out(), site.options, &[])?;
    let clean = clean::told(&site.state())?;
    match warm == clean {
        true => Ok(()),
        false => Err(format!("told warm:\n{warm}\ntold clean:\n{clean}")),
    }
}
