//! YAML.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;

/// Marks YAML.
pub(crate) fn yaml(code: &[u8], from: usize, marks: &mut Marks) {
    let mut yaml = Yaml {
        code,
        at: from,
        marks,
        flow: 0,
        column: 0,
    };
    while yaml.at < code.len() {
        if yaml.flow > 0 {
            yaml.flow_token();
        } else {
            yaml.line();
        }
    }
}

struct Yaml<'a> {
    code: &'a [u8],
    at: usize,
    marks: &'a mut Marks,
    /// How many brackets are open.
    flow: usize,
    /// Where the node begins whose value comes next, counted from the start of its line.
    column: usize,
}

impl Yaml<'_> {
    fn take(&mut self, class: Class, end: usize) {
        self.marks.add(class, self.at, end);
        self.at = end;
    }

    /// Whether a space, a line end or the end of the code stands at `at`.
    fn blank_at(&self, at: usize) -> bool {
        at >= self.code.len() || matches!(self.code[at], b' ' | b'\t' | b'\n' | b'\r')
    }

    /// Reads a line, or what is left of it after brackets, and the text blocks that belong to it.
    fn line(&mut self) {
        let (code, start) = (self.code, self.at);
        let fresh = start == 0 || code[start - 1] == b'\n';
        let marker = bytes::starts(code, start, b"---") || bytes::starts(code, start, b"...");
        if fresh && marker && self.blank_at(start + 3) {
            self.take(Class::Meta, start + 3);
        } else if fresh && code[start] == b'%' {
            self.take(Class::Meta, bytes::line_end(code, start));
        }
        self.blanks();
        while matches!(bytes::at(code, self.at), b'-' | b'?' | b':') && self.blank_at(self.at + 1) {
            self.column = self.at - start;
            self.take(Class::Operator, self.at + 1);
            self.blanks();
        }
        if let Some(end) = self.key_end() {
            self.column = self.at - start;
            self.key(end);
        }
        if self.value() {
            self.rest();
        }
    }

    fn blanks(&mut self) {
        self.at = bytes::skip_blanks(self.code, self.at);
    }

    /// What is left of the line: text that is out of place stays plain, then the comment.
    fn rest(&mut self) {
        self.blanks();
        let stray = self.at < self.code.len() && !b"#\r\n".contains(&self.code[self.at]);
        if stray {
            self.at = self.plain_end(false).max(self.at + 1);
            self.blanks();
        }
        let end = bytes::line_end(self.code, self.at);
        if bytes::at(self.code, self.at) == b'#' {
            self.take(Class::Comment, end);
        }
        self.at = bytes::next_line(self.code, self.at);
    }

    /// Where the key ends that begins here, if the colon of one follows on this line.
    fn key_end(&self) -> Option<usize> {
        let (code, start) = (self.code, self.at);
        let line = &code[..bytes::line_end(code, start)];
        let first = bytes::at(line, start);
        if first == b'"' || first == b'\'' {
            let end = quoted_end(line, start, first);
            return (bytes::at(line, bytes::skip_blanks(line, end)) == b':').then_some(end);
        }
        if matches!(first, b'[' | b'{' | b'#' | b'|' | b'>') {
            return None;
        }
        let mut at = start;
        loop {
            at = bytes::until(line, at, |byte| byte == b':' || byte == b'#');
            if at >= line.len() || line[at] == b'#' && at > start && self.blank_at(at - 1) {
                return None;
            }
            if line[at] == b':' && at > start && self.blank_at(at + 1) {
                return Some(at);
            }
            at += 1;
        }
    }

    fn key(&mut self, end: usize) {
        while matches!(bytes::at(self.code, self.at), b'&' | b'!' | b'*') && self.at < end {
            self.handle();
        }
        self.take(Class::Property, end.max(self.at));
        self.at = bytes::until(self.code, self.at, |byte| byte == b':') + 1;
    }

    /// An anchor, an alias or a tag.
    fn handle(&mut self) {
        let end = bytes::until(self.code, self.at, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}')
        });
        let class = if self.code[self.at] == b'!' {
            Class::Type
        } else {
            Class::Variable
        };
        self.take(class, end.max(self.at + 1));
        self.blanks();
    }

    /// Reads a value; says whether more can follow on its line.
    fn value(&mut self) -> bool {
        self.at = self.at.min(self.code.len());
        self.blanks();
        loop {
            match bytes::at(self.code, self.at) {
                b'&' | b'!' | b'*' => self.handle(),
                b'|' | b'>' => {
                    self.block();
                    return false;
                }
                b'[' | b'{' => {
                    self.flow = 1;
                    self.at += 1;
                    return false;
                }
                b'"' | b'\'' => {
                    self.quoted();
                    return true;
                }
                b'#' | b'\n' | b'\r' => return true,
                _ if self.at >= self.code.len() => return true,
                _ => {
                    let end = self.plain_end(false);
                    self.scalar(end);
                    return true;
                }
            }
        }
    }

    /// `|` or `>` and the lines below that are indented more than the key.
    fn block(&mut self) {
        let code = self.code;
        let header = bytes::until(code, self.at, |byte| byte.is_ascii_whitespace());
        self.take(Class::Operator, header);
        self.rest();
        let mut end = self.at;
        let mut line = self.at;
        while line < code.len() {
            let text = bytes::skip_blanks(code, line);
            let empty = matches!(bytes::at(code, text), b'\n' | b'\r' | 0);
            if !empty && text - line <= self.column {
                break;
            }
            line = bytes::next_line(code, text);
            if !empty {
                end = line;
            }
        }
        self.take(Class::String, end);
    }

    fn quoted(&mut self) {
        let (code, quote) = (self.code, self.code[self.at]);
        let end = quoted_end(code, self.at, quote);
        while self.at < end {
            let escape = |byte| byte == b'\\' && quote == b'"';
            let stop = bytes::until(&code[..end], self.at, escape);
            self.take(Class::String, stop);
            if stop < end {
                self.take(Class::Escape, bytes::escape_end(code, stop).min(end));
            }
        }
    }

    /// Where the unquoted text that begins here ends: at a comment, the line's end, or in
    /// brackets at a comma, a bracket or a colon.
    fn plain_end(&self, flow: bool) -> usize {
        let code = self.code;
        let mut at = self.at;
        loop {
            at = bytes::until(code, at, |byte| {
                matches!(byte, b'\n' | b'#') || flow && b",[]{}:".contains(&byte)
            });
            match bytes::at(code, at) {
                b'#' if at > self.at && !self.blank_at(at - 1) => at += 1,
                b':' if !self.blank_at(at + 1) && !b",[]{}".contains(&code[at + 1]) => at += 1,
                _ => break,
            }
        }
        self.at + code[self.at..at].trim_ascii_end().len()
    }

    fn scalar(&mut self, end: usize) {
        let class = scalar_class(&self.code[self.at..end]);
        self.take(class, end);
    }

    fn flow_token(&mut self) {
        let code = self.code;
        match code[self.at] {
            b'[' | b'{' => {
                self.flow += 1;
                self.at += 1;
            }
            b']' | b'}' => {
                self.flow -= 1;
                self.at += 1;
                if self.flow == 0 {
                    self.rest();
                }
            }
            b'"' | b'\'' => {
                let first = self.marks.len();
                self.quoted();
                if bytes::at(code, bytes::skip_blanks(code, self.at)) == b':' {
                    self.marks.recolour(first, Class::String, Class::Property);
                }
            }
            b'&' | b'*' | b'!' => self.handle(),
            b'#' if self.blank_at(self.at.saturating_sub(1)) => {
                self.take(Class::Comment, bytes::line_end(code, self.at));
            }
            b',' | b':' | b'#' => self.at += 1,
            byte if byte.is_ascii_whitespace() => self.at += 1,
            _ => {
                let end = self.plain_end(true).max(self.at + 1);
                if bytes::at(code, bytes::skip_blanks(code, end)) == b':' {
                    self.take(Class::Property, end);
                } else {
                    self.scalar(end);
                }
            }
        }
    }
}

