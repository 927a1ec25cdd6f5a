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
    let url = reader.taxonomy(index, lang);
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

/// A term as its pages show it: without them, and without their number, which changes often.
pub(super) fn term(reader: &Reader, id: TermId) -> Value {
    let term = reader.term(id);
    let config = reader.config();
    let mut shape = Record::with_room(13);
    shape.set("id", term.id);
    shape.set("name", term.name);
    shape.set("slug", term.slug);
    shape.set("path", config.href(term.url));
    shape.set("permalink", config.permalink(term.url));
    shape.set("page_count", Value::none());
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

/// A term with the number of its pages.
pub(crate) fn counted_term(shapes: &Shapes, reader: &Reader, id: TermId) -> Record {
    let mut shape = Record::of(&shapes.term(reader, id));
    shape.set("page_count", reader.term_count(id));
    shape
}

/// Terms with the numbers of their pages.
pub(crate) fn counted_terms(shapes: &Shapes, reader: &Reader, ids: &[TermId]) -> Value {
    let terms = ids
        .iter()
        .map(|id| Value::from(counted_term(shapes, reader, *id)));
    terms.collect::<Vec<Value>>().into()
}

/// A term with the cards of all its pages.
pub(crate) fn term_with_pages(shapes: &Shapes, reader: &Reader, id: TermId) -> Value {
    let mut shape = counted_term(shapes, reader, id);
    shape.set("pages", shapes.cards(reader, reader.pages(List::Term(id))));
    shape.into()
}
