//! Going back to what stood before the last build.

use super::*;

impl Site {
    pub(super) fn try_roll_back(&self) -> Result<Option<RolledBack>, PublishError> {
        roll_back(&self.store(), &self.output(), &mut no_wait)
    }

    pub(super) fn roll_back(&self) -> Option<RolledBack> {
        self.try_roll_back().expect("nothing stands against it")
    }

    /// The kept states: `last`, `open`.
    fn kept(&self) -> Vec<String> {
        let all = self.store().join("previous");
        if !all.exists() {
            return Vec::new();
        }
        let keys = names_in(&all);
        keys.iter()
            .flat_map(|key| names_in(&all.join(key)))
            .collect()
    }

    /// Leaves the site as a build leaves it that is killed when some new files are in place.
    pub(super) fn kill_build(&self, files: &[(&str, &str)]) {
        let publisher = self.begin();
        for (path, text) in files {
            publisher.put(&output(path), text.as_bytes()).expect("put");
        }
        let claims = publisher.complete().expect("all were put");
        let plan = plan::decide(
            claims,
            &publisher.known,
            &publisher.folders,
            &publisher.place,
        );
        let changes = publisher.changes(claims, &plan.expect("no obstacle"));
        let (place, known) = (&publisher.place, &publisher.known);
        publisher
            .previous
            .keep(place, known, || changes)
            .expect("kept");
        let marks = claims
            .iter()
            .map(|claim| (claim.path.clone(), claim.mark.expect("put by a build")));
        let manifest = Manifest::new(marks.collect());
        publisher.files.announce(&manifest).expect("announced");
        let half = staged_of(claims);
        let half = &half[..half.len().div_ceil(2)];
        publisher.stage.empty_into(place, half).expect("moved");
    }
}

const OLD: &[(&str, &str)] = &[
    ("changed.html", "old"),
    ("file", "a file"),
    ("folder/a/index.html", "a"),
    ("gone/deep/index.html", "gone"),
    ("index.html", "home"),
];

const NEW: &[(&str, &str)] = &[
    ("changed.html", "new"),
    ("file/index.html", "a folder"),
    ("folder", "a file"),
    ("index.html", "home"),
    ("new/deep/index.html", "new"),
];

#[test]
fn a_rollback_undoes_one_build() {
    let site = Site::new();
    site.build(OLD);
    let before = (site.public(), stamps(&site.output()));
    site.build(NEW);
    let done = site.roll_back().expect("something to undo");
    assert_eq!(
        done,
        RolledBack {
            restored: outputs(&[
                "changed.html",
                "file",
                "folder/a/index.html",
                "gone/deep/index.html"
            ]),
            removed: outputs(&["file/index.html", "folder", "new/deep/index.html"]),
            replaced: vec![],
        }
    );
    assert_eq!(site.public(), before.0);
    for path in ["changed.html", "file", "index.html"] {
        let path = site.output().join(path);
        let ((inode, modified, ..), (was, then, ..)) =
            (stamps(&site.output())[&path], before.1[&path]);
        assert_eq!((inode, modified), (was, then), "the very file");
    }
    assert_eq!(site.names(), [".courant", "public"]);
    assert_eq!(names_in(&site.store()).len(), 2, "the lock and a manifest");

    assert_eq!(site.roll_back(), None);
    assert_eq!(site.public(), before.0);
    let published = site.build(NEW);
    assert_eq!(published.written.len(), 4);
    assert_eq!(published.removed.len(), 3);
    assert_eq!(published.replaced, []);
}

#[test]
fn a_first_build_keeps_nothing() {
    let site = Site::new();
    site.build(OLD);
    assert_eq!(site.kept(), Vec::<String>::new());
    assert_eq!(site.roll_back(), None);

    let site = Site::new();
    site.write("public/CNAME", "example.org");
    site.build(OLD);
    assert_eq!(site.kept(), Vec::<String>::new());
    assert_eq!(site.roll_back(), None);
    assert_eq!(Site::new().roll_back(), None);
}

#[test]
fn one_build_is_kept_and_it_is_the_last_that_changed_anything() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    site.build(&[("index.html", "2")]);
    site.build(&[("index.html", "3")]);
    site.build(&[("index.html", "3")]);
    assert_eq!(site.kept(), ["last"]);
    assert!(site.roll_back().is_some());
    assert_eq!(site.read("public/index.html"), "2");
    assert_eq!(site.roll_back(), None);
    assert_eq!(site.kept(), Vec::<String>::new());
}

/// So many that those of the build before are removed by several at once.
#[test]
fn of_many_files_one_build_is_kept_too() {
    let site = Site::new();
    let paths: Vec<String> = (0..600).map(|number| format!("{number}.html")).collect();
    for text in ["one", "two", "three"] {
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (&**path, text)).collect();
        assert_eq!(site.build(&files).written.len(), 600);
    }
    let changed = |tree: &Tree| tree.values().filter(|text| *text == "two").count();
    let kept = tree_of(&site.store().join("previous"));
    assert_eq!(
        (site.kept(), changed(&kept)),
        (vec!["last".to_owned()], 600)
    );
    assert!(site.roll_back().is_some());
    assert_eq!(changed(&site.public()), 600);
}

