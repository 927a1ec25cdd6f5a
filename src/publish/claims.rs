//! The claims of a build, as they come and in order.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::plan::Claim;

/// All claims of a build. Many threads may add some at once.
#[derive(Default)]
pub(super) struct Claims {
    coming: Mutex<Vec<Claim>>,
    sorted: OnceLock<Vec<Claim>>,
}

impl Claims {
    /// Makes room for so many: a list that grows needs room for twice as many.
    pub(super) fn expect(&self, count: usize) {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        coming.reserve_exact(count);
    }

    /// Adds one.
    pub(super) fn push(&self, claim: Claim) {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        if coming.len() == coming.capacity() {
            let more = coming.len() / 8 + 64;
            coming.reserve_exact(more);
        }
        coming.push(claim);
    }

    /// All that came, by path. None may come any more.
    pub(super) fn sorted(&self) -> &[Claim] {
        self.sorted.get_or_init(|| {
            let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
            let mut claims = std::mem::take(&mut *coming);
            claims.sort_unstable_by(|a, b| a.path.cmp(&b.path));
            claims
        })
    }
}
