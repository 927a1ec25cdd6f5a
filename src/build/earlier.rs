//! What the build before this one left, and whether it still holds.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::date::Moment;
use crate::digest::Digest;
use crate::message::Message;
use crate::path::{SourcePath, UrlPath};
use crate::publish::{PublishError, Publisher, Saving, Untouched};
use crate::read::Snapshot;
use crate::site::Held;
use crate::stat::Stat;
use crate::store::{Before, Documents, Output, Place, Store, Traces};

use super::gather::{self, Inputs};
use super::ready::Ready;
use super::report::{Entry, Report};
use super::{BuildError, Request};

/// An earlier build.
pub(super) struct Earlier<'b> {
    pub(super) store: &'b Store,
    pub(super) untouched: Option<&'b Arc<Untouched>>,
    documents: OnceLock<Option<Arc<Documents>>>,
    traces: OnceLock<Vec<Traces<'b>>>,
}

impl<'b> Earlier<'b> {
    /// Tells the snapshot what its files hold, where their stats prove it.
    pub(super) fn new(ready: &'b Ready, snapshot: &Snapshot) -> Self {
        snapshot.recall(ready.store.proofs());
        Self {
            store: &ready.store,
            untouched: ready.untouched.as_ref(),
            documents: OnceLock::new(),
            traces: OnceLock::new(),
        }
    }

    /// Summaries, as files were read then.
    pub(super) fn documents(&self) -> Option<&Arc<Documents>> {
        self.documents
            .get_or_init(|| self.store.documents().map(Arc::new))
            .as_ref()
    }

    /// Summaries, if files are still read by the same settings.
    pub(super) fn documents_by(&self, config: &Config) -> Option<&Arc<Documents>> {
        let is_same = self.store.site.config == gather::digest_of(config);
        self.documents().filter(|_| is_same)
    }

    /// The traces, by segments.
    pub(super) fn traces(&self) -> &[Traces<'b>] {
        self.traces
            .get_or_init(|| self.store.traces().unwrap_or_default())
    }

    /// What the next store may take over.
    pub(super) fn before(&self) -> Before<'_> {
        Before {
            store: Some(self.store),
            traces: self.traces(),
        }
    }

    /// The trace of an output.
    pub(super) fn output(&self, place: Place) -> Option<&Output<'b>> {
        let traces = self.traces().get(place.segment as usize)?;
        traces.output(place.at)
    }

    /// The files that hold something else than in the earlier build. `None` if it was made of other
    /// files, by other options or settings, or at a time when something else was published.
    pub(super) fn changes(&self, inputs: &Inputs, request: &Request) -> Option<Vec<SourcePath>> {
        let site = &self.store.site;
        let is_alike = site.settings == inputs.settings
            && site.window.contains(&inputs.now.unix())
            && (site.problems.is_empty() || !request.strict);
        match is_alike {
            true => self.changes_in(&inputs.snapshot),
            false => None,
        }
    }

    /// Whether outputs that show the time show this instant.
    pub(super) fn shows(&self, now: Moment) -> bool {
        let shown = self.store.site.shown_now;
        shown.is_none_or(|shown| shown == now.unix())
    }

    /// Both have their files in the order of paths.
    fn changes_in(&self, snapshot: &Snapshot) -> Option<Vec<SourcePath>> {
        let held: Vec<(&SourcePath, Option<Digest>)> = self.store.held().collect();
        let files = snapshot.files().map(|file| file.path);
        let is_alike = files.eq(held.iter().map(|(path, _)| *path))
            && gather::skipped(snapshot).eq(self.skipped());
        let is_changed = |(path, held): &(&SourcePath, Option<Digest>)| {
            held.is_some_and(|held| snapshot.digest(path) != Some(held))
        };
        is_alike.then(|| {
            let changed = held.into_par_iter().filter(is_changed);
            changed.map(|(path, _)| path.clone()).collect()
        })
    }

    fn skipped(&self) -> impl Iterator<Item = (SourcePath, Message)> {
        self.store.site.skipped.iter().cloned()
    }

    /// Publishes the same once more, if all of it stands in the output folder; gives the
    /// publisher back if not.
    pub(super) fn publish_again(
        &self,
        publisher: Publisher,
        inputs: &Inputs,
        request: &Request,
    ) -> Result<Result<Report, Publisher>, BuildError> {
        let outputs = self.store.outputs();
        let standing: Vec<Option<Stat>> = outputs
            .par_iter()
            .map(|known| publisher.stands(&known.path, &known.left))
            .collect::<Result<_, PublishError>>()?;
        if standing.iter().any(Option::is_none) {
            return Ok(Err(publisher));
        }
        for (known, stat) in outputs.iter().zip(standing) {
            publisher.keep(&known.path, &known.left, stat);
        }
        let mut report = self.report(inputs);
        report.publish(publisher.commit()?);
        let left = publisher.left();
        let mut saving = None;
        let write = |bytes: &[u8]| -> Result<(), BuildError> {
            let saving = match &mut saving {
                Some(begun) => begun,
                none => none.insert(publisher.save()?),
            };
            Ok(saving.write(bytes)?)
        };
        self.store
            .renew(request.format, &inputs.snapshot, &left, write)?;
        saving.map_or(Ok(()), Saving::end)?;
        Ok(Ok(report))
    }

    /// What can be said of the build that it is, without anything being published.
    pub(super) fn report(&self, inputs: &Inputs) -> Report {
        let site = &self.store.site;
        Report {
            problems: site.problems.clone(),
            pages: site.pages,
            sections: site.sections,
            outputs: self.store.outputs().len(),
            left_out: site.left_out.clone(),
            entries: site.early.iter().map(entry).collect(),
            links: inputs.snapshot.links().to_vec(),
            address: gather::address(&inputs.config),
            reused: site.outputs,
            ..Report::default()
        }
    }
}

fn entry((source, url, early): &(SourcePath, String, Held)) -> Entry {
    Entry {
        source: source.clone(),
        url: UrlPath::new(url),
        early: Some(*early),
    }
}
