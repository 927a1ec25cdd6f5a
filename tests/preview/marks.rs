//! Drafts and their like are shown when asked for, marked, and never deployed.

use crate::serving::Preview;
use crate::site::{Site, article};

fn site() -> Site {
    let site = Site::new();
    for (name, line) in [
        ("draft", "draft: true"),
        ("future", "date: 2030-01-01"),
        ("expired", "expires: 2020-01-01"),
    ] {
        let text = format!("---\ntitle: {name}\n{line}\n---\nText.\n");
        site.write(&format!("content/news/{name}.md"), &text);
    }
    site.write(
        "content/plans/_index.md",
        "---\ntitle: Plans\ndraft: true\n---\n",
    );
    site.write("content/plans/hall.md", &article("Hall", "Text."));
    site
}

#[test]
fn each_flag_shows_its_own_and_marks_it() {
    for (flag, shown) in [
        (None, vec![]),
        (
            Some("--drafts"),
            vec![
                ("/news/draft/", "Not published: a draft"),
                ("/plans/", "Not published: a draft"),
                ("/plans/hall/", "Not published: a draft"),
            ],
        ),
        (
            Some("--future"),
            vec![("/news/future/", "Not published: not due yet")],
        ),
        (
            Some("--expired"),
            vec![("/news/expired/", "Not published: expired")],
        ),
    ] {
        let site = site();
        let preview = Preview::start(&site, flag.as_slice());
        let all = [
            "/news/draft/",
            "/news/future/",
            "/news/expired/",
            "/plans/",
            "/plans/hall/",
            "/news/one/",
        ];
        for path in all {
            let page = preview.get(path);
            let mark = shown.iter().find(|(marked, _)| *marked == path);
            let is_there = mark.is_some() || path == "/news/one/";
            assert_eq!(page.status == 200, is_there, "{flag:?} {path}");
            assert_eq!(
                page.fact("early"),
                mark.map(|(_, mark)| *mark),
                "{flag:?} {path}"
            );
        }
        assert!(!site.path("public").exists());
    }
}

#[test]
fn a_draft_that_is_finished_loses_its_mark() {
    let site = site();
    site.write("templates/page.html", "<body>{{ page.title }}</body>");
    let preview = Preview::start(&site, &["--watch", "--drafts"]);
    let events = preview.listen();
    assert_eq!(
        preview.get("/news/draft/").fact("early"),
        Some("Not published: a draft")
    );
    site.write("content/news/draft.md", "---\ntitle: draft\n---\nText.\n");
    assert_eq!(events.changed(), ["/news/draft/"]);
    assert_eq!(preview.get("/news/draft/").fact("early"), None);
}
