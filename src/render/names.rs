//! The names that templates may use, to suggest one for a slip.

use crate::diagnostic::nearest;

use super::arguments::quoted;
use super::{FILTERS, FUNCTIONS};

/// Filters of tera 2.4 itself.
const OF_TERA_FILTERS: &[&str] = &[
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
const OF_TERA_FUNCTIONS: &[&str] = &["range", "throw"];

/// What the templates of this site define.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Names of templates, without the prefixes of themes.
    pub templates: Vec<String>,
    /// Names of components.
    pub components: Vec<String>,
    /// Where templates are looked up, as messages name it, the first place first.
    pub folders: Vec<String>,
}

impl Names {
    pub(super) fn help_for_filter(&self, name: &str) -> String {
        let ours = FILTERS.iter().map(|row| row.name);
        suggest(name, ours.chain(OF_TERA_FILTERS.iter().copied()), "filters")
    }

    pub(super) fn help_for_function(&self, name: &str) -> String {
        let ours = FUNCTIONS.iter().map(|row| row.name);
        suggest(
            name,
            ours.chain(OF_TERA_FUNCTIONS.iter().copied()),
            "functions",
        )
    }

    pub(super) fn help_for_test(&self, name: &str) -> String {
        suggest(name, OF_TERA_TESTS.iter().copied(), "tests")
    }

    pub(super) fn help_for_component(&self, name: &str) -> String {
        let known = self.components.iter().map(String::as_str);
        match known.clone().next() {
            Some(_) => suggest(name, known, "components"),
            None => {
                format!("Define it with `{{% component {name}() %}}…{{% endcomponent {name} %}}`.")
            }
        }
    }

    pub(super) fn help_for_template(&self, name: &str) -> String {
        let looked = format!("It is looked for in {}.", self.folders.join(", "));
        match nearest(name, self.templates.iter().map(String::as_str)) {
            Some(near) => format!("Did you mean `{near}`? {looked}"),
            None => looked,
        }
    }
}

fn suggest<'a>(name: &str, known: impl Iterator<Item = &'a str>, what: &str) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("The {what} are: {}.", quoted(&known)),
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
