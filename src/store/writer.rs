//! Writes down what a build did. What was taken over from the build before is taken from its
//! store; everything that nothing refers to any more is left behind.

use std::sync::Arc;

use ahash::AHashMap;
use rayon::prelude::*;

use crate::message::Message;
use crate::packed::Packed;
use crate::path::OutputPath;
use crate::read::ReadError;
use crate::stat::{Left, Stat};
use crate::trace::{self, Ids, Question};
use crate::world::World;

use super::askings::{Asked, AskingId, Askings};
use super::format::{Draft, Format, Writing};
use super::key::{Key, Keys};
use super::names::Name;
use super::traces::{Answer, Part, Traces, Written};
use super::what::What;
use super::{Framing, KnownOutput, Place, Site, Store, Summaries, drafted, files_of, to_bytes};
use super::{format, reason};

/// One output of this build.
pub enum Made {
    /// It was rendered or copied.
    Rendered(Rendered),
    /// It was made besides others.
    Derived,
    /// It is what the build before made.
    Reused(Place),
}

/// How an output was rendered.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Its place among the routes.
    pub route: u32,
    /// What it asked.
    pub asked: AskingId,
    /// Why.
    pub because: Because,
}

/// Why an output was rendered; many share their reasons.
pub type Because = Arc<Vec<Message>>;

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
    /// What they asked.
    pub askings: Askings,
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
            askings,
        } = self;
        let kept = kept_segments(&outputs, &before);
        let first = || {
            let mut writing = format.begin(write)?;
            writing.section(frame.draft(world).unwrap_or_else(|| before.frame()))?;
            writing.section(documents.section())?;
            writing.section(Draft::new(format::items(files_of(&world.snapshot))))?;
            Ok::<_, E>(writing)
        };
        let added = || Writer::of(&outputs, &kept, world, &before).add(outputs, askings, &kept);
        let (added, writing) = rayon::join(added, first);
        let mut writing = writing?;
        for segment in before.segments(&kept) {
            writing.section(segment)?;
        }
        writing.section(added.segment)?;
        let shows_now = added.shows_now || before.show_now(world);
        site.shown_now = shows_now.then(|| world.now.unix());
        writing.section(Draft::of(to_bytes(&site)))?;
        let places = added.places;
        Ok(Begun { writing, places })
    }
}

/// What this build adds to the traces.
struct Added {
    /// Where the trace of every output is.
    places: Vec<(OutputPath, Place)>,
    segment: Draft<'static>,
    /// Whether an output in it shows the time.
    shows_now: bool,
}

impl<E: From<ReadError>, W: FnMut(&[u8]) -> Result<(), E>> Begun<W> {
    /// Writes the rest: how the output folder was left.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn end(
        mut self,
        files: impl Iterator<Item = (OutputPath, Left)> + Send,
        folders: &[(String, Stat)],
    ) -> Result<(), E> {
        let mut places = self.places.into_iter().peekable();
        let outputs = files.filter_map(|(path, left)| {
            while places.next_if(|(known, _)| *known < path).is_some() {}
            let (path, place) = places.next_if(|(known, _)| *known == path)?;
            Some(KnownOutput { path, left, place })
        });
        self.writing.section(drafted(folders, outputs))?;
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
        kept.unwrap_or_else(|| Draft::new([]))
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

/// What each output that was rendered holds, as a digest; 0 for others.
fn tasks(outputs: &[(OutputPath, Made)], world: &World) -> Vec<u64> {
    let task = |(_, made): &(OutputPath, Made)| match made {
        Made::Rendered(rendered) => world.task(world.routes.get(rendered.route as usize)),
        Made::Derived | Made::Reused(_) => 0,
    };
    outputs.par_iter().map(task).collect()
}

/// Writes the traces of this build down: questions and parts under the numbers that they have in
/// its notebook, and behind them those of outputs of the build before whose segments do not stay.
struct Writer<'a> {
    keys: Keys<'a>,
    questions: Packed,
    parts: Packed,
    outputs: Packed,
    asked: Packed,
    /// Those that were asked for.
    templates: Vec<Name>,
    shows_now: bool,
    before: &'a [Traces<'a>],
    /// `None` if nothing of the build before is to be written anew.
    known: Option<Known>,
    /// The reasons that were named last, which most outputs share.
    because: (Because, Vec<Name>),
}

