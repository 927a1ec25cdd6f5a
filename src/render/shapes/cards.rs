//! What lists show of a page or section.

use tera::Value;

use crate::config::{Config, direction};
use crate::site::{Meta, NodeId};
use crate::world::{Crumb, Page, Reader};

use super::record::{Record, record, text};
use super::{Shapes, excerpt, picture};

/// Everything but what takes reading the page itself: `content`, `toc`, neighbours, backlinks.
pub(super) fn card(shapes: &Shapes, reader: &Reader, id: NodeId) -> Value {
    let mut card = Record::of(&shapes.brief(reader, id));
    let page = reader.page(id);
    let text = reader.text(id);
    card.set("description", excerpt::description(page.meta, &text));
    card.set("summary", excerpt::summary(reader, id, &page, &text));
    if let Some(words) = reader.words(id, &["word_count", "reading_time"]) {
        let count = u64::from(words.latin) + u64::from(words.han);
        card.set("word_count", count);
        card.set("reading_time", words.reading_minutes());
    }
    card.into()
}

/// A card without what is taken from the text, so that who shows no more than a title need not
/// change when the text does.
pub(super) fn brief(shapes: &Shapes, reader: &Reader, id: NodeId) -> Value {
    let page = reader.page(id);
    let mut card = Record::with_room(56);
    place(&mut card, reader, id, &page);
    card.set("title", page.meta.title.as_str());
    card.set("description", excerpt::own_description(page.meta));
    card.set("summary", excerpt::own_summary(reader, id, &page));
    dates(&mut card, page.meta);
    terms(&mut card, shapes, reader, &page);
    card.set("word_count", Value::none());
    card.set("reading_time", Value::none());
    card.set("translations", translations(reader, id));
    card.set("image", picture::image(reader, id, page.meta));
    card.set("attachments", picture::attachments(reader, id, &page));
    meta(&mut card, &page);
    if page.is_section {
        section(&mut card, reader, id, page.meta);
    }
    card.into()
}

fn place(card: &mut Record, reader: &Reader, id: NodeId, page: &Page<'_>) {
    let config = reader.config();
    card.set("relative_path", below_content(reader, id));
    card.set("permalink", config.permalink(page.url));
    card.set("path", config.href(page.url));
    card.set("slug", page.slug);
    let parts = page.url.as_str().split('/').filter(|part| !part.is_empty());
    card.set("components", parts.map(Value::from).collect::<Vec<Value>>());
    let ancestors = reader.ancestors(id);
    let ancestors = ancestors
        .iter()
        .map(|id| Value::from(below_content(reader, *id)));
    card.set("ancestors", ancestors.collect::<Vec<Value>>());
    let folder = reader.source(id).folder();
    let assets = page.assets.iter().filter_map(|asset| {
        let target = crate::path::encode(asset.below(folder)?);
        reader
            .url(&target, Some(id), page.lang)
            .ok()
            .map(Value::from)
    });
    card.set("assets", assets.collect::<Vec<Value>>());
    let code = config.language(page.lang).code.as_str();
    card.set("lang", code);
    card.set("dir", direction(code));
}

fn dates(card: &mut Record, meta: &Meta) {
    let date = meta.date;
    card.set("date", date.map(|date| date.rfc3339()));
    card.set("updated", meta.updated.map(|date| date.rfc3339()));
    card.set("year", date.map(|date| date.year()));
    card.set("month", date.map(|date| date.month()));
    card.set("day", date.map(|date| date.day()));
}

/// The terms of every taxonomy, and those of the two that pages show one of by name.
fn terms(card: &mut Record, shapes: &Shapes, reader: &Reader, page: &Page<'_>) {
    let taxonomies = &reader.config().taxonomies;
    let mut names = Record::with_room(taxonomies.len());
    let mut by_taxonomy = Record::with_room(taxonomies.len());
    for (taxonomy, ids) in taxonomies.iter().zip(page.terms) {
        let of_this = ids.iter().map(|id| Value::from(reader.term(*id).name));
        names.set_named(&taxonomy.name, of_this.collect::<Vec<Value>>());
        by_taxonomy.set_named(&taxonomy.name, shapes.terms(reader, ids));
    }
    for (name, loose) in page.loose_terms {
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
            .and_then(|index| page.terms.get(index));
        let ids = ids.map_or(&[][..], Vec::as_slice);
        card.set(all, shapes.terms(reader, ids));
        card.set(first, ids.first().map(|id| shapes.term(reader, *id)));
    }
}

fn translations(reader: &Reader, id: NodeId) -> Value {
    let others = reader.translations(id).iter().map(|id| {
        let other = reader.crumb(*id);
        let language = reader.config().language(other.lang);
        let mut record = crumb(reader.config(), &other);
        record.set("lang", language.code.as_str());
        record.set("label", language.label.as_str());
        Value::from(record)
    });
    others.collect::<Vec<Value>>().into()
}

fn meta(card: &mut Record, page: &Page<'_>) {
    let meta = page.meta;
    card.set("draft", meta.draft);
    card.set("pinned", meta.pinned);
    card.set("source", text(meta.source.as_deref()));
    card.set("source_url", text(meta.source_url.as_deref()));
    card.set("editor", text(meta.editor.as_deref()));
    card.set("reviewer", text(meta.reviewer.as_deref()));
    card.set("weight", meta.weight);
    card.set("extra", record(&meta.extra));
    card.set("is_section", page.is_section);
    card.set("noindex", !meta.search);
}

fn section(card: &mut Record, reader: &Reader, id: NodeId, meta: &Meta) {
    let below = reader
        .subsections(id)
        .iter()
        .map(|id| Value::from(below_content(reader, *id)));
    card.set("subsections", below.collect::<Vec<Value>>());
    card.set("pages", Vec::<Value>::new());
    card.set("transparent", meta.transparent);
    card.set("paginate_by", meta.paginate_by);
}

/// A node's path as templates name it.
fn below_content(reader: &Reader, id: NodeId) -> &str {
    let source = reader.source(id);
    source.below("content").unwrap_or(source.as_str())
}

/// The least there is to say of a page: what it is called and where it is.
pub(super) fn crumb(config: &Config, crumb: &Crumb<'_>) -> Record {
    let mut record = Record::with_room(5);
    record.set("title", crumb.title);
    record.set("path", config.href(crumb.url));
    record.set("permalink", config.permalink(crumb.url));
    record
}
