//! What the site knows of a text.

use super::*;
use crate::config::HtmlPolicy;

fn of(body: &str) -> Outline {
    outline(body, &MarkdownSettings::default(), Quotes::default())
}

#[test]
fn headings_are_listed_with_their_ids() {
    let headings = of("# A *b* `c`\n\n> ## A b c\n\nD\n---\n\n### E {#own}\n").headings;
    let listed: Vec<_> = headings
        .iter()
        .map(|heading| (heading.level, &*heading.id, &*heading.title))
        .collect();
    assert_eq!(
        listed,
        [
            (1, "a-b-c", "A b c"),
            (2, "a-b-c-1", "A b c"),
            (2, "d", "D"),
            (3, "own", "E")
        ]
    );
}

#[test]
fn links_are_listed_with_their_places() {
    let body = "[a](b.md 'b.md') ![i *j*]( <c d.png> ) [r][r] [https](https://x.cn) <m@x.cn> [e](x&amp;y.md)\n\n<img src=\"raw.jpg\"><a href='/z'>\n\n[r]: r.md\n";
    let links = of(body).links;
    let listed: Vec<_> = links
        .iter()
        .map(|link| {
            (
                link.kind,
                &*link.target,
                &body[link.range.start as usize..link.range.end as usize],
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            (LinkKind::Link, "b.md", "b.md"),
            (LinkKind::Image, "c d.png", "c d.png"),
            (LinkKind::Link, "r.md", "[r][r]"),
            (LinkKind::Link, "x&y.md", "x&amp;y.md"),
            (LinkKind::Image, "raw.jpg", "raw.jpg"),
            (LinkKind::Link, "/z", "/z"),
        ]
    );
}

#[test]
fn anchors_are_ids_and_footnotes() {
    let body = "<a name=n></a> <b id=\"q\">x</b>[^1] y[^1]\n\n[^1]: z\n";
    let anchors = of(body).anchors;
    assert_eq!(
        anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(),
        ["n", "q", "fn-1", "fnref-1", "fnref-1-2"]
    );
    let escaping = MarkdownSettings {
        html: HtmlPolicy::Escape,
        ..MarkdownSettings::default()
    };
    assert_eq!(
        outline("<a id=n href=m>\n", &escaping, Quotes::default()),
        Outline::default()
    );
}

#[test]
fn the_first_heading_can_be_the_title() {
    assert_eq!(of("\n# A *b*\n\nc").title, Some(("A b".to_owned(), 1..9)));
    assert_eq!(of("A\n=\n").title, Some(("A".to_owned(), 0..4)));
    for body in [
        "a\n\n# B\n",
        "## A\n",
        "> # A\n",
        "---\n\n# A\n",
        "#\n",
        "<!-- a -->\n\n# B\n",
        "",
    ] {
        assert_eq!(of(body).title, None, "{body:?}");
    }
}

#[test]
fn more_stands_between_blocks() {
    assert_eq!(of("a\n\n<!-- more -->\n\nb").more, Some(3));
    assert_eq!(of("a\n<!--MORE-->\nb").more, Some(2));
    assert_eq!(of("a <!-- more --> b").more, None);
    assert_eq!(of("> <!-- more -->").more, None);
    assert_eq!(of("`<!-- more -->`").more, None);
}

#[test]
fn the_excerpt_is_the_text_of_the_first_paragraphs() {
    let excerpt = |body: &str| of(body).excerpt;
    assert_eq!(
        excerpt(
            "# T\n\n*One* [two](x)\n`three` ![no](x).\n\n```\nno\n```\n\n|no|\n|-|\n\nFour[^1].\n\n[^1]: no\n"
        ),
        "One two three . Four."
    );
    assert_eq!(
        excerpt("周六上午\n九点。\n\n开始。"),
        "周六上午九点。开始。"
    );
    assert_eq!(excerpt("议程\n\n九点开始。"), "议程 九点开始。");
    assert_eq!(excerpt("周六上午\\\n九点。"), "周六上午九点。");
    assert_eq!(excerpt("- a\n- b\n"), "a b");
    assert_eq!(excerpt("- a\n\nb\n"), "b");
    assert_eq!(excerpt("a\n\n<!-- more -->\n\nb"), "a");
    assert_eq!(excerpt("<!-- more -->\n\nb"), "b");
}

#[test]
fn all_text_counts_but_code_blocks() {
    let words = of("# One two\n\nthree *f*our `five`\n义诊，活动\n\n```\nno\n```\n\n|six|\n|-|\n|seven|\n\n![no](x)\n").words;
    assert_eq!((words.latin, words.han, words.count()), (7, 4, 11));
}
