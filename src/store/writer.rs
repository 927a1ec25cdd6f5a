//! Writes down what a build did. What was taken over from the build before is taken from its
//! store; everything that nothing refers to any more is left behind.

use ahash::AHashMap;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::path::OutputPath;
use crate::read::ReadError;
use crate::site::Target;
use crate::stat::LeftFolder;
use crate::trace::{self, Question, Trace};
use crate::world::World;

use super::format::{Draft, Format, Writing};
use super::key::{Key, Keys};
use super::names::{Name, Names};
use super::reason;
use super::traces::{Answer, Ids, Output, Part, Traces};
use super::what::What;
use super::{Framing, KnownOutput, Place, Site, Store, Summaries, files_of, to_bytes};

/// One output of this build.
pub enum Made {
    /// It was rendered or copied.
    Rendered(Box<Rendered>),
    /// It is what the build before made.
    Reused(Place),
}

/// How an output was rendered.
#[derive(Debug, Default)]
pub struct Rendered {
    /// What stands there; `None` for what was made besides other outputs.
    pub target: Option<Target>,
    /// A digest of what stands there.
    pub task: u64,
    /// What was asked.
    pub trace: Trace,
    /// Warnings.
    pub problems: Vec<Diagnostic>,
    /// Why.
    pub because: Vec<Message>,
}

/// What a store is to hold.
pub struct Sections<'b> {
    /// What the build was, as a whole.
    pub site: Site,
    /// What was known before anything was rendered.
    pub frame: Framing,
    /// The summaries of all files.
    pub documents: Summaries<'b>,
    /// Outputs in the order of their paths.
    pub outputs: Vec<(OutputPath, Made)>,
}

/// A store that holds everything but how outputs were left.
pub struct Begun<W> {
    writing: Writing<W>,
    places: Vec<(OutputPath, Place)>,
}

impl Sections<'_> {
    /// Writes all that is known before the outputs are in their places. Closes the world's
    /// notebook.
    ///
    /// # Errors
    /// Those of `write`, and when what was put aside cannot be read.
    pub fn begin<E, W>(
        self,
        format: Format,
        world: &World,
        before: Before<'_>,
        write: W,
    ) -> Result<Begun<W>, E>
    where
        E: From<ReadError> + Send,
        W: FnMut(&[u8]) -> Result<(), E> + Send,
    {
        let Self {
            mut site,
            frame,
            documents,
            outputs,
        } = self;
        let kept = kept_segments(&outputs, &before);
        let first = || {
            let mut writing = format.begin(write)?;
            writing.section(&frame.draft(world).unwrap_or_else(|| before.frame()))?;
            writing.section(&documents.section())?;
            writing.section(&Draft::of(to_bytes(&files_of(&world.snapshot))))?;
            Ok::<_, E>(writing)
        };
        let (added, writing) = rayon::join(|| Added::of(outputs, &kept, world, &before), first);
        let mut writing = writing?;
        for segment in before.segments(&kept) {
            writing.section(&segment)?;
        }
        writing.section(&Draft::of(added.segment))?;
        let shows_now = added.shows_now || before.show_now(world);
        site.shown_now = shows_now.then(|| world.now.unix());
        writing.section(&Draft::of(to_bytes(&site)))?;
        let places = added.places;
        Ok(Begun { writing, places })
    }
}

/// What this build adds to the traces.
struct Added {
    segment: Vec<u8>,
    /// Where the trace of every output is.
    places: Vec<(OutputPath, Place)>,
    /// Whether an output in it shows the time.
    shows_now: bool,
}

impl Added {
    fn of(
        outputs: Vec<(OutputPath, Made)>,
        kept: &[Option<u32>],
        world: &World,
        before: &Before<'_>,
    ) -> Self {
        let mut writer = Writer::new(world, before.traces);
        let shows_now = writer.asked.contains(&Question::Now);
        let (places, added) = writer.places(outputs, kept);
        Self {
            segment: writer.finish(added),
            places,
            shows_now,
        }
    }
}

impl<E: From<ReadError>, W: FnMut(&[u8]) -> Result<(), E>> Begun<W> {
    /// Writes the rest: how the output folder was left.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn end(mut self, left: LeftFolder) -> Result<(), E> {
        let mut places = self.places.into_iter().peekable();
        let outputs = left.files.into_iter().filter_map(|(path, left)| {
            while places.next_if(|(known, _)| *known < path).is_some() {}
            let (path, place) = places.next_if(|(known, _)| *known == path)?;
            Some(KnownOutput { path, left, place })
        });
        let outputs: Vec<KnownOutput> = outputs.collect();
        let outputs = to_bytes(&(outputs, left.folders));
        self.writing.section(&Draft::of(outputs))?;
        self.writing.end()
    }
}

/// What may be taken over of the build before.
#[derive(Clone, Copy, Default)]
pub struct Before<'a> {
    /// Its store.
    pub store: Option<&'a Store>,
    /// The traces in it, by segments.
    pub traces: &'a [Traces<'a>],
}

