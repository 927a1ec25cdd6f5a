//! Text: Markdown, addresses, encodings.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value;

use crate::slug::slug;

use super::super::arguments::{Arguments, Refusal};
use super::super::base64;
use super::super::scope::Scope;
use super::text_of;

const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(super) fn markdown(
    value: &Value,
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let text = text_of(value, "markdown")?;
    let html = scope
        .reader
        .markdown(text, scope.node, scope.lang, arguments.flag("inline")?);
    Ok(Value::safe_string(&html))
}

pub(super) fn slugify(value: &Value, _: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let slugs = scope.reader.config().slugs(scope.lang);
    Ok(slug(text_of(value, "slugify")?, slugs).into())
}

pub(super) fn absolute_url(
    value: &Value,
    _: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let config = scope.reader.config();
    let text = text_of(value, "absolute_url")?;
    Ok(full_address(&config.origin, &config.base_path, text).into())
}

/// A root-relative path is complete but for the host; any other stands below the site's home.
fn full_address(origin: &str, base_path: &str, text: &str) -> String {
    if crate::site::is_absolute(text) {
        return text.to_owned();
    }
    match text.starts_with('/') {
        true => format!("{origin}{text}"),
        false => format!("{origin}{base_path}/{text}"),
    }
}

pub(super) fn base64_encode(value: &Value, _: &Arguments<'_>, _: &Scope) -> Result<Value, Refusal> {
    Ok(base64::encode(text_of(value, "base64_encode")?.as_bytes()).into())
}

pub(super) fn urlencode(value: &Value, _: &Arguments<'_>, _: &Scope) -> Result<Value, Refusal> {
    Ok(utf8_percent_encode(text_of(value, "urlencode")?, QUERY)
        .to_string()
        .into())
}

pub(super) fn striptags(value: &Value, _: &Arguments<'_>, _: &Scope) -> Result<Value, Refusal> {
    let text = without_tags(text_of(value, "striptags")?);
    Ok(match value.is_safe() {
        true => Value::safe_string(&text),
        false => text.into(),
    })
}

/// A `>` inside a quoted attribute does not end its tag.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let end = match is_tag {
            true => end_of_tag(rest),
            false => {
                out.push('<');
                1
            }
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn end_of_tag(tag: &str) -> usize {
    if tag.starts_with("<!--") {
        return tag.find("-->").map_or(tag.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (html, text) in [
            ("<p>a <b>b</b></p>", "a b"),
            (r#"<img alt="x > y">z"#, "z"),
            ("1 < 2 &lt; 3", "1 < 2 &lt; 3"),
            ("a<!-- > -->b", "ab"),
            ("<p", ""),
            ("标<br/>题", "标题"),
        ] {
            assert_eq!(without_tags(html), text);
        }
    }

    #[test]
    fn addresses_are_completed_once() {
        let full = |text| full_address("https://x.org", "/p", text);
        assert_eq!(full("/p/a/"), "https://x.org/p/a/");
        assert_eq!(full("a/"), "https://x.org/p/a/");
        assert_eq!(full("https://y.org/"), "https://y.org/");
        assert_eq!(full("mailto:a@x.org"), "mailto:a@x.org");
    }
}
