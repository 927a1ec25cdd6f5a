//! Targets of links: which the site answers for, which leave it, which could do harm.

use std::ops::Range;

/// Whether a target names another site or program: it has a scheme, or begins with `//`.
pub fn is_absolute(target: &str) -> bool {
    target.starts_with("//") || scheme(target).is_some()
}

/// Whether a target leads to a page of another site.
pub fn is_external(target: &str) -> bool {
    target.starts_with("//")
        || scheme(target).is_some_and(|scheme| {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        })
}

/// `https` of `https://…`. One letter is a drive, not a scheme.
pub fn scheme(target: &str) -> Option<&str> {
    let bytes = target.as_bytes();
    let is_of_scheme =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let length = bytes.iter().take_while(is_of_scheme).count();
    let is_scheme = length >= 2 && bytes.get(length) == Some(&b':');
    is_scheme.then(|| &target[..length])
}

/// The scheme of a target that would run a program in the reader's browser. A browser leaves out
/// white space and control characters, so they hide nothing here either.
pub fn dangerous(target: &str, is_image: bool) -> Option<&'static str> {
    const LONGEST: usize = 24;
    let mut seen = target
        .chars()
        .filter(|char| !char.is_whitespace() && !char.is_control())
        .peekable();
    // Hardly any target begins like one of them.
    if !matches!(seen.peek()?, 'j' | 'J' | 'v' | 'V' | 'd' | 'D') {
        return None;
    }
    let start: String = seen.take(LONGEST).flat_map(char::to_lowercase).collect();
    let begins = |scheme: &&str| start.starts_with(*scheme);
    match ["javascript:", "vbscript:", "data:"]
        .into_iter()
        .find(begins)
    {
        Some("data:") if is_image && start.starts_with("data:image/") => None,
        found => found,
    }
}

/// Where the destination stands in the source of an inline link, given where its text ends.
pub fn destination(body: &str, link: &Range<usize>, text_end: usize) -> Option<Range<usize>> {
    let rest = body.get(text_end..link.end)?.strip_prefix("](")?;
    let trimmed = rest.trim_start();
    let bracketed = trimmed.strip_prefix('<');
    let written = bracketed.unwrap_or(trimmed);
    let start = link.end - written.len();
    let length = match bracketed {
        Some(_) => unescaped(written, |byte, _| byte == b'>')?,
        None => unescaped(written, |byte, depth| {
            byte.is_ascii_whitespace() || (byte == b')' && depth == 0)
        })?,
    };
    Some(start..start + length)
}

/// The first byte that ends the destination; `depth` counts open parentheses.
fn unescaped(text: &str, ends: impl Fn(u8, usize) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if !is_escaped && ends(byte, depth) {
            return Some(at);
        }
        match byte {
            b'(' if !is_escaped => depth += 1,
            b')' if !is_escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_apart() {
        for absolute in [
            "https://a.cn/",
            "//a.cn",
            "mailto:a@b.cn",
            "tel:123",
            "HTTP:x",
        ] {
            assert!(is_absolute(absolute), "{absolute}");
        }
        for own in [
            "", "#a", "a.md", "/a/", "@/a.md", "a/b:c", "C:\\a", "中:文", "./a:b",
        ] {
            assert!(!is_absolute(own), "{own}");
        }
        assert!(is_external("HTTPS://a.cn") && is_external("//a.cn"));
        assert!(!is_external("mailto:a@b.cn"));
    }

    #[test]
    fn harm_hides_behind_nothing() {
        assert_eq!(dangerous("JavaScript:alert(1)", false), Some("javascript:"));
        assert_eq!(
            dangerous(" \u{1}java\nscript\t:alert(1)", false),
            Some("javascript:")
        );
        assert_eq!(dangerous("vbscript:x", false), Some("vbscript:"));
        assert_eq!(dangerous("data:text/html,x", true), Some("data:"));
        assert_eq!(dangerous("data:image/png;base64,x", true), None);
        assert_eq!(dangerous("data:image/png;base64,x", false), Some("data:"));
        assert_eq!(dangerous("mailto:a@b.cn", false), None);
        assert_eq!(dangerous("javascript.html", false), None);
    }

    #[test]
    fn destinations_are_found_in_the_source() {
        let found = |link: &str, text_end| {
            destination(link, &(0..link.len()), text_end).map(|range| link[range].to_owned())
        };
        assert_eq!(found("[a](b.md)", 2).as_deref(), Some("b.md"));
        assert_eq!(
            found("[a]( b(1)\\).md \"b.md\")", 2).as_deref(),
            Some("b(1)\\).md")
        );
        assert_eq!(found("[a](<b c.md>)", 2).as_deref(), Some("b c.md"));
        assert_eq!(found("[a](<b)c>)", 2).as_deref(), Some("b)c"));
        assert_eq!(found("[a]()", 2).as_deref(), Some(""));
        assert_eq!(found("[a][b]", 2), None);
    }
}
