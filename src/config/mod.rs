//! The settings of a site: `site.yaml` as it was typed, checked, and with every default filled in.

mod key;
mod language;
mod load;
mod markdown;
mod menu;
mod options;
mod taxonomy;

use crate::data::Map;
use crate::date::TimeZone;
use crate::path::UrlPath;

pub use key::{CONFIG_KEYS, ConfigKey, LANGUAGE_KEYS, MARKDOWN_KEYS};
pub use language::{Lang, Language, TRANSLATIONS, direction};
pub use load::{CONFIG_NAMES, load};
pub use markdown::{HtmlPolicy, MarkdownSettings};
pub use menu::{MenuItem, Menus};
pub use options::Options;
pub use taxonomy::{TaxonomySettings, TermOrder};

use crate::slug::Slugs;

/// Everything that is decided before a file of content is read.
#[derive(Clone, Debug, Hash)]
pub struct Config {
    /// Scheme and host, without a slash at the end: `https://example.org`.
    pub origin: String,
    /// The path at which the site lives, without a slash at the end; empty for the root.
    pub base_path: String,
    /// The theme's name.
    pub theme: String,
    /// The zone in which dates without an offset are meant.
    pub zone: TimeZone,
    /// All languages; the default one is the first.
    pub languages: Vec<Language>,
    /// Whether the default language lives under its own prefix too.
    pub default_language_in_path: bool,
    /// The taxonomies in the order in which they were declared.
    pub taxonomies: Vec<TaxonomySettings>,
    /// Items on a page of a list; 0 for no pages.
    pub paginate_by: usize,
    /// Articles in a feed.
    pub feed_limit: usize,
    /// Days for which an article is new; 0: none ever is.
    pub new_for: usize,
    /// Whether there are feeds.
    pub feeds: bool,
    /// How Markdown becomes HTML.
    pub markdown: MarkdownSettings,
    /// Globs of source files to leave out, below `content/` and `static/`.
    pub ignore: Vec<String>,
    /// The output folder, relative to the site's root.
    pub output_dir: String,
    /// Free values for templates.
    pub extra: Map,
}

impl Config {
    /// The settings of a language.
    pub fn language(&self, lang: Lang) -> &Language {
        &self.languages[lang.index()]
    }

    /// All languages' numbers.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + use<> {
        Lang::all(self.languages.len())
    }

    /// The language with this code.
    pub fn lang(&self, code: &str) -> Option<Lang> {
        self.langs()
            .find(|lang| self.language(*lang).code.eq_ignore_ascii_case(code))
    }

    /// The languages whose pages stand in where a language has none, nearest first.
    pub fn fallbacks(&self, lang: Lang) -> Vec<Lang> {
        let mut chain = vec![lang];
        let mut code = self.language(lang).fallback.as_ref();
        while let Some(next) = code
            .and_then(|code| self.lang(code))
            .filter(|next| !chain.contains(next))
        {
            chain.push(next);
            code = self.language(next).fallback.as_ref();
        }
        chain.split_off(1)
    }

    /// The URL under which a language's pages live.
    pub fn home(&self, lang: Lang) -> UrlPath {
        if lang == Lang::DEFAULT && !self.default_language_in_path {
            UrlPath::new("/")
        } else {
            UrlPath::new(format!("/{}/", self.language(lang).code.to_lowercase()))
        }
    }

    /// The address to link to from within the site: root-relative, percent-encoded.
    pub fn href(&self, url: &UrlPath) -> String {
        url.encoded_below("", &self.base_path)
    }

    /// The full address.
    pub fn permalink(&self, url: &UrlPath) -> String {
        url.encoded_below(&self.origin, &self.base_path)
    }

    /// The number of a taxonomy.
    pub fn taxonomy(&self, name: &str) -> Option<usize> {
        self.taxonomies
            .iter()
            .position(|taxonomy| taxonomy.name == name)
    }

    /// Articles on a page of a term's list; 0 for one long page.
    pub fn term_pagination(&self, taxonomy: usize) -> usize {
        self.taxonomies[taxonomy]
            .paginate_by
            .unwrap_or(self.paginate_by)
    }

    /// How a language's names become parts of addresses.
    pub fn slugs(&self, lang: Lang) -> Slugs {
        self.language(lang).slugs
    }
}
