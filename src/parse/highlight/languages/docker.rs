//! Dockerfiles.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;
use super::shell;

const INSTRUCTIONS: [&[u8]; 18] = [
    b"ADD",
    b"ARG",
    b"CMD",
    b"COPY",
    b"ENTRYPOINT",
    b"ENV",
    b"EXPOSE",
    b"FROM",
    b"HEALTHCHECK",
    b"LABEL",
    b"MAINTAINER",
    b"ONBUILD",
    b"RUN",
    b"SHELL",
    b"STOPSIGNAL",
    b"USER",
    b"VOLUME",
    b"WORKDIR",
];
const COMMANDS: [&[u8]; 4] = [b"CMD", b"ENTRYPOINT", b"RUN", b"ONBUILD"];

/// Marks a Dockerfile.
pub(crate) fn dockerfile(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < code.len() {
        at = line(code, bytes::skip_blanks(code, at), marks);
    }
}

fn line(code: &[u8], start: usize, marks: &mut Marks) -> usize {
    if bytes::at(code, start) == b'#' {
        let end = bytes::line_end(code, start);
        let directive = bytes::starts(code, start, b"# syntax=");
        marks.add(
            if directive {
                Class::Meta
            } else {
                Class::Comment
            },
            start,
            end,
        );
        return bytes::next_line(code, end);
    }
    let end = bytes::word_end(code, start);
    let word = &code[start..end];
    let is = |list: &[&[u8]]| list.iter().any(|name| word.eq_ignore_ascii_case(name));
    if !is(&INSTRUCTIONS) {
        return shell::argument_line(code, start, marks);
    }
    marks.add(Class::Keyword, start, end);
    let rest = bytes::skip_blanks(code, end);
    if is(&[b"FROM"]) {
        return from(code, rest, marks);
    }
    if is(&[b"ENV", b"ARG", b"LABEL"]) {
        return pairs(code, rest, marks);
    }
    let list = bytes::at(code, rest) == b'[';
    if is(&COMMANDS) && !list {
        return shell::command_line(code, options(code, rest, marks), marks);
    }
    shell::argument_line(code, rest, marks)
}

/// `--mount=…` before a command.
fn options(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut at = from;
    while bytes::starts(code, at, b"--") {
        let name = bytes::until(code, at, |byte| byte == b'=' || byte.is_ascii_whitespace());
        marks.add(Class::Property, at, name);
        at = bytes::until(code, name, |byte| byte.is_ascii_whitespace());
        at = bytes::skip_blanks(code, at);
    }
    at
}

/// `image AS name`.
fn from(code: &[u8], rest: usize, marks: &mut Marks) -> usize {
    let end = bytes::line_end(code, rest);
    let mut at = options(code, rest, marks);
    let mut named = false;
    while at < end {
        let word = bytes::until(&code[..end], at, |byte| byte.is_ascii_whitespace());
        if code[at..word].eq_ignore_ascii_case(b"as") {
            marks.add(Class::Keyword, at, word);
            named = true;
        } else {
            marks.add(if named { Class::Tag } else { Class::String }, at, word);
        }
        at = bytes::until(&code[..end], word, |byte| !byte.is_ascii_whitespace());
    }
    bytes::next_line(code, end)
}

/// `NAME=value NAME=value`, on one line or several.
fn pairs(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let name = bytes::until(code, from, |byte| {
        !bytes::is_word(byte) && !b".-".contains(&byte)
    });
    if bytes::at(code, name) == b'=' {
        return shell::pair_line(code, from, marks);
    }
    marks.add(Class::Variable, from, name);
    shell::argument_line(code, name, marks)
}
