//! What a file system says of a file without reading it, and when that proves anything.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::path::OutputPath;

/// Size and times of a file. Times are nanoseconds since the beginning of 1970 (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stat {
    /// In bytes.
    pub size: u64,
    /// When its bytes were last written.
    pub modified: i64,
    /// When anything about it was last changed; where the system does not say, when it was made.
    pub changed: i64,
}

/// A file as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// In bytes.
    pub size: u64,
    /// What it holds.
    pub digest: Digest,
    /// Its stat, if a file with this stat is sure to hold the same.
    pub proof: Option<Stat>,
}

/// An output folder as it was left.
#[derive(Debug, Default)]
pub struct LeftFolder {
    /// The files of the site, by path.
    pub files: Vec<(OutputPath, Left)>,
    /// The folders that hold folders of the site, each with a stat that proves, as long as it has
    /// it, that they are true folders.
    pub folders: Vec<(String, Stat)>,
}

impl Stat {
    /// What a file's metadata say.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().map_or(i64::MAX, nanoseconds),
            changed: changed(metadata),
        }
    }

    /// Whether a file that has this very stat later is sure to hold what it held after `read_at`.
    /// A file that was written just before might be written again within one tick of the file
    /// system's clock, and nothing would show it: the rule of "racy" entries in git's index.
    pub fn is_proof_since(&self, read_at: i64) -> bool {
        self.modified.max(self.changed).saturating_add(self.tick()) < read_at
    }

    /// The longest time in which two changes may carry one time. Source: Linux stamps files with
    /// the time of the last timer interrupt, 10 ms apart at most; FAT counts in 2 s, and other
    /// file systems without fractions in 1 s.
    fn tick(&self) -> i64 {
        const SECOND: i64 = 1_000_000_000;
        match self.modified % SECOND == 0 {
            true => 2 * SECOND,
            false => 20_000_000,
        }
    }
}

/// A point in time as [`Stat`] counts it.
pub fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata
        .ctime()
        .saturating_mul(1_000_000_000)
        .saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> i64 {
    metadata.created().map_or(i64::MAX, nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written_at(modified: i64) -> Stat {
        Stat {
            size: 1,
            modified,
            changed: 0,
        }
    }

    #[test]
    fn a_file_written_just_before_it_was_read_proves_nothing() {
        let read_at = 1_000_000_000_000_000_007;
        assert!(written_at(read_at - 25_000_000).is_proof_since(read_at));
        assert!(!written_at(read_at - 15_000_000).is_proof_since(read_at));
        assert!(!written_at(read_at + 1).is_proof_since(read_at));
    }

    #[test]
    fn times_without_fractions_are_trusted_later() {
        let second = 1_000_000_000;
        assert!(!written_at(10 * second).is_proof_since(11 * second));
        assert!(written_at(10 * second).is_proof_since(13 * second));
    }

    #[test]
    fn a_change_of_name_or_rights_counts_as_a_change() {
        let stat = Stat {
            changed: i64::MAX,
            ..written_at(5)
        };
        assert!(!stat.is_proof_since(1_000_000_000_000));
    }

    #[test]
    fn times_before_1970_are_negative() {
        let second = std::time::Duration::from_secs(1);
        assert_eq!(nanoseconds(UNIX_EPOCH - second), -1_000_000_000);
    }
}
