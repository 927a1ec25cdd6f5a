//! A page or section with everything.

use serde::Serialize;
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
    let shows_permalinks = reader.fields().has(Field::Permalink);
    let permalink = shows_permalinks.then(|| reader.config().permalink(page.url));
    let outline = reader.outline(id);
    Value::from_serializable(&entries(&outline.headings, permalink.as_deref()))
}

/// A heading, as templates see it.
#[derive(Serialize)]
struct Entry<'h> {
    id: &'h str,
    level: u8,
    title: &'h str,
    /// Left out where the template shows none.
    #[serde(skip_serializing_if = "Option::is_none")]
    permalink: Option<String>,
    children: Vec<Entry<'h>>,
}

/// Headings of a page at an address, each with the lower ones behind it as its children.
fn entries<'h>(mut headings: &'h [Heading], permalink: Option<&str>) -> Vec<Entry<'h>> {
    let mut entries = Vec::new();
    while let [first, rest @ ..] = headings {
        let is_below = |heading: &&Heading| heading.level > first.level;
        let (below, behind) = rest.split_at(rest.iter().take_while(is_below).count());
        entries.push(Entry {
            id: &first.id,
            level: first.level,
            title: &first.title,
            permalink: permalink.map(|page| place(page, &first.id)),
            children: self::entries(below, permalink),
        });
        headings = behind;
    }
    entries
}

fn place(page: &str, id: &str) -> String {
    let mut place = String::with_capacity(page.len() + 1 + id.len());
    place.push_str(page);
    place.push('#');
    encode_into(&mut place, id);
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(entry: &Entry<'_>) -> String {
        let below: Vec<String> = entry.children.iter().map(outline).collect();
        match below.is_empty() {
            true => entry.id.to_owned(),
            false => format!("{}({})", entry.id, below.join(" ")),
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
        let shown: Vec<String> = entries(&headings, Some("/x/"))
            .iter()
            .map(outline)
            .collect();
        assert_eq!(shown, ["a", "b(c d)", "e"]);
    }
}
