//! JSON data files.

use crate::message::{Argument, say};

use super::slips::byte_at;
use super::{DataError, Value};

/// Reads JSON.
pub fn parse(text: &str) -> Result<Value, DataError> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(&*message, |(what, _)| what);
        let at = byte_at(text, error.line(), error.column());
        DataError {
            message: say::invalid_json(Argument::Foreign(message.to_owned())),
            at: Some(at..at),
            help: None,
        }
    })
}
