//! What lists show of a page or section.

use tera::Value;

use crate::config::{Config, direction};
use crate::site::{Meta, NodeId};
use crate::world::{Crumb, Field, Fields, Page, Reader};

use super::record::{Record, record, text};
use super::{Shapes, excerpt, picture};

/// A map of those variables of a page that the template shows.
pub(super) struct Card {
    record: Record,
    fields: Fields,
}

impl Card {
    fn new(fields: Fields) -> Self {
        Self {
            record: Record::with_room(fields.count()),
            fields,
        }
    }

    /// Sets a variable if it is shown.
    pub fn set<V: Into<Value>>(&mut self, field: Field, make: impl FnOnce() -> V) {
        if self.fields.has(field) {
            self.record.set(field.name(), make());
        }
    }
}

impl From<Card> for Record {
    fn from(card: Card) -> Self {
        card.record
    }
}

impl From<Card> for Value {
    fn from(card: Card) -> Self {
        card.record.into()
    }
}

/// Everything but what takes reading the page itself: `content`, `toc`, neighbours, backlinks.
pub(super) fn card(shapes: &Shapes, reader: &Reader, id: NodeId) -> Card {
    let page = reader.page(id);
    let mut card = Card::new(reader.fields());
    place(&mut card, reader, id, &page);
    card.set(Field::Title, || &*page.meta.title);
    card.set(Field::Description, || {
        excerpt::description(reader, id, page.meta)
    });
    card.set(Field::Summary, || excerpt::summary(reader, id, &page));
    dates(&mut card, page.meta);
    terms(&mut card, shapes, reader, &page);
    card.set(Field::WordCount, || reader.words(id).count());
    card.set(Field::ReadingTime, || {
        let code = &reader.config().language(page.lang).code;
        reader.words(id).reading_minutes(code)
    });
    about(&mut card, reader, id, &page);
    card
}

/// A card without what is taken from the text, so that who shows no more than a title need not
/// change when the text does.
pub(super) fn brief(shapes: &Shapes, reader: &Reader, id: NodeId, fields: Fields) -> Card {
    let page = reader.page(id);
    let mut card = Card::new(fields);
    place(&mut card, reader, id, &page);
    card.set(Field::Title, || &*page.meta.title);
    card.set(Field::Description, || excerpt::own_description(page.meta));
    card.set(Field::Summary, || excerpt::own_summary(reader, id, &page));
    dates(&mut card, page.meta);
    terms(&mut card, shapes, reader, &page);
    card.set(Field::WordCount, Value::none);
    card.set(Field::ReadingTime, Value::none);
    about(&mut card, reader, id, &page);
    card
}

fn about(card: &mut Card, reader: &Reader, id: NodeId, page: &Page<'_>) {
    card.set(Field::Translations, || translations(reader, id));
    card.set(Field::Image, || picture::image(reader, id, page.meta));
    card.set(Field::Attachments, || {
        picture::attachments(reader, id, page)
    });
    meta(card, page);
    if page.is_section {
        section(card, reader, id, page.meta);
    }
}

fn place(card: &mut Card, reader: &Reader, id: NodeId, page: &Page<'_>) {
    let config = reader.config();
    card.set(Field::RelativePath, || below_content(reader, id));
    card.set(Field::Permalink, || config.permalink(page.url));
    card.set(Field::Path, || config.href(page.url));
    card.set(Field::Slug, || page.slug());
    card.set(Field::Components, || {
        let parts = page.url.as_str().split('/').filter(|part| !part.is_empty());
        parts.map(Value::from).collect::<Vec<Value>>()
    });
    card.set(Field::Ancestors, || {
        let ancestors = reader.ancestors(id);
        let ancestors = ancestors
            .iter()
            .map(|id| Value::from(below_content(reader, *id)));
        ancestors.collect::<Vec<Value>>()
    });
    card.set(Field::Assets, || assets(reader, id, page));
    let code = config.language(page.lang).code.as_str();
    card.set(Field::Lang, || code);
    card.set(Field::Dir, || direction(code));
}

