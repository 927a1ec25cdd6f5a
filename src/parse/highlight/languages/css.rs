//! CSS and SCSS.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;

/// Marks CSS.
pub(crate) fn css(code: &[u8], from: usize, marks: &mut Marks) {
    Sheet {
        code,
        at: from,
        marks,
        line_comments: false,
    }
    .run();
}

/// Marks SCSS or Less, which also have `//` comments.
pub(crate) fn scss(code: &[u8], from: usize, marks: &mut Marks) {
    Sheet {
        code,
        at: from,
        marks,
        line_comments: true,
    }
    .run();
}

struct Sheet<'a> {
    code: &'a [u8],
    at: usize,
    marks: &'a mut Marks,
    line_comments: bool,
}

impl Sheet<'_> {
    fn run(&mut self) {
        while self.at < self.code.len() {
            let byte = self.code[self.at];
            if byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b';') {
                self.at += 1;
            } else if !self.comment() {
                self.statement(byte);
            }
        }
    }

    fn statement(&mut self, byte: u8) {
        let end = self.statement_end();
        if byte == b'@' {
            self.at_rule(end);
        } else if bytes::at(self.code, end) == b'{' {
            self.selector(end);
        } else {
            self.declaration(end);
        }
    }

    /// Where the `;`, `{` or `}` stands that ends the statement.
    fn statement_end(&self) -> usize {
        let (code, mut at) = (self.code, self.at);
        let mut parens = 0usize;
        while at < code.len() {
            match code[at] {
                b'{' if at > 0 && code[at - 1] == b'#' => {
                    at = bytes::until(code, at, |byte| byte == b'}' || byte == b'\n');
                }
                b'(' => parens += 1,
                b')' => parens = parens.saturating_sub(1),
                b'{' | b'}' => return at,
                b';' if parens == 0 => return at,
                quote @ (b'"' | b'\'') => at = string_end(code, at, quote).max(at + 1) - 1,
                b'/' if self.comment_at(at).is_some() => {
                    at = self.comment_at(at).map_or(at, |end| end.max(at + 1) - 1);
                }
                _ => {}
            }
            at += 1;
        }
        code.len()
    }

    fn comment_at(&self, at: usize) -> Option<usize> {
        if bytes::starts(self.code, at, b"/*") {
            return Some(bytes::past(self.code, at + 2, b"*/"));
        }
        let line = self.line_comments && bytes::starts(self.code, at, b"//");
        line.then(|| bytes::line_end(self.code, at))
    }

    fn comment(&mut self) -> bool {
        let end = self.comment_at(self.at);
        if let Some(end) = end {
            self.take(Class::Comment, end);
        }
        end.is_some()
    }

    fn take(&mut self, class: Class, end: usize) {
        self.marks.add(class, self.at, end);
        self.at = end;
    }

    fn name_end(&self, from: usize) -> usize {
        bytes::until(self.code, from, |byte| {
            !bytes::is_word(byte) && byte != b'-'
        })
    }

    fn at_rule(&mut self, end: usize) {
        let name = self.name_end(self.at + 1);
        self.take(Class::Meta, name);
        while self.at < end {
            let word = self.name_end(self.at);
            if matches!(
                &self.code[self.at..word],
                b"and"
                    | b"as"
                    | b"from"
                    | b"in"
                    | b"not"
                    | b"only"
                    | b"or"
                    | b"through"
                    | b"to"
                    | b"with"
            ) {
                self.take(Class::Keyword, word);
            } else if matches!(&self.code[self.at..word], b"true" | b"false" | b"null") {
                self.take(Class::Literal, word);
            } else if bytes::at(self.code, word) == b':' && word > self.at {
                self.take(Class::Property, word);
            } else {
                self.value_token(false);
            }
        }
    }

    fn selector(&mut self, end: usize) {
        while self.at < end {
            let next = bytes::at(self.code, self.at + 1);
            match self.code[self.at] {
                b':' => {
                    let colons = bytes::until(self.code, self.at, |byte| byte != b':');
                    self.take(Class::Keyword, self.name_end(colons));
                }
                b'#' if next == b'{' => self.value_token(true),
                b'.' | b'#' | b'%' => self.take(Class::Tag, self.name_end(self.at + 1)),
                b'&' | b'*' => {
                    let name = self.name_end(self.at + 1);
                    self.take(Class::Tag, name);
                }
                b'[' => {
                    self.at += 1;
                    let name =
                        bytes::until(self.code, self.at, |byte| b"]=~|^$* \n".contains(&byte));
                    self.take(Class::Property, name.min(end));
                }
                b'$' if bytes::is_letter(next) => self.value_token(true),
                b'>' | b'+' | b'~' | b'=' | b'|' | b'^' | b'$' => {
                    self.take(Class::Operator, self.at + 1);
                }
                quote @ (b'"' | b'\'') => self.string(quote),
                byte if byte.is_ascii_digit() => {
                    let number = self.number_end(self.at);
                    self.take(Class::Number, number);
                }
                byte if bytes::is_word(byte) => self.take(Class::Tag, self.name_end(self.at)),
                _ => {
                    if !self.comment() {
                        self.at += 1;
                    }
                }
            }
        }
    }

    fn declaration(&mut self, end: usize) {
        let sigil = matches!(self.code[self.at], b'$' | b'@');
        let name = self.name_end(self.at + usize::from(sigil));
        let variable = sigil || bytes::starts(self.code, self.at, b"--");
        if bytes::at(self.code, bytes::skip_blanks(self.code, name)) == b':' {
            self.take(
                if variable {
                    Class::Variable
                } else {
                    Class::Property
                },
                name,
            );
        }
        while self.at < end {
            self.value_token(true);
        }
    }

    /// Reads one token of a value; plain words in it are constants if `words` says so.
    fn value_token(&mut self, words: bool) {
        let at = self.at;
        let next = bytes::at(self.code, at + 1);
        let signed_digit =
            next.is_ascii_digit() || next == b'.' && bytes::at(self.code, at + 2).is_ascii_digit();
        match self.code[at] {
            quote @ (b'"' | b'\'') => self.string(quote),
            b'#' if next == b'{' => self.take(Class::Escape, at + 2),
            b'#' => self.take(Class::Number, self.name_end(at + 1)),
            b'$' | b'@' => self.take(Class::Variable, self.name_end(at + 1)),
            b'!' => self.take(Class::Keyword, self.name_end(at + 1)),
            b'-' if next == b'-' => self.take(Class::Variable, self.name_end(at)),
            byte if byte.is_ascii_digit() || b"+-.".contains(&byte) && signed_digit => {
                self.take(Class::Number, self.number_end(at + 1));
            }
            b'+' | b'*' | b'<' | b'>' | b'=' => self.take(Class::Operator, at + 1),
            byte if bytes::is_letter(byte) || byte == b'-' && bytes::is_letter(next) => {
                self.word(words);
            }
            _ => {
                if !self.comment() {
                    self.at += 1;
                }
            }
        }
    }

    fn word(&mut self, words: bool) {
        let end = self.name_end(self.at);
        let call = bytes::at(self.code, end) == b'(';
        let url = call && &self.code[self.at..end] == b"url";
        match (call, words) {
            (true, _) => self.take(Class::Function, end),
            (false, true) => self.take(Class::Literal, end),
            (false, false) => self.at = end,
        }
        if url && !matches!(bytes::at(self.code, end + 1), b'"' | b'\'' | b'$') {
            self.at += 1;
            let close = bytes::until(self.code, self.at, |byte| b")\n;".contains(&byte));
            self.take(Class::String, close);
        }
    }

    fn number_end(&self, from: usize) -> usize {
        let end = bytes::until(self.code, from, |byte| {
            !bytes::is_word(byte) && byte != b'.'
        });
        end + usize::from(bytes::at(self.code, end) == b'%')
    }

    fn string(&mut self, quote: u8) {
        let code = self.code;
        let end = string_end(code, self.at, quote);
        while self.at < end {
            let stop = bytes::until(&code[..end], self.at, |byte| byte == b'\\');
            self.take(Class::String, stop);
            if stop < end {
                self.take(Class::Escape, escape_end(code, stop).min(end));
            }
        }
    }
}

/// A code of up to six digits, or one character.
fn escape_end(code: &[u8], from: usize) -> usize {
    let most = code.len().min(from + 7);
    let digits = bytes::until(&code[..most], from + 1, |byte| !byte.is_ascii_hexdigit());
    if digits > from + 1 {
        digits
    } else {
        bytes::until(code, from + 2, |byte| byte & 0xC0 != 0x80)
    }
}

fn string_end(code: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    loop {
        at = bytes::until(code, at, |byte| {
            byte == quote || byte == b'\\' || byte == b'\n'
        });
        match bytes::at(code, at) {
            b'\\' => at = (at + 2).min(code.len()),
            byte if byte == quote && at < code.len() => return at + 1,
            _ => return at,
        }
    }
}
