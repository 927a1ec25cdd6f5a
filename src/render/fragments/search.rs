//! Finds the passages of templates that can be kept.

use std::ops::Range;

use crate::template::{Kind, Loop, Node, Read};

use super::MENUS;
use super::judge::{Findings, Judge, Place};

/// What calling a kept passage is worth: one that takes less is left where it is.
const WORTH: u32 = 4;

/// The same of one that is given a page.
const WORTH_WITH_ENTRY: u32 = 10;

/// What holds pages that stand in other lists, too.
const LISTS: &[&str] = &["pages", "recent"];

/// The template in whose list pages stand that no other list shows with it.
const ARCHIVE: &str = "archive.html";

/// A passage of a template.
pub(super) struct Passage<'t> {
    pub template: usize,
    pub span: Range<usize>,
    pub trims_before: bool,
    pub trims_after: bool,
    pub entry: Option<&'t str>,
    /// Names to which it gives a meaning that does not end with it.
    pub sets: Vec<&'t str>,
}

/// The passages of all templates, in order; those of lists only if it `keeps_lists`.
pub(super) fn all_passages<'t>(
    names: &[&str],
    trees: &[Vec<Node<'t>>],
    judge: &Judge<'_, 't>,
    keeps_lists: bool,
) -> Vec<Passage<'t>> {
    let mut found = Vec::new();
    let in_components = judge.names_in_components();
    for (template, nodes) in trees.iter().enumerate() {
        if !is_escaped(names[template]) {
            continue;
        }
        let mut search = Search {
            template,
            has_lists: keeps_lists && !names[template].ends_with(ARCHIVE),
            judge,
            found: &mut found,
        };
        let place = Place::with(&judge.common).at(Some(MENUS));
        let extends = nodes.iter().any(|node| matches!(node.kind, Kind::Extends));
        if in_components.contains(names[template]) {
            // What it sees hangs on who includes it.
            let is_component = |node: &&Node<'_>| matches!(node.kind, Kind::Component(_));
            let components = nodes.iter().filter(is_component);
            components.for_each(|node| search.within(node, place));
        } else if extends {
            // Of a template that extends another only its blocks and components count.
            nodes.iter().for_each(|node| search.within(node, place));
        } else {
            search.among(nodes, place);
        }
    }
    found
}

/// Whether tera escapes what a template of this name prints.
fn is_escaped(name: &str) -> bool {
    [".html", ".htm", ".xml"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Looks for passages in a template.
struct Search<'s, 'j, 't> {
    template: usize,
    /// Whether its lists hold pages that stand in other lists, too.
    has_lists: bool,
    judge: &'s Judge<'j, 't>,
    found: &'s mut Vec<Passage<'t>>,
}

impl<'t> Search<'_, '_, 't> {
    /// The passages among nodes that stand side by side, each as long as can be, and those in
    /// what the nodes between them hold.
    fn among(&mut self, nodes: &[Node<'t>], place: Place<'_, 't>) {
        let mut rest = nodes;
        while !rest.is_empty() {
            let mut findings = Findings::default();
            let is_common = |node: &&Node<'t>| self.judge.goes_on(node, place, &mut findings);
            let length = rest.iter().take_while(is_common).count();
            let passage = passage(self.template, &rest[..length], place, findings);
            self.found.extend(passage);
            if let Some(node) = rest.get(length) {
                self.within(node, place);
            }
            rest = rest.get(length + 1..).unwrap_or_default();
        }
    }

    fn within(&mut self, node: &Node<'t>, place: Place<'_, 't>) {
        match &node.kind {
            Kind::Component(component) => {
                let common = self.judge.common_in(component);
                self.among(&component.body, Place::with(&common).at(Some(MENUS)));
            }
            Kind::For(looped) => {
                let is_list = self.has_lists && is_list(looped);
                let entry = looped.names.last().filter(|_| is_list).copied();
                self.among(&looped.body, place.at(entry));
                self.among(&looped.otherwise, place);
            }
            // What a tag makes of its text need not be text any more.
            Kind::Other(_) => {}
            kind => kind
                .bodies()
                .into_iter()
                .for_each(|body| self.among(body, place)),
        }
    }
}

/// Whether a loop goes through pages.
fn is_list(looped: &Loop<'_>) -> bool {
    let is_list = |read: &Read<'_>| match read {
        Read::Variable(name) | Read::Attribute(name) => LISTS.contains(name),
        _ => false,
    };
    looped.over.reads.iter().any(is_list)
}

/// Nodes side by side as a passage, from the first tag to the last, if they are worth it.
fn passage<'t>(
    template: usize,
    nodes: &[Node<'t>],
    place: Place<'_, 't>,
    findings: Findings<'t>,
) -> Option<Passage<'t>> {
    let is_tag = |node: &&Node<'t>| !matches!(node.kind, Kind::Plain);
    let first = nodes.iter().find(is_tag)?;
    let last = nodes.iter().rfind(is_tag)?;
    let entry = place.entry.filter(|_| findings.shows_entry);
    let least = entry.map_or(WORTH, |_| WORTH_WITH_ENTRY);
    (findings.worth >= least).then_some(Passage {
        template,
        span: first.span.start..last.span.end,
        trims_before: first.trims_before,
        trims_after: last.trims_after,
        entry,
        sets: findings.sets,
    })
}
