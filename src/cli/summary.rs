//! What became of a build, in words.

use std::path::Path;
use std::time::Duration;

use crate::build::Report;
use crate::diagnostic::{Problem, Severity};
use crate::message::{Argument, Message, Tongue, say};
use crate::path::{OutputPath, SourcePath};
use crate::publish::Replaced;

/// One line: how the build ended.
pub(super) fn line(report: &Report) -> Message {
    if !report.success {
        return say::nothing_published(why_not(report));
    }
    let files = files(report);
    let what = match tally(&report.problems) {
        Some(tally) => say::and_also(files, tally),
        None => files,
    };
    say::built(
        say::pages(report.pages),
        say::sections(report.sections),
        seconds(report.duration),
        what,
    )
}

/// One line: what a build did that followed a change of some files.
pub(super) fn rebuilt(report: &Report, edited: &[SourcePath]) -> Message {
    let cause: Argument = match edited {
        [] => say::built_again().into(),
        [one] => one.into(),
        [first, rest @ ..] => say::and_more(first, rest.len()).into(),
    };
    if !report.success {
        return say::rebuilt_nothing(cause, why_not(report));
    }
    let parts = [
        counted(report.rendered.len(), say::rendered),
        counted(report.written.len(), say::written),
        counted(report.removed.len(), say::removed),
    ];
    let did = together(parts).unwrap_or_else(say::nothing_to_do);
    let time = seconds(report.duration);
    match tally(&report.problems) {
        Some(tally) => say::rebuilt_with(cause, did, time, tally),
        None => say::rebuilt(cause, did, time),
    }
}

/// One line: what a check found, among what was asked about and elsewhere.
pub(super) fn checked(report: &Report, elsewhere: &[Problem]) -> Message {
    let found = match report.success {
        true => tally(&report.problems).unwrap_or_else(say::no_problems),
        false => why_not(report),
    };
    let found = match tally(elsewhere) {
        Some(others) => say::and_also(found, say::elsewhere(others)),
        None => found,
    };
    say::checked(
        say::pages(report.pages),
        say::sections(report.sections),
        seconds(report.duration),
        found,
    )
}

fn why_not(report: &Report) -> Message {
    let tally = tally(&report.problems).unwrap_or_else(|| say::errors(0_usize));
    match report.count(Severity::Error) {
        0 => say::and_also(tally, say::strict_fails()),
        _ => tally,
    }
}

/// The first kind of files that there are is named with its noun.
fn files(report: &Report) -> Message {
    type Row = fn(usize) -> Message;
    let rows: [(usize, Row, Row); 3] = [
        (report.written.len(), say::files_written, say::written),
        (report.unchanged.len(), say::files_unchanged, say::unchanged),
        (report.removed.len(), say::files_removed, say::removed),
    ];
    let found = rows.into_iter().filter(|(number, _, _)| *number > 0);
    let parts = found
        .enumerate()
        .map(|(at, (number, noun, bare))| match at {
            0 => noun(number),
            _ => bare(number),
        });
    parts.reduce(say::comma).unwrap_or_else(say::no_files)
}

/// How many mistakes there are, if any.
fn tally(problems: &[Problem]) -> Option<Message> {
    let number = |severity| {
        let of_it = problems
            .iter()
            .filter(|problem| problem.severity == severity);
        of_it.count()
    };
    together([
        counted(number(Severity::Error), say::errors),
        counted(number(Severity::Warning), say::warnings),
    ])
}

/// A number of things, if there are any.
pub(super) fn counted(number: usize, row: fn(usize) -> Message) -> Option<Message> {
    (number > 0).then(|| row(number))
}

/// Those parts that there are, with commas between them.
pub(super) fn together<const N: usize>(parts: [Option<Message>; N]) -> Option<Message> {
    parts.into_iter().flatten().reduce(say::comma)
}

/// To be followed by the unit.
fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}

pub(super) fn left_out(report: &Report, tongue: Tongue) -> String {
    let rows = report.left_out.iter();
    let rows = rows.map(|(path, reason)| say::path_because(path, reason.clone()));
    listed(
        &say::left_out_heading(),
        rows.map(|row| row.say(tongue)),
        tongue,
    )
}

