//! Warm builds are right: whatever happened since the last build, the next one publishes what a
//! build from nothing would publish, and says the same.
//!
//! - `sites/` holds small sites that use every feature between them ([`features`]); [`edits`] is
//!   the catalogue of what may happen to a site between two builds.
//! - Every edit alone ([`singles`]), every two of them in either order ([`pairs`]), and seeded
//!   random scripts of thirty ([`scripts`]): after each edit a fresh process builds warm, and is
//!   held against a clean build of the same state ([`warm`], [`clean`], [`faults`]).
//! - `scripts/SITE.txt` keeps scripts, one a line; they are played first. `economy/SITE.txt` names
//!   the outputs that each edit alone renders; `COURANT_BLESS=1` rewrites it.
//!
//! `COURANT_WARM_SCRIPTS` is the number of random scripts for each site. The edits that are paired
//! are one or two of each kind; `COURANT_WARM_PAIRS=all` pairs the whole catalogue: fourteen times
//! as many, for which the release profile is the one to choose.

#![cfg(unix)] // what is compared goes down to the times of files
#![expect(
    clippy::disallowed_methods,
    reason = "a test edits its sites on the disk"
)]

mod clean;
mod economy;
mod edits;
mod faults;
mod features;
mod folder;
mod keys;
mod pairs;
mod random;
mod run;
mod scripts;
mod shrink;
mod singles;
mod site;
mod steps;
#[path = "../tree/mod.rs"]
mod tree;
mod warm;

macro_rules! sites {
    ($($name:ident)*) => {
        const SITES: &[&str] = &[$(stringify!($name)),*];
        $(mod $name {
            const NAME: &str = stringify!($name);
            #[test] fn single_edits() { crate::singles::hold(NAME); }
            #[test] fn pairs_of_edits() { crate::pairs::hold(NAME); }
            #[test] fn scripts_of_edits() { crate::scripts::hold(NAME); }
        })*
    };
}

sites! {
    bare
    bulletin
    islands
    workshop
}
