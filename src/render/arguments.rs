//! Arguments of functions and filters, checked, with messages in plain words.

use tera::{Kwargs, Value};

use crate::diagnostic::nearest;

/// The named arguments of one call.
pub(crate) struct Arguments<'a> {
    of: &'static str,
    given: &'a Kwargs,
}

impl<'a> Arguments<'a> {
    /// Takes the arguments of a call of `of`.
    pub(super) fn checked(
        of: &'static str,
        takes: &Takes,
        given: &'a Kwargs,
    ) -> Result<Self, String> {
        for (key, _) in given.iter() {
            let Some(key) = key.as_str() else { continue };
            if !takes.is_free && !takes.names.contains(&key) {
                return Err(unknown(of, key, &takes.names));
            }
        }
        Ok(Self { of, given })
    }

    /// A value as it was given; null is as good as nothing.
    pub fn value(&self, name: &'a str) -> Option<&'a Value> {
        let value = self.given.get::<&Value>(name).ok().flatten()?;
        (!value.is_none() && !value.is_undefined()).then_some(value)
    }

    /// Everything that was given.
    pub fn all(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.given
            .iter()
            .filter_map(|(key, value)| Some((key.as_str()?, value)))
    }

    /// A text that has to be there.
    pub fn text(&self, name: &'a str) -> Result<&'a str, String> {
        self.optional_text(name)?
            .ok_or_else(|| format!("`{}` needs the argument `{name}`", self.of))
    }

    /// A text.
    pub fn optional_text(&self, name: &'a str) -> Result<Option<&'a str>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_str() {
                Some(text) => Ok(Some(text)),
                None => Err(self.wrong(name, value, "text")),
            },
        }
    }

    /// A switch; `false` unless given.
    pub fn flag(&self, name: &'a str) -> Result<bool, String> {
        Ok(self.optional_flag(name)?.unwrap_or(false))
    }

    /// A switch.
    pub fn optional_flag(&self, name: &'a str) -> Result<Option<bool>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_bool() {
                Some(flag) => Ok(Some(flag)),
                None => Err(self.wrong(name, value, "`true` or `false`")),
            },
        }
    }

    /// A whole number from 0 on.
    pub fn count(&self, name: &'a str) -> Result<Option<u32>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_i64().and_then(|number| u32::try_from(number).ok()) {
                Some(number) => Ok(Some(number)),
                None => Err(self.wrong(name, value, "a whole number from 0 on")),
            },
        }
    }

    fn wrong(&self, name: &str, value: &Value, wanted: &str) -> String {
        format!(
            "the argument `{name}` of `{}` is {}; it must be {wanted}",
            self.of,
            kind(value.name())
        )
    }
}

/// The arguments that a function or filter takes.
pub(super) struct Takes {
    names: Vec<&'static str>,
    /// Whether it takes any others too.
    is_free: bool,
}

impl Takes {
    /// Reads a row's text: `path, lang?, base64=true` takes `path`, `lang` and `base64`.
    pub(super) fn read(row: &'static str) -> Self {
        let names = row
            .split(", ")
            .map(|part| part.split(['?', '=']).next().unwrap_or(part))
            .filter(|name| !name.is_empty() && !name.starts_with('…'));
        Self {
            names: names.collect(),
            is_free: row.ends_with('…'),
        }
    }
}

fn unknown(of: &str, typed: &str, known: &[&str]) -> String {
    let hint = match nearest(typed, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it takes none".to_owned(),
        None => format!("it takes {}", quoted(known)),
    };
    format!("`{of}` has no argument `{typed}`; {hint}")
}

/// Names in backticks with commas between them.
pub(super) fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// What tera calls a type, in plain words.
pub(super) fn kind(name: &str) -> &str {
    match name {
        "string" | "&str" | "str" | "String" => "text",
        "array" | "Vec<Value>" | "&[Value]" => "a list",
        "map" | "map/struct" | "Map" => "keys and values",
        "bool" => "yes or no",
        "integer" | "i64" | "u64" | "i128" | "u128" | "usize" | "i32" | "u32" => "a whole number",
        "float" | "f64" | "f32" | "Number" | "number" => "a number",
        "none" | "null" | "undefined" => "nothing",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tera::Map;

    use super::*;

    fn kwargs(entries: &[(&'static str, Value)]) -> Kwargs {
        let map: Map = entries
            .iter()
            .map(|(key, value)| ((*key).into(), value.clone()))
            .collect();
        Kwargs::new(Arc::new(map))
    }

    #[test]
    fn a_slip_in_an_argument_is_named() {
        let given = kwargs(&[("pth", Value::from("a"))]);
        let problem = Arguments::checked("get_page", &Takes::read("path, lang?"), &given).err();
        assert_eq!(
            problem.as_deref(),
            Some("`get_page` has no argument `pth`; did you mean `path`?")
        );
        let given = kwargs(&[("colour", Value::from("a"))]);
        let problem = Arguments::checked("get_page", &Takes::read("path, lang?"), &given).err();
        assert_eq!(
            problem.as_deref(),
            Some("`get_page` has no argument `colour`; it takes `path`, `lang`")
        );
        assert!(Arguments::checked("trans", &Takes::read("key, n?, …"), &given).is_ok());
    }

    #[test]
    fn wrong_kinds_and_gaps_are_named() {
        let given = kwargs(&[("path", Value::from(3)), ("lang", Value::none())]);
        let arguments = Arguments::checked("get_page", &Takes::read("path, lang?"), &given)
            .expect("known names");
        assert_eq!(
            arguments.text("path"),
            Err("the argument `path` of `get_page` is a whole number; it must be text".into())
        );
        assert_eq!(arguments.optional_text("lang"), Ok(None));
        assert_eq!(
            arguments.text("lang"),
            Err("`get_page` needs the argument `lang`".into())
        );
        assert_eq!(
            arguments.flag("path"),
            Err(
                "the argument `path` of `get_page` is a whole number; it must be `true` or `false`"
                    .into()
            )
        );
        assert_eq!(arguments.count("path"), Ok(Some(3)));
    }
}