fn quoted_end(code: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    loop {
        at = bytes::until(code, at, |byte| {
            byte == quote || byte == b'\\' && quote == b'"'
        });
        match bytes::at(code, at) {
            b'\\' => at += 2,
            b'\'' if bytes::at(code, at + 1) == b'\'' && quote == b'\'' => at += 2,
            _ => return (at + 1).min(code.len()),
        }
    }
}

/// What an unquoted text in YAML or an ini file means.
pub(super) fn scalar_class(text: &[u8]) -> Class {
    const LITERALS: [&[u8]; 8] = [
        b"true", b"false", b"null", b"~", b"yes", b"no", b"on", b"off",
    ];
    if LITERALS
        .iter()
        .any(|literal| text.eq_ignore_ascii_case(literal))
    {
        return Class::Literal;
    }
    let first = text.first().copied().unwrap_or(b' ');
    if !first.is_ascii_digit() && !matches!(first, b'+' | b'-' | b'.') || text.len() > 40 {
        return Class::String;
    }
    let number = std::str::from_utf8(text).is_ok_and(|text| {
        let plain = text.replace('_', "");
        plain.parse::<f64>().is_ok()
    });
    let radix = text.starts_with(b"0x") || text.starts_with(b"0o");
    let date = text.len() >= 10
        && text[4] == b'-'
        && text[7] == b'-'
        && text[..4].iter().all(u8::is_ascii_digit)
        && text
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"-:.+TZtz ".contains(byte));
    if number || radix || date {
        Class::Number
    } else {
        Class::String
    }
}
