//! What a file's place says: which folder it belongs to, its language, a date in its name.

use ahash::AHashMap;

use crate::config::{Config, Lang};
use crate::data::Step;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::message::say;
use crate::path::SourcePath;

use super::Content;
use super::keys::Key;

/// A file and what its place says.
pub(super) struct Placed {
    pub content: Content,
    pub key: Key,
    /// The folder of the section that it is, or that it belongs to.
    pub folder: String,
    /// What its part of the address is made from.
    pub name: String,
    pub is_section: bool,
    pub lang: Lang,
    pub date_in_name: Option<Moment>,
}

/// Places every file; of two for one page and language, the first is kept.
pub(super) fn place(
    contents: Vec<Content>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(contents.len());
    let mut taken: AHashMap<(Key, Lang), SourcePath> = AHashMap::new();
    for content in contents {
        let one = place_one(content, config, problems);
        if one.key.as_str() == "index" {
            problems.push(home_as_bundle(&one.content.source));
            continue;
        }
        if let Some(first) = taken.get(&(one.key.clone(), one.lang)) {
            problems.push(ambiguous(&one.content.source, first));
            continue;
        }
        taken.insert((one.key.clone(), one.lang), one.content.source.clone());
        placed.push(one);
    }
    placed
}

fn place_one(content: Content, config: &Config, problems: &mut Vec<Diagnostic>) -> Placed {
    let below = content
        .source
        .below("content")
        .unwrap_or_default()
        .to_owned();
    let (folder, file) = below.rsplit_once('/').unwrap_or(("", &below));
    let stem = without_ending(file).unwrap_or(file);
    let (stem, named) = split_language(stem, config);
    let lang = language(&content, named, config, problems);
    let key = Key::of(&content.source, below.len() - file.len() + stem.len());
    let is_section = stem == "_index";
    let last = |folder: &str| folder.rsplit('/').next().unwrap_or_default().to_owned();
    let (folder, name) = match stem {
        "_index" => (folder, last(folder)),
        "index" => (
            folder.rsplit_once('/').map_or("", |(above, _)| above),
            last(folder),
        ),
        _ => (folder, stem.to_owned()),
    };
    let (date_in_name, name) = match is_section {
        true => (None, name),
        false => split_date(&name, config),
    };
    Placed {
        key,
        folder: folder.to_owned(),
        name,
        is_section,
        lang,
        date_in_name,
        content,
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
    content: &Content,
    named: Option<Lang>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Lang {
    let Some(code) = &content.front.lang else {
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
        problems.push(
            Diagnostic::new(Code::UnknownLanguage, &content.source, spot, message).help(help),
        );
        return named.unwrap_or(Lang::DEFAULT);
    };
    if let Some(named) = named.filter(|named| *named != lang) {
        let named = &config.language(named).code;
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                &content.source,
                spot,
                say::language_disagrees(code, named),
            )
            .help(say::remove_lang()),
        );
    }
    lang
}

/// `2021-03-05-two-new` → (5 March 2021, `two-new`).
fn split_date(name: &str, config: &Config) -> (Option<Moment>, String) {
    const DATE: usize = "2021-03-05".len();
    let parsed = name
        .get(..DATE)
        .and_then(|date| Moment::parse(date, &config.zone).ok());
    let rest = name
        .get(DATE..)
        .and_then(|rest| rest.strip_prefix(['-', '_']));
    match (parsed, rest) {
        (Some(date), Some(rest)) if !rest.is_empty() => (Some(date), rest.to_owned()),
        _ => (None, name.to_owned()),
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
