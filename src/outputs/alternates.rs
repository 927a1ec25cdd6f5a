//! The same in other languages: where the language switch of a page leads.

use crate::config::Lang;
use crate::path::UrlPath;
use crate::render::shapes::{Record, taxonomy_title};
use crate::render::{Context, Value};
use crate::site::{NodeId, TermId};
use crate::world::Variable;

use super::Task;

/// What stands in for an output in one language.
pub(super) struct Version {
    title: String,
    url: UrlPath,
    /// Whether it is the same thing, and not merely near it.
    is_exact: bool,
    /// Whether search engines are told of it.
    is_listed: bool,
}

/// Adds the versions of an output to what its template sees.
pub(super) fn put(
    task: &Task<'_>,
    context: &mut Context,
    own: Lang,
    version: impl Fn(Lang) -> Version,
) {
    let make = || alternates(task, own, version);
    task.put(context, Variable::Alternates, make);
}

/// One entry for each language, the output's own included; none on a site of one language.
fn alternates(task: &Task<'_>, own: Lang, version: impl Fn(Lang) -> Version) -> Value {
    let config = task.reader.config();
    if config.languages.len() < 2 {
        return Vec::<Value>::new().into();
    }
    let versions: Vec<Version> = config.langs().map(version).collect();
    let own_is_listed = versions[own.index()].is_listed;
    let entries = config.langs().zip(versions).map(|(lang, mut found)| {
        if lang == own {
            found.url = task.route.url.clone();
            found.is_exact = true;
        }
        let language = config.language(lang);
        let mut entry = Record::with_room(8);
        entry.set("lang", language.code.as_str());
        entry.set("label", language.label.as_str());
        entry.set("title", found.title);
        entry.set("path", config.href(&found.url));
        entry.set("permalink", config.permalink(&found.url));
        entry.set("current", lang == own);
        entry.set("exact", found.is_exact);
        let is_listed = found.is_exact && found.is_listed && own_is_listed;
        entry.set("listed", is_listed);
        Value::from(entry)
    });
    entries.collect::<Vec<Value>>().into()
}

/// Further pages of a list have no counterpart: lists of other languages break elsewhere.
pub(super) fn of_node(task: &Task<'_>, id: NodeId, pager: usize, lang: Lang) -> Version {
    let (found, is_exact) = task.reader.nearest_in_language(id, lang);
    let node = task.reader.crumb(found);
    Version {
        title: node.title.to_owned(),
        url: node.url.clone(),
        is_exact: is_exact && pager == 1,
        // Of what is merely near nobody is told.
        is_listed: is_exact && task.reader.is_listed(found),
    }
}

pub(super) fn of_term(task: &Task<'_>, id: TermId, pager: usize, lang: Lang) -> Version {
    let term = task.reader.term(id);
    let translations = task.reader.term_translations(id).iter().copied();
    let mut versions = translations.chain([id]).map(|id| task.reader.term(id));
    match versions.find(|version| version.lang == lang) {
        Some(version) => Version {
            title: version.name.to_owned(),
            url: version.url.clone(),
            is_exact: pager == 1,
            is_listed: true,
        },
        None => Version {
            is_exact: false,
            ..of_taxonomy(task, term.taxonomy, lang)
        },
    }
}

pub(super) fn of_taxonomy(task: &Task<'_>, index: usize, lang: Lang) -> Version {
    match task.reader.taxonomy(index, lang) {
        Some(url) => Version {
            title: taxonomy_title(task.reader, index, lang),
            url: url.clone(),
            is_exact: true,
            is_listed: true,
        },
        None => home(task, lang),
    }
}

pub(super) fn of_archive(task: &Task<'_>, year: Option<i32>, lang: Lang) -> Version {
    let Some(archive) = task.reader.archive(lang) else {
        return home(task, lang);
    };
    let title = task.reader.string(lang, "archive");
    let code = &task.reader.config().language(lang).code;
    let title = title
        .map_or("archive", |text| text.for_number(code, None))
        .to_owned();
    match year {
        None => Version {
            title,
            url: archive,
            is_exact: true,
            is_listed: true,
        },
        Some(year) => match task
            .reader
            .years(lang)
            .iter()
            .any(|(known, _)| *known == year)
        {
            true => Version {
                title: year.to_string(),
                url: archive.child(&format!("{year}/")),
                is_exact: true,
                is_listed: true,
            },
            false => Version {
                title,
                url: archive,
                is_exact: false,
                is_listed: true,
            },
        },
    }
}

pub(super) fn home(task: &Task<'_>, lang: Lang) -> Version {
    let id = task.reader.home(lang);
    let node = task.reader.crumb(id);
    Version {
        title: node.title.to_owned(),
        url: node.url.clone(),
        is_exact: false,
        is_listed: task.reader.is_listed(id),
    }
}
