//! Problems with the content: what is wrong, where, and how to mend it.
//!
//! A [`Diagnostic`] says where in the terms of whoever found the problem (a key, a range of
//! bytes); [`Diagnostic::pinpoint`] turns that into lines and columns once, at the end, when the
//! file's text is at hand.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::data::{self, Step};
use crate::message::{Message, say};
use crate::path::SourcePath;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    /// The site is published; `--strict` treats it as an error.
    Warning,
}

impl Severity {
    /// Its name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// The word that messages use.
    pub fn message(self) -> Message {
        match self {
            Self::Error => say::error(),
            Self::Warning => say::warning(),
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal,)*) => {
        /// The kinds of problem. The names are stable: scripts may match on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How bad this kind of problem is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// One sentence for the reference page.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    AliasClash "alias-clash" Error "Two pages claim one old address.",
    AmbiguousFile "ambiguous-file" Error "Two files stand for the same page of the same language.",
    ChangedWhileReading "changed-while-reading" Error "A file changed while the site was being built.",
    DateFormat "date-format" Error "A date is not in a form that courant reads, or does not exist.",
    DeadAnchor "dead-anchor" Error "A link names a part of a page that the page does not have.",
    DeadLink "dead-link" Error "A link, image or attachment leads to something that is not there.",
    Encoding "encoding" Error "A text file is not UTF-8.",
    FrontMatterEnd "front-matter-end" Error "The front matter begins but does not end.",
    HtmlRemoved "html-removed" Warning "Raw HTML that could do harm was left out of a page.",
    ImageUnreadable "image-unreadable" Error "An image cannot be decoded.",
    InvalidName "invalid-name" Error "A file name cannot be part of an address.",
    InvalidValue "invalid-value" Error "A value is of the right kind but makes no sense.",
    LinkLoop "link-loop" Error "A symbolic link leads back to a folder that contains it, or out of the site.",
    Markdown "markdown" Warning "Markdown that cannot mean what was meant.",
    Math "math" Error "A formula is not valid LaTeX.",
    MissingKey "missing-key" Error "A required key is missing.",
    PathClash "path-clash" Error "Two things want to be written to one place.",
    PathEscape "path-escape" Error "An address leaves the output folder or cannot be written.",
    Syntax "syntax" Error "A data file or front matter cannot be read.",
    TemplateError "template-error" Error "A template failed while a page was rendered.",
    TemplateMissing "template-missing" Error "A template that is asked for does not exist.",
    TemplateSyntax "template-syntax" Error "A template cannot be read.",
    TermClash "term-clash" Error "Two terms of one taxonomy would share an address.",
    ThemeMissing "theme-missing" Error "The theme that the configuration names does not exist.",
    TooLarge "too-large" Error "A file is larger than courant reads.",
    TranslationMissing "translation-missing" Warning "A word of the theme has no translation.",
    TranslationOutdated "translation-outdated" Error "A translation is older than its original, in a language that is required.",
    UnknownKey "unknown-key" Error "A key that courant does not know.",
    UnknownLanguage "unknown-language" Error "A language that the site does not have.",
    Unreadable "unreadable" Error "A file or folder cannot be read.",
    Untranslated "untranslated" Error "An article lacks a language that is required.",
    WrongType "wrong-type" Error "A value is of the wrong kind.",
}

/// Where in a file a problem is, as its finder knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A range of bytes of the file.
    Bytes(Range<usize>),
    /// A key of the file's data or front matter.
    Key(Vec<Step>),
    /// The value of a key of the file's data or front matter.
    Value(Vec<Step>),
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Related {
    /// The file.
    pub path: SourcePath,
    /// Where in it.
    pub spot: Spot,
    /// What it has to do with the problem.
    pub label: Message,
}

/// One problem, as found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file.
    pub path: SourcePath,
    /// Where in the file.
    pub spot: Spot,
    /// The kind.
    pub code: Code,
    /// What is wrong, without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
    /// Other places that matter.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A problem at a place; add the remedy with [`Self::help`].
    pub fn new(code: Code, path: &SourcePath, spot: Spot, message: Message) -> Self {
        Self {
            path: path.clone(),
            spot,
            code,
            message,
            help: None,
            related: Vec::new(),
        }
    }

    /// Says how to mend it.
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Points at a second place.
    pub fn related(mut self, path: &SourcePath, spot: Spot, label: Message) -> Self {
        self.related.push(Related {
            path: path.clone(),
            spot,
            label,
        });
        self
    }

    /// Finds lines and columns. `text` gives a file's text, or `None` if it has none to show.
    pub fn pinpoint(self, text: &mut dyn FnMut(&SourcePath) -> Option<String>) -> Problem {
        let span = locate(&self.path, &self.spot, text);
        let related = self
            .related
            .into_iter()
            .map(|related| Note {
                span: locate(&related.path, &related.spot, text),
                path: related.path,
                label: related.label,
            })
            .collect();
        Problem {
            severity: self.code.severity(),
            code: self.code,
            message: self.message,
            path: self.path,
            span,
            help: self.help,
            related,
        }
    }
}

