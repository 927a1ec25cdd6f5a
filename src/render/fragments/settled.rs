//! Calls of which all arguments are known when templates are read, but for one at most. Tera makes
//! maps of the arguments of every call; a call without any, or a filter of the one that is not known,
//! stands for such a call.

use std::sync::Arc;

use tera::{Kwargs, Map, State, Tera, Value};

use crate::render::arguments::Arguments;
use crate::render::{FilterRow, FunctionRow, filters, functions};
use crate::template::{KnownCall, Literal};

/// What a call is settled with.
enum Callee {
    Function(&'static FunctionRow),
    Filter(&'static FilterRow),
}

impl Callee {
    /// That of a call with any arguments, if it takes them. A filter that stands for another has no
    /// place for one that is not known.
    fn of(call: &KnownCall<'_>) -> Option<Self> {
        call.arguments().next()?;
        match (call.is_filter, call.open) {
            (true, Some(_)) => None,
            (true, None) => filters::taking(call.name, call.arguments()).map(Self::Filter),
            (false, _) => functions::taking(call.name, call.arguments()).map(Self::Function),
        }
    }
}

/// Whether another call can stand for it.
pub(super) fn can_be_settled(call: &KnownCall<'_>) -> bool {
    Callee::of(call).is_some()
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
    match (Callee::of(call), call.open.map(|(key, _)| key.to_owned())) {
        (None, _) => {}
        (Some(Callee::Filter(row)), _) => {
            let apply = move |value: &Value, _: Kwargs, _: &State<'_>| {
                row.apply(value, &Arguments::settled(row.name, &known, None))
            };
            tera.register_filter::<_, &Value, _>(name, apply);
        }
        (Some(Callee::Function(row)), None) => {
            let call = move |_: Kwargs, _: &State<'_>| {
                row.call(&Arguments::settled(row.name, &known, None))
            };
            tera.register_function(name, call);
        }
        (Some(Callee::Function(row)), Some(key)) => {
            let call = move |value: &Value, _: Kwargs, _: &State<'_>| {
                row.call(&Arguments::settled(row.name, &known, Some((&key, value))))
            };
            tera.register_filter::<_, &Value, _>(name, call);
        }
    }
}

fn name(number: usize) -> String {
    format!("__call_{number}")
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
