//! Values that few pages have, in little room for all others.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data::Map;

/// A value that mostly is the empty one.
#[derive(Clone)]
pub struct Sparse<T>(Option<Box<T>>);

/// What has an empty value.
pub trait Empty: Default + PartialEq + 'static {
    /// The empty value.
    const EMPTY: &'static Self;
}

impl<T: PartialEq + 'static> Empty for Vec<T> {
    const EMPTY: &'static Self = &Self::new();
}

impl<T: PartialEq + 'static> Empty for Option<T> {
    const EMPTY: &'static Self = &None;
}

impl Empty for Map {
    const EMPTY: &'static Self = &Self::new();
}

impl<T: Empty> Sparse<T> {
    /// Takes the value away and leaves the empty one.
    pub fn take(&mut self) -> T {
        self.0.take().map_or_else(T::default, |value| *value)
    }
}

impl<T: Clone + PartialEq + 'static> Sparse<Option<T>> {
    /// The value, or where there is none, another one.
    pub fn or(self, other: &Self) -> Self {
        match self.is_some() {
            true => self,
            false => other.clone(),
        }
    }
}

impl<T: Empty + PartialEq> PartialEq for Sparse<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Empty> From<T> for Sparse<T> {
    fn from(value: T) -> Self {
        Self((value != *T::EMPTY).then(|| Box::new(value)))
    }
}

impl<T: Empty> Deref for Sparse<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::EMPTY)
    }
}

impl<T: Empty> DerefMut for Sparse<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Empty + fmt::Debug> fmt::Debug for Sparse<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<T: Empty + Hash> Hash for Sparse<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: Empty + Serialize> Serialize for Sparse<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: Empty + Deserialize<'de>> Deserialize<'de> for Sparse<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, SeqDeserializer};

    use crate::packed::Packed;

    use super::*;

    fn read(items: &[u8]) -> Sparse<Vec<u8>> {
        let items = items.iter().copied();
        let read = Sparse::deserialize(SeqDeserializer::<_, Error>::new(items));
        read.expect("it is a list")
    }

    #[test]
    fn an_empty_value_takes_no_room_and_is_written_like_any_other() {
        let mut list = Sparse::from(Vec::<u8>::new());
        assert!(list.0.is_none() && list.is_empty() && read(&[]).0.is_none());
        list.push(7);
        assert_eq!((&*list, &*read(&[7])), (&vec![7], &vec![7]));
        let sparse: Packed = [&Sparse::default(), &list].into_iter().collect();
        let full: Packed = [vec![], vec![7_u8]].into_iter().collect();
        assert!(sparse.into_blocks().eq(full.into_blocks()));
        assert_eq!((list.take(), list.take()), (vec![7], vec![]));
        assert_eq!(std::mem::size_of::<Sparse<Vec<u8>>>(), 8);
    }
}
