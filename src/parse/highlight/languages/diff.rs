//! Patches.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;

/// Marks a patch: whole lines, by what they begin with.
pub(crate) fn diff(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    let mut in_header = false;
    while at < code.len() {
        let next = bytes::next_line(code, at);
        let after = &code[next..];
        let line = &code[at..next];
        let begins_header = line.starts_with(b"--- ") && after.starts_with(b"+++ ");
        if begins_header || line.starts_with(b"diff ") {
            in_header = true;
        } else if line.starts_with(b"@@") {
            in_header = false;
            hunk(code, at, next, marks);
            at = next;
            continue;
        }
        if let Some(class) = class(line, in_header) {
            marks.add(class, at, next);
        }
        at = next;
    }
}

/// `@@ -1,2 +1,3 @@ fn name()`: the places, and plain what they are in.
fn hunk(code: &[u8], start: usize, end: usize, marks: &mut Marks) {
    marks.add(
        Class::Meta,
        start,
        bytes::past(&code[..end], start + 2, b"@@"),
    );
}

fn class(line: &[u8], in_header: bool) -> Option<Class> {
    let header = [
        &b"--- "[..],
        b"+++ ",
        b"diff ",
        b"index ",
        b"Index: ",
        b"===",
    ];
    let begins = |prefix: &&[u8]| line.starts_with(prefix);
    match line.first()? {
        _ if in_header && header[..3].iter().any(begins) => Some(Class::Heading),
        _ if header[3..].iter().any(begins) => Some(Class::Meta),
        b'+' | b'>' => Some(Class::Inserted),
        b'-' | b'<' => Some(Class::Deleted),
        b'\\' => Some(Class::Comment),
        byte if in_header && byte.is_ascii_lowercase() => Some(Class::Meta),
        _ => None,
    }
}
