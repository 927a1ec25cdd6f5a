//! What the figures were measured on.

use std::fs;
use std::path::Path;

use crate::disk;

/// One line about the machine and the file system of a folder.
pub fn line(folder: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = value("/proc/cpuinfo", "model name").unwrap_or_default();
    let memory = value("/proc/meminfo", "MemTotal").unwrap_or_default();
    let memory: u64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{cores} cores ({processor}), {} GB of memory, Linux {}, on {}",
        memory / 1_000_000,
        kernel.trim(),
        if disk::is_in_memory(folder) {
            "tmpfs"
        } else {
            "a disk"
        }
    )
}

/// What stands behind a name and a colon.
fn value(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
