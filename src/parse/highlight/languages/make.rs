//! Makefiles.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;
use super::shell;

const DIRECTIVES: [&[u8]; 15] = [
    b"-include",
    b"define",
    b"else",
    b"endef",
    b"endif",
    b"export",
    b"ifdef",
    b"ifeq",
    b"ifndef",
    b"ifneq",
    b"include",
    b"override",
    b"sinclude",
    b"undefine",
    b"unexport",
];

/// Marks a makefile.
pub(crate) fn makefile(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < code.len() {
        at = if code[at] == b'\t' {
            recipe(code, at + 1, marks)
        } else {
            line(code, at, marks)
        };
    }
}

fn recipe(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let start = bytes::until(code, from, |byte| !b"@-+".contains(&byte));
    marks.add(Class::Meta, from, start);
    shell::recipe_line(code, start, marks)
}

fn line(code: &[u8], line: usize, marks: &mut Marks) -> usize {
    let end = bytes::line_end(code, line);
    let text = &code[..end];
    let start = bytes::skip_blanks(text, line);
    let word = bytes::until(text, start, |byte| {
        byte.is_ascii_whitespace() || byte == b'('
    });
    let next = bytes::next_line(code, end);
    if DIRECTIVES.contains(&&code[start..word]) {
        marks.add(Class::Keyword, start, word);
        text_of(text, word, marks);
        return next;
    }
    let sign = sign(text, start);
    let bare = bytes::until(text, sign, |byte| b":=?+!".contains(&byte));
    let assigns = bytes::until(text, bare, |byte| !b":=?+!".contains(&byte));
    if sign >= end {
        text_of(text, start, marks);
    } else if text[bare..assigns].contains(&b'=') {
        marks.add(Class::Variable, start, trimmed(text, start, sign));
        marks.add(Class::Operator, sign, assigns);
        text_of(text, assigns, marks);
    } else {
        targets(text, start, sign, marks);
        marks.add(Class::Operator, sign, assigns);
        text_of(text, assigns, marks);
    }
    next
}

/// Where the first `=` or `:` outside of `$(…)` stands, with the `?`, `+` or `!` before it.
fn sign(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < text.len() && text[at] != b'#' {
        match text[at] {
            b'$' if bytes::at(text, at + 1) == b'(' => at = variable_end(text, at) - 1,
            b':' | b'=' => return at,
            b'?' | b'+' | b'!' if bytes::at(text, at + 1) == b'=' => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

fn trimmed(text: &[u8], start: usize, end: usize) -> usize {
    start + text[start..end].trim_ascii_end().len()
}

fn targets(text: &[u8], start: usize, end: usize, marks: &mut Marks) {
    let mut at = start;
    while at < end {
        match text[at] {
            b'$' => at = variable(text, at, marks),
            byte if byte.is_ascii_whitespace() => at += 1,
            byte => {
                let stop = |byte: u8| byte.is_ascii_whitespace() || byte == b'$';
                let word = bytes::until(&text[..end], at + 1, stop);
                let special = byte == b'.' && text[at + 1..word].iter().all(u8::is_ascii_uppercase);
                marks.add(
                    if special {
                        Class::Meta
                    } else {
                        Class::Function
                    },
                    at,
                    word,
                );
                at = word;
            }
        }
    }
}

/// Marks the variables, strings and comments in the rest of a line.
fn text_of(text: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < text.len() {
        at = bytes::until(text, at, |byte| matches!(byte, b'$' | b'#' | b'"' | b'\''));
        match bytes::at(text, at) {
            b'$' => at = variable(text, at, marks),
            b'#' => {
                marks.add(Class::Comment, at, text.len());
                return;
            }
            quote @ (b'"' | b'\'') => {
                let end = bytes::past(text, at + 1, &[quote]);
                marks.add(Class::String, at, end);
                at = end;
            }
            _ => at += 1,
        }
    }
}

fn variable(text: &[u8], at: usize, marks: &mut Marks) -> usize {
    let end = variable_end(text, at);
    let name = bytes::until(&text[..end], at + 2, |byte| byte == b' ');
    if bytes::at(text, at + 1) != b'(' || name >= end {
        marks.add(Class::Variable, at, end);
        return end;
    }
    marks.add(Class::Variable, at, at + 2);
    marks.add(Class::Function, at + 2, name);
    let mut inner = name;
    while inner < end {
        let next = bytes::until(&text[..end - 1], inner, |byte| byte == b'$');
        if next >= end - 1 {
            break;
        }
        let close = variable_end(&text[..end], next);
        marks.add(Class::Variable, next, close);
        inner = close;
    }
    marks.add(Class::Variable, end - 1, end);
    end
}

fn variable_end(text: &[u8], at: usize) -> usize {
    let (open, close) = match bytes::at(text, at + 1) {
        b'(' => (b'(', b')'),
        b'{' => (b'{', b'}'),
        _ => return (at + 2).min(text.len()),
    };
    let mut depth = 0usize;
    for (offset, &byte) in text[at + 1..].iter().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        if depth == 0 {
            return at + offset + 2;
        }
    }
    text.len()
}
