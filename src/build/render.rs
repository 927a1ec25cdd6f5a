//! Every output: taken over from the earlier build where all that it is made of still stands, else
//! rendered.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Message, say};
use crate::outputs;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{PublishError, Publisher};
use crate::render::Engine;
use crate::site::{Route, Target};
use crate::stat::{Left, Stat};
use crate::store::{KnownOutput, Made, Output, Place, Rendered, Verdicts};
use crate::world::World;

use super::earlier::Earlier;
use super::error::BuildError;
use super::gather::unreadable;
use super::located::merge_repeats;
use super::reasons::Reasons;
use super::stages::Progress;

/// What the outputs of a build are made with.
pub(super) struct Renderer<'a, 'b> {
    pub(super) world: &'a Arc<World>,
    pub(super) earlier: Option<&'a Earlier<'b>>,
    pub(super) reasons: Reasons<'a, 'b>,
    /// `None` if nothing is to be published.
    pub(super) publisher: Option<&'a Publisher>,
    pub(super) progress: &'a dyn Progress,
}

/// What became of every output.
#[derive(Default)]
pub(super) struct Outputs {
    pub(super) made: BTreeMap<OutputPath, Made>,
    /// Outputs that were rendered, each with the reasons.
    pub(super) rendered: Vec<(OutputPath, Vec<Message>)>,
    /// Outputs that were taken over.
    pub(super) reused: usize,
}

/// What is to become of one output.
enum Fate<'a> {
    /// It is taken over from a place of the earlier build.
    Reuse(Reuse<'a>),
    /// It is rendered, for these reasons.
    Render(Vec<Message>),
}

struct Reuse<'a> {
    place: Place,
    output: &'a Output,
    /// It and the outputs that were made besides it, as they stand.
    standing: Vec<(OutputPath, Left, Option<Stat>)>,
}

/// One output and its problems.
struct Done {
    made: Made,
    because: Option<Vec<Message>>,
    kept: Vec<(OutputPath, Left, Option<Stat>)>,
    problems: Vec<Diagnostic>,
}

impl Renderer<'_, '_> {
    /// Makes all outputs, unless the templates cannot be read.
    pub(super) fn run(&self, problems: &mut Vec<Diagnostic>) -> Result<Outputs, BuildError> {
        let has_no_theme = problems
            .iter()
            .any(|problem| problem.code == Code::ThemeMissing);
        let engine = OnceLock::new();
        if !self.has_templates_of_earlier() {
            match Engine::new(&self.world.templates) {
                Ok(read) => drop(engine.set(read)),
                Err(found) => {
                    problems.extend(found);
                    return Ok(Outputs::default());
                }
            }
        }
        match has_no_theme {
            true => Ok(Outputs::default()),
            false => self.make_all(&engine, problems),
        }
    }

    /// Whether the earlier build has shown that the templates have no errors.
    fn has_templates_of_earlier(&self) -> bool {
        let digest = self.world.templates_digest();
        self.earlier
            .is_some_and(|earlier| earlier.store.site.templates == digest)
    }

