//! The scanner of the C family: one pass over the bytes, driven by a [`Spec`].

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;
use super::spec::{Comment, Quote, Spec};
use super::words::Role;

/// Marks `code` from `from` on; returns where the scanner stopped, mostly the end.
pub(crate) fn scan(spec: &'static Spec, code: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut scanner = Scanner::new(spec, code, from, marks);
    scanner.run();
    scanner.at
}

/// The last token before the scanner's place, as far as it matters for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// Something that has a value: a name, a number, a closing bracket.
    Value,
    /// A dot: a member follows.
    Member,
    /// A keyword after which the name of a function follows.
    Definer,
    /// A keyword after which the name of a type follows.
    Typer,
    /// Something that can stand before a key: `{`, `,`, `;`, a modifier.
    Item,
    /// Anything else: an expression can begin here.
    Other,
}

/// What the scanner goes back to at the end of a hole.
#[derive(Clone, Copy)]
pub(super) enum Resume {
    Quote(&'static Quote),
    JsxTag(usize),
    JsxText(usize),
}

/// Code within a string or an element, up to `close`.
pub(super) struct OpenHole {
    pub resume: Resume,
    pub close: u8,
    /// How many brackets were open before it.
    pub floor: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    Blank,
    Line,
    Word,
    Digit,
    Dot,
    Operator,
    Opening,
    Closing,
    Separator,
    Colon,
}

/// The state of one pass.
pub(crate) struct Scanner<'a> {
    pub spec: &'static Spec,
    pub code: &'a [u8],
    pub at: usize,
    pub marks: &'a mut Marks,
    pub before: Before,
    /// Set by a hook that has found the end of the language.
    pub stopped: bool,
    /// Heredocs whose text begins on the next line: the range of the closing word.
    pub heredocs: Vec<(usize, usize)>,
    pub(super) brackets: Vec<u8>,
    pub(super) holes: Vec<OpenHole>,
    kinds: [Kind; 256],
    /// Bytes that can begin something that the spec lists.
    leads: [bool; 256],
}

