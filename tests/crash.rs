//! The program, killed at many points of its run: what is published stays whole, and the next
//! run completes it.
//!
//! A site has two states of its sources, which take turns. A reader looks at the published files
//! all the while.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads and writes its folders itself, and measures time"
)]

#[path = "tree/mod.rs"]
mod tree;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tree::Tree;

/// The two states of the sources.
const STATES: [&str; 2] = ["one", "two"];

struct Site {
    dir: TempDir,
}

impl Site {
    /// Both states lie ready; neither is the site's yet.
    fn new() -> Self {
        // Hundreds of builds wait for the disk; what a killed process leaves does not depend on it.
        let memory = Path::new("/dev/shm");
        let dir = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        let dir = dir.expect("a temporary folder");
        let site = Self { dir };
        let mut files = Tree::new();
        for state in STATES {
            for (path, text) in sources(state) {
                files.insert(format!("ready/{state}/{path}"), text.into_bytes());
            }
        }
        files.insert(
            "site/site.yaml".into(),
            b"title: A site\nbase_url: https://example.org\ntheme: plain\nfeeds: false\ntaxonomies: []\n".into(),
        );
        tree::write(site.dir.path(), &files);
        let plain = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/plain");
        tree::copy(&plain, &site.root().join("themes/plain"));
        site
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Gives the site one state of its sources and puts the other one away.
    fn switch(&self, state: &str) {
        let ready = self.dir.path().join("ready");
        for folder in ["content", "static"] {
            let here = self.root().join(folder);
            if here.exists() {
                let other = STATES
                    .iter()
                    .find(|other| !ready.join(other).join(folder).exists());
                let other = other.expect("one state is in use");
                fs::rename(&here, ready.join(other).join(folder)).expect("put away");
            }
            fs::rename(ready.join(state).join(folder), here).expect("taken");
        }
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
        command
            .arg(name)
            .current_dir(self.root())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1614909600")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, name: &str) {
        let output = self.command(name).output().expect("the program runs");
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {messages}");
    }

    /// Runs a command and kills it after a while; says whether it was still running.
    fn kill(&self, name: &str, after: Duration) -> bool {
        let mut child = self
            .command(name)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            // The pipe closes when the program has ended; nobody may want to know any more.
            let _ = stdout.read_to_end(&mut Vec::new());
            let _ = tell.send(());
        });
        let is_running = told.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
        child.kill().expect("killed, or ended before");
        child.wait().expect("ended");
        is_running
    }

    /// Whether a build or rollback died while it changed what is published.
    fn is_half_published(&self) -> bool {
        let kept = fs::read_dir(self.root().join(".courant/previous"));
        let mut folders = kept.into_iter().flatten().flatten();
        folders.any(|folder| folder.path().join("open").exists())
    }

    /// How long a command takes when nobody kills it.
    fn measure(&self, name: &str) -> Duration {
        let started = Instant::now();
        self.run(name);
        started.elapsed()
    }

    /// What a clean build of a state publishes.
    fn clean_build(state: &str) -> Tree {
        let site = Self::new();
        site.switch(state);
        site.run("build");
        tree::read(&site.public())
    }

    /// What is published, with the files of others, and that nothing else is left.
    fn holds(&self, wanted: &Tree, when: &str) {
        let mut wanted = wanted.clone();
        wanted.insert("CNAME".into(), b"example.org\n".into());
        if let Some(difference) = tree::difference(&wanted, &tree::read(&self.public())) {
            panic!("{when}:\n{difference}");
        }
        let mut names: Vec<_> = fs::read_dir(self.root())
            .expect("the site")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        let expected = [
            ".courant",
            "content",
            "public",
            "site.yaml",
            "static",
            "themes",
        ];
        assert_eq!(names, expected, "{when}");
    }
}

