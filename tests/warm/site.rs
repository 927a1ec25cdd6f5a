//! A site in the middle of a test: its files, its output, and the options of its builds.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use courant::digest::{Digest, Hasher};
use tempfile::TempDir;

use crate::folder;
use crate::tree::{self, Tree};

/// The files of an output folder: path → digest of the bytes.
pub type Published = BTreeMap<String, Digest>;

/// The folders below the site's that builds may publish into, the usual one first.
pub const OUTS: [&str; 2] = ["public", "preview"];

/// What the builds of a site are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub now: &'static str,
    pub drafts: bool,
    pub future: bool,
    pub expired: bool,
    pub strict: bool,
    pub base_url: Option<&'static str>,
    /// The file that stands in for `site.yaml`.
    pub config: Option<&'static str>,
}

impl Options {
    const FIRST: Self = Self {
        now: "2026-01-10T08:00:00Z",
        drafts: false,
        future: false,
        expired: false,
        strict: false,
        base_url: None,
        config: None,
    };

    /// As they are typed for the site in a folder.
    pub fn typed(&self, root: &Path) -> Vec<OsString> {
        let mut typed = vec!["--now", self.now];
        for (is_on, option) in [
            (self.drafts, "--drafts"),
            (self.future, "--future"),
            (self.expired, "--expired"),
            (self.strict, "--strict"),
        ] {
            typed.extend(is_on.then_some(option));
        }
        typed.extend(self.base_url.iter().flat_map(|url| ["--base-url", *url]));
        let mut typed: Vec<OsString> = typed.into_iter().map(Into::into).collect();
        if let Some(config) = self.config {
            typed.extend(["--config".into(), root.join(config).into()]);
        }
        typed
    }
}

/// Everything that a build's output is a function of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub sources: Tree,
    pub options: Options,
}

impl State {
    /// The same for equal states only.
    pub fn digest(&self) -> Digest {
        let mut hasher = Hasher::default();
        hasher.add(format!("{:?}", self.options).as_bytes());
        for (path, bytes) in &self.sources {
            hasher.add(format!("\n{path} {} ", bytes.len()).as_bytes());
            hasher.add(bytes);
        }
        hasher.digest()
    }
}

/// A site with the folder that its builds publish into.
pub struct Site {
    folder: TempDir,
    pub options: Options,
    /// Which of [`OUTS`] builds publish into, and where they do not.
    outs: [&'static str; 2],
    /// Files in the output folder that courant did not write, or has forgotten that it did.
    pub foreign: Published,
    /// The same in the other output folder.
    foreign_elsewhere: Published,
    /// Whether somebody else has ever had a hand in an output folder.
    pub is_tampered: bool,
    /// Whether the next build is to trust nothing.
    pub is_doubted: bool,
    /// How it was before the last edit.
    pub before: State,
    /// How it was when it was last built without errors.
    pub good: State,
    /// The store that the last build found.
    pub older_store: Option<Vec<u8>>,
}

impl Site {
    /// A fresh copy of one of `sites/`; all its files are old.
    pub fn new(name: &str) -> Self {
        let folder = folder::temporary();
        let root = folder.path().join("site");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/warm/sites");
        folder::copy(&from.join(name), &root);
        folder::age(&root);
        let options = Options::FIRST;
        let sources = sources(&root);
        let state = State { sources, options };
        Self {
            folder,
            options,
            outs: OUTS,
            foreign: Published::new(),
            foreign_elsewhere: Published::new(),
            is_tampered: false,
            is_doubted: false,
            before: state.clone(),
            good: state,
            older_store: None,
        }
    }

    /// The same in another place: files keep their times, but are other files.
    pub fn copy(&self) -> Self {
        let folder = folder::temporary();
        folder::copy(self.folder.path(), folder.path());
        Self {
            folder,
            foreign: self.foreign.clone(),
            foreign_elsewhere: self.foreign_elsewhere.clone(),
            before: self.before.clone(),
            good: self.good.clone(),
            older_store: self.older_store.clone(),
            ..*self
        }
    }

    /// Says of all files, output included, that they were changed long ago.
    pub fn age(&self) {
        folder::age(&self.root());
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// It lies within the site, so that the site can be moved.
    pub fn out(&self) -> PathBuf {
        self.root().join(self.outs[0])
    }

    /// From here on builds publish into the other folder.
    pub fn turn_out(&mut self) {
        self.outs.reverse();
        std::mem::swap(&mut self.foreign, &mut self.foreign_elsewhere);
    }

    /// Courant no longer knows that it wrote what is published: it is anybody's.
    pub fn forget(&mut self) {
        self.is_tampered = true;
        for _ in OUTS {
            self.foreign = self.published();
            self.turn_out();
        }
    }

    pub fn state(&self) -> State {
        State {
            sources: sources(&self.root()),
            options: self.options,
        }
    }

    /// Gives the site a state; files that have the right bytes are not touched.
    pub fn restore(&mut self, state: &State) {
        let now = self.state();
        for path in now.sources.keys() {
            if !state.sources.contains_key(path) {
                self.delete(path);
            }
        }
        for (path, bytes) in &state.sources {
            if now.sources.get(path) != Some(bytes) {
                self.put(path, bytes);
            }
        }
        self.options = state.options;
    }

    pub fn published(&self) -> Published {
        let paths = folder::list(&self.out()).into_iter();
        let digests = paths.map(|path| {
            let digest = self.digest_of(&path);
            (path, digest)
        });
        digests.collect()
    }

    /// The digest of an output.
    pub fn digest_of(&self, path: &str) -> Digest {
        let bytes = fs::read(self.out().join(path)).expect("a readable output");
        Digest::of(&bytes)
    }

    /// The file that warm builds read, if there is one; of several, the one written last.
    pub fn store(&self) -> Option<PathBuf> {
        let folder = self.root().join(".courant");
        let files = folder::list(&folder).into_iter();
        let stores = files.filter(|path| path.starts_with("build-"));
        let stores = stores.map(|name| folder.join(name));
        stores.max_by_key(|store| (folder::time(store), store.clone()))
    }

    /// Files below a folder of the sources, sorted.
    pub fn list(&self, below: &str) -> Vec<String> {
        let paths = folder::list(&self.root().join(below)).into_iter();
        paths.map(|path| format!("{below}/{path}")).collect()
    }

    pub fn has(&self, path: &str) -> bool {
        self.root().join(path).is_file()
    }

    /// The text of a source; `None` if it is missing or no text.
    pub fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }

    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        if path.is_symlink() {
            fs::remove_file(&path).expect("a removed link");
        }
        fs::write(path, bytes).expect("a written file");
    }

    pub fn delete(&self, path: &str) {
        fs::remove_file(self.root().join(path)).expect("a removed file");
    }

    pub fn rename(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::rename(self.root().join(from), to).expect("a renamed file");
    }
}

/// All files of a site but what builds leave.
fn sources(root: &Path) -> Tree {
    let mut sources = Tree::new();
    for entry in fs::read_dir(root).expect("a site") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let is_built = OUTS.contains(&&*name) || name == ".courant";
        if path.is_dir() && !is_built {
            let below = tree::read(&path).into_iter();
            sources.extend(below.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else if path.is_file() {
            sources.insert(name.into_owned(), fs::read(&path).expect("a readable file"));
        }
    }
    sources
}
