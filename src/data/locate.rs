//! Finds a key in the text it was read from, for messages. The parsers do not keep places, and
//! only a file with a problem needs them.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use super::Syntax;

/// One step into data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// The second writing of a key.
    Again(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// Where a key and its value stand, in bytes. For a list's item both are the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The key.
    pub key: Range<usize>,
    /// The first line of its value; the key where the value stands on later lines.
    pub value: Range<usize>,
}

/// Follows the steps as far as the text lets them be followed.
pub fn locate(
    text: &str,
    region: Range<usize>,
    syntax: Syntax,
    steps: &[Step],
) -> Option<Location> {
    match syntax {
        Syntax::Yaml => in_block(text, &lines(text, region), steps),
        Syntax::Toml => in_toml(text, region, steps),
    }
}

#[derive(Clone, Debug)]
struct Line {
    indent: usize,
    content: Range<usize>,
}

fn lines(text: &str, region: Range<usize>) -> Vec<Line> {
    let mut start = region.start;
    let mut found = Vec::new();
    for line in text[region].split_inclusive('\n') {
        let bare = line.trim_end().trim_start_matches('\u{feff}');
        let skipped = line.trim_end().len() - bare.len();
        let indent = bare.len() - bare.trim_start().len();
        if indent < bare.len() && !bare[indent..].starts_with('#') {
            found.push(Line {
                indent,
                content: start + skipped + indent..start + skipped + bare.len(),
            });
        }
        start += line.len();
    }
    found
}

fn in_block(text: &str, lines: &[Line], steps: &[Step]) -> Option<Location> {
    let (step, rest) = steps.split_first()?;
    let indent = lines.first()?.indent;
    let mut seen = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.indent != indent {
            continue;
        }
        let content = &text[line.content.clone()];
        let found = match step {
            Step::Key(key) => entry(content, key),
            Step::Again(key) => entry(content, key).filter(|_| {
                seen += 1;
                seen == 2
            }),
            Step::Index(index) => item(content).filter(|_| {
                seen += 1;
                seen == index + 1
            }),
        };
        let Some((key, value)) = found else { continue };
        let base = line.content.start;
        let here = Location {
            key: base + key.start..base + key.end,
            value: if value.is_empty() {
                base + key.start..base + key.end
            } else {
                base + value.start..base + value.end
            },
        };
        if rest.is_empty() {
            return Some(here);
        }
        let inner = nested(lines, at, base + value.start..base + value.end);
        let deeper = match text[base + value.start..base + value.end].chars().next() {
            Some('[' | '{') => in_flow(text, here.value.clone(), rest),
            _ => in_block(text, &inner, rest),
        };
        return deeper.or(Some(here));
    }
    None
}

/// The lines that belong to an entry: what stands behind it on its own line if that is itself
/// an entry (`- file: a.pdf`), and the deeper lines below.
fn nested(lines: &[Line], at: usize, value: Range<usize>) -> Vec<Line> {
    let line = &lines[at];
    let is_item = line.content.start < value.start && !value.is_empty();
    let offset = value.start - line.content.start;
    let mut inner = Vec::new();
    if is_item {
        inner.push(Line {
            indent: line.indent + offset,
            content: value,
        });
    }
    inner.extend(
        lines[at + 1..]
            .iter()
            .take_while(|next| {
                next.indent > line.indent || (!is_item && next.indent == line.indent)
            })
            .cloned(),
    );
    inner
}

/// `key: value`, with the key plain or quoted.
fn entry(content: &str, key: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (start, quoted) = match content.chars().next()? {
        quote @ ('"' | '\'') => (1, Some(quote)),
        _ => (0, None),
    };
    let rest = content[start..].strip_prefix(key)?;
    let after = match quoted {
        Some(quote) => rest.strip_prefix(quote)?,
        None => rest,
    };
    let value = after.trim_start().strip_prefix(':')?;
    if !value.is_empty() && !value.starts_with(char::is_whitespace) {
        return None;
    }
    let key_end = content.len() - after.len();
    Some((0..key_end, trimmed(content, content.len() - value.len())))
}

fn item(content: &str) -> Option<(Range<usize>, Range<usize>)> {
    let value = content.strip_prefix('-')?;
    if !value.is_empty() && !value.starts_with(' ') {
        return None;
    }
    let value = trimmed(content, 1);
    Some(if value.is_empty() {
        (0..1, value)
    } else {
        (value.clone(), value)
    })
}

