//! Pages, sections and data files by their paths.

use tera::Value;

use crate::site::NodeId;

use super::super::arguments::Arguments;
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_page(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let id = find(arguments, scope, "page")?;
    Ok(match arguments.flag("metadata_only")? {
        true => scope.shapes.card(&scope.reader, id),
        false => shapes::full(&scope.shapes, &scope.reader, id).into(),
    })
}

pub(super) fn get_section(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let id = find(arguments, scope, "section")?;
    if !scope.reader.page(id).is_section {
        let path = arguments.text("path")?;
        return Err(format!(
            "`{path}` is an article, not a section\nUse `get_page` for it."
        ));
    }
    Ok(match arguments.flag("metadata_only")? {
        true => scope.shapes.card(&scope.reader, id),
        false => shapes::section_with_pages(&scope.shapes, &scope.reader, id).into(),
    })
}

fn find(arguments: &Arguments<'_>, scope: &Scope, what: &str) -> Result<NodeId, String> {
    let path = arguments.text("path")?;
    let lang = language(arguments, scope)?;
    let named = match path.ends_with(".md") {
        true => path.to_owned(),
        false => format!("{}/_index.md", path.trim_end_matches('/')),
    };
    scope.reader.find_node(&named, lang).ok_or_else(|| {
        format!("there is no {what} `{path}`\nName it by its path below `content/`, for example `news/_index.md`.")
    })
}

pub(super) fn load_data(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let path = arguments.text("path")?;
    let format = arguments.optional_text("format")?;
    let is_required = arguments.optional_flag("required")?.unwrap_or(true);
    match scope.shapes.data(&scope.reader, path, format) {
        Err(_) if !is_required => Ok(Value::none()),
        read => read,
    }
}
