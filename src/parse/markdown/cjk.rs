//! Emphasis beside Chinese, Japanese and Korean text, after the CommonMark CJK-friendly amendments.
//!
//! pulldown-cmark 0.13.6 asks of the characters on both sides of `**` whether they are punctuation,
//! and has no switch for the amendments. So it is given a *shadow*: the text with some characters
//! beside `*` and `~~` replaced by stand-ins that are (or are not) punctuation. A stand-in is as many
//! bytes long, stands for one character only, and occurs nowhere in the text; so what comes back is
//! mapped to the original by position where it is a piece of the shadow, else by character.
//!
//! When a release has the switch, [`Shadow`] becomes the text itself and this file goes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};

use memchr::{memchr2, memchr3, memmem};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag};

use super::characters::is_cjk;

/// What stands for a line break in a text that is one paragraph: white space, but no new line.
pub const BREAK: char = '\u{c}';

/// A text, and what pulldown-cmark reads in its place.
pub struct Shadow<'a> {
    body: &'a str,
    text: Cow<'a, str>,
    /// Stand-ins and what they stand for.
    originals: Vec<(char, char)>,
}

impl<'a> Shadow<'a> {
    /// The shadow of a text.
    pub fn of(body: &'a str) -> Self {
        match body.is_ascii() || cfg!(feature = "plain_text") {
            true => Self::same(body),
            false => Self::amended(body, Cow::Borrowed(body)),
        }
    }

    /// The shadow of one paragraph; its spaces that are [`BREAK`] in `marked` end lines. Both are of
    /// the same length.
    pub fn of_paragraph(body: &'a str, marked: &str) -> Self {
        debug_assert_eq!(body.len(), marked.len());
        let mut shadow = Self::amended(body, Cow::Owned(marked.to_owned()));
        shadow.originals.push((BREAK, ' '));
        shadow
    }

    /// The shadow of a text that may have no CJK text at all.
    #[cfg(test)]
    pub fn forced(body: &'a str) -> Self {
        Self::amended(body, Cow::Borrowed(body))
    }

    fn same(body: &'a str) -> Self {
        Self {
            body,
            text: Cow::Borrowed(body),
            originals: Vec::new(),
        }
    }

    fn amended(body: &'a str, text: Cow<'a, str>) -> Self {
        let changes = Runs::new(&text).changes();
        if changes.is_empty() {
            return Self {
                body,
                text,
                originals: Vec::new(),
            };
        }
        let mut stand_ins = StandIns::new(&text);
        let mut amended = String::with_capacity(text.len());
        let mut done = 0;
        for change in changes {
            let Some(stand_in) = stand_ins.of(change) else {
                continue;
            };
            amended.push_str(&text[done..change.at]);
            amended.push(stand_in);
            done = change.at + change.char.len_utf8();
        }
        amended.push_str(&text[done..]);
        let pairs = stand_ins.given.into_iter();
        Self {
            body,
            text: Cow::Owned(amended),
            originals: pairs
                .map(|(original, stand_in)| (stand_in, original))
                .collect(),
        }
    }

