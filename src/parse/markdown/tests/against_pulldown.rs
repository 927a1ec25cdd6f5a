//! Where we add nothing, our HTML is the same as pulldown-cmark's own.

use pulldown_cmark::{Event, LinkType, Parser, Tag, html};

use super::samples::COMMON;
use super::*;
use crate::chance::Chance;
use crate::config::HtmlPolicy;

fn settings() -> MarkdownSettings {
    MarkdownSettings {
        html: HtmlPolicy::Allow,
        heading_anchors: false,
        highlight: false,
        ..MarkdownSettings::default()
    }
}

/// Our HTML without what we add.
fn ours(body: &str) -> String {
    let mut html = with(body, |these| *these = settings()).html;
    for (added, plain) in [
        (" loading=\"lazy\" decoding=\"async\">", " />"),
        ("<pre tabindex=\"0\">", "<pre>"),
        (
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>",
            "<table>",
        ),
        ("</table></div>", "</table>"),
    ] {
        html = html.replace(added, plain);
    }
    for heading in outline(body, &settings(), Quotes::default()).headings {
        html = html.replacen(
            &format!("<h{} id=\"{}\">", heading.level, heading.id),
            &format!("<h{}>", heading.level),
            1,
        );
    }
    html
}

fn theirs(body: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(body, super::super::options()));
    out.replace("&#39;", "'")
}

#[test]
fn texts_by_hand() {
    for body in [
        "",
        "a\nb  \nc\\\nd",
        "Setext\n===\n\nAnother *one*\n---\n",
        "- a\n- b\n\n  c\n\n      code\n\n1. d\n   - e\n\n     f\n2. g\n\n3) h\n",
        "> a\nlazy\n> > b\n\n> c\n",
        "a | b\n-|-:\n`c\\|d` | *e*\n\nafter\n",
        "***\n---\n_ _ _\n",
        "*a **b** _c_* ~~d~~ ***e*** a*b*c a_b_c",
        "<http://a.cn/?b=c&d=é> <a@b.cn> [x](<y z> 'w') [x][], [X]\n\n[x]: /x\\* \"t&quot;\"",
        "a ![b *c* \"d\"](e 'f\"g') h",
        "~~~ruby startline=3\n<a>\n~~~\n\n\tcode & more\n",
        "<div>\n*a*\n\n*b*\n</div>\n\nc <i>d</i> <!-- e --> &amp; &lt; &nbsp; \\& \"q\"",
        "Term *a*\n: b\n\n  c\n: d\n",
        "# a #\n####### b\n#c\n",
    ] {
        assert_eq!(ours(body), theirs(body), "{body}");
    }
}

/// Brackets that are escaped, or in the way of others, leave an address in the text.
fn is_address_without_brackets(body: &str) -> bool {
    let links = Parser::new_ext(body, super::super::options())
        .filter(|event| matches!(event, Event::Start(Tag::Link { link_type, .. }) if matches!(link_type, LinkType::Autolink | LinkType::Email)))
        .count();
    links < body.matches("a.cn>").count() + body.matches("@c.cn").count()
}

#[test]
fn texts_by_chance() {
    // Beside Chinese text we read emphasis in another way, and we join lines of it.
    let pieces: Vec<&str> = COMMON
        .iter()
        .copied()
        .filter(|piece| !["中文", "，"].contains(piece))
        .collect();
    let mut chance = Chance::new(7);
    for _ in 0..8_000 {
        let body = chance.text(&pieces, 24);
        // Attributes of headings are checked, HTML is no words for those who cannot see, and a tab
        // ends the name of a language.
        let is_different = body.contains('{')
            || (body.contains("![") && body.contains('<'))
            || is_address_without_brackets(&body)
            || (body.contains('\t') && (body.contains("~~~") || body.contains("```")));
        if !is_different {
            assert_eq!(ours(&body), theirs(&body), "{body:?}");
        }
    }
}
