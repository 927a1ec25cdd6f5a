//! The table of pages that a browser looks at.

use crate::links;
use crate::markup;
use crate::tree::Tree;

/// A page to look at.
pub struct Page {
    /// What it is, for messages.
    pub name: String,
    pub path: String,
}

impl Page {
    fn new(name: &str, path: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            path: path.into(),
        }
    }
}

enum Place {
    /// A known address.
    At(&'static str),
    /// The first page below an address.
    FirstBelow(&'static str),
    /// Every page directly below an address.
    AllBelow(&'static str),
    /// The page that an old address leads to.
    RedirectFrom(&'static str),
    /// The second page of the first section that has one.
    SecondPage,
}

use Place::{AllBelow, At, FirstBelow, RedirectFrom, SecondPage};

/// The pages of this repository's site. Where a Chinese version exists it is looked at too.
const ROWS: &[(&str, Place)] = &[
    ("home", At("/")),
    ("section", At("/service/activities/")),
    ("page 2 of a section", SecondPage),
    ("article", RedirectFrom("/News_read_id_1117.shtml")),
    ("authors", At("/author/")),
    ("author", FirstBelow("/author/")),
    ("categories", At("/category/")),
    ("category", FirstBelow("/category/")),
    ("tag", FirstBelow("/tags/")),
    ("archive", At("/archive/")),
    ("archive of a year", At("/archive/2021/")),
    ("guide", At("/guide/")),
    ("guide page", AllBelow("/guide/")),
];

/// Rows that must have a Chinese version.
const IN_BOTH_LANGUAGES: &[&str] = &[
    "home", "section", "article", "author", "category", "archive",
];

/// An address that no site has, for its page about missing pages.
const MISSING: &str = "/nowhere/";

/// The pages of the table, and the page that answers a wrong address.
pub fn repository_pages(tree: &Tree) -> Vec<Page> {
    let mut pages = Vec::new();
    for (name, place) in ROWS {
        let paths = place.paths(tree);
        assert!(
            !paths.is_empty(),
            "the site has no page for the row {name:?} of the table"
        );
        for path in paths {
            assert!(tree.has(&path), "{name}: the site has no {path}");
            let chinese = format!("/zh{path}");
            let translated = tree.has(&chinese);
            assert!(
                translated || !IN_BOTH_LANGUAGES.contains(name),
                "{name}: the site has no {chinese}"
            );
            pages.push(Page::new(name, path));
            if translated {
                pages.push(Page::new(&format!("{name} in Chinese"), chinese));
            }
        }
    }
    pages.push(Page::new("missing page", MISSING));
    let missing_in_chinese = "/zh/404.html";
    if tree.has(missing_in_chinese) {
        pages.push(Page::new("missing page in Chinese", missing_in_chinese));
    }
    pages
}

/// Every page of a small site that is not a redirect, and the page that answers a wrong address.
pub fn all_pages(tree: &Tree) -> Vec<Page> {
    let is_redirect = |path: &String| markup::read(&tree.read(path)).redirect.is_some();
    let mut pages: Vec<Page> = tree
        .url_paths(&["html"])
        .into_iter()
        .filter(|path| path.ends_with('/') && !is_redirect(path))
        .map(|path| Page::new("page", path))
        .collect();
    assert!(
        pages.len() > 1,
        "a site has at least a home page and an article"
    );
    pages.push(Page::new("missing page", MISSING));
    pages
}

impl Place {
    fn paths(&self, tree: &Tree) -> Vec<String> {
        match self {
            At(path) => vec![(*path).to_owned()],
            FirstBelow(parent) => tree.children(parent).into_iter().take(1).collect(),
            AllBelow(parent) => tree.children(parent),
            RedirectFrom(old) => redirect_target(tree, old).into_iter().collect(),
            SecondPage => tree
                .html_paths()
                .into_iter()
                .find(|path| is_second_page(path))
                .into_iter()
                .collect(),
        }
    }
}

fn redirect_target(tree: &Tree, old: &str) -> Option<String> {
    tree.file_for(old)?;
    let target = markup::read(&tree.read(old)).redirect?;
    Some(links::local_target(old, &target).ok()??.path().to_owned())
}

fn is_second_page(path: &str) -> bool {
    let of_something_else = ["/author/", "/category/", "/tags/", "/zh/", "/page/"];
    path.ends_with("/page/2/")
        && !of_something_else
            .iter()
            .any(|start| path.starts_with(start))
}
