//! What is not published at the instant of this build, and why.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::config::Options;
use crate::date::Moment;
use crate::parse::front_matter::Pinned;
use crate::path::SourcePath;

use super::meta::Resolved;

/// Why a file of content is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The words of messages: "… is a draft".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Future => "not due yet",
            Self::Expired => "expired",
            Self::PageHeld => "beside a page that is not published",
        }
    }
}

/// Separates what is published; parents of what is kept are adjusted. A section without a file
/// goes with the last of its articles.
pub(super) fn sift(
    resolved: Vec<Resolved>,
    options: &Options,
    now: &Moment,
) -> (Vec<Resolved>, BTreeMap<SourcePath, Held>) {
    let mut reasons: Vec<Option<Held>> = Vec::with_capacity(resolved.len());
    for one in &resolved {
        let above = one.seed.parent.and_then(|parent| reasons[parent]);
        reasons.push(above.or_else(|| reason(one, options, now)));
    }
    let is_needed = needed(&resolved, &reasons);
    let mut held = BTreeMap::new();
    let mut moved = vec![None; resolved.len()];
    let mut kept: Vec<Resolved> = Vec::with_capacity(resolved.len());
    for (at, mut one) in resolved.into_iter().enumerate() {
        if let Some(reason) = reasons[at] {
            if one.seed.file.is_some() {
                held.insert(one.seed.source, reason);
            }
        } else if is_needed[at] {
            one.seed.parent = one.seed.parent.and_then(|parent| moved[parent]);
            moved[at] = Some(kept.len());
            kept.push(one);
        }
    }
    (kept, held)
}

/// The seconds for which the graph is the same as at `now`: no page becomes due, expires or loses
/// its pin between them.
pub(super) fn window(resolved: &[Resolved], now: &Moment) -> Range<i64> {
    let (mut from, mut to) = (i64::MIN, i64::MAX);
    let moments = resolved.iter().flat_map(|one| {
        let pin = match one.seed.front.pinned {
            Some(Pinned::Until(end)) => Some(end),
            _ => None,
        };
        [one.publish, one.expires, one.meta.date, pin]
    });
    for turn in moments.flatten().flat_map(|moment| moment.turns()) {
        match turn <= now.unix() {
            true => from = from.max(turn),
            false => to = to.min(turn),
        }
    }
    from..to
}

fn reason(one: &Resolved, options: &Options, now: &Moment) -> Option<Held> {
    let is_home = one.seed.is_section && one.seed.parent.is_none();
    if is_home {
        return None;
    }
    let starts = [one.publish, one.meta.date.filter(|_| !one.seed.is_section)];
    if one.meta.draft && !options.drafts {
        Some(Held::Draft)
    } else if starts.iter().flatten().any(|start| !start.has_come(now)) && !options.future {
        Some(Held::Future)
    } else if one.expires.is_some_and(|end| end.is_over(now)) && !options.expired {
        Some(Held::Expired)
    } else {
        None
    }
}

fn needed(resolved: &[Resolved], reasons: &[Option<Held>]) -> Vec<bool> {
    let mut needed: Vec<bool> = resolved
        .iter()
        .map(|one| one.seed.file.is_some() || one.seed.parent.is_none())
        .collect();
    for at in (0..resolved.len()).rev() {
        if needed[at]
            && reasons[at].is_none()
            && let Some(parent) = resolved[at].seed.parent
        {
            needed[parent] = true;
        }
    }
    needed
}
