//! The traces of a build as a store holds them.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::packed::Packed;
use crate::path::OutputPath;
use crate::trace::Ids;

use super::askings::{Asked, AskingId};
use super::format::{Draft, Piece, list};
use super::key::Key;
use super::names::{Name, Texts};
use super::what::What;

/// The lists of a segment.
const LISTS: usize = 6;

/// Questions, shared parts, and the outputs made of them.
pub struct Traces<'b> {
    /// Texts by their numbers, from 1.
    pub(super) texts: Vec<&'b str>,
    /// Every question, with half of the digest of its answer.
    pub(super) questions: Vec<(Key, Answer)>,
    /// Shared values; parts of a part stand before it.
    pub(super) parts: Vec<Part<'b>>,
    /// For every template that was asked for, its files and those of all that it is made of, in
    /// the order of names; none if there is no such template.
    pub(super) templates: Vec<(Name, Vec<Name>)>,
    /// Outputs that were rendered.
    pub(super) outputs: Vec<Output<'b>>,
}

/// Half of the digest of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer([u8; 8]);

impl From<u64> for Answer {
    fn from(half: u64) -> Self {
        Self(half.to_le_bytes())
    }
}

/// A value that many outputs share.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Part<'b> {
    #[serde(borrow)]
    pub(super) questions: Ids<'b>,
    #[serde(borrow)]
    pub(super) parts: Ids<'b>,
}

/// One output.
#[derive(Clone, Debug)]
pub struct Output<'b> {
    /// What stands there, for people to read.
    pub(super) what: What,
    /// A digest of what stands there.
    pub(super) task: u64,
    pub(super) questions: Ids<'b>,
    pub(super) parts: Ids<'b>,
    /// Outputs that were made besides it.
    pub(super) derived: Vec<OutputPath>,
    pub(super) problems: Vec<Diagnostic>,
    /// Why it was rendered.
    pub(super) because: Vec<Name>,
}

/// An output as it is written: what was asked for it lies where it was put when it was rendered.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) what: What,
    pub(super) task: u64,
    pub(super) because: Vec<Name>,
    /// `None` if it was made besides others, which know what it took.
    pub(super) asked: Option<AskingId>,
}

impl<'b> Traces<'b> {
    /// A segment: its lists behind the lengths of them all, in bytes.
    pub(super) fn draft(lists: [Packed; LISTS]) -> Draft<'static> {
        let count = |list: &Packed| super::to_bytes(&list.count()).len();
        let lengths = lists.each_ref().map(|list| count(list) + list.length());
        let lengths = Piece::from(super::to_bytes(&lengths));
        Draft::new(
            [lengths]
                .into_iter()
                .chain(lists.into_iter().flat_map(list)),
        )
    }

    /// Reads a segment, with several cores.
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        let (lengths, mut rest): ([usize; LISTS], &[u8]) = postcard::take_from_bytes(bytes).ok()?;
        let mut lists = [&[][..]; LISTS];
        for (list, length) in lists.iter_mut().zip(lengths) {
            (*list, rest) = rest.split_at_checked(length)?;
        }
        let [texts, questions, parts, templates, outputs, asked] = lists;
        let ((texts, parts), (questions, outputs)) = rayon::join(
            || (postcard::from_bytes(texts), postcard::from_bytes(parts)),
            || {
                rayon::join(
                    || postcard::from_bytes(questions),
                    || read_outputs(outputs, asked),
                )
            },
        );
        Some(Self {
            texts: texts.ok()?,
            questions: questions.ok()?,
            parts: parts.ok()?,
            templates: postcard::from_bytes(templates).ok()?,
            outputs: outputs?,
        })
    }

    pub(super) fn text(&self, name: Name) -> &str {
        let at = (name as usize).wrapping_sub(1);
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// An output by its place.
    pub fn output(&self, at: u32) -> Option<&Output<'b>> {
        self.outputs.get(at as usize)
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        Texts(&self.texts)
    }
}

/// Outputs, each with what was asked for it.
fn read_outputs<'b>(outputs: &[u8], asked: &'b [u8]) -> Option<Vec<Output<'b>>> {
    let outputs: Vec<Written> = postcard::from_bytes(outputs).ok()?;
    let mut all: Vec<Asked<'b>> = postcard::from_bytes(asked).ok()?;
    let read = |output: Written| {
        let asked = match output.asked {
            Some(id) => std::mem::take(all.get_mut(id as usize)?),
            None => Asked::default(),
        };
        Some(Output {
            what: output.what,
            task: output.task,
            questions: asked.questions,
            parts: asked.parts,
            derived: asked.derived.into_owned(),
            problems: asked.problems.into_owned(),
            because: output.because,
        })
    };
    outputs.into_iter().map(read).collect()
}

impl Output<'_> {
    /// A digest of what stands there.
    pub fn task(&self) -> u64 {
        self.task
    }

    /// Whether it is a file of the site, copied as it is.
    pub fn is_copy(&self) -> bool {
        matches!(self.what, What::File(_))
    }

    /// Whether it was made besides other outputs.
    pub fn is_derived(&self) -> bool {
        self.what == What::Derived
    }

    /// Outputs that were made besides it.
    pub fn derived(&self) -> &[OutputPath] {
        &self.derived
    }

    /// Warnings that its render gave.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }
}
