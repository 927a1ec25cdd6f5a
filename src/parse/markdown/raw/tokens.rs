//! Raw HTML → its tags, as a browser would part them. Ranges count bytes of the raw HTML.

use std::ops::Range;

/// A part of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// What stands between tags.
    Text(Range<usize>),
    /// `<!-- -->`, `<!DOCTYPE>`, `<? ?>`; `closed` is false where the rest of the text is in it.
    Comment { range: Range<usize>, closed: bool },
    /// `<name …>`
    Open(Tag<'a>),
    /// `</name>`
    Close { name: &'a str, range: Range<usize> },
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// The whole tag.
    pub range: Range<usize>,
    /// Its attributes.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// Name and value.
    pub range: Range<usize>,
    /// The value without its quotes.
    pub value: Option<Range<usize>>,
}

/// Parts raw HTML. Every byte is in one token; a tag that does not end is text.
pub struct Tokens<'a> {
    raw: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning.
    pub fn new(raw: &'a str) -> Self {
        Self { raw, at: 0 }
    }

    /// Goes on behind what an element holds that is no HTML, for example a script: at its end tag,
    /// else at the end.
    pub fn skip_to_end_tag(&mut self, name: &str) {
        let bytes = self.raw.as_bytes();
        let is_end = |at: &usize| {
            bytes[*at..].starts_with(b"</")
                && bytes
                    .get(at + 2..at + 2 + name.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        self.at = (self.at..bytes.len()).find(is_end).unwrap_or(bytes.len());
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.raw[self.at..];
        match rest.as_bytes().get(1)? {
            b'!' | b'?' => Some(self.comment()),
            b'/' if rest.as_bytes().get(2)?.is_ascii_alphabetic() => self.close(),
            b'/' => Some(self.comment()),
            letter if letter.is_ascii_alphabetic() => self.open(),
            _ => None,
        }
    }

    fn comment(&mut self) -> Token<'a> {
        let start = self.at;
        let rest = &self.raw[start..];
        let length = match rest.strip_prefix("<!--") {
            Some(text) if text.starts_with('>') => Some(5),
            Some(text) if text.starts_with("->") => Some(6),
            Some(text) => text.find("-->").map(|end| 4 + end + 3),
            None => rest.find('>').map(|end| end + 1),
        };
        self.at = length.map_or(self.raw.len(), |length| start + length);
        Token::Comment {
            range: start..self.at,
            closed: length.is_some(),
        }
    }

    fn close(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let end = start + self.raw[start..].find('>')? + 1;
        let name_start = start + 2;
        self.at = end;
        Some(Token::Close {
            name: &self.raw[name_start..self.name_end(name_start)],
            range: start..end,
        })
    }

    fn open(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let name_end = self.name_end(start + 1);
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            at += self.length_of(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            match self.raw.as_bytes().get(at)? {
                b'>' => break,
                _ => {
                    let attribute = self.attribute(at)?;
                    at = attribute.1;
                    attributes.push(attribute.0);
                }
            }
        }
        self.at = at + 1;
        Some(Token::Open(Tag {
            name: &self.raw[start + 1..name_end],
            range: start..at + 1,
            attributes,
        }))
    }

    /// The attribute at a place, and where the next may begin.
    fn attribute(&self, start: usize) -> Option<(Attribute<'a>, usize)> {
        let bytes = self.raw.as_bytes();
        let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        let name_end = start + 1 + self.length_of(start + 1, |byte| !ends_name(byte));
        let name = &self.raw[start..name_end];
        let equals = name_end + self.length_of(name_end, |byte| byte.is_ascii_whitespace());
        if *bytes.get(equals)? != b'=' {
            return Some((
                Attribute {
                    name,
                    range: start..name_end,
                    value: None,
                },
                name_end,
            ));
        }
        let value_start =
            equals + 1 + self.length_of(equals + 1, |byte| byte.is_ascii_whitespace());
        let (value, end) = match *bytes.get(value_start)? {
            quote @ (b'"' | b'\'') => {
                let inner = value_start + 1;
                let length = self.length_of(inner, |byte| byte != quote);
                bytes.get(inner + length)?;
                (inner..inner + length, inner + length + 1)
            }
            _ => {
                let length = self.length_of(value_start, |byte| {
                    !byte.is_ascii_whitespace() && byte != b'>'
                });
                (value_start..value_start + length, value_start + length)
            }
        };
        Some((
            Attribute {
                name,
                range: start..end,
                value: Some(value),
            },
            end,
        ))
    }

    fn name_end(&self, start: usize) -> usize {
        start
            + self.length_of(start, |byte| {
                !byte.is_ascii_whitespace() && byte != b'/' && byte != b'>'
            })
    }

    fn length_of(&self, start: usize, is_part: impl Fn(u8) -> bool) -> usize {
        let rest = self.raw.as_bytes().get(start..).unwrap_or_default();
        rest.iter()
            .position(|byte| !is_part(*byte))
            .unwrap_or(rest.len())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let rest = self.raw.get(start..).filter(|rest| !rest.is_empty())?;
        if let Some(inner) = rest.strip_prefix('<') {
            if let Some(token) = self.markup() {
                return Some(token);
            }
            // Whatever looks like a tag behind a tag that does not end is a part of it.
            let is_unfinished =
                inner.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/');
            self.at = match is_unfinished {
                true => self.raw.len(),
                false => start + 1,
            };
        }
        let text = &self.raw[self.at..];
        self.at += text.find('<').unwrap_or(text.len());
        Some(Token::Text(start..self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> Vec<String> {
        Tokens::new(raw)
            .map(|token| match token {
                Token::Text(range) => format!("text {}", &raw[range]),
                Token::Comment { range, closed } => format!("comment {} {closed}", &raw[range]),
                Token::Close { name, range } => format!("close {name} {}", &raw[range]),
                Token::Open(tag) => tag.attributes.iter().fold(
                    format!("open {}", tag.name),
                    |mut line, attribute| {
                        let value = attribute.value.clone().map(|value| &raw[value]);
                        line.push_str(&format!(" {}={value:?}", attribute.name));
                        line
                    },
                ),
            })
            .collect()
    }

    #[test]
    fn tags_are_parted_as_browsers_do() {
        assert_eq!(
            shown("a<B c d = 'e>f' g=\"h\" i=j/>k</B ><br/>"),
            [
                "text a",
                "open B c=None d=Some(\"e>f\") g=Some(\"h\") i=Some(\"j/\")",
                "text k",
                "close B </B >",
                "open br"
            ]
        );
        assert_eq!(shown("<p=q>"), ["open p=q"]);
        assert_eq!(shown("<a =b>"), ["open a =b=None"]);
        assert_eq!(shown("1 < 2 <3"), ["text 1 ", "text < 2 ", "text <3"]);
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        assert_eq!(
            shown("<!--> <b>"),
            ["comment <!--> true", "text  ", "open b"]
        );
        assert_eq!(
            shown("<!-- a -- > --><!x>"),
            ["comment <!-- a -- > --> true", "comment <!x> true"]
        );
        assert_eq!(shown("<!-- a"), ["comment <!-- a false"]);
        assert_eq!(
            shown("</ a><?b?>"),
            ["comment </ a> true", "comment <?b?> true"]
        );
    }

    #[test]
    fn a_tag_without_end_is_text_to_the_end() {
        assert_eq!(
            shown("x<a href=\"b <i>"),
            ["text x", "text <a href=\"b <i>"]
        );
        assert_eq!(shown("</a"), ["text </a"]);
        assert_eq!(shown(&"<a ".repeat(100_000)).len(), 1);
    }

    #[test]
    fn every_byte_is_in_one_token() {
        let parts = [
            "<", ">", "a", "/", "!", "--", "=", "\"", "'", " ", "中", "?",
        ];
        let mut seed: usize = 1;
        for _ in 0..20_000 {
            let mut raw = String::new();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                raw.push_str(parts[(seed >> 33) % parts.len()]);
            }
            let mut at = 0;
            for token in Tokens::new(&raw) {
                let (Token::Text(range)
                | Token::Comment { range, .. }
                | Token::Close { range, .. }
                | Token::Open(Tag { range, .. })) = token;
                assert_eq!(range.start, at, "{raw}");
                assert!(range.end > at, "{raw}");
                at = range.end;
            }
            assert_eq!(at, raw.len(), "{raw}");
        }
    }
}
