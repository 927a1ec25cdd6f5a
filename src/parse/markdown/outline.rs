//! What the site must know of a text before any page is rendered.

use std::ops::{ControlFlow, Range};

use serde::{Deserialize, Serialize};

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::config::{HtmlPolicy, MarkdownSettings};

use super::cjk::Shadow;
use super::excerpt::Gathered;
use super::footnotes::Footnotes;
use super::headings::{Ids, Title};
use super::quotes::Quotes;
use super::raw::{self, Found, Source};
use super::words::{Counter, Words};
use super::{events, targets};

/// The outline of a text. Ranges count bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outline {
    /// The beginning of its paragraphs as plain text: at most 200 Latin or 100 Han characters. It
    /// stands first, for it is read alone, too.
    pub excerpt: String,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its links and images whose target the site answers for, in order.
    pub links: Vec<Link>,
    /// What else links may name: ids in raw HTML, and footnotes.
    pub anchors: Vec<Box<str>>,
    /// A first-level heading that is the very first block: its text and its bytes.
    pub title: Option<(String, Range<usize>)>,
    /// Where `<!-- more -->` stands between two blocks.
    pub more: Option<usize>,
    /// Its length.
    pub words: Words,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heading {
    /// The id that links name; [`super::to_html`] gives it the same.
    pub id: Box<str>,
    /// From 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub title: Box<str>,
}

/// A link or image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Which of them.
    pub kind: LinkKind,
    /// The target as it is written, with entities and escapes resolved.
    pub target: Box<str>,
    /// The target's bytes; the whole link's where the target stands elsewhere.
    pub range: Range<u32>,
}

/// What a target is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// To go there.
    Link,
    /// To show it.
    Image,
}

/// Reads a text once. `quotes` are those of its language.
pub fn outline(body: &str, settings: &MarkdownSettings, quotes: Quotes) -> Outline {
    let mut reader = Reader::new(body, settings);
    let shadow = Shadow::of(body);
    let quotes = settings.smart_punctuation.then_some(quotes);
    events::read(&shadow, quotes, &mut |_| {}, &mut |event, range| {
        reader.read(&event, &range);
        ControlFlow::Continue(())
    });
    reader.finish()
}

/// Gathers an outline from the events of a text.
pub(super) struct Reader<'a> {
    body: &'a str,
    sees_html: bool,
    outline: Outline,
    ids: Ids,
    footnotes: Footnotes,
    counter: Counter,
    lead: Gathered,
    listed: Gathered,
    heading: Option<(u8, Option<String>, Title)>,
    html: Source,
    links: Vec<(LinkKind, LinkType, Box<str>)>,
    last_end: usize,
    depth: usize,
    is_past_first: bool,
    inside: Inside,
}

/// How many of each kind of container are open.
#[derive(Default)]
struct Inside {
    images: usize,
    code: usize,
    html: usize,
    lists: usize,
    /// Headings, tables, footnotes: what is no part of an excerpt.
    aside: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(body: &'a str, settings: &MarkdownSettings) -> Self {
        Self {
            body,
            sees_html: settings.html != HtmlPolicy::Escape,
            outline: Outline::default(),
            ids: Ids::default(),
            footnotes: Footnotes::default(),
            counter: Counter::default(),
            lead: Gathered::default(),
            listed: Gathered::default(),
            heading: None,
            html: Source::default(),
            links: Vec::new(),
            last_end: 0,
            depth: 0,
            is_past_first: false,
            inside: Inside::default(),
        }
    }

    pub(super) fn read(&mut self, event: &Event, range: &Range<usize>) {
        self.event(event, range);
        self.last_end = match event {
            Event::Start(Tag::Link { .. }) => range.start + 1,
            Event::Start(Tag::Image { .. }) => range.start + 2,
            Event::Start(_) => range.start,
            _ => range.end,
        };
    }

