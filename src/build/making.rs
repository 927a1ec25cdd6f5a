//! One build, from its inputs to what it leaves for the next.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::digest::Digest;
use crate::message::say;
use crate::path::SourcePath;
use crate::publish::{self, PublishError, Published, Publisher};
use crate::site::Held;
use crate::store::{Sections, Site};
use crate::world::World;

use super::earlier::Earlier;
use super::gather::{self, Gathered, Inputs};
use super::located::located;
use super::reasons::Reasons;
use super::render::Renderer;
use super::report::Report;
use super::revision::Revision;
use super::stages::{Progress, Stages};
use super::{Aim, BuildError, Request, let_go};

/// A build of which the inputs are known.
pub(super) struct Making<'a, 'b> {
    pub(super) request: &'a Request,
    pub(super) aim: Aim,
    pub(super) settings: Digest,
    /// The output folder.
    pub(super) output: PathBuf,
    pub(super) earlier: Option<&'a Earlier<'b>>,
    /// `None` if nothing may be published, or is to be, or not yet.
    pub(super) publisher: Option<Publisher>,
}

impl<'a, 'b> Making<'a, 'b> {
    /// Does what there is to do. `changes` are those since the earlier build, if they are no more
    /// than what some files hold.
    pub(super) fn run(
        mut self,
        inputs: Inputs,
        changes: Option<Vec<SourcePath>>,
        mut problems: Vec<Diagnostic>,
        stages: &mut Stages<'_>,
    ) -> Result<Report, BuildError> {
        if changes.as_deref() == Some(&[])
            && let Some(report) = self.again(&inputs, stages)?
        {
            return Ok(report);
        }
        let gathered = self.gather(changes, inputs, stages, &mut problems)?;
        self.make(gathered, stages, problems)
    }

    /// Publishes what the earlier build did, if it shows what this one would and all of it stands in
    /// the output folder.
    fn again(
        &mut self,
        inputs: &Inputs,
        stages: &Stages<'_>,
    ) -> Result<Option<Report>, BuildError> {
        let Some(earlier) = self.earlier.filter(|earlier| earlier.shows(inputs.now)) else {
            return Ok(None);
        };
        if self.aim == Aim::Check {
            return Ok(Some(earlier.report(inputs).passed()));
        }
        let begun = self.begin(stages.progress)?;
        match earlier.publish_again(begun, inputs, self.request)? {
            Ok(report) => Ok(Some(report)),
            Err(begun) => {
                self.publisher = Some(begun);
                Ok(None)
            }
        }
    }

    /// Finds out everything that is known before the first output is rendered.
    fn gather(
        &mut self,
        changes: Option<Vec<SourcePath>>,
        inputs: Inputs,
        stages: &mut Stages<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Gathered<'a>, BuildError> {
        let gathered = match self.earlier.zip(changes) {
            Some((earlier, changes)) => {
                self.gather_revised(earlier, changes, inputs, stages, problems)?
            }
            None => Err(Box::new(inputs)),
        };
        let gathered = gathered.unwrap_or_else(|inputs| {
            gather::gather(*inputs, self.request, self.earlier, stages, problems)
        });
        if self.publisher.is_none() && self.publishes(problems) {
            self.publisher = Some(self.begin(stages.progress)?);
        }
        Ok(gathered)
    }

    /// One core finds out whether nothing is arranged anew; another gets ready what is asked next.
    fn gather_revised(
        &mut self,
        earlier: &'a Earlier<'b>,
        changes: Vec<SourcePath>,
        inputs: Inputs,
        stages: &mut Stages<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Result<Gathered<'a>, Box<Inputs>>, BuildError> {
        let progress = stages.progress;
        let begins = self.aim == Aim::Publish && self.publisher.is_none();
        let (gathered, begun) = rayon::join(
            || Revision::gather(changes, inputs, earlier, stages, problems),
            || {
                earlier.traces();
                begins.then(|| self.begin(progress)).transpose()
            },
        );
        if let Some(begun) = begun? {
            self.publisher = Some(begun);
        }
        Ok(gathered)
    }

    fn begin(&self, progress: &dyn Progress) -> Result<Publisher, BuildError> {
        let store = self.request.root.join(publish::STORE);
        let mut wait = || progress.wait();
        let mut publisher = Publisher::begin(&store, &self.output, &mut wait)?;
        if let Some(earlier) = self.earlier {
            publisher.recall(earlier.store.folders(), earlier.untouched.cloned());
        }
        Ok(publisher)
    }

