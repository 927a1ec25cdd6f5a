//! The filters that templates have besides tera's own.

mod dates;
mod json;
mod lists;
mod numbers;
mod text;

use tera::{Error, Kwargs, State, Tera, Value};

use crate::message::{Message, say};

use super::arguments::{Arguments, Refusal, Takes, kind};
use super::names::OF_TERA_FILTERS;
use super::scope::{self, Scope, Sees};

/// A filter.
pub struct FilterRow {
    /// Its name.
    pub name: &'static str,
    /// Its arguments: `?` after one that may be left out, `=` before what it then is.
    pub arguments: &'static str,
    /// What it makes of its value.
    pub meaning: &'static str,
    sees: Sees,
    call: FilterCall,
}

type FilterCall = fn(&Value, &Arguments<'_>, &Scope) -> Result<Value, Refusal>;

macro_rules! rows {
    ($($name:literal ($arguments:literal) $call:path [$sees:ident]: $meaning:literal,)*) => {
        /// Every filter, by name.
        pub const FILTERS: &[FilterRow] = &[
            $(FilterRow {
                name: $name,
                arguments: $arguments,
                meaning: $meaning,
                sees: Sees::$sees,
                call: $call,
            },)*
        ];
    };
}

rows! {
    "absolute_url" ("") text::absolute_url [Site]: "The full address of a path of the site.",
    "base64_encode" ("") text::base64_encode [Site]: "Text as Base64.",
    "concat" ("with") lists::concat [Site]: "A list with a value, or the values of another list, at its end.",
    "date" ("format?, lang?") dates::date [Site]: "A date, written out as the language does or by a format such as `%Y-%m-%d`.",
    "filesize" ("lang?") numbers::filesize [Site]: "A number of bytes for people: `1.2 MB`.",
    "filter" ("attribute, value?") lists::filter [Site]: "The entries whose attribute has a value, or that have it at all.",
    "json_encode" ("pretty=false") json::json_encode [Site]: "Any value as JSON that is safe inside `<script>`.",
    "map" ("attribute") lists::map [Site]: "One attribute of every entry.",
    "markdown" ("inline=false") text::markdown [Page]: "Markdown as HTML.",
    "num_format" ("lang?") numbers::num_format [Site]: "A number with the separators of the language: `12,345.6`.",
    "slice" ("start=0, end?") lists::slice [Site]: "A part of a list; negative numbers count from its end.",
    "slugify" ("") text::slugify [Site]: "Text as a part of an address.",
    "striptags" ("") text::striptags [Site]: "The text of HTML, without its tags.",
    "urlencode" ("") text::urlencode [Site]: "Text as a part of a query: everything but letters, digits and `-._~` is encoded.",
}

/// Gives all filters to tera.
pub(super) fn register(tera: &mut Tera) {
    for row in FILTERS {
        let takes = Takes::read(row.arguments);
        let call =
            move |value: &Value, kwargs: Kwargs, _: &State<'_>| row.run(&takes, value, &kwargs);
        tera.register_filter::<_, &Value, _>(row.name, call);
    }
}

/// The filter of a name, if it takes all of some arguments.
pub(super) fn taking<'a>(
    name: &str,
    mut arguments: impl Iterator<Item = &'a str>,
) -> Option<&'static FilterRow> {
    let row = FILTERS.iter().find(|row| row.name == name)?;
    let takes = Takes::read(row.arguments);
    arguments.all(|name| takes.has(name)).then_some(row)
}

/// Whether a filter makes the same of a value for every page of a language.
pub(super) fn sees_no_page(name: &str) -> bool {
    match FILTERS.iter().find(|row| row.name == name) {
        Some(row) => row.sees == Sees::Site,
        None => OF_TERA_FILTERS.contains(&name),
    }
}

impl FilterRow {
    fn run(&self, takes: &Takes, value: &Value, kwargs: &Kwargs) -> Result<Value, Error> {
        let arguments = Arguments::checked(self.name, takes, kwargs);
        self.apply(
            value,
            &arguments.map_err(|problem| Refusal::from(problem).send())?,
        )
    }

    /// Applies it for the render that runs on this thread.
    pub(super) fn apply(&self, value: &Value, arguments: &Arguments<'_>) -> Result<Value, Error> {
        (self.call)(value, arguments, &scope::current()).map_err(|refusal| refusal.send())
    }
}

/// The text that a filter was given.
fn text_of<'v>(value: &'v Value, filter: &str) -> Result<&'v str, Message> {
    value
        .as_str()
        .ok_or_else(|| needs(filter, say::text(), value))
}

fn needs(filter: &str, what: Message, value: &Value) -> Message {
    say::filter_needs(filter, what, kind(value.name()))
}

/// The language that `lang` names, else that of the page.
fn language<'s>(arguments: &Arguments<'s>, scope: &'s Scope) -> Result<&'s str, Message> {
    match arguments.optional_text("lang")? {
        Some(code) => Ok(code),
        None => Ok(&scope.reader.config().language(scope.lang).code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_something() {
        let names: Vec<&str> = FILTERS.iter().map(|row| row.name).collect();
        assert!(names.is_sorted());
        assert!(FILTERS.iter().all(|row| row.meaning.ends_with('.')));
    }
}
