//! Maps for templates, whose keys are known here and cost nothing.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use crate::data;

/// A map on its way into a template. Keys keep the order in which they were first set; the last
/// value counts.
#[derive(Clone)]
pub(crate) struct Record(Vec<(Key<'static>, Value)>);

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
        self.0.push((key, value));
    }
}

impl From<Record> for Value {
    fn from(Record(pairs): Record) -> Self {
        match pairs.iter().all(|(key, _)| matches!(key, Key::Str(_))) {
            true => Self::from_serializable(&Known(&pairs)),
            false => Self::from(pairs.into_iter().collect::<Map>()),
        }
    }
}

/// Keys and values as of a struct: of nothing else tera makes its map with so little work.
struct Known<'r>(&'r [(Key<'static>, Value)]);

impl Serialize for Known<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Record", self.0.len())?;
        for (key, value) in self.0 {
            if let Key::Str(name) = key {
                fields.serialize_field(name, value)?;
            }
        }
        fields.end()
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
