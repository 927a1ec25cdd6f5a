//! One file → what the site must know of it. Pure: text in, values and problems out.
//!
//! Parsing has two halves. [`document`] runs for every file and keeps a summary;
//! [`markdown::to_html`] runs when a page asks for its body, and nothing of it is kept.

mod document;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod mend;
pub mod text;

pub use document::{Document, document, document_and_html};
