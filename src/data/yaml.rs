//! YAML, and what its parser's messages mean for the person who typed it.

use std::ops::Range;

use crate::message::{Argument, Message, Plain, say};

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
        help,
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

/// What is wrong, and how to mend it.
type Explained = (Message, Option<Message>);

fn in_plain_words(message: &str) -> Explained {
    const KNOWN: &[(&str, Plain, Plain)] = &[
        ("repetition limit exceeded", say::alias_bomb, say::write_out),
        (
            "recursion limit exceeded",
            say::nested_too_deep,
            say::nest_less,
        ),
        (
            "found unexpected end of stream",
            say::never_closed,
            say::close_on_line,
        ),
        (
            "did not find expected",
            say::lines_do_not_fit,
            say::check_columns,
        ),
        ("cannot start any token", say::cannot_begin, say::quote_it),
        (
            "mapping values are not allowed",
            say::second_colon,
            say::quote_example,
        ),
        ("unknown anchor", say::reference_to_nothing, say::quote_it),
    ];
    for (marker, meaning, help) in KNOWN {
        if message.contains(marker) {
            return (meaning(), Some(help()));
        }
    }
    let bare = message.split(" at line ").next().unwrap_or(message);
    (say::invalid_yaml(Argument::Foreign(bare.to_owned())), None)
}

fn one_character(text: &str, at: usize) -> Range<usize> {
    let width = text[at..]
        .chars()
        .next()
        .filter(|c| *c != '\n')
        .map_or(0, char::len_utf8);
    at..at + width
}
