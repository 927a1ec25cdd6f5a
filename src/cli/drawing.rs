//! Problems as people see them: what is wrong, the line with a mark below it, how to mend it.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet, Title};
use anstream::adapter::strip_str;

use crate::diagnostic::{Problem, Severity, Span};
use crate::message::{Tongue, say};
use crate::path::SourcePath;

use super::exit::Failure;

/// Why a command could not be done.
pub(super) fn failure(failure: &Failure, tongue: Tongue, renderer: &Renderer) -> String {
    let words = Words::of(tongue);
    let message = failure.message.say(tongue);
    let help = failure.help.as_ref().map(|help| help.say(tongue));
    let title = words.level(Severity::Error).primary_title(&message);
    let help = help.iter().map(|help| words.help().message(help));
    let text = renderer.render(&[Group::with_title(title).elements(help)]);
    format!("{}\n", words.punctuated(text))
}

/// A problem with its line, its remedy and the places that explain it.
pub(super) fn problem(problem: &Problem, tongue: Tongue, renderer: &Renderer) -> String {
    let words = Words::of(tongue);
    let message = problem.message.say(tongue);
    let help = problem.help.as_ref().map(|help| help.say(tongue));
    let labels = problem.related.iter().map(|note| note.label.say(tongue));
    let labels: Vec<String> = labels.collect();
    let title = words
        .level(problem.severity)
        .primary_title(&message)
        .id(problem.code.as_str());
    let place = Place::of(&problem.path, problem.span.as_ref());
    let notes: Vec<Place<'_>> = problem
        .related
        .iter()
        .map(|note| Place::of(&note.path, note.span.as_ref()))
        .collect();

    let mut main = place.mark(title);
    if let Some(help) = &help {
        let gap = place.line.is_none().then_some(Padding);
        main = main.elements(gap).element(words.help().message(help));
    }
    let mut groups = vec![main];
    for (place, label) in notes.iter().zip(&labels) {
        groups.push(place.mark(words.note().secondary_title(label)));
    }
    let text = renderer.render(&groups);
    let text = [&place]
        .into_iter()
        .chain(&notes)
        .fold(text, |text, place| place.correct(text));
    format!("{}\n", words.punctuated(text))
}

/// What stands before a message, a remedy and a second place.
struct Words {
    tongue: Tongue,
    error: String,
    warning: String,
    note: String,
    help: String,
}

impl Words {
    fn of(tongue: Tongue) -> Self {
        Self {
            tongue,
            error: Severity::Error.message().say(tongue),
            warning: Severity::Warning.message().say(tongue),
            note: say::note().say(tongue),
            help: say::help().say(tongue),
        }
    }

    fn level(&self, severity: Severity) -> Level<'_> {
        match severity {
            Severity::Error => Level::ERROR.with_name(&*self.error),
            Severity::Warning => Level::WARNING.with_name(&*self.warning),
        }
    }

    fn note(&self) -> Level<'_> {
        Level::NOTE.with_name(&*self.note)
    }

    fn help(&self) -> Level<'_> {
        Level::HELP.with_name(&*self.help)
    }

    /// The renderer writes a half-width colon behind each of the words.
    fn punctuated(&self, text: String) -> String {
        match self.tongue {
            Tongue::English => text,
            Tongue::Chinese => {
                let lines = text.split('\n').map(|line| self.full_width(line));
                lines.collect::<Vec<String>>().join("\n")
            }
        }
    }

    fn full_width(&self, line: &str) -> String {
        let Some((before, behind)) = line.split_once(": ") else {
            return line.to_owned();
        };
        let bare = strip_str(before).to_string();
        let bare = bare.trim_start_matches([' ', '|', '=']);
        let word = bare.split('[').next().unwrap_or(bare);
        let known = [&self.error, &self.warning, &self.note, &self.help];
        match known.iter().any(|known| *known == word) {
            true => format!("{before}：{behind}"),
            false => line.to_owned(),
        }
    }
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
    marked: Range<usize>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Spot};

    fn shown(problem: Diagnostic, text: &str) -> String {
        super::problem(
            &problem.pinpoint(&mut |_| Some(text.to_owned())),
            Tongue::English,
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
            say::verbatim("there is no key `auther`"),
        )
        .help(say::verbatim("Did you mean `author`?"))
        .related(
            &SourcePath::new("content/_index.md"),
            Spot::Bytes(4..10),
            say::verbatim("also written here"),
        )
        .related(
            &SourcePath::new("themes/x"),
            Spot::File,
            say::verbatim("and nowhere in this file"),
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
        let problem = || {
            Diagnostic::new(
                Code::HtmlRemoved,
                &path,
                Spot::File,
                say::verbatim("two words"),
            )
        };
        assert_eq!(
            shown(problem(), ""),
            "warning[html-removed]: two words\n--> content/a.md\n"
        );
        assert_eq!(
            shown(problem().help(say::verbatim("Do this.")), ""),
            "warning[html-removed]: two words\n--> content/a.md\n |\n = help: Do this.\n"
        );
    }

    #[test]
    fn a_window_of_a_long_line_keeps_the_column_of_the_line() {
        let path = SourcePath::new("content/a.md");
        let text = format!("a\n{}X{}", "医".repeat(50_000), "会".repeat(50_000));
        let problem = Diagnostic::new(
            Code::Markdown,
            &path,
            Spot::Bytes(150_002..150_003),
            say::verbatim("an X"),
        );
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
        let at = |range| {
            Diagnostic::new(
                Code::Syntax,
                &path,
                Spot::Bytes(range),
                say::verbatim("odd"),
            )
        };
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
    fn chinese_has_its_own_words_and_colons() {
        let path = SourcePath::new("content/a.md");
        let problem = Diagnostic::new(
            Code::UnknownKey,
            &path,
            Spot::Bytes(0..6),
            say::no_key("错误"),
        )
        .help(say::did_you_mean("title"))
        .related(&path, Spot::File, say::first_one())
        .pinpoint(&mut |_| Some("错误: 办法: 1".to_owned()));
        let wanted = "\
错误[unknown-key]：没有 `错误` 这个字段
 --> content/a.md:1:1
  |
1 | 错误: 办法: 1
  | ^^^^
  |
  = 办法：您是不是想写 `title`？
说明：先出现的在这里
 --> content/a.md
";
        for renderer in [Renderer::plain(), Renderer::styled()] {
            let shown = super::problem(&problem, Tongue::Chinese, &renderer);
            assert_eq!(strip_str(&shown).to_string(), wanted);
        }
    }

    #[test]
    fn a_failure_is_told_in_the_same_voice() {
        let failure = Failure::new(say::verbatim("cannot write /x: No space left on device"))
            .help(say::verbatim("Make room on the disk."));
        assert_eq!(
            super::failure(&failure, Tongue::English, &Renderer::plain()),
            "error: cannot write /x: No space left on device\n |\n = help: Make room on the disk.\n"
        );
    }
}
