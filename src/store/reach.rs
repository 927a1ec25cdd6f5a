//! Which outputs a source file reaches.
//!
//! A store knows questions, and not who might answer them. So what is said here may be more than
//! the file changes (a word that another language has itself, a link that leads to another
//! version), and never less, but for one thing: which articles there are, and their order. Lists
//! are made of all articles, and name none of them.

use std::collections::HashSet;

use crate::config::Config;
use crate::message::{Message, say};
use crate::path::{self, OutputPath, SourcePath};
use crate::site::{bare_page, data_files};
use crate::trace::Ids;

use super::about::About;
use super::key::Key;
use super::names::{Name, Texts};
use super::traces::Traces;
use super::what::What;
use super::{Documents, Store};

/// An output that a source file reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The output.
    pub path: OutputPath,
    /// What of the file it uses.
    pub uses: Vec<Message>,
}

/// A source file, and what questions about it look like.
struct Source<'a> {
    store: &'a Store,
    traces: &'a Traces<'a>,
    config: &'a Config,
    path: &'a SourcePath,
    is_config: bool,
    /// Its name without a language, if it is Markdown.
    bare: Option<String>,
    /// The addresses of its own outputs.
    addresses: Vec<String>,
    /// The same as links in HTML have them.
    hrefs: Vec<String>,
    /// Taxonomies whose terms it describes, and how the addresses of those begin.
    taxonomies: Vec<&'a str>,
    terms: Vec<String>,
    /// The language whose words it holds.
    language: Option<String>,
    /// Pages with links to it in their bodies.
    linking: HashSet<SourcePath>,
}

impl Store {
    /// The outputs that a source file reaches, in the order of their paths. `config_path` is the
    /// configuration file.
    pub fn reach(
        &self,
        traces: &Traces<'_>,
        path: &SourcePath,
        config: &Config,
        config_path: &SourcePath,
    ) -> Vec<Reached> {
        let mut source = Source::new(self, traces, path, config, path == config_path);
        if let Some(documents) = self.documents() {
            source.linking = source.linking_pages(&documents);
        }
        let uses: Vec<Option<Message>> = traces
            .questions
            .iter()
            .map(|(key, _)| source.use_of(*key))
            .collect();
        let by_part = by_part(traces, &uses);
        let outputs = self.outputs.iter().zip(&traces.outputs);
        let reached = outputs.filter_map(|(known, output)| {
            let mut used = used(&output.questions, &output.parts, &uses, &by_part);
            used.sort_by_cached_key(|id| {
                let (key, _) = traces.questions[*id as usize];
                (
                    key.rank(),
                    uses[*id as usize].as_ref().map(Message::english),
                )
            });
            let used = used.into_iter().filter_map(|id| uses[id as usize].clone());
            let mut uses: Vec<Message> = source.use_of_redirect(output.what).into_iter().collect();
            uses.extend(used);
            uses.dedup();
            let path = known.path.clone();
            (!uses.is_empty()).then_some(Reached { path, uses })
        });
        reached.collect()
    }

    /// Whether a file was part of the last build, or something in it asked for the file.
    pub fn knows(&self, traces: &Traces<'_>, path: &SourcePath) -> bool {
        self.had(path) || self.asked_about(traces).any(|known| known == path.as_str())
    }

    /// Sources that questions are about, also those without a file: a section needs none, and a
    /// theme may be part of the program.
    pub fn asked_about<'t>(&self, traces: &'t Traces<'_>) -> impl Iterator<Item = &'t str> {
        let texts = traces.texts();
        let pages = traces
            .questions
            .iter()
            .filter_map(|(key, _)| key.page().or(key.file()));
        let templates = traces.templates.iter().flat_map(|(_, files)| files);
        let sources = traces
            .outputs
            .iter()
            .filter_map(|output| output.what.source());
        pages
            .chain(templates.copied())
            .chain(sources)
            .map(move |name| texts.text(name))
    }
}

