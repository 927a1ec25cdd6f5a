//! HTML, with the scripts and styles in it, and XML.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::scan;
use super::super::marks::Marks;
use super::css;
use super::javascript;

/// Stands for a byte of an island while the code around it is read; no language gives it a
/// meaning.
const BLANK: u8 = 0x1A;

/// Hides an island from the lexer of the code around it.
pub(crate) fn blank(island: &mut [u8]) {
    for byte in island.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = BLANK;
    }
}

/// Marks HTML.
pub(crate) fn html(code: &[u8], from: usize, marks: &mut Marks) {
    markup(code, from, marks, true);
}

/// Marks XML.
pub(crate) fn xml(code: &[u8], from: usize, marks: &mut Marks) {
    markup(code, from, marks, false);
}

fn markup(code: &[u8], from: usize, marks: &mut Marks, html: bool) {
    let mut at = from;
    loop {
        at = bytes::until(code, at, |byte| byte == b'<' || byte == b'&');
        if at >= code.len() {
            return;
        }
        at = match bytes::at(code, at + 1) {
            _ if code[at] == b'&' => entity(code, at, marks),
            b'!' => declaration(code, at, marks),
            b'?' => processing(code, at, marks),
            b'/' => tag(code, at, at + 2, marks),
            byte if bytes::is_letter(byte) && html => {
                let inside = tag(code, at, at + 1, marks);
                embedded(code, at, inside, marks)
            }
            byte if bytes::is_letter(byte) => tag(code, at, at + 1, marks),
            _ => at + 1,
        };
    }
}

fn entity(code: &[u8], at: usize, marks: &mut Marks) -> usize {
    let name = at + 1 + usize::from(bytes::at(code, at + 1) == b'#');
    let most = code.len().min(name + 32);
    let end = bytes::until(&code[..most], name, |byte| !byte.is_ascii_alphanumeric());
    if end == name || bytes::at(code, end) != b';' {
        return at + 1;
    }
    marks.add(Class::Escape, at, end + 1);
    end + 1
}

fn declaration(code: &[u8], at: usize, marks: &mut Marks) -> usize {
    if bytes::starts(code, at, b"<!--") {
        let end = bytes::past(code, at + 4, b"-->");
        marks.add(Class::Comment, at, end);
        return end;
    }
    if bytes::starts(code, at, b"<![CDATA[") {
        marks.add(Class::Meta, at, at + 9);
        let end = bytes::find(code, at + 9, b"]]>").unwrap_or(code.len());
        marks.add(Class::String, at + 9, end);
        marks.add(Class::Meta, end, (end + 3).min(code.len()));
        return (end + 3).min(code.len());
    }
    let end = bytes::past(code, at, b">");
    marks.add(Class::Meta, at, end);
    end
}

fn processing(code: &[u8], at: usize, marks: &mut Marks) -> usize {
    let end = bytes::past(code, at, b"?>");
    marks.add(Class::Meta, at, end);
    end
}

/// Marks the tag whose name begins at `name`, and returns its end.
fn tag(code: &[u8], at: usize, name: usize, marks: &mut Marks) -> usize {
    if !bytes::is_letter(bytes::at(code, name)) {
        return at + 2;
    }
    let end = bytes::until(code, name, ends_name);
    marks.add(Class::Tag, name, end);
    attributes(code, end, marks)
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=' | b'<' | b'"' | b'\'' | BLANK)
}

fn attributes(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut at = from;
    while at < code.len() {
        match code[at] {
            b'>' => return at + 1,
            b'<' => return at,
            b'=' => at = value(code, at + 1, marks),
            byte if ends_name(byte) => at += 1,
            _ => {
                let end = bytes::until(code, at, ends_name);
                marks.add(Class::Property, at, end);
                at = end;
            }
        }
    }
    at
}

fn value(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let start = bytes::until(code, from, |byte| !byte.is_ascii_whitespace());
    let quote = bytes::at(code, start);
    let quoted = quote == b'"' || quote == b'\'';
    let mut at = start + usize::from(quoted);
    let mut done = start;
    loop {
        at = bytes::until(code, at, |byte| {
            byte == b'&'
                || if quoted {
                    byte == quote
                } else {
                    byte == b'>' || byte.is_ascii_whitespace()
                }
        });
        if bytes::at(code, at) != b'&' {
            break;
        }
        let end = entity(code, at, &mut Marks::default());
        if end > at + 1 {
            marks.add(Class::String, done, at);
            marks.add(Class::Escape, at, end);
            done = end;
        }
        at = end;
    }
    let end = (at + usize::from(quoted)).min(code.len());
    marks.add(Class::String, done, end);
    end
}

/// Marks what stands in a script or a style that begins at `from`, and returns its end.
fn embedded(code: &[u8], tag: usize, from: usize, marks: &mut Marks) -> usize {
    let open = &code[tag..from];
    let is = |name: &[u8]| {
        bytes::starts_folded(open, 1, name) && ends_name(bytes::at(open, 1 + name.len()))
    };
    let script = is(b"script");
    if !open.ends_with(b">") || open.ends_with(b"/>") || !script && !is(b"style") {
        return from;
    }
    let end = closing(code, from, if script { b"</script" } else { b"</style" });
    let inner = &code[..end];
    if !script {
        css::css(inner, from, marks);
    } else if bytes::find(open, 0, b"json").is_some() {
        scan(&javascript::JSON, inner, from, marks);
    } else {
        scan(&javascript::JAVASCRIPT, inner, from, marks);
    }
    end
}

fn closing(code: &[u8], from: usize, tag: &[u8]) -> usize {
    let mut at = from;
    loop {
        at = bytes::until(code, at, |byte| byte == b'<');
        if at >= code.len() || bytes::starts_folded(code, at, tag) {
            return at;
        }
        at += 1;
    }
}