    fn make_all(
        &self,
        engine: &OnceLock<Engine>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Outputs, BuildError> {
        let routes: Vec<&Route> = self.world.routes.iter().collect();
        let traces = self.earlier.map_or(&[][..], Earlier::traces);
        let verdicts: Vec<Verdicts<'_, '_>> = traces
            .iter()
            .map(|traces| Verdicts::of(traces, self.world))
            .collect();
        let known = self.known_outputs(&routes);
        let done: Vec<Result<Done, PublishError>> = routes
            .par_iter()
            .zip(&known)
            .map_init(Vec::new, |buffer, (route, known)| {
                self.progress.step();
                match self.fate(route, *known, &verdicts)? {
                    Fate::Reuse(reuse) => Ok(self.reuse(reuse)),
                    Fate::Render(because) => self.make(engine, route, because, buffer),
                }
            })
            .collect();
        let mut outputs = Outputs::default();
        let mut found = Vec::new();
        let mut kept = BTreeMap::new();
        for (route, done) in routes.iter().zip(done) {
            let done = done?;
            let is_file = matches!(route.target, Target::File(_));
            match done.because {
                Some(because) if !is_file => {
                    outputs.rendered.push((route.output.clone(), because));
                }
                None if !is_file => outputs.reused += 1,
                _ => {}
            }
            found.extend(done.problems);
            outputs.made.insert(route.output.clone(), done.made);
            kept.extend(
                done.kept
                    .into_iter()
                    .map(|(path, left, stat)| (path, (left, stat))),
            );
        }
        self.put_derived(kept, &mut outputs)?;
        problems.extend(merge_repeats(found));
        Ok(outputs)
    }

    /// What the earlier build knew of every route. Both are sorted by path.
    fn known_outputs(&self, routes: &[&Route]) -> Vec<Option<&KnownOutput>> {
        let known = self
            .earlier
            .map_or(&[][..], |earlier| earlier.store.outputs());
        let mut known = known.iter().peekable();
        let mut find = |path: &OutputPath| {
            while known.next_if(|known| known.path < *path).is_some() {}
            known.next_if(|known| known.path == *path)
        };
        routes.iter().map(|route| find(&route.output)).collect()
    }

    /// Outputs that were made besides others: those of this build, then those taken over.
    fn put_derived(
        &self,
        mut kept: BTreeMap<OutputPath, (Left, Option<Stat>)>,
        outputs: &mut Outputs,
    ) -> Result<(), BuildError> {
        for (path, bytes) in self.world.derived() {
            kept.remove(&path);
            if let Some(publisher) = self.publisher {
                publisher.put(&path, &bytes)?;
            }
            outputs
                .made
                .insert(path, Made::Rendered(Rendered::default()));
        }
        for (path, (left, stat)) in kept {
            if let Some(publisher) = self.publisher {
                publisher.keep(&path, &left, stat);
            }
            outputs
                .made
                .entry(path)
                .or_insert_with(|| Made::Rendered(Rendered::default()));
        }
        Ok(())
    }

    fn fate(
        &self,
        route: &Route,
        known: Option<&KnownOutput>,
        verdicts: &[Verdicts<'_, '_>],
    ) -> Result<Fate<'_>, PublishError> {
        let because = |why: Message| Ok(Fate::Render(vec![why]));
        let Some(earlier) = self.earlier else {
            return because(say::no_earlier_build());
        };
        let output = known.and_then(|known| Some((known, earlier.output(known)?)));
        let Some((known, output)) = output else {
            return because(say::is_new());
        };
        let (place, left) = (known.place, known.left);
        let verdicts = &verdicts[place.segment as usize];
        if output.task() != self.world.task(route) {
            return because(say::something_else());
        }
        if !verdicts.stands(output) {
            return Ok(Fate::Render(verdicts.changes(output, &self.reasons)));
        }
        let Some(publisher) = self.publisher else {
            let standing = Vec::new();
            return Ok(Fate::Reuse(Reuse {
                place,
                output,
                standing,
            }));
        };
        let stat = match publisher.stands(&route.output, &left)? {
            Some(stat) => stat,
            None => return because(say::output_touched()),
        };
        let mut standing = vec![(route.output.clone(), left, Some(stat))];
        for path in output.derived() {
            let Some(KnownOutput { left, .. }) = earlier.store.output(path) else {
                return because(say::belongs_unknown());
            };
            match publisher.stands(path, left)? {
                Some(stat) => standing.push((path.clone(), *left, Some(stat))),
                None => {
                    let why = say::path_touched(path);
                    return Ok(Fate::Render(vec![why]));
                }
            }
        }
        Ok(Fate::Reuse(Reuse {
            place,
            output,
            standing,
        }))
    }

    fn reuse(&self, reuse: Reuse<'_>) -> Done {
        let Reuse {
            place,
            output,
            mut standing,
        } = reuse;
        let derived = standing.split_off(standing.len().min(1));
        if let Some(publisher) = self.publisher {
            for (path, left, stat) in &standing {
                publisher.keep(path, left, *stat);
            }
        }
        Done {
            made: Made::Reused(place),
            because: None,
            kept: derived,
            problems: output.problems().to_vec(),
        }
    }

    fn make(
        &self,
        engine: &OnceLock<Engine>,
        route: &Route,
        because: Vec<Message>,
        buffer: &mut Vec<u8>,
    ) -> Result<Done, PublishError> {
        let reader = self.world.tracing_reader();
        let mut failed = Vec::new();
        match &route.target {
            Target::File(source) => {
                reader.size(source);
                failed.extend(self.copy(&route.output, source)?);
            }
            _ => {
                buffer.clear();
                let engine = engine.get_or_init(|| {
                    Engine::new(&self.world.templates)
                        .unwrap_or_else(|_| panic!("the earlier build read these templates"))
                });
                match (
                    outputs::render(engine, &reader, route, buffer),
                    self.publisher,
                ) {
                    (Ok(()), Some(publisher)) => {
                        publisher.put(&route.output, buffer)?;
                    }
                    (Ok(()), None) => {}
                    (Err(problem), _) => failed.push(problem),
                }
            }
        }
        let (trace, problems) = reader.finish();
        let rendered = Rendered {
            target: Some(route.target.clone()),
            task: self.world.task(route),
            trace,
            problems: problems.clone(),
            because: because.clone(),
        };
        failed.extend(problems);
        Ok(Done {
            made: Made::Rendered(rendered),
            because: Some(because),
            kept: Vec::new(),
            problems: failed,
        })
    }

    fn copy(
        &self,
        output: &OutputPath,
        source: &SourcePath,
    ) -> Result<Option<Diagnostic>, PublishError> {
        let snapshot = &self.world.snapshot;
        let Some(publisher) = self.publisher else {
            let can_read = snapshot.can_read(source);
            return Ok(can_read.err().map(|error| unreadable(source, &error)));
        };
        match snapshot.on_disk(source) {
            Some(file) => {
                let held = publisher.copy(output, &file)?;
                let agreed = snapshot.saw(source, held);
                Ok(agreed.err().map(|error| error.changed(source)))
            }
            None => match snapshot.bytes(source) {
                Ok(bytes) => publisher.put(output, &bytes).map(|_| None),
                Err(error) => Ok(Some(unreadable(source, &error))),
            },
        }
    }
}
