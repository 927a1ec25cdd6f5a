//! What tera complains about → diagnostics in plain words, at the template's own place.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::message::{Argument, Message, say};
use crate::path::SourcePath;

use super::arguments::{Refusal, kind};
use super::names::Names;
use super::overrides::MissingBlocks;

/// Where every template comes from, by the name tera knows it under.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

#[derive(Clone, Debug)]
struct Place {
    path: SourcePath,
    text: String,
}

impl Places {
    pub(super) fn add(&mut self, name: String, path: SourcePath, text: String) {
        self.0.insert(name, Place { path, text });
    }

    /// The names and texts of all templates.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, place)| (name.as_str(), place.text.as_str()))
    }

    fn path(&self, name: &str) -> SourcePath {
        self.0
            .get(name)
            .map_or_else(|| SourcePath::new(name), |place| place.path.clone())
    }

    /// The bytes from a line and column on, both from 1 and in characters.
    fn range(&self, at: &Position<'_>) -> Option<Range<usize>> {
        let text = &self.0.get(at.template)?.text;
        let line: usize = text
            .split_inclusive('\n')
            .take(at.line.checked_sub(1)?)
            .map(str::len)
            .sum();
        let bytes = |from: usize, characters: usize| {
            text[from..]
                .chars()
                .take(characters)
                .map(char::len_utf8)
                .sum::<usize>()
        };
        let start = line + bytes(line, at.column.checked_sub(1)?);
        Some(start..start + bytes(start, at.width))
    }

    fn spot(&self, at: &Position<'_>) -> Spot {
        self.range(at).map_or(Spot::File, Spot::Bytes)
    }
}

/// What keeps templates from being loaded.
pub(super) fn of_loading(error: &Error, places: &Places, names: &Names) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![syntax(report, places)],
        ErrorKind::MissingParent { current, parent } => {
            vec![missing_parent(current, parent, places, names)]
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain: chain,
        }
        | ErrorKind::CircularInclude {
            tpl,
            include_chain: chain,
        } => {
            vec![circle(tpl, chain, places)]
        }
        ErrorKind::Msg(text) => {
            let found = reports(text);
            match found.is_empty() {
                true => vec![unplaced(text, places)],
                false => unknowns(&found, places, names),
            }
        }
        other => vec![unplaced(&other.to_string(), places)],
    }
}

/// What went wrong while `subject`, a source file or an address, was rendered with a template.
pub(super) fn of_rendering(
    error: &Error,
    template: &str,
    subject: &str,
    places: &Places,
) -> Diagnostic {
    let context = say::while_rendering(subject);
    let ErrorKind::RenderingError(report) = error.kind() else {
        let message = of_tera(&error.to_string());
        return Diagnostic::new(
            Code::TemplateError,
            &places.path(template),
            Spot::File,
            message,
        )
        .help(context);
    };
    let (message, hint) = reason(report.message());
    let path = places.path(report.filename());
    let help = match hint {
        Some(hint) => say::then(hint, context),
        None => context,
    };
    let spot = Spot::Bytes(report.span().range.clone());
    let mut problem = Diagnostic::new(Code::TemplateError, &path, spot, message).help(help);
    for caller in callers(&error.to_string()) {
        problem = problem.related(
            &places.path(caller.template),
            places.spot(&caller),
            say::called_here(),
        );
    }
    problem
}

fn syntax(report: &ReportError, places: &Places) -> Diagnostic {
    let text = report.message();
    let is_taken_apart =
        text.starts_with("Found `.` but") || text.starts_with("Function calls are only");
    let (message, help) = if is_taken_apart {
        (say::result_taken_apart(), say::keep_result_first())
    } else if text == "Unexpected end of input" {
        (say::ends_too_early(), say::close_tags())
    } else {
        (of_tera(text), say::template_signs())
    };
    let spot = Spot::Bytes(report.span().range.clone());
    Diagnostic::new(
        Code::TemplateSyntax,
        &places.path(report.filename()),
        spot,
        message,
    )
    .help(help)
}

fn missing_parent(current: &str, parent: &str, places: &Places, names: &Names) -> Diagnostic {
    let text = places.0.get(current).map_or("", |place| &place.text);
    let spot = text
        .find(parent)
        .map_or(Spot::File, |at| Spot::Bytes(at..at + parent.len()));
    Diagnostic::new(
        Code::TemplateMissing,
        &places.path(current),
        spot,
        say::no_template(parent),
    )
    .help(names.help_for_template(parent))
}

fn circle(template: &str, chain: &[String], places: &Places) -> Diagnostic {
    let message = say::template_circle(Argument::quoted(chain));
    Diagnostic::new(
        Code::TemplateSyntax,
        &places.path(template),
        Spot::File,
        message,
    )
    .help(say::break_circle())
}

