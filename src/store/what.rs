//! What stands at an output's place, in a form that outlives a build.

use serde::{Deserialize, Serialize};

use crate::message::{Message, say};
use crate::site::Target;

use super::about::feed;
use super::key::{Keys, Scope};
use super::names::{Name, Texts};

/// What stands at an output's place; texts are numbers of the store's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum What {
    Page(Name),
    Section(Name, u32),
    Taxonomy(Name, Name),
    Term(Name, u32),
    Archive(Name),
    Year(Name, i32),
    NotFound(Name),
    Feed(Scope),
    Sitemap(u32),
    SitemapIndex,
    Robots,
    Redirect(Name),
    Redirects,
    File(Name),
    /// Something that was made besides other outputs.
    Derived,
}

impl What {
    /// What a target of this build is.
    pub(super) fn of(target: &Target, keys: &mut Keys<'_>) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        match target {
            Target::Page(id) => Self::Page(keys.node(*id)),
            Target::Section { section, pager } => {
                Self::Section(keys.node(*section), number(*pager))
            }
            Target::TaxonomyList(index, lang) => {
                Self::Taxonomy(keys.taxonomy(*index), keys.lang(*lang))
            }
            Target::Term { term, pager } => Self::Term(keys.term(*term), number(*pager)),
            Target::Archive(lang) => Self::Archive(keys.lang(*lang)),
            Target::ArchiveYear(lang, year) => Self::Year(keys.lang(*lang), *year),
            Target::NotFound(lang) => Self::NotFound(keys.lang(*lang)),
            Target::Feed(scope) => Self::Feed(keys.scope(*scope)),
            Target::Sitemap(part) => Self::Sitemap(number(*part)),
            Target::SitemapIndex => Self::SitemapIndex,
            Target::Robots => Self::Robots,
            Target::Redirect(redirect) => Self::Redirect(keys.text(&redirect.to)),
            Target::Redirects => Self::Redirects,
            Target::File(source) => Self::File(keys.text(source.as_str())),
        }
    }

    /// The same with its texts renumbered.
    pub(super) fn renamed(self, mut name: impl FnMut(Name) -> Name) -> Self {
        match self {
            Self::Page(a) => Self::Page(name(a)),
            Self::Section(a, pager) => Self::Section(name(a), pager),
            Self::Taxonomy(a, b) => Self::Taxonomy(name(a), name(b)),
            Self::Term(a, pager) => Self::Term(name(a), pager),
            Self::Archive(a) => Self::Archive(name(a)),
            Self::Year(a, year) => Self::Year(name(a), year),
            Self::NotFound(a) => Self::NotFound(name(a)),
            Self::Feed(scope) => Self::Feed(scope.renamed(name)),
            Self::Redirect(a) => Self::Redirect(name(a)),
            Self::File(a) => Self::File(name(a)),
            Self::Sitemap(_)
            | Self::SitemapIndex
            | Self::Robots
            | Self::Redirects
            | Self::Derived => self,
        }
    }

    /// The page or section, or the file that is copied.
    pub(super) fn source(self) -> Option<Name> {
        match self {
            Self::Page(a) | Self::Section(a, _) | Self::File(a) => Some(a),
            _ => None,
        }
    }

    /// Its name for programs.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Page(_) => "page",
            Self::Section(..) => "section",
            Self::Taxonomy(..) => "taxonomy",
            Self::Term(..) => "term",
            Self::Archive(_) | Self::Year(..) => "archive",
            Self::NotFound(_) => "not-found",
            Self::Feed(_) => "feed",
            Self::Sitemap(_) | Self::SitemapIndex => "sitemap",
            Self::Robots => "robots",
            Self::Redirect(_) => "redirect",
            Self::Redirects => "redirects",
            Self::File(_) => "file",
            Self::Derived => "derived",
        }
    }

    /// What it is, in words.
    pub(super) fn words(self, texts: Texts<'_>) -> Message {
        let page_of = |list: Message, pager| match pager {
            0 | 1 => list,
            _ => say::page_of(pager, list),
        };
        match self {
            Self::Page(a) => say::the_article(texts.page(a)),
            Self::Section(a, pager) => page_of(say::the_section(texts.page(a)), pager),
            Self::Taxonomy(a, b) => texts.in_lang(say::terms_of(texts.code(a)), b),
            Self::Term(a, pager) => page_of(say::the_term(texts.text(a)), pager),
            Self::Archive(a) => texts.in_lang(say::archive_years(), a),
            Self::Year(a, year) => texts.in_lang(say::the_articles_of(&year), a),
            Self::NotFound(a) => texts.in_lang(say::not_found_page(), a),
            Self::Feed(scope) => feed(scope, texts),
            Self::Sitemap(0) => say::the_sitemap(),
            Self::Sitemap(part) => say::sitemap_part(i64::from(part) + 1),
            Self::SitemapIndex => say::sitemap_parts(),
            Self::Robots => say::robots(),
            Self::Redirect(a) => say::leads_on_to(texts.text(a)),
            Self::Redirects => say::old_addresses(),
            Self::File(a) => say::copy_of(texts.code(a)),
            Self::Derived => say::made_besides(),
        }
    }
}
