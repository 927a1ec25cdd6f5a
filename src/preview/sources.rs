//! Which files and folders of the disk a build reads, and which changes therefore matter.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::build::Request;
use crate::config::CONFIG_NAMES;
use crate::path::SourcePath;
use crate::read::{self, Link};

/// The places that a build reads.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    root: PathBuf,
    /// The root as the system may call it in its messages.
    real_root: PathBuf,
    /// The configuration that replaces the site's own.
    config: Option<PathBuf>,
    /// What links among the sources lead to, as far as the last build knows.
    links: Arc<Mutex<Vec<Link>>>,
}

/// The folder of the themes, any of which the configuration may name.
const THEMES: &str = "themes";

impl Sources {
    #[expect(clippy::disallowed_methods, reason = "the preview's edge")]
    pub(super) fn of(request: &Request) -> Self {
        let root = request.root.clone();
        Self {
            real_root: root.canonicalize().unwrap_or_else(|_| root.clone()),
            config: request.config.as_ref().map(|file| root.join(file)),
            root,
            links: Arc::default(),
        }
    }

    /// The folder in which folders of the site may come and go.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The root with all links followed.
    pub(super) fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// The folders that are read with all that is in them, whether they exist or not.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let names = read::FOLDERS.iter().copied().chain([THEMES]);
        names.map(|name| self.root.join(name))
    }

    /// Single files that are read.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        match &self.config {
            Some(file) => vec![file.clone()],
            None => CONFIG_NAMES
                .iter()
                .map(|name| self.root.join(name))
                .collect(),
        }
    }

    /// The folder of the configuration, if it is not the root.
    pub(super) fn folder_elsewhere(&self) -> Option<&Path> {
        let folder = self.config.as_deref()?.parent()?;
        (folder != self.root).then_some(folder)
    }

    /// A place whose change matters, as people name it; `None` if it does not matter.
    pub(super) fn place(&self, path: &Path) -> Option<SourcePath> {
        if self.config.as_deref() == Some(path) {
            let below = path.strip_prefix(&self.root).unwrap_or(path);
            return Some(SourcePath::new(shown(below)));
        }
        let below = self.below(path)?;
        match self.is_read(below) {
            true => Some(SourcePath::new(shown(below))),
            false => self.linked(below),
        }
    }

    /// Whether a build reads a place of the site under its own name.
    fn is_read(&self, below: &Path) -> bool {
        let Some(first) = below.iter().next().and_then(|first| first.to_str()) else {
            return false;
        };
        let is_folder = first == THEMES || read::FOLDERS.contains(&first);
        let is_file = self.config.is_none() && CONFIG_NAMES.contains(&first);
        is_file || (is_folder && !is_passing(first, below))
    }

    fn below<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let below = path.strip_prefix(&self.root);
        below.or_else(|_| path.strip_prefix(&self.real_root)).ok()
    }

    /// The place by which a build reads what a link leads to.
    fn linked(&self, below: &Path) -> Option<SourcePath> {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.iter().find_map(|Link { source, target }| {
            let rest = below.strip_prefix(self.below(target)?).ok()?;
            Some(match rest.as_os_str().is_empty() {
                true => source.clone(),
                false => SourcePath::new(shown(&Path::new(source.as_str()).join(rest))),
            })
        })
    }

    /// Takes over which links there are now; returns those that lead to what is read by no other
    /// name.
    pub(super) fn follow_links(&self, links: &[Link]) -> Vec<Link> {
        let is_elsewhere = |link: &&Link| {
            let below = self.below(&link.target);
            below.is_some_and(|below| !self.is_read(below))
        };
        let elsewhere: Vec<Link> = links.iter().filter(is_elsewhere).cloned().collect();
        let mut known = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone_from(&elsewhere);
        elsewhere
    }

    /// The folder of the site that a place stands for, if it is one.
    pub(super) fn folder(&self, place: &SourcePath) -> Option<PathBuf> {
        let name = place.as_str();
        let is_folder = name == THEMES || read::FOLDERS.contains(&name);
        is_folder.then(|| self.root.join(name))
    }
}

/// How names of files end that editors have for moments only.
const ENDINGS: &[&str] = &[".swx", "___"];

