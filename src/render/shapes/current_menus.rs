//! The menus as a page sees them: which of their entries lead to it, and which to what it lies
//! below. Most pages see the same as others, and share it.

use std::sync::{Arc, PoisonError, RwLock};

use ahash::{AHashMap, AHashSet};
use tera::Value;

use crate::config::Lang;

use super::record::{Record, text};
use super::texts::{Address, address};

/// Menus as pages have seen them.
#[derive(Default)]
pub(super) struct CurrentMenus(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    links: AHashMap<Lang, Arc<[Link]>>,
    menus: AHashMap<(Lang, Vec<Mark>), Value>,
    /// Where those lie.
    addresses: AHashSet<Address>,
}

/// Where an entry leads, and whether pages may lie below that.
struct Link {
    path: String,
    holds_pages: bool,
}

/// An entry that leads to the page or to what it lies below, by its place among all entries.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Mark {
    place: usize,
    is_page: bool,
}

impl CurrentMenus {
    /// What the page at a path sees of the menus in the settings.
    pub fn get(&self, config: &Value, lang: Lang, path: &str) -> Value {
        let key = (lang, marks(&self.links(config, lang), path));
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(menus) = kept.menus.get(&key) {
            return menus.clone();
        }
        drop(kept);
        let menus = marked(config, &key.1);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster; then all use what it made.
        let menus = kept.menus.entry(key).or_insert(menus).clone();
        kept.addresses.extend(address(&menus));
        menus
    }

    /// Whether something is one of them, by where it lies.
    pub fn has(&self, address: Address) -> bool {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.addresses.contains(&address)
    }

    fn links(&self, config: &Value, lang: Lang) -> Arc<[Link]> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(links) = kept.links.get(&lang) {
            return Arc::clone(links);
        }
        drop(kept);
        let home = config.get_from_path("home.path").and_then(Value::as_str);
        let mut links = Vec::new();
        for (_, items) in menus(config) {
            add_links(&items, home, &mut links);
        }
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(kept.links.entry(lang).or_insert(links.into()))
    }
}

/// The menus in the settings by their names.
fn menus(config: &Value) -> Vec<(String, Vec<Value>)> {
    let menus = config.get_from_path("menus").and_then(Value::as_map);
    let menus = menus.into_iter().flatten();
    let entries = |menu: &Value| menu.as_array().unwrap_or_default().to_vec();
    menus
        .map(|(name, menu)| (name.to_string(), entries(menu)))
        .collect()
}

fn children(entry: &Value) -> &[Value] {
    let children = entry.get_from_path("children");
    children.and_then(Value::as_array).unwrap_or_default()
}

/// Adds the links of entries, each before those of the entries below it.
fn add_links(entries: &[Value], home: Option<&str>, links: &mut Vec<Link>) {
    for entry in entries {
        let path = entry.get_from_path("path").and_then(Value::as_str);
        let path = path.unwrap_or_default();
        let is_external = entry
            .get_from_path("external")
            .is_some_and(Value::is_truthy);
        links.push(Link {
            path: path.to_owned(),
            // All pages lie below the first one.
            holds_pages: path.ends_with('/') && !is_external && Some(path) != home,
        });
        add_links(children(entry), home, links);
    }
}

fn marks(links: &[Link], path: &str) -> Vec<Mark> {
    let marks = links.iter().enumerate().filter_map(|(place, link)| {
        let is_page = link.path == path;
        let is_marked = is_page || link.holds_pages && path.starts_with(&link.path);
        is_marked.then_some(Mark { place, is_page })
    });
    marks.collect()
}

/// The menus, where every entry says what it is to the page.
fn marked(config: &Value, marks: &[Mark]) -> Value {
    let menus = menus(config);
    let mut marked = Record::with_room(menus.len());
    let mut marking = Marking { marks, place: 0 };
    for (name, entries) in menus {
        marked.set_named(&name, marking.entries(&entries));
    }
    marked.into()
}

/// Goes through all entries, in the order of their links.
struct Marking<'m> {
    marks: &'m [Mark],
    place: usize,
}

impl Marking<'_> {
    fn entries(&mut self, entries: &[Value]) -> Vec<Value> {
        entries.iter().map(|entry| self.entry(entry)).collect()
    }

    fn entry(&mut self, entry: &Value) -> Value {
        let mark = self.marks.iter().find(|mark| mark.place == self.place);
        // As `aria-current` has it.
        let current = mark.map(|mark| if mark.is_page { "page" } else { "true" });
        self.place += 1;
        let mut marked = Record::of(entry);
        marked.set("current", text(current));
        marked.set("children", self.entries(children(entry)));
        marked.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, external: bool, children: Vec<Value>) -> Value {
        let mut entry = Record::with_room(3);
        entry.set("path", path);
        entry.set("external", external);
        entry.set("children", children);
        entry.into()
    }

    /// `config.menus` with the menus `main` and `footer`.
    fn config() -> Value {
        let main = vec![
            entry("/", false, Vec::new()),
            entry(
                "/news/",
                false,
                vec![
                    entry("/news/old/", false, Vec::new()),
                    entry("/rules.pdf", false, Vec::new()),
                ],
            ),
            entry("https://a.cn/news/", true, Vec::new()),
        ];
        let mut menus = Record::with_room(2);
        menus.set("main", main);
        menus.set("footer", vec![entry("/news/", false, Vec::new())]);
        let (mut config, mut home) = (Record::with_room(2), Record::with_room(1));
        home.set("path", "/");
        config.set("menus", menus);
        config.set("home", home);
        config.into()
    }

    /// The entries that say something of the page at a path.
    fn current(path: &str) -> String {
        fn add(entries: &[Value], shown: &mut Vec<String>) {
            for entry in entries {
                let text = |key| entry.get_from_path(key).and_then(Value::as_str);
                shown.extend(
                    text("current")
                        .map(|current| format!("{} {current}", text("path").unwrap_or_default())),
                );
                add(children(entry), shown);
            }
        }
        let menus = CurrentMenus::default().get(&config(), Lang::DEFAULT, path);
        let mut shown = Vec::new();
        for menu in ["main", "footer"] {
            add(
                menus
                    .get_from_path(menu)
                    .and_then(Value::as_array)
                    .expect("a menu"),
                &mut shown,
            );
        }
        shown.join(", ")
    }

    #[test]
    fn entries_say_what_they_are_to_a_page() {
        assert_eq!(current("/"), "/ page");
        assert_eq!(current("/news/"), "/news/ page, /news/ page");
        assert_eq!(
            current("/news/old/a/"),
            "/news/ true, /news/old/ true, /news/ true"
        );
        assert_eq!(current("/rules.pdf"), "/rules.pdf page");
        assert_eq!(current("/newspapers/"), "");
        assert_eq!(current("/rules.pdf/a/"), "");
    }

    #[test]
    fn pages_that_see_the_same_share_it() {
        let menus = CurrentMenus::default();
        let at = |path| address(&menus.get(&config(), Lang::DEFAULT, path)).expect("a map");
        assert_eq!(at("/news/a/"), at("/news/b/"));
        assert_ne!(at("/news/a/"), at("/news/"));
        assert!(menus.has(at("/")));
        assert!(!menus.has(address(&config()).expect("a map")));
    }
}
