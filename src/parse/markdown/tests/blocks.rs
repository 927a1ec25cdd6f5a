//! Blocks.

use super::*;

#[test]
fn headings_carry_ids_and_a_way_to_link_to_them() {
    assert_eq!(
        html("# Hi *there*\n\n## 义诊\n"),
        "<h1 id=\"hi-there\">Hi <em>there</em><a class=\"anchor\" href=\"#hi-there\" aria-hidden=\"true\" tabindex=\"-1\"></a></h1>\n\
         <h2 id=\"义诊\">义诊<a class=\"anchor\" href=\"#%E4%B9%89%E8%AF%8A\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>\n"
    );
    let plain = |body| with(body, |settings| settings.heading_anchors = false).html;
    assert_eq!(
        plain("A\n=\n\n## A\n\n### A {#own .big lang=en}\n\n###\n"),
        "<h1 id=\"a\">A</h1>\n<h2 id=\"a-1\">A</h2>\n<h3 id=\"own\" class=\"big\" lang=\"en\">A</h3>\n<h3 id=\"section\"></h3>\n"
    );
}

#[test]
fn attributes_of_a_heading_do_no_harm() {
    let (html, findings) = found("# A {onclick=alert(1) data-a=b&c}");
    assert!(
        html.starts_with("<h1 id=\"a\" data-a=\"b&amp;c\">A<a "),
        "{html}"
    );
    assert_eq!(
        findings,
        ["# A {onclick=alert(1) data-a=b&c}: `onclick` of this heading was left out"]
    );
}

#[test]
fn code_is_marked_up_if_its_language_is_known() {
    assert_eq!(
        html("```json,linenos\n[null, \"<\"]\n```"),
        "<pre tabindex=\"0\"><code class=\"language-json\">[<span class=\"hl-l\">null</span>, <span class=\"hl-s\">\"&lt;\"</span>]\n</code></pre>\n"
    );
    assert_eq!(
        html("```no#such\n<a\n```"),
        "<pre tabindex=\"0\"><code class=\"language-no#such\">&lt;a\n</code></pre>\n"
    );
    assert_eq!(
        html("    <a\n    \"b\"\n"),
        "<pre tabindex=\"0\"><code>&lt;a\n\"b\"\n</code></pre>\n"
    );
    let plain = with("```json\nnull\n```", |settings| settings.highlight = false);
    assert_eq!(
        plain.html,
        "<pre tabindex=\"0\"><code class=\"language-json\">null\n</code></pre>\n"
    );
}

#[test]
fn tables_scroll_in_a_named_region() {
    assert_eq!(
        html("|a|b|c|\n|-|:-:|-:|\n|1|2|3|\n"),
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr><th>a</th><th style=\"text-align: center\">b</th>\
         <th style=\"text-align: right\">c</th></tr></thead><tbody>\n\
         <tr><td>1</td><td style=\"text-align: center\">2</td><td style=\"text-align: right\">3</td></tr>\n</tbody></table></div>\n"
    );
}

#[test]
fn tasks_have_named_boxes() {
    assert_eq!(
        html("- [x] sent\n- [ ] *paid*\n- other\n"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> sent</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"to do\"> <em>paid</em></li>\n<li>other</li>\n</ul>\n"
    );
    assert_eq!(
        html("- [x] A\n  ===\n").replace(
            "<a class=\"anchor\" href=\"#a\" aria-hidden=\"true\" tabindex=\"-1\"></a>",
            ""
        ),
        "<ul>\n<li class=\"task\">\n<h1 id=\"a\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> A</h1>\n</li>\n</ul>\n"
    );
    assert_eq!(
        html("- [x] a\n\n- b\n"),
        "<ul>\n<li class=\"task\">\n<p><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"
    );
}

#[test]
fn alerts_are_notes_with_a_title() {
    for (name, title) in [
        ("note", "Note"),
        ("tip", "Tip"),
        ("important", "Important"),
        ("warning", "Warning"),
        ("caution", "Caution"),
    ] {
        assert_eq!(
            html(&format!("> [!{}]\n> Text\n", name.to_uppercase())),
            format!(
                "<div class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n<p>Text</p>\n</div>\n"
            )
        );
    }
    let labels = Labels {
        note: "提示 <1>".to_owned(),
        ..Labels::default()
    };
    let chinese = to_html(
        "> [!NOTE]\n> 文",
        &MarkdownSettings::default(),
        &labels,
        &Site,
    );
    assert_eq!(
        chinese.html,
        "<div class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">提示 &lt;1&gt;</p>\n<p>文</p>\n</div>\n"
    );
}

#[test]
fn footnotes_are_numbered_as_they_are_referred_to() {
    assert_eq!(
        html("a[^x] b[^1] c[^x]\n\n[^1]: One\n\n[^x]: - Two\n"),
        "<p>a<sup class=\"footnote-ref\" id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote-ref\" id=\"fnref-2\"><a href=\"#fn-2\" role=\"doc-noteref\">2</a></sup> \
         c<sup class=\"footnote-ref\" id=\"fnref-1-2\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\"><ul>\n<li>Two</li>\n</ul> \
         <a class=\"footnote-back\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to text 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to text 1-2\">↩<sup>2</sup></a></li>\n\
         <li id=\"fn-2\"><p>One \
         <a class=\"footnote-back\" href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"Back to text 2\">↩</a></p></li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn a_footnote_that_nothing_refers_to_is_reported() {
    let (html, findings) = found("a\n\n[^1]: One\n");
    assert_eq!(html, "<p>a</p>\n");
    assert_eq!(
        findings,
        [
            "[^1]: One\n: the footnote `[^1]` was left out: nothing refers to it, or its name is used twice"
        ]
    );
}

#[test]
fn definitions_are_lists_of_their_own() {
    assert_eq!(
        html("Term\n: One\n: Two\n"),
        "<dl>\n<dt>Term</dt>\n<dd>One</dd>\n<dd>Two</dd>\n</dl>\n"
    );
}

#[test]
fn what_stands_before_more_can_be_rendered_alone() {
    let body = "A[^1] [b].\n\n<!-- more -->\n\nC\n\n[b]: @/a.md\n[^1]: Note\n";
    let more = outline(body, &MarkdownSettings::default(), Quotes::default())
        .more
        .expect("marked");
    let lead = lead_html(
        body,
        more,
        &MarkdownSettings::default(),
        &Labels::default(),
        &Site,
    );
    assert_eq!(
        lead,
        Rendered {
            html: "<p>A <a href=\"/a/\">b</a>.</p>\n".to_owned(),
            findings: Vec::new()
        }
    );
    assert!(html(body).contains("</p>\n\n<p>C</p>\n<section"));
}
