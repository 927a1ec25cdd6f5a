//! The events of a text: what pulldown-cmark reads, with the rules of this folder applied. The only
//! place that runs it.

use std::ops::{ControlFlow, Range};

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, TagEnd};

use super::autolinks::Linker;
use super::breaks::{self, Joiner};
use super::cjk::{BREAK, Shadow};
use super::quotes::Quotes;
use super::typography::Typographer;

/// Takes events, in the order of the text, until it has enough of them.
pub type Sink<'s, 'a> = &'s mut dyn FnMut(Event<'a>, Range<usize>) -> ControlFlow<()>;

/// Reads a text, with its punctuation as it is printed if `quotes` are given. References that lead
/// nowhere go to `on_broken`. Ranges count bytes of the text.
pub fn read<'a>(
    shadow: &Shadow<'a>,
    quotes: Option<Quotes>,
    on_broken: &mut dyn FnMut(&BrokenLink),
    sink: Sink<'_, 'a>,
) {
    let Some(quotes) = quotes else {
        return read_as_written(shadow, on_broken, sink);
    };
    let mut typographer = Typographer::new(shadow.body(), quotes);
    let mut flow = ControlFlow::Continue(());
    read_as_written(shadow, on_broken, &mut |event, range| {
        flow = typographer.push(event, range, sink);
        flow
    });
    if flow.is_continue() {
        let _ = typographer.finish(sink);
    }
}

fn read_as_written<'a>(
    shadow: &Shadow<'a>,
    on_broken: &mut dyn FnMut(&BrokenLink),
    sink: Sink<'_, 'a>,
) {
    let options = super::options();
    let mut steps = Steps::new(shadow.body(), sink);
    if let Some(text) = shadow.unchanged() {
        let mut report = |link: BrokenLink<'a>| {
            on_broken(&link);
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut report));
        for (event, range) in parser.into_offset_iter() {
            if steps.push(event, range).is_break() {
                return;
            }
        }
        return steps.finish();
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
    for (event, range) in parser.into_offset_iter() {
        let flow = match event {
            Event::Text(CowStr::Borrowed(text)) if shadow.has_breaks() && text.contains(BREAK) => {
                lines(text, &range, &mut |event, range| {
                    steps.push(shadow.event(event), range)
                })
            }
            event => steps.push(shadow.event(event), range),
        };
        if flow.is_break() {
            return;
        }
    }
    steps.finish();
}

/// Whether something marks words within a line, and not a picture or a block.
pub fn is_span(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

/// The rules that look at events, so far as a text can need them.
struct Steps<'s, 'a> {
    joiner: Joiner<'a>,
    linker: Linker<'a>,
    joins: bool,
    links: bool,
    sink: Sink<'s, 'a>,
}

impl<'s, 'a> Steps<'s, 'a> {
    fn new(body: &'a str, sink: Sink<'s, 'a>) -> Self {
        let linker = Linker::new(body);
        let has_rules = !cfg!(feature = "plain_text");
        Self {
            joiner: Joiner::default(),
            joins: has_rules && !body.is_ascii(),
            links: has_rules && linker.is_needed(),
            linker,
            sink,
        }
    }

    fn push(&mut self, event: Event<'a>, range: Range<usize>) -> ControlFlow<()> {
        if self.joins && !self.joiner.passes(&event) {
            let event = breaks::in_title(event);
            let (linker, sink) = (&mut self.linker, &mut self.sink);
            let mut flow = ControlFlow::Continue(());
            self.joiner.push(event, range, &mut |event, range| {
                linker.push(event, range, &mut |event, range| {
                    pass(&mut flow, sink, event, range)
                });
            });
            return flow;
        }
        if !self.links {
            return (self.sink)(event, range);
        }
        let mut flow = ControlFlow::Continue(());
        self.linker.push(event, range, &mut |event, range| {
            pass(&mut flow, &mut self.sink, event, range);
        });
        flow
    }

    fn finish(mut self) {
        let (linker, sink) = (&mut self.linker, &mut self.sink);
        let mut flow = ControlFlow::Continue(());
        self.joiner.finish(&mut |event, range| {
            linker.push(event, range, &mut |event, range| {
                pass(&mut flow, sink, event, range)
            });
        });
        linker.finish(&mut |event, range| pass(&mut flow, sink, event, range));
    }
}

/// Passes an event on, unless there have been enough of them.
fn pass<'a>(
    flow: &mut ControlFlow<()>,
    sink: &mut Sink<'_, 'a>,
    event: Event<'a>,
    range: Range<usize>,
) {
    if flow.is_continue() {
        *flow = sink(event, range);
    }
}

/// Passes on text of a paragraph whose line breaks are marked.
fn lines<'t>(
    text: &'t str,
    range: &Range<usize>,
    each: &mut dyn FnMut(Event<'t>, Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
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
            each(text, start..start + shown.len())?;
        }
        if ends {
            each(Event::SoftBreak, end - 1..end)?;
        }
        at = end;
    }
    ControlFlow::Continue(())
}
