//! The few words that stand for an article in lists and search results.

use tera::Value;

use crate::site::{Meta, NodeId};
use crate::world::{Page, Reader};

use super::record::{self, html};

/// About what search engines show of a description: 160 letters, or half as many Han characters.
const WIDTH: usize = 160;

/// The summary as HTML: what front matter says, else the text before `<!-- more -->`, else the
/// first words.
pub(super) fn summary(reader: &Reader, id: NodeId, page: &Page<'_>) -> Value {
    if page.meta.summary.is_some() {
        return own_summary(reader, id, page);
    }
    let text = reader.text(id);
    if text.has_more
        && let Some(before) = reader.lead(id)
    {
        return html(Some(before.trim()));
    }
    let words = text.excerpt.trim();
    html((!words.is_empty()).then(|| escaped(words)).as_deref())
}

/// The summary that front matter says, as HTML.
pub(super) fn own_summary(reader: &Reader, id: NodeId, page: &Page<'_>) -> Value {
    let summary = page.meta.summary.as_deref();
    let summary = summary.map(|summary| reader.markdown(summary, Some(id), page.lang, true));
    html(summary.as_deref())
}

/// The description as plain text: what front matter says, else the first words.
pub(super) fn description(reader: &Reader, id: NodeId, meta: &Meta) -> Value {
    if meta.description.is_some() {
        return own_description(meta);
    }
    let words = cut(reader.text(id).excerpt.trim(), WIDTH);
    record::text((!words.is_empty()).then_some(words.as_str()))
}

/// The description that front matter says.
pub(super) fn own_description(meta: &Meta) -> Value {
    record::text(meta.description.as_deref().map(str::trim))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Cuts a text where a word ends; a Han character is as wide as two letters and may be the last.
fn cut(text: &str, width: usize) -> String {
    // No character is wider than its bytes are many.
    if text.len() <= width {
        return text.to_owned();
    }
    let (mut used, mut end) = (0, 0);
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        if character.is_whitespace() || is_wide(character) || is_wide(previous) {
            end = at;
        }
        used += if is_wide(character) { 2 } else { 1 };
        if used > width {
            let end = if end == 0 { at } else { end };
            let kept = text[..end]
                .trim_end()
                .trim_end_matches([',', ';', ':', '，', '、', '；', '：']);
            return format!("{kept}…");
        }
        previous = character;
    }
    text.to_owned()
}

/// Source: Unicode 17, East Asian Width `W` and `F`, by blocks.
fn is_wide(character: char) -> bool {
    character >= '\u{1100}'
        && matches!(u32::from(character),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_a_word_ends() {
        assert_eq!(cut("one two, three", 14), "one two, three");
        assert_eq!(cut("one two, three", 12), "one two…");
        assert_eq!(cut("onetwothree", 5), "onetw…");
        assert_eq!(cut("云禾高新医学会", 14), "云禾高新医学会");
        assert_eq!(cut("云禾高新医学会", 9), "云禾高新…");
        assert_eq!(cut("云禾ab cd高新", 8), "云禾ab…");
        assert_eq!(cut("", 8), "");
    }

    #[test]
    fn an_excerpt_is_escaped() {
        assert_eq!(escaped("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
    }
}
