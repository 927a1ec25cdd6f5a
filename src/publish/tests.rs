#![allow(
    clippy::disallowed_methods,
    reason = "tests look at what lies on the disk"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::sync::mpsc;
use std::thread;

use tempfile::TempDir;

use super::*;

mod faults;
mod rollback;

/// A site in a folder of its own, with the output folder `public`.
struct Site {
    dir: TempDir,
}

/// What is in a folder: texts of files, targets of links, folders with `/` at their end.
type Tree = BTreeMap<String, String>;

impl Site {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        Self { dir }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("it exists")
    }

    fn store(&self) -> PathBuf {
        self.root().join(".courant")
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn begin(&self) -> Publisher {
        begin(&self.store(), &self.output()).expect("nothing stands against it")
    }

    /// A whole build that has these files.
    fn try_build(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        let publisher = begin(&self.store(), &self.output())?;
        for (path, text) in files {
            publisher.put(&output(path), text.as_bytes())?;
        }
        publisher.commit()
    }

    fn build(&self, files: &[(&str, &str)]) -> Published {
        self.try_build(files).expect("a build")
    }

    fn clean(&self) -> Cleaned {
        clean(&self.store(), &self.output(), &mut no_wait).expect("cleaned")
    }

    /// Writes a file that courant knows nothing of.
    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("readable")
    }

    fn public(&self) -> Tree {
        tree_of(&self.output())
    }

    /// Names directly in the site, to see that nothing passing is left.
    fn names(&self) -> Vec<String> {
        names_in(&self.root())
    }
}

fn begin(store: &Path, output: &Path) -> Result<Publisher, PublishError> {
    Publisher::begin(store, output, &mut no_wait)
}

fn no_wait() {
    panic!("nobody else holds the lock");
}

fn output(path: &str) -> OutputPath {
    OutputPath::checked(path).expect("a legal path")
}

fn outputs(paths: &[&str]) -> Vec<OutputPath> {
    paths.iter().map(|path| output(path)).collect()
}

fn tree(entries: &[(&str, &str)]) -> Tree {
    let entry = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    entries.iter().map(entry).collect()
}

fn tree_of(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            tree.insert(format!("{name}/"), String::new());
            let inner = tree_of(&entry.path()).into_iter();
            tree.extend(inner.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("a link");
            tree.insert(name, format!("-> {}", target.display()));
        } else {
            tree.insert(name, fs::read_to_string(entry.path()).expect("text"));
        }
    }
    tree
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .expect("entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// What changes when a file or folder is touched: its inode and its times.
fn stamps(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64, i64)> {
    let mut stamps = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for name in names_in(&folder) {
            let path = folder.join(name);
            let data = fs::symlink_metadata(&path).expect("metadata");
            if data.is_dir() {
                folders.push(path.clone());
            }
            let stamp = (
                data.ino(),
                data.mtime(),
                data.mtime_nsec(),
                data.ctime_nsec(),
            );
            stamps.insert(path, stamp);
        }
    }
    stamps
}

#[test]
fn a_first_build_creates_the_output_folder_in_one_step() {
    let site = Site::new();
    let publisher = site.begin();
    publisher.put(&output("index.html"), b"home").expect("put");
    let outcome = publisher.put(&output("a/b/index.html"), b"b").expect("put");
    assert_eq!(outcome, Outcome::Written);
    assert!(!site.output().exists());
    let published = publisher.commit().expect("committed");
    assert_eq!(
        published,
        Published {
            written: outputs(&["a/b/index.html", "index.html"]),
            ..Published::default()
        }
    );
    let all = [
        ("a/", ""),
        ("a/b/", ""),
        ("a/b/index.html", "b"),
        ("index.html", "home"),
    ];
    assert_eq!(site.public(), tree(&all));
    assert_eq!(site.names(), [".courant", "public"]);
    let mode = fs::metadata(site.output().join("index.html"))
        .expect("there")
        .mode();
    assert_eq!(mode & 0o7133, 0o0000, "at most 0644: {mode:o}");
}

