//! `site.yaml` → [`Config`].

use crate::data::{self, Fields, Map, Step, Syntax};
use crate::date::TimeZone;
use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::message::{Message, say};
use crate::path::SourcePath;
use crate::slug::Slugs;

use super::language::{self, Language, TRANSLATIONS};
use super::menu::{self, Menus};
use super::{Config, HtmlPolicy, MarkdownSettings, Options, taxonomy};

/// The names a configuration may have; the first that exists is read.
pub const CONFIG_NAMES: &[&str] = &["site.yaml", "site.yml"];

/// Reads the configuration. A site without a file gets the defaults.
///
/// Problems are added to `problems`; what could be read is returned all the same, so that the
/// rest of the site can be checked in the same run.
pub fn load(
    path: &SourcePath,
    text: Option<&str>,
    options: &Options,
    problems: &mut Vec<Diagnostic>,
) -> Config {
    let before = problems.len();
    let map = text.map_or(Map::default(), |text| keys_of(path, text, problems));
    let mut fields = Fields::new(path, map, problems);
    let raw = RawConfig::read(&mut fields);
    fields.finish();
    if text.is_some() && problems.len() == before {
        require(path, &raw, options, problems);
    }
    resolve(path, raw, options, problems)
}

fn keys_of(path: &SourcePath, text: &str, problems: &mut Vec<Diagnostic>) -> Map {
    data::parse_map(text, 0..text.len(), Syntax::Yaml).unwrap_or_else(|error| {
        problems.push(error.of(path));
        Map::default()
    })
}

/// What stands in the file.
struct RawConfig {
    title: Option<String>,
    base_url: Option<String>,
    description: Option<String>,
    theme: Option<String>,
    timezone: Option<String>,
    default_language: Option<String>,
    languages: Vec<(String, RawLanguage)>,
    default_language_in_path: Option<bool>,
    taxonomies: Vec<taxonomy::TaxonomySettings>,
    paginate_by: Option<usize>,
    feed_limit: Option<usize>,
    new_for: Option<usize>,
    feeds: Option<bool>,
    slugs: Option<Slugs>,
    translations: Option<bool>,
    menus: Option<Menus>,
    markdown: Option<MarkdownSettings>,
    highlight: Option<bool>,
    ignore: Option<Vec<String>>,
    organisation: Option<Map>,
    output_dir: Option<String>,
    extra: Option<Map>,
}

#[derive(Default)]
struct RawLanguage {
    title: Option<String>,
    label: Option<String>,
    description: Option<String>,
    menus: Option<Menus>,
    fallback: Option<String>,
    slugs: Option<Slugs>,
    translations: Option<bool>,
    organisation: Option<Map>,
}

impl RawConfig {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            title: fields.text("title"),
            base_url: fields.text("base_url"),
            description: fields.text("description"),
            theme: fields.text("theme"),
            timezone: fields.text("timezone"),
            default_language: fields.text("default_language"),
            languages: fields.nested("languages", languages).unwrap_or_default(),
            default_language_in_path: fields.flag("default_language_in_path"),
            taxonomies: taxonomy::read(fields),
            paginate_by: fields.count("paginate_by"),
            feed_limit: fields.count("feed_limit"),
            new_for: fields.count("new_for"),
            feeds: fields.flag("feeds"),
            slugs: fields.choice("slugs", Slugs::ALL),
            translations: fields.choice("translations", TRANSLATIONS),
            menus: menus(fields, &[]),
            markdown: fields.nested("markdown", markdown),
            highlight: fields.flag("highlight"),
            ignore: fields.texts("ignore"),
            organisation: fields.map("organisation"),
            output_dir: fields.text("output_dir"),
            extra: fields.map("extra"),
        }
    }
}

fn menus(fields: &mut Fields<'_>, at: &[Step]) -> Option<Menus> {
    let at = [at, &[Step::Key("menus".into())]].concat();
    fields.nested("menus", |fields| menu::read(fields, &at))
}

fn languages(fields: &mut Fields<'_>) -> Vec<(String, RawLanguage)> {
    let mut languages = Vec::new();
    for (code, value) in fields.rest() {
        let steps = [Step::Key(code.clone())];
        if !language::is_code(&code) {
            let hyphenated = code.replace('_', "-");
            let help = match language::is_code(&hyphenated) {
                true => say::write(hyphenated),
                false => say::write_language_code(),
            };
            let message = say::no_language_code(&code);
            fields.report::<()>(Code::InvalidValue, Spot::Key, &steps, message, help);
            continue;
        }
        let language = match value {
            data::Value::Null => RawLanguage::default(),
            data::Value::Map(map) => fields.within(&steps, map, |fields| language(fields, &code)),
            other => {
                fields.wrong::<()>(&steps, &other, say::language_keys());
                RawLanguage::default()
            }
        };
        languages.push((code, language));
    }
    languages
}

