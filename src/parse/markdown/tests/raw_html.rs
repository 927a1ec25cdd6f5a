//! The three policies for raw HTML.

use super::*;
use crate::config::HtmlPolicy;

fn under(policy: HtmlPolicy, body: &str) -> String {
    with(body, |settings| settings.html = policy).html
}

#[test]
fn harmless_html_stays() {
    for body in [
        "<kbd>A</kbd> <sub class=\"x\" id=\"y\" lang=\"en\" dir=\"rtl\" title=\"t\" data-a=\"1\" aria-label=\"l\">b</sub>",
        "<abbr>a</abbr> <mark>b</mark> <sup>c</sup> <ruby>漢<rt>かん</rt></ruby>",
    ] {
        assert_eq!(html(body), format!("<p>{body}</p>\n"));
    }
    for body in [
        "<details open=\"\"><summary>a</summary>b</details>\n",
        "<figure><img src=\"b\" alt=\"\" width=\"3\"><figcaption>c</figcaption></figure>\n",
        "<video src=\"/a.mp4\" poster=\"/p.jpg\" controls=\"\">\n<track src=\"/a.vtt\" kind=\"captions\"></video>\n",
        "<table>\n<tbody><tr><td colspan=\"2\">a</td></tr></tbody>\n</table>\n",
    ] {
        assert_eq!(html(body), body);
    }
}

/// Each text, its HTML, and what is said about it.
fn assert_found(cases: &[(&str, &str, &str)]) {
    for (body, html, finding) in cases {
        assert_eq!(
            found(body),
            ((*html).to_owned(), vec![(*finding).to_owned()]),
            "{body}"
        );
    }
}

#[test]
fn elements_that_could_do_harm_are_removed_and_named() {
    assert_found(&[
        (
            "<script>alert('<b>')</script>\n",
            "\n",
            "<script>: `<script>` and what it holds were left out, because they could do harm",
        ),
        (
            "a <STYLE>p{}</STYLE> b",
            "<p>a  b</p>\n",
            "<STYLE>: `<style>` and what it holds were left out, because they could do harm",
        ),
        (
            "<iframe src=\"x\"><b></iframe>c\n",
            "c\n",
            "<iframe src=\"x\">: `<iframe>` and what it holds were left out, because they could do harm",
        ),
        (
            "a <svg/> b",
            "<p>a  b</p>\n",
            "<svg/>: `<svg>` and what it holds were left out, because they could do harm",
        ),
        (
            "a <font size=7>b</font> c",
            "<p>a b c</p>\n",
            "<font size=7>: `<font>` was left out; what it holds stays",
        ),
        (
            "a <svg><b>b</b> *c* <svg></svg></svg> d",
            "<p>a  d</p>\n",
            "<svg>: `<svg>` and what it holds were left out, because they could do harm",
        ),
        (
            "a <script> b\n\nc",
            "<p>a </p>\n<p>c</p>\n",
            "<script>: `<script>` and what it holds were left out, because they could do harm",
        ),
    ]);
}

#[test]
fn attributes_that_could_do_harm_are_removed_and_named() {
    assert_found(&[
        (
            "<b onclick=x>a</b>",
            "<p><b>a</b></p>\n",
            "onclick=x: `onclick` of `<b>` was left out",
        ),
        (
            "<b ONCLICK=x class=c style='d'>a</b>",
            "<p><b class=\"c\">a</b></p>\n",
            "<b ONCLICK=x class=c style='d'>: `onclick` and `style` of `<b>` were left out",
        ),
        (
            "<a href=' java&#x73;cript&colon;x'>a</a>",
            "<p><a>a</a></p>\n",
            "href=' java&#x73;cript&colon;x': `href` of `<a>` was left out",
        ),
        (
            "<img src=data:text/html,x>",
            "<img>",
            "src=data:text/html,x: `src` of `<img>` was left out",
        ),
        (
            "<p a b c d e f g>x</p>\n",
            "<p>x</p>\n",
            "<p a b c d e f g>: `a`, `b`, `c`, `d`, `e` and 2 more of `<p>` were left out",
        ),
    ]);
}

#[test]
fn the_place_is_right_behind_the_signs_of_a_quotation() {
    let (_, findings) = found("> <div>\n>   <b\n> onclick=x>文</b>\n> </div>\n");
    assert_eq!(findings, ["onclick=x: `onclick` of `<b>` was left out"]);
}

