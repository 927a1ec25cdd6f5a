//! The script in the pages that are shown. What is built never has it.

use crate::digest::Digest;
use crate::message::{Tongue, say};
use crate::site::Held;

use super::SCRIPT;

/// What the script knows of the page it stands in.
pub(super) struct Facts<'a> {
    /// Names the build.
    pub(super) id: &'a str,
    /// The decoded address of the file that is shown, from the server's root.
    pub(super) shows: &'a str,
    /// The digest of what is shown.
    pub(super) version: &'a str,
    /// Why the page would not be published.
    pub(super) early: Option<Held>,
    /// The language of what is laid over the page.
    pub(super) tongue: Tongue,
}

/// What tells a page from its other versions. Fingerprints of the files that it uses are no part
/// of it: if those change, they are exchanged in place.
pub(super) fn version(page: &[u8], early: Option<Held>) -> String {
    let mut bare = without_fingerprints(page);
    let early = early.map_or_else(String::new, |early| early.message().english());
    bare.extend_from_slice(early.as_bytes());
    Digest::of(&bare).to_string()
}

/// What stands before the fingerprint in an address, and its length.
const FINGERPRINT: (&[u8], usize) = (b"?h=", 16);

fn without_fingerprints(page: &[u8]) -> Vec<u8> {
    let (mark, length) = FINGERPRINT;
    let mut bare = Vec::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = memchr::memmem::find(rest, mark) {
        let (before, found) = rest.split_at(at + mark.len());
        bare.extend_from_slice(before);
        let digits = found.iter().take_while(|byte| byte.is_ascii_hexdigit());
        rest = match digits.count() == length {
            true => &found[length..],
            false => found,
        };
    }
    bare.extend_from_slice(rest);
    bare
}

/// The page with the script before the end of its body, or at its own end.
pub(super) fn script(page: &[u8], facts: &Facts<'_>) -> Vec<u8> {
    let at = end_of_body(page);
    [&page[..at], tag(facts).as_bytes(), &page[at..]].concat()
}

fn end_of_body(page: &[u8]) -> usize {
    const END: &[u8] = b"</body";
    let mut ends = memchr::memrchr_iter(b'<', page);
    ends.find(|at| {
        let here = page[*at..].get(..END.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(END))
    })
    .unwrap_or(page.len())
}

fn tag(facts: &Facts<'_>) -> String {
    let early = facts.early.map_or(String::new(), |early| {
        let early = say::not_published(early.message());
        format!(" data-early=\"{}\"", early.say(facts.tongue))
    });
    format!(
        "<script src=\"{SCRIPT}\" data-id=\"{}\" data-shows=\"{}\" data-version=\"{}\" data-lang=\"{}\"{early} defer></script>",
        facts.id,
        escaped(facts.shows),
        facts.version,
        facts.tongue.code()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(early: Option<Held>) -> Facts<'static> {
        Facts {
            id: "7-1",
            shows: "/a \"b\"/",
            version: "v",
            early,
            tongue: Tongue::English,
        }
    }

    const TAG: &str = "<script src=\"/.courant/preview.js\" data-id=\"7-1\" data-shows=\"/a &quot;b&quot;/\" data-version=\"v\" data-lang=\"en\" defer></script>";

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        for (page, wanted) in [
            (
                "<p>a</p></BODY></html>",
                format!("<p>a</p>{TAG}</BODY></html>"),
            ),
            ("<p>a</p>", format!("<p>a</p>{TAG}")),
            ("", TAG.to_owned()),
            (
                "<!-- </body> --><p>a</body >",
                format!("<!-- </body> --><p>a{TAG}</body >"),
            ),
        ] {
            let shown = script(page.as_bytes(), &facts(None));
            assert_eq!(String::from_utf8(shown).expect("text"), wanted);
        }
    }

    #[test]
    fn a_draft_is_marked() {
        let shown = script(b"", &facts(Some(Held::Draft)));
        let shown = String::from_utf8(shown).expect("text");
        assert!(
            shown.contains(" data-early=\"Not published: a draft\" defer"),
            "{shown}"
        );
    }

    #[test]
    fn a_draft_is_marked_in_chinese() {
        let mut facts = facts(Some(Held::Draft));
        facts.tongue = Tongue::Chinese;
        let shown = String::from_utf8(script(b"", &facts)).expect("text");
        let mark = " data-lang=\"zh\" data-early=\"不会发布：草稿\" defer";
        assert!(shown.contains(mark), "{shown}");
    }

    #[test]
    fn fingerprints_make_no_other_version() {
        let page = |print: &str| format!("<link href=\"/a.css?h={print}\"><p>?h=</p>");
        let version = |text: &str, early| super::version(text.as_bytes(), early);
        let one = version(&page("0123456789abcdef"), None);
        assert_eq!(one, version(&page("fedcba9876543210"), None));
        assert_ne!(one, version(&page("short"), None));
        assert_ne!(one, version(&page("0123456789abcdef0"), None));
        assert_ne!(one, version(&page("0123456789abcdef"), Some(Held::Draft)));
    }
}
