//! What is read outside of passages, and therefore has to be set there.

use std::collections::BTreeSet;

use crate::template::{Kind, Node, Read};

use super::search::Passage;

/// The names that are read outside of passages where it is not sure that they were set just before,
/// outside of passages, too.
pub(super) fn read_outside<'t>(
    trees: &[Vec<Node<'t>>],
    passages: &[Passage<'t>],
) -> BTreeSet<&'t str> {
    let mut read = BTreeSet::new();
    for (template, nodes) in trees.iter().enumerate() {
        let here = passages
            .iter()
            .filter(|passage| passage.template == template);
        let here: Vec<&Passage<'_>> = here.collect();
        gather_read(nodes, &here, &mut Vec::new(), &mut read);
    }
    read
}

/// Of nodes before which `own` names were set; those are left that are so behind them.
fn gather_read<'t>(
    nodes: &[Node<'t>],
    passages: &[&Passage<'t>],
    own: &mut Vec<&'t str>,
    read: &mut BTreeSet<&'t str>,
) {
    for node in nodes {
        let mut around = passages.iter();
        let is_around = |passage: &&&Passage<'_>| {
            passage.span.start <= node.span.start && node.span.end <= passage.span.end
        };
        if let Some(passage) = around.find(is_around) {
            own.retain(|name| !passage.sets.contains(name));
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
            Kind::Block(body) => {
                // Elsewhere another block may stand in its place, and this one in the place of
                // another.
                own.clear();
                gather_read(body, passages, &mut Vec::new(), read);
            }
            Kind::Component(component) => {
                read.extend(&component.implicit);
                let mut names = [&*component.given, &*component.implicit].concat();
                gather_read(&component.body, passages, &mut names, read);
            }
            kind => {
                let before = own.clone();
                let looped: &[&str] = match kind {
                    Kind::For(looped) => &[&*looped.names, &["loop"]].concat(),
                    _ => &[],
                };
                for body in kind.bodies() {
                    let mut within = [&before, looped].concat();
                    gather_read(body, passages, &mut within, read);
                    own.retain(|name| within.contains(name));
                }
            }
        }
    }
}
