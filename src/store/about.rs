//! What every kind of question is about, in words: the one table from which reasons are told and
//! lists are made of what an output is made of.

use super::key::{Key, Scope};
use super::names::Texts;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An article or a section.
    Page,
    /// The articles of a section, term, year or feed; all addresses.
    List,
    /// A taxonomy or one of its terms.
    Term,
    /// A template.
    Template,
    /// A data file.
    Data,
    /// Words of the theme in a language.
    Words,
    /// The bytes of a file.
    File,
    /// Where a link leads, or what a path names.
    Link,
    /// The configuration, or the instant of the build.
    Site,
}

impl Kind {
    /// Its name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::List => "list",
            Self::Term => "term",
            Self::Template => "template",
            Self::Data => "data",
            Self::Words => "words",
            Self::File => "file",
            Self::Link => "link",
            Self::Site => "site",
        }
    }
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub(super) kind: Kind,
    /// The subject: many questions have the same.
    pub(super) name: String,
    /// What of it; empty where it is the subject as a whole.
    pub(super) fact: String,
    /// Both in one, as it stands in a sentence.
    pub(super) words: String,
}

impl About {
    /// What a key is about.
    pub(super) fn of(key: Key, texts: Texts<'_>) -> Self {
        let code = |name| texts.code(name);
        let page = |name| subject(Kind::Page, texts.page(name));
        let term = |name| subject(Kind::Term, texts.text(name));
        let taxonomy = |name, lang| subject(Kind::Term, texts.in_lang(&texts.code(name), lang));
        let list = |name| subject(Kind::List, name);
        let archive = |lang| list(texts.in_lang("the archive", lang));
        let words = |lang| subject(Kind::Words, texts.text(lang));
        let link = |from| subject(Kind::Link, from);
        let templates = |lang| link(texts.in_lang("templates and menus", lang));
        match key {
            Key::Config => subject(Kind::Site, "the configuration").whole(),
            Key::Now => subject(Kind::Site, "the time").whole(),
            Key::Crumb(a) => page(a).fact("title or address"),
            Key::Page(a) => page(a).fact("front matter"),
            Key::Text(a) => page(a).fact("first words"),
            Key::Words(a) => page(a).fact("length"),
            Key::Body(a) => page(a).fact("body"),
            Key::Subsections(a) => page(a).phrase("sections below {}"),
            Key::Translations(a) => page(a).fact("translations"),
            Key::Neighbours(a) => page(a).phrase("articles before and after {}"),
            Key::Backlinks(a) => page(a).phrase("articles that link to {}"),
            Key::Version(a, b) => page(a).fact(&format!("{} version", code(b))),
            Key::SectionPages(a) => list(texts.page(a)).fact("list"),
            Key::RecentPages(a) => list(texts.page(a)).phrase("newest articles below {}"),
            Key::TermPages(a) => list(texts.text(a).into()).fact("list"),
            Key::YearPages(a, year) => archive(a).fact(&format!("articles of {year}")),
            Key::FeedPages(scope) => list(feed(scope, texts)).fact("articles"),
            Key::Feed(scope) => list(feed(scope, texts)).fact("address"),
            Key::Archive(a) => archive(a).fact("address"),
            Key::Years(a) => archive(a).fact("years"),
            Key::Sitemap => list("the list of all addresses".into()).whole(),
            Key::Redirects => list("the list of old addresses".into()).whole(),
            Key::Term(a) => term(a).fact("name or data"),
            Key::TermCount(a) => term(a).fact("number of articles"),
            Key::TermTranslations(a) => term(a).fact("translations"),
            Key::Taxonomy(a, b) => taxonomy(a, b).fact("address"),
            Key::Terms(a, b) => taxonomy(a, b).fact("terms"),
            Key::FindTerm(a, b, c) => taxonomy(a, b).one(code(c), "what {} names in"),
            Key::Find(a, b) => templates(b).one(code(a), "what {} names in"),
            Key::Url(a, 0, b) => templates(b).one(code(a), "where {} leads from"),
            Key::Url(a, b, _) => link(texts.page(b)).one(code(a), "where {} leads from"),
            Key::Taken(a) => {
                link("files of the site".into()).one(code(a), "whether {} is among the")
            }
            Key::File(a) => subject(Kind::File, code(a)).whole(),
            Key::Data(a) => subject(Kind::Data, code(a)).noun("data"),
            Key::Template(a) => subject(Kind::Template, code(a)).noun("template"),
            Key::Word(a, b) => words(a).one(code(b), "the theme's word {} in"),
            Key::Labels(a) => words(a).one("words of articles".into(), "the theme's {} in"),
        }
    }
}

/// A feed, by what it belongs to.
pub(super) fn feed(scope: Scope, texts: Texts<'_>) -> String {
    match scope {
        Scope::Site(a) => texts.in_lang("the site's feed", a),
        Scope::Section(a) => format!("the feed of {}", texts.page(a)),
        Scope::Term(a) => format!("the feed of {}", texts.text(a)),
    }
}

fn subject(kind: Kind, name: impl Into<String>) -> Subject {
    let name = name.into();
    Subject { kind, name }
}

struct Subject {
    kind: Kind,
    name: String,
}

impl Subject {
    fn fact(self, fact: &str) -> About {
        let words = format!("{fact} of {}", self.name);
        self.says(fact.to_owned(), words)
    }

    /// A phrase in which `{}` stands for the subject.
    fn phrase(self, phrase: &str) -> About {
        let words = phrase.replace("{}", &self.name);
        self.says(phrase.replace("{}", "it"), words)
    }

    /// One of many things of a kind. In the phrase `{}` stands for it; the subject follows.
    fn one(self, thing: String, phrase: &str) -> About {
        let words = format!("{} {}", phrase.replace("{}", &thing), self.name);
        self.says(thing, words)
    }

    fn noun(self, noun: &str) -> About {
        let words = format!("{noun} {}", self.name);
        self.says(String::new(), words)
    }

    fn whole(self) -> About {
        let words = self.name.clone();
        self.says(String::new(), words)
    }

    fn says(self, fact: String, words: String) -> About {
        let Self { kind, name } = self;
        About {
            kind,
            name,
            fact,
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_told_by_its_subject_and_in_a_sentence() {
        let texts = Texts(&["content/news/a.md", "zh", "office", "author"]);
        let told = |key| {
            let about = About::of(key, texts);
            [about.name, about.fact, about.words]
        };
        assert_eq!(
            told(Key::Body(1)),
            ["@/news/a.md", "body", "body of @/news/a.md"]
        );
        assert_eq!(
            told(Key::Backlinks(1)),
            [
                "@/news/a.md",
                "articles that link to it",
                "articles that link to @/news/a.md"
            ]
        );
        assert_eq!(
            told(Key::FindTerm(4, 2, 3)),
            [
                "`author` (zh)",
                "`office`",
                "what `office` names in `author` (zh)"
            ]
        );
        assert_eq!(
            told(Key::Url(3, 1, 2)),
            [
                "@/news/a.md",
                "`office`",
                "where `office` leads from @/news/a.md"
            ]
        );
        assert_eq!(
            told(Key::Template(3)),
            ["`office`", "", "template `office`"]
        );
        assert_eq!(told(Key::Now), ["the time", "", "the time"]);
    }
}
