//! The examples of others, as they stand in their specifications, through the whole of our
//! Markdown: CommonMark, GitHub's extensions, and the amendments for Chinese, Japanese and Korean.
//! `tests/text/examples/SOURCES.md` names where they are from.

#![allow(clippy::disallowed_methods, reason = "examples are files")]

use std::fs;
use std::path::PathBuf;

use courant::config::{HtmlPolicy, MarkdownSettings};
use courant::parse::markdown::{ImageSource, Labels, Links, Quotes, outline, to_html};

const FENCE: &str = "````````````````````````````````";

struct NoLinks;

impl Links for NoLinks {
    fn link(&self, _: &str) -> Option<String> {
        None
    }

    fn image(&self, _: &str) -> Option<ImageSource> {
        None
    }
}

struct Example {
    markdown: String,
    html: String,
}

fn examples(name: &str) -> Vec<Example> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/text/examples");
    let path = folder.join(name).with_extension("txt");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let text = text.replace('→', "\t");
    let begin = format!("\n{FENCE} example\n");
    let end = format!("{FENCE}\n");
    let examples = text.split(&begin).skip(1).map(|example| {
        let (example, _) = example.split_once(&end).expect("the end of an example");
        let dot = format!("\n{example}").find("\n.\n").expect("a dot");
        Example {
            markdown: example[..dot].to_owned(),
            html: example[dot + 2..].to_owned(),
        }
    });
    examples.collect()
}

fn settings() -> MarkdownSettings {
    MarkdownSettings {
        html: HtmlPolicy::Allow,
        heading_anchors: false,
        highlight: false,
        ..MarkdownSettings::default()
    }
}

/// Our HTML without what we add on purpose: ids of headings, what makes wide tables and code
/// reachable by keyboard, and how images are loaded.
fn ours(markdown: &str) -> String {
    let settings = settings();
    let mut html = to_html(markdown, &settings, &Labels::default(), &NoLinks).html;
    for heading in outline(markdown, &settings, Quotes::default()).headings {
        let (level, id) = (heading.level, heading.id);
        html = html.replacen(
            &format!("<h{level} id=\"{id}\">"),
            &format!("<h{level}>"),
            1,
        );
    }
    html.replace(" loading=\"lazy\" decoding=\"async\">", " />")
        .replace("<pre tabindex=\"0\">", "<pre>")
        .replace(
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>",
            "<table>",
        )
        .replace("</table></div>", "</table>")
        .replace("<li class=\"task\">", "<li>")
}

/// HTML in one of the spellings that mean the same: line breaks between tags, and signs that need
/// no entity.
fn meaning(html: &str) -> String {
    let mut html = html.replace("&quot;", "\"").replace("&#39;", "'");
    for tag in ["br", "hr"] {
        html = html.replace(&format!("<{tag}>"), &format!("<{tag} />"));
    }
    let mut out = String::new();
    for line in html.lines().filter(|line| !line.trim().is_empty()) {
        out += line.trim_end();
        out.push('\n');
    }
    while out.contains(">\n<") {
        out = out.replace(">\n<", "><");
    }
    out.replace("<tbody></tbody>", "")
}

/// The numbers of the examples whose HTML means something else.
fn others(name: &str) -> Vec<usize> {
    let numbered = examples(name).into_iter().enumerate();
    let others = numbered.filter(|(_, example)| {
        let (ours, theirs) = (meaning(&ours(&example.markdown)), meaning(&example.html));
        let is_other = ours != theirs;
        if is_other && std::env::var_os("COURANT_SHOW").is_some() {
            println!(
                "{}\n--- theirs\n{theirs}--- ours\n{ours}===",
                example.markdown
            );
        }
        is_other
    });
    others.map(|(index, _)| index + 1).collect()
}

/// Images alone in their paragraph are figures here, and their titles captions.
const FIGURES: [usize; 10] = [572, 573, 576, 577, 584, 585, 586, 588, 589, 591];
/// Bare addresses are links here, as they are on GitHub.
const BARE: [usize; 4] = [606, 608, 611, 612];

#[test]
fn commonmark() {
    assert_eq!(examples("commonmark").len(), 652);
    assert_eq!(others("commonmark"), [FIGURES.as_slice(), &BARE].concat());
}

/// Alignment is written as style, and boxes of tasks have names for those who cannot see them; bare
/// addresses begin with `http` or `www`, and not with `ftp`; which HTML is left out is a setting.
const OTHERWISE_MARKED: [usize; 5] = [2, 9, 10, 20, 24];

#[test]
fn github() {
    assert_eq!(examples("gfm").len(), 24);
    assert_eq!(others("gfm"), OTHERWISE_MARKED);
}

#[test]
fn amendments_for_chinese_japanese_and_korean() {
    assert_eq!(examples("cjk-friendly").len(), 123);
    assert_eq!(others("cjk-friendly"), [0_usize; 0]);
}
