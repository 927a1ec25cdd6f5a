//! Links between articles, and the headings they lead to.

use super::targets::{articles, change, choose, linked_articles, split_ending};
use crate::keys;
use crate::site::Site;

/// The text of a page changes, and another one gets a backlink.
pub fn added(site: &mut Site, pick: usize) -> Option<()> {
    let mut targets = articles(site);
    targets.reverse();
    link(site, pick, targets, "")
}

pub fn to_a_part(site: &mut Site, pick: usize) -> Option<()> {
    let mut targets = articles(site);
    targets.retain(|path| {
        site.text(path)
            .is_some_and(|text| heading_id(&text).is_some())
    });
    let target = choose(targets, pick)?;
    let text = site.text(&target)?;
    let part = format!("#{}", heading_id(&text)?);
    link(site, pick, vec![target], &part)
}

fn link(site: &Site, pick: usize, targets: Vec<String>, part: &str) -> Option<()> {
    let target = choose(targets, pick)?;
    let below = target.strip_prefix("content/")?;
    let (stem, _) = split_ending(below);
    let mut sources = articles(site);
    sources.retain(|path| *path != target);
    change(site, sources, pick, |text| {
        Some(format!("{text}\nSee [there](<@/{stem}.md{part}>).\n"))
    })
}

/// A paragraph that holds a link goes.
pub fn dropped(site: &mut Site, pick: usize) -> Option<()> {
    change(site, articles(site), pick, |text| {
        let (above, body) = text.split_at(keys::body(text));
        let paragraphs: Vec<&str> = body.split("\n\n").collect();
        let at = paragraphs.iter().position(|text| text.contains("]("))?;
        let left: Vec<&str> = [&paragraphs[..at], &paragraphs[at + 1..]].concat();
        Some(format!("{above}{}\n", left.join("\n\n")))
    })
}

/// The words of a heading whose name stays.
pub fn heading_renamed(site: &mut Site, pick: usize) -> Option<()> {
    change(site, linked_articles(site), pick, |text| {
        let at = text.find(" {#")?;
        Some(format!("{}, in other words{}", &text[..at], &text[at..]))
    })
}

/// The name of a heading, which links may use.
pub fn heading_id_renamed(site: &mut Site, pick: usize) -> Option<()> {
    change(site, linked_articles(site), pick, |text| {
        let at = text.find(" {#")?;
        Some(format!("{} {{#renamed-{}", &text[..at], &text[at + 3..]))
    })
}

fn heading_id(text: &str) -> Option<&str> {
    let (_, after) = text.split_once(" {#")?;
    after.split('}').next()
}
