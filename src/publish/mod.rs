//! The write edge: the only way into the output folder and the store.
//!
//! A build puts every output of the site into a [`Publisher`]. Bytes that the output folder has
//! already are left alone; the others wait in a stage. Committing moves them into place and
//! removes what earlier builds wrote and this one did not put. Files of others stay.
//!
//! A build can be killed at any point. Before the first change it announces its manifest in the
//! store; the next build counts what was announced as written, and so completes or removes it.
//!
//! What a build replaces or removes is kept until the next one, so that it can be undone.

mod claims;
mod clean;
mod disk;
mod error;
#[cfg(test)]
mod faults;
mod folders;
mod lock;
mod manifest;
mod mark;
mod place;
mod plan;
mod previous;
mod replaced;
mod rollback;
mod stage;
mod untouched;

#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use clean::{Cleaned, clean};
pub use error::PublishError;
pub use replaced::Replaced;
pub use rollback::{RolledBack, roll_back};
pub use untouched::Untouched;

use ahash::AHashSet;
use rayon::prelude::*;

use crate::digest::Digest;
use crate::message::say;
use crate::path::OutputPath;
use crate::stat::{Left, LeftFolder, Stat};
use claims::Claims;
use disk::Standing;
use folders::{Folders, Ground, below, folder_of, folders_above};
use lock::Lock;
use manifest::{Manifest, ManifestFiles};
use mark::Mark;
use place::Place;
use plan::{Claim, Plan, Staged};
use previous::{Changes, Previous};
use stage::{Seat, Stage};

/// The name of the store: a folder beside the site's sources.
pub const STORE: &str = ".courant";

/// The folder of the store that a preview is published into, so that drafts which are looked at
/// never lie in what is deployed.
pub const PREVIEW: &str = "preview";

/// Takes the outputs of one build. Nothing is visible in the output folder until
/// [`commit`](Self::commit); dropping it instead leaves the output folder as it was.
pub struct Publisher {
    store: PathBuf,
    place: Place,
    files: ManifestFiles,
    known: Manifest,
    previous: Previous,
    folders: Folders,
    untouched: Arc<Untouched>,
    claims: Claims,
    failed: AtomicBool,
    stage: Stage,
    begun_at: i64,
    // Last, for fields drop in order: the stage is gone before another build may start.
    _lock: Lock,
}

/// What became of one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its bytes differ from those on disk; they will be written.
    Written,
    /// The file on disk has these very bytes and is left alone.
    Unchanged,
}

/// What a build changed in the output folder. Lists are sorted by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files with new bytes.
    pub written: Vec<OutputPath>,
    /// Files that had the right bytes already.
    pub unchanged: Vec<OutputPath>,
    /// Files of an earlier build that the site no longer has.
    pub removed: Vec<OutputPath>,
    /// Content of others that gave way, and where its copies are.
    pub replaced: Vec<Replaced>,
}

impl Publisher {
    /// Starts a build. `store` is the site's `.courant` folder and `output` the output folder,
    /// which may be missing or a link to a folder; both are absolute. One build of a site runs at
    /// a time: `wait` is called once before waiting for another one to end. Removes what builds
    /// that died have left behind.
    ///
    /// # Errors
    /// The output path is no folder, or a file operation failed.
    pub fn begin(
        store: &Path,
        output: &Path,
        wait: &mut dyn FnMut(),
    ) -> Result<Self, PublishError> {
        let lock = Lock::take(store, wait)?;
        let Opened {
            place,
            files,
            known,
            previous,
        } = open(store, output)?;
        Ok(Self {
            folders: Folders::of(&place.folder),
            untouched: Arc::default(),
            claims: Claims::default(),
            failed: AtomicBool::new(false),
            stage: Stage::new(),
            begun_at: disk::now(),
            store: store.to_path_buf(),
            place,
            files,
            known,
            previous,
            _lock: lock,
        })
    }

    /// Makes room for so many outputs.
    pub fn expect(&self, outputs: usize) {
        self.claims.expect(outputs);
    }

