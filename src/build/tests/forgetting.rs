//! A reader that forgets one kind of question is caught: for every kind there is an edit after
//! which an output would be stale that depends on nothing else that changed.

use std::collections::BTreeMap;
use std::fs;
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::*;
use crate::config::Lang;
use crate::path::SourcePath;
use crate::site::{FeedScope, NodeId, TermId};
use crate::trace::{FORGOTTEN, List, Question};

/// Builds of this process, one at a time: what is forgotten is forgotten by all.
pub(super) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const SITE: &[(&str, &str)] = &[
    (
        "site.yaml",
        "title: Society
base_url: https://example.org
languages: {en: {}, zh: {}}
paginate_by: 0
taxonomies: [{name: author, paginate_by: 1}, category, tags]
organisation: {name: Society}
",
    ),
    (
        "content/about.md",
        "---\ntitle: About\naliases: [old]\n---\nAbout us.\n",
    ),
    ("content/news/_index.md", "---\ntitle: News\n---\n"),
    (
        "content/news/a.md",
        "---
title: Article
date: 2024-03-01
author: office
tags: [health, Public Health]
---
The clinic opens its doors. This long paragraph holds more letters than any summary shows, so that
what stands behind it can change without a change of the summary, and there it goes on and on until
it is long enough for everyone.

A last paragraph about boats.
",
    ),
    (
        "content/news/b.md",
        "---\ntitle: Before\ndate: 2024-01-01\nauthor: late\n---\nOne.\n",
    ),
    (
        "content/news/c.md",
        "---\ntitle: Later\ndate: 2024-02-01\nauthor: late\n---\nTwo.\n",
    ),
    (
        "content/news/d.md",
        "---\ntitle: Undated\nauthor: late\n---\nThree.\n",
    ),
    ("content/others/pal.md", "---\ntitle: Pal\n---\nText.\n"),
    ("content/news/deep/x.md", "---\ntitle: Deep\n---\nText.\n"),
    (
        "content/others/bo.zh.md",
        "---\ntitle: 波\nauthor: bo\n---\n正文。\n",
    ),
    (
        "content/tools/data.md",
        "---\ntitle: Data\ntemplate: data.html\n---\n",
    ),
    (
        "content/tools/file.md",
        "---\ntitle: File\ntemplate: file.html\n---\n",
    ),
    (
        "content/tools/find.md",
        "---\ntitle: Find\ntemplate: find.html\n---\n",
    ),
    (
        "content/tools/note.md",
        "---\ntitle: Note\ntemplate: note.html\n---\n> [!NOTE]\n> Mind.\n",
    ),
    (
        "content/tools/now.md",
        "---\ntitle: Now\ntemplate: now.html\n---\n",
    ),
    (
        "content/tools/picture.md",
        "---\ntitle: Picture\ntemplate: picture.html\n---\n",
    ),
    (
        "content/tools/term.md",
        "---\ntitle: Term\ntemplate: term.html\n---\n",
    ),
    (
        "content/tools/url.md",
        "---\ntitle: Url\ntemplate: url.html\n---\n",
    ),
    (
        "content/tools/word.md",
        "---\ntitle: Word\ntemplate: word.html\n---\n",
    ),
    (
        "data/authors.yaml",
        "office: {name: Office}\nbo: {name: Bo}\n",
    ),
    ("data/numbers.yaml", "one: 1\n"),
    ("i18n/en.yaml", "greeting: Hello\n"),
    ("i18n/zh.yaml", "greeting: 你好\n"),
    ("static/logo.txt", "logo\n"),
    (
        "templates/404.html",
        "{{ config.organisation.name }}
{% for item in config.menus.main %}{{ item.title }} {% endfor %}
{% for taxonomy in config.taxonomies %}{{ taxonomy.path }} {% endfor %}
{% if config.archive %}{{ config.archive.path }}{% endif %}
",
    ),
    (
        "templates/archive.html",
        "{% for year in years %}{{ year.year }} {{ year.count }} {% endfor %}",
    ),
    ("templates/index.html", "{{ section.title }}"),
    (
        "templates/page.html",
        "{{ page.content }}
{% for version in alternates %}{{ version.title }} {% endfor %}
{% if page.lower %}{{ page.lower.title }}{% endif %}
{% if page.higher %}{{ page.higher.title }}{% endif %}
{% for crumb in page.breadcrumbs %}{{ crumb.title }} {% endfor %}
{% for other in page.backlinks %}{{ other.title }} {% endfor %}
{% if page.author %}{{ page.author.name }}{% endif %}
",
    ),
    (
        "templates/section.html",
        "{% for page in section.pages -%}
{{ page.title }} {{ page.editor }} {{ page.summary }} {{ page.translations | length }}
{% endfor %}",
    ),
    (
        "templates/taxonomy_list.html",
        "{% for term in terms %}{{ term.name }} {{ term.page_count }} {% endfor %}",
    ),
    (
        "templates/taxonomy_single.html",
        "{{ term.name }} {{ feed.path }} {% for version in alternates %}{{ version.title }} {% endfor %}",
    ),
    (
        "templates/data.html",
        "{% set data = load_data(path=\"numbers.yaml\") %}{{ data.one }}",
    ),
    ("templates/file.html", "{{ get_hash(path=\"logo.txt\") }}"),
    (
        "templates/find.html",
        "{% set page = get_page(path=\"about.md\", lang=\"zh\", metadata_only=true) %}{{ page.title }}",
    ),
    ("templates/note.html", "{{ page.content }}"),
    ("templates/now.html", "{{ now() }}"),
    (
        "templates/picture.html",
        "{% set small = resize_image(path=\"pixels.png\", width=1, height=1, op=\"fill\") %}{{ small.url }}",
    ),
    (
        "templates/term.html",
        "{% set term = get_taxonomy_term(kind=\"tags\", term=\"public-health\") %}{{ term.name }}",
    ),
    ("templates/url.html", "{{ get_url(path=\"@/about.md\") }}"),
    ("templates/word.html", "{{ trans(key=\"greeting\") }}"),
];