impl<'a> Scanner<'a> {
    fn new(spec: &'static Spec, code: &'a [u8], from: usize, marks: &'a mut Marks) -> Scanner<'a> {
        let mut kinds = KINDS;
        for &byte in spec.name_bytes {
            kinds[byte as usize] = Kind::Word;
        }
        let mut leads = [false; 256];
        let opens = spec.comments.iter().map(Comment::open);
        for open in opens.chain(spec.quotes.iter().map(|quote| quote.open.as_bytes())) {
            leads[open[0] as usize] = true;
        }
        for &(byte, _) in spec.hooks {
            leads[byte as usize] = true;
        }
        leads[b'@' as usize] |= spec.decorators;
        Scanner {
            spec,
            code,
            at: from,
            marks,
            before: Before::Other,
            stopped: false,
            heredocs: Vec::new(),
            brackets: Vec::new(),
            holes: Vec::new(),
            kinds,
            leads,
        }
    }

    fn run(&mut self) {
        while self.at < self.code.len() && !self.stopped {
            let byte = self.code[self.at];
            if self.leads[byte as usize] && self.lead(byte) {
                continue;
            }
            match self.kinds[byte as usize] {
                Kind::Blank => self.at += 1,
                Kind::Line => self.line(),
                Kind::Word => self.word(),
                Kind::Digit => self.number(),
                Kind::Dot => self.dot(),
                Kind::Operator => self.operator(),
                Kind::Opening => self.open(byte),
                Kind::Closing => self.close(byte),
                Kind::Separator => self.skip(Before::Item),
                Kind::Colon if self.peek(1) == b'=' => {
                    self.take(Class::Operator, self.at + 2, Before::Other);
                }
                Kind::Colon | Kind::Other => self.skip(Before::Other),
            }
        }
    }

    /// The byte `offset` places on, or 0 past the end.
    pub fn peek(&self, offset: usize) -> u8 {
        bytes::at(self.code, self.at + offset)
    }

    /// Whether `text` stands at the scanner's place.
    pub fn sees(&self, text: &str) -> bool {
        bytes::starts(self.code, self.at, text.as_bytes())
    }

    /// Whether an expression can begin at the scanner's place.
    pub fn expects_value(&self) -> bool {
        !matches!(self.before, Before::Value | Before::Member)
    }

    /// Marks everything up to `end` and goes there.
    pub fn take(&mut self, class: Class, end: usize, before: Before) {
        self.marks.add(class, self.at, end);
        self.at = end;
        self.before = before;
    }

    fn skip(&mut self, before: Before) {
        self.at += 1;
        self.before = before;
    }

    /// Whether the innermost open bracket of this hole is `{`.
    pub fn in_braces(&self) -> bool {
        self.brackets.len() > self.floor() && self.brackets.last() == Some(&b'{')
    }

    fn floor(&self) -> usize {
        self.holes.last().map_or(0, |hole| hole.floor)
    }

    fn lead(&mut self, byte: u8) -> bool {
        let spec = self.spec;
        if spec
            .hooks
            .iter()
            .any(|&(lead, hook)| lead == byte && hook(self))
        {
            return true;
        }
        for comment in spec.comments {
            if comment.open()[0] == byte && bytes::starts(self.code, self.at, comment.open()) {
                let end = comment_end(self.code, self.at, comment);
                self.take(Class::Comment, end, self.before);
                return true;
            }
        }
        for quote in spec.quotes {
            if quote.open.as_bytes()[0] == byte && self.sees(quote.open) {
                self.string(self.at, quote);
                return true;
            }
        }
        byte == b'@' && spec.decorators && self.decorator()
    }

    fn decorator(&mut self) -> bool {
        if !bytes::is_letter(self.peek(1)) {
            return false;
        }
        let more = |byte| !bytes::is_word(byte) && byte != b'.';
        let end = bytes::until(self.code, self.at + 1, more);
        self.take(Class::Meta, end, Before::Item);
        true
    }

    fn line(&mut self) {
        // A string on one line cannot have a hole on two: the quote was a lone one.
        let lone =
            |hole: &OpenHole| matches!(hole.resume, Resume::Quote(quote) if !quote.multiline);
        while self.holes.last().is_some_and(lone) {
            if let Some(hole) = self.holes.pop() {
                self.brackets.truncate(hole.floor);
            }
        }
        self.at += 1;
        for (start, end) in std::mem::take(&mut self.heredocs) {
            self.heredoc_text(start, end);
        }
    }

    fn heredoc_text(&mut self, start: usize, end: usize) {
        let word = &self.code[start..end];
        let mut line = self.at;
        while line < self.code.len() {
            let text = &self.code[line..bytes::line_end(self.code, line)];
            line = bytes::next_line(self.code, line);
            if text.trim_ascii() == word {
                break;
            }
        }
        self.take(Class::String, line, self.before);
    }

    fn dot(&mut self) {
        if self.peek(1).is_ascii_digit() && self.before != Before::Value {
            self.number();
        } else if self.peek(1) == b'.' {
            let end = bytes::until(self.code, self.at, |byte| byte != b'.');
            self.take(Class::Operator, end, Before::Other);
        } else {
            self.skip(Before::Member);
        }
    }

    fn number(&mut self) {
        let end = bytes::number_end(self.code, self.at, self.spec.quote_separates);
        self.take(Class::Number, end, Before::Value);
    }

    fn operator(&mut self) {
        let mut end = self.at + 1;
        while end < self.code.len()
            && self.kinds[self.code[end] as usize] == Kind::Operator
            && !self.leads[self.code[end] as usize]
        {
            end += 1;
        }
        let arrow = self.spec.arrow_member && self.code[..end].ends_with(b"->");
        self.take(
            Class::Operator,
            end,
            if arrow { Before::Member } else { Before::Other },
        );
    }

    fn open(&mut self, byte: u8) {
        self.brackets.push(byte);
        self.skip(if byte == b'{' {
            Before::Item
        } else {
            Before::Other
        });
    }

    fn close(&mut self, byte: u8) {
        let opening = match byte {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        let floor = self.floor();
        while self.brackets.len() > floor {
            if self.brackets.pop() == Some(opening) {
                self.skip(Before::Value);
                return;
            }
        }
        match self.holes.pop_if(|hole| hole.close == byte) {
            Some(hole) => self.resume(hole.resume),
            None => self.skip(Before::Value),
        }
    }

    fn resume(&mut self, resume: Resume) {
        match resume {
            Resume::Quote(quote) => {
                self.take(Class::Escape, self.at + 1, Before::Other);
                self.string_rest(self.at, quote);
            }
            Resume::JsxTag(open) => {
                self.at += 1;
                self.jsx_tag(open);
            }
            Resume::JsxText(open) => {
                self.at += 1;
                self.jsx_text(open);
            }
        }
    }

    fn word(&mut self) {
        let (code, start) = (self.code, self.at);
        let end = bytes::until(code, start, |byte| {
            !matches!(self.kinds[byte as usize], Kind::Word | Kind::Digit)
        });
        let tail = self.spec.name_tails.contains(&bytes::at(code, end))
            && !matches!(bytes::at(code, end + 1), b'=' | b'~');
        let end = end + usize::from(tail);
        if end - start <= 3
            && matches!(bytes::at(code, end), b'"' | b'\'' | b'#')
            && self.spec.prefix.is_some_and(|prefix| prefix(self, end))
        {
            return;
        }
        if self.spec.keys && self.is_key(end) {
            return self.take(Class::Property, end, Before::Other);
        }
        match self.role(end) {
            Some(role) => self.listed(role, end),
            None => self.name(end),
        }
    }

    fn role(&self, end: usize) -> Option<Role> {
        let word = &self.code[self.at..end];
        if self.before == Before::Member {
            let kept = self
                .spec
                .member_keywords
                .iter()
                .any(|kept| kept.as_bytes() == word);
            return kept.then_some(Role::Keyword);
        }
        let role = match self.spec.fold_case {
            true => self.spec.words.role_folded(word),
            false => self.spec.words.role(word),
        };
        match role? {
            // A function can have the name of a keyword; `def self.name` has an owner.
            role if self.before == Before::Definer && role != Role::Receiver => None,
            Role::Soft if !self.is_soft_keyword(end) => None,
            role => Some(role),
        }
    }

    /// `match x:` is a statement; `match = 1`, `match(x)` and `match.group` are not.
    fn is_soft_keyword(&self, end: usize) -> bool {
        let after = bytes::at(self.code, end);
        let next = bytes::at(self.code, bytes::skip_blanks(self.code, end));
        after == b' ' && !b"=.,)".contains(&next) && bytes::first_on_line(self.code, self.at)
    }

    /// Whether `<…>(` stands at `at`, on one line and not too long.
    fn is_generic_call(&self, at: usize) -> bool {
        let mut depth = 0usize;
        let rest = self.code.get(at..).unwrap_or_default();
        for (offset, &byte) in rest.iter().take(64).enumerate() {
            match byte {
                b'<' => depth += 1,
                b'>' if depth == 1 => return bytes::at(self.code, at + offset + 1) == b'(',
                b'>' => depth -= 1,
                b' ' | b',' | b'.' | b'[' | b']' | b'|' | b'&' | b'?' | b':' => {}
                byte if bytes::is_word(byte) => {}
                _ => return false,
            }
        }
        false
    }

    fn is_key(&self, end: usize) -> bool {
        let optional = usize::from(bytes::at(self.code, end) == b'?');
        let colon = bytes::skip_blanks(self.code, end + optional);
        bytes::at(self.code, colon) == b':'
            && !b":=".contains(&bytes::at(self.code, colon + 1))
            && self.in_braces()
            && !matches!(&self.code[self.at..end], b"default" | b"case")
            && (self.before == Before::Item || bytes::first_on_line(self.code, self.at))
    }

    fn listed(&mut self, role: Role, end: usize) {
        let (class, before) = match role {
            Role::Keyword | Role::Soft => (Class::Keyword, Before::Other),
            Role::Definer => (Class::Keyword, Before::Definer),
            Role::Typer => (Class::Keyword, Before::Typer),
            Role::Modifier => (Class::Keyword, Before::Item),
            Role::Type => (Class::Type, Before::Value),
            Role::Literal => (Class::Literal, Before::Value),
            Role::Receiver => (Class::Variable, Before::Value),
            Role::Builtin => (Class::Function, Before::Other),
        };
        self.take(class, end, before);
    }

    fn name(&mut self, end: usize) {
        let spec = self.spec;
        let name = &self.code[self.at..end];
        let next = bytes::at(self.code, end);
        let capital = name[0].is_ascii_uppercase();
        let call = next == b'('
            || spec.bang_macros && bytes::starts(self.code, end, b"::<")
            || next == b'<' && (!capital || spec.capital_members) && self.is_generic_call(end);
        let type_like = capital && (name.len() == 1 || name.iter().any(u8::is_ascii_lowercase));
        if spec.bang_macros && next == b'!' && bytes::at(self.code, end + 1) != b'=' {
            return self.take(Class::Meta, end + 1, Before::Other);
        }
        let class = match self.before {
            Before::Definer if matches!(next, b'.' | b':') && !type_like => None,
            Before::Definer if next == b'.' => Some(Class::Type),
            Before::Definer => Some(Class::Function),
            Before::Typer => Some(Class::Type),
            _ if call && spec.capital_calls && type_like => Some(Class::Type),
            _ if call && !(spec.bang_macros && type_like) => Some(Class::Function),
            Before::Value | Before::Member if spec.capital_members => None,
            _ if spec.capital_types && type_like => Some(Class::Type),
            _ if spec.all_variables => Some(Class::Variable),
            _ => None,
        };
        match class {
            Some(class) => self.take(class, end, Before::Value),
            None => {
                self.at = end;
                self.before = Before::Value;
            }
        }
    }
}

fn comment_end(code: &[u8], from: usize, comment: &Comment) -> usize {
    match comment {
        Comment::Line(_) => bytes::line_end(code, from),
        Comment::Block(open, close) => bytes::past(code, from + open.len(), close.as_bytes()),
        Comment::Nested(open, close) => {
            let (open, close) = (open.as_bytes(), close.as_bytes());
            let mut depth = 1;
            let mut at = from + open.len();
            while depth > 0 && at < code.len() {
                at = bytes::until(code, at, |byte| byte == open[0] || byte == close[0]);
                if bytes::starts(code, at, close) {
                    depth -= 1;
                    at += close.len();
                } else if bytes::starts(code, at, open) {
                    depth += 1;
                    at += open.len();
                } else {
                    at += 1;
                }
            }
            at.min(code.len())
        }
    }
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b' ' | b'\t' | b'\r' => Kind::Blank,
            b'\n' => Kind::Line,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Kind::Word,
            b'0'..=b'9' => Kind::Digit,
            b'.' => Kind::Dot,
            b'(' | b'[' | b'{' => Kind::Opening,
            b')' | b']' | b'}' => Kind::Closing,
            b',' | b';' => Kind::Separator,
            b':' => Kind::Colon,
            b'+' | b'-' | b'*' | b'/' | b'=' | b'<' | b'>' | b'!' | b'&' | b'|' | b'^' | b'%'
            | b'~' | b'?' => Kind::Operator,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};
