//! Addresses that stand in the text as they are: `https://…`, `http://…`, `www.…` and e-mail
//! addresses become links, as GitHub Flavored Markdown says, and end where Chinese text begins.

use std::ops::Range;

use memchr::{memchr_iter, memmem};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::characters::is_cjk;

/// Finds addresses in text that is in no link, image, code or HTML.
pub struct Linker<'a> {
    body: &'a str,
    is_needed: bool,
    /// How many containers are open whose text stays as it is.
    closed: usize,
    /// The same for raw HTML between words.
    closed_tags: usize,
    /// Text that has come in pieces so far.
    run: Vec<(CowStr<'a>, Range<usize>)>,
}

impl<'a> Linker<'a> {
    /// For a text from its beginning.
    pub fn new(body: &'a str) -> Self {
        Self {
            body,
            is_needed: may_have_address(body),
            closed: 0,
            closed_tags: 0,
            run: Vec::new(),
        }
    }

    /// Whether the text can have an address at all.
    pub fn is_needed(&self) -> bool {
        self.is_needed
    }

    /// Takes an event.
    pub fn push(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        next: &mut impl FnMut(Event<'a>, Range<usize>),
    ) {
        if !self.is_needed {
            return next(event, range);
        }
        match event {
            Event::Text(text) if self.closed == 0 && self.closed_tags == 0 => {
                self.run.push((text, range));
            }
            event => {
                self.release(next);
                self.note(&event);
                next(event, range);
            }
        }
    }

    /// Nothing follows.
    pub fn finish(&mut self, next: &mut impl FnMut(Event<'a>, Range<usize>)) {
        self.release(next);
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Start(tag) if is_closed(tag.to_end()) => self.closed += 1,
            Event::End(tag) if is_closed(*tag) => self.closed -= 1,
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item,
            ) => {
                self.closed_tags = 0;
            }
            Event::InlineHtml(html) => match closed_tag(html) {
                Some(true) => self.closed_tags += 1,
                Some(false) => self.closed_tags = self.closed_tags.saturating_sub(1),
                None => {}
            },
            _ => {}
        }
    }

    fn release(&mut self, next: &mut impl FnMut(Event<'a>, Range<usize>)) {
        let Some((_, first)) = self.run.first() else {
            return;
        };
        if !self.run.iter().any(|(text, _)| is_suspect(text)) {
            return self
                .run
                .drain(..)
                .for_each(|(text, range)| next(Event::Text(text), range));
        }
        let before = self.body[..first.start].chars().next_back();
        let pieces: Vec<&str> = self.run.iter().map(|(text, _)| text.as_ref()).collect();
        let addresses = match pieces.as_slice() {
            [text] => addresses(text, before),
            pieces => addresses(&pieces.concat(), before),
        };
        let run = Run(std::mem::take(&mut self.run));
        let mut done = 0;
        for address in addresses {
            let place = run.place(&address.range);
            run.write(done..address.range.start, next);
            let link = Tag::Link {
                link_type: address.link_type,
                dest_url: address.target.into(),
                title: "".into(),
                id: "".into(),
            };
            next(Event::Start(link), place.clone());
            run.write(address.range.clone(), next);
            next(Event::End(TagEnd::Link), place);
            done = address.range.end;
        }
        run.write(done..usize::MAX, next);
        self.run = run.0;
        self.run.clear();
    }
}

/// Whether a text has a sign of an address other than where an inline link leads.
fn may_have_address(body: &str) -> bool {
    let bytes = body.as_bytes();
    let scheme = |at: usize| body[..at].trim_end_matches(|char: char| char.is_ascii_alphabetic());
    memmem::find_iter(bytes, "://").any(|at| !scheme(at).ends_with("]("))
        || memchr_iter(b'@', bytes).any(|at| !body[..at].ends_with("]("))
        || memmem::find(bytes, b"www.").is_some()
}

/// Whether a piece may have a part of an address.
fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'@') || bytes.contains(&b':') || text.contains("www")
}

/// Pieces of text that follow each other, and where they stand.
struct Run<'a>(Vec<(CowStr<'a>, Range<usize>)>);

impl<'a> Run<'a> {
    /// Passes on a part.
    fn write(&self, part: Range<usize>, next: &mut impl FnMut(Event<'a>, Range<usize>)) {
        let mut start = 0;
        for (text, place) in &self.0 {
            let end = start + text.len();
            let from = part.start.clamp(start, end);
            let to = part.end.clamp(start, end);
            if from == start && to == end {
                next(Event::Text(text.clone()), place.clone());
            } else if from < to {
                let place = within(place, text.len(), from - start..to - start);
                next(Event::Text(slice(text, from - start..to - start)), place);
            }
            start = end;
        }
    }

    /// Where a part stands in the source.
    fn place(&self, part: &Range<usize>) -> Range<usize> {
        let mut start = 0;
        let mut found: Option<Range<usize>> = None;
        for (text, place) in &self.0 {
            let end = start + text.len();
            let from = part.start.clamp(start, end);
            let to = part.end.clamp(start, end);
            if from < to {
                let place = within(place, text.len(), from - start..to - start);
                let first = found.map_or(place.start, |found| found.start);
                found = Some(first..place.end);
            }
            start = end;
        }
        found.unwrap_or_default()
    }
}

/// Where a part of a piece stands; all of the piece's place if it is written in another way.
fn within(place: &Range<usize>, length: usize, part: Range<usize>) -> Range<usize> {
    match place.len() == length {
        true => place.start + part.start..place.start + part.end,
        false => place.clone(),
    }
}

fn slice<'a>(text: &CowStr<'a>, part: Range<usize>) -> CowStr<'a> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[part]),
        other => other[part].to_owned().into(),
    }
}

