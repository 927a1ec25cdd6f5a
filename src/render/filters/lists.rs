//! Lists: what templates written for Zola use and tera 2 has in other forms only.

use tera::Value;

use crate::message::{Message, say};

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::needs;

fn list<'v>(value: &'v Value, filter: &str) -> Result<&'v [Value], Message> {
    value
        .as_array()
        .ok_or_else(|| needs(filter, say::list(), value))
}

pub(super) fn concat(
    value: &Value,
    arguments: &Arguments<'_>,
    _: &Scope,
) -> Result<Value, Refusal> {
    let mut all = list(value, "concat")?.to_vec();
    match arguments.value("with") {
        Some(more) => match more.as_array() {
            Some(more) => all.extend_from_slice(more),
            None => all.push(more.clone()),
        },
        None => return Err(say::needs_argument("concat", "with").into()),
    }
    Ok(all.into())
}

pub(super) fn filter(
    value: &Value,
    arguments: &Arguments<'_>,
    _: &Scope,
) -> Result<Value, Refusal> {
    let attribute = arguments.text("attribute")?;
    let wanted = arguments.value("value");
    let kept = list(value, "filter")?.iter().filter(|entry| {
        let found = entry.get_from_path(attribute);
        let found = found.filter(|found| !found.is_none() && !found.is_undefined());
        match wanted {
            Some(wanted) => found == Some(wanted),
            None => found.is_some(),
        }
    });
    Ok(kept.cloned().collect::<Vec<Value>>().into())
}

pub(super) fn map(value: &Value, arguments: &Arguments<'_>, _: &Scope) -> Result<Value, Refusal> {
    let attribute = arguments.text("attribute")?;
    let found = list(value, "map")?
        .iter()
        .filter_map(|entry| entry.get_from_path(attribute));
    Ok(found.cloned().collect::<Vec<Value>>().into())
}

pub(super) fn slice(value: &Value, arguments: &Arguments<'_>, _: &Scope) -> Result<Value, Refusal> {
    let items = list(value, "slice")?;
    let place = |name: &'static str, default: usize| match arguments.value(name) {
        None => Ok(default),
        Some(value) => value
            .as_i64()
            .map(|at| from_either_end(at, items.len()))
            .ok_or_else(|| needs("slice", say::whole_numbers(), value)),
    };
    let (start, end) = (place("start", 0)?, place("end", items.len())?);
    Ok(items[start.min(end)..end].into())
}

fn from_either_end(at: i64, length: usize) -> usize {
    let distance = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
    match at < 0 {
        true => length.saturating_sub(distance),
        false => distance.min(length),
    }
}

#[cfg(test)]
mod tests {
    use super::from_either_end;

    #[test]
    fn places_in_a_list_never_leave_it() {
        let places: Vec<usize> = [0, 2, 9, -1, -3, -9, i64::MIN]
            .map(|at| from_either_end(at, 3))
            .into();
        assert_eq!(places, [0, 2, 3, 2, 0, 0, 0]);
    }
}
