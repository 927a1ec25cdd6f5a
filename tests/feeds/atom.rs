//! What RFC 4287 demands of a feed, and a little more.

use std::collections::BTreeSet;

use courant::date::{Moment, TimeZone};
use url::Url;

use crate::tree::Tree;
use crate::xml::{self, Element};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Elements of a feed and of an entry, and whether there may be several.
const FEED: &[(&str, bool)] = &[
    ("author", true),
    ("category", true),
    ("contributor", true),
    ("entry", true),
    ("generator", false),
    ("icon", false),
    ("id", false),
    ("link", true),
    ("logo", false),
    ("rights", false),
    ("subtitle", false),
    ("title", false),
    ("updated", false),
];
const ENTRY: &[(&str, bool)] = &[
    ("author", true),
    ("category", true),
    ("content", false),
    ("contributor", true),
    ("id", false),
    ("link", true),
    ("published", false),
    ("rights", false),
    ("source", false),
    ("summary", false),
    ("title", false),
    ("updated", false),
];

/// What is wrong with the feeds of a site.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with("atom.xml")) {
        let found = match xml::parse(bytes) {
            Ok(feed) => {
                let id = feed.text_of("id").unwrap_or_default().to_owned();
                let mut found = problems_of(&feed, path);
                if !ids.insert(id.clone()) {
                    found.push(format!("another feed has the id {id}"));
                }
                found
            }
            Err(problem) => vec![problem],
        };
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{path}: {problem}")),
        );
    }
    problems
}

fn problems_of(feed: &Element, path: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if (feed.name.as_str(), feed.namespace.as_str()) != ("feed", ATOM) {
        return vec!["the root is not an Atom feed".into()];
    }
    if feed.attribute("xml:lang").is_none_or(str::is_empty) {
        problems.push("the feed names no language".into());
    }
    common(feed, FEED, &mut problems);
    let own = feed
        .all("link")
        .filter(|link| link.attribute("rel") == Some("self"));
    let own: Vec<&str> = own.filter_map(|link| link.attribute("href")).collect();
    let is_here = |href: &&str| {
        Url::parse(href).is_ok_and(|url| decoded(url.path()).ends_with(&format!("/{path}")))
    };
    if own.len() != 1 || !own.iter().all(is_here) {
        problems.push(format!("its link to itself is {own:?}"));
    }
    let mut ids = BTreeSet::new();
    for entry in feed.all("entry") {
        let id = entry.text_of("id").unwrap_or_default();
        let mut found = Vec::new();
        common(entry, ENTRY, &mut found);
        if !ids.insert(id) {
            found.push("another entry has its id".into());
        }
        if feed.all("author").next().is_none() && entry.all("author").next().is_none() {
            found.push("neither it nor the feed has an author".into());
        }
        if instant(entry) > instant(feed) {
            found.push("it is newer than the feed".into());
        }
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("entry {id}: {problem}")),
        );
    }
    problems
}

/// What feeds and entries have in common.
fn common(element: &Element, known: &[(&str, bool)], problems: &mut Vec<String>) {
    for child in element
        .children
        .iter()
        .filter(|child| child.namespace == ATOM)
    {
        if known.iter().all(|(name, _)| *name != child.name) {
            problems.push(format!("`{}` holds no `{}`", element.name, child.name));
        }
    }
    for (name, _) in known.iter().filter(|(_, may_repeat)| !may_repeat) {
        if element.all(name).count() > 1 {
            problems.push(format!("it has several `{name}`"));
        }
    }
    for name in ["id", "title", "updated"] {
        if element
            .text_of(name)
            .is_none_or(|text| text.trim().is_empty())
        {
            problems.push(format!("it has no `{name}`"));
        }
    }
    for id in element.all("id").filter(|id| Url::parse(&id.text).is_err()) {
        problems.push(format!("its id `{}` is no full address", id.text));
    }
    for date in element
        .all("updated")
        .chain(element.all("published"))
        .filter(|date| !is_rfc3339(&date.text))
    {
        problems.push(format!("`{}` is no RFC 3339 date", date.text));
    }
    for text in ["title", "subtitle", "summary", "rights"]
        .iter()
        .flat_map(|name| element.all(name))
    {
        if !matches!(
            text.attribute("type"),
            None | Some("text" | "html" | "xhtml")
        ) || !text.children.is_empty()
        {
            problems.push(format!("its `{}` is no text", text.name));
        }
    }
    links(element, problems);
    people(element, problems);
    for category in element
        .all("category")
        .filter(|category| category.attribute("term").is_none_or(str::is_empty))
    {
        problems.push(format!("a category has no term: {:?}", category.attributes));
    }
}

