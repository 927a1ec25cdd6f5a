//! Marks to HTML: escaped text with one `<span>` per mark and line.

use super::class::Class;
use super::marks::Mark;

/// Appends `code` as HTML, with the marks as spans. No span crosses the end of a line, none
/// begins or ends with whitespace.
pub(super) fn paint(code: &str, marks: &[Mark], out: &mut String) {
    out.reserve(code.len() + marks.len() * 32);
    let mut at = 0;
    for mark in marks {
        // A lexer works on bytes; a mark that ends within a character takes the whole of it.
        let start = code.ceil_char_boundary(mark.start).max(at);
        let end = code.ceil_char_boundary(mark.end);
        if end <= start {
            continue;
        }
        escape(&code[at..start], out);
        lines(mark.class, &code[start..end], out);
        at = end;
    }
    escape(&code[at..], out);
}

fn lines(class: Class, mut text: &str, out: &mut String) {
    while let Some(end) = text.bytes().position(|byte| byte == b'\n' || byte == b'\r') {
        span(class, &text[..end], out);
        out.push_str(&text[end..=end]);
        text = &text[end + 1..];
    }
    span(class, text, out);
}

fn span(class: Class, text: &str, out: &mut String) {
    let rest = text.trim_start();
    let body = rest.trim_end();
    if body.is_empty() {
        out.push_str(text);
        return;
    }
    out.push_str(&text[..text.len() - rest.len()]);
    out.push_str("<span class=\"");
    out.push_str(class.css());
    out.push_str("\">");
    escape(body, out);
    out.push_str("</span>");
    out.push_str(&rest[body.len()..]);
}

fn escape(text: &str, out: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::{Class, Mark, paint};

    fn painted(code: &str, class: Class, start: usize, end: usize) -> String {
        let mut out = String::new();
        paint(code, &[Mark { class, start, end }], &mut out);
        out
    }

    #[test]
    fn a_span_is_closed_and_opened_again_at_every_line_end() {
        assert_eq!(
            painted("/* a\r\n\n  b */", Class::Comment, 0, 13),
            "<span class=\"hl-c\">/* a</span>\r\n\n  <span class=\"hl-c\">b */</span>"
        );
    }

    #[test]
    fn text_is_escaped_inside_and_outside() {
        assert_eq!(
            painted("<&>", Class::Operator, 1, 2),
            "&lt;<span class=\"hl-o\">&amp;</span>&gt;"
        );
    }

    #[test]
    fn a_mark_that_cuts_a_character_takes_all_of_it() {
        assert_eq!(
            painted("中x", Class::String, 0, 1),
            "<span class=\"hl-s\">中</span>x"
        );
        assert_eq!(
            painted("x", Class::String, 0, 9),
            "<span class=\"hl-s\">x</span>"
        );
    }
}
