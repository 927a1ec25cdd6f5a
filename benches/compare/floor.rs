//! The floor: what no generator can do without.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::cpu;
use crate::libraries::Libraries;

/// Loads the files of a finished output, and then, while the clock runs, reads every source and
/// writes every file, with as many threads as there are cores. The libraries, if they take part,
/// make pages of what was read, which nobody writes.
pub fn run(sources: &Path, model: &Path, output: &Path, libraries: Option<&Libraries>) {
    let files: Vec<(PathBuf, Vec<u8>)> = files(model)
        .map(|file| {
            let below = file.strip_prefix(model).expect("it is below");
            (output.join(below), fs::read(&file).expect("a file"))
        })
        .collect();
    let (started, before) = (Instant::now(), cpu::used());
    let met: usize = files_to_read(sources)
        .par_iter()
        .map(|file| {
            let bytes = fs::read(file).expect("a file");
            bytes.len() + libraries.map_or(0, |libraries| made(file, &bytes, libraries))
        })
        .sum();
    let mut folders: Vec<&Path> = files.iter().filter_map(|(file, _)| file.parent()).collect();
    folders.dedup();
    folders
        .par_iter()
        .for_each(|folder| fs::create_dir_all(folder).expect("a folder"));
    files
        .par_iter()
        .for_each(|(file, bytes)| fs::write(file, bytes).expect("a file"));
    let cpu = cpu::used() - before;
    let (wall, cpu) = (started.elapsed().as_secs_f64(), cpu.as_secs_f64());
    println!("{wall} {cpu} {met}");
}

/// How many bytes the libraries make of a source; none if it is no article.
fn made(file: &Path, bytes: &[u8], libraries: &Libraries) -> usize {
    if file.extension().is_none_or(|extension| extension != "md") {
        return 0;
    }
    let text = std::str::from_utf8(bytes).expect("text");
    libraries.page(text).len()
}

fn files_to_read(sources: &Path) -> Vec<PathBuf> {
    files(sources).collect()
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
}
