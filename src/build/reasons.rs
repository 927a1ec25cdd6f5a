//! Which keys of a file's front matter changed since the earlier build.

use serde_json::{Map, Value};

use crate::parse::front_matter::FrontMatter;
use crate::path::SourcePath;
use crate::store::{Changes, Documents, Summaries, front_of};

/// Compares summaries.
pub(super) struct Reasons<'a> {
    pub(super) before: Option<&'a Documents>,
    pub(super) now: &'a Summaries<'a>,
}

impl Changes for Reasons<'_> {
    fn keys(&self, source: &str) -> Option<Vec<String>> {
        let path = SourcePath::new(source);
        let before = self.before?.front(&path)?;
        let now = front_of(&self.now.get(&path)?)?;
        Some(differing(&keys(before), &keys(now)))
    }
}

/// The keys as writers know them.
fn keys(front: FrontMatter) -> Map<String, Value> {
    let mut keys = match serde_json::to_value(front) {
        Ok(Value::Object(keys)) => keys,
        _ => Map::new(),
    };
    if let Some(Value::Array(terms)) = keys.remove("terms") {
        for term in terms {
            if let Some([Value::String(taxonomy), names]) = term.as_array().map(Vec::as_slice) {
                keys.insert(taxonomy.clone(), names.clone());
            }
        }
    }
    keys
}

fn differing(before: &Map<String, Value>, now: &Map<String, Value>) -> Vec<String> {
    let mut differing: Vec<String> = before
        .iter()
        .filter(|(key, value)| now.get(*key).unwrap_or(&Value::Null) != *value)
        .chain(
            now.iter()
                .filter(|(key, value)| !before.contains_key(*key) && !value.is_null()),
        )
        .map(|(key, _)| key.clone())
        .collect();
    differing.sort_unstable();
    differing
}