    /// The text itself.
    pub fn body(&self) -> &'a str {
        self.body
    }

    /// Whether [`BREAK`] ends lines.
    pub fn has_breaks(&self) -> bool {
        self.originals.last() == Some(&(BREAK, ' '))
    }

    /// The text, if pulldown-cmark can read it as it is.
    pub fn unchanged(&self) -> Option<&'a str> {
        match self.text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// What pulldown-cmark reads.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An event of the shadow as one of the text.
    pub fn event(&self, event: Event) -> Event<'a> {
        match event {
            Event::Start(tag) => Event::Start(self.tag(tag)),
            Event::End(tag) => Event::End(tag),
            Event::Text(text) => Event::Text(self.string(text)),
            Event::Code(text) => Event::Code(self.string(text)),
            Event::InlineMath(formula) => Event::InlineMath(self.string(formula)),
            Event::DisplayMath(formula) => Event::DisplayMath(self.string(formula)),
            Event::Html(html) => Event::Html(self.string(html)),
            Event::InlineHtml(html) => Event::InlineHtml(self.string(html)),
            Event::FootnoteReference(name) => Event::FootnoteReference(self.string(name)),
            Event::SoftBreak => Event::SoftBreak,
            Event::HardBreak => Event::HardBreak,
            Event::Rule => Event::Rule,
            Event::TaskListMarker(is_done) => Event::TaskListMarker(is_done),
        }
    }

    fn tag(&self, tag: Tag) -> Tag<'a> {
        match tag {
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Link {
                link_type,
                dest_url: self.string(dest_url),
                title: self.string(title),
                id: self.string(id),
            },
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Image {
                link_type,
                dest_url: self.string(dest_url),
                title: self.string(title),
                id: self.string(id),
            },
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => Tag::Heading {
                level,
                id: id.map(|id| self.string(id)),
                classes: classes
                    .into_iter()
                    .map(|class| self.string(class))
                    .collect(),
                attrs: attrs
                    .into_iter()
                    .map(|(name, value)| (self.string(name), value.map(|value| self.string(value))))
                    .collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.string(info)))
            }
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(self.string(name)),
            // No other tag holds a string.
            other => other.into_static(),
        }
    }

    /// A string of the shadow as one of the text.
    pub fn string(&self, string: CowStr) -> CowStr<'a> {
        match string {
            CowStr::Borrowed("") => CowStr::Borrowed(""),
            CowStr::Borrowed(piece) => self.piece(piece),
            CowStr::Boxed(text) => self.owned(CowStr::Boxed(text)),
            CowStr::Inlined(text) => self.owned(CowStr::Inlined(text)),
        }
    }

    /// A piece of the shadow is the piece of the text at the same place.
    fn piece(&self, piece: &str) -> CowStr<'a> {
        let start = (piece.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let original = start
            .checked_add(piece.len())
            .and_then(|end| self.body.get(start..end));
        match original {
            Some(original) => CowStr::Borrowed(original),
            None => self.owned(piece.to_owned().into()),
        }
    }

    fn owned(&self, string: CowStr<'a>) -> CowStr<'a> {
        let original = |char| {
            let pair = self
                .originals
                .iter()
                .find(|(stand_in, _)| *stand_in == char);
            pair.map(|(_, original)| *original)
        };
        match string.chars().any(|char| original(char).is_some()) {
            true => {
                let chars = string.chars();
                let restored: String = chars.map(|char| original(char).unwrap_or(char)).collect();
                restored.into()
            }
            false => string,
        }
    }
}

/// What a character is to those who look for emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Class {
    Letter,
    Punctuation,
}

/// A character that is to be taken for one of the other class.
#[derive(Clone, Copy)]
struct Change {
    at: usize,
    char: char,
    to: Class,
}

/// The character beside a run.
#[derive(Clone, Copy)]
struct Side {
    at: usize,
    char: char,
    class: Class,
    /// What it has to be; `None` for CJK text, which may be either.
    fixed: Option<Class>,
}

/// Reads a text for runs of `*`, `_` and `~`.
///
/// A run beside a CJK character can both open and close, whatever the character, unless white space
/// stands on its other side. pulldown-cmark finds the same where both sides are of one class. A
/// character may stand between two runs, so sides form chains. Only where a single CJK character
/// between two runs has a Latin letter beyond the one and ASCII punctuation beyond the other is no
/// choice right for both: `C#**や**F#`. One of the runs then opens only, or closes only, and it is
/// made the one of which no more is wanted.
struct Runs<'t> {
    text: &'t str,
    changes: Vec<Change>,
    chain: Vec<Side>,
    /// The character behind a run whose sides must stay what they are.
    kept: Option<usize>,
}

