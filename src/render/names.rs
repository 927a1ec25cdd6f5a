//! The names that templates may use, to suggest one for a slip.

use crate::diagnostic::nearest;
use crate::message::{Argument, Message, say};

use super::{FILTERS, FUNCTIONS};

/// Filters of tera 2.4 itself.
pub(super) const OF_TERA_FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Tests of tera 2.4.
const OF_TERA_TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Functions of tera 2.4 itself.
pub(super) const OF_TERA_FUNCTIONS: &[&str] = &["range", "throw"];

/// What the templates of this site define.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Names of templates, without the prefixes of themes.
    pub templates: Vec<String>,
    /// Names of components.
    pub components: Vec<String>,
    /// Where templates are looked up, as messages name it, the first place first.
    pub folders: Vec<Message>,
}

impl Names {
    pub(super) fn help_for_filter(&self, name: &str) -> Message {
        let ours = FILTERS.iter().map(|row| row.name);
        suggest(
            name,
            ours.chain(OF_TERA_FILTERS.iter().copied()),
            say::the_filters_are,
        )
    }

    pub(super) fn help_for_function(&self, name: &str) -> Message {
        let ours = FUNCTIONS.iter().map(|row| row.name);
        suggest(
            name,
            ours.chain(OF_TERA_FUNCTIONS.iter().copied()),
            say::the_functions_are,
        )
    }

    pub(super) fn help_for_test(&self, name: &str) -> Message {
        suggest(name, OF_TERA_TESTS.iter().copied(), say::the_tests_are)
    }

    pub(super) fn help_for_component(&self, name: &str) -> Message {
        let known = self.components.iter().map(String::as_str);
        match known.clone().next() {
            Some(_) => suggest(name, known, say::the_components_are),
            None => say::define_component(name),
        }
    }

    pub(super) fn help_for_template(&self, name: &str) -> Message {
        let folders = self.folders.iter().cloned().reduce(say::listing);
        let looked = say::looked_for_in(folders.unwrap_or_else(say::nothing));
        match nearest(name, self.templates.iter().map(String::as_str)) {
            Some(near) => say::then(say::did_you_mean(near), looked),
            None => looked,
        }
    }
}

fn suggest<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
    all: fn(Argument) -> Message,
) -> Message {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    match nearest(name, known.iter().copied()) {
        Some(near) => say::did_you_mean(near),
        None => all(Argument::quoted(known)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tests_is_teras_own() {
        let tera = tera::Tera::default();
        for (names, wrap) in [
            (OF_TERA_TESTS, ("{% if x is ", " %}{% endif %}")),
            (OF_TERA_FILTERS, ("{{ x | ", " }}")),
            (OF_TERA_FUNCTIONS, ("{{ ", "() }}")),
        ] {
            for name in names {
                let mut tera = tera.clone();
                let text = format!("{}{name}{}", wrap.0, wrap.1);
                tera.add_raw_template("a", &text).expect(name);
            }
        }
    }
}
