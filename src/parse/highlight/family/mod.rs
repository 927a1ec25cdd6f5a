//! Languages with words, numbers, strings, comments and brackets: one scanner, one [`Spec`] each.

mod jsx;
mod scan;
mod spec;
mod strings;
mod words;

pub(super) use scan::{Before, Scanner, scan};
pub(super) use spec::{
    Comment, DOUBLE, Escape, Hole, NESTED_SLASHES, PLAIN, Quote, SINGLE, SLASHES, Spec,
};
pub(super) use words::{Group, Role, Words};
