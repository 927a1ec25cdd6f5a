//! Notices changes of the sources and orders builds.

mod native;
mod polling;

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::SystemTime;

use crate::message::Message;

use super::burst::{Burst, Order};
use super::sources::Sources;
use super::{Audience, News, Watching};
use crate::read::Link;
use native::Native;
use polling::Polling;

/// Watches until it is dropped.
pub(super) struct Watcher {
    sources: Sources,
    orders: Sender<Order>,
    eye: Eye,
}

enum Eye {
    Native(Native),
    Polling(#[expect(dead_code, reason = "it ends when it is dropped")] Polling),
}

impl Watcher {
    /// Begins to watch. Where the system cannot tell of changes, they are looked for.
    pub(super) fn start(
        sources: Sources,
        watching: Watching,
        orders: Sender<Order>,
        audience: &dyn Audience,
    ) -> Self {
        let native = match watching {
            Watching::Native => Native::start(&sources, &orders).map(Some),
            Watching::Polling => Ok(None),
        };
        let eye = match native {
            Ok(Some(native)) => Eye::Native(native),
            Ok(None) => Eye::Polling(Polling::start(&sources, &orders)),
            Err(cause) => {
                audience.hear(&News::Polling(&cause));
                Eye::Polling(Polling::start(&sources, &orders))
            }
        };
        Self {
            sources,
            orders,
            eye,
        }
    }

    /// Follows the site's folders as they come and go. To be called before the build of a burst,
    /// so that what is written into a new folder is seen by the build or afterwards.
    pub(super) fn follow(&mut self, burst: &Burst, audience: &dyn Audience) {
        let Eye::Native(native) = &mut self.eye else {
            return;
        };
        let folders = burst
            .edited
            .iter()
            .filter_map(|place| self.sources.folder(place));
        let folders: Vec<PathBuf> = folders.collect();
        let blind = match &burst.blind {
            Some(cause) => Err(cause.clone()),
            None => folders.iter().try_for_each(|folder| native.renew(folder)),
        };
        if let Err(cause) = blind {
            self.look_instead(&cause, audience);
        }
    }

    /// Watches what links lead to. They are those of a build that began at an instant; what has
    /// changed since where nobody watched is told of.
    pub(super) fn follow_links(
        &mut self,
        links: &[Link],
        since: SystemTime,
        audience: &dyn Audience,
    ) {
        let links = self.sources.follow_links(links);
        let Eye::Native(native) = &mut self.eye else {
            return;
        };
        match native.follow_links(&links) {
            Ok(new) => {
                for link in new.into_iter().filter(|link| is_newer(link, since)) {
                    // The builds may have ended just now.
                    let _ = self.orders.send(Order::Changed(link.source.clone()));
                }
            }
            Err(cause) => self.look_instead(&cause, audience),
        }
    }

    fn look_instead(&mut self, cause: &Message, audience: &dyn Audience) {
        audience.hear(&News::Polling(cause));
        self.eye = Eye::Polling(Polling::start(&self.sources, &self.orders));
    }
}

/// Whether what a link leads to was changed since an instant.
#[expect(clippy::disallowed_methods, reason = "the preview's edge")]
fn is_newer(link: &Link, since: SystemTime) -> bool {
    let data = std::fs::metadata(&link.target);
    data.and_then(|data| data.modified())
        .is_ok_and(|modified| modified >= since)
}
