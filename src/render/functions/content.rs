//! Pages, sections and data files by their paths.

use tera::Value;

use crate::config::Lang;
use crate::site::NodeId;
use crate::world::Reader;

use super::super::arguments::Arguments;
use super::super::scope::Scope;
use super::super::shapes;
use super::language;

pub(super) fn get_page(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let named = Named::by(arguments, scope, "page")?;
    if arguments.flag("metadata_only")? {
        return named.card(scope);
    }
    let id = named.find(&scope.reader)?;
    Ok(shapes::full(&scope.shapes, &scope.reader, id).into())
}

pub(super) fn get_section(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, String> {
    let named = Named::by(arguments, scope, "section")?;
    if arguments.flag("metadata_only")? {
        return named.card(scope);
    }
    let id = named.find(&scope.reader)?;
    Ok(shapes::section_with_pages(&scope.shapes, &scope.reader, id).into())
}

/// A page or section as a template names it.
struct Named<'a> {
    what: &'static str,
    path: &'a str,
    lang: Lang,
}

impl<'a> Named<'a> {
    fn by(arguments: &Arguments<'a>, scope: &Scope, what: &'static str) -> Result<Self, String> {
        Ok(Self {
            what,
            path: arguments.text("path")?,
            lang: language(arguments, scope)?,
        })
    }

    fn find(&self, reader: &Reader) -> Result<NodeId, String> {
        let Self { what, path, lang } = *self;
        let named = match path.ends_with(".md") {
            true => path.to_owned(),
            false => format!("{}/_index.md", path.trim_end_matches('/')),
        };
        let id = reader.find_node(&named, lang).ok_or_else(|| {
            format!("there is no {what} `{path}`\nName it by its path below `content/`, for example `news/_index.md`.")
        })?;
        match what == "section" && !reader.page(id).is_section {
            true => Err(format!(
                "`{path}` is an article, not a section\nUse `get_page` for it."
            )),
            false => Ok(id),
        }
    }

    /// Its card, which menus ask for on every page.
    fn card(&self, scope: &Scope) -> Result<Value, String> {
        let find = |reader: &Reader| self.find(reader);
        let Scope { reader, shapes, .. } = scope;
        shapes.card_at(reader, (self.what, self.lang), self.path, &find)
    }
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
