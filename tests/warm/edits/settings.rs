//! `site.yaml`.

use super::targets::{choose, loose_articles, name};
use crate::keys;
use crate::site::Site;

const FILE: &str = "site.yaml";

fn edit(site: &Site, edit: impl Fn(&str) -> Option<String>) -> Option<()> {
    let old = site.text(FILE)?;
    let new = edit(&old).filter(|new| *new != old)?;
    site.put(FILE, new);
    Some(())
}

fn turn(site: &Site, key: &str, circle: &[&str]) -> Option<()> {
    edit(site, |text| keys::turned(text, key, circle))
}

/// Replaces the first text that is there by the one behind it in a circle.
fn turn_text(site: &Site, circle: &[&str]) -> Option<()> {
    edit(site, |text| {
        let at = circle.iter().position(|words| text.contains(words))?;
        let next = circle[(at + 1) % circle.len()];
        Some(text.replacen(circle[at], next, 1))
    })
}

pub fn title(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "title", &["Another name", "A third name"])
}

pub fn description(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "description", &["In one line.", "In another."])
}

pub fn address(site: &mut Site, _: usize) -> Option<()> {
    let circle = ["https://example.org/deep/er", "https://example.net"];
    turn(site, "base_url", &circle)
}

pub fn extra(site: &mut Site, _: usize) -> Option<()> {
    let circle = ["{motto: Cut once, hotline: 1}", "{motto: none}"];
    turn(site, "extra", &circle)
}

pub fn organisation(site: &mut Site, _: usize) -> Option<()> {
    let circle = ["{name: The Owner}", "{name: The Owner, phone: 5}"];
    turn(site, "organisation", &circle)
}

/// The words of an entry, or a menu where there was none.
pub fn menu(site: &mut Site, pick: usize) -> Option<()> {
    let text = site.text(FILE)?;
    if !text.contains("menus:") {
        let menus = "menus: {main: [{path: \"@/_index.md\"}]}\n";
        return edit(site, |text| Some(format!("{text}{menus}")));
    }
    let circles: [&[&str]; 3] = [
        &["title: Service", "title: What we do"],
        &["title: 新闻", "title: 要闻"],
        &[
            "- {title: Join",
            "- {title: About, path: /about/}\n        - {title: Join",
        ],
    ];
    turn_text(site, circles[pick % circles.len()])
}

pub fn pagination(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "paginate_by", &["1", "0", "5"])
}

pub fn feed_limit(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "feed_limit", &["1", "2"])
}

pub fn feeds(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "feeds", &["false", "true"])
}

pub fn taxonomies(site: &mut Site, _: usize) -> Option<()> {
    let circle = [
        "[{name: tags, paginate_by: 1, sort_by: name}, author, series]",
        "[series, category, {name: author, feed: false}]",
    ];
    turn(site, "taxonomies", &circle)
}

pub fn timezone(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "timezone", &["Pacific/Auckland", "Asia/Shanghai"])
}

pub fn slugs(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "slugs", &["ascii", "unicode"])
}

pub fn highlight(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "highlight", &["false", "true"])
}

pub fn markdown(site: &mut Site, pick: usize) -> Option<()> {
    let circle = [
        "{html: allow}",
        "{html: escape, heading_anchors: false}",
        "{smart_punctuation: true, external_links: {rel: nofollow}}",
    ];
    let from = pick % circle.len();
    turn(
        site,
        "markdown",
        &[&circle[from..], &circle[..from]].concat(),
    )
}

pub fn ignore(site: &mut Site, pick: usize) -> Option<()> {
    let article = choose(loose_articles(site), pick)?;
    let globs = format!("[\"{}\"]", name(&article));
    turn(site, "ignore", &[&globs, "[\"*.bak\"]"])
}

/// The site gets another language, or loses it.
pub fn language(site: &mut Site, _: usize) -> Option<()> {
    const LANGUAGE: &str = "  fr: {label: Français}\n";
    edit(site, |text| match text.contains(LANGUAGE) {
        true => Some(text.replace(LANGUAGE, "")),
        false => {
            let (above, below) = text.split_once("languages:\n")?;
            Some(format!("{above}languages:\n{LANGUAGE}{below}"))
        }
    })
}

pub fn label(site: &mut Site, _: usize) -> Option<()> {
    turn_text(site, &["中文", "汉语"])
}

pub fn fallback(site: &mut Site, _: usize) -> Option<()> {
    turn_text(site, &["fallback: en", "fallback: zh"])
}

pub fn default_language(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "default_language", &["zh", "en"])
}

pub fn prefix(site: &mut Site, _: usize) -> Option<()> {
    turn(site, "default_language_in_path", &["true", "false"])
}

/// The file changes, and nothing that it says.
pub fn remark(site: &mut Site, _: usize) -> Option<()> {
    edit(site, |text| Some(format!("{text}# A remark.\n")))
}

pub fn unknown(site: &mut Site, _: usize) -> Option<()> {
    edit(site, |text| Some(format!("{text}colour: green\n")))
}

/// A site can do without.
pub fn gone_or_there(site: &mut Site, _: usize) -> Option<()> {
    match site.has(FILE) {
        true => site.delete(FILE),
        false => site.put(FILE, "title: Settled\nbase_url: https://example.org\n"),
    }
    Some(())
}
