//! Pages for readers: which template each gets, and what it sees.

use crate::config::Lang;
use crate::diagnostic::Diagnostic;
use crate::path::UrlPath;
use crate::render::shapes::{self, Pages, Record};
use crate::render::{Context, Value};
use crate::site::{FeedScope, NodeId, TermId};
use crate::trace::List;
use crate::world::Variable;

use super::{Task, alternates, feed};

pub(super) fn page(task: &Task<'_>, id: NodeId, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    let node = reader.page(id);
    reader.shown_by(&node.meta.template);
    let mut context = common(task, node.lang, FeedScope::Site(node.lang));
    alternates::put(task, &mut context, node.lang, |lang| {
        alternates::of_node(task, id, 1, lang)
    });
    context.insert_value("page", shapes::full(shapes, reader, id).into());
    task.put(&mut context, Variable::Section, || {
        node.parent.map(|id| shapes.brief(reader, id))
    });
    task.render_node(&node.meta.template, context, id, out)
}

pub(super) fn section(
    task: &Task<'_>,
    id: NodeId,
    pager: usize,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    let node = reader.page(id);
    reader.shown_by(&node.meta.template);
    let mut context = common(task, node.lang, FeedScope::Section(id));
    alternates::put(task, &mut context, node.lang, |lang| {
        alternates::of_node(task, id, pager, lang)
    });
    let list = Lister {
        by: node.meta.paginate_by as usize,
        pager,
        first: node.url,
    };
    let mut section = shapes::full(shapes, reader, id);
    list.put(
        task,
        reader.pages(List::Section(id)),
        &mut section,
        &mut context,
    );
    context.insert_value("section", section.into());
    task.render_node(&node.meta.template, context, id, out)
}

pub(super) fn taxonomy_list(
    task: &Task<'_>,
    index: usize,
    lang: Lang,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    let template = taxonomy_template(task, index, "list.html", "taxonomy_list.html");
    reader.shown_by(&template);
    let mut context = common(task, lang, FeedScope::Site(lang));
    alternates::put(task, &mut context, lang, |lang| {
        alternates::of_taxonomy(task, index, lang)
    });
    let terms = shapes::counted_terms(shapes, reader, reader.terms_in(index, lang));
    context.insert_value("terms", terms);
    context.insert_value("taxonomy", shapes::taxonomy(reader, index, lang).into());
    task.render(&template, context, lang, out)
}

pub(super) fn term(
    task: &Task<'_>,
    id: TermId,
    pager: usize,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    let term = reader.term(id);
    let (index, lang) = (term.taxonomy, term.lang);
    let template = taxonomy_template(task, index, "single.html", "taxonomy_single.html");
    reader.shown_by(&template);
    let mut context = common(task, lang, FeedScope::Term(id));
    alternates::put(task, &mut context, lang, |lang| {
        alternates::of_term(task, id, pager, lang)
    });
    let by = reader.config().term_pagination(index);
    let list = Lister {
        by,
        pager,
        first: term.url,
    };
    let mut shape = shapes::counted_term(shapes, reader, id);
    list.put(task, reader.pages(List::Term(id)), &mut shape, &mut context);
    context.insert_value("term", shape.into());
    context.insert_value("taxonomy", shapes::taxonomy(reader, index, lang).into());
    task.render(&template, context, lang, out)
}

pub(super) fn archive(
    task: &Task<'_>,
    lang: Lang,
    year: Option<i32>,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let (reader, shapes) = (task.reader, task.engine.shapes());
    reader.shown_by("archive.html");
    let mut context = common(task, lang, FeedScope::Site(lang));
    alternates::put(task, &mut context, lang, |lang| {
        alternates::of_archive(task, year, lang)
    });
    context.insert_value("years", years(task, lang));
    context.insert_value("year", year.into());
    let pages = year.map_or(&[][..], |year| reader.pages(List::Year(lang, year)));
    context.insert_value("pages", shapes.own_cards(reader, pages));
    task.render("archive.html", context, lang, out)
}

pub(super) fn not_found(task: &Task<'_>, lang: Lang, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut context = common(task, lang, FeedScope::Site(lang));
    alternates::put(task, &mut context, lang, |lang| {
        alternates::home(task, lang)
    });
    task.render("404.html", context, lang, out)
}

fn common(task: &Task<'_>, lang: Lang, scope: FeedScope) -> Context {
    let mut context = task.context(lang);
    task.put(&mut context, Variable::Feed, || {
        feed::nearest(task.reader, scope, lang)
    });
    context
}

fn years(task: &Task<'_>, lang: Lang) -> Value {
    let config = task.reader.config();
    let Some(archive) = task.reader.archive(lang) else {
        return Vec::<Value>::new().into();
    };
    let years = task.reader.years(lang).into_iter().map(|(year, count)| {
        let url = archive.child(&format!("{year}/"));
        let mut entry = Record::with_room(4);
        entry.set("year", year);
        entry.set("count", count);
        entry.set("path", config.href(&url));
        entry.set("permalink", config.permalink(&url));
        Value::from(entry)
    });
    years.collect::<Vec<Value>>().into()
}

/// A taxonomy's own template before the one for all.
fn taxonomy_template(task: &Task<'_>, index: usize, own: &str, shared: &str) -> String {
    let name = &task.reader.config().taxonomies[index].name;
    let own = format!("{name}/{own}");
    match task.engine.has(task.reader, &own) {
        true => own,
        false => shared.to_owned(),
    }
}

/// A list that may go over several pages.
struct Lister<'a> {
    /// Items on a page; 0 for one long page.
    by: usize,
    /// Which page, from 1.
    pager: usize,
    /// The address of the first.
    first: &'a UrlPath,
}

impl Lister<'_> {
    /// The list stands in the paginator, or without one in the section or term itself.
    fn put(&self, task: &Task<'_>, all: &[NodeId], owner: &mut Record, context: &mut Context) {
        let (reader, shapes) = (task.reader, task.engine.shapes());
        if self.by == 0 {
            owner.set("pages", shapes.cards(reader, all));
            context.insert_value("paginator", Value::none());
            return;
        }
        let pages = Pages {
            all,
            by: self.by,
            current: self.pager,
            first: self.first,
        };
        let cards = shapes.cards(reader, pages.here());
        let paginator = shapes::paginate(reader.config(), &pages, cards);
        context.insert_value("paginator", paginator);
    }
}
