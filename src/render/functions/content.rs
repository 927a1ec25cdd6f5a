//! Pages, sections and data files by their paths.

use tera::Value;

use crate::message::{Message, say};
use crate::site::NodeId;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_page(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let id = find(arguments, scope, say::no_page)?;
    Ok(match arguments.flag("metadata_only")? {
        true => scope.shapes.card(&scope.reader, id),
        false => shapes::full(&scope.shapes, &scope.reader, id).into(),
    })
}

pub(super) fn get_section(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let id = find(arguments, scope, say::no_section)?;
    if !scope.reader.page(id).is_section {
        let path = arguments.text("path")?;
        return Err(Refusal::new(say::is_article(path), say::use_get_page()));
    }
    Ok(match arguments.flag("metadata_only")? {
        true => scope.shapes.card(&scope.reader, id),
        false => shapes::section_with_pages(&scope.shapes, &scope.reader, id).into(),
    })
}

fn find(
    arguments: &Arguments<'_>,
    scope: &Scope,
    missing: fn(String) -> Message,
) -> Result<NodeId, Refusal> {
    let path = arguments.text("path")?;
    let lang = language(arguments, scope)?;
    let named = match path.ends_with(".md") {
        true => path.to_owned(),
        false => format!("{}/_index.md", path.trim_end_matches('/')),
    };
    scope
        .reader
        .find_node(&named, lang)
        .ok_or_else(|| Refusal::new(missing(path.to_owned()), say::name_by_path()))
}

pub(super) fn load_data(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let path = arguments.text("path")?;
    let format = arguments.optional_text("format")?;
    let is_required = arguments.optional_flag("required")?.unwrap_or(true);
    match scope.shapes.data(&scope.reader, path, format) {
        Err(_) if !is_required => Ok(Value::none()),
        read => Ok(read?),
    }
}
