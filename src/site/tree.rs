//! Every folder is a section, whether or not it has an `_index.md`.

use std::collections::BTreeSet;

use ahash::{AHashMap, AHashSet};

use crate::config::{Config, Lang};
use crate::path::SourcePath;

use super::Text;
use super::place::{Place, Seed};

/// Adds the sections that have no file and finds every node's section. Parents stand before
/// their children.
pub(super) fn grow(mut seeds: Vec<Seed>, config: &Config) -> Vec<Seed> {
    let missing = missing(&seeds, config);
    let missing = missing.into_iter();
    seeds.extend(missing.map(|(lang, folder)| implied(lang, &folder, config)));
    seeds.sort_by_cached_key(depth);
    let parents = parents(&seeds);
    for (seed, parent) in seeds.iter_mut().zip(parents) {
        seed.parent = parent;
    }
    seeds
}

/// The folders that are sections without a file.
fn missing(seeds: &[Seed], config: &Config) -> BTreeSet<(Lang, String)> {
    let mut folders: AHashSet<(Lang, &str)> = config.langs().map(|lang| (lang, "")).collect();
    for one in seeds {
        let mut folder = one.place.folder();
        while !folder.is_empty() && folders.insert((one.lang, folder)) {
            folder = above(folder);
        }
    }
    for one in seeds.iter().filter(|one| one.is_section) {
        folders.remove(&(one.lang, one.place.folder()));
    }
    let owned = |(lang, folder): (Lang, &str)| (lang, folder.to_owned());
    folders.into_iter().map(owned).collect()
}

/// The place of each node's section; `None` for home.
fn parents(seeds: &[Seed]) -> Vec<Option<u32>> {
    let numbered = (0..).zip(seeds).filter(|(_, seed)| seed.is_section);
    let sections: AHashMap<(Lang, &str), u32> = numbered
        .map(|(at, seed)| ((seed.lang, seed.place.folder()), at))
        .collect();
    let parent = |seed: &Seed| {
        let folder = match (seed.is_section, seed.place.folder()) {
            (true, "") => return None,
            (true, folder) => above(folder),
            (false, folder) => folder,
        };
        sections.get(&(seed.lang, folder)).copied()
    };
    seeds.iter().map(parent).collect()
}

fn above(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(above, _)| above)
}

/// Sections before their pages, those above before those below.
fn depth(seed: &Seed) -> (u32, bool) {
    let folders = match seed.place.folder() {
        "" => 0,
        folder => folder.matches('/').count() as u32 + 1,
    };
    (folders, !seed.is_section)
}

fn implied(lang: Lang, folder: &str, config: &Config) -> Seed {
    let file = match lang {
        Lang::DEFAULT => "_index.md".to_owned(),
        other => format!("_index.{}.md", config.language(other).code),
    };
    let source = match folder {
        "" => format!("content/{file}"),
        folder => format!("content/{folder}/{file}"),
    };
    let (place, ..) = Place::of(SourcePath::new(source), config);
    Seed {
        place,
        file: None,
        front: Box::default(),
        text: Text::default(),
        is_section: true,
        lang,
        date_in_name: None,
        parent: None,
    }
}
