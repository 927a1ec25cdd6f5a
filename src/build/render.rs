//! Every output: taken over from the earlier build where all that it is made of still stands, else
//! rendered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Message, say};
use crate::outputs;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{PublishError, Publisher};
use crate::render::Engine;
use crate::site::{Route, Target};
use crate::stat::{Left, Stat};
use crate::store::{Askings, Because, KnownOutput, Made, Output, Place, Rendered, Verdicts};
use crate::world::World;

use super::earlier::Earlier;
use super::error::BuildError;
use super::located::merge_repeats;
use super::reasons::Reasons;
use super::stages::{self, Progress};
use super::{Request, let_go};

/// What the outputs of a build are made with.
pub(super) struct Renderer<'a, 'b> {
    pub(super) request: &'a Request,
    pub(super) world: &'a Arc<World>,
    pub(super) earlier: Option<&'a Earlier<'b>>,
    pub(super) reasons: Reasons<'a>,
    /// The files that hold something else than in the earlier build, if nothing else differs.
    pub(super) revised: Option<&'a [SourcePath]>,
    /// Why everything is rendered if there is no earlier build.
    pub(super) first: Because,
    /// `None` if nothing is to be published.
    pub(super) publisher: Option<&'a Publisher>,
    pub(super) progress: &'a dyn Progress,
}

/// What became of every output.
#[derive(Default)]
pub(super) struct Outputs {
    /// In the order of their paths.
    pub(super) made: Vec<(OutputPath, Made)>,
    /// Outputs that were rendered, each with the reasons.
    pub(super) rendered: Vec<(OutputPath, Because)>,
    /// Outputs that were taken over.
    pub(super) reused: usize,
    /// What those asked that were rendered.
    pub(super) askings: Askings,
}

/// An output of this build. There are many, so they are told by their places.
struct Wanted {
    /// Among the routes; `None` if it holds what it held.
    route: Option<u32>,
    /// Among what the earlier build knew.
    known: Option<u32>,
}

/// What is to become of one output.
enum Fate<'a> {
    /// It is taken over from a place of the earlier build.
    Reuse(Reuse<'a>),
    /// It is rendered, for these reasons.
    Render(Because),
}

struct Reuse<'a> {
    place: Place,
    output: &'a Output<'a>,
    /// It and the outputs that were made besides it, as they stand.
    standing: Vec<(OutputPath, Left, Option<Stat>)>,
}

/// One output.
struct Done {
    made: Made,
    /// Hardly any output has something of that kind.
    beside: Option<Beside>,
}

/// What comes with an output.
struct Beside {
    /// Outputs that were made besides it, if it is taken over.
    kept: Vec<(OutputPath, Left, Option<Stat>)>,
    problems: Vec<Diagnostic>,
}

impl Beside {
    fn of(kept: Vec<(OutputPath, Left, Option<Stat>)>, problems: Vec<Diagnostic>) -> Option<Self> {
        let is_empty = kept.is_empty() && problems.is_empty();
        (!is_empty).then_some(Self { kept, problems })
    }
}

/// What few outputs come with, so that there need be no room for it in all.
#[derive(Default)]
struct Besides(Mutex<Vec<(usize, Result<Beside, PublishError>)>>);

impl Besides {
    /// Keeps it of the output at a place.
    fn part(&self, at: usize, done: Result<Done, PublishError>) -> Made {
        let (made, beside) = match done {
            Ok(Done { made, beside }) => (made, beside.map(Ok)),
            // Nothing is published then.
            Err(error) => (Made::Derived, Some(Err(error))),
        };
        if let Some(beside) = beside {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.push((at, beside));
        }
        made
    }

    /// All of it, in the order of outputs, or the first error.
    fn close(self) -> Result<Vec<Beside>, PublishError> {
        let mut all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort_unstable_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, beside)| beside).collect()
    }
}

impl Renderer<'_, '_> {
    fn engine(&self) -> Result<Engine, Vec<Diagnostic>> {
        Engine::new(&self.world.templates, self.world.graph.nodes.len())
    }

