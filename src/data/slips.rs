//! Slips of the keyboard that YAML answers with riddles: full-width punctuation, tabs, a colon
//! inside a value.

use std::ops::Range;

use crate::message::{Message, say};

use super::DataError;

/// The byte at a line and column that count from 1, columns in characters.
pub fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let rest = &text[start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    start
        + line
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(line.len(), |(at, _)| at)
}

/// The lines of a region that a person would recognise as slips, in their order.
pub fn find(text: &str, region: Range<usize>) -> impl DoubleEndedIterator<Item = DataError> {
    const CHECKS: &[fn(&str) -> Option<Slip>] = &[
        tab,
        full_width_colon,
        curly_quotes,
        open_quote,
        odd_beginning,
        colon_in_value,
    ];
    let mut start = region.start;
    let mut slips = Vec::new();
    for line in text[region].split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if let Some((range, message, help)) = CHECKS.iter().find_map(|check| check(bare)) {
            slips.push(DataError {
                message,
                at: Some(start + range.start..start + range.end),
                help: Some(help),
            });
        }
        start += line.len();
    }
    slips.into_iter()
}

type Slip = (Range<usize>, Message, Message);

fn tab(line: &str) -> Option<Slip> {
    let indent = line.len() - line.trim_start().len();
    let at = line[..indent].find('\t')?;
    Some((at..at + 1, say::tab(), say::replace_tab()))
}

fn full_width_colon(line: &str) -> Option<Slip> {
    let at = line.find('：')?;
    let key = line[..at].trim();
    if !is_key(key) {
        return None;
    }
    let value = line[at + '：'.len_utf8()..].trim();
    Some((
        at..at + '：'.len_utf8(),
        say::full_width_colon(),
        say::write_half_colon(key, value),
    ))
}

fn curly_quotes(line: &str) -> Option<Slip> {
    let (key, value) = key_and_value(line)?;
    let first = value.chars().next()?;
    let curly = matches!(first, '“' | '”' | '‘' | '’' | '＂');
    let breaks = value[first.len_utf8()..].contains(": ");
    if !curly || !breaks {
        return None;
    }
    let at = line.len() - value.len();
    let bare = value.trim_matches(|c| matches!(c, '“' | '”' | '‘' | '’' | '＂'));
    Some((
        at..at + first.len_utf8(),
        say::curly_quote(first),
        say::write_straight(key, bare),
    ))
}

fn open_quote(line: &str) -> Option<Slip> {
    let (key, value) = key_and_value(line)?;
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    let bare = value[1..].trim_end();
    if bare.contains(quote) {
        return None;
    }
    let at = line.len() - value.len();
    Some((
        at..at + 1,
        say::open_quote(quote),
        say::write_key_is(key, format!("{quote}{bare}{quote}")),
    ))
}

/// A sign with a meaning of its own in YAML, where the value was meant as plain text.
fn odd_beginning(line: &str) -> Option<Slip> {
    let (key, value) = key_and_value(line)?;
    let value = value.split(" #").next().unwrap_or(value).trim_end();
    let first = value.chars().next()?;
    let quoted = match value.contains('"') && !value.contains('\'') {
        true => format!("'{value}'"),
        false => format!("\"{}\"", value.replace('"', "\\\"")),
    };
    let at = line.find(value)?;
    has_odd_beginning(value).then(|| {
        (
            at..at + 1,
            say::odd_beginning(first),
            say::write_key_is(key, quoted),
        )
    })
}

pub(super) fn has_odd_beginning(value: &str) -> bool {
    let Some(first) = value.chars().next() else {
        return false;
    };
    let goes_on_behind = |close: char| value[1..].contains(close) && !value.ends_with(close);
    match first {
        '@' | '`' | '%' => true,
        '*' => value.contains(char::is_whitespace) || value[1..].contains('*'),
        '[' => goes_on_behind(']'),
        '{' => goes_on_behind('}'),
        '"' | '\'' => goes_on_behind(first),
        _ => false,
    }
}

fn colon_in_value(line: &str) -> Option<Slip> {
    let (key, value) = key_and_value(line)?;
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '#']) {
        return None;
    }
    let before_comment = value.split(" #").next().unwrap_or(value);
    let inner = before_comment.find(": ").or_else(|| {
        before_comment
            .ends_with(':')
            .then(|| before_comment.len() - 1)
    })?;
    let at = line.len() - value.len() + inner;
    Some((
        at..at + 1,
        say::colon_in_value(key),
        say::quote_value(key, before_comment.replace('"', "\\\"")),
    ))
}

pub(super) fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_start_matches("- ");
    (is_key(key) && value.starts_with(' ')).then_some((key, value.trim_start()))
}

pub(super) fn is_key(text: &str) -> bool {
    let text = text.trim_start_matches("- ");
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_at_counts_characters_and_clamps() {
        assert_eq!(byte_at("a\n标题: x\n", 2, 3), 2 + "标题".len());
        assert_eq!(byte_at("a\n", 9, 9), 2);
    }

    #[test]
    fn each_slip_is_named_with_its_remedy() {
        for (line, message, help) in [
            (
                "\ttags: x",
                "a tab stands where only spaces may",
                "Replace the tab at the beginning of the line with two spaces.",
            ),
            (
                "title：义诊",
                "this is the full-width colon `：`; keys end with the half-width `:`",
                "Write `title: 义诊`, with a half-width colon and a space.",
            ),
            (
                "title: Clinic: day",
                "the value of `title` holds a `:`, so it is unclear where the value begins",
                "Put the value in quotes: `title: \"Clinic: day\"`.",
            ),
            (
                "title: “Clinic: day”",
                "this is the curly quotation mark `“`; only straight ones hold a value together",
                "Write `title: \"Clinic: day\"`, with straight quotation marks.",
            ),
            (
                "title: \"Clinic day",
                "this quotation mark `\"` is opened and never closed",
                "Write `title: \"Clinic day\"`.",
            ),
            (
                "title: *New* clinic day",
                "a value that begins with `*` must stand in quotes as a whole",
                "Write `title: \"*New* clinic day\"`.",
            ),
            (
                "title: [通知] 义诊 # 2025",
                "a value that begins with `[` must stand in quotes as a whole",
                "Write `title: \"[通知] 义诊\"`.",
            ),
            (
                "title: \"New\" clinic day",
                "a value that begins with `\"` must stand in quotes as a whole",
                "Write `title: '\"New\" clinic day'`.",
            ),
        ] {
            let slip = find(line, 0..line.len()).next().expect(line);
            assert_eq!(slip.message.english(), message);
            assert_eq!(slip.help.map(|said| said.english()).as_deref(), Some(help));
        }
        for line in [
            "title: fine",
            "url: https://example.org",
            "title: \"A: b\"",
            "title: 'it''s'",
            "tags: [a, b]",
            "map: *base",
        ] {
            assert_eq!(find(line, 0..line.len()).next(), None, "{line}");
        }
    }

    #[test]
    fn slips_come_in_the_order_of_their_lines() {
        let text = "a：1\nb: 2\nc: \"3\n";
        let places: Vec<_> = find(text, 0..text.len())
            .map(|slip| slip.at.expect("a place").start)
            .collect();
        assert_eq!(places, [1, 14]);
    }
}