/// A message of tera's without a place. The names of templates in it give one.
fn unplaced(text: &str, places: &Places) -> Diagnostic {
    let mentioned = backticked(text)
        .filter_map(|name| places.0.get(name))
        .map(|place| &place.path);
    let mut mentioned = mentioned.collect::<Vec<_>>().into_iter().rev();
    let path = mentioned
        .next()
        .cloned()
        .unwrap_or_else(|| SourcePath::new("templates"));
    let (message, help) = match text.strip_prefix("Component ") {
        Some(_) => (
            say::component_twice(backticked(text).next().unwrap_or_default()),
            say::rename_component(),
        ),
        None => (of_tera(text), say::compare_template()),
    };
    let mut problem = Diagnostic::new(Code::TemplateSyntax, &path, Spot::File, message).help(help);
    for other in mentioned {
        problem = problem.related(other, Spot::File, say::other_one());
    }
    problem
}

/// Names that templates use and nothing defines.
fn unknowns(found: &[Report<'_>], places: &Places, names: &Names) -> Vec<Diagnostic> {
    let mut missing = MissingBlocks::default();
    let mut problems = Vec::new();
    for report in found {
        let child = report.at.template;
        let text = places.0.get(child).map_or("", |place| &place.text);
        let block = backticked(report.message).next().unwrap_or_default();
        let is_block = report.message.starts_with("Block ");
        if !(is_block && missing.note(child, text, block, &|name| places.0.contains_key(name))) {
            problems.push(unknown(report, places, names));
        }
    }
    problems.extend(missing.problems());
    problems
}

/// A name that a template uses and nothing defines.
fn unknown(report: &Report<'_>, places: &Places, names: &Names) -> Diagnostic {
    let path = places.path(report.at.template);
    let name = backticked(report.message).next().unwrap_or_default();
    let what = report.message.split('`').next().unwrap_or_default().trim();
    let (code, message, help) = match what {
        "Unknown filter" => named(say::no_filter(name), names.help_for_filter(name)),
        "Unknown function" => named(say::no_function(name), names.help_for_function(name)),
        "Unknown test" => named(say::no_test(name), names.help_for_test(name)),
        "Unknown component" => named(say::no_component(name), names.help_for_component(name)),
        "Unknown template" => (
            Code::TemplateMissing,
            say::no_template(name),
            names.help_for_template(name),
        ),
        "Block" => (
            Code::TemplateSyntax,
            say::no_block_above(name),
            say::add_block(name),
        ),
        _ => (
            Code::TemplateSyntax,
            of_tera(report.message),
            say::mend_template(),
        ),
    };
    let mut at = report.at.clone();
    if code == Code::TemplateMissing {
        at.column += 1; // tera marks the quotes too
    }
    if what != "Unknown component" {
        at.width = name.chars().count().min(at.width.max(1));
    }
    Diagnostic::new(code, &path, places.spot(&at), message).help(help)
}

fn named(message: Message, help: Message) -> (Code, Message, Message) {
    (Code::TemplateSyntax, message, help)
}

/// Tera's reason in plain words, and a hint where there is one. Our own functions say theirs as
/// data.
fn reason(text: &str) -> (Message, Option<Message>) {
    if let Some(Refusal { message, hint }) = Refusal::sent(text) {
        return (message, hint);
    }
    type Row = fn(String) -> Message;
    let unknown: [(&str, Row); 2] = [("Variable", say::no_variable), ("Field", say::no_field)];
    for (what, row) in unknown {
        let Some(rest) = text.strip_prefix(what) else {
            continue;
        };
        let Some((name, rest)) = rest.trim_start_matches(" `").split_once("` is not defined")
        else {
            continue;
        };
        let known = rest.split_once(": ").map_or("", |(_, known)| known);
        return (row(name.to_owned()), known_here(name, known));
    }
    if let Some(name) = text.strip_prefix("Missing keyword argument ") {
        return (say::argument_missing(name), None);
    }
    if let Some(rest) = text.strip_prefix("Invalid type for the value, expected `")
        && let Some((wanted, got)) = rest.split_once("` but got `")
    {
        let (wanted, got) = (kind(wanted), kind(got.trim_end_matches('`')));
        return (say::wrong_value(got, wanted), None);
    }
    if let Some(got) = text.strip_prefix("Iteration not possible on type `") {
        let got = kind(got.trim_end_matches('`'));
        return (say::not_iterable(got), None);
    }
    (of_tera(text), None)
}

fn known_here(name: &str, known: &str) -> Option<Message> {
    let mut known: Vec<&str> = known.split(", ").filter(|name| !name.is_empty()).collect();
    known.sort_unstable();
    if known.is_empty() {
        return None;
    }
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => say::did_you_mean(near),
        None => say::these_are_here(Argument::quoted(known)),
    })
}

