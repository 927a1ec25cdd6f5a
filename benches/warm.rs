//! Times warm builds of one site after one edit each, beside clean builds of the same site.
//!
//! ```console
//! $ cargo bench --bench warm -- SITE [RUNS]
//! ```
//!
//! `SITE` is a site's folder, such as `compare -- write 10000 SITES` makes at `SITES/courant`; a
//! copy of it in a temporary folder is edited: point `TMPDIR` at a tmpfs to leave the disk out of
//! it. `RUNS` is 5 if not given. Every run takes all cases in turn. Prints the medians of wall time
//! and CPU time (user and system), their ratios to the clean build of the same run, and how many
//! outputs were rendered and how many files written.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark edits a site on the disk"
)]

mod measured;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use courant::digest::Digest;
use measured::{Figures, median};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let Some(site) = arguments.first().map(Path::new) else {
        println!("usage: cargo bench --bench warm -- SITE [RUNS]");
        return;
    };
    let runs = arguments.get(1).and_then(|word| word.parse().ok());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = Site::copy(site, folder.path());
    let counts: Vec<Counts> = CASES.iter().map(|case| site.counts(case)).collect();
    let mut figures: Vec<Vec<Figures>> = vec![Vec::new(); CASES.len()];
    for _ in 0..runs.unwrap_or(5) {
        for (case, figures) in CASES.iter().zip(&mut figures) {
            figures.push(site.play(case, |command| measured::run(command.arg("-q"))));
        }
    }
    print(&counts, &figures);
    let (size, pages) = (site.store_size(), counts[0].pages);
    println!(
        "\nstore: {size} bytes, {} for each of {pages} pages",
        size / pages
    );
}

/// What happens to a site before the build that is timed, and how it is mended.
struct Case {
    name: &'static str,
    edit: fn(&Site),
    mend: fn(&Site),
}

/// The clean build comes first: the others are measured by it.
const CASES: &[Case] = &[
    Case {
        name: "clean",
        edit: |site| {
            site.remove(".courant");
            site.remove("public");
        },
        mend: |_| {},
    },
    Case {
        name: "unchanged",
        edit: |_| {},
        mend: |_| {},
    },
    Case {
        name: "one body edited",
        edit: |site| site.rewrite(|text| format!("{text}\nOne more sentence.\n")),
        mend: Site::restore,
    },
    Case {
        name: "one title edited",
        edit: |site| site.rewrite(|text| text.replacen("title: \"", "title: \"New: ", 1)),
        mend: Site::restore,
    },
    Case {
        name: "one article added",
        edit: |site| fs::write(site.added(), &site.text).expect("a file"),
        mend: |site| fs::remove_file(site.added()).expect("a file"),
    },
    Case {
        name: "one article deleted",
        edit: |site| fs::remove_file(site.spare()).expect("an article"),
        mend: |site| fs::write(site.spare(), &site.text).expect("a file"),
    },
    Case {
        name: "base template edited",
        edit: |site| site.write_base(&format!("{}<!-- edited -->\n", site.base)),
        mend: |site| site.write_base(&site.base),
    },
    Case {
        name: "store deleted",
        edit: |site| site.remove(".courant"),
        mend: |_| {},
    },
    Case {
        name: "all times changed",
        edit: Site::touch_all,
        mend: |_| {},
    },
];

/// A copy of the site that is edited.
struct Site {
    root: PathBuf,
    /// The article that is edited, in the middle of all.
    article: PathBuf,
    text: String,
    /// Its base template, or the built-in one.
    base: String,
}

struct Counts {
    pages: u64,
    rendered: u64,
    written: u64,
}

