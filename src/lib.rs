//! Courant turns a folder of Markdown articles into a static site.
//!
//! A site is a function of its files, and the program is that function, cut where its own
//! structure cuts it. Data flows one way:
//!
//! ```text
//! disk ─read→ Snapshot ─parse→ Documents ─site→ SiteGraph ─routes→ Routes ─render→ bytes ─publish→ disk
//!              (edge)   (map, pure)      (reduce, pure)    (pure)   (map, through Reader)   (edge)
//!                                                                     ↑        ↓
//!                                                           World (answers)   Trace (what was asked)
//! ```
//!
//! # Code map
//!
//! From the ground up; a module knows only those above it in this list, and `tests/layers.rs`
//! holds that.
//!
//! | module | its one responsibility |
//! |---|---|
//! | [`byte_set`], [`path`], [`digest`], [`stat`], [`packed`], [`sparse`], [`slug`], [`collation`] | sets of bytes, places, content hashes, what tells that a file is as it was, items in little room, values that few have, names as parts of addresses, the order of words; in tests, `chance` |
//! | [`message`] | what is said to people: one table, in English and Chinese; words are made where they are shown |
//! | [`diagnostic`], [`data`], [`date`], [`config`] | problems with their places, data as people write it, points in time, settings |
//! | [`parse`] | one file → its summary; later, its body → HTML |
//! | [`read`] | the read edge: which files there are, and their bytes |
//! | [`site`] | all summaries → pages, sections, order, terms, addresses, links |
//! | [`strings`] | the theme's words by language |
//! | [`template`] | what is written in a template |
//! | [`trace`], [`world`] | what a render may ask, and the answers |
//! | [`store`] | what one build leaves for the next: the graph, summaries, outputs, traces; whether they still stand, and why not |
//! | [`theme`] | where templates, words and static files are looked up |
//! | [`render`] | the only place that knows tera: engine, functions, filters, shapes |
//! | [`outputs`] | which formats a site has, one file each |
//! | [`publish`] | the write edge: staging, swap, manifest |
//! | [`build`](mod@build) | names every stage in order, and nothing else knows the order |
//! | [`preview`] | builds again when sources change, and shows the last good build |
//! | [`cli`] | what a person types and reads; the only reader of the clock, the environment and the terminal |
//!
//! # What is not there
//!
//! No stage below `build` knows the order of the stages. Nothing between `read` and `publish`
//! touches the disk. Parsing and rendering never fail as a whole: content problems are values,
//! collected from all files. No template reaches an input except through a
//! [`Reader`](world::Reader). No rule says which kind of file affects which kind of page: an output
//! depends on what it asked, and is taken over from an earlier build if all answers still stand.

#![deny(missing_docs)]

pub mod build;
pub mod byte_set;
#[cfg(test)]
mod chance;
pub mod cli;
pub mod collation;
pub mod config;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod digest;
pub mod message;
pub mod outputs;
pub mod packed;
pub mod parse;
pub mod path;
pub mod preview;
pub mod publish;
pub mod read;
pub mod render;
pub mod site;
pub mod slug;
pub mod sparse;
pub mod stat;
pub mod store;
pub mod strings;
pub mod template;
pub mod theme;
pub mod trace;
pub mod world;
