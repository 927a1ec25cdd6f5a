//! Files that are published as they are.

use super::targets::{articles, change, choose, folders_of, free, least_named};
use crate::site::Site;

pub fn changed(site: &mut Site, pick: usize) -> Option<()> {
    let files = [site.list("static"), assets(site)].concat();
    let mut texts = files;
    texts.retain(|path| path.ends_with(".txt") || path.ends_with(".svg"));
    change(site, texts, pick, |text| Some(format!("{text}\n")))
}

pub fn added(site: &mut Site, pick: usize) -> Option<()> {
    let folder = ["static", "static/deep/er", "static/.well-known"][pick % 3];
    let path = free(site, |number| format!("{folder}/file-{number}.txt"));
    site.put(&path, "Added.\n");
    Some(())
}

pub fn gone(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(least_named(site, site.list("static")), pick)?;
    site.delete(&path);
    Some(())
}

/// The site's own in place of the one that is made, or back.
pub fn robots(site: &mut Site, _: usize) -> Option<()> {
    come_or_go(site, "static/robots.txt", "User-agent: none\n")
}

pub fn feed(site: &mut Site, _: usize) -> Option<()> {
    come_or_go(site, "static/atom.xml", "<feed/>\n")
}

/// A file that would hide an article is an error.
pub fn in_the_way(site: &mut Site, _: usize) -> Option<()> {
    come_or_go(site, "static/news/index.html", "In the way.\n")
}

/// The site's own in place of a file of its theme.
pub fn over_theme(site: &mut Site, pick: usize) -> Option<()> {
    let mut files = site.list("themes");
    files.retain(|path| path.contains("/static/"));
    let file = choose(files, pick)?;
    let (_, below) = file.split_once("/static/")?;
    come_or_go(site, &format!("static/{below}"), "p { margin: 1em }\n")
}

const LINK: &str = "static/linked.txt";

/// A link goes with the file that it leads to: the states of a site, which are files with their
/// bytes, have no word for a link to nowhere.
pub fn drop_dead_link(site: &Site) {
    let link = site.root().join(LINK);
    if link.is_symlink() && !link.exists() {
        site.delete(LINK);
    }
}

/// A link to a file that is edited under its own name.
pub fn linked(site: &mut Site, pick: usize) -> Option<()> {
    if site.has(LINK) {
        site.delete(LINK);
        return Some(());
    }
    let target = choose(articles(site), pick)?;
    site.put(LINK, "");
    site.delete(LINK);
    let target = std::path::Path::new("..").join(target);
    std::os::unix::fs::symlink(target, site.root().join(LINK)).expect("a new link");
    Some(())
}

/// A file that no build looks into.
pub fn beside_the_point(site: &mut Site, pick: usize) -> Option<()> {
    let path = [
        "README.md",
        "content/.DS_Store",
        "content/about.md~",
        "archetypes/default.md",
        "themes/unused/templates/page.html",
        "content/news/.hidden/a.md",
        "content/#about.md#",
    ][pick % 7];
    let text = site.text(path).unwrap_or_default();
    site.put(path, text + "Nobody reads this.\n");
    Some(())
}

fn come_or_go(site: &Site, path: &str, text: &str) -> Option<()> {
    match site.has(path) {
        true => site.delete(path),
        false => site.put(path, text),
    }
    Some(())
}

/// Files beside articles.
pub fn assets(site: &Site) -> Vec<String> {
    let mut assets = site.list("content");
    assets.retain(|path| !path.ends_with(".md"));
    assets
}

pub fn asset_added(site: &mut Site, pick: usize) -> Option<()> {
    let mut articles = site.list("content");
    articles.retain(|path| path.ends_with(".md"));
    let folder = choose(folders_of(&articles), pick)?;
    let path = free(site, |number| format!("{folder}/beside-{number}.txt"));
    site.put(&path, "Beside.\n");
    Some(())
}

pub fn asset_gone(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(least_named(site, assets(site)), pick)?;
    site.delete(&path);
    Some(())
}
