//! Taxonomies and terms by their names.

use tera::Value;

use crate::diagnostic::nearest;
use crate::message::{Argument, say};
use crate::site::TermId;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_taxonomy(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let index = kind(arguments, scope)?;
    let lang = language(arguments, scope)?;
    let mut taxonomy = shapes::taxonomy(&scope.reader, index, lang);
    let terms = scope.reader.terms_in(index, lang);
    let terms = shapes::counted_terms(&scope.shapes, &scope.reader, terms);
    taxonomy.set("items", terms.clone());
    taxonomy.set("terms", terms);
    Ok(taxonomy.into())
}

pub(super) fn get_taxonomy_term(
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let with_pages = arguments.optional_flag("include_pages")?.unwrap_or(true);
    let is_required = arguments.optional_flag("required")?.unwrap_or(true);
    let name = arguments.text("term")?;
    match term(arguments, scope, name) {
        Ok(id) if with_pages => Ok(shapes::term_with_pages(&scope.shapes, &scope.reader, id)),
        Ok(id) => Ok(shapes::counted_term(&scope.shapes, &scope.reader, id).into()),
        Err(_) if !is_required => Ok(Value::none()),
        Err(problem) => Err(problem),
    }
}

pub(super) fn get_taxonomy_url(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let name = match arguments.optional_text("name")? {
        Some(name) => name,
        None => arguments.text("term")?,
    };
    let id = term(arguments, scope, name)?;
    let url = scope.reader.term(id).url;
    Ok(scope.reader.config().href(url).into())
}

fn kind(arguments: &Arguments<'_>, scope: &Scope) -> Result<usize, Refusal> {
    let kind = arguments.text("kind")?;
    let config = scope.reader.config();
    config.taxonomy(kind).ok_or_else(|| {
        let known: Vec<&str> = config
            .taxonomies
            .iter()
            .map(|taxonomy| &*taxonomy.name)
            .collect();
        Refusal::new(say::no_taxonomy(kind), say::it_has(Argument::quoted(known)))
    })
}

/// By its name in the language, its id, or its part of the address.
fn term(arguments: &Arguments<'_>, scope: &Scope, wanted: &str) -> Result<TermId, Refusal> {
    let index = kind(arguments, scope)?;
    let lang = language(arguments, scope)?;
    let found = scope.reader.find_term(index, lang, wanted);
    found.ok_or_else(|| {
        let known = scope.reader.terms_in(index, lang);
        let names = known.iter().map(|id| scope.reader.term(*id).name);
        let taxonomy = &scope.reader.config().taxonomies[index].name;
        Refusal {
            message: say::no_term(wanted, taxonomy),
            hint: nearest(wanted, names).map(say::did_you_mean),
        }
    })
}
