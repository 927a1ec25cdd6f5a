//! Elements within JavaScript.

use super::super::bytes;
use super::super::class::Class;
use super::scan::{Before, OpenHole, Resume, Scanner};

/// Where reading goes on.
enum Next {
    Text,
    Tag,
    Code,
}

impl Scanner<'_> {
    /// Reads an element if one can begin at the `<` at the scanner's place.
    pub fn jsx(&mut self) -> bool {
        let name = self.at + 1;
        let end = bytes::word_end(self.code, name);
        let after = bytes::skip_blanks(self.code, end);
        let parameter =
            bytes::at(self.code, after) == b',' || bytes::starts(self.code, after, b"extends ");
        let fits = bytes::is_letter(self.peek(1)) && !parameter || self.peek(1) == b'>';
        if fits && self.expects_value() {
            self.jsx_text(0);
            return true;
        }
        false
    }

    /// Reads the text of an element; `open` elements are not closed yet.
    pub(super) fn jsx_text(&mut self, open: usize) {
        self.elements(Next::Text, open);
    }

    /// Reads the attributes of an element.
    pub(super) fn jsx_tag(&mut self, open: usize) {
        self.elements(Next::Tag, open);
    }

    fn elements(&mut self, mut next: Next, mut open: usize) {
        loop {
            next = match next {
                Next::Text => self.text(&mut open),
                Next::Tag => self.tag(&mut open),
                Next::Code => return,
            };
        }
    }

    fn text(&mut self, open: &mut usize) -> Next {
        self.at = bytes::until(self.code, self.at, |byte| byte == b'<' || byte == b'{');
        if self.at >= self.code.len() {
            return Next::Code;
        }
        if self.code[self.at] == b'{' {
            return self.hole(Resume::JsxText(*open));
        }
        let closing = self.peek(1) == b'/';
        self.at += 1 + usize::from(closing);
        let end = bytes::until(self.code, self.at, |byte| {
            !bytes::is_word(byte) && !b".-:".contains(&byte)
        });
        self.take(Class::Tag, end, Before::Other);
        if !closing {
            return Next::Tag;
        }
        self.at = bytes::past(self.code, self.at, b">");
        self.left(open)
    }

    fn tag(&mut self, open: &mut usize) -> Next {
        while self.at < self.code.len() {
            match self.code[self.at] {
                b'{' => return self.hole(Resume::JsxTag(*open)),
                b'>' => {
                    self.at += 1;
                    *open += 1;
                    return Next::Text;
                }
                b'/' if self.peek(1) == b'>' => {
                    self.at += 2;
                    *open += 1;
                    return self.left(open);
                }
                quote @ (b'"' | b'\'') => {
                    let end = bytes::past(self.code, self.at + 1, &[quote]);
                    self.take(Class::String, end, Before::Other);
                }
                byte if bytes::is_word(byte) => {
                    let more = |byte| !bytes::is_word(byte) && byte != b'-' && byte != b':';
                    let end = bytes::until(self.code, self.at, more);
                    self.take(Class::Property, end, Before::Other);
                }
                _ => self.at += 1,
            }
        }
        Next::Code
    }

    fn left(&mut self, open: &mut usize) -> Next {
        *open = open.saturating_sub(1);
        if *open > 0 {
            return Next::Text;
        }
        self.before = Before::Value;
        Next::Code
    }

    fn hole(&mut self, resume: Resume) -> Next {
        self.at += 1;
        self.before = Before::Other;
        let floor = self.brackets.len();
        self.holes.push(OpenHole {
            resume,
            close: b'}',
            floor,
        });
        Next::Code
    }
}
