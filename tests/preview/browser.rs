//! Open pages, in a browser.

use std::time::Instant;

use serde_json::Value;

use crate::process::LIMIT;
use crate::requirements;
use crate::serving::Preview;
use crate::site::{Site, article};
use crate::webdriver::Browser;

/// Counts how often a page was loaded in this window.
const COUNTING: &str =
    "<script>sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0);</script>";

/// What lies over the page.
const OVERLAY: &str = "document.querySelector('courant-preview[data-kind=mistakes]')";

fn site() -> Site {
    let site = Site::new();
    let frame = std::fs::read_to_string(site.path("templates/frame.html")).expect("the frame");
    let frame = frame.replace("</head>", &format!("{COUNTING}</head>"));
    site.write("templates/frame.html", &frame);
    site
}

/// `None` where there is no browser.
fn browser() -> Option<Browser> {
    requirements::browser_programs().map(|programs| Browser::start(&programs))
}

/// Asks the page again and again until it says yes.
fn until(browser: &Browser, condition: &str) {
    let started = Instant::now();
    let script = format!("return Boolean({condition});");
    while browser.try_evaluate(&script) != Some(Value::Bool(true)) {
        assert!(started.elapsed() < LIMIT, "it never is so: {condition}");
    }
}

fn loads(browser: &Browser) -> Value {
    browser.evaluate("return Number(sessionStorage.loads);", &[])
}

fn open(browser: &Browser, preview: &Preview, path: &str) {
    browser.navigate(&format!("{}{path}", preview.origin));
    // The page listens once it has heard how things stand.
    until(
        browser,
        "performance.getEntriesByType('resource').some(entry => entry.name.includes('/.courant/preview.js'))",
    );
}

#[test]
fn a_mistake_lies_over_the_page_until_it_is_mended() {
    let Some(browser) = browser() else { return };
    let site = site();
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/two/");
    site.write("content/news/one.md", "---\nauther: <i>x</i>\n---\n");
    until(&browser, OVERLAY);
    let said = browser.evaluate(
        &format!(
            "const root = {OVERLAY}.shadowRoot;
             return [root.querySelector('main').getAttribute('role'), {OVERLAY}.lang,
               root.querySelector('h2').textContent, root.querySelector('.message').textContent,
               root.querySelector('.place').textContent, root.querySelector('pre').textContent,
               root.querySelector('mark').textContent, root.querySelector('.help').textContent,
               root.querySelectorAll('i').length, document.querySelector('h1').textContent];"
        ),
        &[],
    );
    assert_eq!(
        said,
        serde_json::json!([
            "alert",
            "en",
            "1 mistake: nothing was published. Below is the site as it was before.",
            "error[unknown-key]: there is no key `auther`",
            "content/news/one.md:2:1",
            "auther: <i>x</i>",
            "auther",
            "Did you mean `author`?",
            0,
            "Two"
        ])
    );

    // Whoever opens another page sees it there too, and may close it with a key.
    open(&browser, &preview, "/news/");
    until(&browser, OVERLAY);
    browser.press("\u{e00c}");
    until(&browser, &format!("!{OVERLAY}"));

    // It stays closed while the mistakes are the same, and opens with others.
    site.write("content/news/two.md", "---\ntittle: Two\n---\n");
    until(
        &browser,
        &format!("{OVERLAY}?.shadowRoot.querySelectorAll('article').length === 2"),
    );
    site.write("content/news/one.md", &article("One", "First text."));
    site.write("content/news/two.md", &article("Two", "Second text."));
    until(&browser, &format!("!{OVERLAY}"));
    assert_eq!(loads(&browser), 2);
}

#[test]
fn a_stylesheet_is_exchanged_in_place() {
    let Some(browser) = browser() else { return };
    let site = site();
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/one/");
    let colour =
        |wanted| format!("getComputedStyle(document.querySelector('h1')).color === '{wanted}'");
    until(&browser, &colour("rgb(255, 0, 0)"));
    for (name, wanted) in [("blue", "rgb(0, 0, 255)"), ("lime", "rgb(0, 255, 0)")] {
        site.write("static/site.css", &format!("h1 {{ color: {name} }}\n"));
        until(&browser, &colour(wanted));
        until(
            &browser,
            "document.querySelectorAll('link[rel=stylesheet]').length === 1",
        );
    }
    assert_eq!(loads(&browser), 1);
}

#[test]
fn a_sheet_that_another_one_imports_is_exchanged_in_place() {
    let Some(browser) = browser() else { return };
    let site = site();
    site.write("static/site.css", "@import 'colours.css';\n");
    site.write("static/colours.css", "h1 { color: red }\n");
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/one/");
    let colour =
        |wanted| format!("getComputedStyle(document.querySelector('h1')).color === '{wanted}'");
    until(&browser, &colour("rgb(255, 0, 0)"));
    site.write("static/colours.css", "h1 { color: blue }\n");
    until(&browser, &colour("rgb(0, 0, 255)"));
    assert_eq!(loads(&browser), 1);
}

