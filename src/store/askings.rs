//! What the outputs of a build asked, until it is written down.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::path::OutputPath;
use crate::trace::{Ids, Trace};

/// What outputs asked, one behind the other. What lives as long as the build must not lie among
/// what lives as long as the templates, or the memory of the one cannot be given back for the other.
#[derive(Debug, Default)]
pub struct Askings(Mutex<Vec<Vec<u8>>>);

/// The place of what one output asked.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    block: u32,
    start: u32,
}

/// What was asked for an output, and what was wrong.
#[derive(Serialize, Deserialize)]
pub(super) struct Asked<'b> {
    #[serde(borrow)]
    pub(super) questions: Ids<'b>,
    #[serde(borrow)]
    pub(super) parts: Ids<'b>,
    pub(super) derived: Cow<'b, [OutputPath]>,
    pub(super) problems: Cow<'b, [Diagnostic]>,
}

impl Askings {
    /// Keeps what an output asked, and the warnings that it gave.
    pub fn keep(&self, trace: Trace, problems: &[Diagnostic]) -> Asking {
        const BLOCK: usize = 1 << 18;
        let Trace {
            questions,
            parts,
            derived,
        } = trace;
        let asked = Asked {
            questions,
            parts,
            derived: derived.into(),
            problems: problems.into(),
        };
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.last().is_none_or(|block| block.len() >= BLOCK) {
            blocks.push(Vec::with_capacity(BLOCK + BLOCK / 8));
        }
        let at = blocks.len() - 1;
        let block = std::mem::take(&mut blocks[at]);
        let start = block.len();
        blocks[at] = postcard::to_extend(&asked, block).expect("memory takes it");
        let number = |at: usize| u32::try_from(at).expect("blocks are short, and not that many");
        Asking {
            block: number(at),
            start: number(start),
        }
    }

    /// All of them, to be read.
    pub(super) fn close(self) -> Vec<Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Asking {
    pub(super) fn read(self, askings: &[Vec<u8>]) -> Asked<'_> {
        let block = &askings[self.block as usize];
        let asked = postcard::take_from_bytes(&block[self.start as usize..]);
        asked.expect("it was kept in this build").0
    }
}
