//! What Markdown becomes, as a whole.

use super::*;
use crate::config::HtmlPolicy;

struct Site;

impl Links for Site {
    fn link(&self, target: &str) -> Option<String> {
        match target {
            "@/a.md" => Some("/a/".to_owned()),
            "中.pdf" => Some("/中/中.pdf".to_owned()),
            _ => None,
        }
    }

    fn image(&self, target: &str) -> Option<ImageSource> {
        (target == "a.jpg").then(|| ImageSource { src: "/x/a.jpg".to_owned(), size: Some((640, 480)) })
    }
}

fn with(body: &str, change: impl Fn(&mut MarkdownSettings)) -> Rendered {
    let mut settings = MarkdownSettings::default();
    change(&mut settings);
    to_html(body, &settings, &Labels::default(), &Site)
}

fn html(body: &str) -> String {
    let rendered = with(body, |_| {});
    assert_eq!(rendered.findings, [], "{body}");
    rendered.html
}

/// The HTML, and the findings as `bytes: message`.
fn found(body: &str) -> (String, Vec<String>) {
    let rendered = with(body, |_| {});
    let findings = rendered.findings.into_iter().map(|finding| format!("{}: {}", &body[finding.range], finding.message));
    (rendered.html, findings.collect())
}

#[test]
fn smoke() {
    for body in [
        "# Hi *there*\n\ntext\nmore", "## A {#b .c onclick=x data-y=z}", "![alt *x*](a.jpg \"Cap & tion\")", "![a](a.jpg) \n![b](b.jpg 't')",
        "```rust,linenos\nfn x() {}\n```", "```test\n<a\n```", "|a|b|\n|-|-:|\n|1|2|", "- [x] done\n- [ ] open\n\n  para", "> [!NOTE]\n> hi",
        "a[^1] b[^1] c[^zwei]\n\n[^1]: One\n\n[^zwei]: Two\n\n    > quote\n\n[^none]: x", "Term\n: Def", "$$x<y$$", "a $x^2$ b $$\\frac{1}{2}$$ c", "$\\operatorname{<script>}$ $\\foo{1}$ $a_b_c$ ${$", "$\\bigl( a < b \\bigr)$",
        "[a](@/a.md#x) [b](@/a.md) <http://x.cn> <a@b.cn> [c](javascript:alert(1)) ![d](data:text/html,x)",
        "<div class=\"x\" onclick=y style='a'>\n\nText **md**\n\n</div>\n\n</div>\n\n<script>alert(1)</script>\n\nx <kbd>y</kbd> <script>z</script> q",
        "> <div>\n\nafter </div>", "<!-- more -->\n\n<!-- open", "##Bad\n\n[x][y] [^z] [a](中.pdf) [b]（http://x）",
        "<img src=a.jpg width=3> <a href='@/a.md'>x</a> <a href='java&#115;cript:x'>y</a>\n\n|a|\n|:-:|\n| <b>x |\n\n$\\color{red}x$",
    ] {
        let r = with(body, |_| {});
        println!("=== {body}\n{}", r.html);
        for f in r.findings { println!("!! {:?} {:?} {}", f.range.clone(), f.code, f.message); }
    }
    for t in ["# x", "1. a", "*a* \"b\"", "_a_ b", "> q\n\nz", "(x)", "**“a”**"] {
        println!("{:?}", inline_html(t, &MarkdownSettings{smart_punctuation:true,..Default::default()}, &Labels::default(), &Site));
    }
    println!("{:#?}", outline("# T\n\nPara [a](b.md 'b.md') ![i]( <c d.png> ) [r][ref]\n\n<!-- more -->\n\n<a name=n id=q href=z.md>\n\n## T[^1]\n\n[ref]: r.md\n[^1]: note [x](<y>)\n", &MarkdownSettings::default()));
}
