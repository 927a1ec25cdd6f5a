//! Mistakes are shown over the last good page, and go when they are mended.

use crate::process::Running;
use crate::serving::Preview;
use crate::site::{Site, article};

#[test]
fn the_last_good_page_stays_until_the_mistake_is_mended() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let events = preview.listen();
    site.write(
        "content/news/one.md",
        "---\nauther: <b>x</b>\n---\nOther text.\n",
    );
    let message = loop {
        let message = events.next();
        if message["mistake_count"] != 0 {
            break message;
        }
    };
    assert_eq!(
        message["mistakes"],
        serde_json::json!([{
            "severity": "error",
            "code": "unknown-key",
            "message": "there is no key `auther`",
            "path": "content/news/one.md",
            "line": 2,
            "column": 1,
            "excerpt": ["", "auther", ": <b>x</b>"],
            "help": "Did you mean `author`?",
        }])
    );
    assert!(preview.get("/news/one/").body.contains("First text."));

    // A page that is opened now hears of it at once.
    let page = preview.get("/news/two/");
    let late = crate::events::Events::since(&preview, page.fact("id").expect("the build"));
    assert_eq!(late.next()["mistake_count"], 1);

    site.write("content/news/one.md", &article("One", "Mended text."));
    while events.next()["mistake_count"] != 0 {}
    assert!(preview.get("/news/one/").body.contains("Mended text."));
}

#[test]
fn a_mistake_in_a_template_is_one_of_its_own_line() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let events = preview.listen();
    site.write("templates/page.html", "<body>\n{{ page.titel }}\n</body>");
    let mut message = events.next();
    while message["mistake_count"] == 0 {
        message = events.next();
    }
    assert_eq!(message["mistakes"][0]["path"], "templates/page.html");
    assert_eq!(message["mistakes"][0]["line"], 2);
    assert!(preview.get("/news/one/").body.contains("First text."));
}

#[test]
fn a_site_that_begins_with_mistakes_is_shown_once_they_are_mended() {
    let site = Site::new();
    site.write("content/news/one.md", "---\nauther: x\n---\n");
    let (first, preview) = Preview::awaiting(&site, &["--watch"]);
    assert_eq!(
        (&first["success"], &first["errors"]),
        (&false.into(), &1.into())
    );
    let pages = [(); 3].map(|()| preview.get("/news/one/"));
    assert_eq!(pages.each_ref().map(|page| page.status), [503; 3]);
    let [.., page] = pages;
    assert!(page.body.contains("The site has not been built yet."));
    let events = crate::events::Events::since(&preview, page.fact("id").expect("the build"));
    assert_eq!(events.next()["mistake_count"], 1);
    site.write("content/news/one.md", &article("One", "Mended text."));
    // Nobody built in vain meanwhile, whoever asked for a page.
    assert_eq!(preview.build()["success"], true);
    assert!(preview.get("/news/one/").body.contains("Mended text."));
}

#[test]
fn without_watching_mistakes_end_the_preview() {
    let site = Site::new();
    site.write("content/news/one.md", "---\nauther: x\n---\n");
    let (status, messages) = Running::start(&site, &["serve", "--port", "0"]).end();
    assert_eq!(status.code(), Some(1));
    assert!(
        messages.ends_with("Nothing was published: 1 error."),
        "{messages}"
    );
}

#[test]
fn build_watch_outlives_mistakes_and_leaves_the_published_site_alone() {
    let site = Site::new();
    let running = Running::start(&site, &["build", "--watch"]);
    running.message("Waiting for changes");
    let published = || std::fs::read_to_string(site.path("public/news/one/index.html"));
    let before = published().expect("the page");
    site.write("content/news/two.md", "---\nauther: x\n---\n");
    running.message("content/news/two.md: nothing was published: 1 error.");
    assert_eq!(published().expect("the page"), before);
    site.write("content/news/two.md", &article("Two", "Mended text."));
    running.message("content/news/two.md: ");
    let two = std::fs::read_to_string(site.path("public/news/two/index.html"));
    assert!(two.expect("the page").contains("Mended text."));
    assert!(!before.contains("preview.js"));
}

#[test]
fn a_failure_of_the_environment_is_shown_too() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let events = preview.listen();
    std::fs::remove_file(site.path("site.yaml")).expect("removed");
    std::fs::create_dir(site.path("site.yaml")).expect("a folder in its place");
    let mut message = events.next();
    while message["mistake_count"] == 0 {
        message = events.next();
    }
    let told = message["mistakes"][0]["message"].as_str().expect("words");
    assert!(told.ends_with("site.yaml: this is not a file"), "{told}");
    assert!(preview.get("/").body.contains("Home"));
}

#[test]
fn an_output_that_cannot_be_written_ends_nothing() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let lock = site.path(".courant/lock");
    std::fs::remove_file(&lock).expect("removed");
    std::fs::create_dir(&lock).expect("a folder in its place");
    site.write("content/news/one.md", &article("One", "Other text."));
    preview.message("error: cannot open");
    assert_eq!(preview.build()["success"], false);
    std::fs::remove_dir(&lock).expect("removed");
    site.write("content/news/one.md", &article("One", "At last."));
    while !preview.get("/news/one/").body.contains("At last.") {
        preview.build();
    }
}
