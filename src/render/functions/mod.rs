//! The functions that templates have besides tera's own.

mod content;
mod images;
mod links;
mod taxonomies;
mod words;

use tera::{Error, Kwargs, State, Tera, Value};

use crate::config::Lang;
use crate::diagnostic::nearest;
use crate::message::say;

use super::arguments::{Arguments, Refusal, Takes};
use super::names::OF_TERA_FUNCTIONS;
use super::scope::{self, Scope, Sees};

/// A function.
pub struct FunctionRow {
    /// Its name.
    pub name: &'static str,
    /// Its arguments: `?` after one that may be left out, `=` before what it then is, `…` where
    /// any others may follow.
    pub arguments: &'static str,
    /// What it gives.
    pub meaning: &'static str,
    sees: Sees,
    call: FunctionCall,
}

type FunctionCall = fn(&Arguments<'_>, &Scope) -> Result<Value, Refusal>;

macro_rules! rows {
    ($($name:literal ($arguments:literal) $call:path [$sees:ident]: $meaning:literal,)*) => {
        /// Every function, by name.
        pub const FUNCTIONS: &[FunctionRow] = &[
            $(FunctionRow {
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
    "get_hash" ("path?, literal?, sha_type=384, base64=true") links::get_hash [Page]: "The SHA-256, SHA-384 or SHA-512 of a file or a text.",
    "get_image_metadata" ("path") images::get_image_metadata [Page]: "`width`, `height`, `format` and `mime` of an image.",
    "get_page" ("path, lang?, metadata_only=false") content::get_page [Site]: "A page with its content; its card with `metadata_only`.",
    "get_section" ("path, lang?, metadata_only=false") content::get_section [Site]: "A section with its content and all its pages; its card with `metadata_only`.",
    "get_taxonomy" ("kind, lang?") taxonomies::get_taxonomy [Site]: "A taxonomy with its `terms`.",
    "get_taxonomy_term" ("kind, term, lang?, include_pages=true, required=true") taxonomies::get_taxonomy_term [Site]: "A term with its pages; null for an unknown one that is not required.",
    "get_taxonomy_url" ("kind, term?, name?, lang?") taxonomies::get_taxonomy_url [Site]: "The path of a term's page.",
    "get_url" ("path, lang?, cachebust=false, trailing_slash=false") links::get_url [Site]: "The path of a page (`@/a.md`), a file of `static/` or any other output; with `cachebust` it changes when the file does.",
    "load_data" ("path, format?, required=true") content::load_data [Site]: "The content of a YAML, TOML, JSON or CSV file of the site; null for a missing one that is not required.",
    "now" ("timestamp=false") words::now [Site]: "The instant of the build, as RFC 3339 or as seconds since 1970.",
    "resize_image" ("path, width?, height?, op?, format=auto, quality=75") images::resize_image [Page]: "A smaller copy of an image: `url`, `width`, `height`, `orig_width`, `orig_height`.",
    "trans" ("key, n?, lang?, …") words::trans [Site]: "A string of the theme; `n` chooses between one and several, and every `{name}` in it is replaced by the argument of that name.",
}

/// Gives all functions to tera.
pub(super) fn register(tera: &mut Tera) {
    for row in FUNCTIONS {
        let takes = Takes::read(row.arguments);
        let call = move |kwargs: Kwargs, _: &State<'_>| row.run(&takes, &kwargs);
        tera.register_function(row.name, call);
    }
}

/// The function of a name, if it takes all of some arguments.
pub(super) fn taking<'a>(
    name: &str,
    mut arguments: impl Iterator<Item = &'a str>,
) -> Option<&'static FunctionRow> {
    let row = FUNCTIONS.iter().find(|row| row.name == name)?;
    let takes = Takes::read(row.arguments);
    arguments.all(|name| takes.has(name)).then_some(row)
}

/// Whether a function gives the same for every page of a language.
pub(super) fn sees_no_page(name: &str) -> bool {
    match FUNCTIONS.iter().find(|row| row.name == name) {
        Some(row) => row.sees == Sees::Site,
        None => OF_TERA_FUNCTIONS.contains(&name),
    }
}

impl FunctionRow {
    fn run(&self, takes: &Takes, kwargs: &Kwargs) -> Result<Value, Error> {
        let arguments = Arguments::checked(self.name, takes, kwargs);
        self.call(&arguments.map_err(|problem| Refusal::from(problem).send())?)
    }

    /// Calls it for the render that runs on this thread.
    pub(super) fn call(&self, arguments: &Arguments<'_>) -> Result<Value, Error> {
        (self.call)(arguments, &scope::current()).map_err(|refusal| refusal.send())
    }
}

/// The language that `lang` names, else that of the output.
fn language(arguments: &Arguments<'_>, scope: &Scope) -> Result<Lang, Refusal> {
    let Some(code) = arguments.optional_text("lang")? else {
        return Ok(scope.lang);
    };
    let config = scope.reader.config();
    config.lang(code).ok_or_else(|| {
        let known = config
            .languages
            .iter()
            .map(|language| language.code.as_str());
        Refusal {
            message: say::no_language(code),
            hint: nearest(code, known).map(say::did_you_mean),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_something() {
        let names: Vec<&str> = FUNCTIONS.iter().map(|row| row.name).collect();
        assert!(names.is_sorted());
        assert!(FUNCTIONS.iter().all(|row| row.meaning.ends_with('.')));
    }
}
