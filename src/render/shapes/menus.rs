//! Menus, with their addresses resolved.

use tera::Value;

use crate::config::{Lang, MenuItem};
use crate::site::{NodeId, is_absolute};
use crate::world::Reader;

use super::cards::crumb;
use super::record::Record;

/// The menus of a language. Without one named `main`, the top sections are it.
pub(super) fn menus(reader: &Reader, lang: Lang) -> Record {
    let configured = &reader.config().language(lang).menus;
    let mut shape = Record::with_room(configured.len() + 1);
    if configured.iter().all(|(name, _)| name != "main") {
        shape.set("main", sections(reader, reader.home(lang), 2));
    }
    for (name, items) in configured {
        let items = items.iter().map(|item| entry(reader, item, lang));
        shape.set_named(name, items.collect::<Vec<Value>>());
    }
    shape
}

fn sections(reader: &Reader, above: NodeId, levels: usize) -> Vec<Value> {
    if levels == 0 {
        return Vec::new();
    }
    let below = reader.subsections(above).iter().map(|id| {
        let mut shape = crumb(reader.config(), &reader.crumb(*id));
        shape.set("external", false);
        shape.set("children", sections(reader, *id, levels - 1));
        shape.into()
    });
    below.collect()
}

/// A dead entry was reported with the configuration; it leads where it says.
fn entry(reader: &Reader, item: &MenuItem, lang: Lang) -> Value {
    let external = is_absolute(&item.path);
    let path = match external {
        true => item.path.clone(),
        false => reader
            .url(&item.path, None, lang)
            .unwrap_or_else(|_| item.path.clone()),
    };
    let permalink = match external {
        true => path.clone(),
        false => format!("{}{path}", reader.config().origin),
    };
    let children = item.children.iter().map(|child| entry(reader, child, lang));
    let mut shape = Record::with_room(5);
    shape.set("title", title(reader, item, lang));
    shape.set("path", path);
    shape.set("permalink", permalink);
    shape.set("external", external);
    shape.set("children", children.collect::<Vec<Value>>());
    shape.into()
}

fn title(reader: &Reader, item: &MenuItem, lang: Lang) -> String {
    if let Some(title) = &item.title {
        return title.clone();
    }
    match reader.find_node(&item.path, lang) {
        Some(id) => reader.crumb(id).title.to_owned(),
        None => item.path.clone(),
    }
}
