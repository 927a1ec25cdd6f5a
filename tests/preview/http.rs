//! The server answers as a good static host does.

use crate::serving::Preview;
use crate::site::{Site, article};

#[test]
fn pages_carry_the_script_and_files_do_not() {
    let site = Site::new();
    let preview = Preview::start(&site, &[]);
    let page = preview.get("/news/one/");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.fact("shows"), Some("/news/one/"));
    assert_eq!(page.fact("version"), page.header("courant-version"));
    assert!(page.body.ends_with("defer></script></body></html>"));
    let built = site.path(".courant/preview/news/one/index.html");
    let built = std::fs::read_to_string(built).expect("the page");
    assert!(!built.contains(".courant"), "{built}");
    assert_eq!(preview.get("/site.css").body, "h1 { color: red }\n");
    let script = preview.get("/.courant/preview.js");
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert!(script.body.contains("EventSource"));
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    for path in ["/news/one/", "/site.css", "/.courant/preview.js"] {
        let first = preview.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = preview.get_with(path, &[("If-None-Match", &format!("\"x\", W/{tag}"))]);
        assert_eq!((again.status, &*again.body), (304, ""), "{path}");
        assert_eq!(again.header("etag"), Some(&*tag));
        let other = preview.get_with(path, &[("If-None-Match", "\"x\"")]);
        assert_eq!((other.status, &other.body), (200, &first.body), "{path}");
    }
    let before = preview.get("/site.css").header("etag").map(str::to_owned);
    site.write("static/site.css", "h1 { color: blue }\n");
    preview.build();
    let after = preview.get_with("/site.css", &[("If-None-Match", &before.expect("a tag"))]);
    assert_eq!(after.status, 200);
}

#[test]
fn head_is_get_without_the_body() {
    let site = Site::new();
    site.write("static/film.mp4", &"0123456789".repeat(200_000));
    let preview = Preview::start(&site, &[]);
    for path in ["/news/one/", "/site.css", "/film.mp4", "/missing/"] {
        let full = preview.get(path);
        let host = format!("Host: {}", preview.host());
        let head = preview.raw(&[&format!("HEAD {path} HTTP/1.1"), &host]);
        assert!(head.ends_with("\r\n\r\n"), "{head}");
        let length = format!("content-length: {}\r\n", full.body.len());
        assert!(head.contains(&length), "{head}");
        assert!(
            head.starts_with(&format!("HTTP/1.1 {} ", full.status)),
            "{head}"
        );
    }
}

#[test]
fn parts_of_files_are_sent() {
    let site = Site::new();
    site.write("static/short.txt", "0123456789");
    site.write("static/film.mp4", &"0123456789".repeat(200_000));
    let preview = Preview::start(&site, &[]);
    for (path, range, part, place) in [
        ("/short.txt", "bytes=2-4", "234", "bytes 2-4/10"),
        ("/short.txt", "bytes=-2", "89", "bytes 8-9/10"),
        (
            "/film.mp4",
            "bytes=1000001-1000003",
            "123",
            "bytes 1000001-1000003/2000000",
        ),
        (
            "/film.mp4",
            "bytes=1999999-",
            "9",
            "bytes 1999999-1999999/2000000",
        ),
    ] {
        let answer = preview.get_with(path, &[("Range", range)]);
        assert_eq!((answer.status, &*answer.body), (206, part));
        assert_eq!(answer.header("content-range"), Some(place));
        assert_eq!(answer.header("accept-ranges"), Some("bytes"));
    }
    let beyond = preview.get_with("/film.mp4", &[("Range", "bytes=2000000-")]);
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), Some("bytes */2000000"));
    let tag = preview.get("/film.mp4").header("etag").map(str::to_owned);
    let same = [("Range", "bytes=0-0"), ("If-Range", &*tag.expect("a tag"))];
    assert_eq!(preview.get_with("/film.mp4", &same).status, 206);
    let other = [("Range", "bytes=0-0"), ("If-Range", "\"other\"")];
    let all = preview.get_with("/film.mp4", &other);
    assert_eq!((all.status, all.body.len()), (200, 2_000_000));
}

