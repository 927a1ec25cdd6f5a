//! Names in front matter → terms of taxonomies, in every language.

use std::collections::BTreeMap;

use ahash::AHashMap;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::config::{Config, Lang};
use crate::data::{Fields, Map, Step, Value};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::SourcePath;
use crate::slug::slug;

use super::{NodeId, SiteGraph, Taxonomy, Term, TermId};

/// What a data file says of a term, in one language.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize, Deserialize)]
pub struct TermData {
    /// `department`, `person` or another word.
    pub kind: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
    /// Its own site.
    pub url: Option<String>,
    /// Markdown.
    pub text: Option<String>,
    /// The data file.
    pub source: Option<SourcePath>,
    /// Free values.
    #[serde(with = "crate::data::stored")]
    pub extra: Map,
}

/// The keys of a term in its data file: name, form, meaning.
pub const TERM_KEYS: &[(&str, &str, &str)] = &[
    ("name", "text, or texts by language", "What readers see"),
    (
        "slug",
        "text",
        "Its part of the address; else made from the id",
    ),
    (
        "kind",
        "`department`, `person` or another word",
        "What it is",
    ),
    ("email", "an address", "Where to write to"),
    ("url", "an address", "Its own site"),
    (
        "text",
        "Markdown, or Markdown by language",
        "Shown on its page",
    ),
    ("extra", "anything", "Free values for templates"),
];

/// The data files that may describe a taxonomy's terms, the usual name first.
pub fn data_files(taxonomy: &str) -> Vec<String> {
    let names: &[&str] = match taxonomy {
        "author" => &["authors", "author"],
        "category" => &["category", "categories"],
        other => &[other],
    };
    names
        .iter()
        .map(|name| format!("data/{name}.yaml"))
        .collect()
}

/// One entry of a data file.
struct Entry {
    id: String,
    slug: Option<String>,
    names: Vec<(Option<Lang>, String)>,
    texts: Vec<(Option<Lang>, String)>,
    data: TermData,
}

/// Gathers the terms of all nodes and the lists of their articles.
pub(super) fn gather(
    graph: &mut SiteGraph,
    files: Vec<(SourcePath, Value)>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) {
    let books: Vec<Book> = config
        .taxonomies
        .iter()
        .map(|taxonomy| Book::read(&taxonomy.name, &files, config, problems))
        .collect();
    let mut shelf = Shelf::default();
    for id in graph.ids() {
        let written = graph.nodes[id.index()].loose_terms.take();
        let mut terms = vec![Vec::new(); config.taxonomies.len()];
        let mut loose = Vec::new();
        for (taxonomy, names) in written {
            let Some(index) = config.taxonomy(&taxonomy) else {
                loose.push((taxonomy, names));
                continue;
            };
            for name in names {
                let term = shelf.term(graph, index, &books[index], &name, id, config, problems);
                if !terms[index].contains(&term) {
                    terms[index].push(term);
                }
            }
        }
        let node = &mut graph.nodes[id.index()];
        node.loose_terms = loose.into();
        let is_section = node.is_section;
        let terms: Box<[TermId]> = terms.into_iter().flatten().collect();
        for term in terms.iter().filter(|_| !is_section) {
            graph.terms[term.index()].pages.push(id);
        }
        graph.nodes[id.index()].terms = terms;
    }
    graph.taxonomies = taxonomies(graph, config);
    graph.by_name = by_name(graph);
    tie_translations(graph);
}

/// The terms of a page.
#[derive(Clone, Copy, Debug)]
pub struct TermsOf<'g> {
    /// In the configuration's order of taxonomies.
    pub(super) ids: &'g [TermId],
    /// Those of the site.
    pub(super) terms: &'g [Term],
}

impl<'g> TermsOf<'g> {
    /// All of them, in the configuration's order of taxonomies.
    pub fn all(self) -> &'g [TermId] {
        self.ids
    }

    /// Those of a taxonomy, as they were written.
    pub fn of_taxonomy(self, taxonomy: usize) -> &'g [TermId] {
        let of = |id: &TermId| self.terms[id.index()].taxonomy;
        let start = self.ids.partition_point(|id| of(id) < taxonomy);
        let rest = &self.ids[start..];
        &rest[..rest.partition_point(|id| of(id) == taxonomy)]
    }
}

/// The entries of one taxonomy, found by id or by any of their names.
#[derive(Default)]
struct Book {
    entries: Vec<Entry>,
    by_name: AHashMap<String, usize>,
}

