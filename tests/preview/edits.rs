//! Every kind of edit shows, over HTTP and in what open pages hear.

use std::fs;
use std::os::unix::fs::symlink;

use crate::serving::Preview;
use crate::site::{Site, article};

/// Edits a site once; the next build shows `text` at `path`, and pages hear what changed.
fn shows(prepare: impl Fn(&Site), edit: impl Fn(&Site), path: &str, text: &str, heard: &[&str]) {
    for arguments in [&["--watch"][..], &["--watch", "--poll"]] {
        let site = Site::new();
        prepare(&site);
        let preview = Preview::start(&site, arguments);
        let events = preview.listen();
        edit(&site);
        let mut changed = Vec::new();
        // A save that the system tells of in two parts may lead to two builds.
        while !preview.get(path).body.contains(text) {
            assert_eq!(preview.build()["success"], true);
            changed.extend(events.changed());
        }
        while !heard
            .iter()
            .all(|path| changed.iter().any(|heard| heard == path))
        {
            changed.extend(events.changed());
        }
    }
}

fn nothing(_: &Site) {}

#[test]
fn the_text_of_an_article() {
    shows(
        nothing,
        |site| site.write("content/news/one.md", &article("One", "Other text.")),
        "/news/one/",
        "<p>Other text.</p>",
        &["/news/one/"],
    );
}

#[test]
fn the_title_of_an_article_in_its_list() {
    shows(
        nothing,
        |site| site.write("content/news/one.md", &article("Eins", "First text.")),
        "/news/",
        "<a href=\"/news/one/\">Eins</a>",
        &["/news/one/", "/news/"],
    );
}

#[test]
fn a_new_article_in_a_new_folder() {
    shows(
        nothing,
        |site| site.write("content/events/fair/index.md", &article("Fair", "Soon.")),
        "/events/fair/",
        "<p>Soon.</p>",
        &["/events/", "/events/fair/"],
    );
}

#[test]
fn a_template() {
    shows(
        nothing,
        |site| {
            site.write(
                "templates/page.html",
                "<body><i>{{ page.title }}</i></body>",
            )
        },
        "/news/two/",
        "<body><i>Two</i>",
        &["/news/one/", "/news/two/"],
    );
}

#[test]
fn a_stylesheet() {
    shows(
        nothing,
        |site| site.write("static/site.css", "h1 { color: blue }\n"),
        "/site.css",
        "h1 { color: blue }",
        &["/site.css"],
    );
}

#[test]
fn the_configuration() {
    shows(
        nothing,
        |site| {
            let text = fs::read_to_string(site.path("site.yaml")).expect("the configuration");
            site.write("site.yaml", &text.replace("A site", "Another site"));
        },
        "/",
        "<title>Another site</title>",
        &["/"],
    );
}

const TABLE: &str = "<body>{% set table = load_data(path='data/table.yaml') %}{{ table.word }}{{ trans(key='greeting') }}</body>";

#[test]
fn data_in_a_folder_that_was_not_there() {
    shows(
        |site| {
            site.write("templates/page.html", "<body>{{ page.title }}</body>");
        },
        |site| {
            site.write("data/table.yaml", "word: first\n");
            site.write("i18n/en.yaml", "greeting: hello\n");
            site.write("i18n/zh.yaml", "greeting: 你好\n");
            site.write("templates/page.html", TABLE);
        },
        "/news/one/",
        "<body>firsthello",
        &["/news/one/"],
    );
}

#[test]
fn a_theme_that_was_not_there() {
    shows(
        nothing,
        |site| {
            site.write("themes/other/theme.yaml", "name: other\n");
            site.write("themes/other/static/other.txt", "from the other theme\n");
            let text = fs::read_to_string(site.path("site.yaml")).expect("the configuration");
            site.write("site.yaml", &format!("{text}theme: other\n"));
        },
        "/other.txt",
        "from the other theme",
        &["/other.txt"],
    );
}

#[test]
fn a_save_through_a_temporary_file() {
    shows(
        nothing,
        |site| {
            site.write(
                "content/news/.one.md.tmp",
                &article("One", "Through a rename."),
            );
            site.rename("content/news/.one.md.tmp", "content/news/one.md");
        },
        "/news/one/",
        "<p>Through a rename.</p>",
        &["/news/one/"],
    );
}

#[test]
fn a_save_with_a_backup() {
    shows(
        nothing,
        |site| {
            site.write("content/news/4913", "");
            site.remove("content/news/4913");
            site.rename("content/news/one.md", "content/news/one.md~");
            site.write("content/news/one.md", &article("One", "With a backup."));
            site.remove("content/news/one.md~");
        },
        "/news/one/",
        "<p>With a backup.</p>",
        &["/news/one/"],
    );
}

