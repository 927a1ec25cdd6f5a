//! What the process finds around itself: the current folder, the clock, the terminal.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::message::{Tongue, say};
use crate::stat::Stat;

use super::exit::Failure;
use super::files;

/// The facts that commands depend on, looked up once.
pub(super) struct Surroundings {
    /// The current folder.
    pub(super) folder: PathBuf,
    /// The instant that "now" means, in seconds since the beginning of 1970 (UTC):
    /// `SOURCE_DATE_EPOCH` where it is set, else the clock.
    pub(super) now: i64,
    /// What tells this program from every other version of it.
    pub(super) program: String,
    /// Whether a person can be asked.
    pub(super) can_ask: bool,
    /// Whether a person watches the messages.
    pub(super) is_watched: bool,
}

/// The version, and what the program's file is known by: one that was compiled anew may differ
/// without another version.
#[expect(
    clippy::disallowed_methods,
    reason = "the program is no part of any site"
)]
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let stat = file.ok().map(|metadata| Stat::of(&metadata));
    let stat = stat.map(|stat| (stat.size, stat.modified));
    format!("courant {} {stat:?}", env!("CARGO_PKG_VERSION"))
}

impl Surroundings {
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is the edge to the environment"
    )]
    pub(super) fn look() -> Result<Self, Failure> {
        let folder = std::env::current_dir()
            .map_err(|error| Failure::of_system(say::current_folder, &error))?;
        let now = instant()?;
        let is_watched = io::stderr().is_terminal();
        let can_ask = is_watched && io::stdin().is_terminal();
        Ok(Self {
            folder,
            now,
            program: program(),
            can_ask,
            is_watched,
        })
    }

    /// The place that a typed path means, as seen from the current folder.
    pub(super) fn resolve(&self, typed: &Path) -> PathBuf {
        files::settled(&self.folder.join(typed))
    }

    /// A path as a person would write it here.
    pub(super) fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        match below.as_os_str().is_empty() {
            true => ".".into(),
            false => below.display().to_string(),
        }
    }
}

/// The language that the environment asks for: the first variable that is set says it for all.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge to the environment"
)]
pub(super) fn tongue() -> Tongue {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    set.map_or(Tongue::English, |value| tongue_of(&value.to_string_lossy()))
}

/// `zh_CN.UTF-8` is Chinese; every other language is met in English.
fn tongue_of(locale: &str) -> Tongue {
    let language = locale.split(['_', '-', '.', '@']).next();
    match language.is_some_and(|language| language.eq_ignore_ascii_case("zh")) {
        true => Tongue::Chinese,
        false => Tongue::English,
    }
}

/// The instant that "now" means at this moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge to the environment"
)]
pub(super) fn instant() -> Result<i64, Failure> {
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(text) => epoch(&text.to_string_lossy()),
        None => Ok(since_epoch(SystemTime::now())),
    }
}

fn epoch(text: &str) -> Result<i64, Failure> {
    text.parse()
        .map_err(|_| Failure::new(say::no_epoch(text)).help(say::set_epoch()))
}

fn since_epoch(time: SystemTime) -> i64 {
    let seconds = |length: std::time::Duration| i64::try_from(length.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => seconds(after),
        Err(before) => -seconds(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_spoken_where_the_locale_is_chinese() {
        for (locale, tongue) in [
            ("zh_CN.UTF-8", Tongue::Chinese),
            ("zh", Tongue::Chinese),
            ("zh-Hans", Tongue::Chinese),
            ("ZH_tw", Tongue::Chinese),
            ("en_GB.UTF-8", Tongue::English),
            ("C", Tongue::English),
            ("zhx", Tongue::English),
        ] {
            assert_eq!(tongue_of(locale), tongue, "{locale}");
        }
    }

    #[test]
    fn a_wrong_epoch_is_refused() {
        assert_eq!(epoch("1614909600"), Ok(1_614_909_600));
        let failure = epoch("today").expect_err("refused");
        assert_eq!(
            failure.message.english(),
            "the environment's SOURCE_DATE_EPOCH is `today`, which is not a whole number"
        );
    }

    #[test]
    fn paths_are_shown_from_the_current_folder() {
        let around = Surroundings {
            folder: "/no-such-folder/b".into(),
            now: 0,
            program: String::new(),
            can_ask: false,
            is_watched: false,
        };
        assert_eq!(
            around.resolve(Path::new("./c")),
            Path::new("/no-such-folder/b/c")
        );
        assert_eq!(around.resolve(Path::new("/x")), Path::new("/x"));
        assert_eq!(around.shown(Path::new("/no-such-folder/b/c")), "c");
        assert_eq!(around.shown(Path::new("/no-such-folder/b")), ".");
        assert_eq!(around.shown(Path::new("/x")), "/x");
    }
}
