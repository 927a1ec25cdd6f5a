//! Articles as files, and their texts.

use super::targets::{
    articles, change, choose, folder, folders, free, linked_articles, loose_articles, name,
    split_ending,
};
use crate::keys;
use crate::site::Site;

pub fn body(site: &mut Site, pick: usize) -> Option<()> {
    append(site, pick, "One more sentence.")
}

fn append(site: &Site, pick: usize, paragraph: &str) -> Option<()> {
    change(site, articles(site), pick, |text| {
        Some(format!("{}\n\n{paragraph}\n", text.trim_end()))
    })
}

/// One letter becomes another, so that the file keeps its size.
pub fn letter(site: &mut Site, pick: usize) -> Option<()> {
    change(site, articles(site), pick, other_letter)
}

/// A text with another letter at the end of a line that is words and nothing else.
pub fn other_letter(text: &str) -> Option<String> {
    let is_plain = |line: &str| {
        line.ends_with(|last: char| "。.".contains(last)) && !line.contains(['[', '<', '`', '{'])
    };
    let mut at = keys::body(text);
    let mut found = None;
    for line in text[at..].split_inclusive('\n') {
        if is_plain(line.trim_end()) {
            found = line
                .rfind(|letter: char| letter.is_ascii_lowercase())
                .map(|end| at + end);
        }
        at += line.len();
    }
    let at = found?;
    let other = match &text[at..=at] {
        "e" => "a",
        _ => "e",
    };
    Some(format!("{}{other}{}", &text[..at], &text[at + 1..]))
}

/// What lists show when there is no summary.
pub fn opening(site: &mut Site, pick: usize) -> Option<()> {
    change(site, articles(site), pick, |text| {
        let at = keys::body(text);
        let (above, body) = text.split_at(at);
        Some(format!("{above}\nThis comes first.\n{body}"))
    })
}

pub fn more(site: &mut Site, pick: usize) -> Option<()> {
    const MARK: &str = "\n<!-- more -->\n";
    change(site, articles(site), pick, |text| {
        match text.contains(MARK) {
            true => Some(text.replacen(MARK, "", 1)),
            false => {
                let body = keys::body(text) + 1;
                let end = body + text.get(body..)?.find("\n\n")? + 1;
                Some(format!("{}{MARK}{}", &text[..end], &text[end..]))
            }
        }
    })
}

pub fn heading(site: &mut Site, pick: usize) -> Option<()> {
    append(site, pick, "## One more part\n\nIt is short.")
}

pub fn line_ends(site: &mut Site, pick: usize) -> Option<()> {
    change(site, articles(site), pick, |text| {
        match text.contains("\r\n") {
            true => Some(text.replace("\r\n", "\n")),
            false => Some(text.replace('\n', "\r\n")),
        }
    })
}

/// The file is saved in another encoding.
pub fn not_text(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(articles(site), pick)?;
    let mut bytes = site.text(&path)?.into_bytes();
    bytes.extend(b"\xd6\xd0\xce\xc4\n");
    site.put(&path, bytes);
    Some(())
}

/// Something that is left out, with a warning.
pub fn html(site: &mut Site, pick: usize) -> Option<()> {
    append(site, pick, "Press <b onclick=\"go()\">here</b>.")
}

pub fn html_gone(site: &mut Site, pick: usize) -> Option<()> {
    change(site, articles(site), pick, |text| {
        let is_bad = |line: &str| line.contains("<script>") || line.contains("onclick");
        let lines = text.split_inclusive('\n').filter(|line| !is_bad(line));
        Some(lines.collect())
    })
}

/// A footnote that does not exist is a warning, too.
pub fn slip(site: &mut Site, pick: usize) -> Option<()> {
    append(site, pick, "This is certain.[^nowhere]")
}

pub fn added(site: &mut Site, pick: usize) -> Option<()> {
    let folder = choose(folders(site), pick)?;
    let path = free(site, |number| format!("{folder}/new-{number}.md"));
    let taken = |key: &str| {
        let texts = articles(site)
            .into_iter()
            .filter_map(|path| site.text(&path));
        let mut values = texts.filter_map(|text| Some(keys::value(&text, key)?.to_owned()));
        values.find(|value| !value.is_empty())
    };
    let mut text = String::from("---\ntitle: A new article\ndate: 2025-12-30\n");
    for key in ["author", "category", "tags"] {
        text.extend(taken(key).map(|value| format!("{key}: {value}\n")));
    }
    site.put(&path, text + "---\n\nThis is new.\n");
    Some(())
}

pub fn bare_added(site: &mut Site, pick: usize) -> Option<()> {
    let folder = choose(folders(site), pick)?;
    let path = free(site, |number| format!("{folder}/bare-{number}.md"));
    site.put(&path, "# No front matter\n\nNone at all.\n");
    Some(())
}

pub fn deleted(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(loose_articles(site), pick)?;
    site.delete(&path);
    Some(())
}

pub fn deleted_while_linked(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(linked_articles(site), pick)?;
    site.delete(&path);
    Some(())
}

