//! The pages of a list.

use tera::Value;

use crate::config::Config;
use crate::path::UrlPath;
use crate::site::{pager_url, pagers};

use super::Record;

/// One page of a list.
pub(crate) struct Pages<'a, T> {
    /// All items.
    pub all: &'a [T],
    /// Items on a page, from 1.
    pub by: usize,
    /// Which page this is, from 1.
    pub current: usize,
    /// The address of the first page.
    pub first: &'a UrlPath,
}

impl<T> Pages<'_, T> {
    /// The items of this page.
    pub fn here(&self) -> &[T] {
        let start = (self.current.saturating_sub(1) * self.by).min(self.all.len());
        let end = (start + self.by).min(self.all.len());
        &self.all[start..end]
    }
}

/// How many pages on either side `pagers` lists. All of them on every page would cost the square
/// of their number.
const NEAR: usize = 2;

/// The paginator of one page; `cards` are those of [`Pages::here`].
pub(crate) fn paginate<T>(config: &Config, pages: &Pages<'_, T>, cards: Value) -> Value {
    let count = pagers(pages.all.len(), pages.by);
    let path = |pager: usize| config.href(&pager_url(pages.first, pager));
    let mut record = Record::with_room(12);
    record.set("paginate_by", pages.by);
    record.set("base_url", config.href(&pages.first.child("page/")));
    record.set("number_pagers", count);
    record.set("first", path(1));
    record.set("last", path(count));
    record.set(
        "previous",
        (pages.current > 1).then(|| path(pages.current - 1)),
    );
    record.set(
        "next",
        (pages.current < count).then(|| path(pages.current + 1)),
    );
    record.set("pages", cards);
    record.set("current_index", pages.current);
    record.set("total_pages", pages.all.len());
    let near = pages.current.saturating_sub(NEAR).max(1)..=(pages.current + NEAR).min(count);
    let near = near.map(|index| {
        let mut pager = Record::with_room(3);
        pager.set("index", index);
        pager.set("path", path(index));
        pager.set("current", index == pages.current);
        Value::from(pager)
    });
    record.set("pagers", near.collect::<Vec<Value>>());
    record.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Options};
    use crate::path::SourcePath;

    fn of(items: usize, by: usize, current: usize) -> (usize, Value) {
        let text = "title: A\nbase_url: https://x.org/p/\n";
        let config = config::load(
            &SourcePath::new("site.yaml"),
            Some(text),
            &Options::at(0),
            &mut Vec::new(),
        );
        let first = UrlPath::new("/文/");
        let all = vec![(); items];
        let pages = Pages {
            all: &all,
            by,
            current,
            first: &first,
        };
        (pages.here().len(), paginate(&config, &pages, Value::none()))
    }

    fn shown(value: &Value, keys: &[&str]) -> Vec<String> {
        keys.iter()
            .map(|key| {
                value
                    .get_from_path(key)
                    .map_or("missing".into(), ToString::to_string)
            })
            .collect()
    }

    #[test]
    fn the_first_middle_and_last_page_know_their_neighbours() {
        let keys = [
            "first",
            "last",
            "previous",
            "next",
            "number_pagers",
            "total_pages",
            "current_index",
        ];
        let (count, value) = of(7, 3, 1);
        assert_eq!(count, 3);
        assert_eq!(
            shown(&value, &keys),
            [
                "/p/%E6%96%87/",
                "/p/%E6%96%87/page/3/",
                "",
                "/p/%E6%96%87/page/2/",
                "3",
                "7",
                "1"
            ]
        );
        let (count, value) = of(7, 3, 3);
        assert_eq!(count, 1);
        assert_eq!(
            shown(&value, &["previous", "next", "base_url"]),
            ["/p/%E6%96%87/page/2/", "", "/p/%E6%96%87/page/"]
        );
    }

    #[test]
    fn an_empty_list_is_one_page() {
        let (count, value) = of(0, 3, 1);
        assert_eq!(count, 0);
        assert_eq!(
            shown(
                &value,
                &["number_pagers", "previous", "next", "pagers.0.current"]
            ),
            ["1", "", "", "true"]
        );
    }

    #[test]
    fn only_the_nearest_pages_are_listed() {
        let indices = |current: usize| {
            let (_, value) = of(2_000, 2, current);
            let near = value.get_from_path("pagers").and_then(Value::as_array);
            let near = near.expect("a list").iter();
            near.map(|pager| {
                pager
                    .get_from_path("index")
                    .map_or(0, |index| index.as_i128().unwrap_or(0))
            })
            .collect::<Vec<i128>>()
        };
        assert_eq!(indices(1), [1, 2, 3]);
        assert_eq!(indices(500), [498, 499, 500, 501, 502]);
        assert_eq!(indices(1_000), [998, 999, 1_000]);
    }
}
