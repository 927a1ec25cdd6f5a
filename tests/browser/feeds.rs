//! Checks of the XML that a site publishes, with the browser's own XML parser.

use serde_json::json;

use crate::links;
use crate::requirements;
use crate::site::Site;
use crate::webdriver::Browser;

/// XML files that cannot be parsed, and feeds and sitemaps that are not what they should be or
/// name addresses of the site that it does not have; nothing where there is no browser.
pub fn xml_faults(sites: &[Site]) -> Vec<String> {
    let Some(programs) = requirements::browser_programs() else {
        return Vec::new();
    };
    let browser = Browser::start(&programs);
    // The page that Chromium starts with does not let scripts parse XML; an empty one does.
    browser.navigate("about:blank");
    let mut findings = Vec::new();
    for site in sites {
        for path in site.tree.url_paths(&["xml"]) {
            let problems = faults_of(&browser, site, &path);
            let located = |problem| format!("{} {path}: {problem}", site.name);
            findings.extend(problems.into_iter().map(located));
        }
    }
    findings
}

/// The XML files that a site must have.
pub fn missing_files(site: &Site) -> Vec<String> {
    let missing = ["/atom.xml", "/sitemap.xml"]
        .into_iter()
        .filter(|path| !site.tree.has(path));
    missing
        .map(|path| format!("{} has no {path}", site.name))
        .collect()
}

fn faults_of(browser: &Browser, site: &Site, path: &str) -> Vec<String> {
    let parsed = browser.evaluate(
        "const xml = new DOMParser().parseFromString(arguments[0], 'application/xml');
         const error = xml.querySelector('parsererror');
         const root = xml.documentElement;
         const addresses = [...xml.querySelectorAll('loc, link')]
           .map(element => element.getAttribute('href') ?? element.textContent);
         return [error && error.innerText, `${root.namespaceURI} ${root.localName}`, addresses];",
        &[json!(site.tree.read(path))],
    );
    type Parsed = (Option<String>, String, Vec<String>);
    let (error, root, addresses): Parsed =
        serde_json::from_value(parsed).expect("the page answers as asked");
    if let Some(error) = error {
        return vec![format!("is not well formed: {error}")];
    }
    let mut problems = Vec::new();
    if let Some(expected) = expected_roots(path)
        && !expected.contains(&root.as_str())
    {
        problems.push(format!("has the root element {root}"));
    }
    let dead = addresses
        .iter()
        .filter(|address| !exists(site, path, address));
    problems.extend(dead.map(|address| format!("names {address}, which is not there")));
    problems
}

fn exists(site: &Site, path: &str, address: &str) -> bool {
    let target = links::local_target(path, address);
    target.is_ok_and(|target| target.is_none_or(|target| site.tree.has(target.path())))
}

fn expected_roots(path: &str) -> Option<&'static [&'static str]> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "atom.xml" => Some(&["http://www.w3.org/2005/Atom feed"]),
        "sitemap.xml" => Some(&[
            "http://www.sitemaps.org/schemas/sitemap/0.9 urlset",
            "http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex",
        ]),
        _ => None,
    }
}