#[test]
fn comments_go_without_a_word_unless_they_do_not_end() {
    assert_eq!(html("a <!-- b --> c\n\n<!-- d\ne -->\n"), "<p>a  c</p>\n\n");
    let (html, findings) = found("a\n\n<!-- b\n\nc\n");
    assert_eq!(html, "<p>a</p>\n");
    assert_eq!(
        findings,
        ["<!--: this comment does not end, so all that follows was left out"]
    );
}

#[test]
fn raw_html_can_stand_around_markdown() {
    assert_eq!(
        html("<div class=\"a\">\n\n*b*\n\n</div>\n"),
        "<div class=\"a\">\n<p><em>b</em></p>\n</div>\n"
    );
}

#[test]
fn raw_html_does_not_break_out_of_what_markdown_holds() {
    let stray = "</div>: `</div>` ends nothing that begins here, and was left out";
    assert_eq!(
        found("> [!NOTE]\n> a </div> b\n"),
        (
            "<div class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">Note</p>\n<p>a  b</p>\n</div>\n".to_owned(),
            vec![stray.to_owned()]
        )
    );
    assert_eq!(
        found("</div>\n\na"),
        ("\n<p>a</p>\n".to_owned(), vec![stray.to_owned()])
    );
    assert_eq!(
        html("> <div>\n\na"),
        "<blockquote>\n<div>\n</div></blockquote>\n<p>a</p>\n"
    );
    assert_eq!(html("**<b>a** c"), "<p><strong><b>a</b></strong> c</p>\n");
    assert_eq!(
        html("- <i>a\n- b"),
        "<ul>\n<li><i>a</i></li>\n<li>b</li>\n</ul>\n"
    );
    assert_eq!(
        html("<ul>\n<li>a\n<li>b\n</ul>\n"),
        "<ul>\n<li>a\n</li><li>b\n</li></ul>\n"
    );
}

#[test]
fn all_that_we_write_ourselves_outlives_cleaning() {
    let body = "# A {.b}\n\n![c](a.jpg \"d\")\n\n- [x] e\n\n> [!TIP]\n> f[^1]\n\n|g|\n|-:|\n|h|\n\n```test\ni\n```\n\n$$\\bigl(\\frac{\\color{red}x}{y}$$\n\n[j](weixin:k)\n\n[^1]: l\n";
    let without = html(body);
    let cleaned = html(&format!("{body}\n<hr>\n"));
    let spelling = |html: &str| {
        html.replace(" disabled checked ", " disabled=\"\" checked=\"\" ")
            .replace("text-align: right", "text-align:right")
            .replace("color: rgb", "color:rgb")
    };
    let (content, notes) = without.split_once("<section").expect("footnotes");
    assert_eq!(
        cleaned,
        spelling(&format!("{content}<hr>\n<section{notes}"))
    );
}

#[test]
fn links_in_raw_html_lead_where_the_site_says() {
    let body = "<a href=@/a.md>a</a> <img src='a.jpg' alt=b>";
    let expected = "<p><a href=\"/a/\">a</a> <img src=\"/x/a.jpg\" alt=";
    assert_eq!(html(body), format!("{expected}\"b\"></p>\n"));
    assert_eq!(
        under(HtmlPolicy::Allow, body),
        format!("{expected}b></p>\n")
    );
}

#[test]
fn other_policies_remove_nothing() {
    let body = "<script>if (a < b) {}</script>\n\nx <b onclick=y>z</div>\n";
    assert_eq!(
        under(HtmlPolicy::Allow, body),
        "<script>if (a < b) {}</script>\n<p>x <b onclick=y>z</div></p>\n"
    );
    assert_eq!(
        under(HtmlPolicy::Escape, body),
        "<p>&lt;script&gt;if (a &lt; b) {}&lt;/script&gt;</p>\n<p>x &lt;b onclick=y&gt;z&lt;/div&gt;</p>\n"
    );
    for policy in [HtmlPolicy::Allow, HtmlPolicy::Escape, HtmlPolicy::Sanitize] {
        assert_eq!(under(policy, "<!-- more -->\n").trim(), "");
    }
}

#[test]
fn html_in_a_text_nested_too_deep_is_shown() {
    let (html, findings) = found(&format!("{} <b>x</b>", ">".repeat(401)));
    assert!(html.contains("<p>&lt;b&gt;x&lt;/b&gt;</p>"));
    assert_eq!(
        findings,
        [": this text is nested deeper than 400 levels, so its HTML is shown as text"]
    );
}
