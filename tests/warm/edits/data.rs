//! Data files that templates load.

use super::targets::{change, choose};
use crate::site::Site;

/// Those that describe no terms.
fn files(site: &Site) -> Vec<String> {
    let mut files = site.list("data");
    files.retain(|path| {
        let names = ["authors.yaml", "category.yaml", "tags.yaml"];
        !names.iter().any(|name| path.ends_with(name))
    });
    files
}

/// A number or a word becomes another one; the file keeps its size.
pub fn changed(site: &mut Site, pick: usize) -> Option<()> {
    change(site, files(site), pick, |text| {
        let at = text.rfind(|letter: char| letter.is_ascii_digit())?;
        let other = if &text[at..=at] == "7" { "8" } else { "7" };
        Some(format!("{}{other}{}", &text[..at], &text[at + 1..]))
    })
}

/// A file that a template has asked for in vain.
pub fn created(site: &mut Site, _: usize) -> Option<()> {
    const FILE: &str = "data/later.yaml";
    (!site.has(FILE)).then(|| site.put(FILE, "now: there 1\n"))
}

/// A file that templates cannot do without, or can.
pub fn gone(site: &mut Site, pick: usize) -> Option<()> {
    let mut files = files(site);
    files.sort_by_key(|path| !path.ends_with("later.yaml"));
    let path = choose(files, pick)?;
    site.delete(&path);
    Some(())
}
