//! JSON that can stand anywhere in HTML.

use tera::Value;

use crate::message::{Argument, say};

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;

pub(super) fn json_encode(
    value: &Value,
    arguments: &Arguments<'_>,
    _: &Scope,
) -> Result<Value, Refusal> {
    let json = match arguments.flag("pretty")? {
        true => serde_json::to_string_pretty(value),
        false => serde_json::to_string(value),
    };
    json.map(|json| Value::safe_string(&harmless(&json)))
        .map_err(|error| say::not_json(Argument::Foreign(error.to_string())).into())
}

/// Characters that could end a script or an attribute, as escapes: outside of strings JSON has
/// none of them.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for character in json.chars() {
        match character {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\'' => out.push_str("\\u0027"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_can_end_a_script() {
        let json = serde_json::to_string("</script>&'\u{2028}\"中").expect("text");
        assert_eq!(
            harmless(&json),
            r#""\u003c/script\u003e\u0026\u0027\u2028\"中""#
        );
        let back: String = serde_json::from_str(&harmless(&json)).expect("still JSON");
        assert_eq!(back, "</script>&'\u{2028}\"中");
    }
}
