//! TOML, in data files and between `+++` lines.

use super::{DataError, Value};

/// Reads TOML.
pub fn parse(text: &str) -> Result<Value, DataError> {
    ::toml::from_str(text).map_err(|error| DataError {
        message: format!(
            "this is not valid TOML: {}",
            error.message().replace('\n', "; ")
        ),
        at: error.span(),
        help: Some("Write `key = \"value\"`, with the text in straight quotes.".into()),
    })
}