impl Book {
    fn read(
        taxonomy: &str,
        files: &[(SourcePath, Value)],
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut book = Self::default();
        let wanted = data_files(taxonomy);
        for (path, value) in files {
            if !wanted.iter().any(|file| file == path.as_str()) {
                continue;
            }
            let Value::Map(map) = value else {
                let message = say::not_ids(value.kind());
                problems.push(
                    Diagnostic::new(Code::WrongType, path, Spot::File, message)
                        .help(say::write_ids()),
                );
                continue;
            };
            let mut fields = Fields::new(path, map.clone(), problems);
            for (id, value) in fields.rest() {
                let mut entry = entry(&mut fields, id, value, config);
                entry.data.source = Some(path.clone());
                let at = book.entries.len();
                book.by_name.insert(fold(&entry.id), at);
                for (_, name) in &entry.names {
                    book.by_name.entry(fold(name)).or_insert(at);
                }
                book.entries.push(entry);
            }
        }
        book
    }
}

fn entry(fields: &mut Fields<'_>, id: String, value: Value, config: &Config) -> Entry {
    let steps = [Step::Key(id.clone())];
    let mut entry = Entry {
        id,
        slug: None,
        names: Vec::new(),
        texts: Vec::new(),
        data: TermData::default(),
    };
    match value {
        Value::Null => {}
        Value::String(name) => entry.names.push((None, name)),
        Value::Map(map) => fields.within(&steps, map, |fields| {
            entry.names = by_language(fields, "name", config);
            entry.slug = fields.text("slug");
            entry.data.kind = fields.text("kind");
            entry.data.email = fields.text("email");
            entry.data.url = fields.text("url");
            entry.texts = by_language(fields, "text", config);
            entry.data.extra = fields.map("extra").unwrap_or_default();
        }),
        other => {
            fields.wrong::<()>(&steps, &other, say::term_entry());
        }
    }
    entry
}

/// `name: A` or `name: {en: A, zh: 甲}`.
fn by_language(fields: &mut Fields<'_>, key: &str, config: &Config) -> Vec<(Option<Lang>, String)> {
    match fields.take(key) {
        None => Vec::new(),
        Some(Value::Map(map)) => {
            let mut texts = Vec::new();
            for (code, value) in map {
                let steps = [Step::Key(key.into()), Step::Key(code.clone())];
                match config.lang(&code) {
                    Some(lang) => {
                        texts.extend(fields.as_text(&steps, value).map(|text| (Some(lang), text)));
                    }
                    None => {
                        let message = say::no_language(&code);
                        let help = say::use_config_language();
                        fields.report::<()>(
                            Code::UnknownLanguage,
                            Spot::Key,
                            &steps,
                            message,
                            help,
                        );
                    }
                }
            }
            texts
        }
        Some(other) => fields
            .as_text(&[Step::Key(key.into())], other)
            .map(|text| vec![(None, text)])
            .unwrap_or_default(),
    }
}

/// The text for a language: its own, else the one for all, else the first.
fn in_language(texts: &[(Option<Lang>, String)], lang: Lang) -> Option<&String> {
    let find = |wanted: Option<Lang>| texts.iter().find(|(lang, _)| *lang == wanted);
    find(Some(lang))
        .or_else(|| find(None))
        .or_else(|| texts.first())
        .map(|(_, text)| text)
}

/// Names that differ in case, width of spaces or composition are one term.
fn fold(name: &str) -> String {
    let composed: String = name.nfkc().collect::<String>().to_lowercase();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Shelf {
    /// By what was written: most names are written the same many times.
    written: AHashMap<(usize, Lang), AHashMap<String, TermId>>,
    known: AHashMap<(usize, Lang, String), TermId>,
    by_slug: AHashMap<(usize, Lang, String), (TermId, NodeId)>,
}

impl Shelf {
    #[expect(
        clippy::too_many_arguments,
        reason = "one step of the fold over all nodes"
    )]
    fn term(
        &mut self,
        graph: &mut SiteGraph,
        taxonomy: usize,
        book: &Book,
        written: &str,
        user: NodeId,
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) -> TermId {
        let lang = graph.node(user).lang;
        let written_before = self.written.get(&(taxonomy, lang));
        if let Some(term) = written_before.and_then(|written_before| written_before.get(written)) {
            return *term;
        }
        let term = self.find(graph, taxonomy, book, written, user, config, problems);
        let written_before = self.written.entry((taxonomy, lang)).or_default();
        written_before.insert(written.to_owned(), term);
        term
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one step of the fold over all nodes"
    )]
    fn find(
        &mut self,
        graph: &mut SiteGraph,
        taxonomy: usize,
        book: &Book,
        written: &str,
        user: NodeId,
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) -> TermId {
        let lang = graph.node(user).lang;
        let entry = book
            .by_name
            .get(&fold(written))
            .map(|at| &book.entries[*at]);
        let identity = entry.map_or_else(|| fold(written), |entry| format!("\u{0}{}", entry.id));
        if let Some(term) = self.known.get(&(taxonomy, lang, identity.clone())) {
            return *term;
        }
        let id = TermId::new(graph.terms.len());
        let term = new_term(taxonomy, lang, entry, written, config);
        let source = &graph.node(user).source;
        if term.slug.is_empty() {
            problems.push(no_slug(source, &term.name, config, taxonomy));
        } else if let Some((other, first)) = self.by_slug.get(&(taxonomy, lang, term.slug.clone()))
        {
            let (other, first) = (graph.term(*other), graph.node(*first));
            problems.push(clash(source, &term, other, &first.source, config));
        } else {
            self.by_slug
                .insert((taxonomy, lang, term.slug.clone()), (id, user));
        }
        graph.terms.push(term);
        self.known.insert((taxonomy, lang, identity), id);
        id
    }
}

