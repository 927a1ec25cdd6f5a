//! Front matter as it was typed: every key optional, every value checked for its own form.
//! What it means for a page is decided where the whole site is known.

mod key;
mod origin;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::config::{Config, TRANSLATIONS};
use crate::data::{Fields, Map, Step, Value};
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::SourcePath;
use crate::sparse::Sparse;

pub use key::{FRONT_KEYS, FrontKey, On};
pub use origin::{is_text_digest, text_digest};

/// Names as written, by taxonomy.
pub type Terms = Vec<(Cow<'static, str>, Vec<String>)>;

/// The keys of one file, or of a `cascade`. Most pages have few of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `author`, `category`, `tags` and every declared taxonomy: names as written.
    pub terms: Terms,
    /// `date`
    pub date: Option<Moment>,
    /// `updated`
    pub updated: Sparse<Option<Moment>>,
    /// `summary`: Markdown
    pub summary: Sparse<Option<String>>,
    /// `description`
    pub description: Sparse<Option<String>>,
    /// `slug`
    pub slug: Sparse<Option<String>>,
    /// `path`
    pub path: Sparse<Option<String>>,
    /// `aliases`
    pub aliases: Sparse<Option<Vec<String>>>,
    /// `draft`
    pub draft: Option<bool>,
    /// `publish`
    pub publish: Sparse<Option<Moment>>,
    /// `expires`
    pub expires: Sparse<Option<Moment>>,
    /// `pinned`
    pub pinned: Option<Pinned>,
    /// `weight`
    pub weight: Sparse<Option<i64>>,
    /// `template`
    pub template: Sparse<Option<String>>,
    /// `lang`
    pub lang: Sparse<Option<String>>,
    /// `key`
    pub key: Sparse<Option<String>>,
    /// `image`
    pub image: Sparse<Option<String>>,
    /// `source`
    pub source: Sparse<Option<String>>,
    /// `source_url`
    pub source_url: Sparse<Option<String>>,
    /// `editor`
    pub editor: Sparse<Option<String>>,
    /// `reviewer`
    pub reviewer: Sparse<Option<String>>,
    /// `translated_from`
    pub translated_from: Sparse<Option<String>>,
    /// `translations`: whether they are required.
    pub translations: Option<bool>,
    /// `attachments`
    pub attachments: Sparse<Option<Vec<RawAttachment>>>,
    /// `toc`
    pub toc: Option<bool>,
    /// `search`
    pub search: Option<bool>,
    /// `sitemap`
    pub sitemap: Option<bool>,
    /// `feed`
    pub feed: Option<bool>,
    /// `sort_by`
    pub sort_by: Option<SortBy>,
    /// `reverse`
    pub reverse: Option<bool>,
    /// `paginate_by`
    pub paginate_by: Sparse<Option<usize>>,
    /// `page_template`
    pub page_template: Sparse<Option<String>>,
    /// `transparent`
    pub transparent: Option<bool>,
    /// `redirect_to`
    pub redirect_to: Sparse<Option<String>>,
    /// `cascade`
    pub cascade: Option<Box<FrontMatter>>,
    /// `extra`
    #[serde(with = "crate::data::stored")]
    pub extra: Sparse<Map>,
}

/// How long an article stands first in its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pinned {
    /// Not at all.
    No,
    /// Always.
    Always,
    /// Until a point in time; a day counts to its end.
    Until(Moment),
}

/// A file offered for download, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RawAttachment {
    /// The file, as a link would name it.
    pub file: String,
    /// What readers see.
    pub title: Option<String>,
}

/// The order of a section's articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum SortBy {
    /// Newest first.
    #[default]
    Date,
    /// Most recently changed first.
    Updated,
    /// By title.
    Title,
    /// Light ones first.
    Weight,
    /// By the last part of the address.
    Slug,
    /// By file name.
    None,
}

impl SortBy {
    /// The values of `sort_by`.
    pub const ALL: &[(&str, Self)] = &[
        ("date", Self::Date),
        ("updated", Self::Updated),
        ("title", Self::Title),
        ("weight", Self::Weight),
        ("slug", Self::Slug),
        ("none", Self::None),
    ];
}

