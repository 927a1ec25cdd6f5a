//! The taxonomies a site declares.

use crate::data::{Fields, Step, Value};
use crate::message::say;

/// In which order the terms of a taxonomy are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum TermOrder {
    /// By name.
    #[default]
    Name,
    /// The term with the most articles first.
    Count,
}

impl TermOrder {
    /// The values of `sort_by` of a taxonomy.
    pub const ALL: &[(&str, Self)] = &[("name", Self::Name), ("count", Self::Count)];
}

/// One taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TaxonomySettings {
    /// Its name, which is also its part of the address and its key in front matter.
    pub name: String,
    /// Articles on a page of a term's list; `None`: as everywhere.
    pub paginate_by: Option<usize>,
    /// Whether its terms have feeds; `None`: as everywhere.
    pub feed: Option<bool>,
    /// The order of its terms.
    pub sort_by: TermOrder,
}

impl TaxonomySettings {
    /// A taxonomy with nothing but its name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            paginate_by: None,
            feed: None,
            sort_by: TermOrder::default(),
        }
    }
}

/// Reads `taxonomies`.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<TaxonomySettings> {
    let Some(items) = fields.list("taxonomies") else {
        return ["author", "category", "tags"]
            .map(TaxonomySettings::named)
            .into();
    };
    let mut taxonomies: Vec<TaxonomySettings> = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let steps = [Step::Key("taxonomies".into()), Step::Index(index)];
        let taxonomy = match item {
            Value::Map(map) => fields.within(&steps, map, one),
            other => fields.as_text(&steps, other).map(TaxonomySettings::named),
        };
        let Some(taxonomy) = taxonomy else { continue };
        let legal = !taxonomy.name.is_empty()
            && taxonomy
                .name
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        if !legal {
            fields.invalid::<()>(
                &steps,
                say::no_taxonomy_name(&taxonomy.name),
                say::taxonomy_letters(),
            );
        } else if taxonomies.iter().any(|known| known.name == taxonomy.name) {
            fields.invalid::<()>(&steps, say::taxonomy_twice(&taxonomy.name), say::keep_one());
        } else {
            taxonomies.push(taxonomy);
        }
    }
    taxonomies
}

fn one(fields: &mut Fields<'_>) -> Option<TaxonomySettings> {
    let name = fields.text("name");
    let paginate_by = fields.count("paginate_by");
    let feed = fields.flag("feed");
    let sort_by = fields.choice("sort_by", TermOrder::ALL).unwrap_or_default();
    let Some(name) = name else {
        return fields.invalid(&[], say::taxonomy_without_name(), say::write_name());
    };
    Some(TaxonomySettings {
        name,
        paginate_by,
        feed,
        sort_by,
    })
}
