//! What a build did.

use std::time::Duration;

use crate::diagnostic::{Problem, Severity};
use crate::message::Message;
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::publish::{Published, Replaced};
use crate::read::Link;
use crate::site::Held;
use crate::store::Because;

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether the site was published; of a check, whether it would have been.
    pub success: bool,
    /// All problems, by file and place.
    pub problems: Vec<Problem>,
    /// Articles.
    pub pages: usize,
    /// Sections.
    pub sections: usize,
    /// Files of the finished site.
    pub outputs: usize,
    /// Outputs that were rendered, each with the reasons; none before anything is published.
    pub rendered: Vec<(OutputPath, Because)>,
    /// Outputs that were taken over from an earlier build.
    pub reused: usize,
    /// Files that were written or replaced.
    pub written: Vec<OutputPath>,
    /// Files that had the right bytes already.
    pub unchanged: Vec<OutputPath>,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: Vec<OutputPath>,
    /// Files that courant had not written and that were replaced, with where copies are kept.
    pub replaced: Vec<Replaced>,
    /// The full address of the output folder: it ends with `/`.
    pub address: String,
    /// Source files that are not in the output, each with the reason.
    pub left_out: Vec<(SourcePath, Message)>,
    /// Articles and sections, by source: those that are published early and those that changed, or
    /// if the request asked for it, and the site was arranged anew, all.
    pub entries: Vec<Entry>,
    /// Links among the source files: what they lead to is read, too.
    pub links: Vec<Link>,
    /// How long each stage took.
    pub phases: Vec<(&'static str, Duration)>,
    /// How long all of it took.
    pub duration: Duration,
}

/// Where an article or a section is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub source: SourcePath,
    /// Its address within the site.
    pub url: UrlPath,
    /// Why it would not be published if an option did not ask for it.
    pub early: Option<Held>,
}

impl Report {
    /// The number of problems of one kind.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

impl Report {
    /// Of a check that found nothing to stop a build.
    pub(super) fn passed(self) -> Self {
        Self {
            success: true,
            ..self
        }
    }

    /// Takes over what became of the files.
    pub(super) fn publish(&mut self, published: Published) {
        let Published {
            written,
            unchanged,
            removed,
            replaced,
        } = published;
        self.outputs = written.len() + unchanged.len();
        self.success = true;
        self.written = written;
        self.unchanged = unchanged;
        self.removed = removed;
        self.replaced = replaced;
    }
}
