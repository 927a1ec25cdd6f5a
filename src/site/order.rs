//! The order of lists, and neighbours within them.

use std::cmp::{Ordering, Reverse};
use std::iter::Peekable;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::config::{Config, TermOrder};
use crate::date::Moment;
use crate::parse::front_matter::SortBy;

use super::{Node, NodeId, SiteGraph};

/// Sorts every list of the graph and ties neighbours.
pub(super) fn sort(graph: &mut SiteGraph, config: &Config) {
    sort_subsections(graph);
    for section in sections_from_below(graph) {
        fill(graph, section);
    }
    tie_neighbours(graph);
    newest(graph, config);
    sort_terms(graph, config);
}

fn sort_subsections(graph: &mut SiteGraph) {
    for at in 0..graph.nodes.len() {
        let mut subsections = std::mem::take(&mut graph.nodes[at].subsections);
        subsections.sort_by(|a, b| {
            let (a, b) = (graph.node(*a), graph.node(*b));
            by_presence(a.meta.weight, b.meta.weight, |a, b| a.cmp(&b))
                .then_with(|| by_title(a, b))
                .then_with(|| a.url.cmp(&b.url))
        });
        graph.nodes[at].subsections = subsections;
    }
}

/// Deep sections first, so that a transparent one is full before the one above takes its pages.
fn sections_from_below(graph: &SiteGraph) -> Vec<NodeId> {
    let mut sections: Vec<NodeId> = graph
        .ids()
        .filter(|id| graph.node(*id).is_section)
        .collect();
    sections.sort_by_key(|id| Reverse(graph.node(*id).key.matches('/').count()));
    sections
}

fn fill(graph: &mut SiteGraph, section: NodeId) {
    let node = graph.node(section);
    let mut pages = node.pages.clone();
    for below in &node.subsections {
        if graph.node(*below).meta.transparent {
            pages.extend(&graph.node(*below).pages);
        }
    }
    sort_pages(graph, &mut pages, node.meta.sort_by, node.meta.reverse);
    graph.nodes[section.index()].pages = pages;
}

fn sort_pages(graph: &SiteGraph, pages: &mut [NodeId], by: SortBy, reverse: bool) {
    pages.sort_by(|a, b| {
        let (a, b) = (graph.node(*a), graph.node(*b));
        b.meta
            .pinned
            .cmp(&a.meta.pinned)
            .then_with(|| compare(a, b, by, reverse))
    });
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
        SortBy::Title => turned(by_title(a, b)),
        SortBy::Weight => by_presence(a.meta.weight, b.meta.weight, |a, b| turned(a.cmp(&b))),
        SortBy::Slug => turned(a.slug.cmp(&b.slug)),
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

fn by_title(a: &Node, b: &Node) -> Ordering {
    natural(&a.meta.title, &b.meta.title)
}

/// Letters without regard to case and accents, runs of digits as numbers: `Part 9` before
/// `Part 10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (letters(a).peekable(), letters(b).peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let order = digits(&mut left).cmp(&digits(&mut right));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(x), Some(y)) => {
                if x != y {
                    return x.cmp(&y);
                }
                left.next();
                right.next();
            }
        }
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfd()
        .filter(|char| !is_combining_mark(*char))
        .flat_map(char::to_lowercase)
}

/// A run of digits, in a form that sorts as its number does at any length.
fn digits(from: &mut Peekable<impl Iterator<Item = char>>) -> (usize, String) {
    let mut run = String::new();
    while let Some(digit) = from.next_if(char::is_ascii_digit) {
        if !(run.is_empty() && digit == '0') {
            run.push(digit);
        }
    }
    (run.len(), run)
}

/// Neighbours follow the section's order and pay no regard to pins. Pages of a transparent
/// section are neighbours in the list of the first section above that is not.
fn tie_neighbours(graph: &mut SiteGraph) {
    for section in graph.ids() {
        let node = graph.node(section);
        let hands_over = node.meta.transparent && node.parent.is_some();
        if !node.is_section || hands_over {
            continue;
        }
        let mut pages = node.pages.clone();
        let (by, reverse) = (node.meta.sort_by, node.meta.reverse);
        pages.sort_by(|a, b| compare(graph.node(*a), graph.node(*b), by, reverse));
        for pair in pages.windows(2) {
            graph.nodes[pair[0].index()].higher = Some(pair[1]);
            graph.nodes[pair[1].index()].lower = Some(pair[0]);
        }
    }
}

/// Archives, feeds and the newest of each section.
fn newest(graph: &mut SiteGraph, config: &Config) {
    let mut dated: Vec<NodeId> = graph
        .ids()
        .filter(|id| !graph.node(*id).is_section && graph.node(*id).meta.date.is_some())
        .collect();
    dated.sort_by(|a, b| compare(graph.node(*a), graph.node(*b), SortBy::Date, false));
    graph.archives = vec![Vec::new(); config.languages.len()];
    graph.feeds = vec![Vec::new(); config.languages.len()];
    for id in dated {
        let node = graph.node(id);
        let (lang, in_feed) = (node.lang.index(), node.meta.feed);
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
        for section in graph.ancestors(id) {
            let section = &mut graph.nodes[section.index()];
            keep(&mut section.recent, id, limit);
            if in_feed {
                keep(&mut section.feed, id, limit);
            }
        }
        let terms = graph.nodes[id.index()].terms.iter().flatten();
        for term in terms.filter(|_| in_feed) {
            keep(&mut graph.terms[term.index()].feed, id, limit);
        }
    }
}

fn keep(list: &mut Vec<NodeId>, id: NodeId, limit: usize) {
    if list.len() < limit {
        list.push(id);
    }
}

fn sort_terms(graph: &mut SiteGraph, config: &Config) {
    for at in 0..graph.terms.len() {
        let mut pages = std::mem::take(&mut graph.terms[at].pages);
        sort_pages(graph, &mut pages, SortBy::Date, false);
        graph.terms[at].pages = pages;
    }
    for at in 0..graph.taxonomies.len() {
        let mut terms = std::mem::take(&mut graph.taxonomies[at].terms);
        let by_count = config.taxonomies[graph.taxonomies[at].index].sort_by == TermOrder::Count;
        terms.sort_by(|a, b| {
            let (a, b) = (graph.term(*a), graph.term(*b));
            let count = if by_count {
                b.pages.len().cmp(&a.pages.len())
            } else {
                Ordering::Equal
            };
            count
                .then_with(|| natural(&a.name, &b.name))
                .then_with(|| a.url.cmp(&b.url))
        });
        graph.taxonomies[at].terms = terms;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_titles_sort_as_numbers() {
        let mut titles = ["part 10", "Part 9", "Part 9b", "part 090", "Éloge", "Annex"];
        titles.sort_by(|a, b| natural(a, b));
        assert_eq!(
            titles,
            ["Annex", "Éloge", "Part 9", "Part 9b", "part 10", "part 090"]
        );
    }
}
