//! The floor: what no generator can do without.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use walkdir::WalkDir;

/// Loads the files of a finished output, and then, while the clock runs, reads every source and
/// writes every file, with as many threads as there are cores.
pub fn run(sources: &Path, model: &Path, output: &Path) {
    let files: Vec<(PathBuf, Vec<u8>)> = files(model)
        .map(|file| {
            let below = file.strip_prefix(model).expect("it is below");
            (output.join(below), fs::read(&file).expect("a file"))
        })
        .collect();
    let (started, before) = (Instant::now(), cpu_seconds());
    let read: usize = files_to_read(sources)
        .par_iter()
        .map(|file| fs::read(file).expect("a file").len())
        .sum();
    let mut folders: Vec<&Path> = files.iter().filter_map(|(file, _)| file.parent()).collect();
    folders.dedup();
    folders
        .par_iter()
        .for_each(|folder| fs::create_dir_all(folder).expect("a folder"));
    files
        .par_iter()
        .for_each(|(file, bytes)| fs::write(file, bytes).expect("a file"));
    let cpu = cpu_seconds() - before;
    println!("{} {cpu} {read}", started.elapsed().as_secs_f64());
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

/// What this process has used so far, user and system.
fn cpu_seconds() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a live value of the right type.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    assert_eq!(failed, 0, "there is such a clock");
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
