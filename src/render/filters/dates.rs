//! Dates for readers.

use tera::Value;

use crate::date::Moment;
use crate::message::say;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::{language, needs};

pub(super) fn date(
    value: &Value,
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let zone = &scope.reader.config().zone;
    let moment = if let Some(text) = value.as_str() {
        Moment::parse(text, zone).map_err(|problem| problem.message)?
    } else if let Some(seconds) = value.as_i64() {
        Moment::from_unix(seconds, zone).ok_or_else(|| say::seconds_no_date(seconds))?
    } else {
        return Err(needs("date", say::a_date(), value).into());
    };
    let language = language(arguments, scope)?;
    match arguments.optional_text("format")? {
        None => Ok(moment.long(language).into()),
        Some(format) => Ok(moment.format(format, language)?.into()),
    }
}
