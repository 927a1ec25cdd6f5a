//! Bytes → text, or what they are instead.

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Argument, say};
use crate::path::SourcePath;

/// Larger files are no articles.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// Decodes a file that must be UTF-8. A byte order mark stays in the text.
///
/// # Errors
/// Names what the bytes look like and how to mend the file.
pub fn decode<'a>(path: &SourcePath, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    if bytes.len() > LARGEST {
        let megabytes = bytes.len() / (1024 * 1024);
        let message = say::too_large(megabytes);
        return Err(
            Diagnostic::new(Code::TooLarge, path, Spot::File, message).help(say::split_or_attach())
        );
    }
    if looks_binary(bytes) {
        let message = say::not_text(path.extension());
        return Err(
            Diagnostic::new(Code::Encoding, path, Spot::File, message).help(say::real_ending())
        );
    }
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let found = name_of(bytes);
        let found = found.map_or_else(|| say::another_encoding().into(), Argument::from);
        let spot = if is_utf16(bytes) {
            Spot::File
        } else {
            Spot::Bytes(at..at)
        };
        Diagnostic::new(Code::Encoding, path, spot, say::not_utf8(found)).help(say::save_as_utf8())
    })
}

/// Decodes a text whose encoding is beyond doubt: UTF-8, UTF-16 with its mark, GBK. Names the
/// encoding if it is not UTF-8.
pub fn decode_any(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let is_text = !looks_binary(bytes);
        return is_text.then(|| (text.to_owned(), None));
    }
    if bytes.len() > LARGEST || looks_binary(bytes) {
        return None;
    }
    let (encoding, name) = match name_of(bytes)? {
        "UTF-16" if bytes.starts_with(&[0xff, 0xfe]) => (encoding_rs::UTF_16LE, "UTF-16"),
        "UTF-16" => (encoding_rs::UTF_16BE, "UTF-16"),
        "GBK" if is_common_gbk(bytes) => (encoding_rs::GBK, "GBK"),
        _ => return None,
    };
    let (text, is_damaged) = encoding.decode_with_bom_removal(bytes);
    (!is_damaged).then(|| (text.into_owned(), Some(name)))
}

/// Whether nearly all characters are among those that Chinese texts are made of. Accented letters
/// of Western encodings may look like rare ones.
fn is_common_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        if !first.is_ascii() {
            let second = rest.next().copied().unwrap_or_default();
            pairs += 1;
            common += usize::from(matches!(first, 0xa1..=0xa3 | 0xb0..=0xf7) && second >= 0xa1);
        }
    }
    common * 10 >= pairs * 9
}

fn looks_binary(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(8192)];
    !is_utf16(bytes) && memchr::memchr(0, beginning).is_some()
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The encoding that the bytes seem to have.
fn name_of(bytes: &[u8]) -> Option<&'static str> {
    if is_utf16(bytes) {
        return Some("UTF-16");
    }
    let decodes =
        |encoding: &'static encoding_rs::Encoding| !encoding.decode_without_bom_handling(bytes).1;
    match (decodes(encoding_rs::GBK), decodes(encoding_rs::BIG5)) {
        (true, true) if has_many_low_seconds(bytes) => Some("Big5"),
        (true, _) => Some("GBK"),
        (false, true) => Some("Big5"),
        (false, false) => None,
    }
}

/// Most texts in Big5 are legal GBK too. Near half of the common characters of Big5 end in a byte
/// below 0x80, and next to none of GBK's do.
fn has_many_low_seconds(bytes: &[u8]) -> bool {
    let (mut pairs, mut low) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        if !first.is_ascii() {
            pairs += 1;
            low += usize::from(rest.next().is_some_and(u8::is_ascii));
        }
    }
    low * 8 > pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode(&SourcePath::new("content/a.md"), bytes)
            .expect_err("refused")
            .message
            .english()
    }

    #[test]
    fn what_is_not_utf8_is_named() {
        let gbk = encoding_rs::GBK.encode("标题：义诊活动").0.into_owned();
        assert_eq!(message(&gbk), "this file is not UTF-8; it looks like GBK");
        let big5 = encoding_rs::BIG5
            .encode("標題：義診活動，請帶好健保卡")
            .0
            .into_owned();
        assert_eq!(message(&big5), "this file is not UTF-8; it looks like Big5");
        assert_eq!(
            message(&[0xff, 0xfe, b'a', 0]),
            "this file is not UTF-8; it looks like UTF-16"
        );
        assert_eq!(
            message(&[0xff, 0xff, 0xff]),
            "this file is not UTF-8; it looks like another encoding, or like a damaged file"
        );
        assert_eq!(
            message(b"\x89PNG\0\0"),
            "this is not text, although its name ends in `.md`"
        );
    }
}
