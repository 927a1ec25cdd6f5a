//! Data in formats that do not describe themselves: each value says first of what kind it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Map, Value};

#[derive(Serialize, Deserialize)]
enum Stored {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    List(Vec<Stored>),
    Map(Vec<(String, Stored)>),
}

/// Writes keys and values.
pub fn serialize<S: Serializer>(map: &Map, serializer: S) -> Result<S::Ok, S::Error> {
    pairs(map.clone()).serialize(serializer)
}

/// Reads what [`serialize`] wrote.
pub fn deserialize<'de, D, M>(deserializer: D) -> Result<M, D::Error>
where
    D: Deserializer<'de>,
    M: From<Map>,
{
    let pairs = Vec::<(String, Stored)>::deserialize(deserializer)?;
    Ok(map(pairs).into())
}

fn pairs(map: Map) -> Vec<(String, Stored)> {
    map.into_iter()
        .map(|(key, value)| (key, value.into()))
        .collect()
}

fn map(pairs: Vec<(String, Stored)>) -> Map {
    pairs
        .into_iter()
        .map(|(key, value)| (key, value.into()))
        .collect()
}

impl From<Value> for Stored {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Int(number) => Self::Int(number),
            Value::Float(number) => Self::Float(number),
            Value::String(text) => Self::String(text),
            Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Map(map) => Self::Map(pairs(map)),
        }
    }
}

impl From<Stored> for Value {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Null => Self::Null,
            Stored::Bool(flag) => Self::Bool(flag),
            Stored::Int(number) => Self::Int(number),
            Stored::Float(number) => Self::Float(number),
            Stored::String(text) => Self::String(text),
            Stored::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Stored::Map(pairs) => Self::Map(map(pairs)),
        }
    }
}