#[test]
fn an_unchanged_build_touches_nothing() {
    let site = Site::new();
    let files = [("index.html", "home"), ("a/index.html", "a"), ("empty", "")];
    site.build(&files);
    let before = (stamps(&site.output()), stamps(&site.store()));
    let published = site.build(&files);
    assert_eq!(
        published.unchanged,
        outputs(&["a/index.html", "empty", "index.html"])
    );
    assert_eq!(published.written, []);
    assert_eq!((stamps(&site.output()), stamps(&site.store())), before);
}

#[test]
fn only_what_differs_is_written_and_only_what_is_gone_is_removed() {
    let site = Site::new();
    site.build(&[
        ("index.html", "home"),
        ("changed.html", "old"),
        ("same-size.html", "abc"),
        ("gone.html", "gone"),
        ("gone/deep/index.html", "gone"),
        ("half/gone/index.html", "gone"),
        ("half/stays.html", "stays"),
    ]);
    let before = stamps(&site.output());
    let published = site.build(&[
        ("index.html", "home"),
        ("changed.html", "newer"),
        ("same-size.html", "abd"),
        ("half/stays.html", "stays"),
        ("new/index.html", "new"),
    ]);
    assert_eq!(
        published,
        Published {
            written: outputs(&["changed.html", "new/index.html", "same-size.html"]),
            unchanged: outputs(&["half/stays.html", "index.html"]),
            removed: outputs(&["gone.html", "gone/deep/index.html", "half/gone/index.html"]),
            replaced: vec![],
        }
    );
    let expected = tree(&[
        ("changed.html", "newer"),
        ("half/", ""),
        ("half/stays.html", "stays"),
        ("index.html", "home"),
        ("new/", ""),
        ("new/index.html", "new"),
        ("same-size.html", "abd"),
    ]);
    assert_eq!(site.public(), expected);
    let after = stamps(&site.output());
    for path in ["index.html", "half/stays.html"] {
        let path = site.output().join(path);
        assert_eq!(after[&path], before[&path]);
    }
    assert_eq!(site.names(), [".courant", "public"]);
}

#[test]
fn files_and_folders_of_others_stay() {
    let site = Site::new();
    site.write("public/CNAME", "example.org");
    fs::create_dir(site.output().join("empty")).expect("created");
    site.build(&[("a/index.html", "a"), ("b/index.html", "b")]);
    site.write("public/a/notes.txt", "mine");
    fs::create_dir(site.output().join("b/empty")).expect("created");
    let published = site.build(&[("index.html", "home")]);
    assert_eq!(
        published.removed,
        outputs(&["a/index.html", "b/index.html"])
    );
    assert_eq!(published.replaced, []);
    let expected = tree(&[
        ("CNAME", "example.org"),
        ("a/", ""),
        ("a/notes.txt", "mine"),
        ("b/", ""),
        ("b/empty/", ""),
        ("empty/", ""),
        ("index.html", "home"),
    ]);
    assert_eq!(site.public(), expected);
}

#[test]
fn a_replaced_file_of_others_is_copied_to_the_store() {
    let site = Site::new();
    site.write("public/index.html", "theirs");
    site.write("public/same.html", "same");
    site.write("elsewhere.txt", "elsewhere");
    symlink("../elsewhere.txt", site.output().join("link.html")).expect("linked");
    let published = site.build(&[
        ("index.html", "ours"),
        ("same.html", "same"),
        ("link.html", "elsewhere"),
    ]);
    let copy = |folder: &str, path: &str| Replaced {
        path: output(path),
        copy: site.store().join(folder).join(path),
    };
    assert_eq!(
        published,
        Published {
            written: outputs(&["index.html", "link.html"]),
            unchanged: outputs(&["same.html"]),
            removed: vec![],
            replaced: vec![
                copy("replaced", "index.html"),
                copy("replaced", "link.html")
            ],
        }
    );
    let copies = tree(&[
        ("index.html", "theirs"),
        ("link.html", "-> ../elsewhere.txt"),
    ]);
    assert_eq!(tree_of(&site.store().join("replaced")), copies);
    assert_eq!(site.read("elsewhere.txt"), "elsewhere");
    let ours = [
        ("index.html", "ours"),
        ("link.html", "elsewhere"),
        ("same.html", "same"),
    ];
    assert_eq!(site.public(), tree(&ours));

    site.write("public/second.html", "also theirs");
    let published = site.build(&[("index.html", "newer"), ("second.html", "ours")]);
    assert_eq!(published.replaced, [copy("replaced-2", "second.html")]);
    assert_eq!(site.read(".courant/replaced-2/second.html"), "also theirs");
}

