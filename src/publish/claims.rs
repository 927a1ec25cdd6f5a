//! The claims of a build, as they come and in order.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::plan::Claim;

/// All claims of a build. Many threads may add some at once.
#[derive(Default)]
pub(super) struct Claims {
    /// Blocks are never moved: a list that grows would need room for twice as many.
    blocks: Mutex<Vec<Vec<Claim>>>,
    sorted: OnceLock<Vec<Claim>>,
}

impl Claims {
    /// Adds one.
    pub(super) fn push(&self, claim: Claim) {
        const BLOCK: usize = 1024;
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        match blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(claim),
            _ => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(claim);
                blocks.push(block);
            }
        }
    }

    /// All that came, by path. None may come any more.
    pub(super) fn sorted(&self) -> &[Claim] {
        self.sorted.get_or_init(|| {
            let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            let mut claims = Vec::with_capacity(blocks.iter().map(Vec::len).sum());
            for block in std::mem::take(&mut *blocks) {
                claims.extend(block);
            }
            claims.sort_unstable_by(|a, b| a.path.cmp(&b.path));
            claims
        })
    }
}
