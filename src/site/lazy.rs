//! A list whose items are made when they are asked for.

use std::fmt;
use std::ops::{Index, IndexMut};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

/// Makes an item by its place.
type Make<T> = Arc<dyn Fn(usize) -> T + Send + Sync>;

/// A list of which a build may need a few items only. Many threads may ask for one at a time.
pub struct LazyList<T> {
    items: Vec<OnceLock<Box<T>>>,
    /// `None` if all items are there.
    make: Option<Make<T>>,
}

impl<T> LazyList<T> {
    /// A list of items that are still to be made.
    pub fn of(length: usize, make: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Self {
            items: (0..length).map(|_| OnceLock::new()).collect(),
            make: Some(Arc::new(make)),
        }
    }

    /// A list of items that come with their places, in any order.
    pub(super) fn in_places(length: usize, items: impl Iterator<Item = (usize, T)>) -> Self {
        let mut list = Self {
            items: (0..length).map(|_| OnceLock::new()).collect(),
            make: None,
        };
        for (at, item) in items {
            list.items[at] = OnceLock::from(Box::new(item));
        }
        list
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All items, in order; those that are missing are made.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).map(|at| &self[at])
    }

    /// The first place whose item does not stand before what is looked for, in a sorted list.
    pub(super) fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match is_before(&self[middle]) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from
    }

    fn make(&self, at: usize) -> Box<T> {
        let make = self.make.as_ref();
        Box::new(make.expect("a list that cannot make items has them all")(
            at,
        ))
    }
}

impl<T> Index<usize> for LazyList<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.items[at].get_or_init(|| self.make(at))
    }
}

impl<T> IndexMut<usize> for LazyList<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        let _ = &self[at];
        self.items[at].get_mut().expect("made just now")
    }
}

impl<T: Send> From<Vec<T>> for LazyList<T> {
    fn from(items: Vec<T>) -> Self {
        let items = items.into_par_iter();
        Self {
            items: items.map(|item| OnceLock::from(Box::new(item))).collect(),
            make: None,
        }
    }
}

impl<T> Default for LazyList<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            make: None,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for LazyList<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn an_item_is_made_once_and_only_if_it_is_asked_for() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let mut list = LazyList::of(1000, move |at| {
            count.fetch_add(1, Ordering::Relaxed);
            at * 2
        });
        assert_eq!((list[7], list[7]), (14, 14));
        list[8] += 1;
        assert_eq!((list[8], list.len()), (17, 1000));
        assert_eq!(made.load(Ordering::Relaxed), 2);
        assert_eq!(list.partition_point(|item| *item < 100), 50);
        assert!(made.load(Ordering::Relaxed) <= 12);
    }
}
