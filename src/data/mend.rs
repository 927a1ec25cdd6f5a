//! Slips of `slips` that can be mended in one way only. A line is mended for itself;
//! whether the whole can then be read is for the caller to try.

use super::slips::{is_key, key_and_value};

/// A line of YAML without the slips it has; `None` if it has none. The line's end is no part.
pub fn line(line: &str) -> Option<String> {
    const MENDS: &[fn(&str) -> Option<String>] = &[
        tabs,
        ideographic_spaces,
        full_width_colon,
        curly_quotes,
        odd_beginning,
        colon_in_value,
    ];
    let mut mended = line.to_owned();
    for mend in MENDS {
        mended = mend(&mended).unwrap_or(mended);
    }
    (mended != line).then_some(mended)
}

/// `[a，b]` → `[a, b]`: no name holds a full-width comma.
pub fn commas(line: &str) -> Option<String> {
    let (_, value) = key_and_value(line)?;
    let list = value.trim_end();
    let is_plain = list.starts_with('[') && list.ends_with(']') && !list.contains(['"', '\'']);
    if !is_plain || !list.contains('，') {
        return None;
    }
    let items = list[1..list.len() - 1].split([',', '，']).map(str::trim);
    let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
    Some(format!(
        "{}[{}]",
        &line[..line.len() - value.len()],
        items.join(", ")
    ))
}

/// Whether the lines below that are indented are text, and no keys: `summary: |`.
pub fn begins_text(line: &str) -> bool {
    let value = line.rsplit_once(": ").map(|(_, value)| value.trim());
    value.is_some_and(|value| {
        value.starts_with(['|', '>'])
            && value[1..]
                .chars()
                .all(|sign| matches!(sign, '+' | '-' | '0'..='9'))
    })
}

fn tabs(line: &str) -> Option<String> {
    let (indent, rest) = line.split_at(line.len() - line.trim_start_matches([' ', '\t']).len());
    indent
        .contains('\t')
        .then(|| indent.replace('\t', "  ") + rest)
}

/// Before a key they are no indentation, and behind its colon no space.
fn ideographic_spaces(line: &str) -> Option<String> {
    let at = line.find([':', '：'])?;
    let colon = line[at..].chars().next()?;
    let (key, value) = (&line[..at], &line[at + colon.len_utf8()..]);
    let bare = key.trim_matches('\u{3000}');
    if !is_english(bare.trim()) {
        return None;
    }
    let text = value.trim_start_matches(['\u{3000}', ' ']);
    let value = match value.trim_start_matches(' ').starts_with('\u{3000}') {
        true if text.is_empty() => String::new(),
        true => format!(" {text}"),
        false => value.to_owned(),
    };
    Some(format!("{bare}{colon}{value}"))
}

fn full_width_colon(line: &str) -> Option<String> {
    let at = line.find([':', '：'])?;
    let value = line[at..].strip_prefix('：')?.trim_start();
    let key = line[..at].trim_end();
    let colon = if value.is_empty() { ":" } else { ": " };
    is_english(key.trim_start()).then(|| format!("{key}{colon}{value}"))
}

fn curly_quotes(line: &str) -> Option<String> {
    let (_, value) = key_and_value(line)?;
    let bare = value.trim_end();
    let inner = [("“", "”"), ("‘", "’"), ("＂", "＂"), ("”", "”")]
        .iter()
        .find_map(|(open, close)| bare.strip_prefix(open)?.strip_suffix(close))?;
    let needs_quotes = inner.contains(": ") && !inner.contains(['“', '”', '‘', '’', '＂']);
    needs_quotes.then(|| with_value(line, value, &quoted(inner)))
}

fn odd_beginning(line: &str) -> Option<String> {
    let (_, value) = key_and_value(line)?;
    let (bare, comment) = without_comment(value);
    super::slips::has_odd_beginning(bare)
        .then(|| with_value(line, value, &(quoted(bare) + comment)))
}

fn colon_in_value(line: &str) -> Option<String> {
    let (_, value) = key_and_value(line)?;
    let (bare, comment) = without_comment(value);
    let is_plain =
        !bare.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '#', '“', '‘', '＂']);
    let has_colon = bare.contains(": ") || bare.ends_with(':');
    (is_plain && has_colon).then(|| with_value(line, value, &(quoted(bare) + comment)))
}

/// A value and the comment behind it, with the space between.
fn without_comment(value: &str) -> (&str, &str) {
    let end = value.find(" #").unwrap_or(value.len());
    let bare = value[..end].trim_end();
    (bare, &value[bare.len()..])
}

fn with_value(line: &str, old: &str, new: &str) -> String {
    format!("{}{new}", &line[..line.len() - old.len()])
}

/// A text as YAML holds it together.
pub fn quoted(text: &str) -> String {
    match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{text}\""),
    }
}

/// Keys are English; words before a colon in other scripts are more likely text.
fn is_english(key: &str) -> bool {
    is_key(key) && key.trim_start_matches("- ").is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended() {
        for (slip, mended) in [
            ("title：义诊", "title: 义诊"),
            ("title ： 义诊", "title: 义诊"),
            ("title：关于: 通知", "title: \"关于: 通知\""),
            ("\u{3000}title:\u{3000}义诊", "title: 义诊"),
            ("draft\u{3000}：\u{3000}true", "draft: true"),
            ("title: Clinic: day # new", "title: \"Clinic: day\" # new"),
            ("title: He said \"a: b\"", "title: 'He said \"a: b\"'"),
            ("title: “Clinic: day”", "title: \"Clinic: day\""),
            ("title: [通知] 义诊", "title: \"[通知] 义诊\""),
            ("\ttags: x", "  tags: x"),
            ("tags：", "tags:"),
            ("  - name：x", "  - name: x"),
        ] {
            assert_eq!(line(slip).as_deref(), Some(mended), "{slip}");
            assert_eq!(line(mended), None, "{mended}");
        }
    }

    #[test]
    fn what_is_right_or_unclear_stays() {
        for text in [
            "title: 义诊：通知",
            "title: “义诊”",
            "title: \"open",
            "- 注意：请",
            "注意：请",
            "url: https://example.org",
            "# title：x",
            "title: 'a: b'",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn full_width_commas_part_the_items_of_a_list() {
        assert_eq!(
            commas("tags: [义诊， 健康，a]").as_deref(),
            Some("tags: [义诊, 健康, a]")
        );
        assert_eq!(commas("tags: [\"a，b\"]"), None);
        assert_eq!(commas("title: a，b"), None);
    }
}
