//! What the person at the keyboard decides for one build.

use crate::date::Moment;

/// The options of one build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Replaces the configuration's `base_url`.
    pub base_url: Option<String>,
    /// Replaces scheme and host of the `base_url`, without a slash at the end; its path stays.
    pub origin: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish what is dated in the future too.
    pub future: bool,
    /// Publish what has expired too.
    pub expired: bool,
    /// Require every article in every language, whatever the configuration says.
    pub translations: bool,
    /// The instant that "today" means, in seconds since the beginning of 1970 (UTC).
    pub now: i64,
}

impl Options {
    /// A plain build at an instant.
    pub fn at(now: i64) -> Self {
        Self {
            base_url: None,
            origin: None,
            drafts: false,
            future: false,
            expired: false,
            translations: false,
            now,
        }
    }

    /// The instant of the build in a zone.
    pub fn now_in(&self, zone: &crate::date::TimeZone) -> Option<Moment> {
        Moment::from_unix(self.now, zone)
    }
}
