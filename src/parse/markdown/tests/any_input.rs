//! What holds for every text.

use super::super::raw;
use super::super::writer::{is_plain, marked_up_html};
use super::samples::{COMMON, OWN};
use super::*;
use crate::chance::Chance;
use crate::config::HtmlPolicy;

fn texts() -> impl Iterator<Item = String> {
    let pieces: Vec<&str> = COMMON.iter().chain(OWN).copied().collect();
    let mut chance = Chance::new(11);
    (0..3_000).map(move |_| chance.text(&pieces, 30))
}

fn settings(html: HtmlPolicy) -> MarkdownSettings {
    MarkdownSettings {
        html,
        heading_anchors: false,
        ..MarkdownSettings::default()
    }
}

#[test]
fn both_halves_agree_on_ids_and_links() {
    for body in texts() {
        let settings = settings(HtmlPolicy::Escape);
        let outline = outline(&body, &settings, Quotes::default());
        let Rendered { html, findings } = to_html(&body, &settings, &Labels::default(), &Site);
        if findings
            .iter()
            .any(|finding| finding.message.english().starts_with("the footnote"))
        {
            continue;
        }
        for heading in &outline.headings {
            let mut id = String::new();
            escape::attribute(&mut id, &heading.id);
            let tag = format!("<h{} id=\"{id}\"", heading.level);
            assert!(html.contains(&tag), "{body:?}: {tag} in {html}");
        }
        for anchor in &outline.anchors {
            assert!(
                html.contains(&format!(" id=\"{anchor}\"")),
                "{body:?}: {anchor}"
            );
        }
        for link in &outline.links {
            assert!(
                body.get(link.range.start as usize..link.range.end as usize)
                    .is_some(),
                "{body:?}"
            );
        }
    }
}

#[test]
fn a_filled_skeleton_is_what_rendering_gives() {
    let labels = Labels {
        table: "Table \"of\" <a>".to_owned(),
        note: "Note \"of\" <a>".to_owned(),
        ..Labels::default()
    };
    let mut skeletons = 0;
    for body in texts() {
        for policy in [HtmlPolicy::Allow, HtmlPolicy::Escape, HtmlPolicy::Sanitize] {
            let settings = settings(policy);
            let quotes = Quotes::default();
            let (both, skeleton) = outline_and_skeleton(&body, &settings, quotes);
            assert_eq!(both, outline(&body, &settings, quotes), "{body:?}");
            let Some(skeleton) = skeleton else { continue };
            let rendered = to_html(&body, &settings, &labels, &Site);
            assert_eq!(fill(&skeleton, &labels, &Site), rendered.html, "{body:?}");
            assert_eq!(rendered.findings, [], "{body:?}");
            skeletons += 1;
        }
    }
    assert!(
        skeletons > 500,
        "{skeletons} skeletons are too few to show it"
    );
    for body in ["a\0b", "[a](\0)", "```\n\0aref\0\n```"] {
        let settings = MarkdownSettings::default();
        let (_, skeleton) = outline_and_skeleton(body, &settings, Quotes::default());
        assert_eq!(skeleton, None, "{body:?}");
    }
}

#[test]
fn plain_text_is_shown_as_it_is() {
    let mut plain = 0;
    let own = [
        "a. b",
        "1. c",
        "WWW.x",
        "- d",
        "# e",
        "(f",
        "http:",
        "“g” 'h' \"i\"",
        "义诊，",
        "  ",
    ];
    let mut chance = Chance::new(5);
    let short = (0..3_000).map(|_| chance.text(&own, 5));
    for text in texts().chain(short).filter(|text| is_plain(text.trim())) {
        let settings = settings(HtmlPolicy::Escape);
        let labels = Labels::default();
        let shown = inline_html(&text, &settings, &labels, &Site);
        let marked_up = marked_up_html(text.trim(), &settings, &labels, &Site);
        assert_eq!(shown, marked_up, "{text:?}");
        plain += 1;
    }
    assert!(plain > 500, "{plain} texts are too few to show it");
}

#[test]
fn sanitized_html_holds_nothing_but_what_is_allowed() {
    for body in texts() {
        let rendered = to_html(
            &body,
            &settings(HtmlPolicy::Sanitize),
            &Labels::default(),
            &Site,
        );
        raw::assert_clean(&rendered.html, &body);
        for finding in rendered.findings {
            assert!(body.get(finding.range).is_some(), "{body:?}");
        }
    }
}

#[test]
fn every_policy_and_part_takes_every_text() {
    for body in texts() {
        for policy in [HtmlPolicy::Allow, HtmlPolicy::Escape, HtmlPolicy::Sanitize] {
            let settings = MarkdownSettings {
                smart_punctuation: true,
                ..settings(policy)
            };
            let inline = inline_html(&body, &settings, &Labels::default(), &Site).html;
            assert!(
                policy == HtmlPolicy::Allow || !inline.contains("<p>") || body.contains("<p"),
                "{body:?}: {inline}"
            );
            let more = outline(&body, &settings, Quotes::default())
                .more
                .unwrap_or(body.len());
            let lead = lead_html(&body, more, &settings, &Labels::default(), &Site);
            assert!(!lead.html.contains("footnote"), "{body:?}");
        }
    }
}

/// These took minutes, or overran the stack, in other renderers.
#[test]
fn deep_and_long_texts_are_no_trouble() {
    for piece in [
        ">",
        "> ",
        "[",
        "![",
        "*a ",
        "a*_",
        "`a``",
        "- ",
        "1. ",
        "$a",
        "[a](",
        "<a ",
        "<b>",
        "<b></i>",
        "<p><b id=x>",
        "x <!-- ",
        "&amp;",
        "|a",
    ] {
        let body = piece.repeat(20_000);
        let rendered = to_html(
            &body,
            &MarkdownSettings::default(),
            &Labels::default(),
            &Site,
        );
        assert!(rendered.findings.len() <= 1, "{piece}");
        assert_eq!(
            outline(&body, &MarkdownSettings::default(), Quotes::default()).title,
            None
        );
    }
    let line = "word 词语 ".repeat(700_000);
    assert_eq!(html(&line), format!("<p>{}</p>\n", line.trim_end()));
}
