//! Menus as they are configured; where their items lead is found when the site is known.

use crate::data::{Fields, Step, Value};
use crate::message::say;

/// Menus by name, in the order of the file.
pub type Menus = Vec<(String, Vec<MenuItem>)>;

/// One entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// What readers see; without one, the title of the page it leads to.
    pub title: Option<String>,
    /// `@/section/_index.md`, a path of the site or a full address.
    pub path: String,
    /// Lighter items stand first.
    pub weight: i64,
    /// Entries below.
    pub children: Vec<MenuItem>,
    /// Where it stands in `site.yaml`.
    pub steps: Vec<Step>,
}

/// Reads `menus`.
pub(super) fn read(fields: &mut Fields<'_>, at: &[Step]) -> Menus {
    let mut menus = Vec::new();
    for (name, value) in fields.rest() {
        let steps = [Step::Key(name.clone())];
        match value {
            Value::List(items) => menus.push((name, items_of(fields, at, &steps, items))),
            other => {
                fields.wrong::<()>(&steps, &other, say::menu_entries());
            }
        }
    }
    menus
}

fn items_of(
    fields: &mut Fields<'_>,
    at: &[Step],
    steps: &[Step],
    items: Vec<Value>,
) -> Vec<MenuItem> {
    let mut read = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let steps = [steps, &[Step::Index(index)]].concat();
        match item {
            Value::Map(map) => {
                let full = [at, steps.as_slice()].concat();
                read.extend(fields.within(&steps, map, |fields| item_of(fields, full)));
            }
            other => {
                fields.wrong::<()>(&steps, &other, say::menu_entry());
            }
        }
    }
    read.sort_by_key(|item| item.weight);
    read
}

fn item_of(fields: &mut Fields<'_>, steps: Vec<Step>) -> Option<MenuItem> {
    let title = fields.text("title");
    let path = fields.text("path");
    let weight = fields.whole("weight").unwrap_or(0);
    let children = fields.list("children").unwrap_or_default();
    let children = items_of(fields, &steps, &[Step::Key("children".into())], children);
    let Some(path) = path else {
        return fields.invalid(&[], say::menu_without_path(), say::add_menu_path());
    };
    Some(MenuItem {
        title,
        path,
        weight,
        children,
        steps,
    })
}
