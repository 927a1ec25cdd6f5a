//! What courant wrote into an output folder, kept in the store as a text file.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::disk;
use super::error::PublishError;
use super::mark::Mark;
use crate::digest::{Digest, Hasher};
use crate::path::OutputPath;

/// The files that courant wrote. A path has several marks after a build that was killed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(Vec<(OutputPath, Mark)>);

impl Manifest {
    pub(super) fn new(mut entries: Vec<(OutputPath, Mark)>) -> Self {
        entries.sort();
        entries.dedup();
        Self(entries)
    }

    /// The entries of some paths.
    pub(super) fn only(&self, wanted: impl Fn(&OutputPath) -> bool) -> Self {
        let entries = self.0.iter().filter(|(path, _)| wanted(path));
        Self(entries.cloned().collect())
    }

    /// Reads a manifest; `None` if it is missing or damaged.
    pub(super) fn load(path: &Path) -> Result<Option<Self>, PublishError> {
        let bytes = disk::read(path)?;
        Ok(bytes.and_then(|bytes| Self::parse(std::str::from_utf8(&bytes).ok()?)))
    }

    /// Writes it down and waits until the device holds it.
    pub(super) fn save(&self, path: &Path) -> Result<(), PublishError> {
        disk::write_synced(path, self.text())
    }

    /// Every path once, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        let firsts = self.0.chunk_by(|a, b| a.0 == b.0);
        firsts.filter_map(|same| same.first()).map(|(path, _)| path)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.marks(path).next().is_some()
    }

    /// Whether these bytes are ones that courant wrote there.
    pub(super) fn wrote(&self, path: &str, mark: Mark) -> bool {
        self.marks(path).any(|known| known == mark)
    }

    /// Whether courant wrote there, and never these bytes.
    pub(super) fn wrote_others(&self, path: &str, mark: Mark) -> bool {
        let mut marks = self.marks(path).peekable();
        marks.peek().is_some() && marks.all(|known| known != mark)
    }

    /// Whether courant wrote anything of this size there.
    pub(super) fn wrote_size(&self, path: &str, size: u64) -> bool {
        self.marks(path).any(|known| known.size == size)
    }

    /// Whether courant wrote anything into a folder.
    pub(super) fn reaches_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let from = self
            .0
            .partition_point(|(path, _)| path.as_str() < prefix.as_str());
        self.0
            .get(from)
            .is_some_and(|(path, _)| path.as_str().starts_with(&prefix))
    }

    fn marks(&self, path: &str) -> impl Iterator<Item = Mark> {
        let from = self.0.partition_point(|(known, _)| known.as_str() < path);
        let rest = self.0[from..].iter();
        rest.take_while(move |(known, _)| known.as_str() == path)
            .map(|(_, mark)| *mark)
    }

    /// Its text, in pieces: it need not stand in memory as a whole.
    fn text(&self) -> impl Iterator<Item = String> {
        let mut hasher = Hasher::default();
        for lines in self.lines() {
            hasher.add(lines.as_bytes());
        }
        let header = format!("{HEADER} {}\n", hasher.digest());
        [header].into_iter().chain(self.lines())
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.0.chunks(1024).map(|entries| {
            let mut lines = String::with_capacity(entries.len() * 96);
            for (path, Mark { digest, size }) in entries {
                writeln!(lines, "{digest} {size} {path}").expect("a string takes any text");
            }
            lines
        })
    }

    /// `None` for a text that is not whole, not of this version or not ours.
    fn parse(text: &str) -> Option<Self> {
        let (header, lines) = text.split_once('\n')?;
        let digest = Digest::parse(header.strip_prefix(HEADER)?.strip_prefix(' ')?)?;
        if digest != Digest::of(lines.as_bytes()) {
            return None;
        }
        let entries = lines.lines().map(parse_line).collect::<Option<Vec<_>>>()?;
        Some(Self::new(entries))
    }
}

const HEADER: &str = "courant manifest 1";

