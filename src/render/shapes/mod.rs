//! What templates see: pages, sections, terms and settings as tera values.
//!
//! A card is what lists show of a page. It stands in many outputs, so it is made once and
//! shared, as long as there is room; so are terms, the ways to sections, the menus as pages see them
//! and, for every language, the settings.

mod cards;
mod config;
mod current_menus;
mod excerpt;
mod kept;
mod menus;
mod page;
mod paginator;
mod picture;
mod record;
mod taxonomy;
mod texts;

use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use ahash::AHashMap;
use tera::Value;

use crate::config::Lang;
use crate::data;
use crate::message::Message;
use crate::path::SourcePath;
use crate::site::{NodeId, TermId};
use crate::trace::PartId;
use crate::world::{Fields, Reader, Shown};

use super::arguments::Refusal;
use current_menus::CurrentMenus;
use kept::KeptCards;
use texts::KeptTexts;

pub(crate) use page::{full, section_with_pages};
pub(crate) use paginator::{Pages, paginate};
pub(crate) use record::Record;
pub(crate) use taxonomy::{counted_term, counted_terms, taxonomy, taxonomy_title, term_with_pages};

/// Values that many renders share.
#[derive(Default)]
pub(crate) struct Shapes {
    cards: KeptCards,
    named_cards: RwLock<AHashMap<(Named, Fields), CardsByPath>>,
    briefs: Shared<(NodeId, Fields)>,
    ways: Shared<NodeId>,
    terms: Shared<TermId>,
    configs: Shared<Lang>,
    current_menus: CurrentMenus,
    fragments: Shared<(Fragment, Shown)>,
    texts: KeptTexts,
    data: RwLock<AHashMap<DataName, (Arc<data::Value>, Value)>>,
    hashes: Shared<SourcePath>,
}

/// A data file's path and the format it is read in.
type DataName = (String, Option<String>);

/// A passage of a template by its number, in a language.
type Fragment = (usize, Lang);

/// Whether only a section will do, and in which language it is looked for.
type Named = (bool, Lang);

/// Cards by the paths that templates name, each with what was asked to make it.
type CardsByPath = AHashMap<String, (Value, PartId)>;

/// Values, each with what was asked to make it: whoever uses it has asked that too.
type Shared<K> = RwLock<AHashMap<K, (Value, PartId)>>;

impl Shapes {
    /// What lists show of a page or section.
    pub fn card(&self, reader: &Reader, id: NodeId) -> Value {
        // Templates that show the same of pages share their cards, whatever they show of sections.
        let may_have = match reader.is_section(id) {
            true => Fields::OF_CARDS,
            false => Fields::OF_PAGE_CARDS,
        };
        let fields = reader.fields() & may_have;
        self.cards.get(reader, id, fields, |reader| {
            cards::card(self, reader, id).into()
        })
    }

    /// The card of what a template names by a path; `find` says what that is.
    pub fn card_at(
        &self,
        reader: &Reader,
        named: Named,
        path: &str,
        find: &dyn Fn(&Reader) -> Result<NodeId, Refusal>,
    ) -> Result<Value, Refusal> {
        let key = (named, reader.fields() & Fields::OF_CARDS);
        let known = self.named_cards.read();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        if let Some((card, part)) = known.get(&key).and_then(|cards| cards.get(path)) {
            reader.include(*part);
            return Ok(card.clone());
        }
        drop(known);
        let apart = reader.apart();
        let found = find(&apart).map(|id| self.card(&apart, id));
        let part = apart.share();
        reader.include(part);
        let card = found?;
        let known = self.named_cards.write();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        let cards = known.entry(key).or_default();
        cards.insert(path.to_owned(), (card.clone(), part));
        Ok(card)
    }

    /// A card without what is taken from the text.
    pub fn brief(&self, reader: &Reader, id: NodeId) -> Value {
        let key = (id, reader.fields() & Fields::OF_CARDS);
        share(&self.briefs, &key, reader, |reader| {
            cards::brief(self, reader, id, key.1).into()
        })
    }

    /// The way from home down to a section, which is that of all that lies in it.
    pub fn way(&self, reader: &Reader, section: NodeId) -> Value {
        share(&self.ways, &section, reader, |reader| {
            page::way(self, reader, section)
        })
    }

