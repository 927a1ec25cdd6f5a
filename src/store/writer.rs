//! Writes down what a build did. What was taken over from the build before is taken from its
//! store; everything that nothing refers to any more is left behind.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::parse::Document;
use crate::path::{OutputPath, SourcePath};
use crate::site::Target;
use crate::stat::Left;
use crate::trace::{self, Question, Trace};
use crate::world::World;

use super::format::Format;
use super::key::{Key, Keys};
use super::names::{Name, Names};
use super::traces::{Answer, Ids, Output, Part, Traces};
use super::what::What;
use super::{KnownDocument, Site, files_of, to_bytes};

/// One output of this build.
pub enum Made {
    /// It was rendered or copied.
    Rendered(Rendered),
    /// It is what the build before made, by its place there.
    Reused(usize),
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
    pub because: Vec<String>,
}

/// The summary of a file as a store holds it.
pub fn encode(document: &Document, problems: &[Diagnostic]) -> Vec<u8> {
    to_bytes(&KnownDocument {
        document: document.clone(),
        problems: problems.to_vec(),
    })
}

/// The sections of a store.
pub struct Sections<'b> {
    /// What the build was, as a whole.
    pub site: Site,
    /// Summaries: file, its digest, and what [`encode`] made.
    pub documents: Vec<(SourcePath, Digest, Cow<'b, [u8]>)>,
    /// Outputs in the order of their paths, with how they were left.
    pub outputs: Vec<(OutputPath, Left, Made)>,
}

impl Sections<'_> {
    /// The bytes of the store. Closes the world's notebook.
    pub fn write(mut self, format: Format, world: &World, before: Option<&Traces<'_>>) -> Vec<u8> {
        let mut lefts = Vec::with_capacity(self.outputs.len());
        let mut writer = Writer::new(world, before);
        let mut outputs = Vec::with_capacity(self.outputs.len());
        for (path, left, made) in self.outputs {
            lefts.push((path, left));
            outputs.push(writer.output(made));
        }
        let shows_now = writer.known_questions.contains_key(&Key::Now);
        self.site.shown_now = shows_now.then(|| world.now.unix());
        let traces = writer.finish(outputs);
        format.frame([
            &to_bytes(&self.site),
            &to_bytes(&files_of(&world.snapshot)),
            &to_bytes(&lefts),
            &documents(&self.documents),
            &traces,
        ])
    }
}

