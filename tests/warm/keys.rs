//! Keys that stand on a line of their own in front matter and `site.yaml`, and their values.

use std::ops::Range;

/// The bytes between the two `---` lines of an article; `None` if it has none.
fn front(text: &str) -> Option<Range<usize>> {
    const FENCE: &str = "---\n";
    let rest = text.strip_prefix(FENCE)?;
    let end = match rest.starts_with(FENCE) {
        true => 0,
        false => rest.find("\n---\n")? + 1,
    };
    Some(FENCE.len()..FENCE.len() + end)
}

/// Where the keys of a text are: all of a data file, the front matter of an article.
fn keys(text: &str) -> Option<Range<usize>> {
    match text.starts_with("title:") || text.starts_with("base_url:") {
        true => Some(0..text.len()),
        false => front(text),
    }
}

/// The text below the front matter, and where it begins.
pub fn body(text: &str) -> usize {
    front(text).map_or(0, |front| front.end + "---\n".len())
}

/// The bytes of a key's line and its value.
fn find<'t>(text: &'t str, key: &str) -> Option<(Range<usize>, &'t str)> {
    let keys = keys(text)?;
    let mut at = keys.start;
    for line in text[keys].split_inclusive('\n') {
        let value = line
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(':'));
        if let Some(value) = value {
            return Some((at..at + line.len(), value.trim()));
        }
        at += line.len();
    }
    None
}

/// The value of a key.
pub fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    find(text, key).map(|(_, value)| value)
}

/// The text with another value for a key; `None` if it can have no keys.
pub fn with(text: &str, key: &str, value: &str) -> Option<String> {
    let end = keys(text)?.end;
    let line = find(text, key).map_or(end..end, |(line, _)| line);
    let mut new = text.to_owned();
    new.replace_range(line, &format!("{key}: {value}\n"));
    Some(new)
}

/// The text without a key; `None` if it does not have it.
pub fn without(text: &str, key: &str) -> Option<String> {
    let (line, _) = find(text, key)?;
    let mut new = text.to_owned();
    new.replace_range(line, "");
    Some(new)
}

/// The text with the value that comes after its own in a circle; a key that it lacks gets the
/// first.
pub fn turned(text: &str, key: &str, circle: &[&str]) -> Option<String> {
    let own = value(text, key);
    let at = circle.iter().position(|value| Some(*value) == own);
    let next = at.map_or(0, |at| (at + 1) % circle.len());
    with(text, key, circle[next])
}

#[test]
fn a_key_is_set_and_removed_where_keys_stand() {
    let text = "---\ntitle: A\n---\n\ndate: 1\n";
    assert_eq!(value(text, "title"), Some("A"));
    assert_eq!(value(text, "date"), None);
    assert_eq!(
        with(text, "date", "2"),
        Some("---\ntitle: A\ndate: 2\n---\n\ndate: 1\n".into())
    );
    assert_eq!(
        with(text, "title", "B"),
        Some("---\ntitle: B\n---\n\ndate: 1\n".into())
    );
    let empty = "---\n---\n\ndate: 1\n";
    assert_eq!(without(text, "title"), Some(empty.into()));
    assert_eq!(with(empty, "title", "A"), Some(text.into()));
    assert_eq!(without(text, "date"), None);
    assert_eq!(&text[body(text)..], "\ndate: 1\n");
    assert_eq!(with("no keys\n", "date", "2"), None);
}

#[test]
fn a_value_turns_in_its_circle() {
    let turned = |text: &str| turned(text, "reverse", &["true", "false"]);
    assert_eq!(
        turned("title: A\n"),
        Some("title: A\nreverse: true\n".into())
    );
    assert_eq!(
        turned("title: A\nreverse: true\n"),
        Some("title: A\nreverse: false\n".into())
    );
    assert_eq!(
        turned("title: A\nreverse: false\n"),
        Some("title: A\nreverse: true\n".into())
    );
}
