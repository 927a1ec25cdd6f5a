//! One task → bytes: the only place that knows tera. The engine, the functions and filters of
//! templates, and the shapes in which they see the site.

mod arguments;
mod base64;
mod engine;
mod filters;
mod fragments;
mod functions;
mod names;
mod overrides;
mod problems;
mod scope;
pub(crate) mod shapes;

pub use engine::{Engine, Rendering};
pub use filters::{FILTERS, FilterRow};
pub(crate) use fragments::common_variables;
pub use functions::{FUNCTIONS, FunctionRow};
pub use tera::{Context, Value};
