//! Asks the questions of an earlier build again.

use ahash::AHashSet;
use rayon::prelude::*;

use crate::message::Message;
use crate::path::SourcePath;
use crate::trace::Ids;
use crate::world::World;

use super::key::{Key, Meanings};
use super::names::Name;
use super::reason::{self, Changes};
use super::traces::{Answer, Output, Traces};

/// Which answers of an earlier build no longer stand.
pub struct Verdicts<'t, 'b> {
    traces: &'t Traces<'b>,
    questions: Vec<Answered>,
    parts: Vec<bool>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answered {
    Same,
    Changed,
    /// What was asked about is no longer there.
    Gone,
}

impl<'t, 'b> Verdicts<'t, 'b> {
    /// Asks every question once.
    pub fn of(traces: &'t Traces<'b>, world: &World) -> Self {
        let meanings = Meanings::new(world, &traces.texts);
        Self::asking(traces, world, &meanings, |_| true)
    }

    /// Asks again where nothing differs from the earlier build but what some files hold: what is
    /// about none of them has the answer that it had.
    pub fn of_files(traces: &'t Traces<'b>, world: &World, files: &[SourcePath]) -> Self {
        let meanings = Meanings::of_files(world, &traces.texts, files);
        let subjects = Subjects::new(&traces.texts, files);
        Self::asking(traces, world, &meanings, |key| subjects.may_answer(key))
    }

    fn asking(
        traces: &'t Traces<'b>,
        world: &World,
        meanings: &Meanings<'_>,
        may_differ: impl Fn(Key) -> bool + Sync,
    ) -> Self {
        let questions: Vec<Answered> = traces
            .questions
            .par_iter()
            .map(|(key, answer)| {
                if !may_differ(*key) {
                    return Answered::Same;
                }
                let question = meanings.question(*key);
                let found = question.map(|question| Answer::from(world.answer(&question)));
                match found {
                    Some(found) if found == *answer => Answered::Same,
                    Some(_) => Answered::Changed,
                    None => Answered::Gone,
                }
            })
            .collect();
        let mut verdicts = Self {
            traces,
            questions,
            parts: Vec::with_capacity(traces.parts.len()),
        };
        for part in &traces.parts {
            let stands = verdicts.all_stand(&part.questions, &part.parts);
            verdicts.parts.push(stands);
        }
        verdicts
    }

    /// Whether all answers that an output was made of still stand.
    pub fn stands(&self, output: &Output<'_>) -> bool {
        self.all_stand(&output.questions, &output.parts)
    }

    fn all_stand(&self, questions: &Ids<'_>, parts: &Ids<'_>) -> bool {
        questions
            .iter()
            .all(|id| self.answered(id) == Answered::Same)
            && parts.iter().all(|id| self.part_stands(id))
    }

    /// What a damaged store might name and not have counts as changed.
    fn answered(&self, id: u32) -> Answered {
        let answered = self.questions.get(id as usize).copied();
        answered.unwrap_or(Answered::Changed)
    }

    fn part_stands(&self, id: u32) -> bool {
        self.parts.get(id as usize).copied().unwrap_or(false)
    }

    /// What an output was made of that changed, in words.
    pub fn changes(&self, output: &Output<'_>, changes: &dyn Changes) -> Vec<Message> {
        let mut found = Vec::new();
        self.collect(&output.questions, &output.parts, &mut found);
        found.sort_unstable();
        found.dedup();
        let texts = self.traces.texts();
        let mut words: Vec<Message> = found
            .into_iter()
            .filter_map(|id| {
                let (key, _) = self.traces.questions.get(id as usize)?;
                Some(match self.answered(id) {
                    Answered::Gone => reason::gone(*key, texts),
                    _ => reason::changed(*key, texts, changes),
                })
            })
            .collect();
        words.sort_by_cached_key(Message::english);
        words.dedup();
        words
    }

    fn collect(&self, questions: &Ids<'_>, parts: &Ids<'_>, found: &mut Vec<u32>) {
        let changed = questions.iter();
        found.extend(changed.filter(|id| self.answered(*id) != Answered::Same));
        for id in parts.iter().filter(|id| !self.part_stands(*id)) {
            if let Some(part) = self.traces.parts.get(id as usize) {
                self.collect(&part.questions, &part.parts, found);
            }
        }
    }
}

/// The texts of a store that name some files.
struct Subjects(Vec<bool>);

impl Subjects {
    fn new(texts: &[&str], files: &[SourcePath]) -> Self {
        let mut names: AHashSet<&str> = files.iter().map(SourcePath::as_str).collect();
        // Templates may leave out the folder of data files.
        names.extend(files.iter().filter_map(|file| file.below("data")));
        let is_name = |text: &&str| names.contains(text.trim_start_matches('/'));
        Self(texts.iter().map(is_name).collect())
    }

    fn may_answer(&self, key: Key) -> bool {
        let names = |name: Name| {
            let at = (name as usize).checked_sub(1);
            at.is_some_and(|at| self.0.get(at) == Some(&true))
        };
        match key {
            Key::Now => true,
            Key::File(file) | Key::Data(file) => names(file),
            key => key.page().is_some_and(names),
        }
    }
}