/// A site on the disk, and how it is built.
struct Site {
    folder: tempfile::TempDir,
    now: i64,
}

/// What a build published: whether it did, and every file.
type Published = (bool, BTreeMap<PathBuf, Vec<u8>>);

#[expect(clippy::disallowed_methods, reason = "a test writes and reads a site")]
impl Site {
    fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            now: 1_767_225_600,
        };
        for (path, text) in SITE {
            site.write(path, text);
        }
        let mut png = Vec::new();
        image::RgbImage::new(4, 4)
            .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
            .expect("memory takes it");
        fs::write(site.folder.path().join("static/pixels.png"), png).expect("a file");
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces what must be there.
    fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.folder.path().join(path)).expect("a file");
        assert!(text.contains(old), "{path} has no `{old}`");
        self.write(path, &text.replacen(old, new, 1));
    }

    fn build(&self, output: &str, warm: bool) -> Published {
        let output = self.folder.path().join(output);
        let request = Request {
            root: self.folder.path().to_owned(),
            config: None,
            output_dir: Some(output.clone()),
            options: Options::at(self.now),
            jobs: Some(1),
            strict: false,
            warm,
            with_entries: false,
            is_last: false,
            format: Format::of("test"),
        };
        let mut files = BTreeMap::new();
        let success = match build(&request, &Silent) {
            Ok(report) => report.success,
            Err(error) => {
                files.insert("error".into(), error.to_string().into_bytes());
                false
            }
        };
        if success {
            collect(&output, &output, &mut files);
        }
        (success, files)
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads what was published")]
fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => collect(root, &path, files),
            false => {
                let below = path.strip_prefix(root).expect("below it").to_owned();
                files.insert(below, fs::read(&path).expect("a file"));
            }
        }
    }
}

