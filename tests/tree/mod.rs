//! Whole folders as values: copied, read and compared, so that a missing, an extra or a changed
//! file fails a test by name.

#![allow(dead_code, reason = "each test program uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files below a folder: path with `/` → bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Reads a folder; one that does not exist is empty.
pub fn read(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    collect(folder, folder, &mut tree);
    tree
}

fn collect(root: &Path, folder: &Path, tree: &mut Tree) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(root, &path, tree);
        } else {
            let name = path.strip_prefix(root).expect("below the root");
            let bytes = fs::read(&path).expect("a readable file");
            tree.insert(name.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}

/// Writes files below a folder.
pub fn write(folder: &Path, tree: &Tree) {
    for (name, bytes) in tree {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a new folder");
        fs::write(path, bytes).expect("a written file");
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    write(to, &read(from));
}

/// What is different, in words; `None` if nothing is.
pub fn difference(expected: &Tree, found: &Tree) -> Option<String> {
    let mut lines = Vec::new();
    for name in expected.keys().filter(|name| !found.contains_key(*name)) {
        lines.push(format!("missing: {name}"));
    }
    for (name, bytes) in found {
        match expected.get(name) {
            None => lines.push(format!("extra: {name}\n{}", String::from_utf8_lossy(bytes))),
            Some(wanted) if wanted != bytes => {
                lines.push(format!(
                    "different: {name}\n{}",
                    first_difference(wanted, bytes)
                ));
            }
            Some(_) => {}
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn first_difference(wanted: &[u8], found: &[u8]) -> String {
    let (wanted, found) = (
        String::from_utf8_lossy(wanted),
        String::from_utf8_lossy(found),
    );
    let mut lines = wanted.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (wanted, found))| wanted != found) {
        Some((at, (wanted, found))) => {
            format!("  line {}\n  - {wanted}\n  + {found}", at + 1)
        }
        None => format!(
            "  {} lines became {}",
            wanted.lines().count(),
            found.lines().count()
        ),
    }
}

/// Makes the folder hold exactly these files.
pub fn replace(folder: &Path, tree: &Tree) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("an old folder removed");
    }
    write(folder, tree);
}

/// Whether expectations are to be rewritten instead of compared.
pub fn is_blessing() -> bool {
    std::env::var_os("COURANT_BLESS").is_some()
}
