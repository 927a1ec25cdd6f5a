//! What a file's place says: which folder it belongs to, its language, a date in its name.

use std::collections::hash_map::Entry;
use std::ops::Range;

use ahash::AHashMap;

use crate::config::{Config, Lang};
use crate::data::Step;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::message::say;
use crate::parse::front_matter::FrontMatter;
use crate::path::SourcePath;

use super::{Content, FileFacts, Text};

/// Where a page stands: parts of the path of its file.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub source: SourcePath,
    /// The length of its key; see [`Node::key`](super::Node::key).
    pub key_length: u32,
    folder_length: u32,
    /// Below `content/`.
    name: Range<u32>,
}

impl Place {
    /// The place of a file, and what its name says of language and date.
    pub(super) fn of(source: SourcePath, config: &Config) -> (Self, Option<Lang>, Option<Moment>) {
        let below = source.below("content").unwrap_or_default();
        let file = below.rfind('/').map_or(0, |at| at + 1);
        let folder = &below[..file.saturating_sub(1)];
        let stem = without_ending(&below[file..]).unwrap_or(&below[file..]);
        let (stem, lang) = split_language(stem, config);
        let above = folder.rfind('/').unwrap_or(0);
        let last = folder.len().min(above + usize::from(above > 0))..folder.len();
        let (folder_length, name) = match stem {
            "_index" => (folder.len(), last),
            "index" => (above, last),
            _ => (folder.len(), file..file + stem.len()),
        };
        let (date, undated) = match stem {
            "_index" => (None, 0),
            _ => split_date(&below[name.clone()], config),
        };
        let number = |at: usize| u32::try_from(at).expect("paths are short");
        let place = Self {
            key_length: number(file + stem.len()),
            folder_length: number(folder_length),
            name: number(name.start + undated)..number(name.end),
            source,
        };
        (place, lang, date)
    }

    fn below(&self) -> &str {
        self.source.below("content").unwrap_or_default()
    }

    /// Folder and name without language and ending.
    pub(super) fn key(&self) -> &str {
        &self.below()[..self.key_length as usize]
    }

    /// The folder of the section that it is, or that it belongs to.
    pub(super) fn folder(&self) -> &str {
        &self.below()[..self.folder_length as usize]
    }

    /// What its part of the address is made from.
    pub(super) fn name(&self) -> &str {
        &self.below()[self.name.start as usize..self.name.end as usize]
    }
}

/// A node before it is known what its front matter means; or, where that is known, with what is
/// still asked for of it.
pub(super) struct Seed<Front = Box<FrontMatter>> {
    pub place: Place,
    pub file: Option<FileFacts>,
    pub front: Front,
    pub text: Text,
    pub is_section: bool,
    pub lang: Lang,
    pub date_in_name: Option<Moment>,
    /// The place of its section in the list.
    pub parent: Option<u32>,
}

impl<Front> Seed<Front> {
    pub(super) fn source(&self) -> &SourcePath {
        &self.place.source
    }

    /// The place of its section in the list.
    pub(super) fn parent(&self) -> Option<usize> {
        self.parent.map(|parent| parent as usize)
    }
}