#[test]
fn a_save_that_deletes_first() {
    shows(
        nothing,
        |site| {
            site.remove("content/news/one.md");
            site.write("content/news/one.md", &article("One", "Written anew."));
        },
        "/news/one/",
        "<p>Written anew.</p>",
        &["/news/one/"],
    );
}

#[test]
fn a_deleted_article() {
    shows(
        nothing,
        |site| site.remove("content/news/one.md"),
        "/news/one/",
        "<p>nothing here (en)</p>",
        &["/news/", "/news/one/"],
    );
}

#[test]
fn an_article_with_a_new_name() {
    shows(
        nothing,
        |site| site.rename("content/news/one.md", "content/news/uno.md"),
        "/news/uno/",
        "<p>First text.</p>",
        &["/news/", "/news/one/", "/news/uno/"],
    );
}

#[test]
fn a_folder_with_a_new_name() {
    shows(
        nothing,
        |site| site.rename("content/news", "content/archives"),
        "/archives/two/",
        "<p>Second text.</p>",
        &["/news/one/", "/archives/", "/archives/one/"],
    );
}

/// A link among the sources, to a place of the site that is read by no other name.
fn link(site: &Site, name: &str, target: &str) {
    symlink(target, site.path(name)).expect("a link");
}

#[test]
fn a_file_that_only_a_link_leads_to() {
    shows(
        |site| {
            site.write("terms.txt", "old terms\n");
            link(site, "static/terms.txt", "../terms.txt");
        },
        |site| site.write("terms.txt", "new terms\n"),
        "/terms.txt",
        "new terms",
        &["/terms.txt"],
    );
}

#[test]
fn an_article_that_only_a_link_leads_to_saved_through_a_temporary_file() {
    shows(
        |site| {
            site.write("notes/deep/three.md", &article("Three", "Old text."));
            link(site, "content/news/three.md", "../../notes/deep/three.md");
        },
        |site| {
            site.write("notes/deep/.new", &article("Three", "New text."));
            site.rename("notes/deep/.new", "notes/deep/three.md");
        },
        "/news/three/",
        "<p>New text.</p>",
        &["/news/three/"],
    );
}

#[test]
fn what_a_link_leads_to_is_followed_from_when_there_is_one() {
    for arguments in [&["--watch"][..], &["--watch", "--poll"]] {
        let site = Site::new();
        site.write("talks/2021/a.md", &article("Talk", "Old text."));
        let preview = Preview::start(&site, arguments);
        let until = |path: &str, text: &str| {
            while !preview.get(path).body.contains(text) {
                preview.build();
            }
        };
        link(&site, "content/talks", "../talks");
        until("/talks/2021/a/", "<p>Old text.</p>");
        site.write("talks/2021/a.md", &article("Talk", "New text."));
        until("/talks/2021/a/", "<p>New text.</p>");
        site.write("talks/2022/b.md", &article("Talk", "Another text."));
        until("/talks/2022/b/", "<p>Another text.</p>");

        // Without it, a mistake, until it is there again.
        site.rename("talks", "away");
        while preview.build()["success"] == true {}
        site.write("away/2021/a.md", &article("Talk", "Back again."));
        site.rename("away", "talks");
        until("/talks/2021/a/", "<p>Back again.</p>");
    }
}

#[test]
fn an_edit_in_a_folder_with_a_new_name() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    site.rename("content/news", "content/archives");
    while preview.get("/archives/one/").status != 200 {
        preview.build();
    }
    site.write("content/archives/one.md", &article("One", "Edited there."));
    while !preview.get("/archives/one/").body.contains("Edited there.") {
        preview.build();
    }
}

#[test]
fn content_that_was_away() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    site.rename("content", "away");
    while preview.build()["success"] == true {}
    assert!(preview.get("/news/one/").body.contains("First text."));
    site.rename("away", "content");
    while preview.build()["success"] == false {}
    site.write("content/news/one.md", &article("One", "Back again."));
    while !preview.get("/news/one/").body.contains("Back again.") {
        preview.build();
    }
}

#[test]
fn a_configuration_from_elsewhere() {
    let site = Site::new();
    let config = site.beside("other.yaml");
    let text = fs::read_to_string(site.path("site.yaml")).expect("the configuration");
    fs::write(&config, &text).expect("written");
    let typed = config.to_str().expect("UTF-8").to_owned();
    let preview = Preview::start(&site, &["--watch", "--config", &typed]);
    fs::write(&config, text.replace("A site", "Other site")).expect("written");
    while !preview.get("/").body.contains("<title>Other site</title>") {
        preview.build();
    }
}
