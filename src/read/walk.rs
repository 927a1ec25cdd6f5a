//! Lists a folder of the site and decides which of its files are part of it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::Scope;
use walkdir::{DirEntry, WalkDir};

use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Argument, Message, say};
use crate::path::SourcePath;
use crate::stat::Stat;

use super::{Link, Origin, Snapshot};

/// Why a file is not part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its name begins with a dot.
    Hidden,
    /// Editors leave such files behind.
    Leftover,
    /// `ignore` of the configuration names it.
    Ignored,
}

impl Reason {
    /// The words of `-v`.
    pub fn message(self) -> Message {
        match self {
            Self::Hidden => say::hidden(),
            Self::Leftover => say::leftover(),
            Self::Ignored => say::ignored(),
        }
    }
}

/// The configured globs.
pub(super) struct Ignore(GlobSet);

impl Ignore {
    pub(super) fn new(
        globs: &[String],
        config: &SourcePath,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut set = GlobSetBuilder::new();
        for (index, glob) in globs.iter().enumerate() {
            match Glob::new(glob) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => {
                    let steps = vec![Step::Key("ignore".into()), Step::Index(index)];
                    let message =
                        say::no_pattern(glob, Argument::Foreign(error.kind().to_string()));
                    problems.push(
                        Diagnostic::new(Code::InvalidValue, config, Spot::Value(steps), message)
                            .help(say::write_pattern()),
                    );
                }
            }
        }
        Self(set.build().unwrap_or_default())
    }

    fn reason(&self, folder: &str, path: &SourcePath) -> Option<Reason> {
        let name = path.name();
        let below = path.below(folder).unwrap_or(name);
        // Servers need hidden files such as `.well-known/` and `.htaccess`.
        let is_hidden = name.starts_with('.') && (folder != "static" || name == ".DS_Store");
        if is_hidden {
            Some(Reason::Hidden)
        } else if is_leftover(name) {
            Some(Reason::Leftover)
        } else if self.0.is_match(below) || self.0.is_match(name) {
            Some(Reason::Ignored)
        } else {
            None
        }
    }
}

/// Whether a file has a name that editors give to copies of their own. Emacs marks a file that is
/// being edited by a link to nowhere, `.#name`, and saves what is typed into `#name#`.
pub fn is_leftover(name: &str) -> bool {
    let is_of_emacs = name.starts_with(".#") || (name.starts_with('#') && name.ends_with('#'));
    is_of_emacs || name.ends_with('~') || name.ends_with(".swp")
}

/// A file of the site that has been found, and not yet been looked at.
type Found = (SourcePath, DirEntry);

/// A file that has been looked at.
pub(super) type Looked = Result<(SourcePath, Origin), Diagnostic>;

/// Finds what lies below some folders of the site and looks at it.
pub(super) fn walk_all<'f>(
    snapshot: &mut Snapshot,
    folders: impl Iterator<Item = &'f str>,
    ignore: &Ignore,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Looked> {
    let looked = Mutex::default();
    rayon::in_place_scope(|scope| {
        let mut lookers = Lookers {
            scope,
            found: Vec::new(),
            begun: 0,
            looked: &looked,
        };
        for folder in folders {
            walk(snapshot, folder, ignore, &mut lookers, problems);
        }
        lookers.look();
    });
    let mut looked = looked.into_inner().unwrap_or_else(PoisonError::into_inner);
    looked.sort_unstable_by_key(|(number, _)| *number);
    looked.into_iter().flat_map(|(_, looked)| looked).collect()
}

/// The other cores, which look at what has been found while the walk goes on: most of the time
/// goes into the system.
struct Lookers<'l, 'scope> {
    scope: &'l Scope<'scope>,
    /// Nobody looks at these yet.
    found: Vec<Found>,
    /// The number of heaps that were given to be looked at.
    begun: usize,
    /// Each heap with its number.
    looked: &'scope Mutex<Vec<(usize, Vec<Looked>)>>,
}

impl Lookers<'_, '_> {
    fn found(&mut self, path: SourcePath, entry: DirEntry) {
        const HEAP: usize = 256;
        self.found.push((path, entry));
        if self.found.len() == HEAP {
            self.look();
        }
    }

    fn look(&mut self) {
        let (found, number) = (std::mem::take(&mut self.found), self.begun);
        self.begun += 1;
        let all = self.looked;
        self.scope.spawn(move |_| {
            let looked = found.into_iter().map(look_at).collect();
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.push((number, looked));
        });
    }
}

/// Finds what lies below one folder of the site.
fn walk(
    snapshot: &mut Snapshot,
    folder: &str,
    ignore: &Ignore,
    lookers: &mut Lookers<'_, '_>,
    problems: &mut Vec<Diagnostic>,
) {
    let root = snapshot.root.clone();
    let start = root.join(folder);
    if !super::is_folder(&start) {
        problems.extend(no_folder(folder, super::is_there(&start)));
        return;
    }
    let mut entries = WalkDir::new(&start)
        .follow_links(true)
        // Of files of one folder the whole paths differ in the names alone, and need not be taken apart.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                match left_out(&root, folder, ignore, &error) {
                    Some(file) => snapshot.left_out.push(file),
                    None => {
                        snapshot.links.extend(dead_link(&root, &error));
                        problems.push(explain(&root, &error));
                    }
                }
                continue;
            }
        };
        let Some(path) = site_path(&root, entry.path()) else {
            problems.push(odd_name(&root, entry.path()));
            continue;
        };
        if entry.depth() > 0
            && let Some(reason) = ignore.reason(folder, &path)
        {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            snapshot.left_out.push((path, reason));
            continue;
        }
        if entry.path_is_symlink()
            && let Some(target) = target(entry.path())
        {
            if !is_inside(&root, &target) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                problems.push(leads_out(&path));
                continue;
            }
            let source = path.clone();
            snapshot.links.push(Link { source, target });
        }
        if !entry.file_type().is_dir() {
            lookers.found(path, entry);
        }
    }
}