#[test]
fn an_edited_file_that_the_site_no_longer_has_is_copied_before_it_goes() {
    let site = Site::new();
    site.build(&[("a.html", "ours"), ("b.html", "ours")]);
    site.write("public/a.html", "edited by hand");
    site.write("public/b.html", "0urs");
    let published = site.build(&[]);
    assert_eq!(published.removed, outputs(&["a.html", "b.html"]));
    let copies = tree(&[("a.html", "edited by hand"), ("b.html", "0urs")]);
    assert_eq!(tree_of(&site.store().join("replaced")), copies);
    assert_eq!(site.public(), Tree::new());
}

#[test]
fn an_edited_output_is_written_anew() {
    let site = Site::new();
    site.build(&[("a.html", "ours"), ("b.html", "ours")]);
    site.write("public/a.html", "0urs");
    fs::remove_file(site.output().join("b.html")).expect("removed");
    let published = site.build(&[("a.html", "ours"), ("b.html", "ours")]);
    assert_eq!(published.written, outputs(&["a.html", "b.html"]));
    assert_eq!(published.replaced, []);
    assert_eq!(
        site.public(),
        tree(&[("a.html", "ours"), ("b.html", "ours")])
    );
}

#[test]
fn a_file_of_ours_becomes_a_folder_and_back() {
    let site = Site::new();
    site.build(&[("a", "file"), ("index.html", "home")]);
    let published = site.build(&[
        ("a/b/index.html", "deep"),
        ("a/c.html", "c"),
        ("index.html", "home"),
    ]);
    assert_eq!(published.written, outputs(&["a/b/index.html", "a/c.html"]));
    assert_eq!(published.removed, outputs(&["a"]));
    let folder = [
        ("a/", ""),
        ("a/b/", ""),
        ("a/b/index.html", "deep"),
        ("a/c.html", "c"),
        ("index.html", "home"),
    ];
    assert_eq!(site.public(), tree(&folder));

    fs::remove_file(site.output().join("a/b/index.html")).expect("removed");
    let published = site.build(&[("a", "file"), ("index.html", "home")]);
    assert_eq!(published.written, outputs(&["a"]));
    assert_eq!(published.removed, outputs(&["a/c.html"]));
    assert_eq!(
        site.public(),
        tree(&[("a", "file"), ("index.html", "home")])
    );
}

#[test]
fn what_others_have_put_in_the_way_is_named_before_anything_changes() {
    let refused = |prepare: &dyn Fn(&Site), path: &str, expected: &str| {
        let site = Site::new();
        site.build(&[("index.html", "home"), ("ours/index.html", "ours")]);
        prepare(&site);
        let before = stamps(&site.output());
        let error = site
            .try_build(&[("index.html", "new"), ("new.html", "new"), (path, "text")])
            .expect_err("refused");
        let message = error
            .to_string()
            .replace(&site.output().display().to_string(), "OUT");
        assert_eq!(
            message,
            format!(
                "{expected}, but courant did not write what is here; move it away and build again"
            )
        );
        assert_eq!(stamps(&site.output()), before);
        assert_eq!(site.names(), [".courant", "public"]);
    };
    let file = "a file has to go in place of the folder";
    refused(
        &|site| site.write("public/theirs/x.txt", "x"),
        "theirs",
        &format!("cannot replace OUT/theirs: {file}"),
    );
    refused(
        &|site| site.write("public/ours/x.txt", "x"),
        "ours",
        &format!("cannot replace OUT/ours/x.txt: {file}"),
    );
    refused(
        &|site| fs::create_dir(site.output().join("ours/empty")).expect("created"),
        "ours",
        &format!("cannot replace OUT/ours/empty: {file}"),
    );
    refused(
        &|site| site.write("public/theirs", "x"),
        "theirs/a/index.html",
        "cannot replace OUT/theirs: a folder has to go here",
    );
    refused(
        &|site| symlink("/", site.output().join("link")).expect("linked"),
        "link/x/index.html",
        "cannot replace OUT/link: a folder has to go here",
    );
}

