//! What the functions and filters of one render can reach.
//!
//! Tera keeps functions for as long as the engine lives and gives them nothing of the render but
//! its variables. Every render therefore leaves its scope in a thread-local cell for exactly as
//! long as tera runs, and functions pick it up there. It works because one render stays on one
//! thread: functions must never hand work to other threads.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use tera::Tera;

use crate::config::Lang;
use crate::site::NodeId;
use crate::world::Reader;

use super::shapes::Shapes;

/// One render's surroundings.
pub(crate) struct Scope {
    /// The way to every input.
    pub reader: Reader,
    /// Values that templates share.
    pub shapes: Arc<Shapes>,
    /// The templates.
    pub tera: Arc<Tera>,
    /// The language of the output.
    pub lang: Lang,
    /// The page or section that is being rendered, if it is one.
    pub node: Option<NodeId>,
}

/// How much of a scope a function or filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sees {
    /// The site, as it is in the language of the output.
    Site,
    /// Also the page; or it makes outputs besides the page's own, which are noted of pages alone.
    Page,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Scope>>> = const { RefCell::new(None) };
}

struct Restore(Option<Rc<Scope>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Runs something with a scope in place; the one before it comes back afterwards.
pub(super) fn enter<T>(scope: Scope, run: impl FnOnce() -> T) -> T {
    let _restore = Restore(CURRENT.replace(Some(Rc::new(scope))));
    run()
}

/// The scope of the render that runs on this thread.
pub(super) fn current() -> Rc<Scope> {
    CURRENT
        .with_borrow(Clone::clone)
        .expect("functions run only while a template is rendered")
}
