//! Themes: which one, its words and its files.

use super::targets::change;
use crate::keys;
use crate::site::Site;

const BUILT_IN: &str = "gazette";

/// The theme that the settings name.
pub fn current(site: &Site) -> String {
    let settings = site.text("site.yaml").unwrap_or_default();
    keys::value(&settings, "theme")
        .unwrap_or(BUILT_IN)
        .to_owned()
}

/// To the next theme; a site without any gets one.
pub fn switched(site: &mut Site, _: usize) -> Option<()> {
    let settings = site.text("site.yaml")?;
    let mut themes: Vec<String> = site
        .list("themes")
        .iter()
        .filter_map(|path| Some(path.split('/').nth(1)?.to_owned()))
        .collect();
    themes.dedup();
    if themes.is_empty() {
        site.put(
            "themes/leaf/templates/page.html",
            "{{ page.title }}\n{{ page.content | safe }}\n",
        );
        themes.push("leaf".to_owned());
    }
    themes.push(BUILT_IN.to_owned());
    let own = current(site);
    let at = themes.iter().position(|theme| *theme == own);
    let next = &themes[at.map_or(0, |at| (at + 1) % themes.len())];
    site.put("site.yaml", keys::with(&settings, "theme", next)?);
    Some(())
}

/// A word on many pages.
pub fn string(site: &mut Site, pick: usize) -> Option<()> {
    let (code, line) = [
        ("en", "home: START\n"),
        ("en", "articles: \"{n} pieces\"\n"),
        ("zh", "home: 起点\narticles: \"{n} 件\"\n"),
        ("en", "sea: The ocean\n"),
        ("zh", "sea: 大洋\n"),
    ][pick % 5];
    words(site, code, line)
}

/// A word in the texts of articles.
pub fn string_of_text(site: &mut Site, pick: usize) -> Option<()> {
    let line = [
        "alert_note: Mark\nalert_tip: Clue\n",
        "table: Grid\n",
        "task_done: ready\n",
        "footnote_back: Up again {n}\n",
    ][pick % 4];
    words(site, "en", line)
}

fn words(site: &Site, code: &str, line: &str) -> Option<()> {
    let path = format!("i18n/{code}.yaml");
    let text = site.text(&path).unwrap_or_default();
    let mut kept = text.clone();
    for key in line.lines().filter_map(|line| line.split_once(':')) {
        let is_other = |line: &&str| !line.starts_with(&format!("{}:", key.0));
        kept = kept.split_inclusive('\n').filter(is_other).collect();
    }
    match text.contains(line) {
        true => site.put(&path, kept),
        false => site.put(&path, kept + line),
    }
    Some(())
}

pub fn string_gone(site: &mut Site, pick: usize) -> Option<()> {
    let files = [site.list("i18n"), files_of_theme(site, "i18n")].concat();
    change(site, files, pick, |text| {
        let (_, below) = text.split_once('\n')?;
        (!text.starts_with(' ') && !below.starts_with(' ')).then(|| below.to_owned())
    })
}

pub fn style(site: &mut Site, pick: usize) -> Option<()> {
    change(site, files_of_theme(site, "static"), pick, |text| {
        Some(format!("{text}p {{ color: red }}\n"))
    })
}

/// The file changes, and nothing that it does.
pub fn manifest(site: &mut Site, _: usize) -> Option<()> {
    let path = format!("themes/{}/theme.yaml", current(site));
    change(site, vec![path], 0, |text| {
        Some(format!("{text}# A remark.\n"))
    })
}

fn files_of_theme(site: &Site, folder: &str) -> Vec<String> {
    site.list(&format!("themes/{}/{folder}", current(site)))
}
