//! Files of sections, keys and values: TOML and ini.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;
use super::yaml::scalar_class;

/// Marks TOML.
pub(crate) fn toml(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    let mut depth = 0usize;
    while at < code.len() {
        at = match code[at] {
            b'#' => marked(marks, Class::Comment, at, bytes::line_end(code, at)),
            b'[' if depth == 0 && bytes::first_on_line(code, at) => section(code, at, marks),
            b'=' => marked(marks, Class::Operator, at, at + 1),
            b'"' | b'\'' => toml_string(code, at, marks),
            b'[' | b'{' => {
                depth += 1;
                at + 1
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                at + 1
            }
            byte if bytes::is_word(byte) || byte == b'-' || byte == b'+' => word(code, at, marks),
            _ => at + 1,
        };
    }
}

fn marked(marks: &mut Marks, class: Class, start: usize, end: usize) -> usize {
    marks.add(class, start, end);
    end
}

fn section(code: &[u8], at: usize, marks: &mut Marks) -> usize {
    let end = bytes::until(code, at, |byte| byte == b'\n' || byte == b'#');
    let end = at + code[at..end].trim_ascii_end().len();
    marked(marks, Class::Tag, at, end)
}

fn word(code: &[u8], at: usize, marks: &mut Marks) -> usize {
    let part = |byte| !bytes::is_word(byte) && !b"-.:+".contains(&byte);
    let end = bytes::until(code, at, part);
    if is_key(code, end) {
        return marked(marks, Class::Property, at, end);
    }
    let class = match &code[at..end] {
        b"true" | b"false" | b"inf" | b"nan" => Class::Literal,
        text if text.iter().any(u8::is_ascii_digit) => Class::Number,
        _ => return end,
    };
    let time = code.get(end + 1..end + 4).unwrap_or_default();
    let spaced = end - at == 10
        && bytes::at(code, end) == b' '
        && matches!(time, [a, b, b':'] if a.is_ascii_digit() && b.is_ascii_digit());
    let end = if spaced {
        bytes::until(code, end + 1, part)
    } else {
        end
    };
    marked(marks, class, at, end)
}

fn is_key(code: &[u8], end: usize) -> bool {
    bytes::at(code, bytes::skip_blanks(code, end)) == b'='
}

fn toml_string(code: &[u8], start: usize, marks: &mut Marks) -> usize {
    let quote = code[start];
    let triple = bytes::starts(code, start, &[quote; 3]);
    let close = &[quote; 3][..if triple { 3 } else { 1 }];
    let first = marks.len();
    let mut done = start;
    let mut at = start + close.len();
    loop {
        at = bytes::until(code, at, |byte| {
            byte == quote || byte == b'\\' && quote == b'"' || byte == b'\n' && !triple
        });
        if bytes::at(code, at) == b'\\' {
            marks.add(Class::String, done, at);
            done = bytes::escape_end(code, at).min(code.len());
            at = marked(marks, Class::Escape, at, done);
        } else if at < code.len() && code[at] == quote && !bytes::starts(code, at, close) {
            at += 1;
        } else {
            break;
        }
    }
    let end = at
        + if bytes::starts(code, at, close) {
            close.len()
        } else {
            0
        };
    marks.add(Class::String, done, end);
    if is_key(code, end) {
        marks.recolour(first, Class::String, Class::Property);
    }
    end
}

/// Marks an ini file.
pub(crate) fn ini(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < code.len() {
        let end = bytes::line_end(code, at);
        ini_line(&code[..end], bytes::skip_blanks(code, at), marks);
        at = bytes::next_line(code, end);
    }
}

fn ini_line(line: &[u8], start: usize, marks: &mut Marks) {
    match bytes::at(line, start) {
        b';' | b'#' => marks.add(Class::Comment, start, line.len()),
        b'[' => {
            let end = bytes::past(line, start, b"]");
            marks.add(Class::Tag, start, end);
            ini_value(line, end, marks);
        }
        _ => {
            let sign = bytes::until(line, start, |byte| byte == b'=' || byte == b':');
            let key = start + line[start.min(sign)..sign].trim_ascii_end().len();
            marks.add(Class::Property, start, key);
            if sign < line.len() {
                marks.add(Class::Operator, sign, sign + 1);
                ini_value(line, sign + 1, marks);
            }
        }
    }
}

fn ini_value(line: &[u8], from: usize, marks: &mut Marks) {
    let start = bytes::skip_blanks(line, from);
    let quote = bytes::at(line, start);
    let quoted = matches!(quote, b'"' | b'\'');
    let close = bytes::until(line, start + 1, |byte| byte == quote);
    let mut end = if quoted && close < line.len() {
        close + 1
    } else {
        start
    };
    loop {
        end = bytes::until(line, end, |byte| byte == b';' || byte == b'#');
        if end >= line.len() || end > 0 && matches!(line[end - 1], b' ' | b'\t') {
            break;
        }
        end += 1;
    }
    let text = line.get(start..end).unwrap_or_default().trim_ascii_end();
    marks.add(scalar_class(text), start, start + text.len());
    marks.add(Class::Comment, end, line.len());
}