macro_rules! kinds {
    ($($kind:ident)*) => {
        /// Every kind of question by its name: one that is new does not compile until it stands
        /// here, and then wants a row.
        const KINDS: &[&str] = &[$(stringify!($kind)),*];

        fn name(kind: &Question) -> &'static str {
            match kind {
                $(Question::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds! {
    Config Crumb Listed Page Text Words Body Subsections Translations Neighbours Backlinks Pages Version
    Find Term TermCount TermTranslations FindTerm Taxonomy Terms Archive Years Url Feed Sitemap
    Redirects Taken File Data Word Labels Template Now
}

#[test]
fn every_kind_of_question_has_a_row() {
    let rows = rows();
    let names: Vec<&str> = rows.iter().map(|row| name(&row.kind)).collect();
    assert_eq!(names, KINDS);
}

/// One kind of question, what stands in the site besides, and an edit that only it notices.
struct Row {
    kind: Question,
    besides: fn(&Site),
    edit: fn(&mut Site),
}

fn row(kind: Question, edit: fn(&mut Site)) -> Row {
    Row {
        kind,
        besides: |_| {},
        edit,
    }
}

fn rows() -> Vec<Row> {
    let (node, term) = (NodeId::new(0), TermId::new(0));
    let (lang, text) = (Lang::DEFAULT, String::new);
    let output = crate::path::OutputPath::checked("a").expect("legal");
    vec![
        row(Question::Config, |site| {
            site.replace("site.yaml", "{name: Society}", "{name: Union}");
        }),
        row(Question::Crumb(node), |site| {
            site.replace("content/news/_index.md", "News", "Latest");
        }),
        Row {
            kind: Question::Listed(node),
            besides: |site| {
                site.write("content/others/pal.zh.md", "---\ntitle: 友\n---\n正文。\n");
                site.write(
                    "templates/page.html",
                    "{% for version in alternates %}{{ version.listed }} {% endfor %}",
                );
            },
            edit: |site| site.replace("content/others/pal.zh.md", "友", "友\nsitemap: false"),
        },
        row(Question::Page(node), |site| {
            site.replace("content/news/a.md", "date:", "editor: Ann\ndate:");
        }),
        row(Question::Text(node), |site| {
            site.replace("content/news/a.md", "opens its doors", "shuts its doors");
        }),
        Row {
            kind: Question::Words(node),
            besides: |site| {
                site.write(
                    "templates/section.html",
                    "{% for page in section.pages %}{{ page.word_count }} {% endfor %}",
                )
            },
            edit: |site| site.replace("content/news/a.md", "about boats", "about large boats"),
        },
        row(Question::Body(node), |site| {
            site.replace("content/news/a.md", "about boats", "about ships");
        }),
        row(Question::Subsections(node), |site| {
            site.write("content/zoo/_index.md", "---\ntitle: Zoo\n---\n");
        }),
        row(Question::Translations(node), |site| {
            site.write("content/others/pal.zh.md", "---\ntitle: 友\n---\n正文。\n");
        }),
        row(Question::Neighbours(node), |site| {
            site.write(
                "content/news/e.md",
                "---\ntitle: Between\ndate: 2024-02-10\n---\nText.\n",
            );
        }),
        row(Question::Backlinks(node), |site| {
            site.replace("content/about.md", "About us.", "See [it](@/news/a.md).");
        }),
        row(Question::Pages(List::Section(node)), |site| {
            site.write("content/news/e.md", "---\ntitle: New\n---\nText.\n");
        }),
        row(Question::Version(node, lang), |site| {
            site.write("content/news/_index.zh.md", "---\ntitle: 新闻\n---\n");
        }),
        row(Question::Find(text(), lang), |site| {
            site.write(
                "content/about.zh.md",
                "---\ntitle: 关于\nkey: apart\n---\n正文。\n",
            );
        }),
        row(Question::Term(term), |site| {
            site.replace("data/authors.yaml", "{name: Office}", "{name: Bureau}");
        }),
        row(Question::TermCount(term), |site| {
            site.write(
                "content/news/e.md",
                "---\ntitle: New\nauthor: office\n---\nText.\n",
            );
        }),
        row(Question::TermTranslations(term), |site| {
            site.write(
                "content/others/o.zh.md",
                "---\ntitle: 新\nauthor: office\n---\n正文。\n",
            );
        }),
        row(Question::FindTerm(0, lang, text()), |site| {
            site.write("data/tags.yaml", "ph: {name: public-health, slug: other}\n");
            site.write(
                "content/news/e.md",
                "---\ntitle: New\ntags: [public-health]\n---\n.\n",
            );
        }),
        row(Question::Taxonomy(0, lang), |site| {
            site.replace(
                "content/others/bo.zh.md",
                "author: bo",
                "author: bo\ntags: [水]",
            );
        }),
        row(Question::Terms(0, lang), |site| {
            site.replace("content/news/a.md", "[health,", "[health, rare,");
        }),
        row(Question::Archive(lang), |site| {
            site.replace(
                "content/others/bo.zh.md",
                "author: bo",
                "author: bo\ndate: 2024-01-01",
            );
        }),
        row(Question::Years(lang), |site| {
            site.write(
                "content/news/e.md",
                "---\ntitle: Old\ndate: 2019-01-01\n---\nText.\n",
            );
        }),
        row(Question::Url(text(), None, lang), |site| {
            site.replace("content/about.md", "title: About", "title: About\nslug: us");
        }),
        row(Question::Feed(FeedScope::Site(lang)), |site| {
            site.replace("content/news/b.md", "author:", "feed: false\nauthor:");
            site.replace("content/news/c.md", "author:", "feed: false\nauthor:");
        }),
        row(Question::Sitemap, |site| {
            site.write("content/news/e.md", "---\ntitle: New\n---\nText.\n");
        }),
        row(Question::Redirects, |site| {
            site.replace("content/about.md", "[old]", "[old, older]");
        }),
        row(Question::Taken(output), |site| {
            let (_, files) = site.build("public", true);
            let mut files = files.keys();
            let small = files.find(|path| path.starts_with("resized"));
            let small = small.expect("a smaller picture").display().to_string();
            site.write(&format!("static/{small}"), "taken");
        }),
        row(Question::File(SourcePath::new("")), |site| {
            site.write("static/logo.txt", "other\n");
        }),
        row(Question::Data(text()), |site| {
            site.write("data/numbers.yaml", "one: 2\n");
        }),
        row(Question::Word(lang, text()), |site| {
            site.write("i18n/en.yaml", "greeting: Welcome\n");
        }),
        row(Question::Labels(lang), |site| {
            site.write("i18n/en.yaml", "greeting: Hello\nalert_note: Mark\n");
        }),
        row(Question::Template(text()), |site| {
            site.write("templates/index.html", "{{ section.title }}!");
        }),
        row(Question::Now, |site| site.now += 1),
    ]
}

/// Builds, edits and builds again, with one kind of question forgotten by the first build; then
/// what the warm and a clean build published, and what there was before.
fn play(row: &Row, forgotten: Option<Discriminant<Question>>) -> [Published; 3] {
    let mut site = Site::new();
    (row.besides)(&site);
    let forget = |what| *FORGOTTEN.lock().expect("no test panicked here") = what;
    forget(forgotten);
    let before = site.build("public", true);
    (row.edit)(&mut site);
    let warm = site.build("public", true);
    forget(None);
    [before, warm, site.build("clean", false)]
}

#[test]
fn every_kind_of_question_that_is_forgotten_leaves_something_stale() {
    let _alone = alone();
    let rows = rows();
    let mut missed = Vec::new();
    for row in &rows {
        let [before, warm, clean] = play(row, None);
        assert!(before.0, "{:?}: the first build fails", row.kind);
        assert!(before != clean, "{:?}: the edit changes nothing", row.kind);
        assert!(warm == clean, "{:?}: the warm build is wrong", row.kind);
        let [_, warm, clean] = play(row, Some(discriminant(&row.kind)));
        if warm == clean {
            missed.push(format!("{:?}", row.kind));
        }
    }
    assert_eq!(missed, [""; 0]);
}
