//! Markdown, with its front matter and the code in its fences.

use super::super::bytes;
use super::super::class::Class;
use super::super::language;
use super::super::marks::Marks;
use super::{keyed, yaml};

/// How far the end of an inline mark is looked for, so that lone openings cost little.
const NEAR: usize = 400;

/// Marks Markdown.
pub(crate) fn markdown(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = front_matter(code, from, marks);
    while at < code.len() {
        at = line(code, at, marks);
    }
}

fn front_matter(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let fence = if bytes::starts(code, from, b"---\n") {
        b"\n---"
    } else {
        b"\n+++"
    };
    if !bytes::starts(code, from, &fence[1..]) || bytes::at(code, from + 3) != b'\n' {
        return from;
    }
    let Some(end) = bytes::find(code, from + 3, fence) else {
        return from;
    };
    marks.add(Class::Meta, from, from + 3);
    let inner = &code[..=end];
    if fence[1] == b'-' {
        yaml::yaml(inner, from + 4, marks);
    } else {
        keyed::toml(inner, from + 4, marks);
    }
    marks.add(Class::Meta, end + 1, end + 4);
    end + 4
}

/// Marks a line, or a whole fence, and returns where the next line begins.
fn line(code: &[u8], line: usize, marks: &mut Marks) -> usize {
    let end = bytes::line_end(code, line);
    let mut start = markers(&code[..end], line, marks);
    let text = code.get(start..end).unwrap_or_default();
    let count = |sign: u8| text.iter().take_while(|&&byte| byte == sign).count();
    if count(b'`') >= 3 || count(b'~') >= 3 {
        return fence(code, start, marks);
    }
    let level = count(b'#');
    let solid = text.trim_ascii_end();
    let all = |sign: u8| solid.len() >= 3 && solid.iter().all(|&byte| byte == sign || byte == b' ');
    let numbered = (1..=6).contains(&level) && matches!(text.get(level), None | Some(b' ' | b'\r'));
    if numbered || all(b'=') || !solid.is_empty() && underlined(code, end) {
        marks.add(Class::Heading, start, end);
    } else if all(b'-') || all(b'*') || all(b'_') {
        marks.add(Class::Meta, start, end);
    } else {
        if bytes::at(code, start) == b'[' {
            start = definition(&code[..end], start, marks);
        }
        inline(&code[..end], start, marks);
    }
    bytes::next_line(code, end)
}

/// Whether the next line is `===`, which makes this one a heading.
fn underlined(code: &[u8], end: usize) -> bool {
    let signs = bytes::until(code, end + 1, |byte| byte != b'=');
    signs > end + 3 && matches!(bytes::at(code, signs), b'\n' | b'\r' | 0)
}

/// Marks `>`, `-`, `1.` and `[x]` at the start of a line.
fn markers(line: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut at = bytes::skip_blanks(line, from);
    loop {
        let digits = bytes::until(line, at, |byte| !byte.is_ascii_digit());
        let blank = |at: usize| at >= line.len() || matches!(line[at], b' ' | b'\t');
        let end = match bytes::at(line, digits) {
            b'>' if digits == at => at + 1,
            b'-' | b'*' | b'+' if digits == at && blank(at + 1) && !is_rule(line, at) => at + 1,
            b'.' | b')' if digits > at && digits < at + 10 && blank(digits + 1) => digits + 1,
            _ => return at,
        };
        marks.add(Class::Operator, at, end);
        at = bytes::skip_blanks(line, end);
        let task = matches!(
            line.get(at..at + 4),
            Some([b'[', b' ' | b'x' | b'X', b']', b' '])
        );
        if task {
            marks.add(Class::Literal, at, at + 3);
            at += 4;
        }
    }
}

/// `- - -` is a line across the page.
fn is_rule(line: &[u8], at: usize) -> bool {
    let most = line.len().min(at + NEAR);
    let sign = line[at];
    let signs = line[at..most].iter().filter(|&&byte| byte == sign).count();
    signs >= 3
        && line[at..most]
            .iter()
            .all(|&byte| byte == sign || byte.is_ascii_whitespace())
}

fn fence(code: &[u8], start: usize, marks: &mut Marks) -> usize {
    let sign = code[start];
    let info = bytes::until(code, start, |byte| byte != sign);
    let width = info - start;
    let body = bytes::next_line(code, info);
    let info_end = bytes::line_end(code, info);
    marks.add(Class::Meta, start, info);
    marks.add(Class::Property, info, info_end);
    let mut close = body;
    let mut after = code.len();
    while close < code.len() {
        let text = bytes::skip_blanks(code, close);
        let signs = bytes::until(code, text, |byte| byte != sign);
        let rest = bytes::line_end(code, signs);
        if signs - text >= width && code[signs..rest].trim_ascii().is_empty() {
            after = bytes::next_line(code, rest);
            break;
        }
        close = bytes::next_line(code, rest);
    }
    let inner = &code[..close];
    let name = code[info..info_end].trim_ascii();
    let word = bytes::until(name, 0, |byte| {
        byte.is_ascii_whitespace() || b",{".contains(&byte)
    });
    let row = std::str::from_utf8(&name[..word])
        .ok()
        .and_then(language::find);
    match row.filter(|row| row.name != "markdown") {
        Some(row) => (row.lexer)(inner, body, marks),
        None => marks.add(Class::String, body, close),
    }
    marks.add(Class::Meta, close, after);
    after
}

