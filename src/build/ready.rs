//! What an earlier build left, read for the next one. A process that builds again and again reads it
//! while nobody waits.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::publish::{self, Untouched};
use crate::stat::Stat;
use crate::store::{Format, Store};

/// What an earlier build left.
pub(super) struct Ready {
    pub(super) store: Store,
    /// Outputs that were looked at before the build began.
    pub(super) untouched: Option<Arc<Untouched>>,
    output: PathBuf,
    /// The stat of the file that the store was read from.
    saved: Stat,
}

impl Ready {
    /// `None` if nothing was left.
    pub(super) fn read(place: &Path, output: &Path, format: &Format) -> Option<Self> {
        let saved = publish::saved_stat(place, output)?;
        Some(Self {
            store: Store::read(publish::saved(place, output)?, format)?,
            untouched: None,
            output: output.to_owned(),
            saved,
        })
    }

    /// Looks at the outputs, too.
    pub(super) fn prepare(place: &Path, output: &Path, format: &Format) -> Option<Self> {
        let mut ready = Self::read(place, output, format)?;
        let outputs = ready.store.outputs().iter();
        let outputs: Vec<_> = outputs.map(|known| (&known.path, &known.left)).collect();
        let untouched = Untouched::look(place, output, ready.store.folders(), &outputs).ok()?;
        ready.untouched = Some(Arc::new(untouched));
        Some(ready)
    }

    /// Whether it is what a build into a folder is to know: no other process has built since.
    pub(super) fn is_of(&self, place: &Path, output: &Path) -> bool {
        self.output == output && publish::saved_stat(place, output) == Some(self.saved)
    }
}
