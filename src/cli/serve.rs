//! `courant serve`.

use std::sync::Arc;

use crate::preview::{self, Place, Subject};
use crate::publish;

use super::args::{Serve, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::request::Job;
use super::site::Site;
use super::surroundings::Surroundings;
use super::watching::{self, Terminal};

pub(super) fn run(
    args: Serve,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let Serve {
        host,
        port,
        open,
        navigate,
        output_dir,
        watch,
        publication,
    } = args;
    let site = Site::find(shared, around)?;
    let own_folder = site.root.join(publish::STORE).join(publish::PREVIEW);
    let mut job = Job::resolve(publication, output_dir.as_deref(), site, around);
    job.request.output_dir.get_or_insert(own_folder);
    job.request.with_entries = true;
    let bound = preview::bind(&Place { host, port }).map_err(watching::failure)?;
    let subject = Subject {
        request: job.request.clone(),
        watching: watch.watching(),
        navigate,
        tongue: messages.tongue,
    };
    let mut audience = Terminal::new(job, around, messages);
    audience.opens_browser = open;
    watching::ended(preview::serve(subject, bound, Arc::new(audience)))
}
