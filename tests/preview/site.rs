//! A small site in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Its sources may be edited; it goes when it is dropped.
pub struct Site {
    folder: TempDir,
}

const CONFIG: &str = "title: A site\nbase_url: https://example.org\nlanguages: {zh: {title: 网站}}\nfeeds: false\ntaxonomies: []\npaginate_by: 0\n";

/// Templates that show what may be edited: words, data, and a stylesheet with its fingerprint.
const TEMPLATES: &[(&str, &str)] = &[
    (
        "frame.html",
        "<!doctype html><html><head><link rel=\"stylesheet\" href=\"{{ get_url(path='site.css', cachebust=true) }}\"><title>{{ config.title }}</title></head><body>{% block main %}{% endblock %}</body></html>",
    ),
    (
        "index.html",
        "{% extends 'frame.html' %}{% block main %}<h1>{{ section.title }}</h1>{{ section.content }}{% for page in section.pages %}<a href=\"{{ page.path }}\">{{ page.title }}</a>{% endfor %}{% endblock %}",
    ),
    (
        "section.html",
        "{% extends 'frame.html' %}{% block main %}<h1>{{ section.title }}</h1>{% for page in section.pages %}<a href=\"{{ page.path }}\">{{ page.title }}</a>{% endfor %}{% endblock %}",
    ),
    (
        "page.html",
        "{% extends 'frame.html' %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content }}{% endblock %}",
    ),
    (
        "404.html",
        "{% extends 'frame.html' %}{% block main %}<p>nothing here ({{ lang }})</p>{% endblock %}",
    ),
];

impl Site {
    /// Two articles in a section.
    pub fn new() -> Self {
        // Builds wait for the disk; what they show does not depend on it.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        let site = Self {
            folder: folder.expect("a temporary folder"),
        };
        site.write("site.yaml", CONFIG);
        for (name, text) in TEMPLATES {
            site.write(&format!("templates/{name}"), text);
        }
        site.write("static/site.css", "h1 { color: red }\n");
        site.write("content/_index.md", "---\ntitle: Home\n---\n");
        site.write("content/news/one.md", &article("One", "First text."));
        site.write("content/news/two.md", &article("Two", "Second text."));
        site
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// A place beside the site.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("a removed file");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("a new name");
    }
}

/// An article as a writer types it.
pub fn article(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2021-03-05\n---\n{text}\n")
}
