//! What data files say of authors, categories and tags.

use super::targets::{change, choose};
use crate::site::Site;

const FILES: &[&str] = &["data/authors.yaml", "data/category.yaml", "data/tags.yaml"];

fn files(site: &Site) -> Vec<String> {
    let files = FILES.iter().filter(|path| site.has(path));
    files.map(|path| (*path).to_owned()).collect()
}

fn replace(site: &Site, pick: usize, from: &str, to: &str) -> Option<()> {
    change(site, files(site), pick, |text| {
        Some(text.replacen(from, to, 1))
    })
}

/// What readers see; articles name the term by its id.
pub fn name(site: &mut Site, pick: usize) -> Option<()> {
    let is_plain = |text: &str| text.contains("name: M");
    match files(site)
        .iter()
        .filter_map(|path| site.text(path))
        .any(|text| is_plain(&text))
    {
        true => replace(site, pick, "name: M", "name: New M"),
        false => replace(site, pick, "en: ", "en: New "),
    }
}

pub fn text(site: &mut Site, pick: usize) -> Option<()> {
    change(site, files(site), pick, |text| {
        let (from, to) = match text {
            text if text.contains("  text: {en: ") => ("  text: {en: ", "  text: {en: Always. "),
            text if text.contains("  text: ") => ("  text: ", "  text: Always. "),
            _ => ("\n  name: ", "\n  text: At last.\n  name: "),
        };
        Some(text.replacen(from, to, 1))
    })
}

pub fn slug(site: &mut Site, pick: usize) -> Option<()> {
    change(site, files(site), pick, |text| {
        match text.contains("  slug: ") {
            true => Some(text.replacen("  slug: ", "  slug: x", 1)),
            false => Some(text.replacen("\n  name: ", "\n  slug: by-another-name\n  name: ", 1)),
        }
    })
}

/// The first term of a file goes.
pub fn dropped(site: &mut Site, pick: usize) -> Option<()> {
    change(site, files(site), pick, |text| {
        let is_next = |at: &usize| !text[at + 1..].starts_with([' ', '\n']);
        let mut ends = text.match_indices('\n').map(|(at, _)| at);
        let end = ends.find(is_next)?;
        Some(text[end + 1..].to_owned())
    })
}

/// A file of terms comes or goes.
pub fn file(site: &mut Site, pick: usize) -> Option<()> {
    const TAGS: &str =
        "health: {name: Good health}\nwood: {name: Timber, text: It grows.}\ndoor: {slug: gate}\n";
    let path = choose(FILES.to_vec(), pick + 2)?;
    match (site.has(path), path) {
        (true, _) => site.delete(path),
        (false, "data/tags.yaml") => site.put(path, TAGS),
        (false, _) => site.put(
            path,
            "Jo: {name: Johanna, kind: person}\nNews: {slug: all-news}\n",
        ),
    }
    Some(())
}
