//! Maps for templates, whose keys are known here and cost nothing.

use tera::{Map, Value};

use crate::data;

/// A map on its way into a template. Keys keep the order in which they were set.
#[derive(Clone)]
pub(crate) struct Record(Map);

impl Record {
    /// An empty map with room for some keys.
    pub fn with_room(keys: usize) -> Self {
        Self(Map::with_capacity(keys))
    }

    /// The keys and values of a map made before.
    pub fn of(value: &Value) -> Self {
        Self(value.as_map().cloned().unwrap_or_default())
    }

    /// Sets a key.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.0.insert(key.into(), value.into());
    }

    /// Sets a key that is not known here.
    pub fn set_named(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned().into(), value.into());
    }

    /// Sets a key unless it is there.
    pub fn fill(&mut self, key: &'static str) {
        self.0.entry(key.into()).or_insert_with(Value::none);
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::from(record.0)
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
