//! Dates for readers.

use tera::Value;

use crate::date::Moment;

use super::super::arguments::Arguments;
use super::super::scope::Scope;
use super::{language, needs};

pub(super) fn date(
    value: &Value,
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, String> {
    let zone = &scope.reader.config().zone;
    let moment = if let Some(text) = value.as_str() {
        Moment::parse(text, zone).map_err(|problem| problem.message)?
    } else if let Some(seconds) = value.as_i64() {
        Moment::from_unix(seconds, zone)
            .ok_or_else(|| format!("{seconds} seconds since 1970 are no date"))?
    } else {
        return Err(needs("date", "a date", value));
    };
    let language = language(arguments, scope)?;
    match arguments.optional_text("format")? {
        None => Ok(moment.long(language).into()),
        Some(format) => moment.format(format, language).map(Value::from),
    }
}