fn parse_line(line: &str) -> Option<(OutputPath, Mark)> {
    let (digest, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    let mark = Mark {
        digest: Digest::parse(digest)?,
        size: size.parse().ok()?,
    };
    Some((OutputPath::checked(path).ok()?, mark))
}

/// What an output folder is known by in the store. One near the store is known by the way from the
/// one to the other, so that a site keeps its manifest when it is moved.
pub(super) fn key(store: &Path, output: &Path) -> Digest {
    let site = store.parent().unwrap_or(store);
    let way = output.strip_prefix(site).unwrap_or(output);
    Digest::of(way.as_os_str().as_encoded_bytes())
}

/// The files in the store that hold the manifest of one output folder.
pub(super) struct ManifestFiles {
    settled: PathBuf,
    /// There only while a build changes the output folder, and after one that died doing so.
    announced: PathBuf,
    /// There only while the other two are made into one.
    merged: PathBuf,
}

impl ManifestFiles {
    pub(super) fn of(store: &Path, output: &Path) -> Self {
        let name = format!("manifest-{}", key(store, output));
        Self {
            announced: store.join(format!("{name}.next")),
            merged: store.join(format!("{name}.merged")),
            settled: store.join(name),
        }
    }

    /// Reads the manifest; one that is missing or damaged is empty. What a build that died had
    /// announced counts as written, for part of it may be.
    pub(super) fn read(&self) -> Result<Manifest, PublishError> {
        let settled = Manifest::load(&self.settled)?.unwrap_or_default();
        let Some(announced) = Manifest::load(&self.announced)? else {
            return Ok(settled);
        };
        let both = Manifest::new([settled.0, announced.0].concat());
        both.save(&self.merged)?;
        disk::rename(&self.merged, &self.settled)?;
        disk::remove_file(&self.announced)?;
        Ok(both)
    }

    /// Notes what is about to be written, before anything is.
    pub(super) fn announce(&self, manifest: &Manifest) -> Result<(), PublishError> {
        manifest.save(&self.announced)
    }

    /// Makes the announced manifest the one that counts.
    pub(super) fn settle(&self) -> Result<(), PublishError> {
        disk::rename(&self.announced, &self.settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(manifest: &Manifest) -> String {
        manifest.text().collect()
    }

    fn manifest(entries: &[(&str, &str)]) -> Manifest {
        let entry = |(path, text): &(&str, &str)| {
            let path = OutputPath::checked(path).expect("a legal path");
            (path, Mark::of(text.as_bytes()))
        };
        Manifest::new(entries.iter().map(entry).collect())
    }

    #[test]
    fn a_manifest_survives_being_written_down() {
        let written = manifest(&[("b/活动 1.html", "two"), ("a.html", "one"), ("a.html", "1")]);
        let read = Manifest::parse(&text(&written)).expect("whole");
        assert_eq!(read, written);
        let paths: Vec<_> = read.paths().map(OutputPath::as_str).collect();
        assert_eq!(paths, ["a.html", "b/活动 1.html"]);
        assert!(read.wrote("a.html", Mark::of(b"one")));
        assert!(read.wrote("a.html", Mark::of(b"1")));
        assert!(!read.wrote("a.html", Mark::of(b"two")));
        assert!(read.wrote_others("a.html", Mark::of(b"two")));
        assert!(!read.wrote_others("a.html", Mark::of(b"1")));
        assert!(!read.wrote_others("c.html", Mark::of(b"1")));
        assert!(read.reaches_below("b"));
        assert!(!read.reaches_below("a"));
        assert!(!read.contains("b"));
    }

    #[test]
    fn its_text_is_one_line_a_file() {
        assert_eq!(
            text(&manifest(&[("a.html", "one")])),
            format!(
                "courant manifest 1 {}\n{1} 3 a.html\n",
                Digest::of(format!("{} 3 a.html\n", Digest::of(b"one")).as_bytes()),
                Digest::of(b"one"),
            )
        );
    }

    #[test]
    fn a_damaged_manifest_is_none() {
        let text = text(&manifest(&[("a.html", "one"), ("b.html", "two")]));
        let cut = text.rsplit_once("\n").expect("lines").0;
        let line_gone = &text[..text.len() / 2];
        let other_version = text.replace("manifest 1", "manifest 2");
        let other_path = text.replace("a.html", "c.html");
        for damaged in ["", "x", cut, line_gone, &other_version, &other_path] {
            assert_eq!(Manifest::parse(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_path_that_leaves_the_output_spoils_the_manifest() {
        for path in ["../x", "/etc/passwd", "a/../../x", "a//b", "."] {
            let line = format!("{} 3 {path}\n", Digest::of(b"one"));
            let text = format!("{HEADER} {}\n{line}", Digest::of(line.as_bytes()));
            assert_eq!(Manifest::parse(&text), None, "{path}");
        }
    }

    #[test]
    fn a_moved_site_keeps_its_manifest() {
        let name = |site: &str, output: &str| {
            let store = Path::new(site).join(".courant");
            let files = ManifestFiles::of(&store, Path::new(output));
            files
                .settled
                .strip_prefix(&store)
                .expect("in it")
                .to_owned()
        };
        assert_eq!(name("/a", "/a/public"), name("/b", "/b/public"));
        assert_ne!(name("/a", "/a/public"), name("/a", "/a/other"));
        assert_ne!(name("/a", "/x/public"), name("/b", "/y/public"));
    }
}