fn trimmed(content: &str, from: usize) -> Range<usize> {
    let value = &content[from..];
    let start = from + (value.len() - value.trim_start().len());
    let value = content[start..].split(" #").next().unwrap_or("").trim_end();
    start..start + value.len()
}

/// `[a, b]` and `{a: b}` on one line.
fn in_flow(text: &str, region: Range<usize>, steps: &[Step]) -> Option<Location> {
    let (step, rest) = steps.split_first()?;
    let inner = &text[region.clone()];
    let parts = flow_parts(inner);
    let (key, value) = match step {
        Step::Index(index) => {
            let part = parts.get(*index)?.clone();
            (part.clone(), part)
        }
        Step::Key(name) | Step::Again(name) => parts.iter().find_map(|part| {
            let (key, value) = entry(&inner[part.clone()], name)?;
            Some((
                part.start + key.start..part.start + key.end,
                part.start + value.start..part.start + value.end,
            ))
        })?,
    };
    let here = Location {
        key: region.start + key.start..region.start + key.end,
        value: region.start + value.start..region.start + value.end,
    };
    if rest.is_empty() {
        return Some(here);
    }
    in_flow(text, here.value.clone(), rest).or(Some(here))
}

fn flow_parts(flow: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, 1);
    for (at, c) in flow.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    parts.push(trimmed(&flow[..at], start.min(at)));
                }
            }
            (None, ',') if depth == 1 => {
                parts.push(trimmed(&flow[..at], start));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

fn in_toml(text: &str, region: Range<usize>, steps: &[Step]) -> Option<Location> {
    let (Step::Key(key) | Step::Again(key)) = steps.first()? else {
        return None;
    };
    for line in lines(text, region) {
        let content = &text[line.content.clone()];
        let header = content.trim_matches(['[', ']']);
        let base = line.content.start;
        if content.starts_with('[') && header.split('.').next() == Some(key) {
            return Some(Location {
                key: line.content.clone(),
                value: line.content,
            });
        }
        let Some((name, value)) = content.split_once('=') else {
            continue;
        };
        if name.trim().trim_matches('"') == key {
            let start = content.len() - value.trim_start().len();
            return Some(Location {
                key: base..base + name.trim_end().len(),
                value: base + start..line.content.end,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'a>(text: &'a str, steps: &[Step]) -> Option<&'a str> {
        locate(text, 0..text.len(), Syntax::Yaml, steps).map(|found| &text[found.value])
    }

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    #[test]
    fn block_and_flow_styles_are_followed() {
        let text = "title: A # note\ntags: [x, \"y, z\", w]\nmap: {a: 1, b: [2, 3]}\nattachments:\n  - file: a.pdf\n    title: A\n  - b.pdf\ncascade:\n  extra:\n    deep: yes\nlist:\n- one\n- two\n";
        assert_eq!(value(text, &[key("title")]), Some("A"));
        assert_eq!(
            value(text, &[key("tags"), Step::Index(1)]),
            Some("\"y, z\"")
        );
        assert_eq!(
            value(text, &[key("map"), key("b"), Step::Index(1)]),
            Some("3")
        );
        assert_eq!(
            value(text, &[key("attachments"), Step::Index(0), key("title")]),
            Some("A")
        );
        assert_eq!(
            value(text, &[key("attachments"), Step::Index(1)]),
            Some("b.pdf")
        );
        assert_eq!(
            value(text, &[key("cascade"), key("extra"), key("deep")]),
            Some("yes")
        );
        assert_eq!(value(text, &[key("list"), Step::Index(1)]), Some("two"));
        assert_eq!(value(text, &[key("absent")]), None);
    }

    #[test]
    fn a_block_text_does_not_hide_what_follows() {
        let text = "summary: |\n  title: no\n\n  more\ntitle: yes\n";
        assert_eq!(value(text, &[key("title")]), Some("yes"));
    }

    #[test]
    fn the_second_writing_of_a_key_is_found() {
        let text = "a: 1\nb: 2\na: 3\n";
        assert_eq!(value(text, &[Step::Again("a".into())]), Some("3"));
    }

    #[test]
    fn toml_keys_and_tables_are_found() {
        let text = "title = \"A\"\n[extra]\nx = 1\n";
        let found = |name: &str| {
            locate(text, 0..text.len(), Syntax::Toml, &[key(name)]).map(|found| &text[found.value])
        };
        assert_eq!(found("title"), Some("\"A\""));
        assert_eq!(found("extra"), Some("[extra]"));
    }
}
