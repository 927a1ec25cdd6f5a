//! What changed from build to build, as far back as open pages may need it.

use std::collections::{BTreeSet, VecDeque};

use crate::build::Report;
use crate::path::{OutputPath, SourcePath};

/// The last builds that published something.
#[derive(Default)]
pub(super) struct History {
    changes: VecDeque<Change>,
    /// The last turn that is forgotten.
    forgotten: u64,
}

/// What one build changed.
pub(super) struct Change {
    pub(super) turn: u64,
    pub(super) changed: Changed,
    /// The address of what was edited.
    pub(super) navigate: Option<String>,
}

/// Which addresses show something else than before. Paths are decoded, from the server's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// These.
    Paths(BTreeSet<String>),
    /// It is not known, or too many to list; whoever asks has to look.
    Unknown,
}

/// So many addresses are listed, of one build and of all that are remembered.
const MOST: usize = 1000;

/// So many builds are remembered.
const LONGEST: usize = 100;

impl Changed {
    pub(super) fn of<'p>(outputs: impl Iterator<Item = &'p OutputPath>) -> Self {
        let mut paths = BTreeSet::new();
        for output in outputs {
            if paths.len() == MOST {
                return Self::Unknown;
            }
            paths.insert(output.url().as_str().to_owned());
        }
        Self::Paths(paths)
    }

    /// The same for a site that lives below a path.
    pub(super) fn below(self, base: &str) -> Self {
        match self {
            Self::Paths(paths) if !base.is_empty() => {
                Self::Paths(paths.iter().map(|path| format!("{base}{path}")).collect())
            }
            other => other,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Paths(paths) => paths.len(),
            Self::Unknown => 0,
        }
    }

    fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Paths(mut paths), Self::Paths(more)) => {
                paths.extend(more.iter().cloned());
                Self::Paths(paths)
            }
            _ => Self::Unknown,
        }
    }
}

impl History {
    pub(super) fn push(&mut self, change: Change) {
        self.changes.push_back(change);
        let size = |changes: &VecDeque<Change>| -> usize {
            changes.iter().map(|change| change.changed.len()).sum()
        };
        while self.changes.len() > LONGEST || size(&self.changes) > MOST {
            if let Some(change) = self.changes.pop_front() {
                self.forgotten = change.turn;
            }
        }
    }

    /// What changed behind a turn, up to the turn `now`.
    pub(super) fn since(&self, turn: Option<u64>, now: u64) -> Changed {
        let Some(turn) = turn.filter(|turn| (self.forgotten..=now).contains(turn)) else {
            return Changed::Unknown;
        };
        self.behind(turn)
            .fold(Changed::Paths(BTreeSet::new()), |all, change| {
                all.and(&change.changed)
            })
    }

    /// Where the last edit behind a turn is to be seen.
    pub(super) fn navigate_since(&self, turn: u64) -> Option<String> {
        let targets = self.behind(turn);
        targets.filter_map(|change| change.navigate.clone()).last()
    }

    fn behind(&self, turn: u64) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.turn > turn)
    }
}

/// The address of the first edited file that has one; a file beside an article leads to the
/// article.
pub(super) fn target(report: &Report, edited: &[SourcePath]) -> Option<String> {
    let at = |source: &SourcePath| {
        let entries = &report.entries;
        let found = entries.binary_search_by(|entry| entry.source.cmp(source));
        Some(entries[found.ok()?].url.encoded())
    };
    let beside = |source: &SourcePath| {
        let folder = source.folder();
        at(&SourcePath::new(format!("{folder}/index.md")))
    };
    let own = edited.iter().find_map(at);
    own.or_else(|| edited.iter().find_map(beside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Entry;
    use crate::path::UrlPath;

    fn paths(paths: &[&str]) -> Changed {
        Changed::Paths(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    fn change(turn: u64, changed: Changed) -> Change {
        Change {
            turn,
            changed,
            navigate: Some(format!("/{turn}/")),
        }
    }

    #[test]
    fn what_changed_behind_a_turn_is_all_of_it() {
        let mut history = History::default();
        history.push(change(1, paths(&["/", "/a/"])));
        history.push(change(3, paths(&["/b/"])));
        assert_eq!(history.since(Some(0), 4), paths(&["/", "/a/", "/b/"]));
        assert_eq!(history.since(Some(1), 4), paths(&["/b/"]));
        assert_eq!(history.since(Some(3), 4), paths(&[]));
        assert_eq!(history.navigate_since(1), Some("/3/".into()));
        assert_eq!(history.navigate_since(3), None);
    }

    #[test]
    fn what_is_forgotten_or_of_another_run_is_unknown() {
        let mut history = History::default();
        for turn in 1..=2 * LONGEST as u64 {
            history.push(change(turn, paths(&["/"])));
        }
        let now = 2 * LONGEST as u64;
        assert_eq!(history.changes.len(), LONGEST);
        assert_eq!(
            history.since(Some(LONGEST as u64 - 1), now),
            Changed::Unknown
        );
        assert_eq!(history.since(Some(LONGEST as u64), now), paths(&["/"]));
        assert_eq!(history.since(Some(now + 1), now), Changed::Unknown);
        assert_eq!(history.since(None, now), Changed::Unknown);
    }

    #[test]
    fn long_lists_are_not_kept() {
        let outputs: Vec<OutputPath> = (0..=MOST)
            .map(|number| OutputPath::checked(&format!("{number}")).expect("legal"))
            .collect();
        assert_eq!(Changed::of(outputs.iter()), Changed::Unknown);
        let most = Changed::of(outputs[..MOST].iter());
        let mut history = History::default();
        history.push(change(1, most));
        history.push(change(2, paths(&["/b/"])));
        assert_eq!(history.since(Some(0), 2), Changed::Unknown);
        assert_eq!(history.since(Some(1), 2), paths(&["/b/"]));
    }

    #[test]
    fn an_edit_leads_to_its_article() {
        let entry = |source: &str, url: &str| Entry {
            source: SourcePath::new(source),
            url: UrlPath::new(url),
            early: None,
        };
        let report = Report {
            entries: vec![
                entry("content/a.md", "/甲/"),
                entry("content/b/index.md", "/b/"),
            ],
            ..Report::default()
        };
        let target = |edited: &[&str]| {
            let edited: Vec<SourcePath> = edited.iter().map(SourcePath::new).collect();
            target(&report, &edited)
        };
        assert_eq!(target(&["content/a.md"]), Some("/%E7%94%B2/".into()));
        assert_eq!(target(&["content/b/x.jpg"]), Some("/b/".into()));
        assert_eq!(target(&["data/x.yaml", "templates/page.html"]), None);
    }
}