    /// Takes one output of the site. Many threads may call this at once.
    ///
    /// # Errors
    /// A file operation failed; the build can then no longer be committed.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Outcome, PublishError> {
        self.take(path, Source::of(bytes))
            .map(|(outcome, _)| outcome)
    }

    /// Takes one output that is a copy of the file at `from`, which may be of any size; says what
    /// that file held.
    ///
    /// # Errors
    /// As [`put`](Self::put); also if `from` cannot be read.
    pub fn copy(&self, path: &OutputPath, from: &Path) -> Result<Digest, PublishError> {
        self.take(path, Source::File(from))
            .map(|(_, digest)| digest)
    }

    /// Takes over what [`left`](Self::left) told of folders after the last build, and what was found
    /// untouched since.
    pub fn recall(&mut self, folders: &[(String, Stat)], untouched: Option<Arc<Untouched>>) {
        match untouched.filter(|found| self.place.exists && !found.is_empty()) {
            Some(found) => self.untouched = found,
            None => self.folders.recall(folders),
        }
    }

    /// The stat of an output that stands as an earlier build left it; `None` if something else
    /// stands there, or nothing.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn stands(&self, path: &OutputPath, left: &Left) -> Result<Option<Stat>, PublishError> {
        match self.untouched.stat(path) {
            Some(stat) => Ok(Some(stat)),
            None => untouched::stands(&self.place.folder, &self.folders, path, left),
        }
    }

    /// Takes one output that [`stands`](Self::stands) with a stat: nothing is read or written.
    pub fn keep(&self, path: &OutputPath, left: &Left, stat: Option<Stat>) {
        self.claims.push(Claim {
            path: path.clone(),
            mark: Some(Mark {
                digest: left.digest,
                size: left.size,
            }),
            staged: None,
            stat,
        });
    }

    /// Begins to write what the next build is to know. It takes the place of what this one found
    /// at its [`end`](Saving::end), which is to come after [`commit`](Self::commit).
    ///
    /// # Errors
    /// A file operation failed.
    pub fn save(&self) -> Result<Saving, PublishError> {
        let place = store_file(&self.store, &self.place.folder);
        let file = disk::Writer::create(&place.with_extension("new"))?;
        Ok(Saving { file, place })
    }

    /// Makes the output folder what was put: moves new files into place, then removes files that
    /// an earlier build wrote and this one did not put, then folders of theirs that are empty.
    ///
    /// # Errors
    /// Something of others is in the way: then nothing was changed. Or a file operation failed:
    /// then every file is whole, old or new, and the next build completes this one.
    pub fn commit(&self) -> Result<Published, PublishError> {
        let claims = self.complete()?;
        let plan = plan::decide(claims, &self.known, &self.folders, &self.place)?;
        let marks = claims
            .iter()
            .filter_map(|claim| Some((claim.path.clone(), claim.mark?)));
        let manifest = Manifest::new(marks.collect());
        let staged = staged_of(claims);
        let replaced = replaced::keep(&self.store, &self.place, &plan.keep)?;
        if !staged.is_empty() || manifest != self.known || self.previous.is_open()? {
            let changes = || self.changes(claims, &plan);
            let is_kept = self.previous.keep(&self.place, &self.known, changes)?;
            self.apply(&manifest, &plan, &staged)?;
            self.previous.close(is_kept)?;
        }
        let unchanged = claims.iter().filter(|claim| claim.staged.is_none());
        let published = Published {
            written: staged.iter().map(|(path, _)| (*path).clone()).collect(),
            unchanged: unchanged.map(|claim| claim.path.clone()).collect(),
            removed: plan.removed(),
            replaced,
        };
        Ok(published)
    }

    /// How [`commit`](Self::commit) left the output folder. A file that was changed since its bytes
    /// were known to be right has no proof, and one that was written just now has none yet; nor has
    /// a folder that something came into just now.
    pub fn left(&self) -> LeftFolder {
        LeftFolder {
            files: self.files_left().collect(),
            folders: self.folders_left(),
        }
    }

    /// The files of [`left`](Self::left), many at a time.
    pub fn files_left(&self) -> impl Iterator<Item = (OutputPath, Left)> {
        const MANY: usize = 1 << 13;
        let now = disk::now();
        let many = self.claims.sorted().chunks(MANY);
        many.flat_map(move |claims| self.left_of(claims, now))
    }

    fn left_of(&self, claims: &[Claim], now: i64) -> Vec<(OutputPath, Left)> {
        let proof = |claim: &Claim| -> Option<Stat> {
            let known = claim.stat?;
            let (stat, since) = match claim.staged.as_ref().map(|staged| &staged.seat) {
                None => (known, self.begun_at),
                // A file that moves with its folder keeps its times.
                Some(Seat::InTree) => (known, now),
                Some(Seat::Numbered(_)) => {
                    let file = below(&self.place.folder, claim.path.as_str());
                    let stat = disk::stat(&file)?;
                    let is_same = (stat.size, stat.modified) == (known.size, known.modified);
                    (is_same.then_some(stat)?, now)
                }
            };
            stat.is_proof_since(since).then_some(stat)
        };
        let left = claims.par_iter().filter_map(|claim| {
            let Mark { digest, size } = claim.mark?;
            let proof = proof(claim);
            Some((
                claim.path.clone(),
                Left {
                    size,
                    digest,
                    proof,
                },
            ))
        });
        left.collect()
    }

    /// The folders of [`left`](Self::left).
    pub fn folders_left(&self) -> Vec<(String, Stat)> {
        let mut known = AHashSet::new();
        for claim in self.claims.sorted() {
            let mut above = folders_above(folder_of(claim.path.as_str()));
            while above.next().is_some_and(|folder| known.insert(folder)) {}
        }
        let mut folders: Vec<&str> = known.into_iter().collect();
        folders.sort_unstable();
        let proved = folders.par_iter().filter_map(|folder| {
            let stat = disk::folder_stat(&below(&self.place.folder, folder))?;
            let is_proof = stat.is_proof_since(self.begun_at);
            is_proof.then(|| ((*folder).to_owned(), stat))
        });
        proved.collect()
    }

    /// Changes the output folder.
    fn apply(
        &self,
        manifest: &Manifest,
        plan: &Plan,
        staged: &[(&OutputPath, &Seat)],
    ) -> Result<(), PublishError> {
        self.files.announce(manifest)?;
        self.clear_way(plan)?;
        self.stage.empty_into(&self.place, staged)?;
        self.remove_stale(plan)?;
        self.files.settle()?;
        self.stage.remove()
    }

    fn changes(&self, claims: &[Claim], plan: &Plan) -> Changes {
        let replaced = claims.iter().filter(|claim| claim.replaces());
        let removed = plan.remove.iter().chain(&plan.evict);
        let paths: BTreeSet<OutputPath> = removed
            .chain(replaced.map(|claim| &claim.path))
            .cloned()
            .collect();
        let is_left = |path: &OutputPath| {
            let found = claims.binary_search_by(|claim| claim.path.cmp(path));
            found.is_ok_and(|at| claims[at].staged.is_none())
        };
        // A link is never ours, whatever stood there once.
        let is_link = |path: &OutputPath| {
            let found = claims.binary_search_by(|claim| claim.path.cmp(path));
            found.is_ok_and(|at| claims[at].is_over(Standing::Link))
        };
        let standing = self
            .known
            .only(|path| is_left(path) || paths.contains(path) && !is_link(path));
        let is_theirs = |path: &&OutputPath| !standing.contains(path.as_str());
        Changes {
            theirs: plan.keep.iter().filter(is_theirs).cloned().collect(),
            standing,
            paths,
        }
    }

    fn take(
        &self,
        path: &OutputPath,
        source: Source<'_>,
    ) -> Result<(Outcome, Digest), PublishError> {
        let claim = self.stage_unless_same(path, source).map_err(|error| {
            self.failed.store(true, Ordering::Relaxed);
            match source {
                Source::File(from) if error.path == from => error,
                _ => error.of(say::cannot_write, &below(&self.place.folder, path.as_str())),
            }
        })?;
        let outcome = match claim.staged {
            Some(_) => Outcome::Written,
            None => Outcome::Unchanged,
        };
        let digest = claim
            .mark
            .map_or_else(|| Digest::of(&[]), |mark| mark.digest);
        self.claims.push(claim);
        Ok((outcome, digest))
    }

    fn stage_unless_same(
        &self,
        path: &OutputPath,
        source: Source<'_>,
    ) -> Result<Claim, PublishError> {
        let folder_exists = self.folders.ground(folder_of(path.as_str()))? == Ground::Folder;
        let path = path.clone();
        let file = below(&self.place.folder, path.as_str());
        let (over, stat) = match folder_exists {
            true => disk::look_closely(&file)?,
            false => (Standing::Missing, None),
        };
        if !source.differs_from(&self.known, &path)
            && let Some(mark) = source.mark_if_same(&file, over)?
        {
            return Ok(Claim {
                path,
                mark: Some(mark),
                staged: None,
                stat,
            });
        }
        let (seat, room) = self.stage.room(&self.place, &path, folder_exists)?;
        let (mark, stat) = source.write_to(&room)?;
        Ok(Claim {
            path,
            mark: Some(mark),
            staged: Some(Staged { seat, over }),
            stat: Some(stat),
        })
    }

    /// All claims by path, unless one is missing.
    fn complete(&self) -> Result<&[Claim], PublishError> {
        if self.failed.load(Ordering::Relaxed) {
            let why = say::not_all_written();
            return Err(PublishError::found(
                say::cannot_publish,
                &self.place.folder,
                why,
            ));
        }
        Ok(self.claims.sorted())
    }

    fn clear_way(&self, plan: &Plan) -> Result<(), PublishError> {
        remove_files(&self.place, &plan.evict)?;
        for folder in &plan.evict_folders {
            disk::remove_if_empty(&below(&self.place.folder, folder))?;
        }
        Ok(())
    }

    fn remove_stale(&self, plan: &Plan) -> Result<(), PublishError> {
        remove_files(&self.place, &plan.remove)?;
        remove_empty_folders(&self.place, &plan.sweep)
    }
}

