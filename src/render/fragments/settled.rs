//! Calls of which all arguments are known when templates are read, but for one at most. Tera makes
//! maps of the arguments of every call; a call without any, or a filter of the one that is not known,
//! stands for such a call.

use std::sync::Arc;

use tera::{Kwargs, Map, State, Tera, Value};

use crate::render::arguments::Arguments;
use crate::render::{FilterRow, FunctionRow, filters, functions};
use crate::template::{KnownCall, Literal};

/// Whether it is called with anything, and there is what is called and takes that.
pub(super) fn can_be_settled(call: &KnownCall<'_>) -> bool {
    let is_open = call.open.is_some();
    match call.is_filter {
        _ if call.known.is_empty() && !is_open => false,
        true => !is_open && filter(call).is_some(),
        false => function(call).is_some(),
    }
}

/// What stands for it.
pub(super) fn in_stead(number: usize, call: &KnownCall<'_>) -> String {
    let name = name(number);
    match call.open {
        _ if call.is_filter => name,
        Some((_, variable)) => format!("({variable} | {name})"),
        None => format!("{name}()"),
    }
}

/// Gives to tera what is called there.
pub(super) fn register(tera: &mut Tera, number: usize, call: &KnownCall<'_>) {
    let (name, known) = (name(number), known(call));
    if let (true, Some(row)) = (call.is_filter, filter(call)) {
        tera.register_filter::<_, &Value, _>(
            name,
            move |value: &Value, _: Kwargs, _: &State<'_>| {
                row.apply(value, &Arguments::settled(row.name, &known, None))
            },
        );
        return;
    }
    let Some(row) = function(call) else { return };
    match call.open.map(|(key, _)| key.to_owned()) {
        None => tera.register_function(name, move |_: Kwargs, _: &State<'_>| {
            row.call(&Arguments::settled(row.name, &known, None))
        }),
        Some(key) => tera.register_filter::<_, &Value, _>(
            name,
            move |value: &Value, _: Kwargs, _: &State<'_>| {
                row.call(&Arguments::settled(row.name, &known, Some((&key, value))))
            },
        ),
    }
}

fn name(number: usize) -> String {
    format!("__call_{number}")
}

fn function(call: &KnownCall<'_>) -> Option<&'static FunctionRow> {
    functions::taking(call.name, call.arguments())
}

fn filter(call: &KnownCall<'_>) -> Option<&'static FilterRow> {
    filters::taking(call.name, call.arguments())
}

fn known(call: &KnownCall<'_>) -> Kwargs {
    let pairs = call.known.iter().map(|(key, value)| {
        let value = match value {
            Literal::Text(text) => Value::from(*text),
            Literal::Flag(flag) => Value::from(*flag),
        };
        ((*key).to_owned().into(), value)
    });
    Kwargs::new(Arc::new(pairs.collect::<Map>()))
}