fn new_term(
    taxonomy: usize,
    lang: Lang,
    entry: Option<&Entry>,
    written: &str,
    config: &Config,
) -> Term {
    let name = entry
        .and_then(|entry| in_language(&entry.names, lang))
        .map_or_else(
            || written.split_whitespace().collect::<Vec<_>>().join(" "),
            Clone::clone,
        );
    let part = match entry {
        Some(entry) => {
            let made_from = entry.slug.as_ref().unwrap_or(&entry.id);
            slug(made_from, config.slugs(lang))
        }
        None => slug(&name, config.slugs(lang)),
    };
    let url = config
        .home(lang)
        .child(&format!("{}/{part}/", config.taxonomies[taxonomy].name));
    let data = entry.map_or_else(TermData::default, |entry| TermData {
        text: in_language(&entry.texts, lang).cloned(),
        ..entry.data.clone()
    });
    Term {
        taxonomy,
        lang,
        id: entry.map_or_else(|| name.clone(), |entry| entry.id.clone()),
        name,
        slug: part,
        url,
        pages: Vec::new(),
        feed: Vec::new(),
        data,
        translations: Vec::new(),
    }
}

fn no_slug(source: &SourcePath, name: &str, config: &Config, taxonomy: usize) -> Diagnostic {
    let taxonomy = &config.taxonomies[taxonomy].name;
    let spot = Spot::Key(vec![Step::Key(taxonomy.clone())]);
    Diagnostic::new(Code::InvalidName, source, spot, say::no_address_from(name))
        .help(say::give_slug(&data_files(taxonomy)[0]))
}

fn clash(
    source: &SourcePath,
    term: &Term,
    other: &Term,
    first: &SourcePath,
    config: &Config,
) -> Diagnostic {
    let taxonomy = &config.taxonomies[term.taxonomy].name;
    let spot = || Spot::Key(vec![Step::Key(taxonomy.clone())]);
    let message = say::shared_address(&term.name, &other.name, &term.url);
    Diagnostic::new(Code::TermClash, source, spot(), message)
        .related(first, spot(), say::used_here(&other.name))
        .help(say::one_spelling(&data_files(taxonomy)[0]))
}

fn taxonomies(graph: &SiteGraph, config: &Config) -> Vec<Taxonomy> {
    let mut found: BTreeMap<(usize, Lang), Vec<TermId>> = BTreeMap::new();
    for (at, term) in graph.terms.iter().enumerate() {
        if !term.pages.is_empty() {
            found
                .entry((term.taxonomy, term.lang))
                .or_default()
                .push(TermId::new(at));
        }
    }
    found
        .into_iter()
        .map(|((index, lang), terms)| Taxonomy {
            index,
            lang,
            url: config
                .home(lang)
                .child(&format!("{}/", config.taxonomies[index].name)),
            terms,
        })
        .collect()
}

/// Terms by what templates may call them: first their names, then their ids, then their slugs.
pub(super) fn by_name(graph: &SiteGraph) -> AHashMap<(usize, Lang), AHashMap<String, TermId>> {
    let mut found: AHashMap<(usize, Lang), AHashMap<String, TermId>> = AHashMap::new();
    for call in [
        |term: &Term| &term.name,
        |term: &Term| &term.id,
        |term: &Term| &term.slug,
    ] as [fn(&Term) -> &String; 3]
    {
        for taxonomy in &graph.taxonomies {
            let names = found.entry((taxonomy.index, taxonomy.lang)).or_default();
            for id in &taxonomy.terms {
                names.entry(call(graph.term(*id)).clone()).or_insert(*id);
            }
        }
    }
    found
}

/// Terms are the same in two languages if they have one id.
fn tie_translations(graph: &mut SiteGraph) {
    let mut groups: BTreeMap<(usize, String), Vec<TermId>> = BTreeMap::new();
    for (at, term) in graph.terms.iter().enumerate() {
        if !term.pages.is_empty() {
            groups
                .entry((term.taxonomy, fold(&term.id)))
                .or_default()
                .push(TermId::new(at));
        }
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|id| (graph.term(*id).lang, *id));
        for id in &group {
            let others = group.iter().copied().filter(|other| other != id).collect();
            graph.terms[id.index()].translations = others;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_term() {
        assert_eq!(fold("  Public　Health "), fold("public health"));
        assert_ne!(fold("C"), fold("C++"));
    }
}
