//! The few words that stand for an article in lists and search results.

use tera::Value;

use crate::parse::markdown::{escape, shortened};
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
    let text = reader.beginning(id);
    if text.has_more
        && let Some(before) = reader.lead(id)
    {
        return html(Some(before.trim()));
    }
    let words = text.excerpt.trim();
    let escaped = (!words.is_empty()).then(|| {
        let mut escaped = String::with_capacity(words.len() + words.len() / 8);
        escape(&mut escaped, words);
        escaped
    });
    html(escaped.as_deref())
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
    let text = reader.beginning(id);
    let excerpt = text.excerpt.trim();
    let shortened = shortened(excerpt, WIDTH);
    let words = shortened.as_deref().unwrap_or(excerpt);
    record::text((!words.is_empty()).then_some(words))
}

/// The description that front matter says.
pub(super) fn own_description(meta: &Meta) -> Value {
    record::text(meta.description.as_deref().map(str::trim))
}
