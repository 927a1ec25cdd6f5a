//! What lists show of a page or section.

use tera::Value;

use crate::config::{Config, direction};
use crate::site::{Node, NodeId};
use crate::world::Reader;

use super::record::{Record, record, text};
use super::{Shapes, excerpt, picture};

/// Everything but what takes reading the page itself: `content`, `toc`, neighbours, backlinks.
pub(super) fn card(shapes: &Shapes, reader: &Reader, id: NodeId) -> Value {
    let node = reader.node(id);
    let mut card = Record::with_room(56);
    place(&mut card, reader, id, node);
    card.set("title", node.meta.title.as_str());
    card.set("description", excerpt::description(node));
    card.set("summary", excerpt::summary(reader, id, node));
    dates(&mut card, node);
    terms(&mut card, shapes, reader, node);
    card.set(
        "word_count",
        u64::from(node.outline.words.latin) + u64::from(node.outline.words.han),
    );
    card.set("reading_time", node.outline.words.reading_minutes());
    card.set("translations", translations(reader, node));
    card.set("image", picture::image(reader, id, node));
    card.set("attachments", picture::attachments(reader, id, node));
    meta(&mut card, node);
    if node.is_section {
        section(&mut card, reader, node);
    }
    card.into()
}

fn place(card: &mut Record, reader: &Reader, id: NodeId, node: &Node) {
    let config = reader.config();
    card.set("relative_path", below_content(node));
    card.set("permalink", config.permalink(&node.url));
    card.set("path", config.href(&node.url));
    card.set("slug", node.slug.as_str());
    let parts = node.url.as_str().split('/').filter(|part| !part.is_empty());
    card.set("components", parts.map(Value::from).collect::<Vec<Value>>());
    let ancestors = reader.ancestors(id);
    let ancestors = ancestors
        .iter()
        .map(|id| Value::from(below_content(reader.node(*id))));
    card.set("ancestors", ancestors.collect::<Vec<Value>>());
    let folder = node.source.folder();
    let assets = node.assets.iter().filter_map(|asset| {
        let target = crate::path::encode(asset.below(folder)?);
        reader
            .url(&target, Some(id), node.lang)
            .ok()
            .map(Value::from)
    });
    card.set("assets", assets.collect::<Vec<Value>>());
    let code = config.language(node.lang).code.as_str();
    card.set("lang", code);
    card.set("dir", direction(code));
}

fn dates(card: &mut Record, node: &Node) {
    let date = node.meta.date;
    card.set("date", date.map(|date| date.rfc3339()));
    card.set("updated", node.meta.updated.map(|date| date.rfc3339()));
    card.set("year", date.map(|date| date.year()));
    card.set("month", date.map(|date| date.month()));
    card.set("day", date.map(|date| date.day()));
}

/// The terms of every taxonomy, and those of the two that pages show one of by name.
fn terms(card: &mut Record, shapes: &Shapes, reader: &Reader, node: &Node) {
    let taxonomies = &reader.config().taxonomies;
    let mut names = Record::with_room(taxonomies.len());
    let mut by_taxonomy = Record::with_room(taxonomies.len());
    for (taxonomy, ids) in taxonomies.iter().zip(&node.terms) {
        let of_this = ids
            .iter()
            .map(|id| Value::from(reader.term(*id).name.as_str()));
        names.set_named(&taxonomy.name, of_this.collect::<Vec<Value>>());
        by_taxonomy.set_named(&taxonomy.name, shapes.terms(reader, ids));
    }
    for (name, loose) in &node.loose_terms {
        let loose = loose.iter().map(|name| Value::from(name.as_str()));
        names.set_named(name, loose.collect::<Vec<Value>>());
    }
    card.set("taxonomies", names);
    card.set("terms", by_taxonomy);
    for (taxonomy, all, first) in [
        ("author", "authors", "author"),
        ("category", "categories", "category"),
    ] {
        let ids = reader
            .config()
            .taxonomy(taxonomy)
            .and_then(|index| node.terms.get(index));
        let ids = ids.map_or(&[][..], Vec::as_slice);
        card.set(all, shapes.terms(reader, ids));
        card.set(first, ids.first().map(|id| shapes.term(reader, *id)));
    }
}

fn translations(reader: &Reader, node: &Node) -> Value {
    let others = node.translations.iter().map(|id| {
        let other = reader.node(*id);
        let language = reader.config().language(other.lang);
        let mut record = crumb(reader.config(), other);
        record.set("lang", language.code.as_str());
        record.set("label", language.label.as_str());
        Value::from(record)
    });
    others.collect::<Vec<Value>>().into()
}

fn meta(card: &mut Record, node: &Node) {
    let meta = &node.meta;
    card.set("draft", meta.draft);
    card.set("pinned", meta.pinned);
    card.set("source", text(meta.source.as_deref()));
    card.set("source_url", text(meta.source_url.as_deref()));
    card.set("editor", text(meta.editor.as_deref()));
    card.set("reviewer", text(meta.reviewer.as_deref()));
    card.set("weight", meta.weight);
    card.set("extra", record(&meta.extra));
    card.set("is_section", node.is_section);
    card.set("noindex", !meta.search);
}

fn section(card: &mut Record, reader: &Reader, node: &Node) {
    let below = node
        .subsections
        .iter()
        .map(|id| Value::from(below_content(reader.node(*id))));
    card.set("subsections", below.collect::<Vec<Value>>());
    card.set("pages", Vec::<Value>::new());
    card.set("transparent", node.meta.transparent);
    card.set("paginate_by", node.meta.paginate_by);
}

/// A node's path as templates name it.
fn below_content(node: &Node) -> &str {
    node.source.below("content").unwrap_or(node.source.as_str())
}

/// The least there is to say of a page: what it is called and where it is.
pub(super) fn crumb(config: &Config, node: &Node) -> Record {
    let mut record = Record::with_room(5);
    record.set("title", node.meta.title.as_str());
    record.set("path", config.href(&node.url));
    record.set("permalink", config.permalink(&node.url));
    record
}
