//! The end: Ctrl-C and the system's request to stop.

use std::sync::mpsc::Sender;

use tokio::sync::oneshot;

use super::builder::Ended;
use super::burst::Order;
use super::error::PreviewError;

/// The outcome of the thread of the builds, once it has ended.
pub(super) type Done = oneshot::Receiver<Result<Ended, PreviewError>>;

/// Listens for the wish to stop from when it is made.
pub(super) struct Stop {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    #[cfg(unix)]
    pub(super) fn listen() -> Result<Self, PreviewError> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).map_err(PreviewError::Start)?,
            terminate: signal(SignalKind::terminate()).map_err(PreviewError::Start)?,
        })
    }

    #[cfg(not(unix))]
    pub(super) fn listen() -> Result<Self, PreviewError> {
        Ok(Self {})
    }

    /// Waits for the builds to end. The first wish to stop lets the running build end, so that
    /// it leaves nothing half done; the second one does not wait for it.
    pub(super) async fn before(
        &mut self,
        mut done: Done,
        orders: &Sender<Order>,
    ) -> Result<Ended, PreviewError> {
        for _ in 0..2 {
            if let Some(ended) = self.asked_before(&mut done).await {
                return ended;
            }
            // Nobody takes the order if the builds have ended just now.
            let _ = orders.send(Order::Stop);
        }
        Ok(Ended::Stopped)
    }

    /// `None` if the wish to stop came first.
    async fn asked_before(&mut self, done: &mut Done) -> Option<Result<Ended, PreviewError>> {
        tokio::select! {
            ended = done => Some(ended.unwrap_or(Err(PreviewError::Builder))),
            () = self.asked() => None,
        }
    }

    #[cfg(unix)]
    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn asked(&mut self) {
        // Where there is no such key, nobody will ask.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