#[test]
fn a_link_within_the_output_is_never_followed() {
    let site = Site::new();
    site.build(&[("a/index.html", "ours"), ("index.html", "home")]);
    site.write("outside/index.html", "ours");
    fs::remove_dir_all(site.output().join("a")).expect("removed");
    symlink("../outside", site.output().join("a")).expect("linked");
    let error = site.try_build(&[("a/index.html", "ours"), ("index.html", "home")]);
    assert!(error.is_err(), "bytes behind a link are not an output");
    let published = site.build(&[("index.html", "home")]);
    assert_eq!(published.removed, []);
    assert_eq!(site.read("outside/index.html"), "ours");
    assert_eq!(
        site.public(),
        tree(&[("a", "-> ../outside"), ("index.html", "home")])
    );
}

#[test]
fn dropping_leaves_everything_as_it_was() {
    let site = Site::new();
    let publisher = site.begin();
    publisher.put(&output("a/index.html"), b"a").expect("put");
    drop(publisher);
    assert_eq!(site.names(), [".courant"]);

    site.build(&[("a/index.html", "a"), ("index.html", "home")]);
    let before = stamps(&site.output());
    let publisher = site.begin();
    publisher.put(&output("a/index.html"), b"new").expect("put");
    publisher
        .put(&output("new/index.html"), b"new")
        .expect("put");
    assert_eq!(stamps(&site.output()), before);
    drop(publisher);
    assert_eq!(stamps(&site.output()), before);
    assert_eq!(site.names(), [".courant", "public"]);
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_nothing_is_published() {
    let site = Site::new();
    site.build(&[("index.html", "home")]);
    let before = stamps(&site.output());
    let long = vec!["x".repeat(250); 20].join("/");
    let publisher = site.begin();
    publisher.put(&output("index.html"), b"new").expect("put");
    let error = publisher
        .put(&output(&long), b"text")
        .expect_err("too long");
    assert_eq!(error.path, site.output().join(&long));
    let message = format!(
        "cannot write {}/{long}: File name too long",
        site.output().display()
    );
    assert_eq!(error.to_string(), message);
    let error = publisher.commit().expect_err("not all was put");
    drop(publisher);
    let message = format!(
        "cannot publish {}: not all files of the site could be written",
        site.output().display()
    );
    assert_eq!(error.to_string(), message);
    assert_eq!(stamps(&site.output()), before);
    assert_eq!(site.names(), [".courant", "public"]);
}

#[test]
fn two_outputs_for_one_path_are_refused() {
    let site = Site::new();
    site.build(&[("a", "same"), ("index.html", "home")]);
    let error = site
        .try_build(&[("a", "same"), ("a", "same")])
        .expect_err("refused");
    let place = site.output().join("a").display().to_string();
    assert_eq!(
        error.to_string(),
        format!("cannot write {place}: two outputs of the site have this path")
    );
    let error = site
        .try_build(&[("a", "same"), ("a/b", "text")])
        .expect_err("refused");
    assert_eq!(
        error.to_string(),
        format!("cannot write {place}: the site has a file and a folder of this path")
    );
    assert_eq!(
        site.public(),
        tree(&[("a", "same"), ("index.html", "home")])
    );
}

#[test]
fn a_linked_output_folder_stays_a_link() {
    let site = Site::new();
    let target = site.root().join("srv/www");
    fs::create_dir_all(&target).expect("created");
    symlink("srv/www", site.output()).expect("linked");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o750)).expect("allowed");
    let inode = fs::metadata(&target).expect("there").ino();
    site.build(&[("a/index.html", "a"), ("index.html", "home")]);
    site.build(&[("b/index.html", "b"), ("index.html", "new")]);
    let expected = tree(&[("b/", ""), ("b/index.html", "b"), ("index.html", "new")]);
    assert_eq!(tree_of(&target), expected);
    assert!(
        fs::symlink_metadata(site.output())
            .expect("there")
            .is_symlink()
    );
    let data = fs::metadata(&target).expect("there");
    assert_eq!((data.ino(), data.mode() & 0o7777), (inode, 0o750));
    assert_eq!(names_in(&site.root().join("srv")), ["www"]);
}