/// What is written down already, and where numbers of the build before went.
#[derive(Default)]
struct Known {
    questions: AHashMap<Key, u32>,
    parts: AHashMap<Part<'static>, u32>,
    /// By segment.
    moved: Vec<Moved>,
}

struct Moved {
    questions: Vec<Option<u32>>,
    parts: Vec<Option<u32>>,
}

impl<'a> Writer<'a> {
    /// With all that was asked in this build.
    fn of(
        outputs: &[(OutputPath, Made)],
        kept: &[Option<u32>],
        world: &'a World,
        before: &Before<'a>,
    ) -> Self {
        let is_moved = |made: &Made| matches!(made, Made::Reused(_)) && stays(made, kept).is_none();
        let moves = outputs.iter().any(|(_, made)| is_moved(made));
        let mut writer = Self {
            keys: Keys::new(world),
            questions: Packed::default(),
            parts: Packed::default(),
            outputs: Packed::default(),
            asked: Packed::default(),
            templates: Vec::new(),
            shows_now: false,
            before: before.traces,
            known: moves.then(|| Known::of(before.traces)),
            because: Default::default(),
        };
        let (asked, parts) = world.notebook.close();
        writer.add_asked(&asked);
        if let Some(known) = &mut writer.known {
            known.parts = known_parts(&parts);
        }
        Self { parts, ..writer }
    }

    /// Adds all that was asked in this build, under the numbers that it has there.
    fn add_asked(&mut self, asked: &trace::Asked<'_>) {
        // All answers at once would be as much as the questions.
        const AT_ONCE: usize = 1 << 16;
        let world = self.keys.world;
        for first in (0..asked.count()).step_by(AT_ONCE) {
            let ids = first..asked.count().min(first.saturating_add(AT_ONCE as u32));
            let answers = ids.clone().into_par_iter();
            let answers = answers.map(|id| world.answer(&asked.question(id)));
            let answers: Vec<u64> = answers.collect();
            for (id, answer) in ids.zip(answers) {
                let key = Key::of(&asked.question(id), &mut self.keys);
                self.add_question(key, answer.into());
            }
        }
    }

    fn add(
        mut self,
        outputs: Vec<(OutputPath, Made)>,
        askings: Askings,
        kept: &[Option<u32>],
    ) -> Added {
        self.asked = askings.close();
        let mut tasks = tasks(&outputs, self.keys.world).into_iter();
        let segment = kept.iter().flatten().count() as u32;
        let mut place = |made| {
            let task = tasks.next().unwrap_or_default();
            stays(&made, kept).unwrap_or_else(|| {
                let at = match made {
                    Made::Rendered(rendered) => self.rendered(&rendered, task),
                    Made::Derived => self.derived(),
                    Made::Reused(place) => self.reused(place),
                };
                Place { segment, at }
            })
        };
        // In the same memory: there may be a million.
        let outputs = outputs.into_iter();
        let places = outputs.map(|(path, made)| (path, place(made))).collect();
        Added {
            places,
            segment: self.segment(),
            shows_now: self.shows_now,
        }
    }