fn language(fields: &mut Fields<'_>, code: &str) -> RawLanguage {
    let at = ["languages", code].map(|key| Step::Key(key.into()));
    RawLanguage {
        title: fields.text("title"),
        label: fields.text("label"),
        description: fields.text("description"),
        menus: menus(fields, &at),
        fallback: fields.text("fallback"),
        slugs: fields.choice("slugs", Slugs::ALL),
        translations: fields.choice("translations", TRANSLATIONS),
        organisation: fields.map("organisation"),
    }
}

fn markdown(fields: &mut Fields<'_>) -> MarkdownSettings {
    let default = MarkdownSettings::default();
    let html = fields.choice("html", HtmlPolicy::ALL);
    let smart_punctuation = fields.flag("smart_punctuation");
    let heading_anchors = fields.flag("heading_anchors");
    let external = fields.nested("external_links", |fields| {
        (fields.text("target"), fields.text("rel"))
    });
    let (external_target, external_rel) = external.unwrap_or_default();
    MarkdownSettings {
        html: html.unwrap_or(default.html),
        smart_punctuation: smart_punctuation.unwrap_or(default.smart_punctuation),
        heading_anchors: heading_anchors.unwrap_or(default.heading_anchors),
        external_target,
        external_rel,
        highlight: default.highlight,
    }
}

fn require(path: &SourcePath, raw: &RawConfig, options: &Options, problems: &mut Vec<Diagnostic>) {
    let given = [
        ("title", raw.title.is_some(), "title: Our association"),
        (
            "base_url",
            raw.base_url.is_some() || options.base_url.is_some(),
            "base_url: https://example.org",
        ),
    ];
    for (key, is_given, example) in given {
        if !is_given {
            let message = say::config_lacks(key);
            problems.push(
                Diagnostic::new(Code::MissingKey, path, Spot::File, message)
                    .help(say::add_line(example)),
            );
        }
    }
}

fn resolve(
    path: &SourcePath,
    raw: RawConfig,
    options: &Options,
    problems: &mut Vec<Diagnostic>,
) -> Config {
    let RawConfig {
        title,
        base_url,
        description,
        theme,
        timezone,
        default_language,
        languages,
        default_language_in_path,
        taxonomies,
        paginate_by,
        feed_limit,
        new_for,
        feeds,
        slugs,
        translations,
        menus,
        markdown,
        highlight,
        ignore,
        organisation,
        output_dir,
        extra,
    } = raw;
    let from_option = options.base_url.is_some();
    let address = options
        .base_url
        .clone()
        .or(base_url)
        .unwrap_or_else(|| "http://localhost".into());
    let (origin, base_path) = split_address(&address).unwrap_or_else(|| {
        let spot = if from_option {
            Spot::File
        } else {
            value("base_url")
        };
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                path,
                spot,
                say::no_full_address(&address),
            )
            .help(say::write_with_scheme()),
        );
        ("http://localhost".into(), String::new())
    });
    let defaults = RawLanguage {
        title,
        label: None,
        description,
        menus,
        fallback: None,
        slugs,
        translations,
        organisation,
    };
    Config {
        origin: options.origin.clone().unwrap_or(origin),
        base_path,
        theme: theme_name(path, theme, problems),
        zone: zone(path, timezone, problems),
        languages: all_languages(path, default_language, languages, defaults, problems),
        default_language_in_path: default_language_in_path.unwrap_or(false),
        taxonomies,
        paginate_by: paginate_by.unwrap_or(20),
        feed_limit: feed_limit.unwrap_or(20),
        new_for: new_for.unwrap_or(0),
        feeds: feeds.unwrap_or(true),
        markdown: MarkdownSettings {
            highlight: highlight.unwrap_or(true),
            ..markdown.unwrap_or_default()
        },
        ignore: ignore.unwrap_or_default(),
        output_dir: output_folder(path, output_dir, problems),
        extra: extra.unwrap_or_default(),
    }
}