#[test]
fn a_link_to_a_missing_folder_creates_the_folder() {
    let site = Site::new();
    symlink("srv/www/site", site.output()).expect("linked");
    let publisher = site.begin();
    publisher.put(&output("index.html"), b"home").expect("put");
    assert!(!site.root().join("srv").exists());
    publisher.commit().expect("committed");
    assert_eq!(site.read("srv/www/site/index.html"), "home");
    assert_eq!(site.names(), [".courant", "public", "srv"]);
    assert_eq!(names_in(&site.root().join("srv/www")), ["site"]);
}

/// Nothing to show where there is but one file system.
#[test]
fn an_output_folder_on_another_file_system_is_published_from_there() {
    let site = Site::new();
    let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else {
        return;
    };
    let device = |path: &Path| fs::metadata(path).expect("there").dev();
    if device(elsewhere.path()) == device(&site.root()) {
        return;
    }
    let www = elsewhere.path().join("www");
    symlink(&www, site.output()).expect("linked");
    for files in [
        [("a/index.html", "a"), ("index.html", "home")],
        [("b/index.html", "b"), ("index.html", "new")],
    ] {
        let publisher = site.begin();
        for (path, text) in files {
            publisher.put(&output(path), text.as_bytes()).expect("put");
        }
        // What waits lies on the output folder's own file system, so that one rename shows it.
        let names = names_in(elsewhere.path());
        assert!(names[0].starts_with(".www.courant-stage-"), "{names:?}");
        publisher.commit().expect("committed");
        assert_eq!(names_in(elsewhere.path()), ["www"]);
    }
    let expected = tree(&[("b/", ""), ("b/index.html", "b"), ("index.html", "new")]);
    assert_eq!(tree_of(&www), expected);
    site.roll_back().expect("copies were kept");
    let expected = tree(&[("a/", ""), ("a/index.html", "a"), ("index.html", "home")]);
    assert_eq!(tree_of(&www), expected);
    assert_eq!(names_in(elsewhere.path()), ["www"]);
}

#[test]
fn an_output_path_that_is_no_folder_is_refused() {
    let site = Site::new();
    site.write("public", "a file");
    let refused = |output: &Path| {
        begin(&site.store(), output)
            .err()
            .map(|error| error.to_string())
    };
    let place = site.output().display().to_string();
    let why = "it is not a folder; move it away or choose another output folder";
    assert_eq!(
        refused(&site.output()),
        Some(format!("cannot write into {place}: {why}"))
    );
    assert_eq!(
        refused(&site.output().join("x/y")),
        Some(format!("cannot write into {place}: {why}"))
    );
    assert_eq!(
        refused(Path::new("/")).as_deref(),
        Some(
            "cannot write into /: the root of the file system cannot be an output folder; choose another"
        )
    );
    assert_eq!(site.read("public"), "a file");
}

#[test]
fn without_a_whole_manifest_no_file_is_ours() {
    type Damage = fn(&str) -> Option<String>;
    let damages: [Damage; 4] = [
        |_| None,
        |text| Some(text[..text.len() - 20].to_owned()),
        |text| Some(text.replace("manifest 1", "manifest 9")),
        |text| Some(text.replace("old.html", "0ld.html")),
    ];
    for damage in damages {
        let site = Site::new();
        site.build(&[("index.html", "home"), ("old.html", "old")]);
        let manifest = manifest_of(&site);
        match damage(&fs::read_to_string(&manifest).expect("text")) {
            Some(text) => fs::write(&manifest, text).expect("damaged"),
            None => fs::remove_file(&manifest).expect("removed"),
        }
        let published = site.build(&[("index.html", "home")]);
        assert_eq!(
            (published.unchanged, published.removed),
            (outputs(&["index.html"]), vec![])
        );
        assert_eq!(site.read("public/old.html"), "old");
        assert_eq!(site.build(&[]).removed, outputs(&["index.html"]));
    }
}

