//! The front matter of articles.

use super::targets::{articles, change, choose, folder, loose_articles, split_ending};
use super::templates;
use crate::keys;
use crate::site::Site;

fn edit(site: &Site, pick: usize, edit: impl Fn(&str) -> Option<String>) -> Option<()> {
    change(site, articles(site), pick, edit)
}

fn set(site: &Site, pick: usize, key: &str, value: &str) -> Option<()> {
    edit(site, pick, |text| keys::with(text, key, value))
}

fn turn(site: &Site, pick: usize, key: &str, circle: &[&str]) -> Option<()> {
    edit(site, pick, |text| keys::turned(text, key, circle))
}

fn drop(site: &Site, pick: usize, key: &str) -> Option<()> {
    edit(site, pick, |text| keys::without(text, key))
}

pub fn title(site: &mut Site, pick: usize) -> Option<()> {
    edit(site, pick, |text| {
        let title = keys::value(text, "title")?;
        keys::with(text, "title", &format!("{title} again"))
    })
}

pub fn title_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "title")
}

pub fn date(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "date", &["2025-12-24", "2025-11-23"])
}

pub fn date_of_another_year(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "date", &["2021-02-03", "2022-03-04 10:00"])
}

pub fn date_in_the_future(site: &mut Site, pick: usize) -> Option<()> {
    change(site, loose_articles(site), pick, |text| {
        keys::with(text, "date", "2026-01-25")
    })
}

pub fn date_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "date")
}

pub fn updated(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "updated", &["2025-12-31", "2026-01-01 12:30"])
}

pub fn author(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["[office, mia]", "training", "kim", "Jo"];
    turn(site, pick, "author", &circle)
}

pub fn author_unknown(site: &mut Site, pick: usize) -> Option<()> {
    set(site, pick, "author", "Somebody New")
}

pub fn category(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "category", &["Events", "News"])
}

pub fn tag_added(site: &mut Site, pick: usize) -> Option<()> {
    edit(site, pick, |text| {
        let tags = keys::value(text, "tags").unwrap_or("[]");
        let tags = tags.trim_matches(['[', ']']);
        let tags = match tags {
            "" => "[fresh]".to_owned(),
            tags => format!("[{tags}, fresh]"),
        };
        keys::with(text, "tags", &tags)
    })
}

pub fn tags_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "tags")
}

/// Terms are told apart without regard to capitals, and the first spelling names them.
pub fn tag_spelt_otherwise(site: &mut Site, pick: usize) -> Option<()> {
    edit(site, pick, |text| {
        let tags = keys::value(text, "tags")?;
        keys::with(text, "tags", &tags.to_uppercase())
    })
}

pub fn summary(site: &mut Site, pick: usize) -> Option<()> {
    let target = choose(loose_articles(site), pick)?;
    let target = target.strip_prefix("content/")?;
    let short = "In *short*.".to_owned();
    let linked = format!("\"In *short*; see [there](@/{target}).\"");
    turn(site, pick, "summary", &[&linked, &short])
}

pub fn summary_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "summary")
}

pub fn description(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "description", &["In one line.", "In another."])
}

pub fn draft(site: &mut Site, pick: usize) -> Option<()> {
    change(site, loose_articles(site), pick, |text| {
        keys::with(text, "draft", "true")
    })
}

pub fn draft_ended(site: &mut Site, pick: usize) -> Option<()> {
    edit(site, pick, |text| {
        let is_draft = keys::value(text, "draft") == Some("true");
        is_draft.then(|| keys::without(text, "draft"))?
    })
}

pub fn pinned(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "pinned", &["true", "false"])
}

pub fn pinned_for_a_while(site: &mut Site, pick: usize) -> Option<()> {
    set(site, pick, "pinned", "2026-02-01")
}

pub fn publish_later(site: &mut Site, pick: usize) -> Option<()> {
    change(site, loose_articles(site), pick, |text| {
        keys::with(text, "publish", "2026-01-20 08:00")
    })
}