/// Some 200 files of several sizes; most differ from state to state, some exist in one only, some
/// are the same, and one path is a file in one and a folder in the other.
fn sources(state: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for number in 0..160 {
        let path = match number % 8 {
            0 => format!("static/{state}/{number}.txt"),
            1 => format!("static/{state}-deep/{number}/a.txt"),
            _ => format!("static/files/{}/{number}.txt", number % 5),
        };
        let text = format!("{state} {number}\n").repeat(1 + number * 10);
        files.push((path, text));
    }
    for number in 0..20 {
        files.push((format!("static/same/{number}.txt"), "same\n".repeat(100)));
    }
    let turning = if state == STATES[0] {
        "static/turns"
    } else {
        "static/turns/a.txt"
    };
    files.push((turning.into(), state.into()));
    for day in 1..=4 {
        let text =
            format!("---\ntitle: Article {day}\ndate: 2021-03-0{day}\n---\n\nThis is {state}.\n");
        files.push((format!("content/news/article-{day}.md"), text));
    }
    files
}

const PAUSE: Duration = Duration::from_millis(2);

/// Looks at all published files until it is told to stop; returns how often it did. What looks
/// the same as the last time is not read again.
fn read_on(public: &Path, states: &[Tree], stop: &Receiver<()>) -> usize {
    let mut seen = HashMap::new();
    let mut rounds = 0;
    // Between two looks the program needs the processor, too.
    while stop.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
        let mut folders = vec![public.to_path_buf()];
        while let Some(folder) = folders.pop() {
            // What was there a moment ago may be gone, here and below.
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()) {
                let Ok(data) = fs::symlink_metadata(&path) else {
                    continue;
                };
                let stamp = (data.ino(), data.len(), data.mtime(), data.mtime_nsec());
                if data.is_dir() {
                    folders.push(path);
                } else if seen.get(&path) != Some(&stamp) {
                    is_whole(public, &path, states);
                    seen.insert(path, stamp);
                }
            }
        }
        rounds += 1;
    }
    rounds
}

fn is_whole(public: &Path, path: &Path, states: &[Tree]) {
    let Ok(bytes) = fs::read(path) else { return };
    let name = path.strip_prefix(public).expect("below").to_string_lossy();
    let is_known = name == "CNAME" && bytes == b"example.org\n"
        || states.iter().any(|state| state.get(&*name) == Some(&bytes));
    assert!(
        is_known,
        "{name} is neither old nor new:\n{}",
        String::from_utf8_lossy(&bytes)
    );
}

/// Calls `run` while a reader looks at what is published.
fn while_read(site: &Site, states: &[Tree], run: impl FnOnce()) {
    let (stop, stopped) = mpsc::channel();
    thread::scope(|scope| {
        let reader = scope.spawn(move || read_on(&site.public(), states, &stopped));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        drop(stop);
        let rounds = reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        assert!(rounds > 10, "the reader looked {rounds} times");
    });
}

/// Fractions that fill the range from 0 to 1 ever more densely, in no order.
fn spread() -> impl Iterator<Item = f64> {
    (1..).map(|number| (f64::from(number) * 0.618_033_988_75).fract())
}

/// Tests that measure time do not disturb each other.
static TURN: Mutex<()> = Mutex::new(());

