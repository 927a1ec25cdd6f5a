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
    by_lang: AHashMap<Lang, Arc<Menus>>,
    seen: AHashMap<(Lang, Vec<Mark>), Value>,
    /// Where those lie.
    addresses: AHashSet<Address>,
}

/// The menus of a language by their names.
type Menus = Vec<(String, Vec<Entry>)>;

/// An entry of a menu.
struct Entry {
    path: String,
    /// Whether pages may lie below what it leads to.
    holds_pages: bool,
    below: Vec<Entry>,
    /// What it is to most pages.
    unmarked: Value,
}

/// What an entry is to a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Current {
    /// It leads to the page.
    Page,
    /// The page lies below what it leads to.
    Below,
}

/// An entry that is something to a page, by its place among all.
type Mark = (usize, Current);

impl CurrentMenus {
    /// What the page at a path sees of the menus in the settings.
    pub fn get(&self, config: &Value, lang: Lang, path: &str) -> Value {
        let menus = self.menus(config, lang);
        let key = (lang, marks(&menus, path));
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(seen) = kept.seen.get(&key) {
            return seen.clone();
        }
        drop(kept);
        let seen = marked(&menus, path);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster; then all use what it made.
        let seen = kept.seen.entry(key).or_insert(seen).clone();
        kept.addresses.extend(address(&seen));
        seen
    }

    /// Whether something is what a page saw, by where it lies.
    pub fn has(&self, address: Address) -> bool {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.addresses.contains(&address)
    }

    fn menus(&self, config: &Value, lang: Lang) -> Arc<Menus> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(menus) = kept.by_lang.get(&lang) {
            return Arc::clone(menus);
        }
        drop(kept);
        let menus = Arc::new(menus(config));
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(kept.by_lang.entry(lang).or_insert(menus))
    }
}

/// The menus in the settings.
fn menus(config: &Value) -> Menus {
    let home = config.get_from_path("home.path").and_then(Value::as_str);
    let menus = config.get_from_path("menus").and_then(Value::as_map);
    let menus = menus.into_iter().flatten();
    let entries = |menu: &Value| Entry::all(menu.as_array(), home);
    menus
        .map(|(name, menu)| (name.to_string(), entries(menu)))
        .collect()
}

fn marks(menus: &Menus, path: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut place = 0;
    for (_, entries) in menus {
        for entry in entries {
            entry.add_marks(path, &mut place, &mut marks);
        }
    }
    marks
}

fn marked(menus: &Menus, path: &str) -> Value {
    let mut marked = Record::with_room(menus.len());
    for (name, entries) in menus {
        marked.set_named(name, all_marked(entries, path));
    }
    marked.into()
}

fn all_marked(entries: &[Entry], path: &str) -> Vec<Value> {
    entries.iter().map(|entry| entry.marked(path)).collect()
}

impl Entry {
    fn all(values: Option<&[Value]>, home: Option<&str>) -> Vec<Self> {
        let values = values.unwrap_or_default();
        values.iter().map(|value| Self::of(value, home)).collect()
    }

    fn of(value: &Value, home: Option<&str>) -> Self {
        let path = value.get_from_path("path").and_then(Value::as_str);
        let path = path.unwrap_or_default();
        let is_external = value
            .get_from_path("external")
            .is_some_and(Value::is_truthy);
        let children = value.get_from_path("children").and_then(Value::as_array);
        let below = Self::all(children, home);
        let below_unmarked = below.iter().map(|entry| entry.unmarked.clone());
        Self {
            path: path.to_owned(),
            // All pages lie below the first one.
            holds_pages: path.ends_with('/') && !is_external && Some(path) != home,
            unmarked: with(value, None, below_unmarked.collect()),
            below,
        }
    }

    /// What it is to the page at a path.
    fn current(&self, path: &str) -> Option<Current> {
        match self.path == path {
            true => Some(Current::Page),
            false => (self.holds_pages && path.starts_with(&self.path)).then_some(Current::Below),
        }
    }

    fn add_marks(&self, path: &str, place: &mut usize, marks: &mut Vec<Mark>) {
        marks.extend(self.current(path).map(|current| (*place, current)));
        *place += 1;
        for entry in &self.below {
            entry.add_marks(path, place, marks);
        }
    }

    fn is_marked(&self, path: &str) -> bool {
        self.current(path).is_some() || self.below.iter().any(|entry| entry.is_marked(path))
    }

    fn marked(&self, path: &str) -> Value {
        match self.is_marked(path) {
            true => with(
                &self.unmarked,
                self.current(path),
                all_marked(&self.below, path),
            ),
            false => self.unmarked.clone(),
        }
    }
}

/// An entry with what it is to a page, as `aria-current` has it, and with entries below it.
fn with(entry: &Value, current: Option<Current>, below: Vec<Value>) -> Value {
    let current = current.map(|current| match current {
        Current::Page => "page",
        Current::Below => "true",
    });
    let mut marked = Record::of(entry);
    marked.set("current", text(current));
    marked.set("children", below);
    marked.into()
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
                let children = entry.get_from_path("children");
                add(children.and_then(Value::as_array).expect("a list"), shown);
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