fn documents(documents: &[(SourcePath, Digest, Cow<'_, [u8]>)]) -> Vec<u8> {
    let index: Vec<(&SourcePath, Digest, u32)> = documents
        .iter()
        .map(|(path, digest, bytes)| {
            let length = u32::try_from(bytes.len()).expect("a summary is short");
            (path, *digest, length)
        })
        .collect();
    let mut section = to_bytes(&index);
    section.reserve(documents.iter().map(|(_, _, bytes)| bytes.len()).sum());
    for (_, _, bytes) in documents {
        section.extend_from_slice(bytes);
    }
    section
}

/// Numbers questions and parts anew as outputs refer to them.
struct Writer<'a> {
    world: &'a World,
    asked: Vec<Question>,
    answers: Vec<u64>,
    made: Vec<trace::Part>,
    before: Option<&'a Traces<'a>>,
    names: Names,
    questions: Vec<(Key, Answer)>,
    known_questions: HashMap<Key, u32>,
    parts: Vec<Part>,
    known_parts: HashMap<Part, u32>,
    /// Where numbers of this build and of the one before went.
    moved: Moved,
    moved_before: Moved,
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
    fn new(world: &'a World, before: Option<&'a Traces<'a>>) -> Self {
        let (asked, made) = world.notebook.close();
        let answers = asked
            .par_iter()
            .map(|question| world.answer(question))
            .collect();
        let room = before.map_or((0, 0), |before| {
            (before.questions.len(), before.parts.len())
        });
        Self {
            world,
            moved: Moved::with_room(asked.len(), made.len()),
            moved_before: Moved::with_room(room.0, room.1),
            asked,
            answers,
            made,
            before,
            names: Names::default(),
            questions: Vec::new(),
            known_questions: HashMap::new(),
            parts: Vec::new(),
            known_parts: HashMap::new(),
        }
    }

    fn output(&mut self, made: Made) -> Output {
        match (made, self.before) {
            (Made::Rendered(rendered), _) => self.rendered(rendered),
            (Made::Reused(at), Some(before)) => self.reused(&before.outputs[at], before),
            (Made::Reused(_), None) => unreachable!("nothing is taken over from no build"),
        }
    }

    fn rendered(&mut self, rendered: Rendered) -> Output {
        let Rendered {
            target,
            task,
            trace,
            problems,
            because,
        } = rendered;
        let mut questions: Vec<u32> = trace
            .questions
            .iter()
            .map(|id| self.question(*id))
            .collect();
        let mut parts: Vec<u32> = trace.parts.iter().map(|id| self.part(*id)).collect();
        questions.sort_unstable();
        parts.sort_unstable();
        parts.dedup();
        let mut keys = Keys {
            world: self.world,
            names: &mut self.names,
        };
        let what = target.map_or(What::Derived, |target| What::of(&target, &mut keys));
        Output {
            what,
            task,
            questions: Ids(questions),
            parts: Ids(parts),
            derived: trace.derived,
            problems,
            because: because.iter().map(|why| self.names.name(why)).collect(),
        }
    }

    fn reused(&mut self, output: &Output, before: &Traces<'_>) -> Output {
        let because = output.because.iter();
        let because = because.map(|why| self.text_before(*why, before)).collect();
        let moved = Part {
            questions: output.questions.clone(),
            parts: output.parts.clone(),
        };
        let Part { questions, parts } = self.move_part(&moved, before);
        let what = output.what.renamed(|name| self.text_before(name, before));
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

    fn question_before(&mut self, id: u32, before: &Traces<'_>) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved_before.questions[at] {
            return moved;
        }
        let (key, answer) = before.questions[at];
        let names = &mut self.names;
        let key = key.renamed(|name| match name {
            0 => 0,
            name => names.name(before.texts[name as usize - 1]),
        });
        let new = self.add_question(key, answer);
        self.moved_before.questions[at] = Some(new);
        new
    }

    fn text_before(&mut self, name: u32, before: &Traces<'_>) -> u32 {
        self.names.name(before.texts[name as usize - 1])
    }

    fn add_question(&mut self, key: Key, answer: Answer) -> u32 {
        let next = u32::try_from(self.questions.len()).expect("fewer than four billion questions");
        let id = *self.known_questions.entry(key).or_insert(next);
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
        let mut questions: Vec<u32> = trace
            .questions
            .iter()
            .map(|id| self.question(*id))
            .collect();
        let mut parts: Vec<u32> = trace.parts.iter().map(|id| self.part(*id)).collect();
        questions.sort_unstable();
        parts.sort_unstable();
        parts.dedup();
        let new = self.add_part(Part {
            questions: Ids(questions),
            parts: Ids(parts),
        });
        self.moved.parts[at] = Some(new);
        new
    }

    fn part_before(&mut self, id: u32, before: &Traces<'_>) -> u32 {
        let at = id as usize;
        if let Some(moved) = self.moved_before.parts[at] {
            return moved;
        }
        let part = self.move_part(&before.parts[at], before);
        let new = self.add_part(part);
        self.moved_before.parts[at] = Some(new);
        new
    }

    fn move_part(&mut self, part: &Part, before: &Traces<'_>) -> Part {
        let questions = part.questions.0.iter();
        let mut questions: Vec<u32> = questions
            .map(|id| self.question_before(*id, before))
            .collect();
        let parts = part.parts.0.iter();
        let mut parts: Vec<u32> = parts.map(|id| self.part_before(*id, before)).collect();
        questions.sort_unstable();
        parts.sort_unstable();
        parts.dedup();
        Part {
            questions: Ids(questions),
            parts: Ids(parts),
        }
    }

    fn add_part(&mut self, part: Part) -> u32 {
        if let Some(known) = self.known_parts.get(&part) {
            return *known;
        }
        let id = u32::try_from(self.parts.len()).expect("fewer than four billion parts");
        self.parts.push(part.clone());
        self.known_parts.insert(part, id);
        id
    }

    fn finish(mut self, outputs: Vec<Output>) -> Vec<u8> {
        let templates = self.templates();
        to_bytes(&Traces {
            texts: self.names.texts().iter().map(String::as_str).collect(),
            questions: self.questions,
            parts: self.parts,
            templates,
            outputs,
        })
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