    /// Whether problems leave anything to publish.
    fn publishes(&self, problems: &[Diagnostic]) -> bool {
        self.aim == Aim::Publish && may_publish(self.request, problems)
    }

    /// Makes all outputs and publishes them.
    fn make(
        self,
        gathered: Gathered<'_>,
        stages: &mut Stages<'_>,
        mut problems: Vec<Diagnostic>,
    ) -> Result<Report, BuildError> {
        let Gathered {
            world,
            documents,
            frame,
            engine,
            revised,
            mut report,
        } = gathered;
        stages.begin("render", world.routes.len());
        let known = self.earlier.and_then(Earlier::documents);
        let renderer = Renderer {
            request: self.request,
            world: &world,
            earlier: self.earlier,
            reasons: Reasons {
                before: known.map(|known| &**known),
                now: &documents,
            },
            revised: revised.as_deref(),
            first: Arc::new(vec![say::no_earlier_build()]),
            publisher: self.publisher.as_ref(),
            progress: stages.progress,
        };
        if let Some(publisher) = &self.publisher {
            publisher.expect(world.routes.len());
        }
        let outputs = renderer.run(engine, &mut problems)?;
        let may_publish = may_publish(self.request, &problems);
        report.problems = located(problems, &world.snapshot);
        if !may_publish {
            return Ok(report);
        }
        report.reused = outputs.reused;
        report.rendered = outputs.rendered;
        let Some(publisher) = &self.publisher else {
            report.outputs = outputs.made.len();
            return Ok(report.passed());
        };
        let sections = Sections {
            site: self.site(&world, &report),
            frame,
            documents,
            outputs: outputs.made,
            askings: outputs.askings,
        };
        self.publish(publisher, &world, sections, &mut report, stages)?;
        let_go(world, self.request);
        Ok(report)
    }

    /// What the next build is to know of this one as a whole.
    fn site(&self, world: &World, report: &Report) -> Site {
        Site {
            settings: self.settings,
            config: gather::digest_of(&world.config),
            window: world.graph.window.clone(),
            shown_now: None,
            pages: report.pages,
            sections: report.sections,
            outputs: report.reused + report.rendered.len(),
            templates: world.templates_digest(),
            left_out: report.left_out.clone(),
            skipped: gather::skipped(&world.snapshot).collect(),
            problems: report.problems.clone(),
            early: early(report),
        }
    }

    /// Changes the output folder, and meanwhile writes down what is known already; what was written
    /// down counts once the output folder is what it says.
    fn publish(
        &self,
        publisher: &Publisher,
        world: &World,
        sections: Sections<'_>,
        report: &mut Report,
        stages: &mut Stages<'_>,
    ) -> Result<(), BuildError> {
        stages.begin("publish", 0);
        let before = self.earlier.map(Earlier::before).unwrap_or_default();
        let mut saving = publisher.save()?;
        let progress = stages.progress;
        let (published, begun) = rayon::join(
            || {
                let published = commit(publisher, progress)?;
                Ok::<_, PublishError>((published, publisher.folders_left()))
            },
            || {
                let write = |bytes: &[u8]| saving.write(bytes).map_err(BuildError::from);
                sections.begin(self.request.format, world, before, write)
            },
        );
        let (published, folders) = published?;
        report.publish(published);
        stages.begin("save", 0);
        begun?.end(publisher.files_left(), &folders)?;
        Ok(saving.end()?)
    }
}

/// What is published since an option asks for it.
fn early(report: &Report) -> Vec<(SourcePath, String, Held)> {
    let early = report.entries.iter().filter_map(|entry| {
        let url = entry.url.as_str().to_owned();
        Some((entry.source.clone(), url, entry.early?))
    });
    early.collect()
}

fn commit(publisher: &Publisher, progress: &dyn Progress) -> Result<Published, PublishError> {
    let mut published = None;
    progress.publish(&mut || published = Some(publisher.commit()));
    published.expect("whoever is told of the change lets it happen")
}

fn may_publish(request: &Request, problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .all(|problem| problem.code.severity() == Severity::Warning && !request.strict)
}
