//! Atom feeds (RFC 4287).

use crate::config::Lang;
use crate::diagnostic::Diagnostic;
use crate::render::Value;
use crate::render::shapes::{self, Record};
use crate::site::{FeedScope, NodeId};
use crate::trace::List;
use crate::world::Reader;

use super::Task;

/// A feed must say when it last changed. Before its first dated article that is long ago: the
/// clock would make every build different.
const LONG_AGO: &str = "1970-01-01T00:00:00Z";

pub(super) fn feed(task: &Task<'_>, scope: FeedScope, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    reader.shown_by("atom.xml");
    let config = reader.config();
    let Origin { lang, home, .. } = origin(reader, scope);
    let pages = reader.pages(List::Feed(scope));
    let mut context = task.context(lang);
    let mut shape = describe(reader, scope, &task.route.url);
    shape.set("home", config.permalink(home));
    context.insert_value("feed", shape.into());
    context.insert_value("pages", shapes.cards(reader, pages));
    context.insert_value("last_updated", last_updated(reader, pages).into());
    let (mut section, mut term, mut taxonomy) = (Value::none(), Value::none(), Value::none());
    match scope {
        FeedScope::Site(_) => {}
        FeedScope::Section(id) => section = shapes.card(reader, id),
        FeedScope::Term(id) => {
            term = shapes.term(reader, id);
            taxonomy = shapes::taxonomy(reader, reader.term(id).taxonomy, lang).into();
        }
    }
    context.insert_value("section", section);
    context.insert_value("term", term);
    context.insert_value("taxonomy", taxonomy);
    task.render("atom.xml", context, lang, out)
}

/// The feed that belongs to an output: its own, else the site's; null if there is none.
pub(super) fn nearest(reader: &Reader, scope: FeedScope, lang: Lang) -> Value {
    for scope in [scope, FeedScope::Site(lang)] {
        if let Some(url) = reader.feed(scope) {
            return describe(reader, scope, url).into();
        }
    }
    Value::none()
}

fn describe(reader: &Reader, scope: FeedScope, url: &crate::path::UrlPath) -> Record {
    let config = reader.config();
    let mut shape = Record::with_room(4);
    shape.set("path", config.href(url));
    shape.set("permalink", config.permalink(url));
    let Origin { lang, name, .. } = origin(reader, scope);
    let site = &config.language(lang).title;
    shape.set(
        "title",
        match name {
            Some(name) => format!("{name} · {site}"),
            None => site.clone(),
        },
    );
    shape
}

/// What a feed is about.
struct Origin<'r> {
    lang: Lang,
    /// What it is called, besides the site.
    name: Option<&'r str>,
    /// The page that shows the same articles.
    home: &'r crate::path::UrlPath,
}

fn origin(reader: &Reader, scope: FeedScope) -> Origin<'_> {
    match scope {
        FeedScope::Site(lang) => {
            let home = reader.crumb(reader.home(lang));
            Origin {
                lang,
                name: None,
                home: home.url,
            }
        }
        FeedScope::Section(id) => {
            let node = reader.crumb(id);
            Origin {
                lang: node.lang,
                name: Some(node.title),
                home: node.url,
            }
        }
        FeedScope::Term(id) => {
            let term = reader.term(id);
            Origin {
                lang: term.lang,
                name: Some(term.name),
                home: term.url,
            }
        }
    }
}

fn last_updated(reader: &Reader, pages: &[NodeId]) -> String {
    let changed = pages.iter().filter_map(|id| {
        let meta = &reader.page(*id).meta;
        meta.updated.or(meta.date)
    });
    let newest = changed.max_by_key(crate::date::Moment::unix);
    newest.map_or_else(|| LONG_AGO.to_owned(), |moment| moment.rfc3339())
}
