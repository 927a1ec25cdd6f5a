//! The sites use every feature between them: each table of the program has its rows there.

use std::path::Path;

use courant::config::{CONFIG_KEYS, LANGUAGE_KEYS, MARKDOWN_KEYS};
use courant::parse::front_matter::FRONT_KEYS;
use courant::render::FUNCTIONS;
use courant::site::TERM_KEYS;
use courant::theme::THEME_KEYS;

use crate::SITES;
use crate::tree;

/// All text files of the sites that a filter lets through.
fn texts(is_wanted: impl Fn(&str) -> bool) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/warm/sites");
    let sites = SITES.iter().map(|name| tree::read(&folder.join(name)));
    let files = sites.flatten().filter(|(path, _)| is_wanted(path));
    files
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

/// Whether a text has a key, in one of the ways in which keys are written.
fn has_key(text: &str, key: &str) -> bool {
    let ways = [
        format!("\n{key}:"),
        format!("\n{key} ="),
        format!(" {key}:"),
        format!("{{{key}:"),
    ];
    ways.iter().any(|way| text.contains(way))
}

fn missing<'k>(text: &str, keys: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    keys.filter(|key| !has_key(text, key)).collect()
}

#[test]
fn every_key_of_front_matter_is_used() {
    let text = texts(|path| path.ends_with(".md"));
    // `courant translations` alone reads this one; no output shows it.
    let keys = FRONT_KEYS.iter().map(|key| key.name);
    let keys = keys.filter(|name| *name != "translated_from");
    assert_eq!(missing(&text, keys), Vec::<&str>::new());
}

#[test]
fn every_setting_is_used() {
    let text = texts(|path| path == "site.yaml");
    let keys = CONFIG_KEYS.iter().chain(LANGUAGE_KEYS).chain(MARKDOWN_KEYS);
    assert_eq!(missing(&text, keys.map(|key| key.name)), Vec::<&str>::new());
}

#[test]
fn every_key_of_terms_and_themes_is_used() {
    let text = texts(|path| path.starts_with("data/"));
    let keys = TERM_KEYS.iter().map(|(key, _, _)| *key);
    assert_eq!(missing(&text, keys), Vec::<&str>::new());
    let text = texts(|path| path.ends_with("theme.yaml"));
    let keys = THEME_KEYS.iter().map(|(key, _)| *key);
    let text = format!("\n{text}");
    assert_eq!(missing(&text, keys), Vec::<&str>::new());
}

#[test]
fn every_function_is_called() {
    let text = texts(|path| path.contains("templates/"));
    let calls = FUNCTIONS.iter().map(|row| row.name);
    let missing: Vec<&str> = calls
        .filter(|name| !text.contains(&format!("{name}(")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
