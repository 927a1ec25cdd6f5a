//! What `translated_from` names.

use crate::digest::Digest;

/// What `translated_from` names; the same for texts with the same title and body.
pub fn text_digest(title: &str, body: &str) -> String {
    let text = format!("{title}\n{}", body.replace("\r\n", "\n").trim());
    let digest = Digest::of(text.as_bytes()).to_string();
    // A letter before it: a number would lose its zeros.
    format!("t{}", &digest[..15])
}

/// Whether a text has the form of [`text_digest`].
pub fn is_text_digest(text: &str) -> bool {
    text.len() == 16
        && text
            .strip_prefix('t')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_of_title_and_text() {
        let digest = text_digest("A", "b\r\nc\n");
        assert_eq!(digest, text_digest("A", "\nb\nc"));
        assert_ne!(digest, text_digest("A", "b c"));
        assert_ne!(digest, text_digest("B", "b\nc"));
        assert!(is_text_digest(&digest), "{digest}");
        assert!(!is_text_digest("0123456789abcdef") && !is_text_digest("t123"));
    }
}
