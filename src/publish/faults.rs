//! Lets the disk fail on purpose. Tests run side by side, so each has trouble below a folder of
//! its own.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long trouble lasts once it has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spell {
    OneCall,
    FromThenOn,
}

struct Fault {
    root: PathBuf,
    calls: usize,
    nth: usize,
    spell: Spell,
    struck: Vec<PathBuf>,
}

static FAULTS: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

/// Trouble below a folder, from its `nth` change on (from 1); over when dropped.
pub(super) struct Trouble {
    root: PathBuf,
}

impl Trouble {
    pub(super) fn below(root: &Path, nth: usize, spell: Spell) -> Self {
        faults().push(Fault {
            root: root.to_path_buf(),
            calls: 0,
            nth,
            spell,
            struck: Vec::new(),
        });
        let root = root.to_path_buf();
        Self { root }
    }

    /// Ends it; returns the paths whose change failed.
    pub(super) fn end(self) -> Vec<PathBuf> {
        let mut faults = faults();
        let fault = faults.iter_mut().find(|fault| fault.root == self.root);
        fault.map_or_else(Vec::new, |fault| std::mem::take(&mut fault.struck))
    }
}

impl Drop for Trouble {
    fn drop(&mut self) {
        faults().retain(|fault| fault.root != self.root);
    }
}

/// Called before every change of the disk.
pub(super) fn strike(path: &Path) -> Result<()> {
    let mut faults = faults();
    let Some(fault) = faults
        .iter_mut()
        .find(|fault| path.starts_with(&fault.root))
    else {
        return Ok(());
    };
    fault.calls += 1;
    let fails = match fault.spell {
        Spell::OneCall => fault.calls == fault.nth,
        Spell::FromThenOn => fault.calls >= fault.nth,
    };
    if fails {
        fault.struck.push(path.to_path_buf());
        return Err(Error::from(ErrorKind::StorageFull));
    }
    Ok(())
}

fn faults() -> MutexGuard<'static, Vec<Fault>> {
    FAULTS.lock().unwrap_or_else(PoisonError::into_inner)
}
