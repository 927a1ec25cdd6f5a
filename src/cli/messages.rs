//! Messages for people, on stderr.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet, Title};
use anstream::{AutoStream, ColorChoice};

use crate::build::Report;
use crate::diagnostic::{Problem, Severity, Span};
use crate::path::SourcePath;
use crate::publish::Replaced;

use super::exit::Failure;
use super::request::{Detail, Job};

/// Where people read what happened.
pub(super) struct Messages {
    color: ColorChoice,
}

impl Messages {
    pub(super) fn new(color: ColorChoice) -> Self {
        Self { color }
    }

    /// Why the command could not be done.
    pub(super) fn failure(&self, failure: &Failure) {
        self.say(&failure_text(failure, &RENDERER));
    }

    /// Problems, with one empty line behind each.
    pub(super) fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            self.say(&format!("{}\n", problem_text(problem, &RENDERER)));
        }
    }

    /// All that is to be told about a build.
    pub(super) fn report(&self, report: &Report, job: &Job) {
        self.problems(&report.problems);
        if job.detail == Detail::Everything {
            self.say(&left_out(report));
            self.say(&phases(&report.phases));
        }
        if job.explain {
            self.say(&changes(report));
        }
        if job.detail != Detail::Problems {
            self.say(&replaced(&report.replaced, &job.request.root));
            self.say(&format!("{}\n", summary(report)));
        }
    }

    /// A line, or several. A reader who has gone away is no reason to stop.
    pub(super) fn say(&self, text: &str) {
        let mut stderr = AutoStream::new(std::io::stderr(), self.color).lock();
        let _ = stderr.write_all(text.as_bytes());
    }
}

/// Colours are taken out again where they are not wanted.
const RENDERER: Renderer = Renderer::styled();

fn failure_text(failure: &Failure, renderer: &Renderer) -> String {
    let title = Level::ERROR.primary_title(failure.message.as_str());
    let help = failure
        .help
        .iter()
        .map(|help| Level::HELP.message(help.as_str()));
    format!(
        "{}\n",
        renderer.render(&[Group::with_title(title).elements(help)])
    )
}

fn problem_text(problem: &Problem, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(problem.message.as_str())
        .id(problem.code.as_str());
    let place = Place::of(&problem.path, problem.span.as_ref());
    let notes: Vec<Place<'_>> = problem
        .related
        .iter()
        .map(|note| Place::of(&note.path, note.span.as_ref()))
        .collect();

    let mut main = place.mark(title);
    if let Some(help) = &problem.help {
        let gap = place.line.is_none().then_some(Padding);
        main = main
            .elements(gap)
            .element(Level::HELP.message(help.as_str()));
    }
    let mut groups = vec![main];
    for (place, note) in notes.iter().zip(&problem.related) {
        groups.push(place.mark(Level::NOTE.secondary_title(note.label.as_str())));
    }
    let text = renderer.render(&groups);
    let text = [&place]
        .into_iter()
        .chain(&notes)
        .fold(text, |text, place| place.correct(text));
    format!("{text}\n")
}

/// Where something is, ready to be drawn.
struct Place<'a> {
    path: &'a SourcePath,
    line: Option<Line<'a>>,
}

/// A line, or the window of it that is shown.
struct Line<'a> {
    number: usize,
    text: Cow<'a, str>,
    marked: std::ops::Range<usize>,
    /// The column of the mark in the whole line.
    column: usize,
    /// The column of the mark in `text`.
    drawn_column: usize,
}

impl<'a> Place<'a> {
    fn of(path: &'a SourcePath, span: Option<&'a Span>) -> Self {
        Self {
            path,
            line: span.map(Line::of),
        }
    }

