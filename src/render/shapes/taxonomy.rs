//! Taxonomies and their terms.

use tera::Value;

use crate::config::Lang;
use crate::site::TermId;
use crate::strings::Text;
use crate::trace::List;
use crate::world::Reader;

use super::Shapes;
use super::record::{Record, html, record, text};

/// A taxonomy in a language, by its place in the configuration. One without terms there has no
/// address.
pub(crate) fn taxonomy(reader: &Reader, index: usize, lang: Lang) -> Record {
    let config = reader.config();
    let name = config.taxonomies[index].name.as_str();
    let url = reader
        .taxonomies()
        .iter()
        .find(|taxonomy| taxonomy.index == index && taxonomy.lang == lang)
        .map(|taxonomy| &taxonomy.url);
    let mut shape = Record::with_room(6);
    shape.set("name", name);
    shape.set("title", taxonomy_title(reader, index, lang));
    shape.set("path", url.map(|url| config.href(url)));
    shape.set("permalink", url.map(|url| config.permalink(url)));
    shape.set("lang", config.language(lang).code.as_str());
    shape
}

/// The theme's word for a taxonomy; else its name with a capital letter.
pub(crate) fn taxonomy_title(reader: &Reader, index: usize, lang: Lang) -> String {
    let name = reader.config().taxonomies[index].name.as_str();
    if let Some(Text::Plain(title)) = reader.string(lang, &format!("taxonomy_{name}")) {
        return title.clone();
    }
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A term without its pages.
pub(super) fn term(reader: &Reader, id: TermId) -> Value {
    let term = reader.term(id);
    let config = reader.config();
    let mut shape = Record::with_room(13);
    shape.set("id", term.id.as_str());
    shape.set("name", term.name.as_str());
    shape.set("slug", term.slug.as_str());
    shape.set("path", config.href(&term.url));
    shape.set("permalink", config.permalink(&term.url));
    shape.set("page_count", term.pages.len());
    shape.set("pages", Vec::<Value>::new());
    shape.set("kind", text(term.data.kind.as_deref()));
    shape.set("email", text(term.data.email.as_deref()));
    shape.set("url", text(term.data.url.as_deref()));
    let written = term.data.text.as_deref();
    let written = written.map(|text| reader.markdown(text, None, term.lang, false));
    shape.set("text", html(written.as_deref()));
    shape.set("extra", record(&term.data.extra));
    shape.into()
}

/// A term with the cards of all its pages.
pub(crate) fn term_with_pages(shapes: &Shapes, reader: &Reader, id: TermId) -> Value {
    let mut shape = Record::of(&shapes.term(reader, id));
    shape.set("pages", shapes.cards(reader, reader.pages(List::Term(id))));
    shape.into()
}
