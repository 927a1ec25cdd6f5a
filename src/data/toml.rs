//! TOML, in data files and between `+++` lines.

use crate::message::{Argument, say};

use super::{DataError, Value};

/// Reads TOML.
pub fn parse(text: &str) -> Result<Value, DataError> {
    ::toml::from_str(text).map_err(|error| DataError {
        message: say::invalid_toml(Argument::Foreign(error.message().replace('\n', "; "))),
        at: error.span(),
        help: Some(say::write_toml()),
    })
}
