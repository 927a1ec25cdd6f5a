//! Straight signs → those of print: quotation marks of the language, dashes and dots. Never in
//! code, formulas, HTML or addresses.

use std::ops::{ControlFlow, Range};

use pulldown_cmark::{Event, LinkType, Tag};

use super::characters::is_cjk;
use super::events::{Sink, is_span};
use super::quotes::Quotes;

/// Stands for what is shown between words and is no text.
const OBJECT: char = '\u{fffc}';

/// Takes the events of a text. Which way a quotation mark looks depends on all that stands on
/// its line, so the words of a paragraph are held until it ends.
pub struct Typographer<'a> {
    body: &'a str,
    quotes: Quotes,
    held: Vec<(Event<'a>, Range<usize>)>,
    /// How many addresses that stand in the text as they are, or code blocks, are open.
    closed: usize,
    text: Vec<Letter>,
}

/// A character of the paragraph.
struct Letter {
    char: char,
    /// The event that shows it.
    event: usize,
    /// Whether it is meant as it is written.
    is_fixed: bool,
    print: Option<String>,
}

impl<'a> Typographer<'a> {
    /// For a text from its beginning.
    pub fn new(body: &'a str, quotes: Quotes) -> Self {
        Self {
            body,
            quotes,
            held: Vec::new(),
            closed: 0,
            text: Vec::new(),
        }
    }

    /// Takes an event.
    pub fn push(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        sink: Sink<'_, 'a>,
    ) -> ControlFlow<()> {
        if ends_line(&event) {
            self.finish(sink)?;
            match &event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => self.closed = 1,
                Event::Start(_) | Event::End(_) => self.closed = 0,
                _ => {}
            }
            return sink(event, range);
        }
        let number = self.held.len();
        match &event {
            Event::Text(text) => self.read(text, &range, number),
            Event::SoftBreak | Event::HardBreak => self.show(' ', number),
            Event::Start(tag) if is_address(tag) => self.closed += 1,
            Event::End(_) if self.closed > 0 => self.closed -= 1,
            Event::Start(_) | Event::End(_) | Event::InlineHtml(_) => {}
            _ => self.show(OBJECT, number),
        }
        self.held.push((event, range));
        ControlFlow::Continue(())
    }

    /// Passes on what is held.
    pub fn finish(&mut self, sink: Sink<'_, 'a>) -> ControlFlow<()> {
        let mut text = std::mem::take(&mut self.text);
        print(&mut text, self.quotes);
        let mut letters = text.into_iter().peekable();
        for (number, (event, range)) in std::mem::take(&mut self.held).into_iter().enumerate() {
            let mut shown = String::new();
            let mut is_changed = false;
            while let Some(letter) = letters.next_if(|letter| letter.event == number) {
                is_changed |= letter.print.is_some();
                match letter.print {
                    Some(print) => shown.push_str(&print),
                    None => shown.push(letter.char),
                }
            }
            match event {
                Event::Text(_) if is_changed => sink(Event::Text(shown.into()), range)?,
                event => sink(event, range)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn read(&mut self, text: &str, range: &Range<usize>, event: usize) {
        // Entities come back as other text than is written, and a backslash stands before what
        // it takes the meaning from.
        let is_written = self.body.get(range.clone()) == Some(text);
        let is_escaped = self.body[..range.start].ends_with('\\');
        for (at, char) in text.chars().enumerate() {
            let is_fixed = self.closed > 0 || !is_written || (is_escaped && at == 0);
            self.text.push(Letter {
                char,
                event,
                is_fixed,
                print: None,
            });
        }
    }

    fn show(&mut self, char: char, event: usize) {
        self.text.push(Letter {
            char,
            event,
            is_fixed: true,
            print: None,
        });
    }
}

/// Whether an event is no part of a line of words.
fn ends_line(event: &Event) -> bool {
    let is_inline = |tag| is_span(tag) || tag == pulldown_cmark::TagEnd::Image;
    match event {
        Event::Start(tag) => !is_inline(tag.to_end()),
        Event::End(tag) => !is_inline(*tag),
        Event::Rule | Event::Html(_) | Event::TaskListMarker(_) => true,
        _ => false,
    }
}

fn is_address(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Link {
            link_type: LinkType::Autolink | LinkType::Email,
            ..
        }
    )
}

/// Says how each sign is printed.
fn print(text: &mut [Letter], quotes: Quotes) {
    repeated(text, '-', dashes);
    repeated(text, '.', dots);
    let found = find_quotes(text);
    for at in found.apostrophes {
        text[at].print = Some("’".to_owned());
    }
    for (start, end) in found.pairs {
        let quotes = match quotes.are_corners() && !is_beside_cjk(text, start, end) {
            true => Quotes::of_latin(),
            false => quotes,
        };
        let (open, close) = match text[start].char {
            '"' => quotes.outer,
            _ => quotes.inner,
        };
        text[start].print = Some(open.to_owned());
        text[end].print = Some(close.to_owned());
    }
}

/// Prints runs of a sign; the rule is told their length and whether Chinese or Japanese text
/// stands before them.
fn repeated(text: &mut [Letter], sign: char, rule: fn(usize, bool) -> Option<String>) {
    let mut at = 0;
    while at < text.len() {
        let first = &text[at];
        let is_run = |letter: &Letter| {
            letter.char == sign && !letter.is_fixed && letter.event == first.event
        };
        let length = text[at..]
            .iter()
            .take_while(|letter| is_run(letter))
            .count();
        let is_cjk = at > 0 && is_cjk(text[at - 1].char);
        if let Some(print) = rule(length, is_cjk) {
            text[at].print = Some(print);
            for letter in &mut text[at + 1..at + length] {
                letter.print = Some(String::new());
            }
        }
        at += length.max(1);
    }
}

/// `--` → `–`, `---` → `—`, more of them → as many as they are made of; a Chinese dash is as long
/// as two characters.
fn dashes(length: usize, is_cjk: bool) -> Option<String> {
    let (long, short) = match (length, length % 3) {
        (0 | 1, _) => return None,
        (2 | 3, _) if is_cjk => (2, 0),
        (_, 0) => (length / 3, 0),
        _ if length.is_multiple_of(2) => (0, length / 2),
        (_, 2) => (length / 3, 1),
        _ => (length / 3 - 1, 2),
    };
    Some("—".repeat(long) + &"–".repeat(short))
}

/// `...` → `…`, which Chinese and Japanese write twice.
fn dots(length: usize, is_cjk: bool) -> Option<String> {
    match length {
        3 if is_cjk => Some("……".to_owned()),
        3 => Some("…".to_owned()),
        6 => Some("……".to_owned()),
        _ => None,
    }
}

/// Quotation marks by where they stand in the text.
#[derive(Default)]
struct Found {
    pairs: Vec<(usize, usize)>,
    apostrophes: Vec<usize>,
}

/// What a quotation mark does, as far as its neighbours tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    /// It may do either.
    Either,
    Neither,
}

