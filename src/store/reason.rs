//! Why an output is rendered, in words.

use super::key::{Key, Scope};
use super::names::Name;

/// Finds which keys of a file's front matter changed.
pub trait Changes {
    /// The keys that have another value than in the earlier build; `None` if the file is new, gone
    /// or has no front matter of its own.
    fn keys(&self, source: &str) -> Option<Vec<String>>;
}

/// What changed.
pub(super) fn changed(key: Key, texts: &[&str], changes: &dyn Changes) -> String {
    let words = Words { texts };
    match key {
        Key::Crumb(a) => match changes.keys(words.text(a)) {
            Some(keys) if keys.iter().any(|key| key == "title") => {
                format!("title of {} changed", words.page(a))
            }
            _ => format!("title or address of {} changed", words.page(a)),
        },
        Key::Page(a) => match changes.keys(words.text(a)) {
            Some(keys) if !keys.is_empty() => {
                format!("{} of {} changed", keys.join(", "), words.page(a))
            }
            _ => format!("{} changed", words.subject(key)),
        },
        _ => format!("{} changed", words.subject(key)),
    }
}

/// What is no longer there.
pub(super) fn gone(key: Key, texts: &[&str]) -> String {
    let words = Words { texts };
    let what = match key.page() {
        Some(page) => words.page(page),
        None => words.subject(key),
    };
    format!("{what} is gone")
}

/// What a question is about.
pub(super) fn subject(key: Key, texts: &[&str]) -> String {
    Words { texts }.subject(key)
}

struct Words<'a> {
    texts: &'a [&'a str],
}

impl<'a> Words<'a> {
    fn text(&self, name: Name) -> &'a str {
        let at = (name as usize).wrapping_sub(1);
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// A page as writers link to it.
    fn page(&self, name: Name) -> String {
        let source = self.text(name);
        match source.strip_prefix("content/") {
            Some(below) => format!("@/{below}"),
            None => source.to_owned(),
        }
    }

    fn subject(&self, key: Key) -> String {
        match key {
            Key::Config => "the configuration".into(),
            Key::Crumb(a) => format!("title or address of {}", self.page(a)),
            Key::Page(a) => format!("front matter of {}", self.page(a)),
            Key::Text(a) => format!("first words or length of {}", self.page(a)),
            Key::Headings(a) => format!("headings of {}", self.page(a)),
            Key::Body(a) => format!("body of {}", self.page(a)),
            Key::Ancestors(a) => format!("sections above {}", self.page(a)),
            Key::Subsections(a) => format!("sections below {}", self.page(a)),
            Key::Translations(a) => format!("translations of {}", self.page(a)),
            Key::Neighbours(a) => format!("articles before and after {}", self.page(a)),
            Key::Backlinks(a) => format!("articles that link to {}", self.page(a)),
            Key::SectionPages(a) => format!("list of {}", self.page(a)),
            Key::RecentPages(a) => format!("newest articles below {}", self.page(a)),
            Key::TermPages(a) => format!("list of {}", self.text(a)),
            Key::YearPages(a, year) => format!("articles of {year} ({})", self.text(a)),
            Key::FeedPages(scope) => format!("articles of {}", self.feed(scope)),
            Key::Version(a, b) => format!("`{}` version of {}", self.text(b), self.page(a)),
            Key::Find(a, b) => format!("what `{}` names ({})", self.text(a), self.text(b)),
            Key::Home(a) => format!("home page ({})", self.text(a)),
            Key::Term(a) => format!("term {}", self.text(a)),
            Key::TermCount(a) => format!("number of articles of {}", self.text(a)),
            Key::TermTranslations(a) => format!("translations of {}", self.text(a)),
            Key::FindTerm(a, b, c) => {
                let (taxonomy, lang, name) = (self.text(a), self.text(b), self.text(c));
                format!("what `{name}` names in `{taxonomy}` ({lang})")
            }
            Key::Taxonomy(a, b) => format!("address of `{}` ({})", self.text(a), self.text(b)),
            Key::Terms(a, b) => format!("terms of `{}` ({})", self.text(a), self.text(b)),
            Key::Archive(a) => format!("address of the archive ({})", self.text(a)),
            Key::Years(a) => format!("years of the archive ({})", self.text(a)),
            Key::Url(a, 0, _) => format!("where `{}` leads", self.text(a)),
            Key::Url(a, b, _) => format!("where `{}` leads from {}", self.text(a), self.page(b)),
            Key::Feed(scope) => format!("address of {}", self.feed(scope)),
            Key::Sitemap => "the list of all addresses".into(),
            Key::Redirects => "the list of old addresses".into(),
            Key::Taken(a) => format!("whether the site has a file at {}", self.text(a)),
            Key::File(a) => format!("`{}`", self.text(a)),
            Key::Data(a) => format!("data `{}`", self.text(a)),
            Key::Word(a, b) => format!("the theme's word `{}` ({})", self.text(b), self.text(a)),
            Key::Labels(a) => format!("the theme's words in articles ({})", self.text(a)),
            Key::Template(a) => format!("template `{}`", self.text(a)),
            Key::Now => "the time".into(),
        }
    }

    fn feed(&self, scope: Scope) -> String {
        match scope {
            Scope::Site(a) => format!("the site's feed ({})", self.text(a)),
            Scope::Section(a) => format!("the feed of {}", self.page(a)),
            Scope::Term(a) => format!("the feed of {}", self.text(a)),
        }
    }
}
