//! The events of a text: what pulldown-cmark reads, with the rules of this folder applied. The only
//! place that runs it.

use std::ops::{ControlFlow, Range};

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};

use super::autolinks::Linker;
use super::breaks::{self, Joiner};
use super::cjk::{BREAK, Shadow};

/// Takes events, in the order of the text, until it has enough of them.
pub type Sink<'s, 'a> = &'s mut dyn FnMut(Event<'a>, Range<usize>) -> ControlFlow<()>;

/// Reads a text. References that lead nowhere go to `on_broken`. Ranges count bytes of the text.
pub fn read<'a>(
    shadow: &Shadow<'a>,
    options: Options,
    on_broken: &mut dyn FnMut(&BrokenLink),
    sink: Sink<'_, 'a>,
) {
    if let Some(text) = shadow.unchanged() {
        let mut report = |link: BrokenLink<'a>| {
            on_broken(&link);
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut report));
        return steps(text, parser.into_offset_iter(), sink);
    }
    let mut report = |link: BrokenLink| {
        on_broken(&BrokenLink {
            span: link.span,
            link_type: link.link_type,
            reference: shadow.string(link.reference),
        });
        None
    };
    let parser = Parser::new_with_broken_link_callback(shadow.text(), options, Some(&mut report));
    let mut lines = Vec::new();
    let events = parser.into_offset_iter().flat_map(|(event, range)| {
        let mut first = None;
        match event {
            Event::Text(CowStr::Borrowed(text)) if text.contains(BREAK) && shadow.has_breaks() => {
                parted(text, &range, &mut lines);
            }
            event => first = Some((event, range)),
        }
        let parts = first.into_iter().chain(std::mem::take(&mut lines));
        parts.map(|(event, range)| (shadow.event(event), range))
    });
    steps(shadow.body(), events, sink);
}

/// Applies the rules that look at events, so far as a text can need them.
fn steps<'a>(
    body: &'a str,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    sink: Sink<'_, 'a>,
) {
    let mut joiner = Joiner::default();
    let mut linker = Linker::new(body);
    let (joins, links) = (!body.is_ascii(), linker.is_needed());
    let mut flow = ControlFlow::Continue(());
    let mut out = |event: Event<'a>, range: Range<usize>| {
        if flow.is_continue() {
            flow = sink(event, range);
        }
        flow.is_continue()
    };
    for (event, range) in events {
        let mut is_wanted = true;
        if !joins && !links {
            is_wanted = out(event, range);
        } else if !joins {
            linker.push(event, range, &mut |event, range| {
                is_wanted = out(event, range)
            });
        } else {
            joiner.push(breaks::in_title(event), range, &mut |event, range| {
                linker.push(event, range, &mut |event, range| {
                    is_wanted = out(event, range)
                });
            });
        }
        if !is_wanted {
            return;
        }
    }
    joiner.finish(&mut |event, range| {
        linker.push(event, range, &mut |event, range| {
            out(event, range);
        });
    });
    linker.finish(&mut |event, range| {
        out(event, range);
    });
}

/// Text of a paragraph whose line breaks are marked.
fn parted<'t>(text: &'t str, range: &Range<usize>, out: &mut Vec<(Event<'t>, Range<usize>)>) {
    let mut at = range.start;
    for line in text.split_inclusive(BREAK) {
        let end = at + line.len();
        let (line, ends) = match line.strip_suffix(BREAK) {
            Some(line) => (line.trim_end_matches(' '), true),
            None => (line, false),
        };
        let shown = match at == range.start {
            true => line,
            false => line.trim_start_matches(' '),
        };
        let start = at + line.len() - shown.len();
        if !shown.is_empty() {
            let text = Event::Text(CowStr::Borrowed(shown));
            out.push((text, start..start + shown.len()));
        }
        if ends {
            out.push((Event::SoftBreak, end - 1..end));
        }
        at = end;
    }
}
