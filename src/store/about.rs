//! What every kind of question is about, in words: the one table from which reasons are told and
//! lists are made of what an output is made of.

use crate::message::{Message, say};

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
    pub(super) name: Message,
    /// What of it; nothing where it is the subject as a whole.
    pub(super) fact: Option<Message>,
    /// Both in one, as it stands in a sentence.
    pub(super) words: Message,
}

impl About {
    /// What a key is about.
    pub(super) fn of(key: Key, texts: Texts<'_>) -> Self {
        let code = |name| say::verbatim(texts.code(name));
        let text = |name| say::verbatim(texts.text(name));
        let page_name = |name| say::verbatim(texts.page(name));
        let page = |name| subject(Kind::Page, page_name(name));
        let term = |name| subject(Kind::Term, text(name));
        let taxonomy = |name, lang| subject(Kind::Term, texts.in_lang(code(name), lang));
        let list = |name| subject(Kind::List, name);
        let archive = |lang| list(texts.in_lang(say::the_archive(), lang));
        let words = |lang| subject(Kind::Words, text(lang));
        let link = |from| subject(Kind::Link, from);
        let templates = |lang| link(texts.in_lang(say::templates_and_menus(), lang));
        match key {
            Key::Config => subject(Kind::Site, say::the_configuration()).whole(),
            Key::Now => subject(Kind::Site, say::the_time()).whole(),
            Key::Crumb(a) => page(a).fact(say::title_or_address()),
            Key::Page(a) => page(a).fact(say::front_matter()),
            Key::Text(a) => page(a).fact(say::first_words()),
            Key::Words(a) => page(a).fact(say::length()),
            Key::Listed(a) => page(a).fact(say::whether_listed()),
            Key::Body(a) => page(a).fact(say::body()),
            Key::Subsections(a) => page(a).phrase(say::sections_below),
            Key::Translations(a) => page(a).fact(say::translations()),
            Key::Neighbours(a) => page(a).phrase(say::articles_around),
            Key::Backlinks(a) => page(a).phrase(say::articles_linking),
            Key::Version(a, b) => page(a).fact(say::version(code(b))),
            Key::SectionPages(a) => list(page_name(a)).fact(say::its_list()),
            Key::RecentPages(a) => list(page_name(a)).phrase(say::newest_below),
            Key::TermPages(a) => list(text(a)).fact(say::its_list()),
            Key::YearPages(a, year) => archive(a).fact(say::articles_of(&year)),
            Key::FeedPages(scope) => list(feed(scope, texts)).fact(say::its_articles()),
            Key::Feed(scope) => list(feed(scope, texts)).fact(say::its_address()),
            Key::Archive(a) => archive(a).fact(say::its_address()),
            Key::Years(a) => archive(a).fact(say::its_years()),
            Key::Sitemap => list(say::all_addresses()).whole(),
            Key::Redirects => list(say::old_addresses()).whole(),
            Key::Term(a) => term(a).fact(say::name_or_data()),
            Key::TermCount(a) => term(a).fact(say::number_of_articles()),
            Key::TermTranslations(a) => term(a).fact(say::translations()),
            Key::Taxonomy(a, b) => taxonomy(a, b).fact(say::its_address()),
            Key::Terms(a, b) => taxonomy(a, b).fact(say::its_terms()),
            Key::FindTerm(a, b, c) => taxonomy(a, b).one(code(c), say::names_in),
            Key::Find(a, b) => templates(b).one(code(a), say::names_in),
            Key::Url(a, 0, b) => templates(b).one(code(a), say::leads_from),
            Key::Url(a, b, _) => link(page_name(b)).one(code(a), say::leads_from),
            Key::Taken(a) => link(say::site_files()).one(code(a), say::is_among),
            Key::File(a) => subject(Kind::File, code(a)).whole(),
            Key::Data(a) => subject(Kind::Data, code(a)).noun(say::data_named),
            Key::Template(a) => subject(Kind::Template, code(a)).noun(say::template_named),
            Key::Word(a, b) => words(a).one(code(b), say::theme_word_in),
            Key::Labels(a) => words(a).one(say::labels(), say::theme_labels_in),
        }
    }
}

/// A feed, by what it belongs to.
pub(super) fn feed(scope: Scope, texts: Texts<'_>) -> Message {
    match scope {
        Scope::Site(a) => texts.in_lang(say::sites_feed(), a),
        Scope::Section(a) => say::feed_of(texts.page(a)),
        Scope::Term(a) => say::feed_of(texts.text(a)),
    }
}

fn subject(kind: Kind, name: Message) -> Subject {
    Subject { kind, name }
}

struct Subject {
    kind: Kind,
    name: Message,
}

impl Subject {
    fn fact(self, fact: Message) -> About {
        let words = say::fact_of(fact.clone(), self.name.clone());
        self.says(Some(fact), words)
    }

    /// A phrase about the subject.
    fn phrase(self, phrase: fn(Message) -> Message) -> About {
        let words = phrase(self.name.clone());
        self.says(Some(phrase(say::it())), words)
    }

    /// One of many things of a kind, in a phrase about the two.
    fn one(self, thing: Message, phrase: fn(Message, Message) -> Message) -> About {
        let words = phrase(thing.clone(), self.name.clone());
        self.says(Some(thing), words)
    }

    fn noun(self, noun: fn(Message) -> Message) -> About {
        let words = noun(self.name.clone());
        self.says(None, words)
    }

    fn whole(self) -> About {
        let words = self.name.clone();
        self.says(None, words)
    }

    fn says(self, fact: Option<Message>, words: Message) -> About {
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
            let fact = about.fact.map_or_else(String::new, |fact| fact.english());
            [about.name.english(), fact, about.words.english()]
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
