//! The sites under test, each built once for all checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::pages::{self, Page};
use crate::tree::Tree;

/// Where the sites believe they are published; absolute links below it are links into the site.
pub const BASE_URL: &str = "https://site.example/";

/// A published tree and the pages of it that a browser looks at.
pub struct Site {
    pub name: &'static str,
    pub tree: Tree,
    pub pages: Vec<Page>,
}

/// The site of this repository, and the one that `courant init` writes.
pub fn built_sites() -> &'static [Site] {
    static SITES: OnceLock<Vec<Site>> = OnceLock::new();
    SITES.get_or_init(|| vec![repository_site(), starter_site()])
}

/// A small site in which each page but one has one fault, to show that the checks can fail.
pub fn faulty_site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/faulty");
        let tree = Tree::new(root);
        Site {
            name: "faulty site",
            pages: pages::all_pages(&tree),
            tree,
        }
    })
}

fn repository_site() -> Site {
    let output = empty_folder("repository");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &output);
    let tree = Tree::new(output);
    Site {
        name: "repository",
        pages: pages::repository_pages(&tree),
        tree,
    }
}

fn starter_site() -> Site {
    let sources = tempfile::tempdir().expect("a temporary folder can be made");
    let output = empty_folder("starter");
    run(courant().arg("init").current_dir(sources.path()));
    build(sources.path(), &output);
    let tree = Tree::new(output);
    Site {
        name: "starter",
        pages: pages::all_pages(&tree),
        tree,
    }
}

fn build(root: &Path, output: &Path) {
    let mut command = courant();
    command.arg("build").arg("--root").arg(root);
    command
        .arg("--output-dir")
        .arg(output)
        .args(["--base-url", BASE_URL]);
    run(&mut command);
}

fn courant() -> Command {
    Command::new(env!("CARGO_BIN_EXE_courant"))
}

fn run(command: &mut Command) {
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("courant can be started");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?}: {}\n{messages}",
        output.status
    );
}

/// In Cargo's own folder for test files rather than a temporary one, which could not be removed:
/// the sites live until the process ends.
fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("browser")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(&folder).expect("a folder for the built site can be made");
    folder
}
