//! Messages for programs: one JSON object a line.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::build::Report;
use crate::diagnostic::{Note, Problem, Severity, Span};
use crate::message::{Message as Words, Tongue};
use crate::path::OutputPath;

/// Every problem, what became of every file, then how the build ended.
pub(super) fn lines(report: &Report, explain: bool, tongue: Tongue) -> Vec<u8> {
    lines_of(report, explain, true, tongue)
}

/// The same without the files that stayed as they were, for a build that followed another.
pub(super) fn rebuilt_lines(report: &Report, explain: bool, tongue: Tongue) -> Vec<u8> {
    lines_of(report, explain, false, tongue)
}

/// One line: where the site is shown.
pub(super) fn serving(url: &str) -> Vec<u8> {
    let mut out = Vec::new();
    push(&mut out, &Message::Serving { url });
    out
}

fn lines_of(report: &Report, explain: bool, with_unchanged: bool, tongue: Tongue) -> Vec<u8> {
    let mut out = Vec::new();
    for problem in &report.problems {
        push(&mut out, &Message::diagnostic(problem, tongue));
    }
    for (path, because) in report.rendered.iter().filter(|_| explain) {
        push(&mut out, &Message::rendered(path, because, tongue));
    }
    let unchanged: &[OutputPath] = match with_unchanged {
        true => &report.unchanged,
        false => &[],
    };
    for (change, paths) in [
        ("written", &*report.written),
        ("unchanged", unchanged),
        ("removed", &*report.removed),
    ] {
        for path in paths {
            push(&mut out, &Message::output(path, &report.address, change));
        }
    }
    push(&mut out, &Message::build_finished(report));
    out
}

/// Appends one object and the end of its line.
pub(super) fn push(out: &mut Vec<u8>, message: &impl Serialize) {
    serde_json::to_writer(&mut *out, message)
        .expect("text and numbers become JSON, and memory takes it");
    out.push(b'\n');
}

#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message<'a> {
    Diagnostic {
        code: &'static str,
        severity: &'static str,
        message: String,
        path: &'a str,
        #[serde(flatten)]
        place: Place,
        help: Option<String>,
        related: Vec<RelatedPlace<'a>>,
    },
    Rendered {
        path: &'a str,
        because: Vec<String>,
    },
    Output {
        path: &'a str,
        url: String,
        change: &'static str,
    },
    Serving {
        url: &'a str,
    },
    BuildFinished {
        success: bool,
        pages: usize,
        sections: usize,
        outputs: usize,
        rendered: usize,
        reused: usize,
        written: usize,
        unchanged: usize,
        removed: usize,
        warnings: usize,
        errors: usize,
        duration_ms: u128,
        #[serde(serialize_with = "in_milliseconds")]
        phases: &'a [(&'static str, Duration)],
    },
}

#[derive(Serialize)]
struct RelatedPlace<'a> {
    path: &'a str,
    #[serde(flatten)]
    place: Place,
    label: String,
}

/// Lines and columns count from 1; all are null where the file as a whole is meant.
#[derive(Serialize)]
struct Place {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl<'a> Message<'a> {
    fn diagnostic(problem: &'a Problem, tongue: Tongue) -> Self {
        let Problem {
            severity,
            code,
            message,
            path,
            span,
            help,
            related,
        } = problem;
        Self::Diagnostic {
            code: code.as_str(),
            severity: severity.as_str(),
            message: message.say(tongue),
            path: path.as_str(),
            place: Place::of(span.as_ref()),
            help: help.as_ref().map(|help| help.say(tongue)),
            related: related
                .iter()
                .map(|note| RelatedPlace::of(note, tongue))
                .collect(),
        }
    }

    fn rendered(path: &'a OutputPath, because: &[Words], tongue: Tongue) -> Self {
        Self::Rendered {
            path: path.as_str(),
            because: because.iter().map(|why| why.say(tongue)).collect(),
        }
    }

    fn output(path: &'a OutputPath, address: &str, change: &'static str) -> Self {
        let url = path.url().encoded();
        Self::Output {
            path: path.as_str(),
            url: format!("{address}{}", url.trim_start_matches('/')),
            change,
        }
    }

    fn build_finished(report: &'a Report) -> Self {
        Self::BuildFinished {
            success: report.success,
            pages: report.pages,
            sections: report.sections,
            outputs: report.outputs,
            rendered: report.rendered.len(),
            reused: report.reused,
            written: report.written.len(),
            unchanged: report.unchanged.len(),
            removed: report.removed.len(),
            warnings: report.count(Severity::Warning),
            errors: report.count(Severity::Error),
            duration_ms: report.duration.as_millis(),
            phases: &report.phases,
        }
    }
}

impl<'a> RelatedPlace<'a> {
    fn of(note: &'a Note, tongue: Tongue) -> Self {
        let Note { path, span, label } = note;
        Self {
            path: path.as_str(),
            place: Place::of(span.as_ref()),
            label: label.say(tongue),
        }
    }
}

impl Place {
    fn of(span: Option<&Span>) -> Self {
        Self {
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            end_line: span.map(|span| span.end_line),
            end_column: span.map(|span| span.end_column),
        }
    }
}

fn in_milliseconds<S: Serializer>(
    phases: &[(&'static str, Duration)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(phases.iter().map(|(name, time)| (name, time.as_millis())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Spot};
    use crate::message::say;
    use crate::path::SourcePath;

    #[test]
    fn every_file_is_one_line_with_its_full_address() {
        let paths = |path: &str| vec![OutputPath::checked(path).expect("legal")];
        let report = Report {
            success: true,
            address: "https://example.org/site/".into(),
            written: paths("news/活动 1/index.html"),
            unchanged: paths("index.html"),
            removed: paths("old.pdf"),
            ..Report::default()
        };
        let text = String::from_utf8(lines(&report, false, Tongue::English)).expect("JSON is text");
        let outputs: Vec<&str> = text.lines().take(3).collect();
        assert_eq!(
            outputs,
            [
                r#"{"reason":"output","path":"news/活动 1/index.html","url":"https://example.org/site/news/%E6%B4%BB%E5%8A%A8%201/","change":"written"}"#,
                r#"{"reason":"output","path":"index.html","url":"https://example.org/site/","change":"unchanged"}"#,
                r#"{"reason":"output","path":"old.pdf","url":"https://example.org/site/old.pdf","change":"removed"}"#,
            ]
        );
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn a_problem_is_one_line_with_every_key() {
        let path = SourcePath::new("content/a.md");
        let problem = Diagnostic::new(
            Code::DeadLink,
            &path,
            Spot::Bytes(3..5),
            say::verbatim("the link \"x\" leads nowhere"),
        )
        .help(say::verbatim("Mend it."))
        .related(
            &SourcePath::new("content/b.md"),
            Spot::File,
            say::verbatim("the nearest"),
        )
        .pinpoint(&mut |_| Some("ab\ncd\n".into()));
        let mut out = Vec::new();
        push(&mut out, &Message::diagnostic(&problem, Tongue::English));
        assert_eq!(
            String::from_utf8(out).expect("JSON is text"),
            concat!(
                r#"{"reason":"diagnostic","code":"dead-link","severity":"error","#,
                r#""message":"the link \"x\" leads nowhere","path":"content/a.md","#,
                r#""line":2,"column":1,"end_line":2,"end_column":3,"help":"Mend it.","#,
                r#""related":[{"path":"content/b.md","line":null,"column":null,"#,
                r#""end_line":null,"end_column":null,"label":"the nearest"}]}"#,
                "\n"
            )
        );
    }
}