    /// Makes all outputs, unless the templates cannot be read. `read` is what came of reading them, if
    /// that was done before.
    pub(super) fn run(
        &self,
        read: Option<Result<Engine, Vec<Diagnostic>>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Outputs, BuildError> {
        let has_no_theme = problems
            .iter()
            .any(|problem| problem.code == Code::ThemeMissing);
        let engine = OnceLock::new();
        if !self.has_templates_of_earlier() {
            match read.unwrap_or_else(|| self.engine()) {
                Ok(read) => drop(engine.set(read)),
                Err(found) => {
                    problems.extend(found);
                    return Ok(Outputs::default());
                }
            }
        }
        let outputs = match has_no_theme {
            true => Ok(Outputs::default()),
            false => self.make_all(&engine, problems),
        };
        // What the cards of a very large site take is wanted for its store.
        const LARGE: usize = 1 << 18;
        match self.world.routes.len() > LARGE {
            true => drop(engine),
            false => let_go(engine, self.request),
        }
        outputs
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
        let wanted = self.wanted();
        let (askings, besides) = (Askings::default(), Besides::default());
        let verdicts = self.verdicts();
        let made = wanted.par_iter().enumerate();
        let made = made.with_max_len(stages::at_once(wanted.len()));
        let made = made.map_init(Vec::new, |buffer, (at, wanted)| {
            self.progress.step();
            let done = self.fate(wanted, &verdicts).and_then(|fate| match fate {
                Fate::Reuse(reuse) => Ok(self.reuse(reuse)),
                Fate::Render(because) => {
                    let route = self.route(wanted);
                    self.make(engine, route, because, &askings, buffer)
                }
            });
            (self.path(wanted).clone(), besides.part(at, done))
        });
        let made: Vec<(OutputPath, Made)> = made.collect();
        drop(wanted);
        let mut outputs = self.counted(made, askings);
        let mut found = Vec::new();
        let mut kept = BTreeMap::new();
        for beside in besides.close()? {
            found.extend(beside.problems);
            let of_it = beside.kept.into_iter();
            kept.extend(of_it.map(|(path, left, stat)| (path, (left, stat))));
        }
        self.put_derived(kept, &mut outputs)?;
        problems.extend(merge_repeats(found));
        Ok(outputs)
    }

    /// Outputs with those that were rendered, and the number of those that were taken over; files that
    /// are copied as they are count as neither.
    fn counted(&self, made: Vec<(OutputPath, Made)>, askings: Askings) -> Outputs {
        let (mut rendered, mut reused) = (Vec::new(), 0);
        for (path, made) in &made {
            match made {
                Made::Rendered(how) => {
                    let route = self.world.routes.get(how.route as usize);
                    if !matches!(route.target, Target::File(_)) {
                        rendered.push((path.clone(), Arc::clone(&how.because)));
                    }
                }
                Made::Reused(place) => {
                    let output = self.earlier.and_then(|earlier| earlier.output(*place));
                    reused += usize::from(output.is_some_and(|output| !output.is_copy()));
                }
                Made::Derived => {}
            }
        }
        Outputs {
            made,
            rendered,
            reused,
            askings,
        }
    }

    /// All outputs but those that are made besides others, in the order of their paths.
    fn wanted(&self) -> Vec<Wanted> {
        let mut known = (0..).zip(self.known()).peekable();
        if let (Some(earlier), Some(_)) = (self.earlier, self.revised) {
            let is_wanted = |(_, known): &(u32, &KnownOutput)| {
                let output = earlier.output(known.place);
                output.is_some_and(|output| !output.is_derived())
            };
            let again = known.filter(is_wanted).map(|(at, _)| Wanted {
                route: None,
                known: Some(at),
            });
            return again.collect();
        }
        let mut find = |path: &OutputPath| {
            while known.next_if(|(_, known)| known.path < *path).is_some() {}
            let (at, _) = known.next_if(|(_, known)| known.path == *path)?;
            Some(at)
        };
        let routes = (0..).zip(self.world.routes.iter());
        let wanted = routes.map(|(at, route)| Wanted {
            route: Some(at),
            known: find(&route.output),
        });
        wanted.collect()
    }

    /// What the earlier build knew.
    fn known(&self) -> &[KnownOutput] {
        let earlier = self.earlier;
        earlier.map_or(&[][..], |earlier| earlier.store.outputs())
    }

    fn path(&self, wanted: &Wanted) -> &OutputPath {
        match (wanted.known, wanted.route) {
            (Some(known), _) => &self.known()[known as usize].path,
            (None, Some(route)) => &self.world.routes.get(route as usize).output,
            (None, None) => unreachable!("whatever is wanted is new or known"),
        }
    }

    fn verdicts(&self) -> Vec<Verdicts<'_, '_>> {
        let traces = self.earlier.map_or(&[][..], Earlier::traces).iter();
        let verdicts = traces.map(|traces| match self.revised {
            Some(files) => Verdicts::of_files(traces, self.world, files),
            None => Verdicts::of(traces, self.world),
        });
        verdicts.collect()
    }

    fn route(&self, wanted: &Wanted) -> (u32, &Route) {
        let routes = &self.world.routes;
        let find = || u32::try_from(routes.place(self.path(wanted))?).ok();
        let at = wanted.route.or_else(find);
        let at =
            at.expect("where nothing differs but texts, outputs are those of the earlier build");
        (at, routes.get(at as usize))
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
            let made = Made::Derived;
            outputs.made.push((path, made));
        }
        for (path, (left, stat)) in kept {
            if let Some(publisher) = self.publisher {
                publisher.keep(&path, &left, stat);
            }
            let made = Made::Derived;
            outputs.made.push((path, made));
        }
        outputs.made.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(())
    }

