//! Maps for templates, whose keys are known here and cost nothing.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tera::Value;
use tera::value::Key;

use crate::data;

/// A map on its way into a template. Keys keep the order in which they were first set; the last
/// value counts.
#[derive(Clone)]
pub(crate) struct Record(Vec<(Placed, Value)>);

impl Record {
    /// An empty map with room for some keys.
    pub fn with_room(keys: usize) -> Self {
        Self(Vec::with_capacity(keys))
    }

    /// The keys and values of a map made before.
    pub fn of(value: &Value) -> Self {
        let pairs = value.as_map().into_iter().flatten();
        let mut record = Self::with_room(0);
        for (key, value) in pairs {
            record.push(key.clone(), value.clone());
        }
        record
    }

    /// Sets a key.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.push(key.into(), value.into());
    }

    /// Sets a key that is not known here.
    pub fn set_named(&mut self, key: &str, value: impl Into<Value>) {
        self.push(key.to_owned().into(), value.into());
    }

    fn push(&mut self, key: Key<'static>, value: Value) {
        self.0.push((Placed(self.0.len(), key), value));
    }
}

/// A key by its place. Tera makes its map of another one: for that a place is enough, and one that
/// is ordered by places costs next to nothing.
#[derive(Clone)]
struct Placed(usize, Key<'static>);

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Placed {}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Placed> for Key<'static> {
    fn from(placed: Placed) -> Self {
        placed.1
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::from(record.0.into_iter().collect::<BTreeMap<Placed, Value>>())
    }
}

/// Text or null.
pub(crate) fn text(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// HTML that templates print as it is, or null.
pub(crate) fn html(html: Option<&str>) -> Value {
    html.map_or_else(Value::none, Value::safe_string)
}

/// Data of the site as templates see it.
pub(crate) fn data(value: &data::Value) -> Value {
    match value {
        data::Value::Null => Value::none(),
        data::Value::Bool(flag) => (*flag).into(),
        data::Value::Int(number) => (*number).into(),
        data::Value::Float(number) => (*number).into(),
        data::Value::String(text) => text.as_str().into(),
        data::Value::List(items) => items.iter().map(self::data).collect::<Vec<Value>>().into(),
        data::Value::Map(map) => record(map).into(),
    }
}

/// Keys and values of the site as templates see them.
pub(crate) fn record(map: &data::Map) -> Record {
    let mut record = Record::with_room(8);
    for (key, value) in map.iter() {
        record.set_named(key, data(value));
    }
    record
}