/// Reads the keys of an article or a section.
pub fn read(
    path: &SourcePath,
    mut map: Map,
    on: On,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> FrontMatter {
    refuse_misplaced(path, &mut map, on, problems);
    let mut fields = Fields::new(path, map, problems);
    let front = keys(&mut fields, config);
    fields.finish();
    front
}

/// A section's key in an article, or the reverse.
fn refuse_misplaced(path: &SourcePath, map: &mut Map, on: On, problems: &mut Vec<Diagnostic>) {
    for row in FRONT_KEYS
        .iter()
        .filter(|row| row.on != On::Both && row.on != on)
    {
        if map.take(row.name).is_none() {
            continue;
        }
        let (message, help) = match on {
            On::Section => (
                say::section_lacks_key(row.name),
                say::belongs_to_articles(row.name),
            ),
            _ => (
                say::article_lacks_key(row.name),
                say::belongs_to_sections(row.name),
            ),
        };
        let spot = Spot::Key(vec![Step::Key(row.name.into())]);
        problems.push(Diagnostic::new(Code::UnknownKey, path, spot, message).help(help));
    }
}

fn keys(fields: &mut Fields<'_>, config: &Config) -> FrontMatter {
    let zone = &config.zone;
    FrontMatter {
        title: fields.text("title"),
        terms: terms(fields, config),
        date: fields.moment("date", zone),
        updated: fields.moment("updated", zone).into(),
        summary: fields.text("summary").into(),
        description: fields.text("description").into(),
        slug: fields.text("slug").into(),
        path: fields.text("path").into(),
        aliases: fields.texts("aliases").into(),
        draft: fields.flag("draft"),
        publish: fields.moment("publish", zone).into(),
        expires: fields.moment("expires", zone).into(),
        pinned: pinned(fields, config),
        weight: fields.whole("weight").into(),
        template: fields.text("template").into(),
        lang: fields.text("lang").into(),
        key: fields.text("key").into(),
        image: fields.text("image").into(),
        source: fields.text("source").into(),
        source_url: fields.text("source_url").into(),
        editor: fields.text("editor").into(),
        reviewer: fields.text("reviewer").into(),
        translated_from: translated_from(fields).into(),
        translations: fields.choice("translations", TRANSLATIONS),
        attachments: attachments(fields).into(),
        toc: fields.flag("toc"),
        search: fields.flag("search"),
        sitemap: fields.flag("sitemap"),
        feed: fields.flag("feed"),
        sort_by: fields.choice("sort_by", SortBy::ALL),
        reverse: fields.flag("reverse"),
        paginate_by: fields.count("paginate_by").into(),
        page_template: fields.text("page_template").into(),
        transparent: fields.flag("transparent"),
        redirect_to: fields.text("redirect_to").into(),
        cascade: fields.nested("cascade", |fields| Box::new(cascade(fields, config))),
        extra: fields.map("extra").unwrap_or_default().into(),
    }
}

/// What a section hands down; a file's own address and language are not among it.
fn cascade(fields: &mut Fields<'_>, config: &Config) -> FrontMatter {
    const OWN: &[&str] = &[
        "slug",
        "path",
        "aliases",
        "lang",
        "key",
        "translated_from",
        "cascade",
    ];
    for key in OWN {
        if fields.remove(key) {
            fields.invalid::<()>(
                &[Step::Key((*key).into())],
                say::not_for_all_below(key),
                say::write_into_files(),
            );
        }
    }
    keys(fields, config)
}

/// Keys that fill the three taxonomies every site knows.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("author", &["author", "authors"]),
    ("category", &["category", "categories"]),
    ("tags", &["tags"]),
];

fn terms(fields: &mut Fields<'_>, config: &Config) -> Terms {
    let mut terms = Terms::new();
    for (taxonomy, spellings) in SPELLINGS {
        let mut given = None;
        for spelling in *spellings {
            let Some(names) = fields.texts(spelling) else {
                continue;
            };
            if given.is_some() {
                fields.invalid::<()>(
                    &[Step::Key((*spelling).into())],
                    say::says_again(spelling, taxonomy),
                    say::put_all_into(taxonomy),
                );
            }
            given = Some(names);
        }
        terms.extend(given.map(|names| (Cow::Borrowed(*taxonomy), non_empty(names))));
    }
    for taxonomy in &config.taxonomies {
        if SPELLINGS.iter().all(|(known, _)| *known != taxonomy.name)
            && let Some(names) = fields.texts(&taxonomy.name)
        {
            terms.push((Cow::Owned(taxonomy.name.clone()), non_empty(names)));
        }
    }
    terms
}