    fn event(&mut self, event: &Event, range: &Range<usize>) {
        if let Some((_, _, title)) = &mut self.heading {
            title.event(event);
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) if self.inside.html > 0 => self.html.push(text, range),
            Event::Text(text) | Event::Code(text) => self.text(text),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => self.text(formula),
            Event::SoftBreak | Event::HardBreak => self.gap(),
            Event::Html(html) => self.html.push(html, range),
            Event::InlineHtml(html) if self.inside.images == 0 => {
                self.raw(&Source::new(html, range), false)
            }
            Event::FootnoteReference(name) if self.inside.images == 0 => {
                self.footnotes.refer(name);
            }
            Event::Rule => self.is_past_first = true,
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.as_ref().map(ToString::to_string);
                self.heading = Some((*level as u8, id, Title::default()));
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self
                .links
                .push((LinkKind::Link, *link_type, dest_url.as_ref().into())),
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => self
                .links
                .push((LinkKind::Image, *link_type, dest_url.as_ref().into())),
            _ => {}
        }
        self.count(tag.to_end(), |number| *number += 1);
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth -= 1;
        self.count(tag, |number| *number -= 1);
        match tag {
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.raw(&html, self.depth == 0);
            }
            TagEnd::Link | TagEnd::Image => self.end_link(range),
            _ => {}
        }
        if !events::is_span(tag) && tag != TagEnd::Image {
            self.counter.gap();
            self.lead.end_block();
            self.listed.end_block();
            self.is_past_first = true;
        }
    }

    fn count(&mut self, tag: TagEnd, change: impl Fn(&mut usize)) {
        match tag {
            TagEnd::Image => change(&mut self.inside.images),
            TagEnd::CodeBlock => change(&mut self.inside.code),
            TagEnd::HtmlBlock => change(&mut self.inside.html),
            TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                change(&mut self.inside.lists)
            }
            TagEnd::Heading(_) | TagEnd::Table | TagEnd::FootnoteDefinition => {
                change(&mut self.inside.aside)
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.inside.code > 0 || self.inside.images > 0 {
            return;
        }
        self.counter.text(text);
        let is_cut = self.outline.more.is_some() && !self.lead.is_empty();
        if self.inside.aside > 0 || is_cut {
            return;
        }
        match self.inside.lists {
            0 => self.lead.text(text),
            _ => self.listed.text(text),
        }
    }

    fn gap(&mut self) {
        self.counter.gap();
        self.lead.gap();
        self.listed.gap();
    }

    fn end_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let Some((number, written, title)) = self.heading.take() else {
            return;
        };
        let title = title.finish();
        let id = self.ids.of(written.as_deref(), &title);
        if level == HeadingLevel::H1 && self.depth == 0 && !self.is_past_first && !title.is_empty()
        {
            self.outline.title = Some((title.clone(), range.clone()));
        }
        self.outline.headings.push(Heading {
            id: id.into(),
            level: number,
            title: title.into(),
        });
    }

    fn end_link(&mut self, range: &Range<usize>) {
        let Some((kind, link_type, target)) = self.links.pop() else {
            return;
        };
        if targets::is_absolute(&target) || link_type == LinkType::Email {
            return;
        }
        let place = match link_type {
            LinkType::Inline => targets::destination(self.body, range, self.last_end),
            _ => None,
        };
        let range = place.unwrap_or_else(|| range.clone());
        self.outline.links.push(Link {
            kind,
            target,
            range: short(&range),
        });
    }

    fn raw(&mut self, source: &Source, is_between_blocks: bool) {
        if !self.sees_html && !source.text.starts_with("<!--") {
            return;
        }
        let sees_html = self.sees_html;
        let outline = &mut self.outline;
        raw::scan(&source.text, &mut |found| match found {
            Found::Anchor(id) if sees_html => outline.anchors.push(id.into()),
            Found::Target {
                target,
                is_image,
                range,
            } if sees_html => outline.links.push(Link {
                kind: if is_image {
                    LinkKind::Image
                } else {
                    LinkKind::Link
                },
                target: target.into(),
                range: short(&source.place(&range)),
            }),
            Found::More(range) if is_between_blocks => {
                outline.more.get_or_insert(source.place(&range).start);
            }
            _ => {}
        });
    }

    /// The id of the heading that ended last.
    pub(super) fn last_id(&self) -> Option<Box<str>> {
        Some(self.outline.headings.last()?.id.clone())
    }

    pub(super) fn finish(mut self) -> Outline {
        self.outline
            .anchors
            .extend(self.footnotes.anchors().into_iter().map(Into::into));
        self.outline.words = self.counter.finish();
        let text = if self.lead.is_empty() {
            self.listed
        } else {
            self.lead
        };
        self.outline.excerpt = text.finish();
        self.outline
    }
}

fn short(range: &Range<usize>) -> Range<u32> {
    let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    short(range.start)..short(range.end)
}