/// The file by which Vim finds out whether it may write.
const PROBE: &str = "4913";

/// Whether a name is one that a build leaves out, or that editors use for moments; hidden files of
/// `static` are published.
fn is_passing(folder: &str, path: &Path) -> bool {
    let may_be_hidden = matches!(folder, "static" | THEMES);
    let is_left =
        |name: &str| read::is_leftover(name) || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let is_probe = path.file_name().is_some_and(|name| name == PROBE);
    is_probe
        || path.iter().skip(1).any(|name| {
            let name = name.to_string_lossy();
            is_left(&name) || (name.starts_with('.') && !may_be_hidden)
        })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;

    fn sources(config: Option<&str>) -> Sources {
        Sources::of(&Request {
            root: "/no-such-folder/site".into(),
            config: config.map(PathBuf::from),
            output_dir: None,
            options: Options::at(0),
            jobs: None,
            strict: false,
            warm: true,
            with_entries: true,
            is_last: false,
            format: crate::store::Format::of("test"),
        })
    }

    fn places(sources: &Sources, paths: &[&str]) -> Vec<Option<String>> {
        let place = |path: &&str| Some(sources.place(Path::new(path))?.as_str().to_owned());
        paths.iter().map(place).collect()
    }

    #[test]
    fn what_a_build_reads_matters() {
        let sources = sources(None);
        let paths = [
            "/no-such-folder/site/site.yaml",
            "/no-such-folder/site/content/news/a.md",
            "/no-such-folder/site/static/.well-known/x",
            "/no-such-folder/site/themes/plain/templates/page.html",
            "/no-such-folder/site/templates",
        ];
        let wanted = paths.map(|path| {
            path.strip_prefix("/no-such-folder/site/")
                .map(str::to_owned)
        });
        assert_eq!(places(&sources, &paths), wanted);
    }

    #[test]
    fn outputs_the_store_and_passing_files_do_not_matter() {
        let sources = sources(None);
        let paths = [
            "/no-such-folder/site",
            "/no-such-folder/site/public/index.html",
            "/no-such-folder/site/.courant/preview/index.html",
            "/no-such-folder/site/content/news/.a.md.swp",
            "/no-such-folder/site/content/.git/index",
            "/no-such-folder/site/content/a.md~",
            "/no-such-folder/site/content/4913",
            "/no-such-folder/site/content/#a.md#",
            "/no-such-folder/site/static/.#a.css",
            "/no-such-folder/site/notes.txt",
            "/elsewhere/content/a.md",
        ];
        assert_eq!(places(&sources, &paths), [const { None }; 11]);
    }

    #[test]
    fn what_links_lead_to_matters_under_the_names_of_the_links() {
        let sources = sources(None);
        let link = |source: &str, target: &str| Link {
            source: SourcePath::new(source),
            target: Path::new("/no-such-folder/site").join(target),
        };
        let links = [
            link("static/terms.txt", "notes.txt"),
            link("content/talks", "shared/talks"),
            link("static/a.md", "content/a.md"),
        ];
        assert_eq!(sources.follow_links(&links), links[..2]);
        let paths = [
            "/no-such-folder/site/notes.txt",
            "/no-such-folder/site/shared/talks",
            "/no-such-folder/site/shared/talks/2021/a.md",
            "/no-such-folder/site/content/a.md",
            "/no-such-folder/site/shared/other.md",
        ];
        let wanted = [
            Some("static/terms.txt"),
            Some("content/talks"),
            Some("content/talks/2021/a.md"),
            Some("content/a.md"),
            None,
        ];
        let wanted = wanted.map(|place| place.map(str::to_owned));
        assert_eq!(places(&sources, &paths), wanted);
        sources.follow_links(&[]);
        assert_eq!(places(&sources, &paths[..1]), [None]);
    }

    #[test]
    fn another_configuration_replaces_the_sites_own() {
        let sources = sources(Some("/elsewhere/other.yaml"));
        let paths = ["/elsewhere/other.yaml", "/no-such-folder/site/site.yaml"];
        assert_eq!(
            places(&sources, &paths),
            [Some("/elsewhere/other.yaml".into()), None]
        );
        assert_eq!(sources.folder_elsewhere(), Some(Path::new("/elsewhere")));
    }
}
