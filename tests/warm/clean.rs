//! What a build from nothing makes of a state. Many ways lead to one state; it is built once.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use courant::digest::Digest;
use tempfile::TempDir;

use crate::folder;
use crate::run::{self, Verdict};
use crate::site::{OUTS, Published, State};
use crate::tree::{self, Tree};

/// A clean build.
#[derive(Clone, Debug, Default)]
pub struct Clean {
    pub verdict: Verdict,
    pub published: Published,
}

static KNOWN: LazyLock<Mutex<HashMap<Digest, Arc<Clean>>>> = LazyLock::new(Mutex::default);

/// The clean build of a state.
///
/// # Errors
/// As [`run::clean`].
pub fn of(state: &State) -> Result<Arc<Clean>, String> {
    let key = state.digest();
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(clean) = known().get(&key) {
        return Ok(Arc::clone(clean));
    }
    let (verdict, tree) = build(state)?;
    let digests = tree
        .into_iter()
        .map(|(path, bytes)| (path, Digest::of(&bytes)));
    let clean = Arc::new(Clean {
        verdict,
        published: digests.collect(),
    });
    known().insert(key, Arc::clone(&clean));
    Ok(clean)
}

/// What the clean build of a state publishes, byte for byte.
///
/// # Errors
/// As [`run::clean`].
pub fn tree(state: &State) -> Result<Tree, String> {
    build(state).map(|(_, tree)| tree)
}

/// What the clean build of a state tells a person.
///
/// # Errors
/// As [`run::clean`].
pub fn told(state: &State) -> Result<String, String> {
    let (_folder, root) = written(state);
    run::told(&root, &root.join(OUTS[0]), state.options, &["--no-cache"])
}

fn build(state: &State) -> Result<(Verdict, Tree), String> {
    let (_folder, root) = written(state);
    let out = root.join(OUTS[0]);
    let run = run::clean(&root, &out, state.options)?;
    Ok((run.verdict, tree::read(&out)))
}

/// A site of this state, and the folder that lasts as long as it is needed.
fn written(state: &State) -> (TempDir, PathBuf) {
    let folder = folder::temporary();
    let root = folder.path().join("site");
    tree::write(&root, &state.sources);
    (folder, root)
}
