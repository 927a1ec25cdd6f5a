//! The HTML of a text as far as the text alone tells it, made in the same pass as its outline. What
//! the rest of the site has to say is left out: where links lead, how large images are, the words of
//! the theme. A gap is a mark between two NUL characters, of which no HTML has any.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use memchr::memchr;
use pulldown_cmark::{BrokenLink, Event, TagEnd};

use crate::config::MarkdownSettings;

use super::cjk::Shadow;
use super::labels::Labels;
use super::outline::{Outline, Reader};
use super::quotes::Quotes;
use super::writer::{Extent, Writer};
use super::{Image, ImageSource, Links, escape, events, hints};

const MARK: char = '\0';

/// The gaps, by the first character of their marks.
const ADDRESS: char = 'a';
const SOURCE: char = 's';
const SIZE: char = 'm';
const ATTRIBUTE: char = 'l';
const WORDS: char = 'w';

/// Reads a text once, for its outline and its skeleton. `quotes` are those of its language. There is
/// no skeleton of a text that something is wrong with, or that has footnotes or raw HTML with links:
/// such a text is rendered from its source.
pub fn outline_and_skeleton(
    body: &str,
    settings: &MarkdownSettings,
    quotes: Quotes,
) -> (Outline, Option<String>) {
    let gaps = Gaps::default();
    let mut reader = Reader::new(body, settings);
    let mut writer = Writer::new(body, settings, &LABELS, &gaps, Extent::All);
    let mut is_whole = memchr(0, body.as_bytes()).is_none();
    let mut on_broken = |link: &BrokenLink| is_whole &= hints::broken_link(body, link).is_none();
    let printed = settings.smart_punctuation.then_some(quotes);
    events::read(
        &Shadow::of(body),
        printed,
        &mut on_broken,
        &mut |event, range| {
            reader.read(&event, &range);
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                writer.given_id = reader.last_id();
            }
            writer.event(event, range);
            ControlFlow::Continue(())
        },
    );
    let html = writer.finish_plain();
    let html = html.filter(|_| is_whole && !gaps.is_passed.get());
    (reader.finish(), html)
}

/// Fills the gaps of a skeleton; the quotes of `labels` are those that it was made with.
pub fn fill(skeleton: &str, labels: &Labels, links: &dyn Links) -> String {
    let mut out = String::with_capacity(skeleton.len() + skeleton.len() / 8);
    let mut image = Image::default();
    let mut rest = skeleton;
    let parted = |text: &str| memchr(MARK as u8, text.as_bytes());
    while let Some(start) = parted(rest) {
        out.push_str(&rest[..start]);
        let marked = &rest[start + 1..];
        let end = parted(marked).unwrap_or(marked.len());
        let (gap, after) = (&marked[..end], marked.get(end + 1..).unwrap_or_default());
        let mut chars = gap.chars();
        match (chars.next(), chars.as_str()) {
            (Some(ADDRESS), target) => links.write_address(target, &mut out),
            (Some(SOURCE), target) => {
                image = links.attributes(target);
                out.push_str(&image.source);
            }
            // It stands behind the source of the same image.
            (Some(SIZE), _) => out.push_str(&image.size),
            (Some(ATTRIBUTE), name) => escape::attribute(&mut out, label(labels, name)),
            (Some(WORDS), name) => escape::text(&mut out, label(labels, name)),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Marks gaps in place of what links lead to.
#[derive(Default)]
struct Gaps {
    /// Whether raw HTML asked, in whose text a mark could get lost.
    is_passed: Cell<bool>,
}

impl Links for Gaps {
    fn link(&self, _: &str) -> Option<String> {
        self.is_passed.set(true);
        None
    }

    fn image(&self, _: &str) -> Option<ImageSource> {
        self.is_passed.set(true);
        None
    }

    fn write_address(&self, target: &str, out: &mut String) {
        out.push_str(&gap(ADDRESS, target));
    }

    fn attributes(&self, target: &str) -> Image {
        Image {
            source: gap(SOURCE, target),
            size: gap(SIZE, ""),
        }
    }
}

fn gap(kind: char, what: &str) -> String {
    format!("{MARK}{kind}{what}{MARK}")
}

/// Labels that mark gaps. Footnotes have none, for a text with footnotes has no skeleton.
static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels {
    note: gap(WORDS, "note"),
    tip: gap(WORDS, "tip"),
    important: gap(WORDS, "important"),
    warning: gap(WORDS, "warning"),
    caution: gap(WORDS, "caution"),
    table: gap(ATTRIBUTE, "table"),
    task_done: gap(ATTRIBUTE, "task_done"),
    task_open: gap(ATTRIBUTE, "task_open"),
    ..Labels::default()
});

fn label<'a>(labels: &'a Labels, name: &str) -> &'a str {
    match name {
        "note" => &labels.note,
        "tip" => &labels.tip,
        "important" => &labels.important,
        "warning" => &labels.warning,
        "caution" => &labels.caution,
        "table" => &labels.table,
        "task_done" => &labels.task_done,
        _ => &labels.task_open,
    }
}
