//! Pages, sections and data files by their paths.

use tera::Value;

use crate::config::Lang;
use crate::message::say;
use crate::site::NodeId;
use crate::world::Reader;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_page(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let named = Named::by(arguments, scope, false)?;
    if arguments.flag("metadata_only")? {
        return named.card(scope);
    }
    let id = named.find(&scope.reader)?;
    Ok(shapes::full(&scope.shapes, &scope.reader, id).into())
}

pub(super) fn get_section(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let named = Named::by(arguments, scope, true)?;
    if arguments.flag("metadata_only")? {
        return named.card(scope);
    }
    let id = named.find(&scope.reader)?;
    Ok(shapes::section_with_pages(&scope.shapes, &scope.reader, id).into())
}

/// A page or section as a template names it.
struct Named<'a> {
    /// Whether an article will not do.
    is_section: bool,
    path: &'a str,
    lang: Lang,
}

impl<'a> Named<'a> {
    fn by(arguments: &Arguments<'a>, scope: &Scope, is_section: bool) -> Result<Self, Refusal> {
        Ok(Self {
            is_section,
            path: arguments.text("path")?,
            lang: language(arguments, scope)?,
        })
    }

    fn find(&self, reader: &Reader) -> Result<NodeId, Refusal> {
        let path = self.path;
        let named = match path.ends_with(".md") {
            true => path.to_owned(),
            false => format!("{}/_index.md", path.trim_end_matches('/')),
        };
        let missing = || match self.is_section {
            true => say::no_section(path),
            false => say::no_page(path),
        };
        let id = reader
            .find_node(&named, self.lang)
            .ok_or_else(|| Refusal::new(missing(), say::name_by_path()))?;
        match self.is_section && !reader.page(id).is_section {
            true => Err(Refusal::new(say::is_article(path), say::use_get_page())),
            false => Ok(id),
        }
    }

    /// Its card, which menus ask for on every page.
    fn card(&self, scope: &Scope) -> Result<Value, Refusal> {
        let find = |reader: &Reader| self.find(reader);
        let Scope { reader, shapes, .. } = scope;
        shapes.card_at(reader, (self.is_section, self.lang), self.path, &find)
    }
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
