//! The one shape that all data formats are read into.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::message::{Message, say};

use super::Step;

/// A piece of data. Maps keep the order of the file.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Nothing was written.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text; dates are text too.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values.
    Map(Map),
}

impl Hash for Value {
    /// Numbers hash by their bits, so that equal text in a file means an equal hash.
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(flag) => flag.hash(state),
            Self::Int(number) => number.hash(state),
            Self::Float(number) => number.to_bits().hash(state),
            Self::String(text) => text.hash(state),
            Self::List(items) => items.hash(state),
            Self::Map(map) => map.hash(state),
        }
    }
}

impl Value {
    /// What kind of value this is, for messages.
    pub fn kind(&self) -> Message {
        match self {
            Self::Null => say::nothing(),
            Self::Bool(_) => say::flag(),
            Self::Int(_) | Self::Float(_) => say::number(),
            Self::String(_) => say::text(),
            Self::List(_) => say::list(),
            Self::Map(_) => say::keys_and_values(),
        }
    }

    /// The text of a text or whole number.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::String(text) => Some(text.clone()),
            Self::Int(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// Keys and values in the order of the file. A key written twice is kept twice, so that it can
/// be reported.
#[derive(Clone, Debug, PartialEq, Default, Hash)]
pub struct Map(Vec<(String, Value)>);

impl Map {
    /// Nothing.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Removes a key and gives its value.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(at).1)
    }

    /// Sets a key, in its old place if it was there.
    pub fn insert(&mut self, key: impl Into<String>, value: Value) {
        let key = key.into();
        match self.0.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key, value)),
        }
    }

    /// All keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Where keys stand that were written twice, at any depth.
    pub fn duplicates(&self) -> Vec<Vec<Step>> {
        let mut found = Vec::new();
        self.collect_duplicates(&mut Vec::new(), &mut found);
        found
    }

    fn collect_duplicates(&self, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
        let mut seen = std::collections::HashSet::with_capacity(self.0.len());
        for (key, value) in &self.0 {
            if !seen.insert(key.as_str()) {
                found.push([at.as_slice(), &[Step::Again(key.clone())]].concat());
            }
            at.push(Step::Key(key.clone()));
            match value {
                Value::Map(map) => map.collect_duplicates(at, found),
                Value::List(items) => {
                    for (index, item) in items.iter().enumerate() {
                        if let Value::Map(map) = item {
                            at.push(Step::Index(index));
                            map.collect_duplicates(at, found);
                            at.pop();
                        }
                    }
                }
                _ => {}
            }
            at.pop();
        }
    }
}

impl FromIterator<(String, Value)> for Map {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// The key under which the `toml` crate hands a date over.
const TOML_DATE: &str = "$__toml_private_datetime";

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, a number, a list, or keys and values")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            if key == TOML_DATE {
                return Ok(value);
            }
            map.push((key, value));
        }
        Ok(Value::Map(Map(map)))
    }
}