fn is_closed(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Link
            | TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
    )
}

/// Whether a tag begins (or ends) an element in which an address stays text.
fn closed_tag(html: &str) -> Option<bool> {
    const CLOSED: &[&str] = &[
        "a", "button", "code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea",
    ];
    let inner = html.strip_prefix('<')?;
    let (name, begins) = match inner.strip_prefix('/') {
        Some(name) => (name, false),
        None => (inner, !inner.ends_with("/>")),
    };
    let end = name.find(|char: char| !char.is_ascii_alphanumeric())?;
    let is = |closed: &&str| name[..end].eq_ignore_ascii_case(closed);
    CLOSED.iter().any(is).then_some(begins)
}

/// An address.
struct Address {
    range: Range<usize>,
    target: String,
    link_type: LinkType,
}

/// All addresses of a text; `before` is what stands before it.
fn addresses(text: &str, before: Option<char>) -> Vec<Address> {
    let bytes = text.as_bytes();
    let mut found: Vec<Address> = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let address = match bytes[at] {
            b'h' | b'H' | b'w' if may_begin(text[..at].chars().next_back().or(before)) => {
                web(text, at)
            }
            b'@' => mail(text, done, at),
            _ => None,
        };
        at += 1;
        if let Some(address) = address {
            at = address.range.end;
            done = at;
            found.push(address);
        }
    }
    found
}

/// What an address may stand behind: nothing, space, some signs, and Chinese text with its
/// punctuation.
fn may_begin(before: Option<char>) -> bool {
    before.is_none_or(|char| {
        char.is_whitespace() || matches!(char, '*' | '_' | '~' | '(' | '>') || is_end(char)
    })
}

/// What no address goes on with: Chinese, Japanese and Korean characters, and the quotation marks,
/// dashes and dots that Chinese shares with other scripts.
fn is_end(char: char) -> bool {
    matches!(char, '‘' | '’' | '“' | '”' | '—' | '―' | '…') || is_cjk(char)
}

fn web(text: &str, start: usize) -> Option<Address> {
    let rest = &text[start..];
    let starts = |prefix: &str| {
        let found = rest.get(..prefix.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(prefix))
    };
    let (scheme, missing) = match () {
        () if starts("https://") => ("https://", ""),
        () if starts("http://") => ("http://", ""),
        () if rest.starts_with("www.") => ("", "http://"),
        () => return None,
    };
    let ends =
        |char: char| char.is_whitespace() || char.is_control() || char == '<' || is_end(char);
    let length = trimmed(&rest[..rest.find(ends).unwrap_or(rest.len())]);
    let address = &rest[..length];
    is_domain(address.get(scheme.len()..)?).then(|| Address {
        range: start..start + length,
        target: format!("{missing}{address}"),
        link_type: LinkType::Autolink,
    })
}

/// The length without what belongs to the sentence.
fn trimmed(address: &str) -> usize {
    let mut kept = address;
    loop {
        let Some(last) = kept.chars().next_back() else {
            return 0;
        };
        let shorter = &kept[..kept.len() - last.len_utf8()];
        kept = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => shorter,
            ')' if kept.matches(')').count() > kept.matches('(').count() => shorter,
            ';' => without_entity(shorter).unwrap_or(shorter),
            _ => return kept.len(),
        };
    }
}

/// What stands before `&name`.
fn without_entity(address: &str) -> Option<&str> {
    let (before, name) = address.rsplit_once('&')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some(before)
}

/// Whether it begins with a domain: parts of letters, digits, `-` and `_`, the last two without
/// `_`, and at least one point.
fn is_domain(address: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.');
    let end = address.find(|char| !is_part(char)).unwrap_or(address.len());
    let domain = address[..end].trim_end_matches('.');
    let mut parts = domain.rsplit('.');
    let is_plain = |part: Option<&str>| part.is_some_and(|part| !part.contains('_'));
    is_plain(parts.next()) && is_plain(parts.next()) && !domain.split('.').any(str::is_empty)
}

/// The address around an `@`; nothing before `floor` belongs to it.
fn mail(text: &str, floor: usize, at: usize) -> Option<Address> {
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
    let bytes = text.as_bytes();
    let local = bytes[floor..at]
        .iter()
        .rev()
        .take_while(|byte| is_local(**byte))
        .count();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let host = bytes[at + 1..]
        .iter()
        .take_while(|byte| is_host(**byte))
        .count();
    let host = text[at + 1..at + 1 + host].trim_end_matches('.');
    let start = at - local;
    let is_path = text[..start].ends_with('/');
    let is_mail = local > 0
        && !is_path
        && host.contains('.')
        && !host.ends_with(['-', '_'])
        && !host.split('.').any(str::is_empty);
    let range = start..at + 1 + host.len();
    is_mail.then(|| Address {
        target: text[range.clone()].to_owned(),
        range,
        link_type: LinkType::Email,
    })
}
