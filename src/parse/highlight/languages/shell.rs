//! Shell scripts, and what stands between other lines of other formats as shell.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::{Role, Words};
use super::super::marks::Marks;

static WORDS: Words = Words::new(&[
    (
        Role::Keyword,
        "\
            case coproc do done elif else esac export fi for function if in local \
            readonly return select then time unset until while break continue declare \
            typeset exit shift set trap",
    ),
    (Role::Literal, "false true"),
]);

/// Marks a script.
pub(crate) fn shell(code: &[u8], from: usize, marks: &mut Marks) {
    Shell::new(code, from, marks).run();
}

/// Marks the commands that begin at `from` up to the end of the line, of those after a
/// backslash, and of heredocs; returns where the next line begins.
pub(crate) fn command_line(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut shell = Shell::new(code, from, marks);
    shell.one_line = true;
    shell.run();
    shell.at
}

/// The same for a recipe of a makefile, where `$(NAME)` is a variable.
pub(crate) fn recipe_line(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut shell = Shell::new(code, from, marks);
    shell.one_line = true;
    shell.recipe = true;
    shell.run();
    shell.at
}

/// The same for words that are not commands.
pub(crate) fn argument_line(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut shell = Shell::new(code, from, marks);
    shell.one_line = true;
    shell.command_next = false;
    shell.run();
    shell.at
}

/// The same for `NAME=value NAME=value`.
pub(crate) fn pair_line(code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut shell = Shell::new(code, from, marks);
    shell.one_line = true;
    shell.command_next = false;
    shell.pairs = true;
    shell.run();
    shell.at
}

/// What stands around a command in `$(…)`.
#[derive(PartialEq, Eq)]
enum Around {
    Quotes,
    Code,
    Paren,
}

struct Shell<'a> {
    code: &'a [u8],
    from: usize,
    at: usize,
    marks: &'a mut Marks,
    /// The next word is the name of a command.
    command_next: bool,
    one_line: bool,
    recipe: bool,
    /// `NAME=value` may stand anywhere, and the name may have dots.
    pairs: bool,
    /// The value of an assignment is being read.
    assigning: bool,
    done: bool,
    around: Vec<Around>,
    /// Closing words of heredocs that begin on the next line, and whether their text is as is.
    heredocs: Vec<(usize, usize, bool)>,
}