/// Pairs quotation marks. One without a partner stays as it is, unless it is an apostrophe.
fn find_quotes(text: &[Letter]) -> Found {
    let mut found = Found::default();
    let mut open: Vec<usize> = Vec::new();
    for (at, letter) in text.iter().enumerate() {
        if letter.is_fixed || !matches!(letter.char, '"' | '\'') {
            continue;
        }
        if letter.char == '\'' && is_within_word(text, at) {
            found.apostrophes.push(at);
            continue;
        }
        let role = role(text, at);
        let partner = open
            .iter()
            .rposition(|start| text[*start].char == letter.char);
        match partner {
            Some(partner) if role != Role::Opens => {
                found.pairs.push((open[partner], at));
                found.apostrophes.extend(
                    open.drain(partner..)
                        .skip(1)
                        .filter(|at| text[*at].char == '\''),
                );
            }
            _ if matches!(role, Role::Opens | Role::Either) => open.push(at),
            _ if letter.char == '\'' && role == Role::Closes => found.apostrophes.push(at),
            _ => {}
        }
    }
    found
        .apostrophes
        .extend(open.into_iter().filter(|at| text[*at].char == '\''));
    found
}

/// `it's`, `’90s`.
fn is_within_word(text: &[Letter], at: usize) -> bool {
    let is_letter = |letter: &Letter| letter.char.is_alphanumeric() && !is_cjk(letter.char);
    let is_between = at > 0 && is_letter(&text[at - 1]) && text.get(at + 1).is_some_and(is_letter);
    let years: String = text
        .iter()
        .skip(at + 1)
        .take(3)
        .map(|letter| letter.char)
        .collect();
    let is_decade = matches!(years.as_bytes(), [b'0'..=b'9', b'0'..=b'9', b's']);
    is_between || is_decade
}

fn role(text: &[Letter], at: usize) -> Role {
    let is_quote = |letter: &&Letter| matches!(letter.char, '"' | '\'') && !letter.is_fixed;
    let before = text[..at].iter().rev().find(|letter| !is_quote(letter));
    let after = text[at + 1..].iter().find(|letter| !is_quote(letter));
    let (before, after) = (
        before.map(|letter| letter.char),
        after.map(|letter| letter.char),
    );
    let can_open = after.is_some_and(|after| !after.is_whitespace() && !ends(after));
    let can_close = before.is_some_and(|before| !before.is_whitespace() && !begins(before));
    let is_cjk = |side: Option<char>| side.is_some_and(is_cjk);
    match (can_open, can_close) {
        (true, false) => Role::Opens,
        (false, true) => Role::Closes,
        (true, true) if is_cjk(before) || is_cjk(after) => Role::Either,
        (true, true) | (false, false) => Role::Neither,
    }
}

/// Signs behind which something begins.
fn begins(char: char) -> bool {
    "([{<-–—/=「『（【《〈［｛〔〖“‘«„‚¿¡：，、；—".contains(char)
}

/// Signs that end what stands before them.
fn ends(char: char) -> bool {
    ")]}>.,;:!?%…」』）】》〉］｝〕〗”’»。，、；：！？".contains(char)
}

/// Whether there is Chinese or Japanese text in a quotation, or next to it.
fn is_beside_cjk(text: &[Letter], start: usize, end: usize) -> bool {
    let is_shown = |letter: &&Letter| letter.char != ' ';
    let before = text[..start].iter().rev().find(is_shown);
    let after = text[end + 1..].iter().find(is_shown);
    let around = before.into_iter().chain(after);
    around
        .chain(&text[start..end])
        .any(|letter| is_cjk(letter.char))
}
