//! Structured data as people write it: YAML, TOML, JSON and CSV, read into one [`Value`].

mod csv;
mod fields;
mod front;
mod json;
mod locate;
pub mod mend;
mod names;
mod slips;
pub mod stored;
mod toml;
mod value;
mod yaml;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, say};
use crate::path::SourcePath;

pub use fields::Fields;
pub use front::{Front, FrontError, Syntax, is_odd_fence, split};
pub use locate::{Location, Step};
pub use names::other_name;
pub use value::{Map, Value};

/// Why data could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// What is wrong, in plain words.
    pub message: Message,
    /// Where in the text, in bytes.
    pub at: Option<Range<usize>>,
    /// How to mend it.
    pub help: Option<Message>,
}

impl DataError {
    /// The same as a problem of a file.
    pub fn of(self, path: &SourcePath) -> Diagnostic {
        let spot = self.at.map_or(Spot::File, Spot::Bytes);
        let mut problem = Diagnostic::new(Code::Syntax, path, spot, self.message);
        problem.help = self.help;
        problem
    }
}

/// The ending of a file's name, and what reads it.
pub type Format = (&'static str, fn(&str) -> Result<Value, DataError>);

/// The formats of data files, by the ending of their names.
pub const FORMATS: &[Format] = &[
    ("csv", csv::parse),
    ("json", json::parse),
    ("toml", toml::parse),
    ("yaml", yaml::parse),
    ("yml", yaml::parse),
];

/// Reads a text in one of [`FORMATS`].
///
/// # Errors
/// Says what cannot be read and where; also when the format is not one of ours.
pub fn parse(format: &str, text: &str) -> Result<Value, DataError> {
    match FORMATS.iter().find(|(name, _)| *name == format) {
        Some((_, read)) => read(text),
        None => Err(DataError {
            message: say::unknown_format(format),
            at: None,
            help: Some(say::use_known_format()),
        }),
    }
}

/// Reads front matter or a settings file; `region` is where in `text` it stands.
///
/// # Errors
/// Says what cannot be read and where in `text`; also when it is not a list of keys.
pub fn parse_map(text: &str, region: Range<usize>, syntax: Syntax) -> Result<Map, DataError> {
    let shift = region.start;
    let parsed = match syntax {
        Syntax::Yaml => yaml::parse(&text[region.clone()]),
        Syntax::Toml => toml::parse(&text[region.clone()]),
    };
    let value = parsed.map_err(|mut error| {
        error.at = error.at.map(|at| at.start + shift..at.end + shift);
        error
    })?;
    match value {
        Value::Map(map) => Ok(map),
        Value::Null => Ok(Map::default()),
        _ => Err(not_a_map(text, region)),
    }
}

fn not_a_map(text: &str, region: Range<usize>) -> DataError {
    if let Some(slip) = slips::find(text, region.clone()).next() {
        return slip;
    }
    let first = text[region.clone()].trim_start();
    let start = region.end - first.len();
    let line = first.find(['\r', '\n']).unwrap_or(first.len());
    DataError {
        message: say::text_for_keys(),
        at: Some(start..start + line),
        help: Some(say::write_keys()),
    }
}

/// Finds a key of a file's data, or of the front matter of a Markdown file.
pub fn locate(path: &SourcePath, text: &str, steps: &[Step]) -> Option<Location> {
    let (syntax, region) = match path.extension().as_str() {
        "yaml" | "yml" => (Syntax::Yaml, 0..text.len()),
        "toml" => (Syntax::Toml, 0..text.len()),
        _ => {
            let front = split(text).ok()?;
            (front.syntax?, front.matter)
        }
    };
    locate::locate(text, region, syntax, steps)
}