#[test]
fn a_folder_is_shown_at_its_address_with_a_slash() {
    let site = Site::new();
    site.write("content/活动.md", &article("活动", "Text."));
    site.write(
        "site.yaml",
        "title: A\nbase_url: https://example.org\nslugs: unicode\nfeeds: false\n",
    );
    let preview = Preview::start(&site, &[]);
    for (path, there) in [
        ("/news/one", "/news/one/"),
        ("/news/one?a=b&c", "/news/one/?a=b&c"),
        ("/%E6%B4%BB%E5%8A%A8", "/%E6%B4%BB%E5%8A%A8/"),
    ] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, Some(there))
        );
    }
    assert_eq!(preview.get("/%E6%B4%BB%E5%8A%A8/").status, 200);
    assert_eq!(preview.get("/news/one/index.html").status, 200);
}

#[test]
fn a_missing_page_is_answered_by_the_nearest_404_page() {
    let site = Site::new();
    site.write("content/_index.zh.md", "---\ntitle: 首页\n---\n");
    let preview = Preview::start(&site, &[]);
    for (path, words) in [
        ("/missing/", "nothing here (en)"),
        ("/missing.png", "nothing here (en)"),
        ("/news/one/missing/deep", "nothing here (en)"),
        ("/zh/missing/", "nothing here (zh)"),
        ("/zh/a/b/c", "nothing here (zh)"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
        assert!(answer.fact("id").is_some());
    }
}

#[test]
fn a_site_that_lives_below_a_path_is_shown_there() {
    let site = Site::new();
    let config = "title: A\nbase_url: https://example.org/health/site\nfeeds: false\n";
    site.write("site.yaml", config);
    let preview = Preview::start(&site, &["--watch"]);
    assert_eq!(preview.home, format!("{}/health/site/", preview.origin));
    for path in ["/", "/health/site"] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, Some("/health/site/"))
        );
    }
    let page = preview.get("/health/site/news/one/");
    assert_eq!(
        (page.status, page.fact("shows")),
        (200, Some("/health/site/news/one/"))
    );
    assert_eq!(preview.get("/news/one/").status, 404);
    assert_eq!(preview.get("/health/siteX/").status, 404);

    let events = crate::events::Events::since(&preview, page.fact("id").expect("the build"));
    let _ = events.next();
    site.write("content/news/one.md", &article("One", "Other text."));
    assert_eq!(events.changed(), ["/health/site/news/one/"]);
    site.write("site.yaml", &config.replace("/health", ""));
    while preview.get("/site/news/one/").status != 200 {
        preview.build();
    }
}

#[test]
fn full_addresses_lead_to_the_preview_unless_told_otherwise() {
    let site = Site::new();
    site.write("templates/page.html", "<body>{{ page.permalink }}</body>");
    let preview = Preview::start(&site, &[]);
    let own = format!("<body>{}/news/one/<script", preview.origin);
    assert!(preview.get("/news/one/").body.starts_with(&own));
    drop(preview);
    let preview = Preview::start(&site, &["--base-url", "https://other.example/x"]);
    let page = preview.get("/x/news/one/").body;
    assert!(
        page.starts_with("<body>https://other.example/x/news/one/<script"),
        "{page}"
    );
}

#[test]
fn pages_in_another_encoding_are_sent_as_they_are() {
    let site = Site::new();
    std::fs::write(site.path("static/old.html"), b"<meta charset=gbk>\xd6\xd0").expect("written");
    let preview = Preview::start(&site, &[]);
    let host = format!("Host: {}", preview.host());
    let answer = preview.raw(&["GET /old.html HTTP/1.1", &host]);
    assert!(answer.contains("content-type: text/html\r\n"), "{answer}");
}