/// What the next build is to know, on its way to the disk. Should the machine stop meanwhile, the
/// next build finds that it is not whole.
pub struct Saving {
    file: disk::Writer,
    place: PathBuf,
}

impl Saving {
    /// Writes the next bytes.
    ///
    /// # Errors
    /// A file operation failed.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), PublishError> {
        self.file.write(bytes)
    }

    /// Puts what was written in its place.
    ///
    /// # Errors
    /// A file operation failed.
    pub fn end(self) -> Result<(), PublishError> {
        let new = self.file.end()?;
        disk::rename(&new, &self.place)
    }
}

/// Where the bytes of an output come from.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// They are at hand, and so is their mark.
    Bytes(&'a [u8], Mark),
    File(&'a Path),
}

impl<'a> Source<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes, Mark::of(bytes))
    }

    /// Whether courant wrote other bytes to a path, as far as is known without reading any.
    fn differs_from(self, known: &Manifest, path: &OutputPath) -> bool {
        match self {
            Self::Bytes(_, mark) => known.wrote_others(path.as_str(), mark),
            Self::File(_) => false,
        }
    }

    /// The mark of these bytes if a file has them already.
    fn mark_if_same(self, file: &Path, standing: Standing) -> Result<Option<Mark>, PublishError> {
        let Standing::File(size) = standing else {
            return Ok(None);
        };
        match self {
            Self::Bytes(bytes, mark) => {
                let is_same = size == mark.size && disk::holds(file, bytes);
                Ok(is_same.then_some(mark))
            }
            Self::File(from) if size == disk::size(from)? => disk::mark_if_same(from, file),
            Self::File(_) => Ok(None),
        }
    }

    fn write_to(self, new: &Path) -> Result<(Mark, Stat), PublishError> {
        match self {
            Self::Bytes(bytes, mark) => disk::write_new(new, bytes).map(|stat| (mark, stat)),
            Self::File(from) => disk::copy_new(from, new),
        }
    }
}

