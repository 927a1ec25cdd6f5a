//! A folder of published files, seen as the URL paths it answers.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use walkdir::WalkDir;

const NOT_IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`');

pub struct Tree {
    root: PathBuf,
}

impl Tree {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that a plain static host sends for `url_path`; only a path that ends in a slash
    /// stands for the index of a folder.
    pub fn file_for(&self, url_path: &str) -> Option<PathBuf> {
        let decoded = percent_decode_str(url_path).decode_utf8().ok()?;
        let relative = decoded.trim_start_matches('/');
        if relative.split('/').any(|part| part == "..") {
            return None;
        }
        let file = match relative.is_empty() || relative.ends_with('/') {
            true => self.root.join(relative).join("index.html"),
            false => self.root.join(relative),
        };
        Some(file).filter(|file| file.is_file())
    }

    pub fn has(&self, url_path: &str) -> bool {
        self.file_for(url_path).is_some()
    }

    pub fn read(&self, url_path: &str) -> String {
        let file = self
            .file_for(url_path)
            .unwrap_or_else(|| panic!("no file for {url_path}"));
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// URL paths, in order, of all files with one of these extensions.
    pub fn url_paths(&self, extensions: &[&str]) -> Vec<String> {
        let mut paths: Vec<String> = WalkDir::new(&self.root)
            .into_iter()
            .map(|entry| entry.expect("the published tree can be listed").into_path())
            .filter(|path| {
                let extension = path.extension().and_then(|extension| extension.to_str());
                extension.is_some_and(|extension| extensions.contains(&extension))
            })
            .map(|path| self.url_path(&path))
            .collect();
        paths.sort();
        paths
    }

    /// URL paths of all HTML files, old addresses that redirect included.
    pub fn html_paths(&self) -> Vec<String> {
        self.url_paths(&["html", "htm", "shtml"])
    }

    /// URL paths of the pages one level below `parent`, which starts and ends with a slash.
    pub fn children(&self, parent: &str) -> Vec<String> {
        let is_child = |path: &String| {
            path.strip_prefix(parent)
                .and_then(|rest| rest.strip_suffix('/'))
                .is_some_and(|name| !name.is_empty() && !name.contains('/'))
        };
        self.html_paths().into_iter().filter(is_child).collect()
    }

    fn url_path(&self, file: &Path) -> String {
        let relative = file
            .strip_prefix(&self.root)
            .expect("the file is below the root");
        let text = relative
            .to_str()
            .expect("published names are UTF-8")
            .replace('\\', "/");
        let encoded = utf8_percent_encode(&text, NOT_IN_A_PATH).to_string();
        match encoded.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{encoded}"),
        }
    }
}
