//! What is read outside of passages, and therefore has to be set there.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::template::{Kind, Node, Read};

use super::search::Passage;

/// The names that are read outside of passages where it is not sure that they were set just before.
pub(super) fn read_outside<'t>(
    trees: &[Vec<Node<'t>>],
    passages: &[Passage<'t>],
) -> BTreeSet<&'t str> {
    let mut read = BTreeSet::new();
    for (template, nodes) in trees.iter().enumerate() {
        let here = passages
            .iter()
            .filter(|passage| passage.template == template);
        let spans: Vec<&Range<usize>> = here.map(|passage| &passage.span).collect();
        gather_read(nodes, &spans, &mut Vec::new(), &mut read);
    }
    read
}

fn gather_read<'t>(
    nodes: &[Node<'t>],
    passages: &[&Range<usize>],
    own: &mut Vec<&'t str>,
    read: &mut BTreeSet<&'t str>,
) {
    let known = own.len();
    for node in nodes {
        let mut around = passages.iter();
        if around.any(|span| span.start <= node.span.start && node.span.end <= span.end) {
            continue;
        }
        for expression in node.kind.expressions() {
            read.extend(expression.reads.iter().filter_map(|read| match read {
                Read::Variable(name) if !own.contains(name) => Some(*name),
                _ => None,
            }));
        }
        match &node.kind {
            Kind::Set(name, _) => own.push(name),
            // Elsewhere another block may stand in its place, and this one in the place of another.
            Kind::Block(body) => gather_read(body, passages, &mut Vec::new(), read),
            Kind::Component(component) => {
                read.extend(&component.implicit);
                let mut names = [&*component.given, &*component.implicit].concat();
                gather_read(&component.body, passages, &mut names, read);
            }
            kind => {
                let names = own.len();
                if let Kind::For(looped) = kind {
                    own.extend(looped.names.iter().chain(&["loop"]));
                }
                for body in kind.bodies() {
                    gather_read(body, passages, own, read);
                }
                own.truncate(names);
            }
        }
    }
    own.truncate(known);
}
