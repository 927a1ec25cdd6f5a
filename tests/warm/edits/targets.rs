//! What an edit may be applied to, and how one of it is chosen.

use std::collections::BTreeSet;

use crate::site::Site;

/// One of several.
pub fn choose<T>(mut candidates: Vec<T>, pick: usize) -> Option<T> {
    match candidates.len() {
        0 => None,
        count => Some(candidates.swap_remove(pick % count)),
    }
}

/// Changes the text of one file, of those that the change fits.
pub fn change(
    site: &Site,
    files: Vec<String>,
    pick: usize,
    change: impl Fn(&str) -> Option<String>,
) -> Option<()> {
    let changed = files.into_iter().filter_map(|path| {
        let old = site.text(&path)?;
        let new = change(&old).filter(|new| *new != old)?;
        Some((path, new))
    });
    let (path, text) = choose(changed.collect(), pick)?;
    site.put(&path, text);
    Some(())
}

/// All articles, those that are named most elsewhere first.
pub fn articles(site: &Site) -> Vec<String> {
    let mut articles = counted(site);
    articles.sort_by_key(|(path, count)| (usize::MAX - count, path.clone()));
    articles.into_iter().map(|(path, _)| path).collect()
}

/// Articles that are named nowhere.
pub fn loose_articles(site: &Site) -> Vec<String> {
    let articles = counted(site).into_iter().filter(|(_, count)| *count == 0);
    articles.map(|(path, _)| path).collect()
}

/// Articles that are named elsewhere.
pub fn linked_articles(site: &Site) -> Vec<String> {
    let mut articles = articles(site);
    let loose = loose_articles(site);
    articles.retain(|path| !loose.contains(path));
    articles
}

/// Files with those first that are named least elsewhere: a site can best do without these.
pub fn least_named(site: &Site, mut files: Vec<String>) -> Vec<String> {
    let texts = texts(site);
    files.sort_by_key(|path| (count(&texts, path, name(path)), path.clone()));
    files
}

/// Articles with the number of other files that name them.
fn counted(site: &Site) -> Vec<(String, usize)> {
    let texts = texts(site);
    let markdown = site.list("content").into_iter();
    let articles = markdown.filter(|path| path.ends_with(".md") && !is_index(path));
    articles
        .map(|path| {
            let count = count(&texts, &path, name(&path));
            (path, count)
        })
        .collect()
}

/// Everything that may name other files, by path.
fn texts(site: &Site) -> Vec<(String, String)> {
    ["content", "data", "templates", "themes"]
        .iter()
        .flat_map(|folder| site.list(folder))
        .filter_map(|path| Some((path.clone(), site.text(&path)?)))
        .collect()
}

/// How many texts hold a name, but for the one at a path.
fn count(texts: &[(String, String)], path: &str, name: &str) -> usize {
    let others = texts.iter().filter(|(other, _)| other != path);
    others.filter(|(_, text)| text.contains(name)).count()
}

/// The files of sections: `_index.md` in every language.
pub fn sections(site: &Site) -> Vec<String> {
    let mut sections = site.list("content");
    sections.retain(|path| is_index(path));
    // Home comes last: it has little that sections have.
    sections.sort_by_key(|path| (path.starts_with("content/_"), path.clone()));
    sections
}

/// Folders below `content/` with articles in them, but for those of one article.
pub fn folders(site: &Site) -> Vec<String> {
    let mut articles = site.list("content");
    articles.retain(|path| path.ends_with(".md") && !name(path).starts_with("index."));
    let mut folders = folders_of(&articles);
    folders.retain(|folder| folder != "content");
    folders
}

/// The folders in which files lie.
pub fn folders_of(files: &[String]) -> Vec<String> {
    let folders: BTreeSet<&str> = files.iter().map(|path| folder(path)).collect();
    folders.into_iter().map(str::to_owned).collect()
}

/// Those of them that no text names.
pub fn loose_folders(site: &Site) -> Vec<String> {
    let texts = texts(site);
    let mut folders = folders(site);
    folders.retain(|folder| count(&texts, "", &format!("{}/", name(folder))) == 0);
    folders
}

/// Templates of the site and of its themes.
pub fn templates(site: &Site) -> Vec<String> {
    let mut templates = site.list("templates");
    let themes = site.list("themes").into_iter();
    templates.extend(themes.filter(|path| path.contains("/templates/")));
    templates
}

fn is_index(path: &str) -> bool {
    name(path).starts_with("_index.") && path.ends_with(".md")
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A path without its last part.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `content/a/b.zh.md` → `content/a/b` and `.zh.md`.
pub fn split_ending(path: &str) -> (&str, &str) {
    let at = path.len() - name(path).len();
    path.split_at(path[at..].find('.').map_or(path.len(), |dot| at + dot))
}

/// The first path with a number in it at which there is nothing yet.
pub fn free(site: &Site, path: impl Fn(usize) -> String) -> String {
    let mut paths = (1..).map(path);
    paths
        .find(|path| !site.has(path))
        .expect("there are enough numbers")
}
