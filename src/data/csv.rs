//! CSV data files: the first row names the columns; every other row becomes keys and values.

use crate::message::{Argument, say};

use super::{DataError, Map, Value};

/// Reads CSV with a header row into a list of maps of texts.
pub fn parse(text: &str) -> Result<Value, DataError> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| explain(&error))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| explain(&error))?;
        let mut row = Map::default();
        for (column, cell) in columns.iter().zip(record.iter()) {
            row.insert(column, Value::String(cell.to_owned()));
        }
        rows.push(Value::Map(row));
    }
    Ok(Value::List(rows))
}

fn explain(error: &::csv::Error) -> DataError {
    let at = error
        .position()
        .and_then(|position| usize::try_from(position.byte()).ok())
        .map(|byte| byte..byte);
    DataError {
        message: say::invalid_table(in_words(error)),
        at,
        help: Some(say::fill_rows()),
    }
}

fn in_words(error: &::csv::Error) -> Argument {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => say::unequal_rows(len, expected_len).into(),
        _ => Argument::Foreign(error.to_string()),
    }
}
