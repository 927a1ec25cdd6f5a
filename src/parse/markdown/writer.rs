//! The second half: Markdown → HTML, in one pass over its events.

use std::ops::{ControlFlow, Range};

use pulldown_cmark::{BrokenLink, Event, Tag, TagEnd};

use crate::byte_set::ByteSet;
use crate::config::{HtmlPolicy, MarkdownSettings};
use crate::diagnostic::Code;
use crate::message::say;

use super::blocks::{Code as CodeText, Table};
use super::cjk::{BREAK, Shadow};
use super::footnotes::Footnotes;
use super::headings::{Ids, Title};
use super::media::{Picture, Pieces};
use super::raw::{self, Filter, Source};
use super::{Finding, Labels, Links, Rendered, escape, events, hints};

/// Renders a text.
pub fn to_html(
    body: &str,
    settings: &MarkdownSettings,
    labels: &Labels,
    links: &dyn Links,
) -> Rendered {
    render(&Shadow::of(body), settings, labels, links, Extent::All)
}

/// Renders what stands before `more` ([`super::Outline::more`]), for lists: without footnotes.
pub fn lead_html(
    body: &str,
    more: usize,
    settings: &MarkdownSettings,
    labels: &Labels,
    links: &dyn Links,
) -> Rendered {
    let shadow = Shadow::of(body);
    render(&shadow, settings, labels, links, Extent::Before(more))
}

/// Renders one paragraph without `<p>`. Whatever would begin a block is text.
pub fn inline_html(
    text: &str,
    settings: &MarkdownSettings,
    labels: &Labels,
    links: &dyn Links,
) -> Rendered {
    let text = text.trim();
    if is_plain(text) && !settings.smart_punctuation {
        return Rendered {
            html: text.to_owned(),
            findings: Vec::new(),
        };
    }
    marked_up_html(text, settings, labels, links)
}

/// Whether a text has none of the signs that Markdown gives a meaning within a line.
pub(super) fn is_plain(text: &str) -> bool {
    const SIGNS: ByteSet = ByteSet::of(b"*_~`[]<>&\\$^|@!");
    let is_sign = |byte: u8| byte.is_ascii_control() || SIGNS.has(byte);
    !text.bytes().any(is_sign) && !text.contains("://") && !text.contains("www.")
}

/// Renders one paragraph that may hold anything.
pub(super) fn marked_up_html(
    text: &str,
    settings: &MarkdownSettings,
    labels: &Labels,
    links: &dyn Links,
) -> Rendered {
    // Behind a parenthesis no block can begin, and quotes and emphasis behave as at the start.
    let marked = format!(
        "({}",
        text.replace("\r\n", " \n")
            .replace(['\n', '\r'], BREAK.encode_utf8(&mut [0; 4]))
    );
    let paragraph = marked.replace(BREAK, " ");
    let shadow = Shadow::of_paragraph(&paragraph, &marked);
    let mut rendered = render(&shadow, settings, labels, links, Extent::Inline);
    for finding in &mut rendered.findings {
        finding.range = finding.range.start.saturating_sub(1)..finding.range.end.saturating_sub(1);
    }
    rendered
}

/// How much of a text is rendered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    All,
    Before(usize),
    Inline,
}

fn render(
    shadow: &Shadow,
    settings: &MarkdownSettings,
    labels: &Labels,
    links: &dyn Links,
    extent: Extent,
) -> Rendered {
    let mut writer = Writer::new(shadow.body(), settings, labels, links, extent);
    writer.run(shadow);
    let is_cleaned = settings.html == HtmlPolicy::Sanitize && writer.has_html;
    if is_cleaned && writer.deepest > raw::DEEPEST {
        let escaping = MarkdownSettings {
            html: HtmlPolicy::Escape,
            ..settings.clone()
        };
        let mut rendered = render(shadow, &escaping, labels, links, extent);
        rendered.findings.push(too_deep());
        return rendered;
    }
    let mut html = writer.out;
    if is_cleaned {
        html = raw::clean(&html, &writer.schemes);
    }
    let mut findings = writer.findings;
    findings.sort_by_cached_key(|finding| {
        let Range { start, end } = finding.range;
        (start, end, finding.message.english())
    });
    findings.dedup();
    Rendered { html, findings }
}

fn too_deep() -> Finding {
    Finding {
        range: 0..0,
        code: Code::HtmlRemoved,
        message: say::nested_html(raw::DEEPEST),
        help: Some(say::nest_parts_less()),
    }
}

