//! From what was typed after `courant build`, `courant check` or `courant serve` to what it means.

use std::path::Path;

use crate::build::Request;
use crate::config::Options;
use crate::preview::Watching;
use crate::store::Format;

use super::args::{MessageFormat, Publication, Watch};
use super::site::Site;
use super::surroundings::Surroundings;

/// A build, and how it is told about.
pub(super) struct Job {
    pub(super) request: Request,
    pub(super) format: MessageFormat,
    pub(super) detail: Detail,
    pub(super) explain: bool,
    /// What was typed after `--now`.
    pub(super) fixed_now: Option<i64>,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Problems only.
    Problems,
    /// Also how it ended.
    Summary,
    /// Also what was left out, and how long each phase took.
    Everything,
}

impl Job {
    pub(super) fn resolve(
        publication: Publication,
        output_dir: Option<&Path>,
        site: Site,
        around: &Surroundings,
    ) -> Self {
        let Publication {
            base_url,
            drafts,
            future,
            expired,
            now,
            strict,
            jobs,
            no_cache,
            explain,
            quiet,
            verbose,
            message_format,
        } = publication;
        let options = Options {
            base_url,
            origin: None,
            drafts,
            future,
            expired,
            translations: false,
            now: now.unwrap_or(around.now),
        };
        let request = Request {
            root: site.root,
            config: site.config,
            output_dir: output_dir.map(|folder| around.resolve(folder)),
            options,
            jobs: jobs.map(Into::into),
            strict,
            warm: !no_cache,
            with_entries: false,
            is_last: false,
            format: Format::of(&around.program),
        };
        let detail = match (quiet, verbose) {
            (true, _) => Detail::Problems,
            (false, true) => Detail::Everything,
            (false, false) => Detail::Summary,
        };
        Self {
            request,
            format: message_format,
            detail,
            explain,
            fixed_now: now,
        }
    }
}

impl Watch {
    /// How changes are noticed; `None` where they are not.
    pub(super) fn watching(&self) -> Option<Watching> {
        match (self.watch, self.poll) {
            (false, _) => None,
            (true, false) => Some(Watching::Native),
            (true, true) => Some(Watching::Polling),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Args, Command};
    use clap::Parser as _;

    fn job(typed: &str) -> Job {
        let args = Args::try_parse_from(typed.split(' ')).expect("legal");
        let Command::Build(build) = args.command else {
            panic!("a build")
        };
        let around = Surroundings {
            folder: "/here".into(),
            now: 7,
            program: "courant".into(),
            can_ask: false,
            is_watched: false,
        };
        let site = Site {
            root: "/site".into(),
            config: None,
        };
        Job::resolve(
            build.publication,
            build.output_dir.as_deref(),
            site,
            &around,
        )
    }

    #[test]
    fn what_is_not_typed_has_its_default() {
        let job = job("courant build");
        assert_eq!(job.request.options, Options::at(7));
        assert_eq!(
            (job.request.output_dir, job.request.jobs, job.request.strict),
            (None, None, false)
        );
        assert_eq!(
            (job.format, job.detail, job.explain),
            (MessageFormat::Human, Detail::Summary, false)
        );
    }

    #[test]
    fn paths_are_relative_to_the_current_folder_and_now_can_be_given() {
        let job =
            job("courant build -o out --now 2021-03-05T02:00:00Z --jobs 2 -v --strict --drafts");
        assert_eq!(job.request.output_dir, Some("/here/out".into()));
        assert_eq!(
            job.request.options,
            Options {
                drafts: true,
                ..Options::at(1_614_909_600)
            }
        );
        assert_eq!(
            (job.request.jobs, job.request.strict, job.detail),
            (Some(2), true, Detail::Everything)
        );
    }
}
