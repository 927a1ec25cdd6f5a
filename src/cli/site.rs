//! Which site a command is about: its folder and its configuration.

use std::path::{Path, PathBuf};

use crate::config::{self, CONFIG_NAMES, Config, Options};
use crate::diagnostic::{Diagnostic, Problem};
use crate::message::say;
use crate::parse::text;
use crate::path::SourcePath;
use crate::read;

use super::args::Shared;
use super::exit::Failure;
use super::files;
use super::surroundings::Surroundings;

/// Where the site is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Site {
    /// Its folder.
    pub(super) root: PathBuf,
    /// The configuration that replaces the site's own.
    pub(super) config: Option<PathBuf>,
}

impl Site {
    /// Takes the folder that was typed, else the nearest site from the current folder upwards.
    pub(super) fn find(shared: &Shared, around: &Surroundings) -> Result<Self, Failure> {
        let config = shared.config.as_deref().map(|file| around.resolve(file));
        let root = match &shared.root {
            Some(typed) => named(typed, around)?,
            None => nearest(&around.folder)?,
        };
        Ok(Self { root, config })
    }

    /// Reads the configuration; the second list is everything that is wrong with it.
    pub(super) fn settings(&self, now: i64) -> Result<(Config, Vec<Problem>), Failure> {
        let (path, bytes) = read::config(&self.root, self.config.as_deref())?;
        let mut problems = Vec::new();
        let text = bytes.as_deref().and_then(|bytes| {
            text::decode(&path, bytes)
                .map_err(|problem| problems.push(problem))
                .ok()
        });
        let config = config::load(&path, text, &Options::at(now), &mut problems);
        Ok((config, self.pinpoint(problems)))
    }

    /// The output folder: the one that was typed, else the configured one; and how to name it to
    /// people. The error is everything that is wrong with the configuration.
    pub(super) fn output(
        &self,
        typed: Option<&Path>,
        around: &Surroundings,
    ) -> Result<Result<(PathBuf, String), Vec<Problem>>, Failure> {
        if let Some(folder) = typed {
            return Ok(Ok((around.resolve(folder), folder.display().to_string())));
        }
        let (config, problems) = self.settings(around.now)?;
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let output = self.root.join(config.output_dir);
        let shown = around.shown(&output);
        Ok(Ok((output, shown)))
    }

    /// A typed path as one of a file or folder of the site.
    pub(super) fn source(
        &self,
        typed: &Path,
        around: &Surroundings,
    ) -> Result<SourcePath, Failure> {
        let path = around.resolve(typed);
        let below = path.strip_prefix(&self.root).ok();
        let below = below.and_then(Path::to_str);
        below
            .map(|below| SourcePath::new(below.replace('\\', "/")))
            .ok_or_else(|| {
                Failure::new(say::not_in_site(&typed.display())).help(say::name_content_file())
            })
    }

    /// Finds lines and columns.
    pub(super) fn pinpoint(&self, problems: Vec<Diagnostic>) -> Vec<Problem> {
        let mut text = |path: &SourcePath| files::text(&self.root.join(path.as_str())).ok()?;
        problems
            .into_iter()
            .map(|problem| problem.pinpoint(&mut text))
            .collect()
    }
}

fn named(typed: &Path, around: &Surroundings) -> Result<PathBuf, Failure> {
    let folder = files::real(&around.resolve(typed));
    if !files::is_folder(&folder) {
        return Err(Failure::new(say::no_folder(&typed.display())).help(say::check_root()));
    }
    if !is_site(&folder) {
        return Err(Failure::new(say::no_site_in(&typed.display())).help(say::what_a_site_has()));
    }
    Ok(folder)
}

fn nearest(folder: &Path) -> Result<PathBuf, Failure> {
    folder
        .ancestors()
        .find(|folder| is_site(folder))
        .map(Path::to_owned)
        .ok_or_else(|| {
            Failure::new(say::no_site_above(&folder.display())).help(say::init_or_root())
        })
}

fn is_site(folder: &Path) -> bool {
    traces(folder).next().is_some()
}

/// What makes a folder a site, as far as it is there.
pub(super) fn traces(folder: &Path) -> impl Iterator<Item = &'static str> {
    let files = CONFIG_NAMES
        .iter()
        .copied()
        .filter(|name| files::is_file(&folder.join(name)));
    let content = Some("content").filter(|name| files::is_folder(&folder.join(name)));
    files.chain(content)
}