pub fn expires(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["2025-12-31", "2026-01-15"];
    change(site, loose_articles(site), pick, |text| {
        keys::turned(text, "expires", &circle)
    })
}

pub fn weight(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "weight", &["4", "-1"])
}

pub fn slug(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "slug", &["another-name", "a-third-name"])
}

pub fn path(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "path", &["elsewhere/entirely", "elsewhere"])
}

pub fn alias_added(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["[/was/here/]", "[/was/here/, was/there.html]"];
    turn(site, pick, "aliases", &circle)
}

pub fn aliases_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "aliases")
}

/// A picture beside the article, or else any.
pub fn image(site: &mut Site, pick: usize) -> Option<()> {
    let is_picture = |path: &String| path.ends_with(".png") || path.ends_with(".jpg");
    let mut pictures: Vec<String> = site.list("content");
    pictures.extend(site.list("static"));
    pictures.retain(is_picture);
    let picture = choose(pictures, pick)?;
    let named = match picture.strip_prefix("content/") {
        Some(below) => format!("\"@/{below}\""),
        None => picture.trim_start_matches("static").to_owned(),
    };
    set(site, pick, "image", &named)
}

pub fn image_dropped(site: &mut Site, pick: usize) -> Option<()> {
    drop(site, pick, "image")
}

pub fn attachment(site: &mut Site, pick: usize) -> Option<()> {
    let mut files = site.list("static");
    files.retain(|path| path.ends_with(".txt") && folder(path) != "static/.well-known");
    let file = choose(files, pick)?;
    let file = file.trim_start_matches("static").to_owned();
    let titled = format!("[{{file: {file}, title: To keep}}]");
    turn(site, pick, "attachments", &[&format!("[{file}]"), &titled])
}

pub fn switch(site: &mut Site, pick: usize) -> Option<()> {
    let key = ["search", "feed", "sitemap", "toc"][pick % 4];
    turn(site, pick / 4, key, &["false", "true"])
}

pub fn extra(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["{price: 13, rooms: 14}", "{price: free}"];
    turn(site, pick, "extra", &circle)
}

pub fn reprint(site: &mut Site, pick: usize) -> Option<()> {
    let key = ["source", "source_url", "editor", "reviewer"][pick % 4];
    let circle = ["https://example.org/a", "https://example.org/b"];
    turn(site, pick / 4, key, &circle)
}

/// A page goes over into another language.
pub fn language(site: &mut Site, pick: usize) -> Option<()> {
    let settings = site.text("site.yaml")?;
    let has = |code: &str| settings.contains(&format!("\n  {code}:"));
    let code = choose(
        ["zh", "de"].into_iter().filter(|code| has(code)).collect(),
        pick,
    )?;
    let mut plain = articles(site);
    plain.retain(|path| path.matches('.').count() == 1);
    change(site, plain, pick, |text| {
        keys::turned(text, "lang", &[code, "en"])
    })
}

pub fn translation_key(site: &mut Site, pick: usize) -> Option<()> {
    let mut articles = articles(site);
    articles.sort_by_key(|path| split_ending(path).1 == ".md");
    change(site, articles, pick, |text| {
        keys::turned(text, "key", &["tied", "tied-otherwise"])
    })
}

pub fn template_asked_for(site: &mut Site, pick: usize) -> Option<()> {
    template_asked_for_in_vain(site, pick)?;
    if !site.has(templates::SPECIAL) {
        templates::special(site, pick)?;
    }
    Some(())
}

/// Unless the template is there already; [`templates::special`] makes it.
pub fn template_asked_for_in_vain(site: &mut Site, pick: usize) -> Option<()> {
    set(site, pick, "template", "special.html")
}

pub fn key_unknown(site: &mut Site, pick: usize) -> Option<()> {
    set(site, pick, "autor", "somebody")
}