pub(super) fn phases(phases: &[(&'static str, Duration)], tongue: Tongue) -> String {
    let words = phases.iter().map(|(name, _)| phase(name).say(tongue));
    let words: Vec<String> = words.collect();
    let longest = words.iter().map(|word| width(word)).max().unwrap_or(0);
    let rows = words.iter().zip(phases).map(|(word, (_, time))| {
        let word = padded(word, longest);
        format!("{word}  {:.3} s", time.as_secs_f64())
    });
    listed(&say::phases_heading(), rows, tongue)
}

/// What a stage of the build is called.
pub(super) fn phase(name: &str) -> Message {
    match name {
        "read" => say::phase_read(),
        "parse" => say::phase_parse(),
        "assemble" => say::phase_assemble(),
        "plan" => say::phase_plan(),
        "render" => say::phase_render(),
        "publish" => say::phase_publish(),
        "save" => say::phase_save(),
        other => say::verbatim(other),
    }
}

pub(super) fn changes(report: &Report, tongue: Tongue) -> String {
    let rendered = report.rendered.iter();
    let rendered =
        rendered.map(|(path, because)| say::path_because(path, few(because)).say(tongue));
    let paths = |paths: &[OutputPath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
    listed(&say::rendered_heading(), rendered, tongue)
        + &listed(
            &say::written_heading(),
            paths(&report.written).into_iter(),
            tongue,
        )
        + &listed(
            &say::removed_heading(),
            paths(&report.removed).into_iter(),
            tongue,
        )
}

/// The first reasons of many: `a; b; c; and 4 more`.
fn few(because: &[Message]) -> Message {
    const SHOWN: usize = 3;
    let more = because.len().saturating_sub(SHOWN);
    let shown = because.iter().take(SHOWN).cloned();
    let all = shown.chain(counted(more, say::more_reasons));
    all.reduce(say::and_also).unwrap_or_else(say::nothing)
}

pub(super) fn replaced(replaced: &[Replaced], root: &Path, tongue: Tongue) -> String {
    let rows = replaced.iter().map(|Replaced { path, copy }| {
        let copy = copy.strip_prefix(root).unwrap_or(copy);
        say::copy_is_in(path, &copy.display()).say(tongue)
    });
    listed(&say::replaced_heading(), rows, tongue)
}

/// A heading and its rows; nothing at all if there are none.
pub(super) fn listed(
    heading: &Message,
    rows: impl Iterator<Item = String>,
    tongue: Tongue,
) -> String {
    let rows: String = rows.map(|row| format!("  {row}\n")).collect();
    match rows.is_empty() {
        true => rows,
        false => format!("{}\n{rows}", heading.say(tongue)),
    }
}

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    let wide = text.chars().filter(|char| *char >= '\u{1100}').count();
    text.chars().count() + wide
}

/// A text with spaces behind it, so that it takes that many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let spaces = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(spaces))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Problem, Spot};

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
        let problem = |code| {
            Diagnostic::new(code, &path, Spot::File, say::verbatim("odd")).pinpoint(&mut |_| None)
        };
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
                line(&report).english(),
                format!("Built 62 pages and 1 section in 0.21 s: {end}")
            );
        }
        let warned = Report {
            problems: problems(0, 1),
            ..report(2, 0, 0)
        };
        assert_eq!(
            line(&warned).english(),
            "Built 62 pages and 1 section in 0.21 s: 2 files written; 1 warning."
        );
    }

    #[test]
    fn a_failed_build_counts_its_problems() {
        let failed = |errors, warnings| {
            let problems = problems(errors, warnings);
            let report = Report {
                success: false,
                problems,
                ..report(0, 0, 0)
            };
            line(&report).english()
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
        let few = |number: usize| {
            let because: Vec<Message> = (1..=number).map(say::verbatim).collect();
            few(&because).english()
        };
        assert_eq!(few(1), "1");
        assert_eq!(few(3), "1; 2; 3");
        assert_eq!(few(5), "1; 2; 3; and 2 more");
    }

    #[test]
    fn a_build_that_follows_a_change_names_the_change() {
        let edited = |paths: &[&str]| paths.iter().map(SourcePath::new).collect::<Vec<_>>();
        let done = Report {
            rendered: vec![
                (
                    OutputPath::checked("a.html").expect("legal"),
                    Arc::default()
                );
                12
            ],
            ..report(3, 140, 1)
        };
        assert_eq!(
            rebuilt(&done, &edited(&["content/a.md"])).english(),
            "content/a.md: 12 rendered, 3 written, 1 removed in 0.21 s."
        );
        assert_eq!(
            rebuilt(
                &report(0, 140, 0),
                &edited(&["content/a.md", "data/b.yaml"])
            )
            .english(),
            "content/a.md and 1 more: nothing to do in 0.21 s."
        );
        let failed = Report {
            success: false,
            problems: problems(1, 0),
            ..report(0, 0, 0)
        };
        assert_eq!(
            rebuilt(&failed, &[]).english(),
            "Built again: nothing was published: 1 error."
        );
    }

    #[test]
    fn details_are_listed_under_headings() {
        let report = Report {
            left_out: vec![(SourcePath::new("content/plan.md"), say::draft())],
            phases: vec![
                ("read", Duration::from_millis(12)),
                ("assemble", Duration::from_millis(3)),
            ],
            ..report(1, 0, 1)
        };
        assert_eq!(
            left_out(&report, Tongue::English),
            "Left out:\n  content/plan.md: a draft\n"
        );
        assert_eq!(
            phases(&report.phases, Tongue::English),
            "Phases:\n  read      0.012 s\n  assemble  0.003 s\n"
        );
        assert_eq!(
            changes(&report, Tongue::English),
            "Written:\n  0.html\nRemoved:\n  0.html\n"
        );
        assert_eq!(left_out(&Report::default(), Tongue::English), "");
        let path = OutputPath::checked("index.html").expect("legal");
        let gone = [Replaced {
            path,
            copy: "/x/.courant/replaced/index.html".into(),
        }];
        assert_eq!(
            replaced(&gone, Path::new("/x"), Tongue::English),
            "Replaced what courant had not written:\n  index.html: a copy is in .courant/replaced/index.html\n"
        );
    }
}
