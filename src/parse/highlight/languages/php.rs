//! PHP, alone or within HTML.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, Comment, DOUBLE, Hole, PLAIN, Role, SINGLE, Scanner, Spec, Words, scan,
};
use super::super::marks::Marks;
use super::markup;

static PHP: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            abstract and as break callable case catch clone const continue declare \
            default die do echo else elseif empty endfor endforeach endif endswitch \
            endwhile exit extends final finally for foreach global goto if implements \
            include include_once instanceof insteadof isset list match namespace or \
            print private protected public readonly require require_once return static \
            switch throw try unset use var while xor yield",
        ),
        (Role::Definer, "fn function"),
        (Role::Typer, "class enum interface new trait"),
        (
            Role::Type,
            "\
            array bool float int iterable mixed never object parent self string void",
        ),
        (Role::Literal, "FALSE NULL TRUE false null true"),
    ]),
    comments: &[
        Comment::Line("//"),
        Comment::Block("/*", "*/"),
        Comment::Line("#"),
    ],
    quotes: &[DOUBLE.multiline().hole(CODE).names(), SINGLE.multiline()],
    hooks: &[
        (b'$', variable),
        (b'#', attribute),
        (b'?', end_of_island),
        (b'<', heredoc),
        (b'/', line_comment),
    ],
    capital_types: true,
    capital_calls: true,
    arrow_member: true,
    ..PLAIN
};

const CODE: Hole = Hole {
    edge: 1,
    ..Hole::new("{$", b'}')
};

/// Marks PHP; code without `<?` is PHP from the start, else it is HTML around PHP.
pub(crate) fn php(code: &[u8], from: usize, marks: &mut Marks) {
    if bytes::find(code, from, b"<?").is_none() {
        scan(&PHP, code, from, marks);
        return;
    }
    let mut islands = Marks::default();
    let mut areas = Vec::new();
    let mut host = code.to_vec();
    let mut at = from;
    while let Some(start) = bytes::find(code, at, b"<?") {
        let name = [&b"<?php"[..], b"<?="].into_iter();
        let opening = name
            .filter(|name| bytes::starts_folded(code, start, name))
            .map(<[u8]>::len);
        let Some(length) = opening.max() else {
            at = start + 2;
            continue;
        };
        islands.add(Class::Meta, start, start + length);
        at = scan(&PHP, code, start + length, &mut islands);
        areas.push((start, at));
        markup::blank(&mut host[start..at]);
    }
    let mut around = Marks::default();
    markup::html(&host, from, &mut around);
    marks.overlay(&around, &islands, &areas);
}

fn variable(scanner: &mut Scanner<'_>) -> bool {
    if !bytes::is_letter(scanner.peek(1)) {
        return false;
    }
    let end = bytes::word_end(scanner.code, scanner.at + 1);
    scanner.take(Class::Variable, end, Before::Value);
    true
}

fn attribute(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.sees("#[");
    if found {
        scanner.attribute();
    }
    found
}

fn end_of_island(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.sees("?>");
    if found {
        scanner.take(Class::Meta, scanner.at + 2, Before::Other);
        scanner.stopped = true;
    }
    found
}

/// A line comment ends where the island ends.
fn line_comment(scanner: &mut Scanner<'_>) -> bool {
    if !scanner.sees("//") {
        return false;
    }
    let line = bytes::line_end(scanner.code, scanner.at);
    let end = bytes::find(&scanner.code[..line], scanner.at, b"?>").unwrap_or(line);
    scanner.take(Class::Comment, end, scanner.before);
    true
}

/// `<<<TEXT` to a line that begins with `TEXT`.
fn heredoc(scanner: &mut Scanner<'_>) -> bool {
    let code = scanner.code;
    if !scanner.sees("<<<") {
        return false;
    }
    let blank = bytes::skip_blanks(code, scanner.at + 3);
    let start = blank + usize::from(matches!(bytes::at(code, blank), b'"' | b'\''));
    let end = bytes::word_end(code, start);
    if end == start {
        return false;
    }
    let word = &code[start..end];
    let mut line = bytes::next_line(code, end);
    let mut close = code.len();
    while line < code.len() {
        let text = bytes::skip_blanks(code, line);
        if bytes::starts(code, text, word) {
            close = text + word.len();
            break;
        }
        line = bytes::next_line(code, line);
    }
    scanner.take(Class::String, close, Before::Value);
    true
}
