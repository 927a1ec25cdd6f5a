//! LaTeX → MathML.

use std::error::Error;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, Storage, push_mathml};

use crate::message::{Argument, Message, Plain, say};

/// Longer formulas are mistakes: a `$` that is not closed where it should be. The reader of formulas
/// calls itself for every command that stands behind a command, so this bounds its stack, too.
const LONGEST: usize = 4_000;

/// It calls itself for every brace as well.
const DEEPEST: usize = 64;

/// Commands that define others: a short text could stand for an endless formula.
const DEFINING: &[&str] = &[
    "\\def",
    "\\let",
    "\\futurelet",
    "\\newcommand",
    "\\renewcommand",
    "\\providecommand",
];

/// Appends a `<math>` element.
///
/// # Errors
/// Says in plain words why the formula cannot be read; nothing is appended then.
pub fn mathml(formula: &str, is_display: bool, out: &mut String) -> Result<(), Message> {
    if formula.len() > LONGEST {
        return Err(say::formula_too_long(LONGEST));
    }
    if nesting(formula) > DEEPEST {
        return Err(say::formula_too_deep(DEEPEST));
    }
    if let Some(command) = commands(formula).find(|command| DEFINING.contains(command)) {
        return Err(say::unsupported_command(command));
    }
    let storage = Storage::new();
    let events: Vec<Event> = Parser::new(formula, &storage)
        .collect::<Result<_, _>>()
        .map_err(|error| reason(formula, &error))?;
    let names: Vec<Option<String>> = events.iter().map(escaped_name).collect();
    let events = events
        .into_iter()
        .zip(&names)
        .map(|(event, name)| match name {
            Some(name) => Ok(Event::Content(Content::Function(name))),
            None => Ok::<_, std::fmt::Error>(event),
        });
    let mut written = String::new();
    let config = RenderConfig {
        display_mode: if is_display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    push_mathml(&mut written, events, config)
        .map_err(|error| say::verbatim(Argument::Foreign(error.to_string())))?;
    repair(&written, out);
    Ok(())
}

/// The renderer writes names of operators as they are; they must not become markup.
fn escaped_name(event: &Event) -> Option<String> {
    match event {
        Event::Content(Content::Function(name)) if name.contains(['<', '>', '&']) => {
            let mut escaped = String::new();
            super::escape::text(&mut escaped, name);
            Some(escaped)
        }
        _ => None,
    }
}

/// Every level that can make the reader call itself.
fn nesting(formula: &str) -> usize {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for byte in formula.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Mends what the renderer writes: signs that are markup, a missing space, a default.
fn repair(written: &str, out: &mut String) {
    let written = written
        .replacen(" display=\"inline\"", "", 1)
        .replace("\"minsize=", "\" minsize=");
    let mut done = 0;
    for (at, byte) in written.bytes().enumerate() {
        let next = written.as_bytes().get(at + 1).copied().unwrap_or_default();
        let entity = match byte {
            b'<' if !next.is_ascii_alphabetic() && next != b'/' => "&lt;",
            b'&' if !next.is_ascii_alphanumeric() && next != b'#' => "&amp;",
            _ => continue,
        };
        out.push_str(&written[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&written[done..]);
}

/// What the reader of formulas says → what an author can act on.
fn reason(formula: &str, error: &dyn Error) -> Message {
    let cause = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    if cause.starts_with(UNKNOWN)
        && let Some(command) = unknown_command(formula)
    {
        return say::unknown_command(command);
    }
    if let Some(missing) =
        cause.strip_prefix("unbalanced group found, expected it to be closed with ")
    {
        return say::is_missing(missing);
    }
    match PLAIN.iter().find(|(start, _)| cause.starts_with(start)) {
        Some((_, plain)) => plain(),
        None => say::verbatim(Argument::Foreign(cause)),
    }
}

const UNKNOWN: &str = "unknown primitive command";

const PLAIN: &[(&str, Plain)] = &[
    ("unbalanced group found, unexpected", say::end_too_many),
    ("unkown mathematical environment", say::unknown_environment),
    ("unexpected math `$`", say::dollar_inside),
    ("unexpected hash sign", say::hash_inside),
    ("expected an argument", say::command_lacks),
    ("expected a token", say::command_lacks),
    ("expected a delimiter", say::bracket_lacks),
    ("trying to add a subscript twice", say::two_subscripts),
    ("trying to add a superscript twice", say::two_superscripts),
    ("empty control sequence", say::lone_backslash),
    (UNKNOWN, say::command_not_known),
    ("unkown color", say::unknown_colour),
    ("alignment not allowed", say::no_alignment),
    ("new line command not allowed", say::no_new_line),
];

/// The first command that fails for itself as the whole does.
fn unknown_command(formula: &str) -> Option<&str> {
    let is_unknown = |command: &&str| {
        let storage = Storage::new();
        let alone = format!("{command}{{a}}{{b}}");
        let error = Parser::new(&alone, &storage).find_map(Result::err);
        let cause = error.as_ref().and_then(|error| error.source());
        cause.is_some_and(|cause| cause.to_string().starts_with(UNKNOWN))
    };
    commands(formula)
        .filter(|command| command.len() > 1)
        .find(is_unknown)
}

/// The commands of a formula, in order: `\name`, and `\` where a sign follows.
fn commands(formula: &str) -> impl Iterator<Item = &str> {
    let name_end = |rest: &str| {
        rest.find(|char: char| !char.is_ascii_alphabetic())
            .unwrap_or(rest.len())
    };
    formula
        .match_indices('\\')
        .map(move |(at, _)| &formula[at..at + 1 + name_end(&formula[at + 1..])])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn math(formula: &str) -> String {
        let mut out = String::new();
        mathml(formula, false, &mut out).expect("valid");
        out
    }

    fn reason(formula: &str) -> String {
        let mut out = String::new();
        let reason = mathml(formula, true, &mut out).expect_err("refused");
        assert_eq!(out, "");
        reason.english()
    }

    #[test]
    fn formulas_become_mathml() {
        assert_eq!(
            math("x^2"),
            "<math><msup><mi>x</mi><mn>2</mn></msup></math>"
        );
        let mut display = String::new();
        mathml("x", true, &mut display).expect("valid");
        assert_eq!(display, "<math display=\"block\"><mi>x</mi></math>");
    }

    #[test]
    fn what_is_markup_is_escaped() {
        assert_eq!(
            math("a<b"),
            "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"
        );
        assert_eq!(
            math("\\operatorname{<img>}"),
            "<math><mi>&lt;img&gt;</mi></math>"
        );
        assert_eq!(math("\\text{<b>}"), "<math><mtext>&lt;b&gt;</mtext></math>");
        assert_eq!(math("\\mathop{<b>}"), "<math><mi>&lt;b&gt;</mi></math>");
        assert_eq!(
            math("\\bigl("),
            "<math><mo symmetric=\"true\" stretchy=\"true\" minsize=\"1.2em\" maxsize=\"1.2em\">(</mo></math>"
        );
    }

    #[test]
    fn reasons_are_plain_words() {
        assert_eq!(
            reason("a \\foo{1}"),
            "`\\foo` is not a command that is known here"
        );
        assert_eq!(
            reason("a_b_c"),
            "there are two `_` behind one sign; put braces around what belongs together"
        );
        assert_eq!(
            reason("\\frac{1}"),
            "a command lacks what belongs behind it"
        );
        assert_eq!(
            reason("\\begin{foo}\\end{foo}"),
            "the name behind `\\begin` is not known"
        );
        assert_eq!(reason("{x"), "`}` is missing");
        assert_eq!(reason("x}"), "there is a `}` or `\\end` too many");
        assert_eq!(reason("\\def\\a{x}\\a"), "`\\def` is not supported");
        assert_eq!(
            reason("\\color{nocolour}x"),
            "the name of the colour is not known; it may be written `#RRGGBB`"
        );
    }

    #[test]
    fn endless_formulas_are_refused() {
        assert_eq!(reason(&"x".repeat(4_001)), "it is longer than 4000 bytes");
        assert_eq!(
            reason(&format!("{}x{}", "{".repeat(65), "}".repeat(65))),
            "it is nested deeper than 64 levels"
        );
        assert_eq!(
            reason(&"\\not".repeat(1_000)),
            "a command lacks what belongs behind it"
        );
        assert_eq!(
            reason(&"\\frac1".repeat(600)),
            "a command lacks what belongs behind it"
        );
    }
}
