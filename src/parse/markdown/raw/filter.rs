//! Raw HTML → the part of it that can do no harm, well-formed, with a report of what was left out.

use super::super::{Finding, Links, escape};
use super::tokens::{Attribute, Tag, Token, Tokens};
use super::{Source, allow, decode, targets};
use crate::diagnostic::Code;
use crate::message::{Argument, say};

/// Deeper HTML makes browsers, and those who clean it, slow. Browsers flatten it at 512 levels.
pub const DEEPEST: usize = 400;

/// The raw elements that are open, across all the raw HTML of a text.
///
/// A *scope* is the Markdown around a tag: what is opened in it can be closed only in it, and is
/// closed with it, so that raw HTML never parts what Markdown holds together.
#[derive(Default)]
pub struct Filter {
    open: Vec<Open>,
    dropping: Option<Dropping>,
}

struct Open {
    name: &'static str,
    scope: usize,
}

/// An element that goes with what it holds, until its end tag is met.
struct Dropping {
    name: String,
    nested: usize,
    scope: usize,
    kept: usize,
}

/// Where filtered HTML goes.
pub struct Sink<'a> {
    /// The HTML of the page.
    pub out: &'a mut String,
    /// What was left out.
    pub findings: &'a mut Vec<Finding>,
    /// Where links lead.
    pub links: &'a dyn Links,
}

impl Filter {
    /// How many raw elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Appends a block of raw HTML. What it drops does not reach beyond it.
    pub fn block(&mut self, source: &Source, scope: usize, sink: &mut Sink) {
        self.inline(source, scope, sink);
        if let Some(dropping) = self.dropping.take() {
            sink.out.truncate(dropping.kept);
        }
    }

    /// Appends raw HTML between words.
    pub fn inline(&mut self, source: &Source, scope: usize, sink: &mut Sink) {
        let mut tokens = Tokens::new(&source.text);
        while let Some(token) = tokens.next() {
            if self.is_dropped(&token, sink.out) {
                continue;
            }
            match token {
                Token::Text(range) => escape::written_text(sink.out, &source.text[range]),
                Token::Comment { closed: true, .. } => {}
                Token::Comment {
                    range,
                    closed: false,
                } => sink.findings.push(Finding {
                    range: source
                        .place(&(range.start..range.start + "<!--".len().min(range.len()))),
                    code: Code::Markdown,
                    message: say::comment_open(),
                    help: Some(say::end_comment()),
                }),
                Token::Open(tag) => self.open(&mut tokens, &tag, source, scope, sink),
                Token::Close { name, range } => {
                    let name = name.to_ascii_lowercase();
                    if !self.close(&name, scope, sink.out) && is_worth_a_word(&name) {
                        sink.findings.push(Finding {
                            range: source.place(&range),
                            code: Code::HtmlRemoved,
                            message: say::stray_end(&name),
                            help: Some(say::begin_element(&name)),
                        });
                    }
                }
            }
        }
    }

    /// Ends what raw HTML began in a scope and did not end.
    pub fn leave(&mut self, scope: usize, out: &mut String) {
        if let Some(dropping) = self.dropping.take_if(|dropping| dropping.scope >= scope) {
            out.truncate(dropping.kept);
        }
        while self.open.last().is_some_and(|open| open.scope >= scope) {
            self.close_last(out);
        }
    }

    fn is_dropped(&mut self, token: &Token, out: &mut String) -> bool {
        let Some(dropping) = &mut self.dropping else {
            return false;
        };
        match token {
            Token::Open(tag) if tag.name.eq_ignore_ascii_case(&dropping.name) => {
                dropping.nested += 1
            }
            Token::Close { name, .. } if name.eq_ignore_ascii_case(&dropping.name) => {
                match dropping.nested {
                    0 => {
                        out.truncate(dropping.kept);
                        self.dropping = None;
                    }
                    _ => dropping.nested -= 1,
                }
            }
            _ => {}
        }
        true
    }

    fn open(
        &mut self,
        tokens: &mut Tokens,
        tag: &Tag,
        source: &Source,
        scope: usize,
        sink: &mut Sink,
    ) {
        let name = tag.name.to_ascii_lowercase();
        let Some(element) = allow::raw(&name) else {
            sink.findings.push(removed(&name, source, tag));
            if allow::WITH_CONTENT.contains(&name.as_str())
                && !source.text[..tag.range.end].ends_with("/>")
            {
                if allow::WITHOUT_TAGS.contains(&name.as_str()) {
                    tokens.skip_to_end_tag(&name);
                }
                self.dropping = Some(Dropping {
                    name,
                    nested: 0,
                    scope,
                    kept: sink.out.len(),
                });
            }
            return;
        };
        if self.open.len() > DEEPEST {
            return;
        }
        while self
            .open
            .last()
            .is_some_and(|open| open.scope == scope && ends_before(open.name, element.name))
        {
            self.close_last(sink.out);
        }
        write_tag(element, tag, source, sink);
        if !allow::VOID.contains(&element.name) {
            self.open.push(Open {
                name: element.name,
                scope,
            });
        }
    }