/// An output folder and what is known of it, free of what dead builds left.
struct Opened {
    place: Place,
    files: ManifestFiles,
    known: Manifest,
    previous: Previous,
}

/// Reads what the last build into an output folder left for the next one; `None` if there is
/// nothing to be read. The arguments are those of [`Publisher::begin`].
pub fn saved(store: &Path, output: &Path) -> Option<Vec<u8>> {
    disk::read(&saved_file(store, output)?).ok()?
}

/// The stat of what [`saved`] reads. Every build puts a new file in the place of the last one.
pub fn saved_stat(store: &Path, output: &Path) -> Option<Stat> {
    disk::stat(&saved_file(store, output)?)
}

fn saved_file(store: &Path, output: &Path) -> Option<PathBuf> {
    let place = Place::find(output).ok()?;
    let store = disk::follow(store).ok()??;
    Some(store_file(&store, &place.folder))
}

fn store_file(store: &Path, output: &Path) -> PathBuf {
    let site = disk::follow(store).ok().flatten();
    let key = manifest::key(site.as_deref().unwrap_or(store), output);
    store.join(format!("build-{key}"))
}

/// The caller holds the lock.
fn open(store: &Path, output: &Path) -> Result<Opened, PublishError> {
    let place = Place::find(output)?;
    for stage in place.dead_stages()? {
        disk::remove_tree(&stage)?;
    }
    // Both without links, so that the way from the one to the other is that of the folders.
    let store = disk::follow(store)?.unwrap_or_else(|| store.to_path_buf());
    let files = ManifestFiles::of(&store, &place.folder);
    let previous = Previous::of(&store, &place.folder);
    previous.tidy()?;
    let written = files.read()?;
    let given_back = given_back(&place, &written, &previous.theirs()?)?;
    let known = match given_back.is_empty() {
        true => written,
        false => written.only(|path| !given_back.contains(path)),
    };
    Ok(Opened {
        place,
        files,
        known,
        previous,
    })
}