    /// The cards of many that hardly anybody else will show with the same template.
    pub fn own_cards(&self, reader: &Reader, ids: &[NodeId]) -> Value {
        let cards = ids
            .iter()
            .map(|id| Value::from(cards::card(self, reader, *id)));
        cards.collect::<Vec<Value>>().into()
    }

    /// The cards of many.
    pub fn cards(&self, reader: &Reader, ids: &[NodeId]) -> Value {
        let cards: Vec<Value> = ids.iter().map(|id| self.card(reader, *id)).collect();
        cards.into()
    }

    /// A term without the list of its pages.
    pub fn term(&self, reader: &Reader, id: TermId) -> Value {
        share(&self.terms, &id, reader, |reader| {
            taxonomy::term(reader, id)
        })
    }

    /// Terms without the lists of their pages.
    pub fn terms(&self, reader: &Reader, ids: &[TermId]) -> Value {
        let terms: Vec<Value> = ids.iter().map(|id| self.term(reader, *id)).collect();
        terms.into()
    }

    /// The settings in a language.
    pub fn config(&self, reader: &Reader, lang: Lang) -> Value {
        share(&self.configs, &lang, reader, |reader| {
            config::config(reader, lang)
        })
    }

    /// The menus of a language as the page at a path sees them.
    pub fn current_menus(&self, reader: &Reader, lang: Lang, path: &str) -> Value {
        let config = self.config(reader, lang);
        self.current_menus.get(&config, lang, path)
    }

    /// The text of a passage that is the same in many outputs. What its cards hold hangs on what
    /// the template shows, and so does what was asked for them.
    pub fn fragment(
        &self,
        reader: &Reader,
        fragment: Fragment,
        make: impl FnOnce(&Reader) -> Result<Value, tera::Error>,
    ) -> Result<Value, tera::Error> {
        try_share(&self.fragments, &(fragment, reader.shown()), reader, make)
    }

    /// The text of a passage that shows a page of a list, or the menus as a page sees them.
    pub fn fragment_of(
        &self,
        reader: &Reader,
        fragment: Fragment,
        page: &Value,
        make: impl FnOnce(&Reader) -> Result<Value, tera::Error>,
    ) -> Result<Value, tera::Error> {
        let is_kept = |address| self.cards.has(address) || self.current_menus.has(address);
        self.texts.get(reader, fragment, page, is_kept, make)
    }

    /// What `make` works out from a file's bytes; null if the file cannot be read.
    pub fn of_file(
        &self,
        reader: &Reader,
        path: &SourcePath,
        make: impl FnOnce(&[u8]) -> Value,
    ) -> Value {
        share(&self.hashes, path, reader, |reader| {
            reader
                .bytes(path)
                .map_or_else(|_| Value::none(), |bytes| make(&bytes))
        })
    }

    /// A data file. The reader keeps what it read, so the same place means the same content.
    pub fn data(
        &self,
        reader: &Reader,
        path: &str,
        format: Option<&str>,
    ) -> Result<Value, Message> {
        let read = reader.data(path, format)?;
        let key = (path.to_owned(), format.map(str::to_owned));
        let known = self.data.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((source, value)) = known.get(&key)
            && Arc::ptr_eq(source, &read)
        {
            return Ok(value.clone());
        }
        drop(known);
        let value = record::data(&read);
        let mut known = self.data.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, (read, value.clone()));
        Ok(value)
    }
}

fn share<K: Clone + Eq + Hash>(
    shared: &Shared<K>,
    key: &K,
    reader: &Reader,
    make: impl FnOnce(&Reader) -> Value,
) -> Value {
    let Ok(value) = try_share(shared, key, reader, |reader| {
        Ok::<_, Infallible>(make(reader))
    });
    value
}

fn try_share<K: Clone + Eq + Hash, E>(
    shared: &Shared<K>,
    key: &K,
    reader: &Reader,
    make: impl FnOnce(&Reader) -> Result<Value, E>,
) -> Result<Value, E> {
    let known = shared.read().unwrap_or_else(PoisonError::into_inner);
    if let Some((value, part)) = known.get(key) {
        reader.include(*part);
        return Ok(value.clone());
    }
    drop(known);
    let apart = reader.apart();
    let value = make(&apart)?;
    let mut known = shared.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have been faster; then all use what it made.
    let made = known.entry(key.clone());
    let (value, part) = made.or_insert_with(|| (value, apart.share()));
    reader.include(*part);
    Ok(value.clone())
}