impl<'t> Runs<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            changes: Vec::new(),
            chain: Vec::new(),
            kept: None,
        }
    }

    /// What has to change, in the order of the text.
    fn changes(mut self) -> Vec<Change> {
        let bytes = self.text.as_bytes();
        // `_` is amended only beside a selector; most texts have none of these.
        let first_of_selectors = b"\xef\xb8";
        if memchr2(b'*', b'~', bytes).is_none() && memmem::find(bytes, first_of_selectors).is_none()
        {
            return Vec::new();
        }
        let mut at = 0;
        while let Some(found) = memchr3(b'*', b'_', b'~', &bytes[at..]) {
            at += found;
            if is_escaped(bytes, at) {
                at += 1;
                continue;
            }
            let byte = bytes[at];
            let length = bytes[at..].iter().take_while(|next| **next == byte).count();
            self.run(byte, at..at + length);
            at += length;
        }
        self.settle();
        self.changes
    }

    fn run(&mut self, byte: u8, run: Range<usize>) {
        let sides = before(&self.text[..run.start]).zip(after(self.text, run.end));
        let Some((before, after)) = sides else {
            self.kept = None;
            return self.settle();
        };
        let is_known = self.chain.last().is_some_and(|last| last.at == before.at);
        if !is_known {
            self.settle();
            self.chain.push(before);
        }
        let is_amended = byte == b'*' || (byte == b'~' && run.len() == 2);
        if let Some(last) = self.chain.last_mut()
            && (!is_amended || self.kept == Some(last.at))
        {
            last.fixed = last.fixed.or(Some(last.class));
            if byte == b'_' && is_selector(last.char) && is_punctuation_before(self.text, last.at) {
                last.fixed = Some(Class::Punctuation);
            }
        }
        if is_amended {
            self.chain.push(after);
        } else {
            self.settle();
        }
        self.kept = (!is_amended).then_some(after.at);
    }

    /// Decides on the classes of a chain.
    fn settle(&mut self) {
        let mut left = None;
        let mut free = 0;
        for at in 0..=self.chain.len() {
            let right = match self.chain.get(at) {
                Some(side) if side.fixed.is_none() => continue,
                side => side.and_then(|side| side.fixed),
            };
            let sides = &self.chain[free..at];
            let (class, turn) = match (left, right) {
                (Some(left), Some(right)) if left != right => (right, self.turn(sides, left)),
                (Some(class), _) | (None, Some(class)) => (class, 0),
                (None, None) => (common(sides), 0),
            };
            let decided = sides.iter().enumerate().map(|(index, side)| {
                let is_before = index < turn;
                (side, left.filter(|_| is_before).unwrap_or(class))
            });
            let fixed = self.chain[at..].first().zip(right);
            let all = decided.chain(fixed);
            self.changes.extend(all.filter_map(|(side, to)| {
                (side.class != to).then_some(Change {
                    at: side.at,
                    char: side.char,
                    to,
                })
            }));
            left = right;
            free = at + 1;
        }
        self.chain.clear();
    }

    /// How many sides between two fixed ones are of the class of the left one. A run behind
    /// punctuation and before a letter can open only, the other way round it can close only.
    fn turn(&self, sides: &[Side], left: Class) -> usize {
        let opens = sides.first().is_some_and(|side| self.opens(side.at));
        usize::from(opens != (left == Class::Punctuation))
    }

    /// Whether the run that ends here is likely to open: an even number of its kind stands before
    /// it in its paragraph, as far back as a paragraph should reach.
    fn opens(&self, end: usize) -> bool {
        const REACH: usize = 4_000;
        let text = &self.text[..end];
        let marker = text.as_bytes()[end - 1];
        let start = text.trim_end_matches(char::from(marker)).len();
        let near = text.ceil_char_boundary(start.saturating_sub(REACH));
        let near = text.get(near..start).unwrap_or_default();
        let paragraph = near.rsplit("\n\n").next().unwrap_or_default();
        let before = paragraph.split(|char| char != char::from(marker));
        before.filter(|run| *run == &text[start..]).count() % 2 == 0
    }
}

/// Whether an odd number of backslashes stands before a byte.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The class that changes the fewest sides.
fn common(sides: &[Side]) -> Class {
    match sides.iter().all(|side| side.class == Class::Punctuation) {
        true => Class::Punctuation,
        false => Class::Letter,
    }
}

/// What stands before a run, unless that is white space or nothing.
fn before(text: &str) -> Option<Side> {
    let char = text.chars().next_back()?;
    let at = text.len() - char.len_utf8();
    if char.is_whitespace() {
        return None;
    }
    let fixed = match char {
        '\u{e0100}'..='\u{e01ef}' => None,
        _ if is_selector(char) => match text[..at].chars().next_back() {
            Some(base) if is_cjk(base) || is_full_width_form(base, char) => None,
            Some(base) => Some(class(base)),
            None => Some(Class::Letter),
        },
        _ if is_cjk(char) => None,
        _ => Some(class(char)),
    };
    Some(Side {
        at,
        char,
        class: class(char),
        fixed,
    })
}

