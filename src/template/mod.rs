//! What is written in a template: its tags, what stands within what, and which names are read.
//!
//! Tera reads templates for itself and keeps to itself what it read. This reads them as tera does, or
//! not at all: whoever asks must know what to do about a template that is not understood.

mod calls;
mod reads;
mod tags;
mod tree;

pub use calls::{KnownCall, Literal, known_calls};
pub use reads::{Call, Expression, Read};
pub use tags::{Piece, pieces};
pub use tree::{Component, Kind, Loop, Node, Other, nodes, nodes_of};