impl<'a> Shell<'a> {
    fn new(code: &'a [u8], at: usize, marks: &'a mut Marks) -> Shell<'a> {
        Shell {
            code,
            from: at,
            at,
            marks,
            command_next: true,
            one_line: false,
            recipe: false,
            pairs: false,
            assigning: false,
            done: false,
            around: Vec::new(),
            heredocs: Vec::new(),
        }
    }

    fn run(&mut self) {
        if self.at == 0 && bytes::starts(self.code, 0, b"#!") {
            self.take(Class::Meta, bytes::line_end(self.code, 0));
        }
        while self.at < self.code.len() && !self.done {
            self.token(self.code[self.at]);
        }
    }

    fn take(&mut self, class: Class, end: usize) {
        self.marks.add(class, self.at, end);
        self.at = end;
    }

    fn peek(&self, offset: usize) -> u8 {
        bytes::at(self.code, self.at + offset)
    }

    fn after_blank(&self) -> bool {
        self.at == 0
            || matches!(
                self.code[self.at - 1],
                b' ' | b'\t' | b'\n' | b';' | b'(' | b'\r'
            )
    }

    fn token(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' => {
                self.at += 1;
                self.command_next |= std::mem::take(&mut self.assigning) && !self.pairs;
            }
            b'\n' => self.line(),
            b'\\' if self.peek(1) == b'\n' => self.at += 2,
            b'\\' => {
                let end = bytes::until(self.code, self.at + 2, |byte| byte & 0xC0 != 0x80);
                self.take(Class::Escape, end.min(self.code.len()));
            }
            b'#' if self.after_blank() => {
                self.comment();
            }
            b'\'' => self.single_quoted(self.at),
            b'"' => {
                let start = self.at;
                self.at += 1;
                self.double_quoted(start);
            }
            b'$' => {
                self.dollar(false);
            }
            b'(' => {
                self.around.push(Around::Paren);
                let arithmetic =
                    self.peek(1) == b'(' || self.at > 0 && self.code[self.at - 1] == b'(';
                self.command_next = !std::mem::take(&mut self.assigning) && !arithmetic;
                self.at += 1;
            }
            b')' => self.close(),
            b'<' if self.peek(1) == b'<' => self.heredoc(),
            b'<' | b'>' => self.redirect(self.at),
            b'&' if self.peek(1) == b'>' => self.redirect(self.at + 1),
            b'|' | b'&' | b';' | b'`' | b'{' | b'}' => {
                self.command_next = true;
                match byte {
                    b'|' | b'&' => self.take(Class::Operator, self.at + 1),
                    _ => self.at += 1,
                }
            }
            b'!' | b'=' if self.after_blank() => {
                let end = bytes::until(self.code, self.at, |byte| !b"!=~".contains(&byte));
                self.take(Class::Operator, end);
            }
            b'[' | b']' => {
                self.at += 1;
                self.command_next = false;
            }
            b'-' if self.after_blank() => self.option(),
            byte if is_part(byte) => self.word(),
            _ => self.at += 1,
        }
    }

    fn line(&mut self) {
        self.at += 1;
        self.command_next = true;
        for (start, end, as_is) in std::mem::take(&mut self.heredocs) {
            self.heredoc_text(start, end, as_is);
        }
        self.done = self.one_line;
    }

    fn comment(&mut self) {
        let inner =
            self.one_line && self.at > self.from && bytes::first_on_line(self.code, self.at);
        self.take(Class::Comment, bytes::line_end(self.code, self.at));
        // Between lines that a backslash joins, a comment ends nothing.
        if inner {
            self.at = bytes::next_line(self.code, self.at);
        }
    }

    fn redirect(&mut self, from: usize) {
        let end = bytes::until(self.code, from, |byte| !b"<>&|".contains(&byte));
        self.take(Class::Operator, end);
        self.command_next &= self.peek(0) == b'(';
    }

    fn option(&mut self) {
        let end = bytes::until(self.code, self.at, |byte| {
            !bytes::is_word(byte) && byte != b'-'
        });
        let class = if end > self.at + 1 {
            Class::Property
        } else {
            Class::Operator
        };
        self.take(class, end);
    }

    fn word(&mut self) {
        let (code, start) = (self.code, self.at);
        let end = bytes::until(code, start, |byte| !is_part(byte));
        let word = &code[start..end];
        let name = bytes::until(code, start, |byte| {
            !(bytes::is_word(byte) || self.pairs && b".-".contains(&byte))
        });
        let assigns = bytes::at(code, name) == b'='
            || bytes::at(code, name) == b'+' && bytes::at(code, name + 1) == b'=';
        if assigns && (self.command_next || self.pairs) && bytes::is_letter(word[0]) {
            self.take(Class::Variable, name);
            let end = bytes::until(code, name, |byte| byte != b'=' && byte != b'+');
            self.take(Class::Operator, end);
            self.at = bytes::until(code, end, |byte| !is_part(byte));
            self.assigning = true;
            self.command_next = false;
            return;
        }
        match WORDS.role(word) {
            Some(Role::Literal) if self.command_next => self.take(Class::Literal, end),
            Some(_) if self.command_next || word == b"in" || word == b"do" => {
                self.take(Class::Keyword, end);
                let names = [
                    &b"for"[..],
                    b"in",
                    b"case",
                    b"select",
                    b"return",
                    b"exit",
                    b"set",
                ];
                self.command_next = !names.contains(&word);
                return;
            }
            _ if self.command_next && !self.is_pattern(end) => self.take(Class::Function, end),
            _ if word.iter().all(u8::is_ascii_digit) && self.after_blank() => {
                self.take(Class::Number, end);
            }
            _ => self.at = end,
        }
        self.command_next = false;
    }

    /// `start)` in a `case` is no command.
    fn is_pattern(&self, end: usize) -> bool {
        let most = self.code.len().min(end + 80);
        let near = &self.code[..most];
        let close = bytes::until(near, end, |byte| byte == b')' || byte == b'\n');
        self.around.is_empty()
            && matches!(bytes::at(near, end), b')' | b'|')
            && bytes::at(near, close) == b')'
    }

    fn single_quoted(&mut self, start: usize) {
        let end = bytes::past(self.code, self.at + 1, b"'");
        self.marks.add(Class::String, start, end);
        self.at = end;
        self.command_next = false;
    }

    /// Reads on in a string from the scanner's place; the colour begins at `start`.
    fn double_quoted(&mut self, mut start: usize) {
        let code = self.code;
        self.command_next = false;
        loop {
            self.at = bytes::until(code, self.at, |byte| matches!(byte, b'"' | b'\\' | b'$'));
            match bytes::at(code, self.at) {
                b'"' => {
                    self.at += 1;
                    return self.marks.add(Class::String, start, self.at);
                }
                b'\\' => {
                    self.marks.add(Class::String, start, self.at);
                    let end = bytes::until(code, self.at + 2, |byte| byte & 0xC0 != 0x80);
                    self.take(Class::Escape, end.min(code.len()));
                    start = self.at;
                }
                b'$' => {
                    let stop = self.at;
                    self.marks.add(Class::String, start, stop);
                    if self.dollar(true) {
                        return;
                    }
                    start = self.at;
                    if start == stop + 1 {
                        self.marks.add(Class::String, stop, start);
                    }
                }
                _ => return self.marks.add(Class::String, start, code.len()),
            }
        }
    }

    /// Reads a variable; says whether it began a command in `$(…)` instead.
    fn dollar(&mut self, quoted: bool) -> bool {
        let (code, at) = (self.code, self.at);
        if self.recipe && matches!(self.peek(1), b'(' | b'$') {
            self.recipe_variable();
            return false;
        }
        match self.peek(1) {
            b'(' => {
                self.substitution(quoted);
                return true;
            }
            b'{' => self.take(Class::Variable, braced_end(code, at + 1)),
            b'\'' if !quoted => {
                self.at += 1;
                self.single_quoted(at);
            }
            b'?' | b'#' | b'@' | b'*' | b'$' | b'!' | b'-' | b'0'..=b'9' => {
                self.take(Class::Variable, at + 2);
            }
            b'<' | b'^' | b'+' if self.recipe => self.take(Class::Variable, at + 2),
            byte if bytes::is_letter(byte) && byte < 0x80 => {
                let more = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'_';
                self.take(Class::Variable, bytes::until(code, at + 1, more));
            }
            _ => self.at += 1,
        }
        self.command_next = false;
        false
    }

    /// `$(NAME)` or `$$name` in a makefile.
    fn recipe_variable(&mut self) {
        let (code, at) = (self.code, self.at);
        let end = if self.peek(1) == b'(' {
            let close = bytes::until(code, at, |byte| byte == b')' || byte == b'\n');
            close + usize::from(bytes::at(code, close) == b')')
        } else {
            bytes::word_end(code, at + 2)
        };
        self.take(Class::Variable, end);
        self.command_next = false;
    }

    /// `$(command)` or the sum in `$((…))`.
    fn substitution(&mut self, quoted: bool) {
        self.around
            .push(if quoted { Around::Quotes } else { Around::Code });
        self.take(Class::Escape, self.at + 2);
        self.assigning = false;
        self.command_next = self.peek(0) != b'(';
        if !self.command_next {
            self.around.push(Around::Paren);
            self.at += 1;
        }
    }

    fn close(&mut self) {
        match self.around.pop() {
            Some(Around::Quotes) => {
                self.take(Class::Escape, self.at + 1);
                self.double_quoted(self.at);
            }
            Some(Around::Code) => {
                self.take(Class::Escape, self.at + 1);
                self.command_next = false;
            }
            Some(Around::Paren) => self.at += 1,
            None => {
                self.at += 1;
                self.command_next = true;
            }
        }
    }

    fn heredoc(&mut self) {
        let code = self.code;
        let dash = usize::from(self.peek(2) == b'-');
        let blank = bytes::skip_blanks(code, self.at + 2 + dash);
        let quoted = usize::from(matches!(bytes::at(code, blank), b'"' | b'\'' | b'\\'));
        let start = blank + quoted;
        let end = bytes::word_end(code, start);
        let operator = self.at + 2 + dash + usize::from(self.peek(2) == b'<');
        self.take(Class::Operator, operator.min(code.len()));
        if self.code[self.at - 1] != b'<' && dash == 0 || end == start || self.at > blank {
            return;
        }
        let closing = usize::from(matches!(bytes::at(code, end), b'"' | b'\''));
        self.heredocs.push((start, end, quoted == 1));
        self.at = blank;
        self.take(Class::String, end + closing * quoted);
    }

    fn heredoc_text(&mut self, start: usize, end: usize, as_is: bool) {
        let word = &self.code[start..end];
        while self.at < self.code.len() {
            let end = bytes::line_end(self.code, self.at);
            let last = self.code[self.at..end].trim_ascii() == word;
            self.heredoc_line(end, as_is);
            self.at = bytes::next_line(self.code, end);
            if last {
                return;
            }
        }
    }

    fn heredoc_line(&mut self, end: usize, as_is: bool) {
        while self.at < end {
            let stop = bytes::until(&self.code[..end], self.at, |byte| byte == b'$' && !as_is);
            self.take(Class::String, stop);
            let name = self.peek(1) == b'{' || bytes::is_letter(self.peek(1));
            if stop < end && name {
                self.dollar(true);
            } else if stop < end {
                self.take(Class::String, stop + 1);
            }
        }
    }
}

/// The end of the `{…}` that begins at `from`, on one line.
fn braced_end(code: &[u8], from: usize) -> usize {
    let mut depth = 0usize;
    let mut end = from;
    while end < code.len() && code[end] != b'\n' {
        match code[end] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        end += 1;
        if depth == 0 {
            break;
        }
    }
    end
}

fn is_part(byte: u8) -> bool {
    bytes::is_word(byte) || b"-./+:@,%~?*^=".contains(&byte)
}
