//! What the sitemap protocol demands, and that versions in other languages name each other.

use std::collections::{BTreeMap, BTreeSet};

use courant::date::{Moment, TimeZone};
use url::Url;

use crate::atom::is_rfc3339;
use crate::tree::Tree;
use crate::xml::{self, Element};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const LONGEST: usize = 2047;
const MOST: usize = 50_000;

/// Language → address.
type Versions<'a> = BTreeMap<&'a str, &'a str>;

/// What is wrong with the sitemap of a site.
pub fn check(tree: &Tree) -> Vec<String> {
    let Some(bytes) = tree.get("sitemap.xml") else {
        return vec!["there is no sitemap.xml".into()];
    };
    let set = match xml::parse(bytes) {
        Ok(set) => set,
        Err(problem) => return vec![format!("sitemap.xml: {problem}")],
    };
    if (set.name.as_str(), set.namespace.as_str()) != ("urlset", SITEMAP) {
        return vec!["sitemap.xml: the root is not a set of addresses".into()];
    }
    let mut problems = Vec::new();
    let mut entries: BTreeMap<&str, Versions<'_>> = BTreeMap::new();
    for url in &set.children {
        let loc = url.text_of("loc").unwrap_or_default();
        problems.extend(
            problems_of(url)
                .into_iter()
                .map(|problem| format!("{loc}: {problem}")),
        );
        if entries.insert(loc, versions(url)).is_some() {
            problems.push(format!("{loc}: it is listed twice"));
        }
    }
    if entries.len() > MOST {
        problems.push(format!("it lists {} addresses", entries.len()));
    }
    problems.extend(one_sided(&entries));
    problems
        .into_iter()
        .map(|problem| format!("sitemap.xml: {problem}"))
        .collect()
}

fn problems_of(url: &Element) -> Vec<String> {
    let mut problems = Vec::new();
    let locs: Vec<&Element> = url.all("loc").collect();
    let is_short = |loc: &&Element| loc.text.len() <= LONGEST && is_full(&loc.text);
    if url.name != "url" || locs.len() != 1 || !locs.iter().all(is_short) {
        problems.push("it has no full address".into());
    }
    for date in url.all("lastmod").filter(|date| !is_w3c(&date.text)) {
        problems.push(format!("`{}` is no date of a sitemap", date.text));
    }
    let links: Vec<&Element> = url
        .children
        .iter()
        .filter(|child| child.namespace == XHTML)
        .collect();
    let mut languages = BTreeSet::new();
    for link in &links {
        let (rel, language) = (
            link.attribute("rel"),
            link.attribute("hreflang").unwrap_or_default(),
        );
        if link.name != "link" || rel != Some("alternate") || language.is_empty() {
            problems.push(format!(
                "this is no version in another language: {:?}",
                link.attributes
            ));
        }
        if !link.attribute("href").is_some_and(is_full) {
            problems.push(format!("its version in `{language}` has no full address"));
        }
        if !languages.insert(language) {
            problems.push(format!("it has two versions in `{language}`"));
        }
    }
    problems
}

fn versions(url: &Element) -> Versions<'_> {
    let links = url.children.iter().filter(|child| child.namespace == XHTML);
    links
        .filter_map(|link| Some((link.attribute("hreflang")?, link.attribute("href")?)))
        .collect()
}

/// Every version names all versions, itself among them, and one for everyone else.
fn one_sided(entries: &BTreeMap<&str, Versions<'_>>) -> Vec<String> {
    let mut problems = Vec::new();
    for (loc, versions) in entries.iter().filter(|(_, versions)| !versions.is_empty()) {
        let named: Vec<&str> = versions
            .iter()
            .filter(|(code, _)| **code != "x-default")
            .map(|(_, href)| *href)
            .collect();
        if !named.contains(loc) {
            problems.push(format!("{loc}: it does not name itself among its versions"));
        }
        if named.len() < 2 {
            problems.push(format!("{loc}: it has versions, but only one"));
        }
        if versions
            .get("x-default")
            .is_none_or(|href| !named.contains(href))
        {
            problems.push(format!("{loc}: none of its versions is for everyone else"));
        }
        for href in named {
            match entries.get(href) {
                None => problems.push(format!("{loc}: its version {href} is not listed")),
                Some(theirs) if theirs != versions => {
                    problems.push(format!("{loc}: its version {href} names other versions"))
                }
                Some(_) => {}
            }
        }
    }
    problems
}

fn is_full(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.has_host())
}

/// A day, or a point in time.
fn is_w3c(text: &str) -> bool {
    is_rfc3339(text)
        || (text.len() == "2021-03-05".len() && Moment::parse(text, &TimeZone::UTC).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml">
<url><loc>https://x.org/</loc><lastmod>2021-03-05</lastmod>
<x:link rel="alternate" hreflang="en" href="https://x.org/"/><x:link rel="alternate" hreflang="zh" href="https://x.org/zh/"/>
<x:link rel="alternate" hreflang="x-default" href="https://x.org/"/></url>
<url><loc>https://x.org/zh/</loc><lastmod>2021-03-05T10:00:00Z</lastmod>
<x:link rel="alternate" hreflang="en" href="https://x.org/"/><x:link rel="alternate" hreflang="zh" href="https://x.org/zh/"/>
<x:link rel="alternate" hreflang="x-default" href="https://x.org/"/></url>
<url><loc>https://x.org/a</loc></url></urlset>"#;

    fn problems(from: &str, to: &str) -> Vec<String> {
        assert!(GOOD.contains(from), "{from}");
        check(&Tree::from([(
            "sitemap.xml".to_owned(),
            GOOD.replacen(from, to, 1).into_bytes(),
        )]))
    }

    #[test]
    fn a_valid_sitemap_has_no_problems() {
        assert_eq!(problems("T", "T"), Vec::<String>::new());
    }

    #[test]
    fn faults_are_found() {
        for (from, to, expected) in [
            ("https://x.org/a", "/a", &["/a: it has no full address"][..]),
            (
                "https://x.org/a",
                "https://x.org/zh/",
                &[
                    "https://x.org/zh/: it is listed twice",
                    "https://x.org/: its version https://x.org/zh/ names other versions",
                ],
            ),
            (
                "2021-03-05<",
                "2021-3-5<",
                &["https://x.org/: `2021-3-5` is no date of a sitemap"],
            ),
            (
                "hreflang=\"zh\"",
                "hreflang=\"en\"",
                &[
                    "https://x.org/: it has two versions in `en`",
                    "https://x.org/: it does not name itself among its versions",
                    "https://x.org/: it has versions, but only one",
                    "https://x.org/: none of its versions is for everyone else",
                    "https://x.org/: its version https://x.org/zh/ names other versions",
                    "https://x.org/zh/: its version https://x.org/ names other versions",
                ],
            ),
            (
                "<url><loc>https://x.org/zh/</loc>",
                "<url><loc>https://x.org/b/</loc>",
                &[
                    "https://x.org/: its version https://x.org/zh/ is not listed",
                    "https://x.org/b/: it does not name itself among its versions",
                    "https://x.org/b/: its version https://x.org/zh/ is not listed",
                ],
            ),
        ] {
            let expected: Vec<String> = expected
                .iter()
                .map(|problem| format!("sitemap.xml: {problem}"))
                .collect();
            assert_eq!(problems(from, to), expected, "{from} -> {to}");
        }
        assert_eq!(check(&Tree::new()), ["there is no sitemap.xml"]);
    }
}