#[test]
fn what_others_had_comes_back_and_what_they_have_stays() {
    let site = Site::new();
    site.write("public/theirs.html", "theirs");
    symlink("../elsewhere", site.output().join("link")).expect("linked");
    site.build(&[
        ("edited.html", "ours"),
        ("gone.html", "ours"),
        ("index.html", "home"),
    ]);
    site.write("public/edited.html", "by hand");
    site.write("public/gone.html", "by hand too");
    let before = site.public();
    site.build(&[
        ("edited.html", "ours"),
        ("index.html", "home"),
        ("link", "ours"),
        ("new.html", "new"),
        ("theirs.html", "ours"),
    ]);
    site.write("public/CNAME", "since");
    site.write("public/gone.html", "since");
    site.write("public/new.html", "edited since");
    let done = site.roll_back().expect("something to undo");
    assert_eq!(
        done.restored,
        outputs(&["edited.html", "gone.html", "link", "theirs.html"])
    );
    let copies: Vec<_> = done.replaced.iter().map(|one| one.path.clone()).collect();
    assert_eq!(copies, outputs(&["gone.html", "new.html"]));
    let mut expected = before;
    expected.insert("CNAME".into(), "since".into());
    assert_eq!(site.public(), expected);
    let cleaned = site.clean();
    assert_eq!(cleaned.removed, outputs(&["index.html"]));
}

#[test]
fn a_rollback_to_before_the_site_gives_back_what_was_there() {
    let site = Site::new();
    site.write("public/index.html", "theirs");
    site.build(&[("a/index.html", "a"), ("index.html", "ours")]);
    assert!(site.roll_back().is_some());
    assert_eq!(site.public(), tree(&[("index.html", "theirs")]));
    assert_eq!(site.clean().kept, [PathBuf::from("index.html")]);
}

#[test]
fn a_killed_build_can_be_undone_and_does_not_count_when_it_is_completed() {
    let killed: &[(&str, &str)] = &[
        ("changed.html", "killed"),
        ("killed.html", "killed"),
        ("file", "a file"),
        ("index.html", "killed"),
    ];
    for complete in [false, true] {
        let site = Site::new();
        site.write("public/CNAME", "example.org");
        site.build(OLD);
        let before = site.public();
        site.kill_build(killed);
        assert_ne!(site.public(), before);
        assert_eq!(site.kept(), ["open"]);
        if complete {
            site.build(NEW);
            assert_eq!(site.kept(), ["last"]);
        }
        assert!(site.roll_back().is_some());
        assert_eq!(site.public(), before, "completed: {complete}");
        assert_eq!(site.roll_back(), None);
    }
}

#[test]
fn a_killed_first_build_leaves_nothing_to_go_back_to() {
    let site = Site::new();
    site.write("public/CNAME", "example.org");
    site.kill_build(OLD);
    site.build(NEW);
    assert_eq!(site.roll_back(), None);
}

#[test]
fn without_its_output_folder_or_store_a_site_cannot_go_back() {
    let site = Site::new();
    site.build(OLD);
    site.build(NEW);
    fs::rename(site.output(), site.root().join("moved")).expect("moved");
    let error = site.try_roll_back().expect_err("refused");
    let place = site.output().display().to_string();
    assert_eq!(
        error.to_string(),
        format!("cannot restore {place}: the folder is gone; build the site again")
    );
    site.build(OLD);
    assert_eq!(site.roll_back(), None, "the build began with nothing");

    fs::remove_dir_all(site.store()).expect("removed");
    assert_eq!(site.roll_back(), None);
    assert_eq!(site.names(), ["moved", "public"]);
}

#[test]
fn a_damaged_state_is_none() {
    let site = Site::new();
    site.build(OLD);
    site.build(NEW);
    let key = &names_in(&site.store().join("previous"))[0];
    let manifest = site
        .store()
        .join("previous")
        .join(key)
        .join("last/manifest");
    fs::write(manifest, "courant manifest 1").expect("damaged");
    let before = site.public();
    assert_eq!(site.roll_back(), None);
    assert_eq!(site.public(), before);
    site.build(OLD);
    assert!(site.roll_back().is_some());
    assert_eq!(site.public(), before);
}

#[test]
fn clean_removes_what_was_kept() {
    let site = Site::new();
    site.build(OLD);
    site.build(NEW);
    site.clean();
    assert_eq!(site.names(), Vec::<String>::new());
}

#[test]
fn what_a_preview_showed_is_not_kept() {
    let site = Site::new();
    let folder = site.store().join(PREVIEW);
    for text in ["one", "two"] {
        let publisher = begin(&site.store(), &folder).expect("nothing stands against it");
        let page = output("index.html");
        publisher.put(&page, text.as_bytes()).expect("put");
        publisher.commit().expect("committed");
    }
    assert!(!site.store().join("previous").exists());
    let back = roll_back(&site.store(), &folder, &mut no_wait).expect("looked at");
    assert_eq!(back.map(|back| back.restored), None);
    assert_eq!(site.read(".courant/preview/index.html"), "two");
}
