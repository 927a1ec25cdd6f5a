//! What became of a build, in words.

use std::path::Path;
use std::time::Duration;

use crate::build::Report;
use crate::diagnostic::{Problem, Severity};
use crate::path::SourcePath;
use crate::publish::Replaced;

/// One line: how the build ended.
pub(super) fn line(report: &Report) -> String {
    if !report.success {
        return format!("Nothing was published: {}.", why_not(report));
    }
    format!(
        "Built {} and {} in {}: {}{}.",
        count(report.pages, "page"),
        count(report.sections, "section"),
        seconds(report.duration),
        files(report),
        warnings(report)
    )
}

/// One line: what a build did that followed a change of some files.
pub(super) fn rebuilt(report: &Report, edited: &[SourcePath]) -> String {
    let cause = match edited {
        [] => "Built again".into(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    if !report.success {
        return format!("{cause}: nothing was published: {}.", why_not(report));
    }
    let rendered = (report.rendered.len(), "rendered");
    let written = (report.written.len(), "written");
    let removed = (report.removed.len(), "removed");
    let parts = [rendered, written, removed].into_iter();
    let parts: Vec<String> = parts
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let did = match parts.is_empty() {
        true => "nothing to do".into(),
        false => parts.join(", "),
    };
    let time = seconds(report.duration);
    format!("{cause}: {did} in {time}{}.", warnings(report))
}

/// One line: what a check found, among what was asked about and elsewhere.
pub(super) fn checked(report: &Report, elsewhere: &[Problem]) -> String {
    let found = match (report.success, report.problems.is_empty()) {
        (_, true) => "no problems".into(),
        (true, false) => tally(&report.problems),
        (false, false) => why_not(report),
    };
    let elsewhere = match elsewhere {
        [] => String::new(),
        others => format!("; elsewhere {}", tally(others)),
    };
    format!(
        "Checked {} and {} in {}: {found}{elsewhere}.",
        count(report.pages, "page"),
        count(report.sections, "section"),
        seconds(report.duration),
    )
}

fn why_not(report: &Report) -> String {
    let strict = match report.count(Severity::Error) {
        0 => "; `--strict` treats warnings as errors",
        _ => "",
    };
    format!("{}{strict}", tally(&report.problems))
}

fn warnings(report: &Report) -> String {
    let tally = tally(&report.problems);
    match tally.is_empty() {
        true => tally,
        false => format!("; {tally}"),
    }
}

fn files(report: &Report) -> String {
    let parts = [
        (report.written.len(), "written"),
        (report.unchanged.len(), "unchanged"),
        (report.removed.len(), "removed"),
    ];
    let mut parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let Some((number, what)) = parts.next() else {
        return "no files".into();
    };
    let first = format!("{} {what}", count(number, "file"));
    parts.fold(first, |text, (number, what)| {
        format!("{text}, {number} {what}")
    })
}

fn tally(problems: &[Problem]) -> String {
    let number = |severity| {
        let of_it = problems
            .iter()
            .filter(|problem| problem.severity == severity);
        of_it.count()
    };
    let counted = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .map(|(severity, noun)| (number(severity), noun));
    let parts = counted.into_iter().filter(|(number, _)| *number > 0);
    parts
        .map(|(number, noun)| count(number, noun))
        .collect::<Vec<String>>()
        .join(", ")
}

/// A number and its noun: `1 page`, `2 pages`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

pub(super) fn left_out(report: &Report) -> String {
    let rows = report
        .left_out
        .iter()
        .map(|(path, reason)| format!("  {path}: {reason}\n"));
    listed("Left out:", rows)
}

pub(super) fn phases(phases: &[(&'static str, Duration)]) -> String {
    let longest = phases.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let rows = phases
        .iter()
        .map(|(name, time)| format!("  {name:longest$}  {:.3} s\n", time.as_secs_f64()));
    listed("Phases:", rows)
}

pub(super) fn changes(report: &Report) -> String {
    let rendered = report.rendered.iter();
    let rendered = rendered.map(|(path, because)| format!("  {path}: {}\n", few(because)));
    let rendered = listed("Rendered:", rendered);
    let written = listed(
        "Written:",
        report.written.iter().map(|path| format!("  {path}\n")),
    );
    rendered
        + &written
        + &listed(
            "Removed:",
            report.removed.iter().map(|path| format!("  {path}\n")),
        )
}

/// The first reasons of many: `a; b; c; and 4 more`.
fn few(because: &[String]) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<&str> = because.iter().take(SHOWN).map(String::as_str).collect();
    let more = because.len().saturating_sub(SHOWN);
    let rest = format!("and {more} more");
    if more > 0 {
        shown.push(&rest);
    }
    shown.join("; ")
}

pub(super) fn replaced(replaced: &[Replaced], root: &Path) -> String {
    let rows = replaced.iter().map(|Replaced { path, copy }| {
        let copy = copy.strip_prefix(root).unwrap_or(copy);
        format!("  {path}: a copy is in {}\n", copy.display())
    });
    listed("Replaced what courant had not written:", rows)
}

/// A heading and its rows; nothing at all if there are none.
pub(super) fn listed(heading: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.collect();
    if rows.is_empty() {
        rows
    } else {
        format!("{heading}\n{rows}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Problem, Spot};
    use crate::path::OutputPath;

    fn report(written: usize, unchanged: usize, removed: usize) -> Report {
        let outputs = |count: usize| -> Vec<OutputPath> {
            (0..count)
                .map(|number| OutputPath::checked(&format!("{number}.html")).expect("legal"))
                .collect()
        };
        Report {
            success: true,
            pages: 62,
            sections: 1,
            written: outputs(written),
            unchanged: outputs(unchanged),
            removed: outputs(removed),
            duration: Duration::from_millis(214),
            ..Report::default()
        }
    }

    fn problems(errors: usize, warnings: usize) -> Vec<Problem> {
        let path = SourcePath::new("content/a.md");
        let problem =
            |code| Diagnostic::new(code, &path, Spot::File, "odd").pinpoint(&mut |_| None);
        let errors = (0..errors).map(|_| problem(Code::Syntax));
        errors
            .chain((0..warnings).map(|_| problem(Code::Markdown)))
            .collect()
    }

    #[test]
    fn the_last_line_says_what_became_of_the_build() {
        for ((written, unchanged, removed), end) in [
            ((143, 12, 1), "143 files written, 12 unchanged, 1 removed."),
            ((1, 0, 0), "1 file written."),
            ((0, 156, 0), "156 files unchanged."),
            ((0, 0, 0), "no files."),
        ] {
            let report = report(written, unchanged, removed);
            assert_eq!(
                line(&report),
                format!("Built 62 pages and 1 section in 0.21 s: {end}")
            );
        }
        let warned = Report {
            problems: problems(0, 1),
            ..report(2, 0, 0)
        };
        assert_eq!(
            line(&warned),
            "Built 62 pages and 1 section in 0.21 s: 2 files written; 1 warning."
        );
    }

    #[test]
    fn a_failed_build_counts_its_problems() {
        let failed = |errors, warnings| {
            let problems = problems(errors, warnings);
            line(&Report {
                success: false,
                problems,
                ..report(0, 0, 0)
            })
        };
        assert_eq!(failed(3, 1), "Nothing was published: 3 errors, 1 warning.");
        assert_eq!(failed(1, 0), "Nothing was published: 1 error.");
        assert_eq!(
            failed(0, 2),
            "Nothing was published: 2 warnings; `--strict` treats warnings as errors."
        );
    }

    #[test]
    fn of_many_reasons_the_first_are_shown() {
        let because = |number: usize| -> Vec<String> {
            (1..=number).map(|number| number.to_string()).collect()
        };
        assert_eq!(few(&because(1)), "1");
        assert_eq!(few(&because(3)), "1; 2; 3");
        assert_eq!(few(&because(5)), "1; 2; 3; and 2 more");
    }

    #[test]
    fn a_build_that_follows_a_change_names_the_change() {
        let edited = |paths: &[&str]| paths.iter().map(SourcePath::new).collect::<Vec<_>>();
        let done = Report {
            rendered: vec![(OutputPath::checked("a.html").expect("legal"), Vec::new()); 12],
            ..report(3, 140, 1)
        };
        assert_eq!(
            rebuilt(&done, &edited(&["content/a.md"])),
            "content/a.md: 12 rendered, 3 written, 1 removed in 0.21 s."
        );
        assert_eq!(
            rebuilt(
                &report(0, 140, 0),
                &edited(&["content/a.md", "data/b.yaml"])
            ),
            "content/a.md and 1 more: nothing to do in 0.21 s."
        );
        let failed = Report {
            success: false,
            problems: problems(1, 0),
            ..report(0, 0, 0)
        };
        assert_eq!(
            rebuilt(&failed, &[]),
            "Built again: nothing was published: 1 error."
        );
    }

    #[test]
    fn details_are_listed_under_headings() {
        let report = Report {
            left_out: vec![(SourcePath::new("content/plan.md"), "draft".to_owned())],
            phases: vec![
                ("read", Duration::from_millis(12)),
                ("assemble", Duration::from_millis(3)),
            ],
            ..report(1, 0, 1)
        };
        assert_eq!(left_out(&report), "Left out:\n  content/plan.md: draft\n");
        assert_eq!(
            phases(&report.phases),
            "Phases:\n  read      0.012 s\n  assemble  0.003 s\n"
        );
        assert_eq!(changes(&report), "Written:\n  0.html\nRemoved:\n  0.html\n");
        assert_eq!(left_out(&Report::default()), "");
        let path = OutputPath::checked("index.html").expect("legal");
        let gone = [Replaced {
            path,
            copy: "/x/.courant/replaced/index.html".into(),
        }];
        assert_eq!(
            replaced(&gone, Path::new("/x")),
            "Replaced what courant had not written:\n  index.html: a copy is in .courant/replaced/index.html\n"
        );
    }
}
