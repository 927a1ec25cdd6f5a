//! Links, images, formulas, and one paragraph alone.

use super::*;

#[test]
fn links_lead_where_the_site_says() {
    assert_eq!(
        html(
            "[a](@/a.md \"A & \\\"B\\\"\") [b][b] [c](义诊.pdf) [d](/d?x=1&y=2#z) [e](#e)\n\n[b]: b.md#part"
        ),
        "<p><a href=\"/a/\" title=\"A &amp; &quot;B&quot;\">a</a> <a href=\"/b/#part\">b</a> \
         <a href=\"/x/%E4%B9%89%E8%AF%8A.pdf\">c</a> <a href=\"/d?x=1&amp;y=2#z\">d</a> <a href=\"#e\">e</a></p>\n"
    );
}

#[test]
fn links_that_leave_the_site_follow_the_settings() {
    let body = "[a](https://a.cn/) <http://b.cn> [c](//c.cn) [d](mailto:d@e.cn) <f@g.cn> [h](tel:123) [i](/i)";
    assert_eq!(
        html(body),
        "<p><a href=\"https://a.cn/\">a</a> <a href=\"http://b.cn\">http://b.cn</a> <a href=\"//c.cn\">c</a> \
         <a href=\"mailto:d@e.cn\">d</a> <a href=\"mailto:f@g.cn\">f@g.cn</a> <a href=\"tel:123\">h</a> <a href=\"/i\">i</a></p>\n"
    );
    let external = |target: Option<&str>, rel: Option<&str>| {
        let change = |settings: &mut MarkdownSettings| {
            settings.external_target = target.map(str::to_owned);
            settings.external_rel = rel.map(str::to_owned);
        };
        let rendered = with("[a](https://a.cn) [b](/b)", change).html;
        rendered
            .replace("<p><a href=\"https://a.cn\"", "")
            .replace(">a</a> <a href=\"/b\">b</a></p>\n", "")
    };
    assert_eq!(
        external(Some("_blank"), None),
        " target=\"_blank\" rel=\"noopener\""
    );
    assert_eq!(
        external(Some("_blank"), Some("nofollow")),
        " target=\"_blank\" rel=\"nofollow noopener\""
    );
    assert_eq!(
        external(Some("_blank"), Some("noopener ugc")),
        " target=\"_blank\" rel=\"noopener ugc\""
    );
    assert_eq!(external(None, Some("nofollow")), " rel=\"nofollow\"");
}

#[test]
fn addresses_that_could_do_harm_are_left_out() {
    let body = "[a](javascript:alert(1)) [b](<&#106;avaScript:x>) ![c](data:text/html,x) ![d](data:image/png;base64,eA==)";
    let (html, findings) = found(body);
    let image = |src: &str, alt: &str| {
        format!("<img src=\"{src}\" alt=\"{alt}\" loading=\"lazy\" decoding=\"async\">")
    };
    assert_eq!(
        html,
        format!(
            "<p><a>a</a> <a>b</a> {} {}</p>\n",
            image("", "c"),
            image("data:image/png;base64,eA==", "d")
        )
    );
    assert_eq!(
        findings,
        [
            "[a](javascript:alert(1)): the address begins with `javascript:` and was left out, because it could do harm",
            "[b](<&#106;avaScript:x>): the address begins with `javascript:` and was left out, because it could do harm",
            "![c](data:text/html,x): the address begins with `data:` and was left out, because it could do harm",
        ]
    );
    let allowed = with("[a](javascript:x)", |settings| {
        settings.html = crate::config::HtmlPolicy::Allow
    });
    assert_eq!(
        allowed,
        Rendered {
            html: "<p><a href=\"javascript:x\">a</a></p>\n".to_owned(),
            findings: Vec::new()
        }
    );
}

