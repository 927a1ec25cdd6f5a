//! Templates of the Jinja kind (Tera, Jinja, Twig) within HTML.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{
    Before, DOUBLE, PLAIN, Quote, Role, SINGLE, Scanner, Spec, Words, scan,
};
use super::super::marks::Marks;
use super::markup;

static EXPRESSION: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            and as block break call component continue do elif else elseif embed \
            endblock endcall endcomponent endfilter endfor endif endmacro endraw endset \
            endverbatim endwith extends filter for from if ignore import in include is \
            macro missing not only or raw recursive set set_global verbatim with",
        ),
        (Role::Literal, "False None True false none null true"),
        (Role::Receiver, "loop self"),
    ]),
    quotes: &[DOUBLE, SINGLE, Quote::new("`").raw()],
    hooks: &[
        (b'|', filter),
        (b'%', end_of_island),
        (b'}', end_of_island),
        (b'-', end_of_island),
        (b'/', end_of_island),
    ],
    all_variables: true,
    ..PLAIN
};

/// Marks a template.
pub(crate) fn template(code: &[u8], from: usize, marks: &mut Marks) {
    let mut islands = Marks::default();
    let mut areas = Vec::new();
    let mut host = code.to_vec();
    let mut at = from;
    loop {
        let start = bytes::until(code, at, |byte| byte == b'{');
        if start >= code.len() {
            break;
        }
        at = match bytes::at(code, start + 1) {
            b'#' => {
                let end = bytes::past(code, start + 2, b"#}");
                islands.add(Class::Comment, start, end);
                end
            }
            b'{' | b'%' => island(code, start, &mut islands),
            _ => {
                at = start + 1;
                continue;
            }
        };
        areas.push((start, at));
        markup::blank(&mut host[start..at]);
        if is_raw(&code[start..at]) {
            at = raw_end(code, at);
        }
    }
    let mut around = Marks::default();
    markup::html(&host, from, &mut around);
    marks.overlay(&around, &islands, &areas);
}

/// Marks one `{{ … }}` or `{% … %}` and returns its end.
fn island(code: &[u8], start: usize, marks: &mut Marks) -> usize {
    let trims = usize::from(matches!(bytes::at(code, start + 2), b'-' | b'~'));
    let mut at = start + 2 + trims;
    marks.add(Class::Meta, start, at);
    let closing = usize::from(bytes::at(code, at + 1) == b'/');
    if bytes::at(code, at) == b'<' && bytes::is_letter(bytes::at(code, at + 1 + closing)) {
        let name = at + 1 + closing;
        at = bytes::until(code, name, |byte| !bytes::is_word(byte) && byte != b'.');
        marks.add(Class::Function, name, at);
    }
    scan(&EXPRESSION, code, at, marks)
}

fn is_raw(island: &[u8]) -> bool {
    let inner = island.trim_ascii_end();
    let inner = inner
        .strip_prefix(b"{%")
        .and_then(|inner| inner.strip_suffix(b"%}"));
    let word = inner.unwrap_or_default().trim_ascii();
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let word = word.strip_suffix(b"-").unwrap_or(word).trim_ascii();
    word == b"raw" || word == b"verbatim"
}

/// Where the tag that ends a raw block begins.
fn raw_end(code: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(tag) = bytes::find(code, at, b"{%") {
        let word = bytes::until(code, tag + 2, |byte| !b" \t\r\n-".contains(&byte));
        if bytes::starts(code, word, b"endraw") || bytes::starts(code, word, b"endverbatim") {
            return tag;
        }
        at = word;
    }
    code.len()
}

/// `| name`: the name is a filter.
fn filter(scanner: &mut Scanner<'_>) -> bool {
    scanner.take(Class::Operator, scanner.at + 1, Before::Definer);
    true
}

fn end_of_island(scanner: &mut Scanner<'_>) -> bool {
    let length = ["-%}", "-}}", "/>}}", "%}", "}}"]
        .iter()
        .find(|end| scanner.sees(end));
    let Some(length) = length.map(|end| end.len()) else {
        return false;
    };
    if scanner.sees("}}") && scanner.in_braces() {
        return false;
    }
    let slash = if scanner.sees("/>}}") { 2 } else { 0 };
    scanner.at += slash;
    scanner.take(Class::Meta, scanner.at + length - slash, Before::Other);
    scanner.stopped = true;
    true
}
