//! The traces of a build as a store holds them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::Diagnostic;
use crate::path::OutputPath;

use super::key::Key;
use super::names::{Name, Texts};
use super::what::What;

/// Questions, shared parts, and the outputs made of them.
#[derive(Serialize, Deserialize)]
pub struct Traces<'b> {
    /// Texts by their numbers, from 1.
    #[serde(borrow)]
    pub(super) texts: Vec<&'b str>,
    /// Every question, with half of the digest of its answer.
    pub(super) questions: Vec<(Key, Answer)>,
    /// Shared values; parts of a part stand before it.
    pub(super) parts: Vec<Part>,
    /// For every template that was asked for, its files and those of all that it is made of, in
    /// the order of names; none if there is no such template.
    pub(super) templates: Vec<(Name, Vec<Name>)>,
    /// Outputs that were rendered.
    pub(super) outputs: Vec<Output>,
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
pub(super) struct Part {
    pub(super) questions: Ids,
    pub(super) parts: Ids,
}

/// One output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Output {
    /// What stands there, for people to read.
    pub(super) what: What,
    /// A digest of what stands there.
    pub(super) task: u64,
    pub(super) questions: Ids,
    pub(super) parts: Ids,
    /// Outputs that were made besides it.
    pub(super) derived: Vec<OutputPath>,
    pub(super) problems: Vec<Diagnostic>,
    /// Why it was rendered.
    pub(super) because: Vec<Name>,
}

impl Traces<'_> {
    pub(super) fn text(&self, name: Name) -> &str {
        let at = (name as usize).wrapping_sub(1);
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// An output by its place.
    pub fn output(&self, at: u32) -> Option<&Output> {
        self.outputs.get(at as usize)
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        Texts(&self.texts)
    }
}

impl Output {
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

/// Sorted numbers; what is written is how far each is from the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ids(pub(super) Vec<u32>);

impl Ids {
    /// Sorts numbers, each once.
    pub(super) fn of(mut ids: Vec<u32>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }
}

impl Serialize for Ids {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut last = 0;
        let steps = self.0.iter().map(|id| {
            let step = id - last;
            last = *id;
            step
        });
        serializer.collect_seq(steps.collect::<Vec<u32>>())
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut ids = Vec::<u32>::deserialize(deserializer)?;
        let mut last = 0_u32;
        for id in &mut ids {
            last = last
                .checked_add(*id)
                .ok_or_else(|| serde::de::Error::custom("numbers beyond all"))?;
            *id = last;
        }
        Ok(Self(ids))
    }
}
