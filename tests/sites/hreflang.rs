//! Every page of every site with several languages names its versions in other languages, itself
//! among them, and each of them names the same: search engines ignore sets that are not closed. The
//! golden sites are built with the default theme for that, and so is the site of this repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::tree::{self, Tree};

/// 2027-01-01T00:00:00Z: nothing of this repository's site waits for its day.
const LATER: i64 = 1_798_761_600;

/// What one address says of its versions: language → address.
type Versions = BTreeMap<String, String>;

#[test]
fn versions_of_every_page_name_each_other() {
    let mut sites = 0;
    let mut pages = 0;
    for name in crate::SITES {
        let site = crate::folder().join(name).join("site");
        if !has_languages(&site) {
            continue;
        }
        let temporary = tempfile::tempdir().expect("a temporary folder");
        tree::copy(&site, temporary.path());
        use_default_theme(temporary.path());
        pages += closed(name, &crate::built(temporary.path(), crate::NOW));
        sites += 1;
    }
    assert!(sites >= 20 && pages >= 200, "{sites} sites, {pages} pages");
}

#[test]
fn versions_of_every_page_of_this_repository_name_each_other() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "data", "static", "themes"] {
        tree::copy(&root.join(part), &temporary.path().join(part));
    }
    fs::copy(root.join("site.yaml"), temporary.path().join("site.yaml")).expect("a copy");
    let pages = closed("this repository", &crate::built(temporary.path(), LATER));
    assert!(pages > 250, "{pages} pages");
}

fn has_languages(site: &Path) -> bool {
    let settings = fs::read_to_string(site.join("site.yaml")).unwrap_or_default();
    settings.lines().any(|line| line.starts_with("languages:"))
}

/// Its own templates in place of the theme's go too. Others may use parts of the plain theme.
fn use_default_theme(root: &Path) {
    let path = root.join("site.yaml");
    let settings = fs::read_to_string(&path).expect("settings");
    let lines = settings.lines().filter(|line| !line.starts_with("theme:"));
    fs::write(&path, lines.collect::<Vec<&str>>().join("\n")).expect("a written file");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in tree::read(&repository.join("themes/gazette/templates")).keys() {
        let _ = fs::remove_file(root.join("templates").join(name));
    }
    let plain = tree::read(&crate::folder().join("plain"));
    let mut parts = Tree::new();
    for (name, bytes) in plain {
        let name = name.replace("templates/components.html", "templates/plain.html");
        let is_wanted = name.starts_with("i18n/") || name == "templates/plain.html";
        if is_wanted && !root.join(&name).exists() {
            parts.insert(name, bytes);
        }
    }
    tree::write(root, &parts);
}

/// Holds all pages and the sitemap of a site; yields the number of pages.
fn closed(name: &str, outputs: &Tree) -> usize {
    let mut pages = 0;
    let mut said: BTreeMap<String, Versions> = BTreeMap::new();
    for (path, bytes) in outputs.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).expect("HTML is UTF-8");
        // A page that only leads on is nobody's version, and templates of a test make no pages.
        if !html.contains("<html") || html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let place = format!("{name}: {path}");
        let canonical = one(&html, "<link rel=\"canonical\"", "href");
        let canonical = canonical.unwrap_or_else(|| panic!("{place}: its address"));
        let lang = one(&html, "<html", "lang").unwrap_or_else(|| panic!("{place}"));
        let locale = one(&html, "<meta property=\"og:locale\"", "content");
        let locale = locale.unwrap_or_else(|| panic!("{place}: og:locale"));
        let language = lang.split('-').next().unwrap_or(&lang);
        assert!(locale.starts_with(language), "{place}: {lang}, {locale}");
        let versions = versions(&html, "<link rel=\"alternate\" hreflang=", &place);
        if !versions.is_empty() {
            assert_eq!(versions.get(&lang), Some(&canonical), "{place}: itself");
            assert!(!html.contains("content=\"noindex\""), "{place}: noindex");
        }
        said.insert(canonical, versions);
        pages += 1;
    }
    names_each_other(name, &said);
    let mut listed: BTreeMap<String, Versions> = BTreeMap::new();
    for (path, bytes) in outputs {
        let is_part = path.starts_with("sitemap") && path.ends_with(".xml");
        let xml = String::from_utf8_lossy(bytes);
        for entry in xml.split("<url>").skip(1).filter(|_| is_part) {
            let (_, rest) = entry.split_once("<loc>").expect("an address");
            let (address, _) = rest.split_once("</loc>").expect("its end");
            let place = format!("{name}: {path}: {address}");
            let versions = versions(entry, "<xhtml:link rel=\"alternate\" hreflang=", &place);
            if let Some(head) = said.get(address) {
                assert_eq!(head, &versions, "{place}: head and sitemap");
            }
            listed.insert(address.to_owned(), versions);
        }
    }
    names_each_other(name, &listed);
    pages
}

/// Every set is the same on each of its pages, and has an `x-default` that is one of them.
fn names_each_other(name: &str, said: &BTreeMap<String, Versions>) {
    for (address, versions) in said.iter().filter(|(_, versions)| !versions.is_empty()) {
        let place = format!("{name}: {address}");
        let named = |(lang, _): &(&String, &String)| *lang != "x-default";
        let others: BTreeSet<&String> = versions.iter().filter(named).map(|(_, url)| url).collect();
        assert!(others.contains(address), "{place} does not name itself");
        assert_eq!(others.len(), versions.len() - 1, "{place}: {versions:?}");
        let default = versions.get("x-default");
        assert!(
            default.is_some_and(|url| others.contains(url)),
            "{place}: x-default"
        );
        for other in others {
            assert_eq!(said.get(other), Some(versions), "{place} and {other}");
        }
    }
}

fn versions(text: &str, tag: &str, place: &str) -> Versions {
    let mut found = Versions::new();
    for link in text.split(tag).skip(1) {
        let link = format!("hreflang={}", link.split('>').next().unwrap_or_default());
        let lang = value(&link, "hreflang").expect("a language");
        let address = value(&link, "href").expect("an address");
        let before = found.insert(lang.clone(), address);
        assert_eq!(before, None, "{place}: `{lang}` twice");
    }
    found
}

/// The value of an attribute of the only tag that begins so.
fn one(html: &str, tag: &str, attribute: &str) -> Option<String> {
    let mut tags = html.split(tag).skip(1);
    let first = tags.next()?.split('>').next()?;
    assert!(tags.next().is_none(), "{tag} twice");
    value(first, attribute)
}

fn value(tag: &str, attribute: &str) -> Option<String> {
    let marker = format!("{attribute}=\"");
    let mut places = tag.match_indices(&marker);
    let (at, _) = places.find(|(at, _)| *at == 0 || tag.as_bytes()[at - 1] == b' ')?;
    let rest = &tag[at + marker.len()..];
    Some(rest[..rest.find('"')?].to_owned())
}