/// A site may lack any folder but its content: without it, every published page would vanish.
fn no_folder(folder: &str, is_something_else: bool) -> Option<Diagnostic> {
    let (message, help) = match (is_something_else, folder) {
        (true, _) => (say::not_a_folder(), say::make_folder()),
        (false, "content") => (say::no_content(), say::create_content()),
        (false, _) => return None,
    };
    Some(
        Diagnostic::new(
            Code::Unreadable,
            &SourcePath::new(folder),
            Spot::File,
            message,
        )
        .help(help),
    )
}

fn look_at((path, entry): Found) -> Looked {
    let unreadable =
        |message: Message| Diagnostic::new(Code::Unreadable, &path, Spot::File, message);
    match entry.metadata() {
        Ok(metadata) if metadata.is_file() => {
            let origin = Origin::Disk {
                stat: Stat::of(&metadata),
                digest: OnceLock::new(),
            };
            Ok((path, origin))
        }
        Ok(_) => {
            let problem = unreadable(say::neither_file_nor_folder());
            Err(problem.help(say::remove_from_site()))
        }
        Err(error) => {
            let cause = Argument::Foreign(error.to_string());
            Err(unreadable(say::file_unreadable(cause)).help(say::check_file_rights()))
        }
    }
}

fn site_path(root: &Path, path: &Path) -> Option<SourcePath> {
    let below = below(root, path)?;
    let is_plain = below.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    match is_plain || !below.contains(char::is_control) {
        true if std::path::MAIN_SEPARATOR == '/' => Some(SourcePath::new(below)),
        true => Some(SourcePath::new(
            below.replace(std::path::MAIN_SEPARATOR, "/"),
        )),
        false => None,
    }
}

/// What a walk finds begins as its root is written.
fn below<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let both = path.to_str().zip(root.to_str());
    let written = both.and_then(|(path, root)| path.strip_prefix(root));
    let below = written.and_then(|rest| rest.strip_prefix(std::path::MAIN_SEPARATOR));
    below.or_else(|| path.strip_prefix(root).ok()?.to_str())
}

fn odd_name(root: &Path, path: &Path) -> Diagnostic {
    let shown = path
        .strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned();
    let shown: String = shown
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    Diagnostic::new(
        Code::InvalidName,
        &SourcePath::new(shown),
        Spot::File,
        say::odd_name(),
    )
    .help(say::rename_plainly())
}

/// What cannot be looked at, if it is no part of the site anyway.
fn left_out(
    root: &Path,
    folder: &str,
    ignore: &Ignore,
    error: &walkdir::Error,
) -> Option<(SourcePath, Reason)> {
    let path = site_path(root, error.path().filter(|_| error.depth() > 0)?)?;
    let reason = ignore.reason(folder, &path)?;
    Some((path, reason))
}

/// Where a link leads in the end.
#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn target(link: &Path) -> Option<PathBuf> {
    link.canonicalize().ok()
}

#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn is_inside(root: &Path, target: &Path) -> bool {
    root.canonicalize()
        .is_ok_and(|root| target.starts_with(root))
}

/// A link whose file or folder is missing, if its place would be in the site.
#[expect(clippy::disallowed_methods, reason = "the read edge")]
fn dead_link(root: &Path, error: &walkdir::Error) -> Option<Link> {
    let link = error.path()?;
    let missing = link.parent()?.join(link.read_link().ok()?);
    let target = missing
        .parent()?
        .canonicalize()
        .ok()?
        .join(missing.file_name()?);
    let source = site_path(root, link)?;
    is_inside(root, &target).then_some(Link { source, target })
}

fn leads_out(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::LinkLoop, path, Spot::File, say::link_leads_out())
        .help(say::replace_link())
}

fn explain(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().unwrap_or(root);
    let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    let path = SourcePath::new(shown);
    if let Some(ancestor) = error.loop_ancestor() {
        let above = ancestor
            .strip_prefix(root)
            .unwrap_or(ancestor)
            .display()
            .to_string();
        return Diagnostic::new(
            Code::LinkLoop,
            &path,
            Spot::File,
            say::link_leads_back(above),
        )
        .help(say::remove_link());
    }
    if error.path().is_some_and(Path::is_symlink) {
        return Diagnostic::new(Code::Unreadable, &path, Spot::File, say::link_to_nothing())
            .help(say::mend_link());
    }
    let cause = error
        .io_error()
        .map_or_else(|| error.to_string(), |cause| cause.kind().to_string());
    Diagnostic::new(
        Code::Unreadable,
        &path,
        Spot::File,
        say::unreadable(Argument::Foreign(cause)),
    )
    .help(say::check_rights())
}