impl<'a> Before<'a> {
    fn frame(&self) -> Draft<'a> {
        let kept = self.store.map(|store| store.kept(&store.frame));
        kept.unwrap_or_else(|| Draft::new(Vec::new()))
    }

    /// The segments that stay as they are.
    fn segments(&self, kept: &[Option<u32>]) -> impl Iterator<Item = Draft<'a>> {
        let all = self.store.iter().flat_map(|store| {
            let segments = store.segments.iter();
            segments.map(|segment| store.kept(segment))
        });
        let all = all.zip(kept).filter(|(_, kept)| kept.is_some());
        all.map(|(segment, _)| segment)
    }

    /// Whether what is taken over may show the time: else it would have been rendered.
    fn show_now(&self, world: &World) -> bool {
        let now = Answer::from(world.answer(&Question::Now));
        let mut questions = self.traces.iter().flat_map(|traces| &traces.questions);
        questions.any(|(key, answer)| *key == Key::Now && *answer == now)
    }
}

/// Where a trace is that is taken over as it was written.
fn stays(made: &Made, kept: &[Option<u32>]) -> Option<Place> {
    let Made::Reused(Place { segment, at }) = *made else {
        return None;
    };
    let segment = kept[segment as usize]?;
    Some(Place { segment, at })
}

/// The new numbers of the segments that stay as they are: those still of use, unless there are so
/// many of them, or so much in them is of no use any more, that it is better to write all anew.
fn kept_segments(outputs: &[(OutputPath, Made)], before: &Before<'_>) -> Vec<Option<u32>> {
    const MOST: usize = 12;
    let mut used = vec![0; before.traces.len()];
    for (_, made) in outputs {
        if let Made::Reused(place) = made {
            used[place.segment as usize] += 1;
        }
    }
    let alive: usize = used.iter().sum();
    let useful = used
        .iter()
        .zip(before.traces)
        .filter(|(used, _)| **used > 0);
    let all: usize = useful.clone().map(|(_, traces)| traces.outputs.len()).sum();
    let is_wasteful = useful.count() >= MOST || all > alive + alive / 4 + 64;
    let mut next = 0;
    let number = |used: &usize| {
        (*used > 0 && !is_wasteful).then(|| {
            next += 1;
            next - 1
        })
    };
    used.iter().map(number).collect()
}

/// Numbers questions and parts anew as outputs refer to them.
struct Writer<'a> {
    world: &'a World,
    asked: Vec<Question>,
    answers: Vec<u64>,
    made: Vec<trace::Part>,
    before: &'a [Traces<'a>],
    names: Names,
    questions: Vec<(Key, Answer)>,
    known_questions: AHashMap<Key, u32>,
    parts: Vec<Part<'a>>,
    known_parts: AHashMap<Part<'a>, u32>,
    /// Where numbers of this build and of the one before went.
    moved: Moved,
    /// By segment.
    moved_before: Vec<Moved>,
}

#[derive(Default)]
struct Moved {
    questions: Vec<Option<u32>>,
    parts: Vec<Option<u32>>,
}

impl Moved {
    fn with_room(questions: usize, parts: usize) -> Self {
        Self {
            questions: vec![None; questions],
            parts: vec![None; parts],
        }
    }
}

impl<'a> Writer<'a> {
    fn new(world: &'a World, before: &'a [Traces<'a>]) -> Self {
        let (asked, made) = world.notebook.close();
        let answers = asked
            .par_iter()
            .map(|question| world.answer(question))
            .collect();
        let moved_before = before
            .iter()
            .map(|traces| Moved::with_room(traces.questions.len(), traces.parts.len()));
        Self {
            world,
            moved: Moved::with_room(asked.len(), made.len()),
            moved_before: moved_before.collect(),
            asked,
            answers,
            made,
            before,
            names: Names::default(),
            questions: Vec::new(),
            known_questions: AHashMap::new(),
            parts: Vec::new(),
            known_parts: AHashMap::new(),
        }
    }

    /// Where the trace of every output is to be, and those that are in no segment yet.
    fn places(
        &mut self,
        outputs: Vec<(OutputPath, Made)>,
        kept: &[Option<u32>],
    ) -> (Vec<(OutputPath, Place)>, Vec<Output<'a>>) {
        let segment = kept.iter().flatten().count() as u32;
        let mut places = Vec::with_capacity(outputs.len());
        let mut added = Vec::new();
        for (path, made) in outputs {
            let place = stays(&made, kept).unwrap_or_else(|| {
                added.push(self.output(made));
                let at = added.len() as u32 - 1;
                Place { segment, at }
            });
            places.push((path, place));
        }
        (places, added)
    }

    fn output(&mut self, made: Made) -> Output<'a> {
        match made {
            Made::Rendered(rendered) => self.rendered(*rendered),
            Made::Reused(place) => self.reused(place),
        }
    }

