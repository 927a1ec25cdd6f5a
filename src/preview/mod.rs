//! The preview: builds a site again whenever its sources change, and shows the last good build.
//!
//! ```text
//! watcher ─orders→ burst ─→ builder ─build→ output folder ─→ server → browser
//!                              └────────── Live: what is shown ─┘
//! ```
//!
//! Builds run one after the other in a thread of their own, each the same as anywhere else. The
//! server shows what they published. `Live` stands between the two: no request is
//! answered while a build changes the output folder, so every answer is of one whole build.

mod address;
mod builder;
mod burst;
mod error;
mod live;
mod server;
mod sources;
mod stop;
mod watcher;

use std::sync::Arc;
use std::sync::mpsc;

pub use address::{Bound, DEFAULT_PORT, Place, bind};
pub use builder::{Built, Ended};
pub use error::PreviewError;

use crate::build::{Progress, Request};
use crate::message::{Message, Tongue};
use builder::Builder;
use live::Live;
use sources::Sources;
use stop::Stop;
use watcher::Watcher;

/// How changes of the sources are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// The system tells of them.
    Native,
    /// The sources are looked at several times a second.
    Polling,
}

/// What is built again and again.
pub struct Subject {
    /// The build.
    pub request: Request,
    /// How changes are noticed; `None`: the site is built once.
    pub watching: Option<Watching>,
    /// Whether an open page is taken to what was edited.
    pub navigate: bool,
    /// The language of what is laid over the pages.
    pub tongue: Tongue,
}

/// Whoever is told what happens, from several threads.
pub trait Audience: Send + Sync {
    /// Where a build says how far it is.
    fn progress(&self) -> Box<dyn Progress + '_>;
    /// The instant that the next build takes for now.
    fn now(&self) -> i64;
    /// A build has ended.
    fn built(&self, built: &Built<'_>);
    /// Something else happened.
    fn hear(&self, news: &News<'_>);
}

/// What happens around the builds.
#[derive(Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// The first build is done, and changes are awaited.
    Watching,
    /// The first build is done, and the site is shown at this address.
    Serving(&'a str),
    /// The system does not tell of changes, for this reason; they are looked for instead.
    Polling(&'a Message),
}

/// Builds a site, and builds it again when its sources change, until the process is told to stop.
///
/// # Errors
/// When the environment fails before the first build is done.
pub fn watch(subject: Subject, audience: Arc<dyn Audience>) -> Result<Ended, PreviewError> {
    let runtime = runtime()?;
    runtime.block_on(async {
        let mut stop = Stop::listen()?;
        let (orders, inbox) = mpsc::channel();
        let watcher = watcher(&subject, &orders, &audience);
        let builder = Builder::new(subject, inbox, watcher, audience, None);
        let done = builder.start()?;
        stop.before(done, &orders).await
    })
}

/// Builds a site and shows it, until the process is told to stop; with `watching`, builds it
/// again when its sources change.
///
/// # Errors
/// When the environment fails before the first build is done.
pub fn serve(
    mut subject: Subject,
    bound: Bound,
    audience: Arc<dyn Audience>,
) -> Result<Ended, PreviewError> {
    let runtime = runtime()?;
    runtime.block_on(async {
        let mut stop = Stop::listen()?;
        let hosts = bound.hosts(subject.request.options.base_url.as_deref());
        if subject.request.options.base_url.is_none() {
            subject.request.options.origin = Some(bound.origin());
        }
        let (orders, inbox) = mpsc::channel();
        let live = Arc::new(Live::new(&subject, bound.origin(), orders.clone()));
        let watcher = watcher(&subject, &orders, &audience);
        let listener = bound.into_listener()?;
        tokio::spawn(server::run(listener, hosts, Arc::clone(&live)));
        let builder = Builder::new(subject, inbox, watcher, audience, Some(live));
        let done = builder.start()?;
        stop.before(done, &orders).await
    })
}

/// One thread for the network, and a few that read files.
fn runtime() -> Result<tokio::runtime::Runtime, PreviewError> {
    const READERS: usize = 4;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(READERS)
        .build()
        .map_err(PreviewError::Start)
}

/// Sources are watched from before the first build, so that no change is missed.
fn watcher(
    subject: &Subject,
    orders: &mpsc::Sender<burst::Order>,
    audience: &Arc<dyn Audience>,
) -> Option<Watcher> {
    let sources = Sources::of(&subject.request);
    let watching = subject.watching?;
    Some(Watcher::start(
        sources,
        watching,
        orders.clone(),
        audience.as_ref(),
    ))
}
