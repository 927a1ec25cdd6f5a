//! What builds are asked for, and when.

use crate::keys;
use crate::site::Site;

fn at(site: &mut Site, now: &'static str) -> Option<()> {
    (site.options.now != now).then(|| site.options.now = now)
}

/// Nothing becomes due; only what shows the time changes.
pub fn a_second_later(site: &mut Site, _: usize) -> Option<()> {
    at(site, "2026-01-10T08:00:01Z")
}

/// Something has expired, something is due, a pin has ended.
pub fn weeks_later(site: &mut Site, _: usize) -> Option<()> {
    at(site, "2026-02-05T00:00:00Z")
}

pub fn months_later(site: &mut Site, _: usize) -> Option<()> {
    at(site, "2026-06-01T12:00:00Z")
}

/// Articles are dated in the future again.
pub fn earlier(site: &mut Site, _: usize) -> Option<()> {
    at(site, "2024-12-31T23:59:59Z")
}

pub fn drafts(site: &mut Site, _: usize) -> Option<()> {
    site.options.drafts = !site.options.drafts;
    Some(())
}

pub fn future(site: &mut Site, _: usize) -> Option<()> {
    site.options.future = !site.options.future;
    Some(())
}

pub fn expired(site: &mut Site, _: usize) -> Option<()> {
    site.options.expired = !site.options.expired;
    Some(())
}

pub fn base_url(site: &mut Site, _: usize) -> Option<()> {
    site.options.base_url = match site.options.base_url {
        Some(_) => None,
        None => Some("https://preview.example.org/branch"),
    };
    Some(())
}

/// A second configuration takes the place of the first.
pub fn config(site: &mut Site, _: usize) -> Option<()> {
    const FILE: &str = "second.yaml";
    site.options.config = match site.options.config {
        Some(_) => None,
        None => {
            let first = site.text("site.yaml")?;
            site.put(FILE, keys::with(&first, "title", "The second")?);
            Some(FILE)
        }
    };
    Some(())
}

/// Refused, where there are warnings.
pub fn strict(site: &mut Site, _: usize) -> Option<()> {
    site.options.strict = !site.options.strict;
    Some(())
}