pub fn renamed(site: &mut Site, pick: usize) -> Option<()> {
    rename(site, loose_articles(site), pick)
}

pub fn renamed_while_linked(site: &mut Site, pick: usize) -> Option<()> {
    rename(site, linked_articles(site), pick)
}

fn rename(site: &Site, mut articles: Vec<String>, pick: usize) -> Option<()> {
    articles.retain(|path| !is_bundle(path));
    let path = choose(articles, pick)?;
    let (stem, ending) = split_ending(&path);
    let to = free(site, |number| format!("{stem}-renamed-{number}{ending}"));
    site.rename(&path, &to);
    Some(())
}

/// The file's name says the date.
pub fn date_in_name(site: &mut Site, pick: usize) -> Option<()> {
    let mut articles = loose_articles(site);
    articles.retain(|path| !is_bundle(path));
    let path = choose(articles, pick)?;
    let bare = name(&path).trim_start_matches(|char: char| char.is_ascii_digit() || char == '-');
    let dated = |day: usize| format!("{}/2025-06-{day:02}-{bare}", folder(&path));
    let to = free(site, dated);
    site.rename(&path, &to);
    Some(())
}

/// To the next folder.
pub fn moved(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(movable(site), pick)?;
    let folders = folders(site);
    let here = folders.iter().position(|other| other == folder(&path));
    let there = &folders[here.map_or(0, |here| here + 1) % folders.len()];
    let to = format!("{there}/{}", name(&path));
    (!site.has(&to)).then(|| site.rename(&path, &to))
}

/// The article gets a folder of its own; its address stays.
pub fn bundled(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(movable(site), pick)?;
    let (stem, ending) = split_ending(&path);
    site.rename(&path, &format!("{stem}/index{ending}"));
    Some(())
}

/// Articles that nothing is tied to by a relative path, in either direction.
fn movable(site: &Site) -> Vec<String> {
    let mut articles = loose_articles(site);
    articles.retain(|path| {
        let text = site.text(path).unwrap_or_default();
        !is_bundle(path) && !text.replace("](@/", "").contains("](")
    });
    articles
}

fn is_bundle(path: &str) -> bool {
    name(path).starts_with("index.")
}

/// Two files exchange their names, and keep their times.
pub fn swapped(site: &mut Site, pick: usize) -> Option<()> {
    let movable = movable(site);
    let first = choose(movable.clone(), pick)?;
    let is_partner = |path: &String| *path != first && folder(path) == folder(&first);
    let second = choose(movable.into_iter().filter(is_partner).collect(), pick)?;
    site.rename(&first, "content/aside");
    site.rename(&second, &first);
    site.rename("content/aside", &second);
    Some(())
}

pub fn slug_clash(site: &mut Site, pick: usize) -> Option<()> {
    let mut plain = articles(site);
    plain.retain(|path| {
        let text = site.text(path).unwrap_or_default();
        let begins_with_date = name(path).starts_with(|first: char| first.is_ascii_digit());
        let has_own = ["slug", "path", "draft"].map(|key| keys::value(&text, key).is_some());
        !is_bundle(path) && !begins_with_date && has_own == [false; 3]
    });
    let path = choose(plain, pick)?;
    let (stem, ending) = split_ending(&path);
    let to = format!("{}/clash{ending}", folder(&path));
    if site.has(&to) {
        return None;
    }
    let slug = name(stem);
    site.put(
        &to,
        format!("---\ntitle: A clash\nslug: {slug}\n---\n\nHere.\n"),
    );
    Some(())
}

pub fn slug_clash_repaired(site: &mut Site, pick: usize) -> Option<()> {
    let mut clashes = articles(site);
    clashes.retain(|path| name(path).starts_with("clash."));
    change(site, clashes, pick, |text| {
        keys::with(text, "slug", "no-clash")
    })
}

pub fn translation_added(site: &mut Site, pick: usize) -> Option<()> {
    let settings = site.text("site.yaml")?;
    let codes = ["zh", "de"].into_iter();
    let codes = codes.filter(|code| settings.contains(&format!("\n  {code}:")));
    let originals = articles(site)
        .into_iter()
        .filter(|path| !is_translated(path));
    let originals: Vec<String> = originals.collect();
    let missing = codes.flat_map(|code| {
        let stems = originals.iter().filter_map(|path| path.strip_suffix(".md"));
        stems.map(move |stem| format!("{stem}.{code}.md"))
    });
    let path = choose(missing.filter(|path| !site.has(path)).collect(), pick)?;
    site.put(
        &path,
        "---\ntitle: 译文\ndate: 2025-11-11\n---\n\n这是译文。\n",
    );
    Some(())
}

pub fn translation_removed(site: &mut Site, pick: usize) -> Option<()> {
    let mut translations = articles(site);
    translations.retain(|path| is_translated(path));
    let path = choose(translations, pick)?;
    site.delete(&path);
    Some(())
}

fn is_translated(path: &str) -> bool {
    split_ending(path).1 != ".md"
}