    fn segment(&mut self) -> Draft<'static> {
        let templates = self.templates();
        let texts = self.keys.names.texts().into_iter().collect();
        let questions = std::mem::take(&mut self.questions);
        let parts = std::mem::take(&mut self.parts);
        let outputs = std::mem::take(&mut self.outputs);
        let asked = std::mem::take(&mut self.asked);
        Traces::draft([texts, questions, parts, templates, outputs, asked])
    }

    fn rendered(&mut self, rendered: &Rendered, task: u64) -> u32 {
        let Rendered {
            route,
            asked,
            because,
        } = rendered;
        let route = self.keys.world.routes.get(*route as usize);
        let output = Written {
            what: What::of(&route.target, &mut self.keys),
            task,
            because: self.because(because),
            asked: Some(*asked),
        };
        self.outputs.push(&output)
    }

    fn derived(&mut self) -> u32 {
        self.outputs.push(&Written {
            what: What::Derived,
            task: 0,
            because: Vec::new(),
            asked: None,
        })
    }

    fn because(&mut self, because: &Because) -> Vec<Name> {
        if self.because.0 != *because {
            let names = &mut self.keys.names;
            let named = because.iter().map(|why| names.name(&reason::kept(why)));
            let named = named.collect();
            self.because = (Arc::clone(because), named);
        }
        self.because.1.clone()
    }

    fn reused(&mut self, place: Place) -> u32 {
        let segment = place.segment as usize;
        let traces = &self.before[segment];
        let output = &traces.outputs[place.at as usize];
        let (questions, parts) = self.move_all(&output.questions, &output.parts, segment);
        let asked = self.asked.push(&Asked {
            questions,
            parts,
            derived: output.derived().into(),
            problems: output.problems().into(),
        });
        let names = &mut self.keys.names;
        let mut renamed = |name: &Name| names.name(traces.text(*name));
        self.outputs.push(&Written {
            because: output.because.iter().map(&mut renamed).collect(),
            what: output.what.renamed(|name| renamed(&name)),
            task: output.task,
            asked: Some(asked),
        })
    }

    fn question_before(&mut self, id: u32, segment: usize) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved(segment).questions[at] {
            return moved;
        }
        let traces = &self.before[segment];
        let (key, answer) = traces.questions[at];
        let names = &mut self.keys.names;
        let key = key.renamed(|name| match name {
            0 => 0,
            name => names.name(traces.text(name)),
        });
        let known = self
            .known
            .as_ref()
            .and_then(|known| known.questions.get(&key));
        let new = match known {
            Some(known) => *known,
            None => self.add_question(key, answer),
        };
        self.moved(segment).questions[at] = Some(new);
        new
    }

    fn part_before(&mut self, id: u32, segment: usize) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved(segment).parts[at] {
            return moved;
        }
        let part = &self.before[segment].parts[at];
        let (questions, parts) = self.move_all(&part.questions, &part.parts, segment);
        let part = Part { questions, parts };
        let known = self.known.as_ref().and_then(|known| known.parts.get(&part));
        let new = match known {
            Some(known) => *known,
            None => self.add_part(part),
        };
        self.moved(segment).parts[at] = Some(new);
        new
    }

    fn moved(&mut self, segment: usize) -> &mut Moved {
        let known = self.known.as_mut();
        &mut known
            .expect("something of the build before is written anew")
            .moved[segment]
    }

    fn move_all(
        &mut self,
        questions: &Ids<'_>,
        parts: &Ids<'_>,
        segment: usize,
    ) -> (Ids<'static>, Ids<'static>) {
        let questions = questions.iter();
        let questions = questions.map(|id| self.question_before(id, segment));
        let questions = Ids::of(questions.collect());
        let parts = parts.iter().map(|id| self.part_before(id, segment));
        (questions, Ids::of(parts.collect()))
    }

    fn add_question(&mut self, key: Key, answer: Answer) -> u32 {
        let id = self.questions.push(&(key, answer));
        match key {
            Key::Template(name) => self.templates.push(name),
            Key::Now => self.shows_now = true,
            _ => {}
        }
        if let Some(known) = &mut self.known {
            known.questions.insert(key, id);
        }
        id
    }

    fn add_part(&mut self, part: Part<'static>) -> u32 {
        let id = self.parts.push(&part);
        if let Some(known) = &mut self.known {
            known.parts.entry(part).or_insert(id);
        }
        id
    }

    /// All answers stand in this build, so its templates are those that outputs were made of.
    fn templates(&mut self) -> Packed {
        let texts = self.keys.names.texts();
        let names = self.templates.iter();
        let mut templates: Vec<(String, Name)> = names
            .map(|name| (texts[*name as usize - 1].to_owned(), *name))
            .collect();
        templates.sort_unstable();
        let files_of = |(text, name): (String, Name)| {
            let files = self.keys.world.template_files(&text);
            let names = &mut self.keys.names;
            let files = files.iter().map(|file| names.name(file.as_str()));
            (name, files.collect::<Vec<Name>>())
        };
        templates.into_iter().map(files_of).collect()
    }
}

/// The numbers of parts.
fn known_parts(parts: &Packed) -> AHashMap<Part<'static>, u32> {
    let mut known = AHashMap::with_capacity(parts.count() as usize);
    let mut next = 0;
    for mut block in parts.blocks() {
        while let Ok((Part { questions, parts }, rest)) = postcard::take_from_bytes(block) {
            let (questions, parts) = (questions.into_owned(), parts.into_owned());
            known.entry(Part { questions, parts }).or_insert(next);
            next += 1;
            block = rest;
        }
    }
    known
}

impl Known {
    fn of(before: &[Traces<'_>]) -> Self {
        let moved = before.iter().map(|traces| Moved {
            questions: vec![None; traces.questions.len()],
            parts: vec![None; traces.parts.len()],
        });
        Self {
            moved: moved.collect(),
            ..Self::default()
        }
    }
}