/// A site with content of others and both states built, the first one last.
fn built() -> Site {
    let site = Site::new();
    fs::create_dir(site.public()).expect("created");
    fs::write(site.public().join("CNAME"), "example.org\n").expect("written");
    for state in [STATES[1], STATES[0]] {
        site.switch(state);
        site.run("build");
    }
    site
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_completes_it() {
    const KILLS: usize = 300;
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let states = STATES.map(Site::clean_build);
    let site = built();
    site.switch(STATES[1]);
    let mut length = site.measure("build");
    let (mut killed, mut while_publishing) = (0, 0);
    while_read(&site, &states, || {
        for (turn, part) in spread().enumerate() {
            // Publishing is the end of a run and short, so every other kill aims at the end.
            let part = if turn % 2 == 0 {
                part
            } else {
                0.6 + part / 2.0
            };
            // Builds of one state and of the other die on top of each other.
            let state = (turn / 2) % 2;
            if turn % 2 == 0 {
                site.switch(STATES[state]);
            }
            killed += usize::from(site.kill("build", length.mul_f64(part)));
            while_publishing += usize::from(site.is_half_published());
            if turn % 10 == 9 {
                site.switch(STATES[1 - state]);
                length = site.measure("build");
                site.holds(
                    &states[1 - state],
                    &format!("after kill {turn}, at {part:.3}"),
                );
                if killed >= KILLS && while_publishing >= 20 {
                    break;
                }
            }
            assert!(
                turn < 5 * KILLS,
                "only {killed} builds were killed, {while_publishing} while they published"
            );
        }
    });
}

#[test]
fn a_killed_rollback_is_completed_by_the_next() {
    const KILLS: usize = 30;
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let states = STATES.map(Site::clean_build);
    let site = built();
    let mut length = site.measure("rollback");
    site.holds(&states[1], "after a rollback");
    site.run("build");
    let mut killed = 0;
    while_read(&site, &states, || {
        for (turn, part) in spread().enumerate() {
            killed += usize::from(site.kill("rollback", length.mul_f64(part)));
            if turn % 4 == 3 {
                // One of those that were to be killed may have come to its end before.
                site.command("rollback").output().expect("the program runs");
                site.holds(&states[1], &format!("after kill {turn}, at {part:.3}"));
                site.run("build");
                length = site.measure("rollback");
                site.run("build");
                site.holds(&states[0], "after the build that follows");
                if killed >= KILLS {
                    break;
                }
            }
            assert!(turn < 10 * KILLS, "only {killed} rollbacks were killed");
        }
    });
}

/// Articles with slips before and after they are mended.
fn slips() -> [Tree; 2] {
    let article = |number: usize, title: &str| {
        let text = "Bring your card.\n".repeat(1 + number * 20);
        let path = format!("content/news/article-{number}.md");
        (
            path,
            format!("---\ntitle{title}\n---\n\n{text}").into_bytes(),
        )
    };
    ["：义诊", ": 义诊"].map(|title| (0..60).map(|number| article(number, title)).collect())
}

#[test]
fn a_killed_fix_loses_nothing_and_the_next_one_mends_the_rest() {
    const KILLS: usize = 60;
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let site = Site::new();
    let [typed, mended] = slips();
    tree::write(&site.root(), &typed);
    let length = site.measure("fix");
    let (mut killed, mut in_the_middle) = (0, 0);
    for (turn, part) in spread().enumerate() {
        tree::write(&site.root(), &typed);
        killed += usize::from(site.kill("fix", length.mul_f64(part)));
        let mut done = 0;
        for (path, before) in &typed {
            let found = fs::read(site.root().join(path)).expect("an article");
            done += usize::from(found == mended[path]);
            assert!(
                found == *before || found == mended[path],
                "{path} after kill {turn}, at {part:.3}"
            );
        }
        in_the_middle += usize::from(done > 0 && done < typed.len());
        if turn % 10 == 9 {
            site.run("fix");
            // What a dead process was writing is hidden, and no part of the site.
            let mut found = tree::read(&site.root());
            found.retain(|path, _| path.starts_with("content/") && !path.contains("/."));
            assert_eq!(tree::difference(&mended, &found), None);
            if killed >= KILLS && in_the_middle >= 20 {
                break;
            }
        }
        assert!(
            turn < 20 * KILLS,
            "only {killed} were killed, {in_the_middle} of them in the middle"
        );
    }
}

#[test]
fn a_second_build_waits_and_says_so() {
    let site = Site::new();
    site.switch(STATES[0]);
    site.run("build");
    let lock = File::options()
        .write(true)
        .open(site.root().join(".courant/lock"))
        .expect("the lock of an earlier build");
    for (name, last) in [("build", "Built "), ("clean", "Removed ")] {
        lock.lock().expect("free");
        let mut child = site
            .command(name)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let mut line = || lines.next().expect("a line").expect("text");
        assert_eq!(line(), "Waiting for another build of this site to end.");
        assert!(child.try_wait().expect("asked").is_none(), "it waits");
        lock.unlock().expect("held");
        assert!(line().starts_with(last), "{name}");
        assert!(child.wait().expect("ended").success());
    }
}