/// What stands behind a run, unless that is white space or nothing.
fn after(text: &str, at: usize) -> Option<Side> {
    let char = text[at..].chars().next()?;
    (!char.is_whitespace()).then(|| Side {
        at,
        char,
        class: class(char),
        fixed: (!is_cjk(char)).then(|| class(char)),
    })
}

fn class(char: char) -> Class {
    match is_punctuation(char) {
        true => Class::Punctuation,
        false => Class::Letter,
    }
}

/// A selector that chooses among forms of text; U+FE0F makes an emoji.
fn is_selector(char: char) -> bool {
    matches!(char, '\u{fe00}'..='\u{fe0e}')
}

fn is_punctuation_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_punctuation)
}

/// Quotation marks that a selector makes full-width.
fn is_full_width_form(base: char, selector: char) -> bool {
    selector == '\u{fe01}' && matches!(base, '‘' | '’' | '“' | '”')
}

/// Whether pulldown-cmark takes a character for punctuation. It has the table, so it is asked, once
/// for each character.
fn is_punctuation(char: char) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<char, bool>> = RefCell::default();
    }
    match char {
        _ if char.is_ascii() => char.is_ascii_punctuation(),
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' => false,
        _ => KNOWN.with_borrow_mut(|known| *known.entry(char).or_insert_with(|| ask(char))),
    }
}

fn ask(char: char) -> bool {
    let opens_only_before_letters = format!("a*{char}b*");
    !Parser::new(&opens_only_before_letters)
        .any(|event| matches!(event, Event::Start(Tag::Emphasis)))
}

/// Gives out stand-ins.
struct StandIns<'t> {
    text: &'t str,
    /// Characters that stand in the text as numeric references.
    references: HashSet<char>,
    given: HashMap<char, char>,
}

/// Stand-ins by length and class: for private use, so no punctuation; and symbols, so punctuation.
const LETTERS_OF_3: &[RangeInclusive<char>] = &['\u{e000}'..='\u{efff}'];
const LETTERS_OF_4: &[RangeInclusive<char>] = &['\u{100000}'..='\u{10ffff}'];
const SYMBOLS_OF_3: &[RangeInclusive<char>] = &[
    '\u{2801}'..='\u{28ff}',
    '\u{2e80}'..='\u{2e99}',
    '\u{2e9b}'..='\u{2ef3}',
    '\u{2f00}'..='\u{2fd5}',
];
const SYMBOLS_OF_4: &[RangeInclusive<char>] = &['\u{1d800}'..='\u{1d9ff}'];

impl<'t> StandIns<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            references: memmem::find_iter(text.as_bytes(), "&#")
                .filter_map(|at| reference(&text[at + 1..]))
                .collect(),
            given: HashMap::new(),
        }
    }

    /// What stands for a character; `None` if all are taken, and then it stays what it is.
    fn of(&mut self, change: Change) -> Option<char> {
        if let Some(stand_in) = self.given.get(&change.char) {
            return Some(*stand_in);
        }
        let pool = match (change.char.len_utf8(), change.to) {
            (3, Class::Letter) => LETTERS_OF_3,
            (3, Class::Punctuation) => SYMBOLS_OF_3,
            (_, Class::Letter) => LETTERS_OF_4,
            (_, Class::Punctuation) => SYMBOLS_OF_4,
        };
        let mut free = pool.iter().cloned().flatten();
        let stand_in = free.find(|char| self.is_free(*char))?;
        self.given.insert(change.char, stand_in);
        Some(stand_in)
    }

    fn is_free(&self, char: char) -> bool {
        self.given.values().all(|given| *given != char)
            && !self.references.contains(&char)
            && memmem::find(
                self.text.as_bytes(),
                char.encode_utf8(&mut [0; 4]).as_bytes(),
            )
            .is_none()
    }
}

/// The character of `#1234;` or `#x12ab;`.
fn reference(text: &str) -> Option<char> {
    let (digits, _) = text.strip_prefix('#')?.split_once(';')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}