fn assets(reader: &Reader, id: NodeId, page: &Page<'_>) -> Value {
    let folder = reader.source(id).folder();
    let assets = page.assets.iter().filter_map(|asset| {
        let target = crate::path::encode(asset.below(folder)?);
        reader
            .url(&target, Some(id), page.lang)
            .ok()
            .map(Value::from)
    });
    assets.collect::<Vec<Value>>().into()
}

fn dates(card: &mut Card, meta: &Meta) {
    let date = meta.date;
    card.set(Field::Date, || date.map(|date| date.rfc3339()));
    card.set(Field::Updated, || meta.updated.map(|date| date.rfc3339()));
    card.set(Field::Year, || date.map(|date| date.year()));
    card.set(Field::Month, || date.map(|date| date.month()));
    card.set(Field::Day, || date.map(|date| date.day()));
}

/// The terms of every taxonomy, and those of the two that pages show one of by name.
fn terms(card: &mut Card, shapes: &Shapes, reader: &Reader, page: &Page<'_>) {
    card.set(Field::Taxonomies, || names_by_taxonomy(reader, page));
    card.set(Field::Terms, || {
        let taxonomies = &reader.config().taxonomies;
        let mut by_taxonomy = Record::with_room(taxonomies.len());
        for (index, taxonomy) in taxonomies.iter().enumerate() {
            let ids = page.terms.of_taxonomy(index);
            by_taxonomy.set_named(&taxonomy.name, shapes.terms(reader, ids));
        }
        by_taxonomy
    });
    for (taxonomy, all, first) in [
        ("author", Field::Authors, Field::Author),
        ("category", Field::Categories, Field::Category),
    ] {
        let ids = || {
            let index = reader.config().taxonomy(taxonomy);
            index.map_or(&[][..], |index| page.terms.of_taxonomy(index))
        };
        card.set(all, || shapes.terms(reader, ids()));
        card.set(first, || ids().first().map(|id| shapes.term(reader, *id)));
    }
}

fn names_by_taxonomy(reader: &Reader, page: &Page<'_>) -> Record {
    let taxonomies = &reader.config().taxonomies;
    let mut names = Record::with_room(taxonomies.len());
    for (index, taxonomy) in taxonomies.iter().enumerate() {
        let of_this = page.terms.of_taxonomy(index).iter();
        let of_this = of_this.map(|id| Value::from(reader.term(*id).name));
        names.set_named(&taxonomy.name, of_this.collect::<Vec<Value>>());
    }
    for (name, loose) in page.loose_terms {
        let loose = loose.iter().map(|name| Value::from(name.as_str()));
        names.set_named(name, loose.collect::<Vec<Value>>());
    }
    names
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

fn meta(card: &mut Card, page: &Page<'_>) {
    let meta = page.meta;
    card.set(Field::Draft, || meta.draft);
    card.set(Field::Pinned, || meta.pinned);
    card.set(Field::IsNew, || meta.is_new);
    card.set(Field::Source, || text(meta.source.as_deref()));
    card.set(Field::SourceUrl, || text(meta.source_url.as_deref()));
    card.set(Field::Editor, || text(meta.editor.as_deref()));
    card.set(Field::Reviewer, || text(meta.reviewer.as_deref()));
    card.set(Field::Weight, || *meta.weight);
    card.set(Field::Extra, || record(&meta.extra));
    card.set(Field::IsSection, || page.is_section);
    card.set(Field::Noindex, || !meta.search);
}

fn section(card: &mut Card, reader: &Reader, id: NodeId, meta: &Meta) {
    card.set(Field::Subsections, || {
        let below = reader
            .subsections(id)
            .iter()
            .map(|id| Value::from(below_content(reader, *id)));
        below.collect::<Vec<Value>>()
    });
    card.set(Field::Pages, Vec::<Value>::new);
    card.set(Field::Transparent, || meta.transparent);
    card.set(Field::PaginateBy, || meta.paginate_by);
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
