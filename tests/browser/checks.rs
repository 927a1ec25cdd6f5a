//! What a browser can tell about one page without further tools.

use serde_json::{Value, json};
use url::Url;

use crate::visit::Visit;
use crate::webdriver::{Browser, View};

const WIDE: View = View {
    width: 1280,
    scheme: "light",
};
const WIDE_DARK: View = View {
    width: 1280,
    scheme: "dark",
};
const NARROW: View = View {
    width: 320,
    scheme: "light",
};

/// Errors that the page caused in the browser's console.
pub fn console_errors(browser: &Browser, visit: &Visit) -> Vec<String> {
    browser.show_as(WIDE);
    browser.take_log("browser");
    browser.open(&visit.url);
    let entries = browser.take_log("browser");
    // A page about a missing page is itself answered with 404, which Chromium reports.
    let own_status = format!("{} - Failed to load resource", visit.url);
    let is_missing = !visit.site.tree.has(&visit.page.path);
    entries
        .iter()
        .filter(|entry| entry["level"] == "SEVERE")
        .map(|entry| {
            entry["message"]
                .as_str()
                .unwrap_or("an error without a message")
        })
        .filter(|message| !(is_missing && message.starts_with(&own_status)))
        .map(|message| format!("console error: {message}"))
        .collect()
}

/// Requests that loading the page sends to another host than its own, and hints to connect to one.
pub fn foreign_requests(browser: &Browser, visit: &Visit) -> Vec<String> {
    browser.show_as(WIDE);
    browser.take_log("performance");
    browser.open(&visit.url);
    let hints = browser.evaluate(
        "return [...document.querySelectorAll('link[rel~=preconnect], link[rel~=dns-prefetch]')]
           .map(link => link.href)",
        &[],
    );
    let requested: Vec<String> = browser
        .take_log("performance")
        .iter()
        .filter_map(requested_url)
        .collect();
    assert!(
        requested.contains(&visit.url),
        "the log of requests lacks {} itself",
        visit.url
    );
    let own = Url::parse(visit.origin)
        .expect("the server has an origin")
        .origin();
    texts(&hints)
        .into_iter()
        .chain(requested)
        .filter(|url| !Url::parse(url).is_ok_and(|url| url.origin() == own || stays_here(&url)))
        .map(|url| format!("asks another host: {url}"))
        .collect()
}

fn stays_here(url: &Url) -> bool {
    matches!(url.scheme(), "data" | "blob" | "about")
}

fn requested_url(entry: &Value) -> Option<String> {
    let text = entry["message"]
        .as_str()
        .expect("a performance entry has a message");
    let event: Value = serde_json::from_str(text).expect("a performance entry is JSON");
    let parameters = &event["message"]["params"];
    let url = match event["message"]["method"].as_str()? {
        "Network.requestWillBeSent" => &parameters["request"]["url"],
        "Network.webSocketCreated" => &parameters["url"],
        _ => return None,
    };
    Some(url.as_str().expect("a request has a URL").to_owned())
}

/// Content that needs horizontal scrolling in a window as wide as a small telephone.
pub fn horizontal_scroll(browser: &Browser, visit: &Visit) -> Vec<String> {
    browser.show_as(NARROW);
    browser.open(&visit.url);
    let result = browser.evaluate(
        "const widest = [...document.body.querySelectorAll('*')]
           .filter(element => element.getBoundingClientRect().right > arguments[0] + 0.5)
           .slice(0, 3).map(element => element.outerHTML.slice(0, 80));
         return [document.scrollingElement.scrollWidth, widest];",
        &[json!(NARROW.width)],
    );
    let width = result[0].as_u64().expect("a page has a width");
    if width <= u64::from(NARROW.width) {
        return Vec::new();
    }
    let widest = texts(&result[1]).join(" | ");
    vec![format!(
        "is {width} px wide in a window of {} px, by {widest}",
        NARROW.width
    )]
}

/// A light scheme that is not light, or a dark one that is not dark.
pub fn colour_schemes(browser: &Browser, visit: &Visit) -> Vec<String> {
    let background_is = |view: View, expected: fn(f64) -> bool| {
        browser.show_as(view);
        browser.open(&visit.url);
        let lightness = background_lightness(browser);
        let problem = format!(
            "the {} background has lightness {lightness:.2}",
            view.scheme
        );
        (!expected(lightness)).then_some(problem)
    };
    let light = background_is(WIDE, |lightness| lightness > 0.8);
    let dark = background_is(WIDE_DARK, |lightness| lightness < 0.3);
    light.into_iter().chain(dark).collect()
}

/// From 0 for black to 1 for white; painting turns every notation of a colour into bytes.
fn background_lightness(browser: &Browser) -> f64 {
    let lightness = browser.evaluate(
        "const painted = [document.documentElement, document.body]
           .map(element => getComputedStyle(element).backgroundColor);
         const probe = document.body.appendChild(document.createElement('div'));
         probe.style.backgroundColor = 'Canvas';
         const canvas = getComputedStyle(probe).backgroundColor;
         probe.remove();
         const brush = new OffscreenCanvas(1, 1).getContext('2d');
         for (const colour of [canvas, ...painted.reverse()]) {
           brush.fillStyle = colour;
           brush.fillRect(0, 0, 1, 1);
         }
         const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
         return (red + green + blue) / 765;",
        &[],
    );
    lightness.as_f64().expect("a colour has a lightness")
}

/// Headings, text and navigation that are there only while scripts run.
pub fn needs_scripts(browser: &Browser, visit: &Visit) -> Vec<String> {
    browser.show_as(WIDE);
    browser.open(&visit.url);
    let with_scripts = visible_blocks(browser);
    browser.allow_scripts(false);
    browser.navigate(&visit.url);
    let without = visible_blocks(browser);
    browser.allow_scripts(true);
    let mut problems = Vec::new();
    for (part, selector) in PARTS {
        if !without.iter().any(|(other, _)| other == selector) {
            problems.push(format!("shows no {part} without scripts"));
        }
    }
    let lost = with_scripts.iter().filter(|block| !without.contains(block));
    problems.extend(lost.map(|(_, text)| format!("shows only with scripts: {text}")));
    problems
}

/// Parts that every page has, and where they are.
const PARTS: [(&str, &str); 3] = [
    ("heading", "main h1"),
    ("text", "main :is(p, li, h2, h3)"),
    ("navigation", "nav a"),
];

/// Selector and text of each block of text that a reader sees.
fn visible_blocks(browser: &Browser) -> Vec<(String, String)> {
    let selectors = PARTS.map(|(_, selector)| selector);
    let found = browser.evaluate(
        "const seen = element => element.innerText.trim() && element.checkVisibility(
           { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
         return arguments[0].flatMap(selector => [...document.querySelectorAll(selector)]
           .filter(seen).map(element => [selector, element.innerText.trim()]));",
        &[json!(selectors)],
    );
    serde_json::from_value(found).expect("each block has a selector and a text")
}

/// Whether pages loaded while scripts are forbidden really run none, so that the check above means
/// something.
pub fn scripts_can_be_forbidden(browser: &Browser) -> bool {
    let page = "data:text/html,<p>still</p><script>document.querySelector('p').innerText='ran'\
                </script>";
    let shown = |allowed| {
        browser.allow_scripts(allowed);
        browser.navigate(page);
        browser.evaluate("return document.querySelector('p').innerText", &[])
    };
    let (forbidden, allowed) = (shown(false), shown(true));
    forbidden == "still" && allowed == "ran"
}

fn texts(list: &Value) -> Vec<String> {
    serde_json::from_value(list.clone()).expect("a list of texts")
}
