//! Strings of the theme, and the clock.

use tera::Value;

use crate::message::say;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::language;

pub(super) fn trans(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let key = arguments.text("key")?;
    let lang = language(arguments, scope)?;
    let code = scope.reader.config().language(lang).code.as_str();
    let Some(text) = scope.reader.string(lang, key) else {
        return Err(Refusal::new(say::no_string(key), say::add_string(code)));
    };
    let number = arguments.value("n").and_then(whole);
    Ok(fill(text.for_number(code, number), arguments).into())
}

/// A number that is not whole has the plural of its whole part's neighbour above.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        number.is_finite().then(|| number.ceil() as i64)
    })
}

/// Replaces `{name}` by the argument of that name; a name without one stays as it is.
fn fill(text: &str, arguments: &Arguments<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let name = rest.find('}').map(|close| &rest[1..close]);
        let given = name.and_then(|name| arguments.all().find(|(key, _)| *key == name));
        match given {
            Some((key, value)) => {
                out.push_str(&value.to_string());
                rest = &rest[key.len() + 2..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

pub(super) fn now(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let now = scope.reader.now();
    Ok(match arguments.flag("timestamp")? {
        true => now.unix().into(),
        false => now.rfc3339().into(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tera::{Kwargs, Map};

    use super::super::super::arguments::Takes;
    use super::*;

    #[test]
    fn names_in_braces_are_filled_once() {
        let map: Map = [("n", Value::from(3)), ("name", Value::from("{n} 中"))]
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect();
        let kwargs = Kwargs::new(Arc::new(map));
        let arguments =
            Arguments::checked("trans", &Takes::read("key, n?, …"), &kwargs).expect("known names");
        for (text, filled) in [
            ("{n} articles", "3 articles"),
            ("{name}: {other}", "{n} 中: {other}"),
            ("{", "{"),
            ("第 {n} 页", "第 3 页"),
        ] {
            assert_eq!(fill(text, &arguments), filled);
        }
    }

    #[test]
    fn a_fraction_takes_the_plural() {
        assert_eq!(whole(&Value::from(1.5)), Some(2));
        assert_eq!(whole(&Value::from(1)), Some(1));
        assert_eq!(whole(&Value::from("x")), None);
    }
}
