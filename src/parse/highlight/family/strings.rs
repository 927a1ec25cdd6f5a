//! Strings, with their escapes and holes.

use super::super::bytes;
use super::super::class::Class;
use super::scan::{Before, OpenHole, Resume, Scanner};
use super::spec::{Escape, Hole, Quote};

impl Scanner<'_> {
    /// Reads a string whose opening quote stands at the scanner's place; the colour begins at
    /// `start`, where its prefix stands.
    pub fn string(&mut self, start: usize, quote: &'static Quote) {
        let first = self.marks.len();
        let key_possible = self.spec.keys && self.before == Before::Item;
        self.at += quote.open.len();
        self.string_rest(start, quote);
        if key_possible && self.holes.is_empty() {
            let colon = bytes::skip_blanks(self.code, self.at);
            if bytes::at(self.code, colon) == b':' {
                self.marks.recolour(first, Class::String, Class::Property);
            }
        }
    }

    /// Reads on in a string from the scanner's place to its end or its next hole; what stands
    /// between `start` and that place has been read already.
    pub(super) fn string_rest(&mut self, mut start: usize, quote: &'static Quote) {
        let code = self.code;
        let close = quote.close.as_bytes();
        let line = if quote.multiline { close[0] } else { b'\n' };
        let escape = if let Escape::By(byte) = quote.escape {
            byte
        } else {
            close[0]
        };
        let hole = quote.hole.map_or(close[0], |hole| hole.open.as_bytes()[0]);
        let name = if quote.names { b'$' } else { close[0] };
        self.before = Before::Value;
        loop {
            let stop = bytes::until(code, self.at, |byte| {
                byte == close[0] || byte == line || byte == escape || byte == hole || byte == name
            });
            self.at = stop;
            if stop >= code.len() || code[stop] == line && !quote.multiline {
                return self.marks.add(Class::String, start, stop);
            }
            if quote.escape == Escape::By(code[stop]) && !self.opens(quote.hole) {
                let end = bytes::escape_end(code, stop).min(code.len());
                self.marks.add(Class::String, start, stop);
                self.marks.add(Class::Escape, stop, end);
                (self.at, start) = (end, end);
            } else if bytes::starts(code, stop, close) {
                let end = stop + close.len();
                if quote.escape != Escape::Doubled || !bytes::starts(code, end, close) {
                    self.at = end;
                    return self.marks.add(Class::String, start, end);
                }
                self.marks.add(Class::String, start, stop);
                self.marks.add(Class::Escape, stop, end + close.len());
                self.at = end + close.len();
                start = self.at;
            } else if let Some(hole) = quote.hole.filter(|_| self.opens(quote.hole)) {
                if !hole.doubled
                    || !bytes::starts(code, stop + hole.open.len(), hole.open.as_bytes())
                {
                    self.marks.add(Class::String, start, stop);
                    return self.open_hole(hole, Resume::Quote(quote));
                }
                self.at += hole.open.len() * 2;
            } else if quote.names && code[stop] == b'$' && bytes::is_letter(self.peek(1)) {
                let end = bytes::word_end(code, stop + 1);
                self.marks.add(Class::String, start, stop);
                self.marks.add(Class::Variable, stop, end);
                (self.at, start) = (end, end);
            } else {
                self.at += 1;
            }
        }
    }

    fn opens(&self, hole: Option<Hole>) -> bool {
        hole.is_some_and(|hole| self.sees(hole.open))
    }

    fn open_hole(&mut self, hole: Hole, resume: Resume) {
        self.take(Class::Escape, self.at + hole.edge, Before::Other);
        let floor = self.brackets.len();
        self.holes.push(OpenHole {
            resume,
            close: hole.close,
            floor,
        });
    }

    /// Reads text without escapes from the scanner's place to `close`; the colour begins at
    /// `start`. `body` is where the text begins.
    pub fn raw_string(&mut self, start: usize, body: usize, close: &[u8]) {
        let end = bytes::past(self.code, body, close);
        self.marks.add(Class::String, start, end);
        self.at = end;
        self.before = Before::Value;
    }

    /// Reads a regular expression between slashes; one that is not closed ends with its line.
    pub fn regex(&mut self) -> bool {
        if !self.expects_value() {
            return false;
        }
        let code = self.code;
        let mut start = self.at;
        let mut at = start + 1;
        let mut in_set = false;
        while at < code.len() && code[at] != b'\n' {
            match code[at] {
                b'\\' => {
                    let end = bytes::escape_end(code, at).min(code.len());
                    self.marks.add(Class::String, start, at);
                    self.marks.add(Class::Escape, at, end);
                    start = end;
                    at = end;
                    continue;
                }
                b'[' => in_set = true,
                b']' => in_set = false,
                b'/' if !in_set => {
                    at = bytes::until(code, at + 1, |byte| !byte.is_ascii_alphabetic());
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        self.marks.add(Class::String, start, at);
        self.at = at;
        self.before = Before::Value;
        true
    }

    /// Reads `#[…]` or the like, which begins at the scanner's place, to the bracket that closes
    /// it; brackets in strings do not count.
    pub fn attribute(&mut self) {
        let mut depth = 0usize;
        let mut at = self.at;
        while at < self.code.len() {
            match self.code[at] {
                b'[' => depth += 1,
                b']' if depth <= 1 => {
                    at += 1;
                    break;
                }
                b']' => depth -= 1,
                b'"' => at = bytes::until(self.code, at + 1, |byte| byte == b'"' || byte == b'\n'),
                _ => {}
            }
            at += 1;
        }
        self.take(Class::Meta, at.min(self.code.len()), Before::Item);
    }
}
