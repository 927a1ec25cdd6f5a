//! From single changes to bursts: what happens in one moment leads to one build.

use std::collections::BTreeSet;
use std::path::Path;
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
    /// Whether there is more to it than what was edited.
    is_unsure: bool,
}

/// A burst has ended when nothing has happened for so long. Editors that write, rename and
/// delete to save one file do so within a few milliseconds.
const QUIET: Duration = Duration::from_millis(15);

/// A burst that does not end is built all the same.
const PATIENCE: Duration = Duration::from_millis(100);

/// One write is told of in several pieces, and between two of them hardly any time goes by.
const BREATH: Duration = Duration::from_millis(2);

/// The order that waits already, if one does.
pub(super) fn waiting(orders: &Receiver<Order>) -> Option<Order> {
    orders.try_recv().ok()
}

/// Waits for the next burst, which begins with `first` if that is there; `None` when the process is
/// to end. Whenever it may be whole, `look` is called: what it sees is of the burst that is returned
/// in the end, if it was called last for that.
pub(super) fn next(
    first: Option<Order>,
    orders: &Receiver<Order>,
    mut look: impl FnMut(&Burst),
) -> Option<Burst> {
    let mut burst = Burst::default();
    burst.take(first.or_else(|| orders.recv().ok())?)?;
    let started = Instant::now();
    let left = |time: Duration| time.min(PATIENCE.saturating_sub(started.elapsed()));
    loop {
        let last = Instant::now();
        while !left(PATIENCE).is_zero()
            && let Ok(order) = orders.recv_timeout(left(BREATH))
        {
            burst.take(order)?;
        }
        look(&burst);
        // What has come since is not to be taken for seen.
        if left(PATIENCE).is_zero() {
            break;
        }
        match orders.recv_timeout(left(QUIET.saturating_sub(last.elapsed()))) {
            Ok(order) => burst.take(order)?,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(burst)
}

impl Burst {
    /// Adds what happened later.
    pub(super) fn merge(&mut self, later: Self) {
        self.edited.extend(later.edited);
        self.blind = later.blind.or(self.blind.take());
        self.is_unsure |= later.is_unsure;
    }

    /// Whether it is no more than the edit of files that are there. Of a folder that has come to be,
    /// it takes a moment until what happens in it is told of.
    #[expect(clippy::disallowed_methods, reason = "the preview's edge")]
    pub(super) fn is_of_files(&self, root: &Path) -> bool {
        let mut places = self.edited.iter().map(|place| root.join(place.as_str()));
        !self.is_unsure && self.blind.is_none() && places.all(|place| place.is_file())
    }

    fn take(&mut self, order: Order) -> Option<()> {
        match order {
            Order::Changed(path) => {
                self.edited.insert(path);
            }
            Order::Blind(cause) => self.blind = Some(cause),
            Order::Unsure | Order::Restore => self.is_unsure = true,
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
        let burst = next(None, &orders, |_| ()).expect("a burst");
        let edited: Vec<&str> = burst.edited.iter().map(SourcePath::as_str).collect();
        assert_eq!(
            (edited, burst.blind),
            (vec!["content/a.md", "content/b.md"], None)
        );
    }

    #[test]
    fn what_comes_during_a_look_is_looked_at_in_turn() {
        let (sender, orders) = mpsc::channel();
        let mut seen = Vec::new();
        let burst = next(Some(changed("content/a.md")), &orders, |burst| {
            if seen.is_empty() {
                sender.send(changed("content/b.md")).expect("sent");
            }
            seen.push(burst.edited.len());
        });
        assert_eq!(burst.expect("a burst").edited.len(), 2);
        assert_eq!(seen, [1, 2]);
    }

    #[test]
    fn what_comes_during_a_long_look_is_of_the_next_burst() {
        let (sender, orders) = mpsc::channel();
        let look = |_: &Burst| {
            let began = Instant::now();
            while began.elapsed() < PATIENCE {
                std::hint::spin_loop();
            }
            sender.send(changed("content/b.md")).expect("sent");
        };
        let burst = next(Some(changed("content/a.md")), &orders, look).expect("a burst");
        let edited: Vec<&str> = burst.edited.iter().map(SourcePath::as_str).collect();
        assert_eq!(edited, ["content/a.md"]);
        let rest = waiting(&orders);
        assert!(matches!(rest, Some(Order::Changed(path)) if path.as_str() == "content/b.md"));
    }

    #[test]
    fn only_the_edit_of_files_that_are_there_is_no_more_than_that() {
        let root = tempfile::tempdir().expect("a temporary folder");
        #[expect(clippy::disallowed_methods, reason = "a file to be edited")]
        std::fs::write(root.path().join("a.md"), "").expect("written");
        let is_of_files = |orders: Vec<Order>| {
            let mut burst = Burst::default();
            for order in orders {
                burst.take(order).expect("no wish to stop");
            }
            burst.is_of_files(root.path())
        };
        assert!(is_of_files(vec![changed("a.md")]));
        assert!(!is_of_files(vec![changed("a.md"), changed("b.md")]));
        assert!(!is_of_files(vec![changed("")]));
        assert!(!is_of_files(vec![changed("a.md"), Order::Unsure]));
        assert!(!is_of_files(vec![changed("a.md"), Order::Restore]));
    }

    #[test]
    fn a_flood_is_cut_into_bursts() {
        let (sender, orders) = mpsc::channel();
        let flood = std::thread::spawn(move || {
            // Ends when the receiver goes.
            while sender.send(changed("content/a.md")).is_ok() {}
        });
        assert_eq!(
            next(None, &orders, |_| ()).expect("a burst").edited.len(),
            1
        );
        drop(orders);
        flood.join().expect("it has ended");
    }

    #[test]
    fn the_wish_to_stop_ends_any_burst() {
        let (sender, orders) = mpsc::channel();
        sender.send(changed("content/a.md")).expect("sent");
        sender.send(Order::Stop).expect("sent");
        assert_eq!(next(None, &orders, |_| ()), None);
    }
}