    fn mark(&'a self, title: Title<'a>) -> Group<'a> {
        let group = Group::with_title(title);
        match &self.line {
            None => group.element(Origin::path(self.path.as_str())),
            Some(line) => group.element(
                Snippet::source(&*line.text)
                    .line_start(line.number)
                    .path(self.path.as_str())
                    .annotation(AnnotationKind::Primary.span(line.marked.clone())),
            ),
        }
    }

    /// The renderer counts columns in what it is shown, which may be a window of a long line.
    fn correct(&self, text: String) -> String {
        match &self.line {
            Some(line) if line.column != line.drawn_column => {
                let place = format!("{}:{}:", self.path, line.number);
                let drawn = format!("{place}{}", line.drawn_column);
                text.replacen(&drawn, &format!("{place}{}", line.column), 1)
            }
            _ => text,
        }
    }
}

impl<'a> Line<'a> {
    fn of(span: &'a Span) -> Self {
        let text = span.excerpt.trim_start_matches('\u{feff}');
        let hidden = span.excerpt.len() - text.len();
        let start = span.marked.start.saturating_sub(hidden);
        let end = span.marked.end.saturating_sub(hidden).max(start);
        let column = text[..start].chars().count() + 1;
        let is_cut = column != span.column;
        let (text, shift) = match is_cut {
            true => (Cow::Owned(format!("{CUT}{text}")), CUT.len()),
            false => (Cow::Borrowed(text), 0),
        };
        Self {
            number: span.line,
            text,
            marked: start + shift..end + shift,
            column: span.column,
            drawn_column: column + shift,
        }
    }
}

/// Stands for the part of a line that is not shown; as wide in bytes as in characters.
const CUT: &str = "...";

/// One line: how the build ended.
fn summary(report: &Report) -> String {
    if !report.success {
        let strict = if report.count(Severity::Error) == 0 {
            "; `--strict` treats warnings as errors"
        } else {
            ""
        };
        return format!("Nothing was published: {}{strict}.", tally(report));
    }
    let tally = tally(report);
    let warnings = if tally.is_empty() {
        tally
    } else {
        format!("; {tally}")
    };
    format!(
        "Built {} and {} in {}: {}{warnings}.",
        count(report.pages, "page"),
        count(report.sections, "section"),
        seconds(report.duration),
        files(report)
    )
}