/// What tera says and nobody has put into plain words. Some of it is known in other languages.
fn of_tera(text: &str) -> Message {
    let text = lowered(text);
    let names: Vec<&str> = backticked(&text).collect();
    match names[..] {
        [name, kind, wanted] if text.starts_with("component argument ") => {
            say::component_argument(name, kind, wanted)
        }
        [name, kind] if text.starts_with("argument ") && text.ends_with(" missing") => {
            say::component_lacks(name, kind)
        }
        [found, ..] if text.starts_with(&format!("found `{found}` but expected ")) => {
            let expected = &text[format!("found `{found}` but expected ").len()..];
            say::found_but_expected(found, expected)
        }
        _ => say::verbatim(Argument::Foreign(text)),
    }
}

/// The first letter small, no full stop.
fn lowered(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if !characters.as_str().starts_with(|c: char| c.is_uppercase()) => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => text.to_owned(),
    }
}

fn backticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// One of the reports that tera joins into a text when it finds several problems at once.
struct Report<'a> {
    message: &'a str,
    at: Position<'a>,
}

#[derive(Clone)]
struct Position<'a> {
    template: &'a str,
    line: usize,
    column: usize,
    /// In characters.
    width: usize,
}

fn reports(text: &str) -> Vec<Report<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let place = lines.get(index + 1).map(|line| line.trim_start());
        if let Some(message) = line.strip_prefix("error: ")
            && let Some(place) = place.and_then(|line| line.strip_prefix("--> "))
            && let Some(mut at) = position(place)
        {
            at.width = lines
                .get(index + 4)
                .map_or(0, |marks| marks.matches('^').count());
            found.push(Report { message, at });
        }
    }
    found
}

/// The component calls through which a failing place was reached.
fn callers(text: &str) -> Vec<Position<'_>> {
    text.lines()
        .filter_map(|line| position(line.strip_prefix("note: called from ")?))
        .collect()
}

/// `page.html:3:14`
fn position(text: &str) -> Option<Position<'_>> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(Position {
        template: parts.next()?,
        line,
        column,
        width: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_plain_words() {
        for (text, message, hint) in [
            (
                "Variable `pge` is not defined. Available variables: page, config",
                "there is no variable `pge` here",
                Some("Did you mean `page`?"),
            ),
            (
                "Field `headline` is not defined. Available fields: title, date",
                "there is no field `headline` here",
                Some("These are here: `date`, `title`."),
            ),
            (
                "Field `x` is not defined.",
                "there is no field `x` here",
                None,
            ),
            (
                "Missing keyword argument `pat`",
                "the argument `pat` is missing",
                None,
            ),
            (
                "Invalid type for the value, expected `&str` but got `none`",
                "this is nothing where text is needed",
                None,
            ),
            (
                "Iteration not possible on type `string`",
                "`for` goes through a list, and this is text",
                None,
            ),
            (
                "Slicing step cannot be 0.",
                "slicing step cannot be 0",
                None,
            ),
        ] {
            let (said, help) = reason(text);
            let help = help.map(|help| help.english());
            assert_eq!((&*said.english(), help.as_deref()), (message, hint));
        }
    }

    #[test]
    fn joined_reports_are_taken_apart() {
        let text = "error: Unknown filter `dat`\n --> a b.html:2:5\n  |\n2 | {{ x | dat }}\n  |     ^^^\n\nerror: Unknown test `y`\n --> c.html:1:1\n  |\n1 | z\n  | ^";
        let found: Vec<(&str, &str, usize, usize, usize)> = reports(text)
            .iter()
            .map(|report| {
                (
                    report.message,
                    report.at.template,
                    report.at.line,
                    report.at.column,
                    report.at.width,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("Unknown filter `dat`", "a b.html", 2, 5, 3),
                ("Unknown test `y`", "c.html", 1, 1, 1)
            ]
        );
    }

    #[test]
    fn columns_count_characters() {
        let mut places = Places::default();
        places.add(
            "a.html".into(),
            SourcePath::new("templates/a.html"),
            "x\n标题 {{ y }}".into(),
        );
        let at = Position {
            template: "a.html",
            line: 2,
            column: 7,
            width: 1,
        };
        let range = places.range(&at).expect("in the text");
        assert_eq!(&"x\n标题 {{ y }}"[range], "y");
    }
}