/// Content of others that a build had replaced and that stands in its place again, since a
/// rollback died after it had put it there.
fn given_back(
    place: &Place,
    written: &Manifest,
    theirs: &BTreeSet<OutputPath>,
) -> Result<BTreeSet<OutputPath>, PublishError> {
    let mut given_back = BTreeSet::new();
    for path in theirs {
        let is_ours = match disk::look(&below(&place.folder, path.as_str()))? {
            Standing::File(size) => plan::is_unchanged(place, written, path, size)?,
            _ => false,
        };
        if !is_ours {
            given_back.insert(path.clone());
        }
    }
    Ok(given_back)
}

/// The outputs with new bytes.
fn staged_of(claims: &[Claim]) -> Vec<(&OutputPath, &Seat)> {
    claims
        .iter()
        .filter_map(|claim| Some((&claim.path, &claim.staged.as_ref()?.seat)))
        .collect()
}

fn remove_files<'p>(
    place: &Place,
    paths: impl IntoIterator<Item = &'p OutputPath>,
) -> Result<(), PublishError> {
    for path in paths {
        disk::remove_file(&below(&place.folder, path.as_str()))?;
    }
    Ok(())
}

fn remove_empty_folders(place: &Place, folders: &[String]) -> Result<(), PublishError> {
    let now = Folders::of(&place.folder);
    for folder in folders {
        if now.ground(folder)? == Ground::Folder {
            disk::remove_if_empty(&below(&place.folder, folder))?;
        }
    }
    Ok(())
}
