//! The text rules by language and script, held to the cases in `tests/text/`: one file for each rule. A case is its Markdown, a line `----` and its HTML; a line `====` ends it. What stands
//! before the first `====` says what the file is about. `\u{…}` is the character of that number.
//! With `COURANT_BLESS=1` the HTML is written anew; read the difference before you keep it.

#![allow(
    clippy::disallowed_methods,
    reason = "cases are files, and a variable blesses them"
)]

use std::fs;
use std::path::PathBuf;

use courant::collation::Collation;
use courant::config::MarkdownSettings;
use courant::date::{Moment, TimeZone};
use courant::parse::markdown::{
    ImageSource, Labels, Links, Quotes, Words, inline_html, outline, to_html,
};
use courant::slug::{self, Slugs};

const ENDS_MARKDOWN: &str = "\n----\n";
const ENDS_CASE: &str = "\n====\n";

struct NoLinks;

impl Links for NoLinks {
    fn link(&self, _: &str) -> Option<String> {
        None
    }

    fn image(&self, _: &str) -> Option<ImageSource> {
        None
    }
}

fn settings() -> MarkdownSettings {
    MarkdownSettings {
        heading_anchors: false,
        external_rel: Some("external".to_owned()),
        ..MarkdownSettings::default()
    }
}

fn html(markdown: &str) -> String {
    let rendered = to_html(markdown, &settings(), &Labels::default(), &NoLinks);
    assert_eq!(rendered.findings, [], "{markdown}");
    rendered.html.trim_end().to_owned()
}

fn inline(markdown: &str) -> String {
    inline_html(markdown, &settings(), &Labels::default(), &NoLinks).html
}

/// With the punctuation of a language.
fn printed(markdown: &str, code: &str) -> String {
    let settings = MarkdownSettings {
        smart_punctuation: true,
        ..settings()
    };
    let labels = Labels {
        quotes: Quotes::of(code),
        ..Labels::default()
    };
    let rendered = to_html(markdown, &settings, &labels, &NoLinks);
    assert_eq!(rendered.findings, [], "{markdown}");
    rendered.html.trim_end().to_owned()
}

/// Replays a file; yields the number of its cases.
fn replay(name: &str, render: impl Fn(&str) -> String) -> usize {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/text");
    let path = folder.join(name).with_extension("txt");
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let (about, cases) = file.split_once(ENDS_CASE).expect("what it is about");
    let cases: Vec<(&str, &str)> = cases
        .split_terminator(ENDS_CASE)
        .map(|case| {
            case.split_once(ENDS_MARKDOWN)
                .unwrap_or_else(|| panic!("{name}: {case}"))
        })
        .collect();
    if std::env::var_os("COURANT_BLESS").is_some() {
        let mut blessed = about.to_owned() + ENDS_CASE;
        for (markdown, _) in &cases {
            let html = written(&render(&read(markdown)));
            blessed += &format!("{markdown}{ENDS_MARKDOWN}{html}{ENDS_CASE}");
        }
        fs::write(&path, blessed).expect("a writable folder");
        return cases.len();
    }
    for (markdown, expected) in &cases {
        assert_eq!(
            render(&read(markdown)),
            read(expected),
            "{name}: {markdown}"
        );
    }
    cases.len()
}

/// Characters that no eye can tell apart stand as numbers.
fn read(case: &str) -> String {
    let mut parts = case.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').expect("the end of a number");
        let number = u32::from_str_radix(digits, 16).expect("a number");
        out.push(char::from_u32(number).expect("a character"));
        out.push_str(rest);
    }
    out
}