fn manifest_of(site: &Site) -> PathBuf {
    let names = names_in(&site.store());
    let name = names.iter().find(|name| name.starts_with("manifest-"));
    site.store().join(name.expect("a manifest"))
}

#[test]
fn a_manifest_cannot_lead_out_of_the_output_folder() {
    let site = Site::new();
    site.write("precious.txt", "mine");
    site.build(&[("index.html", "home")]);
    let digest = crate::digest::Digest::of(b"mine");
    let lines = format!("{digest} 4 ../precious.txt\n");
    let whole = crate::digest::Digest::of(lines.as_bytes());
    fs::write(
        manifest_of(&site),
        format!("courant manifest 1 {whole}\n{lines}"),
    )
    .expect("written");
    assert_eq!(site.build(&[("new.html", "new")]).removed, []);
    assert_eq!(site.clean().removed, outputs(&["new.html"]));
    assert_eq!(site.read("precious.txt"), "mine");
}

#[test]
fn what_a_killed_build_had_written_counts_as_ours() {
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a.html", "old")]);
    // Killed while it moved files: one is in place, one is not, the announcement stands.
    let marks = [
        ("a.html", "new"),
        ("b.html", "new"),
        ("c/index.html", "new"),
    ];
    let entries = marks.map(|(path, text)| (output(path), Mark::of(text.as_bytes())));
    let files = ManifestFiles::of(&site.store(), &site.output());
    files
        .announce(&Manifest::new(entries.to_vec()))
        .expect("announced");
    site.write("public/b.html", "new");
    site.write(".public.courant-stage-1/tree/public/c/index.html", "new");
    site.write(".public.courant-stage-x/mine", "mine");

    // A build that changes nothing keeps what was announced, in the manifest.
    drop(site.begin());
    assert_eq!(
        names_in(&site.store()).len(),
        2,
        "the lock and one manifest"
    );
    let published = site.build(&[("index.html", "home")]);
    assert_eq!(published.removed, outputs(&["a.html", "b.html"]));
    assert_eq!(
        (published.unchanged, published.replaced),
        (outputs(&["index.html"]), vec![])
    );
    assert_eq!(site.public(), tree(&[("index.html", "home")]));
    assert_eq!(
        site.names(),
        [".courant", ".public.courant-stage-x", "public"]
    );
    assert_eq!(
        names_in(&site.store()).len(),
        3,
        "the lock, one manifest and what was removed"
    );
}

#[test]
fn many_threads_put_at_once() {
    let site = Site::new();
    site.build(&[("kept/0/index.html", "0"), ("old.html", "old")]);
    let publisher = site.begin();
    thread::scope(|scope| {
        for part in 0..8 {
            let publisher = &publisher;
            scope.spawn(move || {
                for n in (part..400).step_by(8) {
                    let path = output(&format!("kept/{}/{n}/index.html", n % 5));
                    publisher.put(&path, n.to_string().as_bytes()).expect("put");
                    let path = output(&format!("kept/{n}.html"));
                    publisher.put(&path, n.to_string().as_bytes()).expect("put");
                }
            });
        }
    });
    let published = publisher.commit().expect("committed");
    assert_eq!(published.written.len(), 800);
    assert!(published.written.is_sorted());
    assert_eq!(
        published.removed,
        outputs(&["kept/0/index.html", "old.html"])
    );
    for n in 0..400 {
        assert_eq!(
            site.read(&format!("public/kept/{}/{n}/index.html", n % 5)),
            n.to_string()
        );
        assert_eq!(site.read(&format!("public/kept/{n}.html")), n.to_string());
    }
    assert_eq!(site.names(), [".courant", "public"]);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let site = Site::new();
    let first = site.begin();
    first.put(&output("index.html"), b"first").expect("put");
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        let (store, folder) = (site.store(), site.output());
        let second = scope.spawn(move || {
            let mut wait = || tell.send("waiting").expect("heard");
            let second = Publisher::begin(&store, &folder, &mut wait).expect("begun");
            let outcome = second.put(&output("index.html"), b"first").expect("put");
            second.commit().expect("committed");
            outcome
        });
        assert_eq!(told.recv(), Ok("waiting"));
        first.commit().expect("committed");
        drop(first);
        assert_eq!(second.join().expect("no panic"), Outcome::Unchanged);
    });
    assert!(told.recv().is_err(), "it is told once");
}

