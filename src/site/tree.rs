//! Every folder is a section, whether or not it has an `_index.md`.

use std::collections::{BTreeSet, HashMap};

use crate::config::{Config, Lang};
use crate::date::Moment;
use crate::parse::front_matter::FrontMatter;
use crate::path::SourcePath;

use super::keys::Key;
use super::place::Placed;
use super::{FileFacts, Text};

/// A node before it is known what its front matter means; or, where that is known, with what is
/// still asked for of it.
pub(super) struct Seed<Front = Box<FrontMatter>> {
    pub source: SourcePath,
    pub file: Option<FileFacts>,
    pub front: Front,
    pub text: Text,
    pub key: Key,
    pub folder: String,
    pub name: String,
    pub is_section: bool,
    pub lang: Lang,
    pub date_in_name: Option<Moment>,
    /// The place of its section in the list.
    pub parent: Option<usize>,
}

/// Adds the sections that have no file and finds every node's section. Parents stand before
/// their children.
pub(super) fn grow(placed: Vec<Placed>, config: &Config) -> Vec<Seed> {
    let mut missing = folders(&placed, config);
    for one in placed.iter().filter(|one| one.is_section) {
        missing.remove(&(one.lang, one.folder.clone()));
    }
    let mut seeds: Vec<Seed> = placed.into_iter().map(seed).collect();
    seeds.extend(
        missing
            .into_iter()
            .map(|(lang, folder)| implied(lang, folder, config)),
    );
    seeds.sort_by(|a, b| {
        depth(a)
            .cmp(&depth(b))
            .then_with(|| a.source.cmp(&b.source))
    });
    let sections: HashMap<(Lang, String), usize> = seeds
        .iter()
        .enumerate()
        .filter(|(_, seed)| seed.is_section)
        .map(|(at, seed)| ((seed.lang, seed.folder.clone()), at))
        .collect();
    for seed in &mut seeds {
        let above = match (seed.is_section, seed.folder.as_str()) {
            (true, "") => continue,
            (true, folder) => folder.rsplit_once('/').map_or("", |(above, _)| above),
            (false, folder) => folder,
        };
        seed.parent = sections.get(&(seed.lang, above.to_owned())).copied();
    }
    seeds
}

fn folders(placed: &[Placed], config: &Config) -> BTreeSet<(Lang, String)> {
    let mut folders: BTreeSet<(Lang, String)> =
        config.langs().map(|lang| (lang, String::new())).collect();
    for one in placed {
        let mut folder = one.folder.as_str();
        while !folder.is_empty() && folders.insert((one.lang, folder.to_owned())) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    folders
}

fn depth(seed: &Seed) -> (usize, bool) {
    let folders = match seed.folder.as_str() {
        "" => 0,
        folder => folder.matches('/').count() + 1,
    };
    (folders, !seed.is_section)
}

fn seed(placed: Placed) -> Seed {
    let Placed {
        content,
        key,
        folder,
        name,
        is_section,
        lang,
        date_in_name,
    } = placed;
    Seed {
        source: content.source,
        file: Some(content.file),
        front: content.front,
        text: content.text,
        key,
        folder,
        name,
        is_section,
        lang,
        date_in_name,
        parent: None,
    }
}

fn implied(lang: Lang, folder: String, config: &Config) -> Seed {
    let file = match lang {
        Lang::DEFAULT => "_index.md".to_owned(),
        other => format!("_index.{}.md", config.language(other).code),
    };
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let source = SourcePath::new(format!("content/{prefix}{file}"));
    Seed {
        key: Key::of(&source, prefix.len() + "_index".len()),
        source,
        file: None,
        front: Box::default(),
        text: Text::default(),
        name: folder.rsplit('/').next().unwrap_or_default().to_owned(),
        folder,
        is_section: true,
        lang,
        date_in_name: None,
        parent: None,
    }
}
