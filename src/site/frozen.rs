//! The graph and the routes of a site, for a build in which nothing differs but the text of some
//! files: pages and routes are read back one by one, when they are asked for.
//!
//! What a page's body holds is not frozen. It stands in the file's summary, which the next build
//! may have anew.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use ahash::AHashMap;
use serde::{Deserialize, Serialize};

use crate::path::{SourcePath, UrlPath};

use super::held::Held;
use super::terms::by_name;
use super::{FeedScope, Keys, LazyList, Node, NodeId, Route, Routes, SiteGraph, Taxonomy, Term};

/// A graph and its routes without the pages and the routes themselves.
#[derive(Serialize, Deserialize)]
pub struct Frozen<'g> {
    terms: Cow<'g, [Term]>,
    taxonomies: Cow<'g, [Taxonomy]>,
    homes: Cow<'g, [NodeId]>,
    archives: Cow<'g, [Years]>,
    feeds: Cow<'g, [Vec<NodeId>]>,
    assets: Cow<'g, BTreeMap<SourcePath, UrlPath>>,
    held: Cow<'g, BTreeMap<SourcePath, Held>>,
    early: Cow<'g, BTreeMap<SourcePath, Held>>,
    window: Range<i64>,
    by_key: Cow<'g, [NodeId]>,
    feed_urls: Cow<'g, BTreeMap<FeedScope, UrlPath>>,
    has_archive: bool,
}

/// The articles of one language by year.
type Years = Vec<(i32, Vec<NodeId>)>;

impl<'g> Frozen<'g> {
    /// What there is besides [`SiteGraph::nodes`] and [`Routes::iter`].
    pub fn of(graph: &'g SiteGraph, routes: &'g Routes) -> Self {
        Self {
            terms: Cow::Borrowed(&graph.terms),
            taxonomies: Cow::Borrowed(&graph.taxonomies),
            homes: Cow::Borrowed(&graph.homes),
            archives: Cow::Borrowed(&graph.archives),
            feeds: Cow::Borrowed(&graph.feeds),
            assets: Cow::Borrowed(&graph.assets),
            held: Cow::Borrowed(&graph.held),
            early: Cow::Borrowed(&graph.early),
            window: graph.window.clone(),
            by_key: Cow::Borrowed(graph.keys.ids()),
            feed_urls: Cow::Borrowed(&routes.feeds),
            has_archive: routes.has_archive,
        }
    }

    /// The graph and its routes; `nodes` and `routes` are those that there were.
    pub fn thaw(self, nodes: LazyList<Node>, routes: LazyList<Route>) -> (SiteGraph, Routes) {
        let routes = Routes::planned(routes, self.feed_urls.into_owned(), self.has_archive);
        let mut graph = SiteGraph {
            nodes,
            terms: self.terms.into_owned(),
            taxonomies: self.taxonomies.into_owned(),
            homes: self.homes.into_owned(),
            archives: self.archives.into_owned(),
            feeds: self.feeds.into_owned(),
            assets: self.assets.into_owned(),
            held: self.held.into_owned(),
            early: self.early.into_owned(),
            window: self.window,
            leads: Default::default(),
            decode: None,
            keys: Keys::sorted(self.by_key.into_owned()),
            by_name: AHashMap::new(),
        };
        graph.by_name = by_name(&graph);
        (graph, routes)
    }
}