#[test]
fn images_know_their_size_and_their_words() {
    assert_eq!(
        html("x ![A *\"b\"* `<c>`\n[d](e)](a.jpg 't') ![](z.png)"),
        "<p>x <img src=\"/x/a.jpg\" alt=\"A &quot;b&quot; &lt;c&gt; d\" title=\"t\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"> \
         <img src=\"z.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
}

#[test]
fn an_image_alone_with_a_title_is_a_figure() {
    let image = "<img src=\"/x/a.jpg\" alt=\"A\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\">";
    let figure = format!("<figure>{image}<figcaption>Cap &amp; tion</figcaption></figure>\n");
    assert_eq!(html("![A](a.jpg \"Cap & tion\")"), figure);
    assert_eq!(
        html("- ![A](a.jpg \"Cap & tion\")\n\n- b"),
        format!("<ul>\n<li>\n{figure}</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n")
    );
    assert_eq!(html("![A](a.jpg)"), format!("<p>{image}</p>\n"));
    assert_eq!(
        html("[![A](a.jpg)](/b)"),
        format!("<p><a href=\"/b\">{image}</a></p>\n")
    );
    assert!(html("[![A](a.jpg \"t\")](/b)").starts_with("<p><a href=\"/b\"><img "));
    assert!(html("![A](a.jpg \"t\") text").starts_with("<p><img "));
}

#[test]
fn images_alone_together_are_a_gallery() {
    let image =
        |alt: &str| format!("<img src=\"b\" alt=\"{alt}\" loading=\"lazy\" decoding=\"async\">");
    assert_eq!(
        html("![1](b)\n![2](b \"Two\") ![3](b)"),
        format!(
            "<div class=\"gallery\">\n{}\n<figure>{}<figcaption>Two</figcaption></figure>\n{}\n</div>\n",
            image("1"),
            image("2"),
            image("3")
        )
    );
}

#[test]
fn formulas_are_mathml() {
    assert_eq!(
        html("a $x$ b"),
        "<p>a <span class=\"math\"><math><mi>x</mi></math></span> b</p>\n"
    );
    assert_eq!(
        html("$$x$$"),
        "<div class=\"math\"><math display=\"block\"><mi>x</mi></math></div>\n"
    );
    assert_eq!(
        html("a $$x$$ b"),
        "<p>a <span class=\"math\"><math display=\"block\"><mi>x</mi></math></span> b</p>\n"
    );
    assert_eq!(html("It costs $5 or $6."), "<p>It costs $5 or $6.</p>\n");
    let (html, findings) = found("a $\\foo < 1$ b");
    assert_eq!(html, "<p>a <code>$\\foo &lt; 1$</code> b</p>\n");
    assert_eq!(
        findings,
        ["$\\foo < 1$: this formula cannot be read: `\\foo` is not a command that is known here"]
    );
}

#[test]
fn quotes_are_curled_only_if_that_is_wanted() {
    assert_eq!(html("\"a\" -- b"), "<p>\"a\" -- b</p>\n");
    let smart = with("\"a\" -- b", |settings| settings.smart_punctuation = true);
    assert_eq!(smart.html, "<p>“a” – b</p>\n");
}

#[test]
fn one_paragraph_alone_begins_no_block() {
    let settings = MarkdownSettings {
        smart_punctuation: true,
        ..MarkdownSettings::default()
    };
    let inline = |text| inline_html(text, &settings, &Labels::default(), &Site).html;
    assert_eq!(
        inline("*a* [b](@/a.md)"),
        "<em>a</em> <a href=\"/a/\">b</a>"
    );
    assert_eq!(inline("_a_ \"b\""), "<em>a</em> “b”");
    assert_eq!(inline("**“a”** (b)"), "<strong>“a”</strong> (b)");
    assert_eq!(inline("# 1"), "# 1");
    assert_eq!(inline("1. a\n\n- b"), "1. a  - b");
    assert_eq!(inline("> a"), "&gt; a");
    assert_eq!(inline("(a)"), "(a)");
    assert_eq!(
        inline("![a](b \"c\")"),
        "<img src=\"b\" alt=\"a\" title=\"c\" loading=\"lazy\" decoding=\"async\">"
    );
    assert_eq!(inline(" \n "), "");
    let wrong = inline_html("a <script>b</script>", &settings, &Labels::default(), &Site);
    assert_eq!(wrong.html, "a ");
    assert_eq!(wrong.findings[0].range, 2..10);
}