#[test]
fn a_build_that_waited_for_clean_takes_the_new_lock() {
    let site = Site::new();
    let held = Lock::take(&site.store(), &mut no_wait).expect("free");
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        let store = site.store();
        let waiting = scope.spawn(move || {
            Lock::take(&store, &mut || tell.send(()).expect("heard")).expect("taken")
        });
        assert_eq!(told.recv(), Ok(()));
        fs::remove_dir_all(site.store()).expect("removed");
        site.write(".courant/lock", "");
        drop(held);
        let _taken = waiting.join().expect("no panic");
        let file = disk::open_lock(&site.store().join("lock")).expect("there");
        assert_eq!(disk::try_lock(&file, Path::new("lock")).ok(), Some(false));
    });
}

#[test]
fn a_large_file_is_copied_and_compared_in_pieces() {
    let site = Site::new();
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 251) as u8).collect();
    let video = site.root().join("video.mp4");
    fs::write(&video, &bytes).expect("written");
    let copy = || {
        let publisher = site.begin();
        let held = publisher
            .copy(&output("video.mp4"), &video)
            .expect("copied");
        let published = publisher.commit().expect("committed");
        (held, published.written.len(), published.unchanged.len())
    };
    assert_eq!(copy(), (Digest::of(&bytes), 1, 0));
    assert_eq!(
        fs::read(site.output().join("video.mp4")).expect("there"),
        bytes
    );
    assert_eq!(copy(), (Digest::of(&bytes), 0, 1));
    let publisher = site.begin();
    let outcome = publisher.put(&output("video.mp4"), &bytes).expect("put");
    assert_eq!(outcome, Outcome::Unchanged);
    drop(publisher);
    let mut other = bytes.clone();
    other[999_999] ^= 1;
    fs::write(&video, &other).expect("written");
    assert_eq!(copy(), (Digest::of(&other), 1, 0));
    assert_eq!(
        fs::read(site.output().join("video.mp4")).expect("there"),
        other
    );
}

#[test]
fn a_file_holds_bytes_only_if_it_has_all_of_them_and_no_more() {
    let site = Site::new();
    site.write("a", "abc");
    let holds = |bytes: &[u8]| disk::holds(&site.root().join("a"), bytes);
    assert!(holds(b"abc"));
    for other in [&b"abcd"[..], b"ab", b"abd", b""] {
        assert!(!holds(other), "{other:?}");
    }
    assert!(!disk::holds(&site.root().join("gone"), b""));
}

#[test]
fn a_copy_of_what_is_missing_names_the_source() {
    let site = Site::new();
    let publisher = site.begin();
    let from = site.root().join("gone.jpg");
    let error = publisher
        .copy(&output("a/gone.jpg"), &from)
        .expect_err("missing");
    assert_eq!(
        error.to_string(),
        format!("cannot read {}: No such file or directory", from.display())
    );
    assert!(publisher.commit().is_err());
    drop(publisher);
    assert_eq!(site.names(), [".courant"]);
}

#[test]
fn clean_removes_exactly_what_courant_wrote() {
    let site = Site::new();
    site.write("public/theirs/x.txt", "x");
    site.write("public/index.html", "theirs");
    site.build(&[
        ("index.html", "home"),
        ("a/b.html", "b"),
        ("c/d.html", "d"),
        ("edited.html", "e"),
    ]);
    site.write("public/c/x.txt", "x");
    site.write("public/edited.html", "by hand");
    assert_eq!(
        site.clean(),
        Cleaned {
            removed: outputs(&["a/b.html", "c/d.html", "index.html"]),
            kept: ["c/x.txt", "edited.html", "theirs/x.txt"]
                .map(PathBuf::from)
                .to_vec(),
            copies: vec![site.store().join("replaced")],
        }
    );
    assert_eq!(names_in(&site.store()), ["replaced"]);
    assert_eq!(names_in(&site.output()), ["c", "edited.html", "theirs"]);
}

