//! A template's text → its tags, and the signs they are made of, as tera reads them.

use std::ops::Range;

use memchr::memmem;

/// A sign of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// A name, also one that means something to tera.
    Name(&'t str),
    /// What stands between quotes, as it is written.
    Quoted(&'t str),
    /// An operator or a bracket.
    Sign(&'t str),
    /// A digit.
    Digit,
}

/// What a template's text is made of.
#[derive(Debug)]
pub enum Piece<'t> {
    /// What is written as it stands, or not at all: text, comments, and what is between `raw` and
    /// `endraw`.
    Plain(Range<usize>),
    /// `{{ … }}`
    Print(Tag<'t>),
    /// `{% … %}`
    Statement(Tag<'t>),
}

/// A tag.
#[derive(Debug)]
pub struct Tag<'t> {
    /// Where it stands.
    pub span: Range<usize>,
    /// What is in it.
    pub tokens: Vec<Token<'t>>,
    /// Where each of those begins.
    pub starts: Vec<usize>,
    /// Whether the white space before it is left out.
    pub trims_before: bool,
    /// Whether the white space behind it is left out.
    pub trims_after: bool,
}

/// What a text is made of; `None` if tera would not read it either.
pub fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let piece = piece(text, at)?;
        at = piece.span().end;
        pieces.push(piece);
    }
    Some(pieces)
}

impl Piece<'_> {
    fn span(&self) -> &Range<usize> {
        match self {
            Self::Plain(span) => span,
            Self::Print(tag) | Self::Statement(tag) => &tag.span,
        }
    }
}

fn piece(text: &str, at: usize) -> Option<Piece<'_>> {
    let rest = &text[at..];
    match rest.as_bytes() {
        [b'{', b'{', ..] => Some(Piece::Print(tag(text, at, "}}")?)),
        [b'{', b'%', ..] => {
            let tag = tag(text, at, "%}")?;
            match tag.tokens.as_slice() {
                [Token::Name("raw")] => Some(Piece::Plain(at..end_of_raw(text, tag.span.end)?)),
                _ => Some(Piece::Statement(tag)),
            }
        }
        [b'{', b'#', ..] => {
            let length = memmem::find(&rest.as_bytes()[2..], b"#}")? + 4;
            Some(Piece::Plain(at..at + length))
        }
        bytes => {
            let mut braces = memchr::memchr_iter(b'{', bytes);
            let is_tag = |at: &usize| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
            let next = braces.find(is_tag);
            Some(Piece::Plain(at..next.map_or(text.len(), |next| at + next)))
        }
    }
}

/// The end of the tag that ends raw text.
fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    memmem::find_iter(&text.as_bytes()[from..], b"{%").find_map(|start| {
        let tag = tag(text, from + start, "%}")?;
        (tag.tokens == [Token::Name("endraw")]).then_some(tag.span.end)
    })
}

/// The tag that begins at a place.
fn tag<'t>(text: &'t str, start: usize, end: &str) -> Option<Tag<'t>> {
    let trims_before = text[start + 2..].starts_with('-');
    let mut at = start + 2 + usize::from(trims_before);
    let (mut tokens, mut starts) = (Vec::new(), Vec::new());
    loop {
        let rest = text[at..].trim_ascii_start();
        at = text.len() - rest.len();
        let trims_after = rest.starts_with('-') && rest[1..].starts_with(end);
        if trims_after || rest.starts_with(end) {
            return Some(Tag {
                span: start..at + usize::from(trims_after) + end.len(),
                tokens,
                starts,
                trims_before,
                trims_after,
            });
        }
        let (token, length) = token(rest)?;
        tokens.push(token);
        starts.push(at);
        at += length;
    }
}

fn token(rest: &str) -> Option<(Token<'_>, usize)> {
    let bytes = rest.as_bytes();
    let length = match bytes {
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => {
            let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
            let length = bytes.iter().take_while(is_of_name).count();
            return Some((Token::Name(&rest[..length]), length));
        }
        [b'"' | b'\'' | b'`', ..] => {
            let length = quoted(bytes)?;
            return Some((Token::Quoted(&rest[1..length - 1]), length));
        }
        [b'0'..=b'9', ..] => return Some((Token::Digit, 1)),
        [b'.', b'.', b'.', ..] => 3,
        [b'/', b'/', ..] | [b'*', b'*', ..] | [b'<', b'/', ..] | [b'?', b'.' | b'[', ..] => 2,
        [b'=' | b'!' | b'>' | b'<', b'=', ..] => 2,
        [
            b'+' | b'-' | b'*' | b'/' | b'%' | b'!' | b'.' | b',' | b':' | b'~' | b'|',
            ..,
        ] => 1,
        [
            b'=' | b'>' | b'<' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'@',
            ..,
        ] => 1,
        _ => return None,
    };
    Some((Token::Sign(&rest[..length]), length))
}

/// The length of a text in quotes, with them.
fn quoted(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    while *bytes.get(at)? != bytes[0] {
        at += 1 + usize::from(bytes[at] == b'\\');
    }
    Some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<Vec<String>> {
        let pieces = pieces(text)?;
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Plain(span) => format!("plain {}", &text[span.clone()]),
            Piece::Print(tag) => format!("print {:?}", tag.tokens),
            Piece::Statement(tag) => format!("statement {:?}", tag.tokens),
        });
        Some(shown.collect())
    }

    #[test]
    fn tags_are_told_from_what_only_looks_like_them() {
        let text = "a{b{{- x.y|z(k=\"}}\\\"\") -}}{# {{ no }} #}{%raw%}{{ {% no %}{%- endraw -%}{% if a?.b >= 10 %}字";
        assert_eq!(
            shown(text).expect("a template"),
            [
                "plain a{b",
                "print [Name(\"x\"), Sign(\".\"), Name(\"y\"), Sign(\"|\"), Name(\"z\"), Sign(\"(\"), Name(\"k\"), Sign(\"=\"), Quoted(\"}}\\\\\\\"\"), Sign(\")\")]",
                "plain {# {{ no }} #}",
                "plain {%raw%}{{ {% no %}{%- endraw -%}",
                "statement [Name(\"if\"), Name(\"a\"), Sign(\"?.\"), Name(\"b\"), Sign(\">=\"), Digit, Digit]",
                "plain 字",
            ]
        );
    }

    #[test]
    fn what_tera_refuses_is_nothing() {
        for text in [
            "{{ a",
            "{{ \"a }}",
            "{% raw %}{% if a %}",
            "{# a",
            "{{ ä }}",
            "{{ a ; b }}",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
