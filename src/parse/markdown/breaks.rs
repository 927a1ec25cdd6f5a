//! Line breaks in the source. Between two wide characters a line break is nothing, because Chinese
//! and Japanese put no space between words; everywhere else it is a space.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::characters::{is_joined, is_variation_selector};
use super::events::is_span;

/// Drops soft breaks. A break is held until the next character is known; what stands in between,
/// such as the beginning of emphasis, is held with it.
#[derive(Default)]
pub struct Joiner<'a> {
    /// The character before, where a break may be dropped behind it.
    last: Option<char>,
    held: Vec<(Event<'a>, Range<usize>)>,
}

impl<'a> Joiner<'a> {
    /// Whether an event is of no interest, and need not be pushed.
    pub fn passes(&mut self, event: &Event) -> bool {
        if !self.held.is_empty() {
            return false;
        }
        match event {
            Event::Text(text) | Event::Code(text) => {
                self.last = last(text).or(self.last);
                true
            }
            Event::SoftBreak => self.last.is_none(),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => false,
            event => {
                if !is_transparent(event) {
                    self.last = None;
                }
                true
            }
        }
    }

    /// Takes an event.
    pub fn push(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        next: &mut impl FnMut(Event<'a>, Range<usize>),
    ) {
        match &event {
            Event::SoftBreak if self.held.is_empty() && self.last.is_some() => {
                return self.held.push((event, range));
            }
            Event::Text(text) | Event::Code(text) if !text.is_empty() => {
                let is_dropped = self.is_dropped_before(text);
                self.release(is_dropped, next);
                self.last = last(text);
            }
            event if is_transparent(event) => {
                if !self.held.is_empty() {
                    return self.held.push((event.clone(), range));
                }
            }
            _ => {
                self.release(false, next);
                self.last = None;
            }
        }
        next(event, range);
    }

    /// Nothing follows.
    pub fn finish(&mut self, next: &mut impl FnMut(Event<'a>, Range<usize>)) {
        self.release(false, next);
    }

    fn is_dropped_before(&self, text: &str) -> bool {
        let first = text.chars().next();
        let pair = self.last.zip(first);
        pair.is_some_and(|(last, first)| is_joined(last, first))
    }

    /// Passes on what is held, with or without the break that it begins with.
    fn release(&mut self, is_dropped: bool, next: &mut impl FnMut(Event<'a>, Range<usize>)) {
        for (event, range) in self.held.drain(..).skip(usize::from(is_dropped)) {
            next(event, range);
        }
    }
}

/// Whether an event shows nothing by itself, so that the characters around it are neighbours.
fn is_transparent(event: &Event) -> bool {
    match event {
        Event::Start(tag) => is_span(tag.to_end()),
        Event::End(tag) => is_span(*tag),
        Event::InlineHtml(_) | Event::Text(_) => true,
        _ => false,
    }
}

fn last(text: &str) -> Option<char> {
    text.chars()
        .rev()
        .find(|char| !is_variation_selector(*char))
}

/// Line breaks in the title of a link or an image.
pub fn in_title(event: Event) -> Event {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url,
            title: joined(title),
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url,
            title: joined(title),
            id,
        }),
        other => other,
    }
}

/// A string without those line breaks that are nothing.
fn joined(string: CowStr) -> CowStr {
    if !string.contains('\n') {
        return string;
    }
    let mut lines = string.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let (before, after) = (out.trim_end(), line.trim_start());
        let pair = last(before).zip(after.chars().next());
        if pair.is_some_and(|(last, first)| is_joined(last, first)) {
            out.truncate(before.len());
            out.push_str(after);
        } else {
            out.push('\n');
            out.push_str(line);
        }
    }
    out.into()
}
