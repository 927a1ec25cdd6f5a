//! Passages of templates that are the same in all outputs of a language, such as a footer, those
//! that are the same for all pages that see the same of the menus, and those that are the same for a
//! page in all lists. They are rendered once, and kept as text.
//!
//! A passage is kept if it reads nothing but the settings, the language and those menus or that
//! page, and calls nothing that looks at the page around it ([`Sees`](super::scope::Sees)). What it asks is a part
//! of the trace of every output that shows it, as with every shared value. Where something goes
//! wrong nothing is kept: [`Engine`](super::Engine) then renders the templates as they were
//! written, and reports what that finds.

mod cut;
mod judge;
mod leaks;
mod search;
mod settled;
#[cfg(test)]
mod tests;

use tera::{Context, Error, Kwargs, State, Tera, Value};

use crate::config::Lang;
use crate::world::{Reader, Variable};

use super::scope::{self, Scope};
use super::shapes::Shapes;

/// What courant is called in its output.
const GENERATOR: &str = concat!("courant ", env!("CARGO_PKG_VERSION"));

/// How many pages a site may have of which the texts in lists are kept. Of more they do not fit into
/// the caches of a processor, and to fetch one takes as long as to make it. Where assertions are
/// checked it is so few that tests meet larger sites, too.
const PAGES: usize = match cfg!(debug_assertions) {
    true => 16,
    false => 1 << 14,
};

/// The names of the variables that are the same in all outputs of a language.
const COMMON: &[&str] = &["config", "generator", "lang"];

/// The name of the one that is the same in many of them.
const MENUS: &str = "current_menus";

/// Those variables.
pub(crate) fn common_variables(shapes: &Shapes, reader: &Reader, lang: Lang) -> Context {
    let mut context = Context::new();
    let code = reader.config().language(lang).code.as_str();
    context.insert_value("config", shapes.config(reader, lang));
    context.insert_value("lang", code.into());
    if reader.shows(Variable::Generator) {
        context.insert_value("generator", GENERATOR.into());
    }
    context
}

/// Adds the templates of a site of so many pages to tera, with calls in the place of passages that
/// can be kept; the flag says whether there are any.
///
/// # Errors
/// If tera does not take them, which may be for the sake of the calls.
pub(super) fn add<'t>(
    tera: &mut Tera,
    texts: impl Iterator<Item = (&'t str, &'t str)>,
    prefixes: &[String],
    pages: usize,
) -> Result<bool, Error> {
    let whole: Vec<(&str, &str)> = texts.collect();
    let cut = cut::cut(&whole, prefixes, pages <= PAGES);
    let mut templates: Vec<(String, &str)> = whole
        .iter()
        .map(|(name, text)| ((*name).to_owned(), *text))
        .collect();
    for (at, text) in &cut.templates {
        templates[*at].1 = text;
    }
    for (number, fragment) in cut.fragments.iter().enumerate() {
        let name = call_name(number);
        match fragment.entry.clone() {
            None => {
                let call = move |_: Kwargs, state: &State<'_>| kept(number, None, state);
                tera.register_function(name, call);
            }
            Some(entry) => {
                let call = move |page: &Value, _: Kwargs, state: &State<'_>| {
                    kept(number, Some((&entry, page)), state)
                };
                tera.register_filter::<_, &Value, _>(name, call);
            }
        }
        templates.push((template_name(number), &fragment.text));
    }
    for (number, call) in cut.calls.iter().enumerate() {
        settled::register(tera, number, call);
    }
    tera.add_raw_templates(templates)?;
    Ok(!cut.templates.is_empty())
}

/// What stands in a template in a passage's stead.
fn call_name(number: usize) -> String {
    format!("__fragment_{number}")
}

/// What tera knows a passage by: no file's name, and one of which it escapes what is printed.
fn template_name(number: usize) -> String {
    format!("fragment:{number}.html")
}

/// The page or the menus that a passage shows, with their name.
type Entry<'e> = (&'e str, &'e Value);

fn kept(number: usize, entry: Option<Entry<'_>>, state: &State<'_>) -> Result<Value, Error> {
    if !state.autoescaping_enabled() {
        return Err(Error::message("it was rendered to be escaped"));
    }
    let scope = scope::current();
    let render = |reader: &Reader| rendered(number, entry, reader, &scope);
    let (fragment, reader) = ((number, scope.lang), &scope.reader);
    match entry {
        None => scope.shapes.fragment(reader, fragment, render),
        Some((_, page)) => scope.shapes.fragment_of(reader, fragment, page, render),
    }
}

fn rendered(
    number: usize,
    entry: Option<Entry<'_>>,
    reader: &Reader,
    scope: &Scope,
) -> Result<Value, Error> {
    let mut context = common_variables(&scope.shapes, reader, scope.lang);
    if let Some((name, page)) = entry {
        context.insert_value(name.to_owned(), page.clone());
    }
    let of_no_page = Scope {
        reader: reader.clone(),
        shapes: scope.shapes.clone(),
        tera: scope.tera.clone(),
        lang: scope.lang,
        node: None,
    };
    let text = scope::enter(of_no_page, || {
        scope.tera.render(&template_name(number), &context)
    });
    Ok(Value::safe_string(&text?))
}