    /// Closes an element and all that is open in it; `false` if it is not open in this scope.
    fn close(&mut self, name: &str, scope: usize, out: &mut String) -> bool {
        let here = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.scope == scope);
        let Some(above) = here.map(|open| open.name).position(|open| open == name) else {
            return false;
        };
        (0..=above).for_each(|_| self.close_last(out));
        true
    }

    fn close_last(&mut self, out: &mut String) {
        if let Some(open) = self.open.pop() {
            out.push_str("</");
            out.push_str(open.name);
            out.push('>');
        }
    }
}

/// An end tag may be missing its beginning for reasons that need no word: the beginning was
/// reported, the element has no end tag, or a browser ends it by itself.
fn is_worth_a_word(name: &str) -> bool {
    allow::raw(name).is_some() && !allow::VOID.contains(&name) && name != "p"
}

fn removed(name: &str, source: &Source, tag: &Tag) -> Finding {
    let message = match allow::WITH_CONTENT.contains(&name) {
        true => say::removed_with_content(name),
        false => say::removed_element(name),
    };
    Finding {
        range: source.place(&tag.range),
        code: Code::HtmlRemoved,
        message,
        help: Some(say::take_out_html()),
    }
}

fn write_tag(element: &allow::Element, tag: &Tag, source: &Source, sink: &mut Sink) {
    sink.out.push('<');
    sink.out.push_str(element.name);
    let mut seen: Vec<String> = Vec::new();
    let mut refused: Vec<(String, &Attribute)> = Vec::new();
    for attribute in &tag.attributes {
        let name = attribute.name.to_ascii_lowercase();
        if seen.contains(&name) {
            continue;
        }
        match is_allowed(element, &name, attribute, source) {
            true => write_attribute(element, &name, attribute, source, sink),
            false => refused.push((name.clone(), attribute)),
        }
        if seen.len() < 64 {
            seen.push(name);
        }
    }
    sink.out.push('>');
    if !refused.is_empty() {
        sink.findings.push(refusal(element, tag, &refused, source));
    }
}

fn is_allowed(
    element: &allow::Element,
    name: &str,
    attribute: &Attribute,
    source: &Source,
) -> bool {
    let is_plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let value = attribute
        .value
        .clone()
        .map_or("", |value| &source.text[value]);
    is_plain
        && element.allows(name)
        && allow::dangerous_target(element.name, name, &decode::decoded(value)).is_none()
}

fn write_attribute(
    element: &allow::Element,
    name: &str,
    attribute: &Attribute,
    source: &Source,
    sink: &mut Sink,
) {
    sink.out.push(' ');
    sink.out.push_str(name);
    let Some(value) = attribute.value.clone() else {
        return;
    };
    sink.out.push_str("=\"");
    let target = targets::own_target(&source.text, element.name, attribute);
    match target.and_then(|target| targets::address(element.name, &target, sink.links)) {
        Some(address) => escape::href(sink.out, &address),
        None => escape::written_attribute(sink.out, &source.text[value]),
    }
    sink.out.push('"');
}

fn refusal(
    element: &allow::Element,
    tag: &Tag,
    refused: &[(String, &Attribute)],
    source: &Source,
) -> Finding {
    const LISTED: usize = 5;
    let listed = refused.iter().take(LISTED);
    let mut names: Vec<String> = listed.map(|(name, _)| format!("`{name}`")).collect();
    let more = refused.len().saturating_sub(LISTED);
    let last = match more {
        0 => names.pop().map(Argument::from),
        more => Some(say::more(more).into()),
    };
    let last = last.unwrap_or_else(|| names.clone().into());
    let message = match names.is_empty() {
        true => say::attribute_removed(last, element.name),
        false => say::attributes_removed(say::and(names, last), element.name),
    };
    let range = match refused {
        [(_, attribute)] => &attribute.range,
        _ => &tag.range,
    };
    Finding {
        range: source.place(range),
        code: Code::HtmlRemoved,
        message,
        help: Some(say::take_out_html()),
    }
}

/// Whether a browser ends `open` by itself where `next` begins.
fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => ENDS_PARAGRAPH.contains(&next),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot" | "thead"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot" | "thead"),
        "tbody" | "tfoot" | "thead" => matches!(next, "tbody" | "tfoot" | "thead"),
        "caption" | "colgroup" => matches!(next, "colgroup" | "tr" | "tbody" | "tfoot" | "thead"),
        _ => false,
    }
}

const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
