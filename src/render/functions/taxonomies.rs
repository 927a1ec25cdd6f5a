//! Taxonomies and terms by their names.

use tera::Value;

use crate::diagnostic::nearest;
use crate::site::TermId;

use super::super::arguments::{Arguments, quoted};
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_taxonomy(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let index = kind(arguments, scope)?;
    let lang = language(arguments, scope)?;
    let mut taxonomy = shapes::taxonomy(&scope.reader, index, lang);
    let terms = scope.reader.terms_in(index, lang);
    let terms = shapes::counted_terms(&scope.shapes, &scope.reader, terms);
    taxonomy.set("items", terms.clone());
    taxonomy.set("terms", terms);
    Ok(taxonomy.into())
}

pub(super) fn get_taxonomy_term(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
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

pub(super) fn get_taxonomy_url(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let name = match arguments.optional_text("name")? {
        Some(name) => name,
        None => arguments.text("term")?,
    };
    let id = term(arguments, scope, name)?;
    let url = scope.reader.term(id).url;
    Ok(scope.reader.config().href(url).into())
}

fn kind(arguments: &Arguments<'_>, scope: &Scope) -> Result<usize, String> {
    let kind = arguments.text("kind")?;
    let config = scope.reader.config();
    config.taxonomy(kind).ok_or_else(|| {
        let known: Vec<&str> = config
            .taxonomies
            .iter()
            .map(|taxonomy| &*taxonomy.name)
            .collect();
        format!(
            "the site has no taxonomy `{kind}`\nIt has {}.",
            quoted(&known)
        )
    })
}

/// By its name in the language, its id, or its part of the address.
fn term(arguments: &Arguments<'_>, scope: &Scope, wanted: &str) -> Result<TermId, String> {
    let index = kind(arguments, scope)?;
    let lang = language(arguments, scope)?;
    let found = scope.reader.find_term(index, lang, wanted);
    found.ok_or_else(|| {
        let known = scope.reader.terms_in(index, lang);
        let names = known.iter().map(|id| scope.reader.term(*id).name);
        let hint = nearest(wanted, names)
            .map_or(String::new(), |near| format!("\nDid you mean `{near}`?"));
        format!(
            "no page has `{wanted}` as its `{}`{hint}",
            scope.reader.config().taxonomies[index].name
        )
    })
}
