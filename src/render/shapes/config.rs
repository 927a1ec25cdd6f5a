//! The settings as templates of one language see them.

use tera::Value;

use crate::config::{Config, Lang, direction};
use crate::date;
use crate::world::Reader;

use super::cards::crumb;
use super::menus::menus;
use super::record::{Record, record, text};
use super::taxonomy::taxonomy;

/// Keys of the organisation that templates may rely on.
const ORGANISATION: &[&str] = &["name", "icp", "police_record", "address", "phone", "email"];

pub(super) fn config(reader: &Reader, lang: Lang) -> Value {
    let config = reader.config();
    let language = config.language(lang);
    let mut shape = Record::with_room(21);
    shape.set("base_url", format!("{}{}", config.origin, config.base_path));
    shape.set("title", language.title.as_str());
    shape.set("description", text(language.description.as_deref()));
    shape.set("lang", language.code.as_str());
    shape.set("locale", date::locale_name(&language.code));
    shape.set(
        "default_language",
        config.language(Lang::DEFAULT).code.as_str(),
    );
    let languages = config.langs().map(|lang| language_of(config, lang));
    shape.set("languages", languages.collect::<Vec<Value>>());
    shape.set("menus", menus(reader, lang));
    let taxonomies = (0..config.taxonomies.len())
        .filter(|index| reader.taxonomy(*index, lang).is_some())
        .map(|index| Value::from(taxonomy(reader, index, lang)));
    shape.set("taxonomies", taxonomies.collect::<Vec<Value>>());
    shape.set("archive", archive(reader, lang));
    shape.set("organisation", organisation(config, lang));
    shape.set("extra", record(&config.extra));
    shape.set("home", crumb(config, &reader.crumb(reader.home(lang))));
    shape.set("timezone", config.zone.name());
    shape.set("paginate_by", config.paginate_by);
    shape.set("feed_limit", config.feed_limit);
    shape.into()
}

fn language_of(config: &Config, lang: Lang) -> Value {
    let language = config.language(lang);
    let home = config.home(lang);
    let mut shape = Record::with_room(6);
    shape.set("code", language.code.as_str());
    shape.set("label", language.label.as_str());
    shape.set("title", language.title.as_str());
    shape.set("path", config.href(&home));
    shape.set("permalink", config.permalink(&home));
    shape.set("dir", direction(&language.code));
    shape.into()
}

fn archive(reader: &Reader, lang: Lang) -> Value {
    let Some(url) = reader.archive(lang) else {
        return Value::none();
    };
    let mut shape = Record::with_room(2);
    shape.set("path", reader.config().href(&url));
    shape.set("permalink", reader.config().permalink(&url));
    shape.into()
}

fn organisation(config: &Config, lang: Lang) -> Value {
    let Some(organisation) = &config.language(lang).organisation else {
        return Value::none();
    };
    let mut shape = record(organisation);
    let absent = ORGANISATION.iter().copied();
    for key in absent.filter(|key| organisation.get(key).is_none()) {
        shape.set(key, Value::none());
    }
    shape.into()
}
