//! What Markdown becomes, as a whole.

mod against_pulldown;
mod any_input;
mod blocks;
mod cjk;
mod inlines;
mod outlines;
mod raw_html;
pub(super) mod samples;

use super::*;
use crate::config::MarkdownSettings;

/// A site that knows two pages, a file and an image.
struct Site;

impl Links for Site {
    fn link(&self, target: &str) -> Option<String> {
        match target {
            "@/a.md" => Some("/a/".to_owned()),
            "b.md#part" => Some("/b/#part".to_owned()),
            "义诊.pdf" => Some("/x/义诊.pdf".to_owned()),
            _ => None,
        }
    }

    fn image(&self, target: &str) -> Option<ImageSource> {
        (target == "a.jpg").then(|| ImageSource {
            src: "/x/a.jpg".to_owned(),
            size: Some((640, 480)),
        })
    }
}

fn with(body: &str, change: impl Fn(&mut MarkdownSettings)) -> Rendered {
    let mut settings = MarkdownSettings::default();
    change(&mut settings);
    to_html(body, &settings, &Labels::default(), &Site)
}

/// The HTML of a text in which nothing is wrong.
fn html(body: &str) -> String {
    let rendered = with(body, |_| {});
    assert_eq!(rendered.findings, [], "{body}");
    rendered.html
}

/// The HTML, and each finding as `bytes: message`.
fn found(body: &str) -> (String, Vec<String>) {
    let rendered = with(body, |_| {});
    let findings = rendered.findings.into_iter().map(|finding| {
        assert!(
            finding
                .help
                .is_some_and(|help| help.english().ends_with('.'))
        );
        format!("{}: {}", &body[finding.range], finding.message.english())
    });
    (rendered.html, findings.collect())
}
