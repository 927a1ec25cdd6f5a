//! YAML, and what its parser's messages mean for the person who typed it.

use std::ops::Range;

use super::{DataError, Value, slips};

/// Reads YAML.
pub fn parse(text: &str) -> Result<Value, DataError> {
    let text = text.trim_start_matches('\u{feff}');
    serde_yaml::from_str(text).map_err(|error| explain(text, &error))
}

fn explain(text: &str, error: &serde_yaml::Error) -> DataError {
    let at = error
        .location()
        .map(|place| slips::byte_at(text, place.line(), place.column()))
        .unwrap_or_else(|| first_alias(text));
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    // The parser notices some slips only lines later; the nearest one above is the likeliest.
    if let Some(slip) = slips::find(text, 0..line_end).next_back() {
        return slip;
    }
    let message = error.to_string();
    let (meaning, help) = in_plain_words(&message);
    DataError {
        message: meaning,
        at: Some(one_character(text, at)),
        help: help.map(Into::into),
    }
}

/// The one problem without a place is that of too many aliases.
fn first_alias(text: &str) -> usize {
    [" *", "[*", ",*"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
        .map_or(0, |at| at + 1)
}

fn in_plain_words(message: &str) -> (String, Option<&'static str>) {
    const KNOWN: &[(&str, &str, &str)] = &[
        (
            "repetition limit exceeded",
            "aliases (`*name`) repeat more data than courant accepts",
            "Write the values out instead of repeating them with `*name`.",
        ),
        (
            "recursion limit exceeded",
            "lists or keys are nested too deeply",
            "Keep the nesting below 100 levels.",
        ),
        (
            "found unexpected end of stream",
            "a quotation mark or bracket is opened and never closed",
            "Close it on the same line.",
        ),
        (
            "did not find expected",
            "the lines here do not fit together",
            "Check that lines of one list begin in the same column, and that texts with `:`, `#`, quotes or brackets stand in quotes.",
        ),
        (
            "cannot start any token",
            "this character cannot begin a value",
            "Put the value in quotes.",
        ),
        (
            "mapping values are not allowed",
            "a second `:` on this line makes it unclear where the value begins",
            "Put the value in quotes: `title: \"Clinic day: what to bring\"`.",
        ),
        (
            "unknown anchor",
            "a value that begins with `*` is read as a reference to nothing",
            "Put the value in quotes.",
        ),
    ];
    for (marker, meaning, help) in KNOWN {
        if message.contains(marker) {
            return ((*meaning).to_owned(), Some(help));
        }
    }
    let bare = message.split(" at line ").next().unwrap_or(message);
    (format!("this is not valid YAML: {bare}"), None)
}

fn one_character(text: &str, at: usize) -> Range<usize> {
    let width = text[at..]
        .chars()
        .next()
        .filter(|c| *c != '\n')
        .map_or(0, char::len_utf8);
    at..at + width
}
