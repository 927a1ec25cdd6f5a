//! How many builds changes lead to.

use std::fs::{self, File};

use crate::process::Running;
use crate::serving::Preview;
use crate::site::{Site, article};

#[test]
fn five_hundred_files_are_one_burst_or_two() {
    const FILES: usize = 500;
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    for number in 0..FILES {
        let text = article(&format!("Number {number}"), "Text.");
        site.write(&format!("content/news/number-{number}.md"), &text);
    }
    let mut builds = 0;
    while preview.build()["pages"] != FILES + 2 {
        builds += 1;
    }
    assert!(builds < 2, "{} builds", builds + 1);
}

/// Another build of a site, as far as the running one can tell; it ends when it is unlocked.
fn another_build(site: &Site) -> File {
    let lock = File::open(site.path(".courant/lock")).expect("the lock");
    lock.lock().expect("it is free");
    lock
}

#[test]
fn changes_during_a_build_lead_to_one_more() {
    let site = Site::new();
    let running = Running::start(&site, &["build", "--watch"]);
    running.message("Waiting for changes");
    let other = another_build(&site);
    site.write("content/news/one.md", &article("One", "The first edit."));
    running.message("Waiting for another build of this site to end");
    for text in ["The second edit.", "The third edit.", "The fourth edit."] {
        site.write("content/news/one.md", &article("One", text));
        site.write("content/news/two.md", &article("Two", text));
    }
    other.unlock().expect("it is ours");
    // The build had read the first edit before it waited, and is of that alone; or it was overtaken
    // while it read, and nothing is said of it.
    let mut next = running.message("content/");
    if next.starts_with("content/news/one.md: ") {
        next = running.message("content/");
    }
    assert!(
        next.starts_with("content/news/one.md and 1 more: "),
        "{next}"
    );
    let page = site.path("public/news/one/index.html");
    let page = fs::read_to_string(page).expect("it was built");
    assert!(page.contains("The fourth edit."), "{page}");
    site.write("static/last.txt", "last\n");
    let next = running.message(" written");
    assert!(next.starts_with("static/last.txt: "), "{next}");
}

#[test]
fn nothing_is_said_of_a_build_that_an_edit_overtakes() {
    let site = Site::new();
    let running = Running::start(&site, &["build", "--watch"]);
    running.message("Waiting for changes");
    let other = another_build(&site);
    // A title is shown elsewhere, so all is read again once the other build has ended.
    site.write("content/news/one.md", &article("A title", "First text."));
    running.message("Waiting for another build of this site to end");
    site.write("content/news/one.md", &article("Its title", "First text."));
    other.unlock().expect("it is ours");
    let mut said = Vec::new();
    while !said
        .last()
        .is_some_and(|line: &String| line.contains(" written"))
    {
        said.push(running.message(""));
    }
    let built = said.pop().expect("it was built");
    assert!(built.starts_with("content/news/one.md: "), "{built}");
    assert_eq!(said, [""; 0]);
    let list = fs::read_to_string(site.path("public/news/index.html")).expect("it was built");
    assert!(list.contains(">Its title<"), "{list}");
}

#[test]
fn what_editors_leave_for_moments_leads_to_no_build() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    site.write("content/news/.one.md.swp", "x");
    site.write("content/news/4913", "x");
    site.remove("content/news/4913");
    site.write("content/news/one.md~", "x");
    site.write("content/news/#one.md#", "x");
    for folder in ["content/news", "static"] {
        // So Emacs marks what is being edited; it leads nowhere.
        let mark = site.path(&format!("{folder}/.#one.md"));
        std::os::unix::fs::symlink("writer@office.4913:1614909600", mark).expect("a link");
    }
    site.write("public/index.html", "x");
    site.write("notes.txt", "x");
    site.write("content/news/three.md", &article("Three", "Third text."));
    let built = preview.build();
    assert_eq!((&built["pages"], &built["removed"]), (&3.into(), &0.into()));
    assert_eq!(preview.get("/news/%23one.md%23").status, 404);
}
