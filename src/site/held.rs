//! What is not published at the instant of this build, and why.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::config::{Config, Options};
use crate::date::Moment;
use crate::message::{Message, say};
use crate::path::SourcePath;

use super::meta::Resolved;

/// Why a file of content is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Held {
    /// It is a draft, or in a section that is one.
    Draft,
    /// Its time has not come.
    Future,
    /// Its time is over.
    Expired,
    /// The page that it lies beside is not published.
    PageHeld,
}

impl Held {
    /// In words: "… is a draft".
    pub fn message(self) -> Message {
        match self {
            Self::Draft => say::draft(),
            Self::Future => say::not_due(),
            Self::Expired => say::expired(),
            Self::PageHeld => say::beside_held(),
        }
    }

    /// Whether an option asks for what is held for this reason.
    fn is_shown(self, options: &Options) -> bool {
        match self {
            Self::Draft => options.drafts,
            Self::Future => options.future,
            Self::Expired => options.expired,
            Self::PageHeld => false,
        }
    }
}

/// What is published, and what only options decide about.
pub(super) struct Sifted {
    /// What is published; parents are adjusted.
    pub(super) kept: Vec<Resolved>,
    /// What is not, and why.
    pub(super) held: BTreeMap<SourcePath, Held>,
    /// What is published only since an option asks for it, and why it would not be.
    pub(super) early: BTreeMap<SourcePath, Held>,
}

/// Separates what is published. A section without a file goes with the last of its articles.
pub(super) fn sift(resolved: Vec<Resolved>, options: &Options, now: &Moment) -> Sifted {
    let mut reasons: Vec<Option<Held>> = Vec::with_capacity(resolved.len());
    let mut allowed: Vec<Option<Held>> = Vec::with_capacity(resolved.len());
    for one in &resolved {
        let parent = one.seed.parent();
        let own = own_reasons(one, now);
        let above = parent.and_then(|parent| reasons[parent]);
        let own_reason = || own.into_iter().flatten().find(|why| !why.is_shown(options));
        reasons.push(above.or_else(own_reason));
        let above = parent.and_then(|parent| allowed[parent]);
        allowed.push(above.or_else(|| own.into_iter().flatten().next()));
    }
    let is_needed = needed(&resolved, &reasons);
    let (mut held, mut early) = (BTreeMap::new(), BTreeMap::new());
    let mut moved = vec![None; resolved.len()];
    let mut count = 0;
    let all = resolved.into_iter().enumerate();
    let kept = all.filter_map(|(at, mut one)| {
        if let Some(reason) = reasons[at] {
            if one.seed.file.is_some() {
                held.insert(one.seed.place.source, reason);
            }
            return None;
        }
        if !is_needed[at] {
            return None;
        }
        if let Some(reason) = allowed[at] {
            early.insert(one.seed.source().clone(), reason);
        }
        one.seed.parent = one.seed.parent().and_then(|parent| moved[parent]);
        moved[at] = Some(count);
        count += 1;
        Some(one)
    });
    // In the same memory: a second list of all would be the most that a large site ever takes.
    let kept = kept.collect();
    Sifted { kept, held, early }
}

/// The seconds for which the graph is the same as at `now`: no page becomes due, expires, loses its
/// pin or ceases to be new between them.
pub(super) fn window(resolved: &[Resolved], config: &Config, now: &Moment) -> Range<i64> {
    let (mut from, mut to) = (i64::MIN, i64::MAX);
    let moments = resolved.iter().flat_map(|one| {
        let pin = one.seed.front.pinned_until;
        [*one.publish, *one.expires, one.meta.date, pin]
    });
    let dates = resolved.iter().filter_map(|one| one.meta.date);
    let grown_old = dates.map(|date| date.unix_days_later(config.new_for));
    let turns = moments.flatten().flat_map(|moment| moment.turns());
    for turn in turns.chain(grown_old) {
        match turn <= now.unix() {
            true => from = from.max(turn),
            false => to = to.min(turn),
        }
    }
    from..to
}

/// Why a node of its own would not be published.
fn own_reasons(one: &Resolved, now: &Moment) -> [Option<Held>; 3] {
    let is_home = one.seed.is_section && one.seed.parent.is_none();
    if is_home {
        return [None; 3];
    }
    let starts = [*one.publish, one.meta.date.filter(|_| !one.seed.is_section)];
    let is_future = starts.iter().flatten().any(|start| !start.has_come(now));
    let has_expired = one.expires.is_some_and(|end| end.is_over(now));
    [
        one.meta.draft.then_some(Held::Draft),
        is_future.then_some(Held::Future),
        has_expired.then_some(Held::Expired),
    ]
}

fn needed(resolved: &[Resolved], reasons: &[Option<Held>]) -> Vec<bool> {
    let mut needed: Vec<bool> = resolved
        .iter()
        .map(|one| one.seed.file.is_some() || one.seed.parent.is_none())
        .collect();
    for at in (0..resolved.len()).rev() {
        if needed[at]
            && reasons[at].is_none()
            && let Some(parent) = resolved[at].seed.parent()
        {
            needed[parent] = true;
        }
    }
    needed
}