/// For every part, the questions in it that matter; parts of a part stand before it.
fn by_part(traces: &Traces<'_>, uses: &[Option<Message>]) -> Vec<Vec<u32>> {
    let mut by_part = Vec::with_capacity(traces.parts.len());
    for part in &traces.parts {
        by_part.push(used(&part.questions, &part.parts, uses, &by_part));
    }
    by_part
}

fn used(
    questions: &Ids<'_>,
    parts: &Ids<'_>,
    uses: &[Option<Message>],
    by_part: &[Vec<u32>],
) -> Vec<u32> {
    let own = questions.iter();
    let own = own.filter(|id| matches!(uses.get(*id as usize), Some(Some(_))));
    let shared = parts.iter().filter_map(|id| by_part.get(id as usize));
    let mut used: Vec<u32> = own.chain(shared.flatten().copied()).collect();
    used.sort_unstable();
    used.dedup();
    used
}

impl<'a> Source<'a> {
    fn new(
        store: &'a Store,
        traces: &'a Traces<'a>,
        path: &'a SourcePath,
        config: &'a Config,
        is_config: bool,
    ) -> Self {
        let texts = traces.texts();
        let is_own = |what: What| {
            let source = what.source();
            source.is_some_and(|source| texts.text(source) == path.as_str())
        };
        let outputs = store.outputs.iter().zip(&traces.outputs);
        let urls: Vec<_> = outputs
            .filter(|(_, output)| is_own(output.what))
            .map(|(known, _)| known.path.url())
            .collect();
        let taxonomies = config.taxonomies.iter().map(|taxonomy| &*taxonomy.name);
        let taxonomies: Vec<&str> = taxonomies
            .filter(|name| data_files(name).iter().any(|file| file == path.as_str()))
            .collect();
        let homes: Vec<_> = config.langs().map(|lang| config.home(lang)).collect();
        let terms = taxonomies
            .iter()
            .flat_map(|name| homes.iter().map(move |home| format!("{home}{name}/")));
        Self {
            store,
            traces,
            config,
            path,
            is_config,
            bare: bare_page(path.as_str(), config),
            addresses: urls.iter().map(|url| url.as_str().to_owned()).collect(),
            hrefs: urls.iter().map(|url| config.href(url)).collect(),
            terms: terms.collect(),
            taxonomies,
            language: words_of(path),
            linking: HashSet::new(),
        }
    }

