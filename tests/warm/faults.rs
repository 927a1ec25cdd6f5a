//! What is wrong with a warm build, given the clean build of the same state.

use std::collections::BTreeSet;

use crate::clean::Clean;
use crate::run::{Run, Verdict};
use crate::site::Published;

/// A warm build and the output folder around it.
pub struct Around<'a> {
    pub before: &'a Published,
    pub run: &'a Run,
    pub after: &'a Published,
    /// What stays if the site does not have a file of that path.
    pub foreign: &'a Published,
}

/// Everything that is wrong, in words.
pub fn of(warm: &Around<'_>, clean: &Clean) -> Vec<String> {
    let mut faults = verdict(&warm.run.verdict, &clean.verdict);
    let wanted = match clean.verdict.exit {
        0 => with_foreign(&clean.published, warm.foreign),
        _ => warm.before.clone(),
    };
    faults.extend(tree(&wanted, warm.after));
    let changes = match clean.verdict.exit {
        0 => Changes::between(warm.before, &clean.published, warm.foreign),
        _ => Changes::default(),
    };
    faults.extend(changes.against(warm.run));
    faults.extend(numbers(warm.run));
    faults.extend(explanations(warm.run, &clean.published));
    faults
}

/// What is wrong if nothing has happened since the last build.
pub fn of_repeat(run: &Run) -> Vec<String> {
    let numbers = &run.numbers;
    let mut faults = Vec::new();
    if (numbers.written, numbers.removed) != (0, 0) {
        let (written, removed) = (&run.written, &run.removed);
        faults.push(format!(
            "a repeat wrote {written:?} and removed {removed:?}"
        ));
    }
    if numbers.rendered != 0 {
        faults.push(format!("a repeat rendered {:?}", run.rendered));
    }
    faults
}

/// The files of the site, and those of others where the site has none.
pub fn with_foreign(published: &Published, foreign: &Published) -> Published {
    let mut all = foreign.clone();
    all.extend(published.clone());
    all
}

fn verdict(warm: &Verdict, clean: &Verdict) -> Vec<String> {
    let mut faults = Vec::new();
    if warm.exit != clean.exit {
        faults.push(format!("exit: warm {}, clean {}", warm.exit, clean.exit));
    }
    if warm.counts != clean.counts {
        let (warm, clean) = (&warm.counts, &clean.counts);
        faults.push(format!("counts: warm {warm:?}, clean {clean:?}"));
    }
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let these = these.iter().filter(|line| !those.contains(line));
        these.cloned().collect()
    };
    if warm.diagnostics != clean.diagnostics {
        let lost = only(&clean.diagnostics, &warm.diagnostics);
        let new = only(&warm.diagnostics, &clean.diagnostics);
        faults.push(format!("diagnostics: lost {lost:#?}, new {new:#?}"));
    }
    faults
}

fn tree(wanted: &Published, found: &Published) -> Vec<String> {
    let paths: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    let faults = paths
        .into_iter()
        .filter_map(|path| match (wanted.get(path), found.get(path)) {
            (Some(_), None) => Some(format!("missing: {path}")),
            (None, Some(_)) => Some(format!("extra: {path}")),
            (wanted, found) => (wanted != found).then(|| format!("different: {path}")),
        });
    faults.collect()
}

/// What a build must say it did to the output folder.
#[derive(Debug, Default)]
struct Changes {
    written: BTreeSet<String>,
    unchanged: BTreeSet<String>,
    removed: BTreeSet<String>,
}

impl Changes {
    fn between(before: &Published, wanted: &Published, foreign: &Published) -> Self {
        let is_same = |path: &&String| before.get(*path) == wanted.get(*path);
        let (unchanged, written) = wanted.keys().cloned().partition(|path| is_same(&path));
        let is_gone = |path: &&String| !wanted.contains_key(*path) && !foreign.contains_key(*path);
        Self {
            written,
            unchanged,
            removed: before.keys().filter(is_gone).cloned().collect(),
        }
    }

    fn against(&self, run: &Run) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, wanted, said) in [
            ("written", &self.written, &run.written),
            ("unchanged", &self.unchanged, &run.unchanged),
            ("removed", &self.removed, &run.removed),
        ] {
            let lost: Vec<_> = wanted.difference(said).collect();
            let new: Vec<_> = said.difference(wanted).collect();
            if !(lost.is_empty() && new.is_empty()) {
                faults.push(format!(
                    "{name}: not listed {lost:?}, wrongly listed {new:?}"
                ));
            }
        }
        faults
    }
}

fn numbers(run: &Run) -> Option<String> {
    let numbers = &run.numbers;
    let said = (numbers.written, numbers.unchanged, numbers.removed);
    let listed = (run.written.len(), run.unchanged.len(), run.removed.len());
    (said != listed).then(|| format!("numbers: {said:?}, but listed are {listed:?}"))
}

