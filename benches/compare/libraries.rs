//! What the libraries take that courant is made of: `serde_yaml` reads the front matter of every
//! article, `pulldown-cmark` makes its text into HTML, and `tera` makes a page of that by the site's
//! own template.
//!
//! No link is resolved, no list and no feed is made, no code is coloured, nothing is checked, and
//! nothing is left for another build.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};
use walkdir::WalkDir;

/// Makes pages of articles.
pub struct Libraries {
    tera: Tera,
    /// What all pages have.
    common: Context,
}

#[derive(Serialize)]
struct Config {
    title: &'static str,
    menus: Menus,
}

#[derive(Serialize)]
struct Menus {
    main: [Linked<'static>; 8],
}

/// What the template shows of an article.
#[derive(Serialize)]
struct Page<'p> {
    title: &'p str,
    description: &'p str,
    date: &'p str,
    author: Linked<'p>,
    category: Linked<'p>,
    terms: Terms<'p>,
    breadcrumbs: [Linked<'p>; 3],
    toc: Vec<Heading>,
    content: Value,
    lower: Linked<'p>,
    higher: Linked<'p>,
}

#[derive(Serialize)]
struct Terms<'p> {
    tags: Vec<Linked<'p>>,
}

/// Something with an address, which is made up.
#[derive(Clone, Copy, Serialize)]
struct Linked<'p> {
    name: &'p str,
    title: &'p str,
    path: &'static str,
}

#[derive(Serialize)]
struct Heading {
    id: String,
    title: String,
    children: [(); 0],
}

impl Libraries {
    /// With the templates of courant's twin of the site.
    pub fn of(site: &Path) -> Self {
        let mut tera = Tera::default();
        tera.register_filter("date", |date: &str, _: Kwargs, _: &State<'_>| {
            date.get(..10).unwrap_or(date).to_owned()
        });
        tera.add_raw_templates(templates(&site.join("templates")))
            .expect("templates");
        let config = Config {
            title: "The Headland Bulletin",
            menus: Menus {
                main: [linked("Harbour"); 8],
            },
        };
        let mut common = Context::new();
        common.insert("config", &config);
        common.insert("lang", "en");
        common.insert("current_url", "https://bulletin.example.org/harbour/tides/");
        Self { tera, common }
    }

    /// The page of an article.
    pub fn page(&self, text: &str) -> String {
        let matter = text.strip_prefix("---\n").expect("front matter");
        let (matter, body) = matter.split_once("\n---\n").expect("an end of it");
        let matter: serde_yaml::Value = serde_yaml::from_str(matter).expect("front matter");
        let text = |key| match matter.get(key) {
            Some(value) => value.as_str().unwrap_or_default(),
            None => "",
        };
        let tags = matter.get("tags").and_then(|tags| tags.as_sequence());
        let tags = tags.into_iter().flatten().filter_map(|tag| tag.as_str());
        let (content, toc) = content(body);
        let itself = linked(text("title"));
        let page = Page {
            title: itself.title,
            description: text("description"),
            date: text("date"),
            author: linked(text("author")),
            category: linked(text("category")),
            terms: Terms {
                tags: tags.map(linked).collect(),
            },
            breadcrumbs: [itself; 3],
            toc,
            content: Value::safe_string(&content),
            lower: itself,
            higher: itself,
        };
        let mut context = self.common.clone();
        context.insert("page", &page);
        self.tera.render("page.html", &context).expect("a page")
    }
}

fn linked(name: &str) -> Linked<'_> {
    Linked {
        name,
        title: name,
        path: "/harbour/tides/",
    }
}

/// The names and texts of the templates in a folder.
fn templates(folder: &Path) -> Vec<(String, String)> {
    let entries = WalkDir::new(folder).into_iter();
    let entries = entries.map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let templates = files.map(|file| {
        let name = file.path().strip_prefix(folder).expect("it is below");
        let text = fs::read_to_string(file.path()).expect("a template");
        (name.to_str().expect("a name").to_owned(), text)
    });
    templates.collect()
}

/// A text as HTML, and its headings.
fn content(body: &str) -> (String, Vec<Heading>) {
    let (mut content, mut toc) = (String::with_capacity(2 * body.len()), Vec::<Heading>::new());
    let mut is_in_heading = false;
    let events = Parser::new_ext(body, options()).inspect(|event| match event {
        Event::Start(Tag::Heading { .. }) => {
            is_in_heading = true;
            toc.push(Heading {
                id: format!("heading-{}", toc.len()),
                title: String::new(),
                children: [],
            });
        }
        Event::End(TagEnd::Heading(_)) => is_in_heading = false,
        Event::Text(text) | Event::Code(text) if is_in_heading => {
            let heading = toc.last_mut().expect("a heading");
            heading.title.push_str(text);
        }
        _ => {}
    });
    html::push_html(&mut content, events);
    (content, toc)
}

/// What courant understands beyond CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
