//! The text rules for Chinese, Japanese and Korean, held against pulldown-cmark and chance.

use std::ops::ControlFlow;

use pulldown_cmark::{Event, Parser, TextMergeStream, html};

use super::super::cjk::Shadow;
use super::super::events;
use super::samples::{COMMON, OWN};
use crate::chance::Chance;

/// What stands around emphasis.
const AROUND: &[&str] = &[
    "*",
    "*",
    "**",
    "**",
    "***",
    "~~",
    "~~",
    "_",
    "__",
    "~",
    "中",
    "文字",
    "。",
    "，",
    "「",
    "」",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "あ",
    "ア",
    "ー",
    "한국",
    "𠀀",
    "𝍖",
    "葛\u{e0100}",
    "羽\u{fe00}",
    "“\u{fe01}",
    "。\u{fe00}",
    "!\u{fe00}",
    "\u{ff5e}",
    "😀",
    "\u{e000}",
    "\u{2801}",
    "\u{2e80}",
    "\u{100000}",
    "\u{1d800}",
    "&#xe001;",
    "&#57346;",
    "é",
    "a",
    "b c",
    "(",
    ")",
    "!",
    "\"",
    " ",
    "\u{3000}",
    "\n",
    "\\*",
    "\\",
    "`中`",
    "[中。*",
    "](/x \"中。**文\\\"\")",
    "$a$",
];

type Placed = (Event<'static>, std::ops::Range<usize>);

/// The events and their places.
fn read(shadow: &Shadow) -> Vec<Placed> {
    let mut events = Vec::new();
    events::read(shadow, None, &mut |_| {}, &mut |event, range| {
        events.push((event.into_static(), range));
        ControlFlow::Continue(())
    });
    events
}

#[test]
fn ascii_text_is_read_as_pulldown_reads_it() {
    let pieces = COMMON.iter().chain(OWN).copied();
    let ascii: Vec<&str> = pieces
        .filter(|piece| piece.is_ascii() && !piece.contains(['@', 'w', 'h']))
        .collect();
    let mut chance = Chance::new(3);
    for _ in 0..6_000 {
        let body = chance.text(&ascii, 30);
        let plain: Vec<_> = Parser::new_ext(&body, super::super::options())
            .into_offset_iter()
            .map(|(event, range)| (event.into_static(), range))
            .collect();
        let forced = Shadow::forced(&body);
        assert_eq!(forced.text(), body);
        assert_eq!(read(&forced), plain, "{body:?}");
        assert_eq!(read(&Shadow::of(&body)), plain, "{body:?}");
    }
}

#[test]
fn text_comes_back_as_it_was_written() {
    let mut chance = Chance::new(5);
    for _ in 0..20_000 {
        let body = chance.text(AROUND, 16);
        let shadow = Shadow::of(&body);
        assert_eq!(shadow.text().len(), body.len());
        for (event, range) in read(&shadow) {
            let written = body.get(range.clone()).expect("a place in the text");
            if let Event::Text(text) = &event
                && text.len() == range.len()
                && !written.starts_with('&')
            {
                assert_eq!(text.as_ref(), written, "{body:?}");
            }
        }
        // Whatever the emphasis, the characters are those of the text without it.
        assert_eq!(
            letters(&shown(read(&shadow).into_iter().map(|(event, _)| event))),
            letters(&shown(Parser::new_ext(&body, super::super::options()))),
            "{body:?}"
        );
    }
}

/// All strings of all events.
fn shown<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, TextMergeStream::new(events));
    out
}

/// An HTML text without its tags for emphasis, the signs that make them, and line ends.
fn letters(html: &str) -> String {
    let mut text = html.to_owned();
    for tag in ["em", "strong", "del"] {
        text = text
            .replace(&format!("<{tag}>"), "")
            .replace(&format!("</{tag}>"), "");
    }
    text.replace(['*', '_', '~', '\n'], "")
}
