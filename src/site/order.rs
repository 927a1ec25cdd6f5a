//! The order of lists, and neighbours within them.

use std::cmp::{Ordering, Reverse};

use rayon::prelude::*;

use crate::collation::{Collation, SortKey};
use crate::config::{Config, Lang, TermOrder};
use crate::date::Moment;
use crate::parse::front_matter::SortBy;

use super::fallback::Lending;
use super::{Node, NodeId, SiteGraph};

/// Sorts every list of the graph and ties neighbours.
pub(super) fn sort(graph: &mut SiteGraph, lending: &Lending, config: &Config) {
    let words = Dictionaries::of(config);
    let dates = Dates::of(graph);
    sort_subsections(graph, &words);
    for section in sections_from_below(graph) {
        fill(graph, section, &dates, &words);
    }
    newest(graph, &dates, lending, config);
    sort_terms(graph, config, &dates, &words);
}

/// All pages and sections in the order of lists by date, the newest first. Every page stands in
/// several such lists: they are told by ranks, and dates and addresses are compared once.
struct Dates {
    order: Vec<NodeId>,
    /// The place of each page in that order.
    ranks: Vec<u32>,
    /// The same if those that are pinned stood first.
    pinned_first: Vec<u32>,
    /// How many are pinned.
    pinned: u32,
}

impl Dates {
    fn of(graph: &SiteGraph) -> Self {
        // Side by side: to look into pages here and there takes longer than to compare.
        let dated = graph.ids().map(|id| {
            let meta = &graph.node(id).meta;
            (meta.date, meta.pinned, id)
        });
        let mut dated: Vec<(Option<Moment>, bool, NodeId)> = dated.collect();
        dated.par_sort_unstable_by(|(a, _, of_a), (b, _, of_b)| {
            let newest = by_presence(*a, *b, |a, b| b.cmp(&a));
            let url = |id: &NodeId| &graph.node(*id).url;
            newest.then_with(|| (url(of_a), of_a).cmp(&(url(of_b), of_b)))
        });
        let all = |pinned: bool| {
            let all = dated
                .iter()
                .filter(move |(_, is_pinned, _)| *is_pinned == pinned);
            all.map(|(.., id)| *id)
        };
        Self {
            ranks: ranks(dated.len(), dated.iter().map(|(.., id)| *id)),
            pinned_first: ranks(dated.len(), all(true).chain(all(false))),
            pinned: all(true).count() as u32,
            order: dated.into_iter().map(|(.., id)| id).collect(),
        }
    }

    /// Puts the newest first.
    fn sort(&self, pages: &mut [NodeId]) {
        pages.sort_unstable_by_key(|id| self.ranks[id.index()]);
    }

    /// Puts those that are pinned first, and the newest of either.
    fn sort_pinned_first(&self, pages: &mut [NodeId]) {
        pages.sort_unstable_by_key(|id| self.pinned_first[id.index()]);
    }

    fn is_pinned(&self, id: NodeId) -> bool {
        self.pinned_first[id.index()] < self.pinned
    }
}

/// The place of every node in an order of all.
fn ranks(count: usize, order: impl Iterator<Item = NodeId>) -> Vec<u32> {
    let mut ranks = vec![0; count];
    for (rank, id) in (0..).zip(order) {
        ranks[id.index()] = rank;
    }
    ranks
}

/// The order of words in each language of the site.
struct Dictionaries(Vec<Collation>);

impl Dictionaries {
    fn of(config: &Config) -> Self {
        let codes = config.languages.iter().map(|language| &language.code);
        Self(codes.map(|code| Collation::of(code)).collect())
    }

    fn key(&self, lang: Lang, text: &str) -> SortKey {
        self.0[lang.index()].key(text)
    }
}

fn sort_subsections(graph: &mut SiteGraph, words: &Dictionaries) {
    for at in 0..graph.nodes.len() {
        if graph.nodes[at].lists.subsections.is_empty() {
            continue;
        }
        let mut subsections = std::mem::take(&mut graph.nodes[at].lists.subsections);
        let lang = graph.nodes[at].lang;
        subsections.sort_by_cached_key(|id| {
            let node = graph.node(*id);
            let weight = (node.meta.weight.is_none(), *node.meta.weight);
            (weight, words.key(lang, &node.meta.title), node.url.clone())
        });
        graph.nodes[at].lists.subsections = subsections;
    }
}

/// Deep sections first, so that a transparent one is full before the one above takes its pages.
fn sections_from_below(graph: &SiteGraph) -> Vec<NodeId> {
    let mut sections: Vec<NodeId> = graph
        .ids()
        .filter(|id| graph.node(*id).is_section)
        .collect();
    sections.sort_by_key(|id| Reverse(graph.node(*id).key().matches('/').count()));
    sections
}

fn fill(graph: &mut SiteGraph, section: NodeId, dates: &Dates, words: &Dictionaries) {
    let node = graph.node(section);
    let mut pages = node.lists.pages.clone();
    for below in &node.lists.subsections {
        if graph.node(*below).meta.transparent {
            let lacks_own = |id: &&NodeId| {
                graph.node(**id).lang == node.lang || graph.in_language(**id, node.lang).is_none()
            };
            pages.extend(graph.node(*below).lists.pages.iter().filter(lacks_own));
        }
    }
    let mut pages = in_order(graph, section, pages, dates, words);
    let hands_over = node.meta.transparent && node.parent.is_some();
    if !hands_over {
        let lang = node.lang;
        let own = pages.iter().copied();
        let own: Vec<NodeId> = own.filter(|id| graph.node(*id).lang == lang).collect();
        tie_neighbours(graph, &own);
    }
    pages.sort_by_key(|id| !dates.is_pinned(*id));
    graph.nodes[section.index()].lists.pages = pages;
}