fn locate(
    path: &SourcePath,
    spot: &Spot,
    text: &mut dyn FnMut(&SourcePath) -> Option<String>,
) -> Option<Span> {
    if *spot == Spot::File {
        return None;
    }
    let text = text(path)?;
    let range = match spot {
        Spot::File => return None,
        Spot::Bytes(range) => range.clone(),
        Spot::Key(steps) => data::locate(path, &text, steps)?.key,
        Spot::Value(steps) => data::locate(path, &text, steps)?.value,
    };
    Some(Span::of(&text, range))
}

/// One problem, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The kind.
    pub code: Code,
    /// What is wrong.
    pub message: Message,
    /// The file.
    pub path: SourcePath,
    /// Where in the file; `None` where it is about the file as a whole.
    pub span: Option<Span>,
    /// How to mend it.
    pub help: Option<Message>,
    /// Other places that matter.
    pub related: Vec<Note>,
}

impl Problem {
    /// The order in which problems are reported, in every language: by file, then by place.
    pub fn order(&self) -> impl Ord + '_ {
        let place = self.span.as_ref().map(|span| (span.line, span.column));
        (&self.path, place, self.code, self.message.english())
    }
}

/// A second place of a [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The file.
    pub path: SourcePath,
    /// Where in it.
    pub span: Option<Span>,
    /// What it has to do with the problem.
    pub label: Message,
}

/// A stretch of a file, with the line it stands on. Lines and columns count from 1, columns in
/// characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First line.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column behind the last character.
    pub end_column: usize,
    /// The first line's text, or a window of it where the line is very long.
    pub excerpt: String,
    /// The marked bytes within `excerpt`.
    pub marked: Range<usize>,
}

impl Span {
    /// The place of a range of bytes; a range past the end is moved to the end.
    pub fn of(text: &str, range: Range<usize>) -> Self {
        let start = floor_boundary(text, range.start);
        let end = floor_boundary(text, range.end).max(start);
        let (line, column) = line_and_column(text, start);
        let (end_line, end_column) = line_and_column(text, end);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| start + at);
        let shown = window(text, line_start..line_end, start);
        Self {
            line,
            column,
            end_line,
            end_column,
            marked: start - shown.start..end.min(shown.end).max(start) - shown.start,
            excerpt: text[shown].to_owned(),
        }
    }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let shown = before[line_start..].trim_start_matches('\u{feff}');
    (line, shown.chars().count() + 1)
}

/// A line of megabytes is cut down to the neighbourhood of the mark.
fn window(text: &str, line: Range<usize>, mark: usize) -> Range<usize> {
    const BEFORE: usize = 120;
    const LONGEST: usize = 240;
    if line.len() <= LONGEST {
        return line;
    }
    let start = floor_boundary(text, mark.saturating_sub(BEFORE).max(line.start));
    let end = floor_boundary(text, (start + LONGEST).min(line.end));
    start..end.max(mark)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest of some names to what was typed, if it is near enough to be a slip.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = typed.to_lowercase().replace(['-', ' '], "_");
    let tolerance = match typed.chars().count() {
        0..=2 => 0,
        3..=5 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&folded, name), name))
        .filter(|(distance, _)| *distance <= tolerance)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = "标题: a\n作者： b\n";
        let at = text.find('：').expect("present");
        let span = Span::of(text, at..at + '：'.len_utf8());
        assert_eq!((span.line, span.column, span.end_column), (2, 3, 4));
        assert_eq!(span.excerpt, "作者： b");
        assert_eq!(&span.excerpt[span.marked], "：");
    }

    #[test]
    fn a_very_long_line_is_shown_around_the_mark() {
        let text = format!("{}X{}", "a".repeat(5_000_000), "b".repeat(5_000_000));
        let span = Span::of(&text, 5_000_000..5_000_001);
        assert_eq!(span.column, 5_000_001);
        assert_eq!(span.excerpt.len(), 240);
        assert_eq!(&span.excerpt[span.marked], "X");
    }

    #[test]
    fn a_range_past_the_end_points_at_the_end() {
        let span = Span::of("ab", 7..9);
        assert_eq!((span.line, span.column, span.marked), (1, 3, 2..2));
    }

    #[test]
    fn slips_of_a_letter_find_the_meant_name() {
        let known = ["author", "date", "draft"];
        assert_eq!(nearest("auther", known), Some("author"));
        assert_eq!(nearest("Date", known), Some("date"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("x", known), None);
    }

    #[test]
    fn codes_are_sorted_and_named_once() {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
    }
}