fn value(key: &str) -> Spot {
    Spot::Value(vec![Step::Key(key.into())])
}

/// `https://example.org/news/` → (`https://example.org`, `/news`).
fn split_address(address: &str) -> Option<(String, String)> {
    let (scheme, rest) = address.trim().split_once("://")?;
    let host_end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let legal = matches!(scheme, "http" | "https")
        && !host.is_empty()
        && !address.contains(char::is_whitespace)
        && !path.contains(['?', '#']);
    legal.then(|| {
        (
            format!("{scheme}://{host}"),
            path.trim_end_matches('/').to_owned(),
        )
    })
}

fn zone(path: &SourcePath, name: Option<String>, problems: &mut Vec<Diagnostic>) -> TimeZone {
    let Some(name) = name else {
        return TimeZone::UTC;
    };
    TimeZone::named(&name).unwrap_or_else(|| {
        const SLIPS: usize = 3;
        let near = TimeZone::names()
            .map(|zone| {
                (
                    strsim::damerau_levenshtein(&zone.to_lowercase(), &name.to_lowercase()),
                    zone,
                )
            })
            .min()
            .filter(|(distance, zone)| *distance <= SLIPS && distance * 3 <= zone.len());
        let help = near.map_or_else(say::write_time_zone, |(_, near)| say::did_you_mean(near));
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                path,
                value("timezone"),
                say::no_time_zone(&name),
            )
            .help(help),
        );
        TimeZone::UTC
    })
}

/// A theme is a folder of `themes/`: a name that leads elsewhere would read files that are not
/// the site's.
fn theme_name(path: &SourcePath, name: Option<String>, problems: &mut Vec<Diagnostic>) -> String {
    const DEFAULT: &str = "gazette";
    let name = name.unwrap_or_else(|| DEFAULT.into());
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                path,
                value("theme"),
                say::no_theme_name(&name),
            )
            .help(say::write_theme_name()),
        );
        return DEFAULT.into();
    }
    name
}

fn output_folder(
    path: &SourcePath,
    folder: Option<String>,
    problems: &mut Vec<Diagnostic>,
) -> String {
    const TAKEN: &[&str] = &[
        "content",
        "templates",
        "static",
        "data",
        "themes",
        "i18n",
        ".courant",
        ".git",
        "src",
    ];
    let folder = folder.unwrap_or_else(|| "public".into());
    let bare = without_dots(&folder);
    let first = bare.split('/').next().unwrap_or("");
    let (message, help): (Message, Message) = if first == ".." || folder.starts_with('/') {
        (say::output_outside(&folder), say::choose_inside())
    } else if bare.is_empty() || TAKEN.contains(&first) {
        (say::output_in_sources(&folder), say::choose_own())
    } else {
        return bare;
    };
    problems
        .push(Diagnostic::new(Code::InvalidValue, path, value("output_dir"), message).help(help));
    "public".into()
}

/// `./a/../public/` → `public`; `..` stays where it leads out of the site.
fn without_dots(folder: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.trim().split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if folder.trim().starts_with('/') {
        "/"
    } else {
        ""
    };
    format!("{root}{}", parts.join("/"))
}

