//! From single changes to bursts: what happens in one moment leads to one build.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::message::Message;
use crate::path::SourcePath;

/// What the thread of the builds is told.
#[derive(Debug)]
pub(super) enum Order {
    /// A source may have changed.
    Changed(SourcePath),
    /// Sources may have changed, and nobody knows which.
    Unsure,
    /// The system has ceased to tell of changes, for this reason.
    Blind(Message),
    /// The output folder is gone.
    Restore,
    /// The process is to end.
    Stop,
}

/// The changes of one moment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Burst {
    /// The files and folders.
    pub(super) edited: BTreeSet<SourcePath>,
    /// Why the system has ceased to tell of changes.
    pub(super) blind: Option<Message>,
}

/// A burst has ended when nothing has happened for so long. Editors that write, rename and
/// delete to save one file do so within a few milliseconds.
const QUIET: Duration = Duration::from_millis(15);

/// A burst that does not end is built all the same.
const PATIENCE: Duration = Duration::from_millis(100);

/// Waits for the next burst; `None` when the process is to end.
pub(super) fn next(orders: &Receiver<Order>) -> Option<Burst> {
    let mut burst = Burst::default();
    let mut order = orders.recv().ok()?;
    let started = Instant::now();
    loop {
        burst.take(order)?;
        let left = PATIENCE.saturating_sub(started.elapsed());
        if left.is_zero() {
            break;
        }
        order = match orders.recv_timeout(QUIET.min(left)) {
            Ok(order) => order,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        };
    }
    Some(burst)
}

impl Burst {
    /// Adds what happened later.
    pub(super) fn merge(&mut self, later: Self) {
        self.edited.extend(later.edited);
        self.blind = later.blind.or(self.blind.take());
    }

    fn take(&mut self, order: Order) -> Option<()> {
        match order {
            Order::Changed(path) => {
                self.edited.insert(path);
            }
            Order::Blind(cause) => self.blind = Some(cause),
            Order::Unsure | Order::Restore => {}
            Order::Stop => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn changed(path: &str) -> Order {
        Order::Changed(SourcePath::new(path))
    }

    #[test]
    fn what_has_gathered_is_one_burst() {
        let (sender, orders) = mpsc::channel();
        for path in ["content/b.md", "content/a.md", "content/b.md"] {
            sender.send(changed(path)).expect("sent");
        }
        let burst = next(&orders).expect("a burst");
        let edited: Vec<&str> = burst.edited.iter().map(SourcePath::as_str).collect();
        assert_eq!(
            (edited, burst.blind),
            (vec!["content/a.md", "content/b.md"], None)
        );
    }

    #[test]
    fn a_flood_is_cut_into_bursts() {
        let (sender, orders) = mpsc::channel();
        let flood = std::thread::spawn(move || {
            // Ends when the receiver goes.
            while sender.send(changed("content/a.md")).is_ok() {}
        });
        assert_eq!(next(&orders).expect("a burst").edited.len(), 1);
        drop(orders);
        flood.join().expect("it has ended");
    }

    #[test]
    fn the_wish_to_stop_ends_any_burst() {
        let (sender, orders) = mpsc::channel();
        sender.send(changed("content/a.md")).expect("sent");
        sender.send(Order::Stop).expect("sent");
        assert_eq!(next(&orders), None);
    }
}