#[test]
fn clean_removes_the_output_folder_and_the_store_if_nothing_else_is_there() {
    let site = Site::new();
    assert_eq!(site.clean(), Cleaned::default());
    assert_eq!(site.names(), Vec::<String>::new());
    site.build(&[("a/b/c.html", "c"), ("index.html", "home")]);
    let cleaned = site.clean();
    assert_eq!(cleaned.removed, outputs(&["a/b/c.html", "index.html"]));
    assert_eq!(site.names(), Vec::<String>::new());
}

#[test]
fn clean_without_a_store_touches_nothing() {
    let site = Site::new();
    site.write("public/index.html", "theirs");
    let cleaned = site.clean();
    assert_eq!(
        (cleaned.removed, cleaned.kept),
        (vec![], vec![PathBuf::from("index.html")])
    );
    assert_eq!(site.read("public/index.html"), "theirs");
    assert_eq!(site.names(), ["public"]);
}

#[test]
fn a_folder_that_became_a_link_is_noticed_though_its_files_are_as_they_were() {
    let files = [("news/a/index.html", "one"), ("news/b/index.html", "two")];
    let site = Site::new();
    site.build(&files);
    // A stat proves nothing until some time has passed.
    let left = loop {
        let publisher = site.begin();
        for (path, text) in files {
            publisher.put(&output(path), text.as_bytes()).expect("put");
        }
        publisher.commit().expect("committed");
        let left = publisher.left();
        if left.folders.len() == 2 {
            break left;
        }
    };
    let names: Vec<&str> = left.folders.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["", "news"]);
    let standing = || {
        let mut publisher = site.begin();
        publisher.recall(&left.folders, None);
        let stands = |(path, left): &(OutputPath, Left)| {
            publisher.stands(path, left).expect("looked at").is_some()
        };
        left.files.iter().map(stands).collect::<Vec<_>>()
    };
    assert_eq!(standing(), [true, true]);
    let (folder, elsewhere) = (site.output().join("news/a"), site.root().join("elsewhere"));
    fs::rename(&folder, &elsewhere).expect("moved");
    symlink(&elsewhere, &folder).expect("linked");
    assert_eq!(standing(), [false, true]);
}

#[test]
fn what_was_found_untouched_in_the_folder_of_a_preview_is_not_looked_at_again() {
    let files = [("a/index.html", "one"), ("b/index.html", "two")];
    let site = Site::new();
    let (store, preview) = (site.store(), site.store().join(PREVIEW));
    for folder in [&site.output(), &preview] {
        let left = loop {
            let publisher = begin(&store, folder).expect("begun");
            for (path, text) in files {
                publisher.put(&output(path), text.as_bytes()).expect("put");
            }
            publisher.commit().expect("committed");
            let left = publisher.left();
            if left.files.iter().all(|(_, left)| left.proof.is_some()) {
                break left;
            }
        };
        fs::write(folder.join("b/index.html"), "own").expect("touched");
        let known: Vec<_> = left.files.iter().map(|(path, left)| (path, left)).collect();
        let untouched = Untouched::look(&store, folder, &left.folders, &known);
        let untouched = Arc::new(untouched.expect("looked at"));
        let standing = || {
            let mut publisher = begin(&store, folder).expect("begun");
            publisher.recall(&left.folders, Some(Arc::clone(&untouched)));
            let stands = |(path, left): &(OutputPath, Left)| {
                publisher.stands(path, left).expect("looked at").is_some()
            };
            left.files.iter().map(stands).collect::<Vec<_>>()
        };
        assert_eq!(standing(), [true, false]);
        fs::remove_file(folder.join("a/index.html")).expect("removed");
        assert_eq!(standing(), [*folder == preview, false], "{folder:?}");
        fs::remove_dir_all(folder).expect("removed");
        assert_eq!(standing(), [false, false]);
    }
}