fn all_languages(
    path: &SourcePath,
    default: Option<String>,
    declared: Vec<(String, RawLanguage)>,
    site: RawLanguage,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Language> {
    let default = default.unwrap_or_else(|| "en".into());
    if !language::is_code(&default) {
        problems.push(
            Diagnostic::new(
                Code::InvalidValue,
                path,
                value("default_language"),
                say::no_language_code(&default),
            )
            .help(say::write_language_code()),
        );
    }
    let codes: Vec<String> = declared
        .iter()
        .map(|(code, _)| code.clone())
        .chain([default.clone()])
        .collect();
    let (own, others): (Vec<_>, Vec<_>) =
        declared.into_iter().partition(|(code, _)| *code == default);
    let own = own
        .into_iter()
        .next()
        .map(|(_, raw)| raw)
        .unwrap_or_default();
    let first = language_of(default, own, &site);
    let mut languages = vec![first];
    let RawLanguage {
        title,
        slugs,
        translations,
        organisation,
        ..
    } = site;
    let shared = RawLanguage {
        title,
        slugs,
        translations,
        organisation,
        ..RawLanguage::default()
    };
    for (code, raw) in others {
        if let Some(fallback) = raw
            .fallback
            .as_ref()
            .filter(|fallback| !codes.contains(fallback))
        {
            let steps = ["languages", &code, "fallback"].map(|key| Step::Key(key.into()));
            let known = codes.iter().map(String::as_str);
            let help = nearest(fallback, known)
                .map_or_else(|| say::use_one_of(codes.clone()), say::did_you_mean);
            problems.push(
                Diagnostic::new(
                    Code::UnknownLanguage,
                    path,
                    Spot::Value(steps.into()),
                    say::no_language(fallback),
                )
                .help(help),
            );
        }
        languages.push(language_of(code, raw, &shared));
    }
    languages
}

fn language_of(code: String, own: RawLanguage, site: &RawLanguage) -> Language {
    let RawLanguage {
        title,
        label,
        description,
        menus,
        fallback,
        slugs,
        translations,
        organisation,
    } = own;
    Language {
        label: label.unwrap_or_else(|| language::label(&code).to_owned()),
        title: title.or_else(|| site.title.clone()).unwrap_or_default(),
        description: description.or_else(|| site.description.clone()),
        menus: menus.or_else(|| site.menus.clone()).unwrap_or_default(),
        slugs: slugs.or(site.slugs).unwrap_or_default().in_language(&code),
        is_required: translations.or(site.translations).unwrap_or(false),
        organisation: organisation.or_else(|| site.organisation.clone()),
        fallback,
        code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CONFIG_KEYS, LANGUAGE_KEYS, MARKDOWN_KEYS};

    fn names(table: &[crate::config::ConfigKey]) -> Vec<&str> {
        table.iter().map(|key| key.name).collect()
    }

    fn read(text: &str) -> (Config, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let config = load(
            &SourcePath::new("site.yaml"),
            Some(text),
            &Options::at(0),
            &mut problems,
        );
        (config, problems)
    }

    #[test]
    fn the_table_names_the_keys_that_are_read() {
        let path = SourcePath::new("site.yaml");
        let mut problems = Vec::new();
        let mut fields = Fields::new(&path, Map::default(), &mut problems);
        RawConfig::read(&mut fields);
        assert_eq!(fields.finish(), names(CONFIG_KEYS));
        let mut fields = Fields::new(&path, Map::default(), &mut problems);
        language(&mut fields, "zh");
        assert_eq!(fields.finish(), names(LANGUAGE_KEYS));
        let mut fields = Fields::new(&path, Map::default(), &mut problems);
        markdown(&mut fields);
        assert_eq!(fields.finish(), names(MARKDOWN_KEYS));
    }

    #[test]
    fn a_language_inherits_from_the_site_what_it_does_not_say() {
        let (config, problems) = read(
            "title: A\nbase_url: https://x.org/p/\ndescription: D\nslugs: unicode\nlanguages:\n  zh: {title: 甲}\n  de:\n",
        );
        assert_eq!(problems, []);
        let titles: Vec<(&str, &str, &str)> = config
            .languages
            .iter()
            .map(|language| (&*language.code, &*language.title, &*language.label))
            .collect();
        assert_eq!(
            titles,
            [
                ("en", "A", "English"),
                ("zh", "甲", "中文"),
                ("de", "A", "Deutsch")
            ]
        );
        assert_eq!(config.languages[1].description, None);
        assert_eq!(
            (&*config.origin, &*config.base_path),
            ("https://x.org", "/p")
        );
        let zh = config.lang("zh").expect("declared");
        assert_eq!(config.permalink(&config.home(zh)), "https://x.org/p/zh/");
    }

    #[test]
    fn every_problem_of_the_file_is_reported_at_once() {
        let (_, problems) = read(
            "title: A\nbase_url: example.org\ntimezone: Asia/Shanhai\npaginate_by: -1\nthem: x\nlanguages: {chinese: {}}\nslugs: asci\n",
        );
        let messages: Vec<String> = problems
            .iter()
            .map(|problem| problem.message.english())
            .collect();
        assert_eq!(
            messages,
            [
                "`chinese` is not a language code",
                "`paginate_by` is -1; it cannot be less than 0",
                "`slugs` cannot be `asci`",
                "there is no key `them`",
                "`example.org` is not a full address",
                "there is no time zone `Asia/Shanhai`",
            ]
        );
        assert_eq!(problems[3].help, Some(say::did_you_mean("theme")));
        assert!(
            problems[5]
                .help
                .as_ref()
                .map(Message::english)
                .is_some_and(|help| help.starts_with("Did you mean `Asia/Shanghai`?"))
        );
    }
}
