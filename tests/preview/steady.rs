//! The site is there at every moment.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::serving::Preview;
use crate::site::{Site, article};

/// The number that stands at both ends of an article's text.
fn revision(body: &str) -> usize {
    let mut numbers = body.split("revision ").skip(1).map(|rest| {
        let end = rest.find('.').expect("a full stop");
        rest[..end].parse::<usize>().expect("a number")
    });
    let (first, last) = (numbers.next(), numbers.next());
    assert!(first.is_some() && first == last, "half a page: {body}");
    assert!(body.ends_with("</body></html>"), "half a page: {body}");
    first.expect("a number")
}

fn text(revision: usize) -> String {
    let words = "many words ".repeat(2000);
    article(
        &format!("Title {revision}"),
        &format!("revision {revision}. {words} revision {revision}."),
    )
}

#[test]
fn whoever_asks_at_full_speed_gets_a_whole_page_every_time() {
    const REBUILDS: usize = 100;
    let site = Site::new();
    site.write("content/news/one.md", &text(0));
    let preview = Preview::start(&site, &["--watch"]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let pollers = ["/news/one/", "/news/"].map(|path| {
            let (browser, is_over) = (preview.browser.clone(), &is_over);
            scope.spawn(move || {
                let mut answers = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    answers.push(browser.get(path));
                }
                answers
            })
        });
        for rebuild in 1..=REBUILDS {
            site.write("content/news/one.md", &text(rebuild));
            while revision(&preview.get("/news/one/").body) < rebuild {
                assert_eq!(preview.build()["success"], true);
            }
        }
        is_over.store(true, Ordering::Relaxed);
        let [pages, lists] = pollers.map(|poller| poller.join().expect("it ended"));
        assert!(pages.len() > REBUILDS && lists.len() > REBUILDS);
        assert!(
            pages
                .iter()
                .chain(&lists)
                .all(|answer| answer.status == 200)
        );
        let revisions: Vec<usize> = pages.iter().map(|page| revision(&page.body)).collect();
        assert!(revisions.is_sorted(), "never an older page: {revisions:?}");
        for list in lists {
            assert_eq!(list.body.matches("<a href=").count(), 2, "{}", list.body);
            assert!(list.body.ends_with("</body></html>"));
        }
    });
}

#[test]
fn whoever_asks_for_several_pages_never_goes_back_to_an_older_build() {
    const PAGES: usize = 300;
    const REBUILDS: usize = 10;
    let site = Site::new();
    for number in 0..PAGES {
        let text = article("Title", "Text.");
        site.write(&format!("content/news/{number:03}.md"), &text);
    }
    let config = std::fs::read_to_string(site.path("site.yaml")).expect("the configuration");
    // The site's title stands in every page.
    let name = |revision: usize| {
        let title = format!("revision {revision}. and revision {revision}.");
        site.write("site.yaml", &config.replace("A site", &title));
    };
    name(0);
    let preview = Preview::start(&site, &["--watch"]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let poller = {
            let (browser, is_over) = (preview.browser.clone(), &is_over);
            scope.spawn(move || {
                let mut seen = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    // What is moved into place first, then what is moved last.
                    for path in ["/404.html", "/news/two/"] {
                        seen.push(revision(&browser.get(path).body));
                    }
                }
                seen
            })
        };
        for rebuild in 1..=REBUILDS {
            name(rebuild);
            while revision(&preview.get("/").body) < rebuild {
                preview.build();
            }
        }
        is_over.store(true, Ordering::Relaxed);
        let seen = poller.join().expect("it ended");
        assert!(seen.is_sorted(), "older ones behind newer ones: {seen:?}");
    });
}

#[test]
fn a_store_that_was_deleted_is_made_again() {
    let site = Site::new();
    for arguments in [&["--watch"][..], &[]] {
        let preview = Preview::start(&site, arguments);
        std::fs::remove_dir_all(site.path(".courant")).expect("removed");
        let answer = preview.get("/news/one/");
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("First text."));
    }
}