/// Every rendered output is listed once, in order, with a reason.
fn explanations(run: &Run, published: &Published) -> Vec<String> {
    let mut faults = Vec::new();
    let paths: Vec<&String> = run.rendered.iter().map(|one| &one.path).collect();
    if !paths.is_sorted_by(|a, b| a < b) || paths.len() != run.numbers.rendered {
        let count = run.numbers.rendered;
        faults.push(format!("{count} were rendered, and listed are {paths:?}"));
    }
    for rendered in &run.rendered {
        if rendered.because.is_empty() || !published.contains_key(&rendered.path) {
            faults.push(format!("rendered without a reason: {rendered:?}"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use courant::digest::Digest;

    use super::*;
    use crate::run::{Counts, Numbers};

    fn published(files: &[(&str, &str)]) -> Published {
        let files = files.iter();
        let digests = files.map(|(path, text)| ((*path).into(), Digest::of(text.as_bytes())));
        digests.collect()
    }

    fn set(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| (*path).into()).collect()
    }

    fn verdict_of(exit: i32) -> Verdict {
        Verdict {
            exit,
            diagnostics: vec!["one".into(), "two".into()],
            counts: Counts {
                pages: 2,
                ..Counts::default()
            },
        }
    }

    /// `new` was written, `same` and the foreign `theirs` stayed, `old` was removed.
    struct Right {
        before: Published,
        run: Run,
        after: Published,
        foreign: Published,
        clean: Clean,
    }

    impl Right {
        fn new() -> Self {
            Self {
                before: published(&[("old", ""), ("same", ""), ("theirs", ""), ("new", "0")]),
                run: Run {
                    verdict: verdict_of(0),
                    written: set(&["new"]),
                    unchanged: set(&["same"]),
                    removed: set(&["old"]),
                    rendered: Vec::new(),
                    numbers: Numbers {
                        written: 1,
                        unchanged: 1,
                        removed: 1,
                        ..Numbers::default()
                    },
                },
                after: published(&[("same", ""), ("theirs", ""), ("new", "1")]),
                foreign: published(&[("theirs", "")]),
                clean: Clean {
                    verdict: verdict_of(0),
                    published: published(&[("same", ""), ("new", "1")]),
                },
            }
        }

        fn faults(&self) -> Vec<String> {
            let around = Around {
                before: &self.before,
                run: &self.run,
                after: &self.after,
                foreign: &self.foreign,
            };
            of(&around, &self.clean)
        }
    }

    fn faults_with(change: impl Fn(&mut Right)) -> Vec<String> {
        let mut right = Right::new();
        change(&mut right);
        right.faults()
    }

    #[test]
    fn a_right_build_has_no_fault() {
        assert_eq!(Right::new().faults(), Vec::<String>::new());
    }

    #[test]
    fn a_changed_a_missing_and_an_extra_file_are_faults() {
        let put = |path: &'static str, text: &'static str| {
            move |right: &mut Right| right.after.extend(published(&[(path, text)]))
        };
        assert_eq!(faults_with(put("same", "x")), ["different: same"]);
        assert_eq!(faults_with(put("theirs", "x")), ["different: theirs"]);
        assert_eq!(faults_with(put("old", "")), ["extra: old"]);
        for path in ["new", "theirs"] {
            let faults = faults_with(|right| {
                right.after.remove(path);
            });
            assert_eq!(faults, [format!("missing: {path}")]);
        }
    }

    #[test]
    fn a_file_of_others_gives_way_to_one_of_the_site() {
        let faults = faults_with(|right| right.foreign.extend(published(&[("new", "0")])));
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn a_verdict_that_differs_is_a_fault() {
        let lost = faults_with(|right| right.run.verdict.diagnostics.truncate(1));
        let wanted = "diagnostics: lost [\n    \"two\",\n], new []";
        assert_eq!(lost, [wanted]);
        let turned = faults_with(|right| right.run.verdict.diagnostics.reverse());
        assert_eq!(turned, ["diagnostics: lost [], new []"]);
        let exit = faults_with(|right| right.run.verdict.exit = 1);
        assert_eq!(exit, ["exit: warm 1, clean 0"]);
        let counted = faults_with(|right| right.run.verdict.counts.pages = 1);
        assert_eq!(counted.len(), 1);
        assert!(counted[0].starts_with("counts: warm Counts {"));
    }

    #[test]
    fn a_change_that_is_not_told_or_did_not_happen_is_a_fault() {
        let untold = faults_with(|right| {
            right.run.written.clear();
            right.run.numbers.written = 0;
        });
        assert_eq!(
            untold,
            [r#"written: not listed ["new"], wrongly listed []"#]
        );
        let wrong = faults_with(|right| {
            right.run.removed.insert("other".into());
            right.run.numbers.removed = 2;
        });
        assert_eq!(
            wrong,
            [r#"removed: not listed [], wrongly listed ["other"]"#]
        );
        let miscounted = faults_with(|right| right.run.numbers.unchanged = 7);
        assert_eq!(miscounted, ["numbers: (1, 7, 1), but listed are (1, 1, 1)"]);
    }

    #[test]
    fn a_refused_build_must_leave_everything_as_it_was() {
        let refused = |right: &mut Right| {
            right.clean = Clean {
                verdict: verdict_of(1),
                published: Published::new(),
            };
            right.run = Run {
                verdict: verdict_of(1),
                ..Run::default()
            };
        };
        let untouched = faults_with(|right| {
            refused(right);
            right.after = right.before.clone();
        });
        assert_eq!(untouched, Vec::<String>::new());
        let touched = faults_with(refused);
        assert_eq!(touched, ["different: new", "missing: old"]);
    }

    #[test]
    fn a_repeat_that_writes_is_a_fault() {
        assert_eq!(of_repeat(&Run::default()), Vec::<String>::new());
        let written = of_repeat(&Right::new().run);
        let wanted = r#"a repeat wrote {"new"} and removed {"old"}"#;
        assert_eq!(written, [wanted]);
    }
}