/// A section's list in its order, without regard to pins.
fn in_order(
    graph: &SiteGraph,
    section: NodeId,
    mut pages: Vec<NodeId>,
    dates: &Dates,
    words: &Dictionaries,
) -> Vec<NodeId> {
    let section = graph.node(section);
    let (by, reverse) = (section.meta.sort_by, section.meta.reverse);
    if by == SortBy::Date && !reverse {
        dates.sort(&mut pages);
        return pages;
    }
    let title = |id: NodeId| match by {
        SortBy::Title => Some(words.key(section.lang, &graph.node(id).meta.title)),
        _ => None,
    };
    let mut listed: Vec<(Option<SortKey>, NodeId)> =
        pages.into_iter().map(|id| (title(id), id)).collect();
    listed.sort_by(|(a, of_a), (b, of_b)| {
        let titles = if reverse { b.cmp(a) } else { a.cmp(b) };
        titles.then_with(|| compare(graph.node(*of_a), graph.node(*of_b), by, reverse))
    });
    listed.into_iter().map(|(_, id)| id).collect()
}

/// Pages that lack what the list is sorted by come last, whatever the direction.
fn compare(a: &Node, b: &Node, by: SortBy, reverse: bool) -> Ordering {
    let turned = |order: Ordering| if reverse { order.reverse() } else { order };
    let newest = |a: Option<Moment>, b: Option<Moment>| by_presence(a, b, |a, b| turned(b.cmp(&a)));
    let order = match by {
        SortBy::Date => newest(a.meta.date, b.meta.date),
        SortBy::Updated => newest(
            a.meta.updated.or(a.meta.date),
            b.meta.updated.or(b.meta.date),
        ),
        // Told by their sort keys before.
        SortBy::Title => Ordering::Equal,
        SortBy::Weight => by_presence(*a.meta.weight, *b.meta.weight, |a, b| turned(a.cmp(&b))),
        SortBy::Slug => turned(a.slug().cmp(b.slug())),
        SortBy::None => turned(a.source.cmp(&b.source)),
    };
    order.then_with(|| a.url.cmp(&b.url))
}

fn by_presence<T>(a: Option<T>, b: Option<T>, compare: impl Fn(T, T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Neighbours follow the section's order and pay no regard to pins. Pages of a transparent
/// section are neighbours in the list of the first section above that is not. Pages of another
/// language that stand in are nobody's neighbours here.
fn tie_neighbours(graph: &mut SiteGraph, pages: &[NodeId]) {
    for pair in pages.windows(2) {
        graph.nodes[pair[0].index()].higher = Some(pair[1]);
        graph.nodes[pair[1].index()].lower = Some(pair[0]);
    }
}

/// Archives, feeds and the newest of each section.
fn newest(graph: &mut SiteGraph, dates: &Dates, lending: &Lending, config: &Config) {
    graph.archives = vec![Vec::new(); config.languages.len()];
    graph.feeds = vec![Vec::new(); config.languages.len()];
    for id in dates.order.iter().copied() {
        let node = graph.node(id);
        if node.is_section {
            continue;
        }
        let (lang, in_feed, mut above) = (node.lang.index(), node.meta.feed, node.parent);
        let Some(year) = node.meta.date.map(|date| date.year()) else {
            continue;
        };
        match graph.archives[lang].last_mut() {
            Some((last, pages)) if *last == year => pages.push(id),
            _ => graph.archives[lang].push((year, vec![id])),
        }
        if in_feed {
            graph.feeds[lang].push(id);
        }
        let limit = config.feed_limit;
        while let Some(section) = above {
            for borrower in lending.borrowers(graph, id, section) {
                keep(&mut graph.nodes[borrower.index()].lists.recent, id, limit);
            }
            let section = &mut graph.nodes[section.index()];
            keep(&mut section.lists.recent, id, limit);
            if in_feed {
                keep(&mut section.lists.feed, id, limit);
            }
            above = section.parent;
        }
    }
}

fn keep(list: &mut Vec<NodeId>, id: NodeId, limit: usize) {
    if list.len() < limit {
        list.push(id);
    }
}

fn sort_terms(graph: &mut SiteGraph, config: &Config, dates: &Dates, words: &Dictionaries) {
    let nodes = &graph.nodes;
    let is_in_feeds = |id: &&NodeId| {
        let meta = &nodes[id.index()].meta;
        meta.feed && meta.date.is_some()
    };
    graph.terms.par_iter_mut().for_each(|term| {
        dates.sort(&mut term.pages);
        let newest = term.pages.iter().filter(is_in_feeds);
        term.feed = newest.take(config.feed_limit).copied().collect();
        dates.sort_pinned_first(&mut term.pages);
    });
    for at in 0..graph.taxonomies.len() {
        let mut terms = std::mem::take(&mut graph.taxonomies[at].terms);
        let taxonomy = &graph.taxonomies[at];
        let by_count = config.taxonomies[taxonomy.index].sort_by == TermOrder::Count;
        terms.sort_by_cached_key(|id| {
            let term = graph.term(*id);
            let count = by_count.then_some(Reverse(term.pages.len()));
            (
                count,
                words.key(taxonomy.lang, &term.name),
                term.url.clone(),
            )
        });
        graph.taxonomies[at].terms = terms;
    }
}
