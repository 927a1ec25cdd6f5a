//! Problems on their way to the reader: repeats are counted, and places become lines and columns.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Problem};
use crate::message::say;
use crate::path::SourcePath;
use crate::read::Snapshot;

/// Finds lines and columns, and puts the problems into the order of files and places.
pub(super) fn located(problems: Vec<Diagnostic>, snapshot: &Snapshot) -> Vec<Problem> {
    let mut texts: BTreeMap<SourcePath, Option<String>> = BTreeMap::new();
    let mut text = |path: &SourcePath| {
        texts
            .entry(path.clone())
            .or_insert_with(|| snapshot.text(path))
            .clone()
    };
    let mut located: Vec<Problem> = problems
        .into_iter()
        .map(|problem| problem.pinpoint(&mut text))
        .collect();
    located.sort_by(|a, b| a.order().cmp(&b.order()));
    located.dedup();
    located
}

/// One mistake in a template shows up on every page that uses it; it is reported once, with the
/// number of pages.
pub(super) fn merge_repeats(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<(Diagnostic, usize)> = Vec::new();
    let mut places: HashMap<Diagnostic, usize> = HashMap::new();
    for problem in found {
        let mut identity = problem.clone();
        identity.help = None;
        match places.get(&identity) {
            Some(at) => merged[*at].1 += 1,
            None => {
                places.insert(identity, merged.len());
                merged.push((problem, 0));
            }
        }
    }
    merged
        .into_iter()
        .map(|(mut problem, repeats)| {
            if repeats > 0 && problem.code == Code::TemplateError {
                let same = say::same_happens(repeats);
                problem.help = Some(match problem.help.take() {
                    Some(help) => say::then(help, same),
                    None => same,
                });
            }
            problem
        })
        .collect()
}