#[test]
fn a_picture_is_exchanged_in_place() {
    let Some(browser) = browser() else { return };
    let picture = |width| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\"></svg>")
    };
    let site = site();
    site.write("templates/404.html", "<p>gone</p>");
    site.write("static/mark.svg", &picture(30));
    site.write(
        "templates/page.html",
        &format!(
            "<body>{COUNTING}<img id=a src=\"/mark.svg\"><img id=b srcset=\"/mark.svg 1x\"></body>"
        ),
    );
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/one/");
    until(&browser, "a.naturalWidth === 30 && b.naturalWidth === 30");
    site.write("static/mark.svg", &picture(70));
    until(&browser, "a.naturalWidth === 70 && b.naturalWidth === 70");
    assert_eq!(loads(&browser), 1);
}

#[test]
fn a_script_that_changed_reloads_the_page() {
    let Some(browser) = browser() else { return };
    let site = site();
    site.write("static/word.js", "document.title = 'before';");
    site.write(
        "templates/page.html",
        "<body><p>text</p><script src=\"/word.js\"></script></body>",
    );
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/one/");
    until(&browser, "document.title === 'before'");
    site.write("static/word.js", "document.title = 'after';");
    until(&browser, "document.title === 'after'");
}

#[test]
fn a_page_that_changed_comes_again_where_it_was_scrolled_to() {
    let Some(browser) = browser() else { return };
    let site = site();
    let long = |word: &str| article("One", &format!("{word}\n\n{}", "A line.\n\n".repeat(300)));
    site.write("content/news/one.md", &long("before"));
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/one/");
    browser.evaluate("scrollTo(0, 700);", &[]);
    for word in ["after", "at last"] {
        site.write("content/news/one.md", &long(word));
        let there = format!("document.querySelector('p')?.textContent === '{word}'");
        until(&browser, &format!("{there} && scrollY === 700"));
    }
    assert_eq!(loads(&browser), 3);
}

#[test]
fn other_pages_stay_quiet() {
    let Some(browser) = browser() else { return };
    let site = site();
    // What a page fetches for later is not what it shows.
    let frame = std::fs::read_to_string(site.path("templates/frame.html")).expect("the frame");
    let early =
        "<link rel=\"prefetch\" href=\"/news/one/\"><script>fetch('/news/one/');</script></head>";
    site.write("templates/frame.html", &frame.replace("</head>", early));
    let preview = Preview::start(&site, &["--watch"]);
    open(&browser, &preview, "/news/two/");
    for text in ["Second edit.", "Third edit.", "Fourth edit."] {
        site.write("content/news/one.md", &article("One", text));
        while !preview.get("/news/one/").body.contains(text) {
            preview.build();
        }
    }
    // What comes last is heard last.
    site.write("content/news/two.md", &article("Two", "Edited at last."));
    until(
        &browser,
        "document.body.textContent.includes('Edited at last.')",
    );
    assert_eq!(loads(&browser), 2);
}

#[test]
fn a_page_finds_the_preview_again_after_a_restart() {
    let Some(browser) = browser() else { return };
    let site = site();
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        free.local_addr().expect("an address").port().to_string()
    };
    let start = || Preview::start(&site, &["--watch", "--port", &port]);
    let preview = start();
    open(&browser, &preview, "/news/one/");
    drop(preview);
    site.write(
        "content/news/one.md",
        &article("One", "Written in between."),
    );
    let preview = start();
    until(
        &browser,
        "document.body.textContent.includes('Written in between.')",
    );
    assert_eq!(loads(&browser), 2);
    // A restart that changes nothing is not seen.
    drop(preview);
    let _preview = start();
    site.write(
        "content/news/one.md",
        &article("One", "Written afterwards."),
    );
    until(
        &browser,
        "document.body.textContent.includes('Written afterwards.')",
    );
    assert_eq!(loads(&browser), 3);
}

#[test]
fn the_open_page_is_taken_to_the_edit_when_asked_for() {
    let Some(browser) = browser() else { return };
    let site = site();
    let preview = Preview::start(&site, &["--watch", "--navigate"]);
    open(&browser, &preview, "/");
    site.write("content/news/two.md", &article("Two", "Look here."));
    until(&browser, "location.pathname === '/news/two/'");
    until(&browser, "document.body.textContent.includes('Look here.')");
}

#[test]
fn drafts_are_marked() {
    let Some(browser) = browser() else { return };
    let site = site();
    site.write("content/news/one.md", "---\ntitle: One\ndraft: true\n---\n");
    let preview = Preview::start(&site, &["--watch", "--drafts"]);
    open(&browser, &preview, "/news/one/");
    let mark = "document.querySelector('courant-preview[data-kind=early]')";
    until(
        &browser,
        &format!(
            "{mark}?.shadowRoot.querySelector('.early').textContent === 'Not published: a draft'"
        ),
    );
    open(&browser, &preview, "/news/two/");
    until(&browser, &format!("!{mark}"));
}