    fn texts(&self) -> Texts<'a> {
        self.traces.texts()
    }

    fn is(&self, name: Name) -> bool {
        self.texts().text(name) == self.path.as_str()
    }

    /// What a question uses of the file, in words; `None` if it is not about the file.
    fn use_of(&self, key: Key) -> Option<Message> {
        let texts = self.texts();
        let about = About::of(key, texts);
        let whole = |is_about: bool| is_about.then(|| about.words.clone());
        let address = || Some(about.words.clone());
        match key {
            Key::Config => whole(self.is_config),
            Key::Url(a, from, _) => {
                let from = texts.text(from);
                let folder = from.rsplit_once('/').map(|(folder, _)| folder);
                match from == self.path.as_str() {
                    true => Some(say::its_link_leads(texts.text(a))),
                    false if self.is_target(texts.text(a), folder) => address(),
                    false => None,
                }
            }
            Key::Find(a, _) => {
                let below = texts.text(a).trim_start_matches("@/");
                let below = below.trim_start_matches('/');
                whole(self.is_named(&format!("content/{below}")))
            }
            Key::Body(a) if !self.is(a) => self
                .linking
                .contains(&SourcePath::new(texts.text(a)))
                .then(|| say::address_in_body(texts.page(a))),
            Key::Redirects => {
                let mut outputs = self.traces.outputs.iter();
                whole(outputs.any(|output| self.use_of_redirect(output.what).is_some()))
            }
            Key::Sitemap => whole(self.bare.is_some() && !self.addresses.is_empty()),
            Key::Template(a) => whole(self.traces.members(a).iter().any(|file| self.is(*file))),
            Key::Data(a) => whole(self.is_data(texts.text(a))),
            Key::File(a) => self.is(a).then(say::its_content),
            Key::Word(lang, _) | Key::Labels(lang) => self.use_of_words(texts.text(lang), &about),
            _ if key.page().is_some_and(|page| self.is(page)) => about.fact,
            _ => whole(self.describes(key)),
        }
    }

    /// A page that leads on asks nothing of what it leads to: the address is part of what it is.
    fn use_of_redirect(&self, what: What) -> Option<Message> {
        match what {
            What::Redirect(to) => {
                let to = self.texts().text(to);
                let is_own = self.hrefs.iter().any(|href| href == to);
                is_own.then(say::title_or_address)
            }
            _ => None,
        }
    }

    /// Words of a language come from its own file, from that of its base language, or from the
    /// English one.
    fn use_of_words(&self, lang: &str, about: &About) -> Option<Message> {
        let own = self.language.as_deref()?;
        let lang = lang.to_lowercase();
        let base = lang.split('-').next().unwrap_or(&lang);
        let fact = about.fact.clone()?;
        if own == lang || own == base {
            Some(say::in_language(fact, lang))
        } else if own == "en" {
            Some(say::if_it_has_none(fact, lang))
        } else {
            None
        }
    }

    /// Whether a question is about terms that the file describes.
    fn describes(&self, key: Key) -> bool {
        let texts = self.texts();
        let taxonomy = key.taxonomy().map(|name| texts.text(name));
        let term = key.term().map(|name| texts.text(name));
        taxonomy.is_some_and(|name| self.taxonomies.contains(&name))
            || term.is_some_and(|url| self.terms.iter().any(|start| url.starts_with(start)))
    }

    /// Whether a template means the file by a path: from the site's root, else from `data/`.
    fn is_data(&self, written: &str) -> bool {
        let bare = written.trim_start_matches('/');
        let mut places = [bare.to_owned(), format!("data/{bare}")]
            .map(SourcePath::new)
            .into_iter();
        places.find(|place| self.store.had(place)).as_ref() == Some(self.path)
    }

    fn linking_pages(&self, documents: &Documents) -> HashSet<SourcePath> {
        let linking = documents.links().filter(|(page, targets)| {
            let folder = Some(page.folder());
            let mut targets = targets.iter();
            targets.any(|target| self.is_target(target, folder))
        });
        linking.map(|(page, _)| page).collect()
    }

    /// Whether a link as it is written may lead to the file. `folder` is that of the page on which
    /// it stands.
    fn is_target(&self, written: &str, folder: Option<&str>) -> bool {
        let cut = written.find(['?', '#']).unwrap_or(written.len());
        let target = path::decode(&written[..cut]);
        if target.is_empty() {
            return false;
        }
        if let Some(below) = target.strip_prefix("@/") {
            return self.is_named(&format!("content/{below}"));
        }
        match folder {
            Some(folder) if !target.starts_with('/') => {
                path::join(folder, &target).is_some_and(|joined| self.is_named(&joined))
            }
            _ => {
                let target = format!("/{}", target.trim_start_matches('/'));
                self.addresses.contains(&target)
            }
        }
    }

    /// Whether a path means the file, in whatever language; a folder means its section.
    fn is_named(&self, written: &str) -> bool {
        let written = written.trim_end_matches('/');
        let means = |place: &str| {
            let bare = bare_page(place, self.config);
            bare.is_some() && bare == self.bare
        };
        written == self.path.as_str()
            || means(written)
            || means(&format!("{written}/_index.md"))
            || means(&format!("{written}/index.md"))
    }
}

/// `themes/plain/i18n/zh.yaml` → `zh`.
fn words_of(path: &SourcePath) -> Option<String> {
    let folder = path.folder();
    let holds_words = folder == "i18n" || folder.ends_with("/i18n");
    let (language, _) = path.name().rsplit_once('.')?;
    holds_words.then(|| language.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_words_are_told_by_their_folder() {
        let language = |path: &str| words_of(&SourcePath::new(path));
        assert_eq!(language("i18n/zh.yaml").as_deref(), Some("zh"));
        assert_eq!(
            language("themes/a/i18n/zh-TW.yaml").as_deref(),
            Some("zh-tw")
        );
        assert_eq!(language("data/zh.yaml"), None);
    }
}
