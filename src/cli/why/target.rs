//! What the word behind `courant why` means: an address, a file of the output folder, or a source
//! file.

use std::path::{Component, Path};

use crate::config::Config;
use crate::message::say;
use crate::path::{self, OutputPath, SourcePath, UrlPath};
use crate::site::near;
use crate::store::{Store, Traces};

use super::super::exit::Failure;
use super::super::files;
use super::super::surroundings::Surroundings;

/// What the last build knows, and where it was.
pub(super) struct Known<'a> {
    pub(super) store: &'a Store,
    pub(super) traces: &'a Traces<'a>,
    pub(super) config: &'a Config,
    pub(super) config_path: &'a SourcePath,
    pub(super) root: &'a Path,
    pub(super) output: &'a Path,
    pub(super) around: &'a Surroundings,
}

/// What was meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An output, by its place.
    Output(usize),
    /// A source file.
    Source(SourcePath),
}

impl Known<'_> {
    /// Finds what was meant. A source comes before an output of the same name, and what lies in
    /// the current folder before what lies elsewhere.
    ///
    /// # Errors
    /// When the last build knows nothing of that name.
    pub(super) fn find(&self, typed: &str) -> Result<Target, Failure> {
        let found = if let Some((_, behind)) = typed.split_once("://") {
            let path = behind.find('/').map_or("/", |at| &behind[at..]);
            self.address(path, true)
        } else if let Some(below) = typed.strip_prefix("@/") {
            self.source(&format!("content/{below}"))
        } else if typed.starts_with('/') {
            self.address(typed, false)
                .or_else(|| self.on_disk(Path::new(typed)))
        } else {
            let from_root = typed.trim_start_matches("./");
            self.on_disk(Path::new(typed))
                .or_else(|| self.source(from_root))
                .or_else(|| self.output(from_root))
                .or_else(|| self.address(&format!("/{from_root}"), false))
        };
        found.ok_or_else(|| self.unknown(typed))
    }

    /// An address from the root of the server; one that was copied from a browser is `full` and
    /// has the path of the site before its own.
    fn address(&self, typed: &str, full: bool) -> Option<Target> {
        let end = typed.find(['?', '#']).unwrap_or(typed.len());
        let bare = typed[..end].strip_prefix(self.config.base_path.as_str());
        let bare = bare.filter(|bare| bare.starts_with('/') || bare.is_empty());
        let mut places = [bare, Some(&typed[..end])];
        if !full {
            places.reverse();
        }
        places.into_iter().flatten().find_map(|place| {
            let place = path::decode(place);
            [place.clone(), format!("{place}/")]
                .iter()
                .filter_map(|place| UrlPath::new(place).output().ok())
                .find_map(|output| self.output(output.as_str()))
        })
    }

    /// A path of this computer.
    fn on_disk(&self, typed: &Path) -> Option<Target> {
        let place = self.around.resolve(typed);
        let below = |folder: &Path| place.strip_prefix(folder).ok().and_then(slashed);
        let output = below(self.output).or_else(|| below(&files::real(self.output)));
        let source = below(self.root).or_else(|| below(&files::real(self.root)));
        output
            .and_then(|below| self.output(&below))
            .or_else(|| source.and_then(|below| self.source(&below)))
    }

    /// A file of the output folder, or a folder with an `index.html`.
    fn output(&self, below: &str) -> Option<Target> {
        let bare = below.trim_end_matches('/');
        let index = match bare {
            "" => "index.html".to_owned(),
            _ => format!("{bare}/index.html"),
        };
        [below, &index]
            .iter()
            .filter_map(|path| OutputPath::checked(path).ok())
            .find_map(|path| self.store.place(&path))
            .map(Target::Output)
    }

    /// A file of the site, or the folder of a section or of an article.
    fn source(&self, below: &str) -> Option<Target> {
        let bare = below.trim_end_matches('/');
        ["", "/_index.md", "/index.md"]
            .iter()
            .map(|ending| SourcePath::new(format!("{bare}{ending}")))
            .find(|path| self.is_source(path))
            .map(Target::Source)
    }

    fn is_source(&self, path: &SourcePath) -> bool {
        let mut left_out = self.store.site.left_out.iter();
        path == self.config_path
            || self.store.knows(self.traces, path)
            || left_out.any(|(known, _)| known == path)
    }

    fn unknown(&self, typed: &str) -> Failure {
        let file = self.around.resolve(Path::new(typed));
        if files::is_file(&file) && file.starts_with(self.root) {
            return Failure::new(say::not_used(typed)).help(say::maybe_new());
        }
        let failure = Failure::new(say::neither_known(typed));
        failure.help(match self.nearest(typed) {
            Some(near) => say::did_you_mean(near),
            None => say::name_target(),
        })
    }

    /// The same name elsewhere, or a name with a slip in it.
    fn nearest(&self, typed: &str) -> Option<String> {
        let outputs = self.store.outputs().iter().map(|known| &known.path);
        if typed.starts_with('/') || typed.contains("://") {
            let urls: Vec<UrlPath> = outputs.map(OutputPath::url).collect();
            let typed = typed.split_once("://").map_or(typed, |(_, behind)| {
                behind.find('/').map_or("/", |at| &behind[at..])
            });
            let typed = path::decode(typed);
            let bare = typed.strip_prefix(self.config.base_path.as_str());
            let urls = || urls.iter().map(UrlPath::as_str);
            let found = near(&typed, urls()).or_else(|| near(bare?, urls()));
            return found.map(str::to_owned);
        }
        let sources = self.store.sources().chain(self.asked_about());
        let sources = sources.chain([self.config_path.as_str()]);
        let mut known: Vec<&str> = sources.chain(outputs.map(OutputPath::as_str)).collect();
        known.sort_unstable();
        let full = match typed.strip_prefix("@/") {
            Some(below) => format!("content/{below}"),
            None => typed.trim_start_matches("./").to_owned(),
        };
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let mut same = known.iter().filter(|path| name(path) == name(&full));
        let found = near(&full, known.iter().copied()).or_else(|| same.next().copied());
        found.map(str::to_owned)
    }

    fn asked_about(&self) -> impl Iterator<Item = &str> {
        self.store.asked_about(self.traces)
    }
}

/// A path with `/` between its parts, as the site writes paths.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    parts.map(|parts| parts.join("/"))
}