/// `[label]: address`.
fn definition(line: &[u8], start: usize, marks: &mut Marks) -> usize {
    let near = &line[..line.len().min(start + NEAR)];
    let close = bytes::until(near, start, |byte| byte == b']');
    if bytes::at(near, close + 1) != b':' {
        return start;
    }
    let note = bytes::at(line, start + 1) == b'^';
    marks.add(
        if note {
            Class::Variable
        } else {
            Class::Property
        },
        start,
        close + 1,
    );
    if note {
        return close + 2;
    }
    let address = bytes::skip_blanks(line, close + 2);
    let end = bytes::until(line, address, |byte| byte.is_ascii_whitespace());
    marks.add(Class::String, address, end);
    end
}

fn inline(line: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < line.len() {
        at = bytes::until(line, at, |byte| b"`\\*_~[]<&{|h".contains(&byte));
        if at >= line.len() {
            return;
        }
        at = match token(line, at) {
            Some((class, start, end)) => {
                marks.add(class, start, end.min(line.len()));
                end
            }
            None => at + 1,
        };
    }
}

/// The class and the range of the inline mark at `at`.
fn token(line: &[u8], at: usize) -> Option<(Class, usize, usize)> {
    let near = &line[..line.len().min(at + NEAR)];
    let next = bytes::at(line, at + 1);
    let up_to = |close: &[u8]| bytes::find(near, at + 1, close).map(|end| end + close.len());
    match line[at] {
        b'\\' if next.is_ascii_punctuation() => Some((Class::Escape, at, at + 2)),
        b'`' => {
            let end = bytes::until(near, at, |byte| byte != b'`');
            let close = bytes::find(near, end, &near[at..end])?;
            Some((Class::String, at, close + end - at))
        }
        b'*' | b'~' => {
            let end = bytes::until(line, at, |byte| byte != line[at]);
            (line[at] == b'*' || end == at + 2).then_some((Class::Operator, at, end))
        }
        b'_' => {
            let end = bytes::until(line, at, |byte| byte != b'_');
            let before = at > 0 && bytes::is_word(line[at - 1]);
            let inside = before && bytes::is_word(bytes::at(line, end));
            (!inside).then_some((Class::Operator, at, end))
        }
        b'[' if next == b'!' => Some((Class::Meta, at, up_to(b"]")?)),
        b'[' if next == b'^' => Some((Class::Variable, at, up_to(b"]")?)),
        b']' if next == b'(' => Some((Class::String, at + 2, up_to(b")")? - 1)),
        b']' if next == b'[' => Some((Class::Property, at + 2, up_to(b"]")?.max(at + 3) - 1)),
        b'<' => angle(near, at, up_to(b">")?),
        b'&' => {
            let end = up_to(b";")?;
            let name = &line[at + 1..end - 1];
            let entity = name
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
            (entity && !name.is_empty()).then_some((Class::Escape, at, end))
        }
        b'{' if next == b'{' => Some((Class::Meta, at, up_to(b"}}")?)),
        b'{' if next == b'%' => Some((Class::Meta, at, up_to(b"%}")?)),
        b'|' => Some((Class::Operator, at, at + 1)),
        b'h' => address(line, at),
        _ => None,
    }
}

/// `<https://…>` or an element.
fn angle(near: &[u8], at: usize, end: usize) -> Option<(Class, usize, usize)> {
    let inner = &near[at + 1..end - 1];
    let address = bytes::find(inner, 0, b"://").is_some() || inner.contains(&b'@');
    if bytes::starts(near, at, b"<!--") {
        return Some((Class::Comment, at, bytes::past(near, at + 4, b"-->")));
    }
    match inner.first()? {
        b' ' | b'0'..=b'9' | b'=' | b'-' => None,
        _ if address && !inner.contains(&b' ') => Some((Class::String, at, end)),
        _ => Some((Class::Tag, at, end)),
    }
}

fn address(line: &[u8], at: usize) -> Option<(Class, usize, usize)> {
    let known = bytes::starts(line, at, b"https://") || bytes::starts(line, at, b"http://");
    if !known || at > 0 && bytes::is_word(line[at - 1]) {
        return None;
    }
    let end = bytes::until(line, at, |byte| {
        byte.is_ascii_whitespace() || b")>]|,`".contains(&byte)
    });
    Some((Class::String, at, end))
}
