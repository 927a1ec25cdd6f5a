//! A page or section with everything.

use tera::Value;

use crate::parse::markdown::Heading;
use crate::path::encode_into;
use crate::site::NodeId;
use crate::trace::List;
use crate::world::{Field, Page, Reader};

use super::Shapes;
use super::cards::{brief, card, crumb};
use super::record::{Record, html};

/// Everything of a page; of a section everything but its list of pages.
pub(crate) fn full(shapes: &Shapes, reader: &Reader, id: NodeId) -> Record {
    let node = reader.page(id);
    let mut page = card(shapes, reader, id);
    page.set(Field::Content, || html(Some(&reader.body(id))));
    page.set(Field::Toc, || toc(reader, id, &node));
    let fields = reader.fields_of_neighbours();
    let neighbour =
        |id: Option<NodeId>| id.map(|id| Value::from(brief(shapes, reader, id, fields)));
    page.set(Field::Lower, || neighbour(reader.neighbours(id).0));
    page.set(Field::Higher, || neighbour(reader.neighbours(id).1));
    page.set(Field::Breadcrumbs, || way(shapes, reader, id));
    page.set(Field::Backlinks, || {
        let backlinks = reader.backlinks(id).iter();
        let crumbs = backlinks.map(|id| crumb(reader.config(), &reader.crumb(*id)).into());
        crumbs.collect::<Vec<Value>>()
    });
    if node.is_section {
        page.set(Field::Recent, || {
            shapes.cards(reader, reader.pages(List::Recent(id)))
        });
    }
    page.into()
}

/// A section with the cards of all its pages.
pub(crate) fn section_with_pages(shapes: &Shapes, reader: &Reader, id: NodeId) -> Record {
    let mut section = full(shapes, reader, id);
    if reader.fields().has(Field::Pages) {
        let pages = reader.pages(List::Section(id));
        section.set(Field::Pages.name(), shapes.cards(reader, pages));
    }
    section
}

/// The way from home down to a page or section.
pub(super) fn way(shapes: &Shapes, reader: &Reader, id: NodeId) -> Value {
    let above = reader.ancestors(id).pop();
    let above = above.map(|above| shapes.way(reader, above));
    let above = above.as_ref().and_then(Value::as_array).unwrap_or_default();
    let own = crumb(reader.config(), &reader.crumb(id));
    let crumbs = above.iter().cloned().chain([own.into()]);
    crumbs.collect::<Vec<Value>>().into()
}

fn toc(reader: &Reader, id: NodeId, page: &Page<'_>) -> Value {
    if !page.meta.toc {
        return Vec::<Value>::new().into();
    }
    let permalink = reader.config().permalink(page.url);
    let outline = reader.outline(id);
    let mut headings = outline.headings.as_slice();
    let mut entries = Vec::new();
    while !headings.is_empty() {
        entries.push(entry(&mut headings, &permalink));
    }
    entries.into()
}

/// The first heading, with those below it as its children.
fn entry(headings: &mut &[Heading], permalink: &str) -> Value {
    let (first, rest) = headings
        .split_first()
        .expect("asked only while there are headings");
    *headings = rest;
    let mut children = Vec::new();
    while headings
        .first()
        .is_some_and(|next| next.level > first.level)
    {
        children.push(entry(headings, permalink));
    }
    let mut record = Record::with_room(5);
    record.set("id", &*first.id);
    record.set("level", u32::from(first.level));
    record.set("title", &*first.title);
    let mut place = String::with_capacity(permalink.len() + 1 + first.id.len());
    place.push_str(permalink);
    place.push('#');
    encode_into(&mut place, &first.id);
    record.set("permalink", place);
    record.set("children", children);
    record.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(value: &Value) -> String {
        let children = value
            .get_from_path("children")
            .and_then(Value::as_array)
            .unwrap_or_default();
        let below: Vec<String> = children.iter().map(outline).collect();
        let id = value
            .get_from_path("id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match below.is_empty() {
            true => id.to_owned(),
            false => format!("{id}({})", below.join(" ")),
        }
    }

    #[test]
    fn headings_stand_below_the_higher_one_before_them() {
        let headings: Vec<Heading> = [("a", 3), ("b", 2), ("c", 4), ("d", 3), ("e", 2)]
            .map(|(id, level)| Heading {
                id: id.into(),
                level,
                title: id.into(),
            })
            .into();
        let mut rest = headings.as_slice();
        let mut shown = Vec::new();
        while !rest.is_empty() {
            shown.push(outline(&entry(&mut rest, "/x/")));
        }
        assert_eq!(shown, ["a", "b(c d)", "e"]);
    }
}