fn files(report: &Report) -> String {
    let parts = [
        (report.written.len(), "written"),
        (report.unchanged, "unchanged"),
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

fn tally(report: &Report) -> String {
    let counted = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .map(|(severity, noun)| (report.count(severity), noun));
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

fn left_out(report: &Report) -> String {
    let rows = report
        .left_out
        .iter()
        .map(|(path, reason)| format!("  {path}: {reason}\n"));
    listed("Left out:", rows)
}

fn phases(phases: &[(&'static str, Duration)]) -> String {
    let longest = phases.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let rows = phases
        .iter()
        .map(|(name, time)| format!("  {name:longest$}  {:.3} s\n", time.as_secs_f64()));
    listed("Phases:", rows)
}

fn changes(report: &Report) -> String {
    let written = listed(
        "Written:",
        report.written.iter().map(|path| format!("  {path}\n")),
    );
    written
        + &listed(
            "Removed:",
            report.removed.iter().map(|path| format!("  {path}\n")),
        )
}

fn replaced(replaced: &[Replaced], root: &Path) -> String {
    let rows = replaced.iter().map(|Replaced { path, copy }| {
        let copy = copy.strip_prefix(root).unwrap_or(copy);
        format!("  {path}: a copy is in {}\n", copy.display())
    });
    listed("Replaced what courant had not written:", rows)
}

/// A heading and its rows; nothing at all if there are none.
fn listed(heading: &str, rows: impl Iterator<Item = String>) -> String {
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
    use crate::diagnostic::{Code, Diagnostic, Spot};
    use crate::path::OutputPath;

    fn shown(problem: Diagnostic, text: &str) -> String {
        problem_text(
            &problem.pinpoint(&mut |_| Some(text.to_owned())),
            &Renderer::plain(),
        )
    }

    #[test]
    fn a_problem_shows_its_line_its_remedy_and_the_other_places() {
        let path = SourcePath::new("content/a.md");
        let text = "---\n标题: 甲\nauther: b\n---\n";
        let at = text.find("auther").expect("present");
        let problem = Diagnostic::new(
            Code::UnknownKey,
            &path,
            Spot::Bytes(at..at + 6),
            "there is no key `auther`",
        )
        .help("Did you mean `author`?")
        .related(
            &SourcePath::new("content/_index.md"),
            Spot::Bytes(4..10),
            "also written here",
        )
        .related(
            &SourcePath::new("themes/x"),
            Spot::File,
            "and nowhere in this file",
        );
        assert_eq!(
            shown(problem, text),
            "\
error[unknown-key]: there is no key `auther`
 --> content/a.md:3:1
  |
3 | auther: b
  | ^^^^^^
  |
  = help: Did you mean `author`?
note: also written here
 --> content/_index.md:2:1
  |
2 | 标题: 甲
  | ^^^^
note: and nowhere in this file
 --> themes/x
"
        );
    }

    #[test]
    fn a_problem_with_a_whole_file_shows_the_file() {
        let path = SourcePath::new("content/a.md");
        let problem = || Diagnostic::new(Code::HtmlRemoved, &path, Spot::File, "two words");
        assert_eq!(
            shown(problem(), ""),
            "warning[html-removed]: two words\n--> content/a.md\n"
        );
        assert_eq!(
            shown(problem().help("Do this."), ""),
            "warning[html-removed]: two words\n--> content/a.md\n |\n = help: Do this.\n"
        );
    }

    #[test]
    fn a_window_of_a_long_line_keeps_the_column_of_the_line() {
        let path = SourcePath::new("content/a.md");
        let text = format!("a\n{}X{}", "医".repeat(50_000), "会".repeat(50_000));
        let problem = Diagnostic::new(Code::Markdown, &path, Spot::Bytes(150_002..150_003), "an X");
        assert_eq!(
            shown(problem, &text),
            format!(
                "warning[markdown]: an X\n --> content/a.md:2:50001\n  |\n2 | ...{}X{}...\n  | {}^\n",
                "医".repeat(40),
                "会".repeat(24),
                " ".repeat(83)
            )
        );
    }

    #[test]
    fn marks_at_the_edges_of_a_file_are_drawn() {
        let path = SourcePath::new("a.md");
        let at = |range| Diagnostic::new(Code::Syntax, &path, Spot::Bytes(range), "odd");
        for (range, text, drawn) in [
            (0..3, "\u{feff}x: 1", "a.md:1:1\n  |\n1 | x: 1\n  | ^\n"),
            (3..4, "\u{feff}x: 1", "a.md:1:1\n  |\n1 | x: 1\n  | ^\n"),
            (9..9, "x: 1\n", "a.md:2:1\n  |\n2 |\n  | ^\n"),
            (4..4, "x: 1\n", "a.md:1:5\n  |\n1 | x: 1\n  |     ^\n"),
            (
                1..2,
                "\tx\u{1b}[31m",
                "a.md:1:2\n  |\n1 |     x␛[31m\n  |     ^\n",
            ),
        ] {
            assert_eq!(
                shown(at(range), text),
                format!("error[syntax]: odd\n --> {drawn}")
            );
        }
    }

    #[test]
    fn a_failure_is_told_in_the_same_voice() {
        let failure =
            Failure::new("cannot write /x: No space left on device").help("Make room on the disk.");
        assert_eq!(
            failure_text(&failure, &Renderer::plain()),
            "error: cannot write /x: No space left on device\n |\n = help: Make room on the disk.\n"
        );
    }

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
            unchanged,
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
                summary(&report),
                format!("Built 62 pages and 1 section in 0.21 s: {end}")
            );
        }
        let warned = Report {
            problems: problems(0, 1),
            ..report(2, 0, 0)
        };
        assert_eq!(
            summary(&warned),
            "Built 62 pages and 1 section in 0.21 s: 2 files written; 1 warning."
        );
    }

    #[test]
    fn a_failed_build_counts_its_problems() {
        let failed = |errors, warnings| {
            let problems = problems(errors, warnings);
            summary(&Report {
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
    fn details_are_listed_under_headings() {
        let report = Report {
            left_out: vec![(SourcePath::new("content/plan.md"), "draft")],
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
