//! Arguments of functions and filters, checked, with messages in plain words.

use serde::{Deserialize, Serialize};
use tera::{Error, Kwargs, Value};

use crate::diagnostic::nearest;
use crate::message::{Argument, Message, say};

/// Why a function or filter gives nothing.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    pub(super) message: Message,
    pub(super) hint: Option<Message>,
}

impl Refusal {
    /// Says what to do about it.
    pub(super) fn new(message: Message, hint: Message) -> Self {
        let hint = Some(hint);
        Self { message, hint }
    }

    /// As an error of tera's, which carries nothing but text.
    pub(super) fn send(&self) -> Error {
        let text = serde_json::to_string(self);
        Error::message(text.unwrap_or_else(|_| self.message.english()))
    }

    /// What was sent, if the text of an error is that.
    pub(super) fn sent(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        let hint = None;
        Self { message, hint }
    }
}

/// The named arguments of one call.
pub(crate) struct Arguments<'a> {
    of: &'static str,
    given: &'a Kwargs,
    /// One that was not given with the others.
    besides: Option<(&'a str, &'a Value)>,
}

impl<'a> Arguments<'a> {
    /// Takes the arguments of a call of `of`.
    pub(super) fn checked(
        of: &'static str,
        takes: &Takes,
        given: &'a Kwargs,
    ) -> Result<Self, Message> {
        for (key, _) in given.iter() {
            let Some(key) = key.as_str() else { continue };
            if !takes.has(key) {
                return Err(unknown(of, key, &takes.names));
            }
        }
        Ok(Self::settled(of, given, None))
    }

    /// Takes arguments of a call of `of` that are known to be such as it takes.
    pub(super) fn settled(
        of: &'static str,
        given: &'a Kwargs,
        besides: Option<(&'a str, &'a Value)>,
    ) -> Self {
        Self { of, given, besides }
    }

    /// A value as it was given; null is as good as nothing.
    pub fn value(&self, name: &'a str) -> Option<&'a Value> {
        // They are few, and to hash a name takes longer than to look at them.
        let (_, value) = self.all().find(|(given, _)| *given == name)?;
        (!value.is_none() && !value.is_undefined()).then_some(value)
    }

    /// Everything that was given.
    pub fn all(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let given = self.given.iter();
        let given = given.filter_map(|(key, value)| Some((key.as_str()?, value)));
        given.chain(self.besides)
    }

    /// A text that has to be there.
    pub fn text(&self, name: &'a str) -> Result<&'a str, Message> {
        self.optional_text(name)?
            .ok_or_else(|| say::needs_argument(self.of, name))
    }

    /// A text.
    pub fn optional_text(&self, name: &'a str) -> Result<Option<&'a str>, Message> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_str() {
                Some(text) => Ok(Some(text)),
                None => Err(self.wrong(name, value, say::text())),
            },
        }
    }

    /// A switch; `false` unless given.
    pub fn flag(&self, name: &'a str) -> Result<bool, Message> {
        Ok(self.optional_flag(name)?.unwrap_or(false))
    }

    /// A switch.
    pub fn optional_flag(&self, name: &'a str) -> Result<Option<bool>, Message> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_bool() {
                Some(flag) => Ok(Some(flag)),
                None => Err(self.wrong(name, value, say::flag())),
            },
        }
    }

    /// A whole number from 0 on.
    pub fn count(&self, name: &'a str) -> Result<Option<u32>, Message> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_i64().and_then(|number| u32::try_from(number).ok()) {
                Some(number) => Ok(Some(number)),
                None => Err(self.wrong(name, value, say::count_from_zero())),
            },
        }
    }

    fn wrong(&self, name: &str, value: &Value, wanted: Message) -> Message {
        say::wrong_argument(name, self.of, kind(value.name()), wanted)
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

    /// Whether there is such an argument.
    pub(super) fn has(&self, name: &str) -> bool {
        self.is_free || self.names.contains(&name)
    }
}

fn unknown(of: &str, typed: &str, known: &[&str]) -> Message {
    match nearest(typed, known.iter().copied()) {
        Some(near) => say::no_argument_near(of, typed, near),
        None if known.is_empty() => say::no_argument_none(of, typed),
        None => say::no_argument_known(of, typed, Argument::quoted(known)),
    }
}

/// What tera calls a type, in plain words.
pub(super) fn kind(name: &str) -> Argument {
    match name {
        "string" | "&str" | "str" | "String" => say::text().into(),
        "array" | "Vec<Value>" | "&[Value]" => say::list().into(),
        "map" | "map/struct" | "Map" => say::keys_and_values().into(),
        "bool" => say::yes_or_no().into(),
        "integer" | "i64" | "u64" | "i128" | "u128" | "usize" | "i32" | "u32" => {
            say::whole_number().into()
        }
        "float" | "f64" | "f32" | "Number" | "number" => say::number().into(),
        "none" | "null" | "undefined" => say::nothing().into(),
        other => other.into(),
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
        let problem = problem.map(|problem| problem.english());
        assert_eq!(
            problem.as_deref(),
            Some("`get_page` has no argument `pth`; did you mean `path`?")
        );
        let given = kwargs(&[("colour", Value::from("a"))]);
        let problem = Arguments::checked("get_page", &Takes::read("path, lang?"), &given).err();
        let problem = problem.map(|problem| problem.english());
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
            Err(say::wrong_argument(
                "path",
                "get_page",
                say::whole_number(),
                say::text()
            ))
        );
        assert_eq!(arguments.optional_text("lang"), Ok(None));
        assert_eq!(
            arguments.text("lang"),
            Err(say::needs_argument("get_page", "lang"))
        );
        assert_eq!(
            arguments.flag("path").map_err(|problem| problem.english()),
            Err(
                "the argument `path` of `get_page` is a whole number; it must be `true` or `false`"
                    .into()
            )
        );
        assert_eq!(arguments.count("path"), Ok(Some(3)));
    }

    #[test]
    fn a_refusal_passes_through_tera() {
        let refusal = Refusal::new(say::no_page("a.md"), say::name_by_path());
        let sent = refusal.send().to_string();
        assert_eq!(Refusal::sent(&sent), Some(refusal));
        assert_eq!(Refusal::sent("Field `x` is not defined."), None);
    }
}
