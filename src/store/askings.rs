//! What the outputs of a build asked, until it is written down.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::packed::Packed;
use crate::path::OutputPath;
use crate::trace::{Ids, Trace};

/// What outputs asked, as a store is to hold it. What lives as long as the build must not lie among
/// what lives as long as the templates, or the memory of the one cannot be given back for the other.
#[derive(Debug, Default)]
pub struct Askings(Mutex<Packed>);

/// What one output asked, by its number among all.
pub type AskingId = u32;

/// What was asked for an output, and what was wrong.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Asked<'b> {
    #[serde(borrow)]
    pub(super) questions: Ids<'b>,
    #[serde(borrow)]
    pub(super) parts: Ids<'b>,
    /// Outputs that were made besides it.
    pub(super) derived: Cow<'b, [OutputPath]>,
    pub(super) problems: Cow<'b, [Diagnostic]>,
}

impl Askings {
    /// Keeps what an output asked, and the warnings that it gave.
    pub fn keep(&self, trace: Trace, problems: &[Diagnostic]) -> AskingId {
        let Trace {
            questions,
            parts,
            derived,
        } = trace;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(&Asked {
            questions,
            parts,
            derived: derived.into(),
            problems: problems.into(),
        })
    }

    /// All of them.
    pub(super) fn close(self) -> Packed {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