/// The state of one rendering. Blocks, words, images and footnotes are written in files of their
/// own.
pub(super) struct Writer<'a> {
    pub body: &'a str,
    pub settings: &'a MarkdownSettings,
    pub labels: &'a Labels,
    pub links: &'a dyn Links,
    pub extent: Extent,
    pub out: String,
    pub findings: Vec<Finding>,
    /// How many Markdown containers are open; raw HTML may not close across them.
    pub scope: usize,
    pub deepest: usize,
    pub ids: Ids,
    /// The id of the heading that ends next, if somebody else gave it.
    pub given_id: Option<Box<str>>,
    /// The heading that is open: where its id belongs, the written id, its text so far.
    pub heading: Option<(usize, Option<String>, Title)>,
    pub footnotes: Footnotes,
    /// Footnotes that are open: what was written before, the name, and where it is defined.
    pub outer: Vec<(String, String, Range<usize>)>,
    /// Footnotes that are defined: name, text, place.
    pub definitions: Vec<(String, String, Range<usize>)>,
    pub table: Table,
    pub code: Option<CodeText>,
    pub picture: Option<Picture>,
    pub paragraph: Pieces,
    pub filter: Filter,
    pub block_html: Option<Source>,
    pub has_html: bool,
    /// Unusual schemes of links.
    pub schemes: Vec<String>,
    is_first_text: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        body: &'a str,
        settings: &'a MarkdownSettings,
        labels: &'a Labels,
        links: &'a dyn Links,
        extent: Extent,
    ) -> Self {
        Self {
            body,
            settings,
            labels,
            links,
            extent,
            out: String::with_capacity(body.len() + body.len() / 2),
            findings: Vec::new(),
            scope: 0,
            deepest: 0,
            ids: Ids::default(),
            given_id: None,
            heading: None,
            footnotes: Footnotes::default(),
            outer: Vec::new(),
            definitions: Vec::new(),
            table: Table::default(),
            code: None,
            picture: None,
            paragraph: Pieces::default(),
            filter: Filter::default(),
            block_html: None,
            has_html: false,
            schemes: Vec::new(),
            is_first_text: true,
        }
    }

    fn run(&mut self, shadow: &Shadow<'a>) {
        let body = self.body;
        let mut broken = Vec::new();
        let mut on_broken = |link: &BrokenLink| broken.extend(hints::broken_link(body, link));
        let is_printed = self.settings.smart_punctuation;
        let quotes = is_printed.then_some(self.labels.quotes);
        events::read(shadow, quotes, &mut on_broken, &mut |event, range| {
            if self.scope == 0 && matches!(self.extent, Extent::Before(more) if range.start >= more)
            {
                return ControlFlow::Break(());
            }
            self.event(event, range);
            ControlFlow::Continue(())
        });
        self.filter.leave(0, &mut self.out);
        if self.extent == Extent::All {
            self.write_footnotes();
        }
        self.findings.append(&mut broken);
    }

    /// The HTML, if there is nothing more to it: no findings, nothing to be cleaned, no footnotes.
    pub(super) fn finish_plain(self) -> Option<String> {
        let is_plain = self.findings.is_empty()
            && !self.has_html
            && self.definitions.is_empty()
            && self.footnotes.is_empty();
        is_plain.then_some(self.out)
    }

    fn write_footnotes(&mut self) {
        for (name, html, range) in std::mem::take(&mut self.definitions) {
            if !self.footnotes.define(&name, html) {
                self.findings.push(Finding {
                    range,
                    code: Code::Markdown,
                    message: say::footnote_unused(&name),
                    help: Some(say::refer_footnote(&name)),
                });
            }
        }
        self.footnotes.write(self.labels, &mut self.out);
    }

    /// Writes what an event shows.
    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some((_, _, title)) = &mut self.heading {
            title.event(&event);
        }
        if self.picture.is_some() {
            return self.in_picture(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            // Tabs that a container swallows in part come back as text.
            Event::Text(text) if self.block_html.is_some() => self.raw_line(&text, &range),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(text) => self.inline_code(&text),
            Event::InlineMath(formula) => self.formula(&formula, false, range),
            Event::DisplayMath(formula) => self.formula(&formula, true, range),
            Event::Html(html) => self.raw_line(&html, &range),
            Event::InlineHtml(html) => self.inline_html(&html, &range),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.out.push_str("<br />\n"),
            Event::Rule => self.rule(),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(is_done) => self.task(is_done),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => {
                self.enter();
                self.start_inline(tag, range);
            }
            Tag::Image { .. } => self.start_picture(tag, range),
            // Raw HTML may begin what later blocks go on with, so its block is no scope.
            Tag::HtmlBlock => self.block_html = Some(Source::default()),
            _ => {
                self.start_block(tag, range);
                self.enter();
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {
                self.leave();
                self.end_inline(tag);
            }
            _ => {
                self.leave();
                self.end_block(tag);
            }
        }
    }

    fn raw_line(&mut self, html: &str, range: &Range<usize>) {
        if let Some(source) = &mut self.block_html {
            source.push(html, range);
        }
    }

    fn enter(&mut self) {
        self.scope += 1;
        self.note_depth();
    }

    fn leave(&mut self) {
        self.filter.leave(self.scope, &mut self.out);
        self.scope -= 1;
    }

    pub fn note_depth(&mut self) {
        self.deepest = self.deepest.max(self.scope + self.filter.depth());
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let is_first = std::mem::take(&mut self.is_first_text);
        let text = match is_first && self.extent == Extent::Inline {
            true => text.strip_prefix('(').unwrap_or(text),
            false => text,
        };
        match &mut self.code {
            Some(code) => code.text.push_str(text),
            None => {
                self.paragraph.saw_text(text);
                if text.as_bytes().first() == Some(&b'^') {
                    self.findings
                        .extend(hints::missing_footnote(self.body, range));
                }
                escape::text(&mut self.out, text);
            }
        }
    }

    /// Begins a new line, unless one has just begun.
    pub fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