impl Site {
    fn copy(from: &Path, to: &Path) -> Self {
        let root = to.join("site");
        let status = Command::new("cp").arg("-r").arg(from).arg(&root).status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "cannot copy {from:?}"
        );
        let articles = files(&root.join("content"));
        let articles: Vec<PathBuf> = articles
            .into_iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .filter(|path| path.file_name().is_none_or(|name| name != "_index.md"))
            .collect();
        let article = articles[articles.len() / 2].clone();
        let text = fs::read_to_string(&article).expect("an article");
        let base = fs::read_to_string(root.join("templates/base.html"));
        let built_in = include_str!("../themes/gazette/templates/base.html");
        let site = Self {
            base: base.unwrap_or_else(|_| built_in.to_owned()),
            root,
            article,
            text,
        };
        site.write_base(&site.base);
        fs::write(site.spare(), &site.text).expect("a file");
        site.remove("public");
        site.remove(".courant");
        site
    }

    /// Builds until nothing is new, edits, and hands over the command of the next build.
    fn play<T>(&self, case: &Case, run: impl FnOnce(&mut Command) -> T) -> T {
        for _ in 0..2 {
            measured::run(self.command().arg("-q"));
        }
        (case.edit)(self);
        let result = run(&mut self.command());
        (case.mend)(self);
        result
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
        command.arg("build").arg("-C").arg(&self.root);
        command
    }

    /// What a build says it did; that it wrote the files whose bytes differ, and no others, is
    /// looked at.
    fn counts(&self, case: &Case) -> Counts {
        let (before, output, after) = self.play(case, |command| {
            let before = self.published();
            let output = command.args(["--message-format", "json"]).output();
            (before, output, self.published())
        });
        let output = output.expect("the program starts");
        let text = String::from_utf8(output.stdout).expect("JSON is text");
        let last = text.lines().last().expect("a last line");
        let last: serde_json::Value = serde_json::from_str(last).expect("JSON");
        assert_eq!(last["success"], true, "{}: {last}", case.name);
        let number = |key: &str| last[key].as_u64().expect("a number");
        let differing = after.iter().filter(|file| !before.contains(file)).count();
        assert_eq!(number("written"), differing as u64, "{}", case.name);
        Counts {
            pages: number("pages") + number("sections"),
            rendered: number("rendered"),
            written: number("written"),
        }
    }

    /// Every file of the output folder, with a digest of its bytes.
    fn published(&self) -> BTreeSet<(PathBuf, Digest)> {
        let folder = self.root.join("public");
        let paths = folder.is_dir().then(|| files(&folder));
        let paths = paths.into_iter().flatten();
        let digests = paths.map(|path| {
            let bytes = fs::read(&path).expect("an output");
            (path, Digest::of(&bytes))
        });
        digests.collect()
    }

    /// An article that no other links to.
    fn spare(&self) -> PathBuf {
        self.article.with_file_name("spare.md")
    }

    fn added(&self) -> PathBuf {
        self.article.with_file_name("added.md")
    }

    fn write_base(&self, text: &str) {
        let folder = self.root.join("templates");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("base.html"), text).expect("a file");
    }

    fn rewrite(&self, edit: impl FnOnce(&str) -> String) {
        let edited = edit(&self.text);
        assert_ne!(edited, self.text, "the edit changes something");
        fs::write(&self.article, edited).expect("a file");
    }

    fn restore(&self) {
        fs::write(&self.article, &self.text).expect("a file");
    }

    fn remove(&self, path: &str) {
        let path = self.root.join(path);
        let _ = fs::remove_dir_all(&path);
        let _ = fs::remove_file(&path);
    }

    fn touch_all(&self) {
        let past = SystemTime::now() - Duration::from_secs(86_400);
        for path in files(&self.root.join("content")) {
            let file = fs::File::options()
                .append(true)
                .open(&path)
                .expect("a file");
            file.set_modified(past).expect("a time");
        }
    }

    fn store_size(&self) -> u64 {
        let stores = files(&self.root.join(".courant"));
        let stores = stores.iter().filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("build-")
        });
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |data| data.len());
        stores.map(size).sum()
    }
}

/// All files below a folder, in the order of their paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}

fn print(counts: &[Counts], figures: &[Vec<Figures>]) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, {} runs, medians\n", figures[0].len());
    println!("| build | wall ms | to clean | CPU ms | to clean | peak MB | rendered | written |");
    println!("|---|---|---|---|---|---|---|---|");
    for ((case, counts), case_figures) in CASES.iter().zip(counts).zip(figures) {
        let milliseconds =
            |pick: fn(&Figures) -> f64| 1e3 * median(case_figures.iter().map(pick).collect());
        let ratio = |pick: fn(&Figures) -> f64| {
            let runs = case_figures.iter().zip(&figures[0]);
            median(runs.map(|(warm, clean)| pick(clean) / pick(warm)).collect())
        };
        println!(
            "| {} | {:.0} | 1/{:.1} | {:.0} | 1/{:.1} | {:.0} | {} | {} |",
            case.name,
            milliseconds(|f| f.wall),
            ratio(|f| f.wall),
            milliseconds(|f| f.cpu),
            ratio(|f| f.cpu),
            median(case_figures.iter().map(|f| f.peak).collect()),
            counts.rendered,
            counts.written
        );
    }
}