fn non_empty(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let name = name.trim();
        if !name.is_empty() && kept.iter().all(|known| known != name) {
            kept.push(name.to_owned());
        }
    }
    kept
}

fn pinned(fields: &mut Fields<'_>, config: &Config) -> Option<Pinned> {
    match fields.take("pinned")? {
        Value::Bool(true) => Some(Pinned::Always),
        Value::Bool(false) => Some(Pinned::No),
        until => fields
            .as_moment(&[Step::Key("pinned".into())], &until, &config.zone)
            .map(Pinned::Until),
    }
}

fn translated_from(fields: &mut Fields<'_>) -> Option<String> {
    let digest = fields.text("translated_from")?;
    match is_text_digest(&digest) {
        true => Some(digest),
        false => fields.invalid(
            &[Step::Key("translated_from".into())],
            say::no_digest(digest),
            say::run_digests(),
        ),
    }
}

fn attachments(fields: &mut Fields<'_>) -> Option<Vec<RawAttachment>> {
    let items = match fields.take("attachments")? {
        Value::List(items) => items,
        single => vec![single],
    };
    let mut attachments = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let steps = [Step::Key("attachments".into()), Step::Index(index)];
        attachments.extend(match item {
            Value::Map(map) => fields.within(&steps, map, |fields| {
                let (file, title) = (fields.text("file"), fields.text("title"));
                match file {
                    Some(file) => Some(RawAttachment { file, title }),
                    None => fields.invalid(&[], say::attachment_without_file(), say::write_file()),
                }
            }),
            other => fields
                .as_text(&steps, other)
                .map(|file| RawAttachment { file, title: None }),
        });
    }
    Some(attachments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Options};
    use crate::data::{Syntax, parse_map};

    fn config() -> Config {
        config::load(
            &SourcePath::new("site.yaml"),
            None,
            &Options::at(0),
            &mut Vec::new(),
        )
    }

    fn read_text(text: &str, on: On) -> (FrontMatter, Vec<String>) {
        let map = parse_map(text, 0..text.len(), Syntax::Yaml).expect("valid YAML");
        let mut problems = Vec::new();
        let front = read(
            &SourcePath::new("content/a.md"),
            map,
            on,
            &config(),
            &mut problems,
        );
        (
            front,
            problems
                .into_iter()
                .map(|problem| problem.message.english())
                .collect(),
        )
    }

    #[test]
    fn the_table_names_the_keys_that_are_read() {
        let path = SourcePath::new("content/a.md");
        let mut problems = Vec::new();
        let mut fields = Fields::new(&path, Map::default(), &mut problems);
        keys(&mut fields, &config());
        let mut asked = fields.finish();
        let mut table: Vec<&str> = FRONT_KEYS.iter().map(|key| key.name).collect();
        asked.sort_unstable();
        table.sort_unstable();
        assert_eq!(asked, table);
    }

    #[test]
    fn all_problems_of_one_file_are_reported() {
        let (front, messages) = read_text(
            "title: [a]\nauther: x\ndate: 2021-02-30\ndraft: yes\nsort_by: date\ntags: a\n",
            On::Page,
        );
        assert_eq!(
            messages,
            [
                "an article has no key `sort_by`",
                "`title` is a list; it must be text",
                "2021-02 has no day 30",
                "`draft` is text; it must be `true` or `false`",
                "there is no key `auther`",
            ]
        );
        assert_eq!(front.terms, [("tags".into(), vec!["a".to_owned()])]);
    }

    #[test]
    fn pinned_takes_a_switch_or_a_date() {
        assert_eq!(
            read_text("pinned: true", On::Page).0.pinned,
            Some(Pinned::Always)
        );
        assert!(matches!(
            read_text("pinned: 2030-01-01", On::Page).0.pinned,
            Some(Pinned::Until(_))
        ));
    }
}
