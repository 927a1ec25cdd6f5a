//! Text and addresses → characters that HTML does not take for markup.

use memchr::memchr3_iter;
use percent_encoding::percent_encode_byte;

use crate::byte_set::ByteSet;

/// Appends what stands between tags.
pub fn text(out: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(&text[done..at]);
        out.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Appends text, or the value of an attribute that stands in double quotes.
pub fn attribute(out: &mut String, value: &str) {
    replace(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends the value of an attribute whose entities are still as they were written.
pub fn written_attribute(out: &mut String, value: &str) {
    replace(out, value, |byte| match byte {
        b'<' => Some("&lt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends raw HTML's own text: entities stay, and nothing can begin a tag.
pub fn written_text(out: &mut String, text: &str) {
    replace(out, text, |byte| (byte == b'<').then_some("&lt;"));
}

/// Appends an address: what an address cannot hold is percent-encoded, what already is stays.
pub fn href(out: &mut String, address: &str) {
    let mut rest = address;
    while let Some(at) = PLAIN_IN_HREF.end_in(rest) {
        out.push_str(&rest[..at]);
        let char = rest[at..].chars().next().unwrap_or_default();
        match char {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#x27;"),
            _ => {
                let bytes = rest[at..at + char.len_utf8()].bytes();
                bytes.for_each(|byte| out.push_str(percent_encode_byte(byte)));
            }
        }
        rest = &rest[at + char.len_utf8()..];
    }
    out.push_str(rest);
}

/// What stays as it is in an address.
const PLAIN_IN_HREF: ByteSet = ByteSet::of(
    b"!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~",
);

fn replace(out: &mut String, text: &str, with: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = with(byte) {
            out.push_str(&text[done..at]);
            out.push_str(entity);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(write: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text);
        out
    }

    #[test]
    fn markup_becomes_entities() {
        assert_eq!(of(text, r#"<a b="c"> & 中"#), r#"&lt;a b="c"&gt; &amp; 中"#);
        assert_eq!(
            of(attribute, r#"<a b="c"> & 中"#),
            "&lt;a b=&quot;c&quot;&gt; &amp; 中"
        );
        assert_eq!(of(written_attribute, r#"a&amp;"<"#), "a&amp;&quot;&lt;");
        assert_eq!(of(written_text, "a&amp;<b>"), "a&amp;&lt;b>");
    }

    #[test]
    fn addresses_are_percent_encoded_once() {
        assert_eq!(
            of(href, "/a b/中?x=1&y=%20#z"),
            "/a%20b/%E4%B8%AD?x=1&amp;y=%20#z"
        );
        assert_eq!(of(href, "a'\"<[]>`\\"), "a&#x27;%22%3C%5B%5D%3E%60%5C");
    }
}