fn written(html: &str) -> String {
    let is_hidden = |char| matches!(char, '\u{202f}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..);
    let mut out = String::new();
    for char in html.chars() {
        match is_hidden(char) {
            true => out += &format!("\\u{{{:x}}}", u32::from(char)),
            false => out.push(char),
        }
    }
    out
}

#[test]
fn emphasis_beside_chinese_japanese_and_korean() {
    assert_eq!(replay("emphasis", html), 144);
}

#[test]
fn strikethrough() {
    assert_eq!(replay("strikethrough", html), 20);
}

#[test]
fn text_that_does_not_change() {
    assert_eq!(replay("unchanged", html), 36);
}

#[test]
fn line_breaks() {
    assert_eq!(replay("line-breaks", html), 45);
}

#[test]
fn line_breaks_in_one_paragraph() {
    assert_eq!(replay("line-breaks-inline", inline), 11);
}

#[test]
fn bare_addresses() {
    assert_eq!(replay("addresses", html), 62);
}

#[test]
fn line_breaks_in_titles() {
    assert_eq!(replay("line-breaks-titles", html), 5);
}

#[test]
fn length_of_texts() {
    let length = |markdown: &str| {
        let words = outline(markdown, &settings(), Quotes::default()).words;
        let Words {
            latin,
            han,
            kana,
            hangul,
        } = words;
        let minutes = ["en", "zh", "ja", "ko"].map(|code| words.reading_minutes(code));
        format!("words {latin}, Han {han}, kana {kana}, Hangul {hangul}; minutes {minutes:?}")
    };
    assert_eq!(replay("words", length), 14);
}

#[test]
fn beginnings_of_texts() {
    let excerpt = |markdown: &str| outline(markdown, &settings(), Quotes::default()).excerpt;
    assert_eq!(replay("excerpts", excerpt), 16);
}

#[test]
fn ids_of_headings() {
    assert_eq!(replay("anchors", slug::anchor), 11);
}

#[test]
fn parts_of_addresses() {
    let ascii = |text: &str| slug::slug(text, Slugs::Ascii.in_language("zh"));
    assert_eq!(replay("slugs-ascii", ascii), 20);
    let japanese = |text: &str| slug::slug(text, Slugs::Ascii.in_language("ja"));
    assert_eq!(replay("slugs-ja", japanese), 4);
    let unicode = |text: &str| slug::slug(text, Slugs::Unicode);
    assert_eq!(replay("slugs-unicode", unicode), 7);
}

#[test]
fn dates() {
    let date = |typed: &str| {
        let zone = TimeZone::named("Asia/Shanghai").expect("a zone");
        match Moment::parse(typed, &zone) {
            Ok(moment) => {
                let codes = ["en", "zh", "zh-Hant", "ja", "ko", "de", "fr"];
                let written = codes.map(|code| moment.long(code)).join("; ");
                format!("{}: {written}", moment.rfc3339())
            }
            Err(problem) => problem.message.english(),
        }
    };
    assert_eq!(replay("dates", date), 19);
}

#[test]
fn order_of_dictionaries() {
    fn sorted(text: &str, code: &str) -> String {
        let order = Collation::of(code);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_by_key(|line| order.key(line));
        lines.join("\n")
    }
    assert_eq!(replay("order-zh", |text| sorted(text, "zh")), 4);
    assert_eq!(replay("order-sv", |text| sorted(text, "sv")), 1);
}

#[test]
fn punctuation_of_english() {
    assert_eq!(replay("punctuation-en", |text| printed(text, "en")), 24);
}

#[test]
fn punctuation_of_chinese() {
    assert_eq!(replay("punctuation-zh", |text| printed(text, "zh")), 14);
}

#[test]
fn punctuation_of_traditional_chinese_and_japanese() {
    assert_eq!(
        replay("punctuation-zh-Hant", |text| printed(text, "zh-Hant")),
        6
    );
    let spoken = "彼は\"はい\"と言った";
    assert_eq!(printed(spoken, "ja"), "<p>彼は「はい」と言った</p>");
}

#[test]
fn punctuation_of_french_and_german() {
    assert_eq!(replay("punctuation-fr", |text| printed(text, "fr")), 3);
    assert_eq!(replay("punctuation-de", |text| printed(text, "de")), 3);
}

/// Headings and excerpts are printed as the text is.
#[test]
fn plain_text_is_printed_too() {
    let settings = MarkdownSettings {
        smart_punctuation: true,
        ..settings()
    };
    let outline = outline(
        "## \"A\" -- b\n\n\"C\" `\"d\"`\n",
        &settings,
        Quotes::of("de"),
    );
    assert_eq!(outline.headings[0].title.as_ref(), "„A“ – b");
    assert_eq!(outline.excerpt, "„C“ \"d\"");
}

/// Titles, and the beginning of the text, are joined as the text is.
#[test]
fn plain_text() {
    let outline = outline(
        "中文\n标题\n===\n\n第一行\n第二行 word\nword，**重要。**正\n**文** 中 文\n한국\n어\n\n下一段\n",
        &settings(),
        Quotes::default(),
    );
    assert_eq!(
        outline.title.map(|(title, _)| title).as_deref(),
        Some("中文标题")
    );
    assert_eq!(outline.headings[0].title.as_ref(), "中文标题");
    assert_eq!(
        outline.excerpt,
        "第一行第二行 word word，重要。正文 中 文 한국 어 下一段"
    );
}