/// Places every file; of two for one page and language, the first is kept.
pub(super) fn place(
    contents: Vec<Content>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Seed> {
    let contents = contents.into_iter();
    let placed = contents.map(|content| place_one(content, config, problems));
    let mut placed: Vec<Seed> = placed.collect();
    let mut is_first = firsts(&placed, problems).into_iter();
    placed.retain(|_| is_first.next().unwrap_or(true));
    placed
}

/// Of each file, whether it is the first for its page and language.
fn firsts(placed: &[Seed], problems: &mut Vec<Diagnostic>) -> Vec<bool> {
    let mut taken: AHashMap<(&str, Lang), &SourcePath> = AHashMap::with_capacity(placed.len());
    let is_first = placed.iter().map(|one| {
        let key = one.place.key();
        if key == "index" {
            problems.push(home_as_bundle(one.source()));
            return false;
        }
        match taken.entry((key, one.lang)) {
            Entry::Occupied(first) => {
                problems.push(ambiguous(one.source(), first.get()));
                false
            }
            Entry::Vacant(new) => {
                new.insert(one.source());
                true
            }
        }
    });
    is_first.collect()
}

fn place_one(content: Content, config: &Config, problems: &mut Vec<Diagnostic>) -> Seed {
    let Content {
        source,
        front,
        file,
        text,
    } = content;
    let (place, named, date_in_name) = Place::of(source, config);
    let written = front.lang.as_deref();
    Seed {
        lang: language(&place.source, written, named, config, problems),
        is_section: place.key().rsplit('/').next() == Some("_index"),
        place,
        file: Some(file),
        front,
        text,
        date_in_name,
        parent: None,
    }
}

/// `two-new.md` → `two-new`; some programs write the ending in capitals.
pub(super) fn without_ending(file: &str) -> Option<&str> {
    let (stem, ending) = file.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("md").then_some(stem)
}

/// A page without its language and ending, by which its versions are alike:
/// `content/a.zh.md` → `content/a`. `None` for what is not Markdown.
pub fn bare_page(path: &str, config: &Config) -> Option<String> {
    let stem = without_ending(path)?;
    let at = stem.rfind('/').map_or(0, |at| at + 1);
    let (bare, _) = split_language(&stem[at..], config);
    Some(format!("{}{bare}", &stem[..at]))
}

/// `two-new.zh` → (`two-new`, `zh`), if the site has that language.
pub(super) fn split_language<'a>(stem: &'a str, config: &Config) -> (&'a str, Option<Lang>) {
    match stem.rsplit_once('.') {
        Some((bare, code)) if !bare.is_empty() => match config.lang(code) {
            Some(lang) => (bare, Some(lang)),
            None => (stem, None),
        },
        _ => (stem, None),
    }
}

fn language(
    source: &SourcePath,
    written: Option<&str>,
    named: Option<Lang>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Lang {
    let Some(code) = written else {
        return named.unwrap_or(Lang::DEFAULT);
    };
    let spot = Spot::Value(vec![Step::Key("lang".into())]);
    let Some(lang) = config.lang(code) else {
        let codes = config.languages.iter().map(|language| &language.code);
        let help = nearest(code, codes.clone().map(String::as_str)).map_or_else(
            || say::use_languages(codes.cloned().collect::<Vec<_>>()),
            say::did_you_mean,
        );
        let message = say::no_language(code);
        problems.push(Diagnostic::new(Code::UnknownLanguage, source, spot, message).help(help));
        return named.unwrap_or(Lang::DEFAULT);
    };
    if let Some(named) = named.filter(|named| *named != lang) {
        let named = &config.language(named).code;
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                source,
                spot,
                say::language_disagrees(code, named),
            )
            .help(say::remove_lang()),
        );
    }
    lang
}

/// `2021-03-05-two-new` → (5 March 2021, where `two-new` begins).
fn split_date(name: &str, config: &Config) -> (Option<Moment>, usize) {
    const DATE: usize = "2021-03-05".len();
    let parsed = name
        .get(..DATE)
        .and_then(|date| Moment::parse(date, &config.zone).ok());
    let rest = name
        .get(DATE..)
        .and_then(|rest| rest.strip_prefix(['-', '_']));
    match (parsed, rest) {
        (Some(date), Some(rest)) if !rest.is_empty() => (Some(date), DATE + 1),
        _ => (None, 0),
    }
}

fn ambiguous(source: &SourcePath, first: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        Code::AmbiguousFile,
        source,
        Spot::File,
        say::same_page(first),
    )
    .related(first, Spot::File, say::first_one())
    .help(say::delete_or_rename())
}

fn home_as_bundle(source: &SourcePath) -> Diagnostic {
    let name = source.name().replacen("index", "_index", 1);
    Diagnostic::new(
        Code::InvalidName,
        source,
        Spot::File,
        say::home_is_section(),
    )
    .help(say::rename_to(name))
}