    fn rendered(&mut self, rendered: Rendered) -> Output<'a> {
        let Rendered {
            target,
            task,
            trace,
            problems,
            because,
        } = rendered;
        let (questions, parts) = self.note_all(&trace);
        let mut keys = Keys {
            world: self.world,
            names: &mut self.names,
        };
        let what = target.map_or(What::Derived, |target| What::of(&target, &mut keys));
        Output {
            what,
            task,
            questions,
            parts,
            derived: trace.derived,
            problems,
            because: because
                .iter()
                .map(|why| self.names.name(&reason::kept(why)))
                .collect(),
        }
    }

    fn reused(&mut self, place: Place) -> Output<'a> {
        let segment = place.segment as usize;
        let traces = &self.before[segment];
        let output = &traces.outputs[place.at as usize];
        let because = output.because.iter();
        let because = because
            .map(|why| self.names.name(traces.text(*why)))
            .collect();
        let (questions, parts) = self.move_all(&output.questions, &output.parts, segment);
        let names = &mut self.names;
        let what = output.what.renamed(|name| names.name(traces.text(name)));
        Output {
            what,
            task: output.task,
            questions,
            parts,
            derived: output.derived.clone(),
            problems: output.problems.clone(),
            because,
        }
    }

    fn question(&mut self, id: u32) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved.questions[at] {
            return moved;
        }
        let key = Key::of(&self.asked[at], self.world, &mut self.names);
        let new = self.add_question(key, self.answers[at].into());
        self.moved.questions[at] = Some(new);
        new
    }

    fn question_before(&mut self, id: u32, segment: usize) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved_before[segment].questions[at] {
            return moved;
        }
        let traces = &self.before[segment];
        let (key, answer) = traces.questions[at];
        let names = &mut self.names;
        let key = key.renamed(|name| match name {
            0 => 0,
            name => names.name(traces.text(name)),
        });
        let new = self.add_question(key, answer);
        self.moved_before[segment].questions[at] = Some(new);
        new
    }

    fn add_question(&mut self, key: Key, answer: Answer) -> u32 {
        let next = u32::try_from(self.questions.len()).expect("fewer than four billion questions");
        // A notebook has each question once.
        let id = match self.before {
            [] => next,
            _ => *self.known_questions.entry(key).or_insert(next),
        };
        if id == next {
            self.questions.push((key, answer));
        }
        id
    }

    fn part(&mut self, id: u32) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved.parts[at] {
            return moved;
        }
        let trace = std::mem::take(&mut self.made[at].trace);
        let (questions, parts) = self.note_all(&trace);
        let new = self.add_part(Part { questions, parts });
        self.moved.parts[at] = Some(new);
        new
    }

    fn part_before(&mut self, id: u32, segment: usize) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved_before[segment].parts[at] {
            return moved;
        }
        let part = &self.before[segment].parts[at];
        let (questions, parts) = self.move_all(&part.questions, &part.parts, segment);
        let new = self.add_part(Part { questions, parts });
        self.moved_before[segment].parts[at] = Some(new);
        new
    }

    fn move_all(
        &mut self,
        questions: &Ids<'_>,
        parts: &Ids<'_>,
        segment: usize,
    ) -> (Ids<'a>, Ids<'a>) {
        let questions = questions.iter();
        let questions = questions.map(|id| self.question_before(id, segment));
        let questions = Ids::of(questions.collect());
        let parts = parts.iter().map(|id| self.part_before(id, segment));
        (questions, Ids::of(parts.collect()))
    }

    fn note_all(&mut self, trace: &Trace) -> (Ids<'a>, Ids<'a>) {
        let questions = trace.questions.iter().map(|id| self.question(*id));
        let questions = Ids::of(questions.collect());
        let parts = trace.parts.iter().map(|id| self.part(*id));
        (questions, Ids::of(parts.collect()))
    }

    fn add_part(&mut self, part: Part<'a>) -> u32 {
        if let Some(known) = self.known_parts.get(&part) {
            return *known;
        }
        let id = u32::try_from(self.parts.len()).expect("fewer than four billion parts");
        self.parts.push(part.clone());
        self.known_parts.insert(part, id);
        id
    }

    fn finish(mut self, outputs: Vec<Output<'a>>) -> Vec<u8> {
        let templates = self.templates();
        let traces = Traces {
            texts: self.names.texts().iter().map(String::as_str).collect(),
            questions: self.questions,
            parts: self.parts,
            templates,
            outputs,
        };
        traces.to_bytes()
    }

    /// All answers stand in this build, so its templates are those that outputs were made of.
    fn templates(&mut self) -> Vec<(Name, Vec<Name>)> {
        let names = self.questions.iter().filter_map(|(key, _)| match key {
            Key::Template(name) => Some(*name),
            _ => None,
        });
        let mut names: Vec<(String, Name)> = names
            .map(|name| (self.names.texts()[name as usize - 1].clone(), name))
            .collect();
        names.sort_unstable();
        names
            .into_iter()
            .map(|(text, name)| {
                let files = self.world.template_files(&text);
                let files = files.iter().map(|file| self.names.name(file.as_str()));
                (name, files.collect())
            })
            .collect()
    }
}
