//! Looking around in code as bytes. Every function accepts any position, past the end too.

/// The byte at `at`, or 0 past the end.
pub(super) fn at(code: &[u8], at: usize) -> u8 {
    code.get(at).copied().unwrap_or(0)
}

/// Whether `prefix` stands at `at`.
pub(super) fn starts(code: &[u8], at: usize, prefix: &[u8]) -> bool {
    code.get(at..).is_some_and(|rest| rest.starts_with(prefix))
}

/// Like [`starts`], whatever the case of ASCII letters.
pub(super) fn starts_folded(code: &[u8], at: usize, prefix: &[u8]) -> bool {
    code.get(at..at.saturating_add(prefix.len()))
        .is_some_and(|found| found.eq_ignore_ascii_case(prefix))
}

/// Where the first byte that `wanted` accepts stands, or the end of the code.
pub(super) fn until(code: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let rest = code.get(from..).unwrap_or_default();
    rest.iter()
        .position(|&byte| wanted(byte))
        .map_or(code.len(), |offset| from + offset)
}

/// Where `needle` stands first at or after `from`.
pub(super) fn find(code: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        at = until(code, at, |byte| byte == first);
        if at >= code.len() {
            return None;
        }
        if starts(code, at, needle) {
            return Some(at);
        }
        at += 1;
    }
}

/// The end of the first `needle` at or after `from`, or the end of the code.
pub(super) fn past(code: &[u8], from: usize, needle: &[u8]) -> usize {
    find(code, from, needle).map_or(code.len(), |at| at + needle.len())
}

/// Where the line that `from` stands in ends: its `\n`, or the end of the code.
pub(super) fn line_end(code: &[u8], from: usize) -> usize {
    until(code, from, |byte| byte == b'\n')
}

/// Where the next line begins, or the end of the code.
pub(super) fn next_line(code: &[u8], from: usize) -> usize {
    (line_end(code, from) + 1).min(code.len())
}

/// The first position at or after `from` that is neither a space nor a tab.
pub(super) fn skip_blanks(code: &[u8], from: usize) -> usize {
    until(code, from, |byte| byte != b' ' && byte != b'\t')
}

/// Whether only spaces and tabs stand before `at` on its line.
pub(super) fn first_on_line(code: &[u8], at: usize) -> bool {
    let before = code[..at]
        .iter()
        .rev()
        .find(|&&byte| byte != b' ' && byte != b'\t');
    before.is_none_or(|&byte| byte == b'\n')
}

/// Letters, digits, `_`, and everything that is not ASCII.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Whether a name can begin with this byte.
pub(super) fn is_letter(byte: u8) -> bool {
    is_word(byte) && !byte.is_ascii_digit()
}

/// Where the word that begins at `from` ends.
pub(super) fn word_end(code: &[u8], from: usize) -> usize {
    until(code, from, |byte| !is_word(byte))
}

/// The end of a number that begins at `from` with a digit or a dot, with its suffix.
pub(super) fn number_end(code: &[u8], from: usize, quote_separates: bool) -> usize {
    let radix = at(code, from) == b'0' && matches!(at(code, from + 1) | 0x20, b'x' | b'b' | b'o');
    let mut dotted = at(code, from) == b'.';
    let mut end = from + 1;
    loop {
        let next = at(code, end + 1);
        match at(code, end) {
            b'_' => {}
            byte if byte.is_ascii_alphanumeric() => {}
            b'.' if !dotted && !radix && next.is_ascii_digit() => dotted = true,
            b'+' | b'-' if !radix && next.is_ascii_digit() && at(code, end - 1) | 0x20 == b'e' => {}
            b'\'' if quote_separates && next.is_ascii_alphanumeric() => {}
            _ => return end.min(code.len()),
        }
        end += 1;
    }
}

/// The end of the escape sequence whose backslash stands at `from`.
pub(super) fn escape_end(code: &[u8], from: usize) -> usize {
    let digits = |from: usize, most: usize| {
        let hex = code.get(from..).unwrap_or_default().iter().take(most);
        from + hex.take_while(|byte| byte.is_ascii_hexdigit()).count()
    };
    match at(code, from + 1) {
        b'u' | b'x' | b'N' | b'p' | b'P' if at(code, from + 2) == b'{' => {
            let inner = code.get(from + 3..).unwrap_or_default().iter().take(40);
            let name = inner
                .take_while(|&&byte| is_word(byte) || b" -=".contains(&byte))
                .count();
            let end = from + 3 + name;
            if at(code, end) == b'}' { end + 1 } else { end }
        }
        b'x' => digits(from + 2, 2),
        b'u' => digits(from + 2, 4),
        b'U' => digits(from + 2, 8),
        b'0'..=b'7' => from + 1 + digits(from + 1, 3) - (from + 1),
        b'\n' | b'\r' => from + 1,
        _ => (from + 2).min(code.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::{escape_end, find, first_on_line, number_end, past};

    #[test]
    fn numbers_end_where_people_end_them() {
        let end = |code: &str| &code[..number_end(code.as_bytes(), 0, true)] == code;
        assert!(end("1_000.5e-3f64") && end("0xFFu8") && end("1'000'000") && end(".5"));
        assert_eq!(number_end(b"1..2", 0, false), 1);
        assert_eq!(number_end(b"0xe-1", 0, false), 3);
        assert_eq!(number_end(b"3.times", 0, false), 1);
    }

    #[test]
    fn escapes_end_with_their_digits() {
        assert_eq!(escape_end(br"\u{1F600}x", 0), 9);
        assert_eq!(escape_end(br"\x4142", 0), 4);
        assert_eq!(escape_end(br"\n", 0), 2);
        assert_eq!(escape_end(br"\", 0), 1);
        assert_eq!(escape_end(br"\0123", 0), 4);
    }

    #[test]
    fn searching_ends_at_the_end() {
        assert_eq!(find(b"a--b-->", 0, b"-->"), Some(4));
        assert_eq!(find(b"a--", 0, b"-->"), None);
        assert_eq!(past(b"a--", 9, b"-->"), 3);
        assert!(first_on_line(b"a\n  b", 4) && !first_on_line(b"a b", 2));
    }
}