fn links(element: &Element, problems: &mut Vec<String>) {
    let mut alternates = BTreeSet::new();
    for link in element.all("link") {
        let href = link.attribute("href").unwrap_or_default();
        if Url::parse(href).is_err() {
            problems.push(format!("its link `{href}` is no full address"));
        }
        let is_alternate = matches!(link.attribute("rel"), None | Some("alternate"));
        if is_alternate && !alternates.insert((link.attribute("type"), link.attribute("hreflang")))
        {
            problems.push("it has two alternates of one type and language".into());
        }
    }
    if alternates.is_empty() {
        problems.push("it has no alternate".into());
    }
}

fn people(element: &Element, problems: &mut Vec<String>) {
    for person in element.all("author").chain(element.all("contributor")) {
        if person.all("name").count() != 1
            || person
                .text_of("name")
                .is_none_or(|name| name.trim().is_empty())
        {
            problems.push("a person has no name".into());
        }
        if person.all("uri").any(|uri| Url::parse(&uri.text).is_err()) {
            problems.push("the address of a person is no full address".into());
        }
    }
}

fn instant(element: &Element) -> Option<i64> {
    let updated = Moment::parse(element.text_of("updated")?, &TimeZone::UTC).ok()?;
    Some(updated.unix())
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned()
}

/// `2021-03-05T10:00:00+08:00`, with a fraction of a second at most.
pub fn is_rfc3339(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    matches!(rest, "Z" | "+00:00" | "-00:00") && Moment::parse(text, &TimeZone::UTC).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>https://x.org/</id><title>T</title>
<updated>2021-03-05T10:00:00Z</updated><link rel="self" href="https://x.org/atom.xml"/><link href="https://x.org/"/>
<entry><id>https://x.org/a/</id><title>A</title><updated>2021-03-05T10:00:00Z</updated><link href="https://x.org/a/"/>
<author><name>N</name></author></entry></feed>"#;

    fn problems(from: &str, to: &str) -> Vec<String> {
        assert!(GOOD.contains(from), "{from}");
        check(&Tree::from([(
            "atom.xml".to_owned(),
            GOOD.replacen(from, to, 1).into_bytes(),
        )]))
    }

    #[test]
    fn a_valid_feed_has_no_problems() {
        assert_eq!(problems("T", "T"), Vec::<String>::new());
    }

    #[test]
    fn faults_are_found() {
        for (from, to, problem) in [
            ("<title>T</title>", "", "it has no `title`"),
            (
                "<title>A</title>",
                "<title>A</title><title>B</title>",
                "entry https://x.org/a/: it has several `title`",
            ),
            (
                "<id>https://x.org/</id>",
                "<id>/</id>",
                "its id `/` is no full address",
            ),
            (
                "10:00:00Z",
                "10:00",
                "`2021-03-05T10:00` is no RFC 3339 date",
            ),
            (
                "2021-03-05",
                "2021-03-04",
                "entry https://x.org/a/: it is newer than the feed",
            ),
            (
                "x.org/atom.xml",
                "x.org/a/atom.xm",
                "its link to itself is [\"https://x.org/a/atom.xm\"]",
            ),
            (
                "<author><name>N</name></author>",
                "",
                "entry https://x.org/a/: neither it nor the feed has an author",
            ),
            (
                "<name>N</name>",
                "",
                "entry https://x.org/a/: a person has no name",
            ),
            (" xml:lang=\"en\"", "", "the feed names no language"),
            (
                "<author>",
                "<icon/><author>",
                "entry https://x.org/a/: `entry` holds no `icon`",
            ),
            (
                "<link href=\"https://x.org/a/\"/>",
                "",
                "entry https://x.org/a/: it has no alternate",
            ),
            ("<title>T", "<title>&nbsp;", "`&nbsp;` is no entity of XML"),
        ] {
            assert_eq!(
                problems(from, to),
                [format!("atom.xml: {problem}")],
                "{from} -> {to}"
            );
        }
        let twice = GOOD
            .find("<entry>")
            .map(|at| &GOOD[at..GOOD.len() - "</feed>".len()])
            .expect("an entry");
        assert_eq!(
            problems("</feed>", &format!("{twice}</feed>")),
            ["atom.xml: entry https://x.org/a/: another entry has its id"]
        );
        assert_eq!(problems("</entry>", "").len(), 1);
    }

    #[test]
    fn only_whole_dates_are_rfc3339() {
        for (text, is) in [
            ("2021-03-05T10:00:00Z", true),
            ("2021-03-05T10:00:00.25+08:00", true),
            ("2021-02-30T10:00:00Z", false),
            ("2021-03-05", false),
            ("2021-03-05 10:00:00Z", false),
            ("2021-03-05T10:00:00", false),
            ("2021-03-05T10:00:00.Z", false),
        ] {
            assert_eq!(is_rfc3339(text), is, "{text}");
        }
    }
}