    fn fate(
        &self,
        wanted: &Wanted,
        verdicts: &[Verdicts<'_, '_>],
    ) -> Result<Fate<'_>, PublishError> {
        let because = |why: Message| Ok(Fate::Render(Arc::new(vec![why])));
        let Some(earlier) = self.earlier else {
            return Ok(Fate::Render(Arc::clone(&self.first)));
        };
        let known = wanted.known.map(|at| &self.known()[at as usize]);
        let output = known.and_then(|known| Some((known, earlier.output(known.place)?)));
        let Some((known, output)) = output else {
            return because(say::is_new());
        };
        let (place, left) = (known.place, known.left);
        let verdicts = &verdicts[place.segment as usize];
        let is_another = |at: u32| {
            let route = self.world.routes.get(at as usize);
            output.task() != self.world.task(route)
        };
        if wanted.route.is_some_and(is_another) {
            return because(say::something_else());
        }
        if !verdicts.stands(output) {
            return Ok(Fate::Render(verdicts.changes(output, &self.reasons).into()));
        }
        let Some(publisher) = self.publisher else {
            let standing = Vec::new();
            return Ok(Fate::Reuse(Reuse {
                place,
                output,
                standing,
            }));
        };
        let path = self.path(wanted);
        let stat = match publisher.stands(path, &left)? {
            Some(stat) => stat,
            None => return because(say::output_touched()),
        };
        let mut standing = vec![(path.clone(), left, Some(stat))];
        for path in output.derived() {
            let Some(KnownOutput { left, .. }) = earlier.store.output(path) else {
                return because(say::belongs_unknown());
            };
            match publisher.stands(path, left)? {
                Some(stat) => standing.push((path.clone(), *left, Some(stat))),
                None => {
                    let why = say::path_touched(path);
                    return Ok(Fate::Render(Arc::new(vec![why])));
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
            beside: Beside::of(derived, output.problems().to_vec()),
        }
    }

    fn make(
        &self,
        engine: &OnceLock<Engine>,
        (at, route): (u32, &Route),
        because: Because,
        askings: &Askings,
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
                // One long list must not take its room for as long as the build lasts.
                const ROOM: usize = 1 << 20;
                buffer.clear();
                buffer.shrink_to(ROOM);
                let engine = engine.get_or_init(|| {
                    self.engine()
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
            route: at,
            asked: askings.keep(trace, &problems),
            because,
        };
        failed.extend(problems);
        Ok(Done {
            made: Made::Rendered(rendered),
            beside: Beside::of(Vec::new(), failed),
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
            return Ok(can_read.err().map(|error| error.problem(source)));
        };
        match snapshot.on_disk(source) {
            Some(file) => {
                let held = publisher.copy(output, &file)?;
                let agreed = snapshot.saw(source, held);
                Ok(agreed.err().map(|error| error.problem(source)))
            }
            None => match snapshot.bytes(source) {
                Ok(bytes) => publisher.put(output, &bytes).map(|_| None),
                Err(error) => Ok(Some(error.problem(source))),
            },
        }
    }
}
