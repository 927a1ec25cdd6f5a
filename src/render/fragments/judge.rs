//! What in templates depends on nothing but the site and the language.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::render::{filters, functions};
use crate::template::{Component, Expression, Kind, Node, Read};

use super::COMMON;

/// How deep included templates are followed.
const DEPTH: u32 = 8;

/// What prints all variables there are.
const EVERYTHING: &str = "__tera_context";

/// Says what depends on nothing but the site and the language.
pub(super) struct Judge<'j, 't> {
    /// Templates by their names.
    templates: BTreeMap<&'j str, &'j [Node<'t>]>,
    prefixes: &'j [String],
    components: BTreeMap<&'j str, Vec<&'j Component<'t>>>,
    /// The variables that are the same everywhere, and to which nothing gives another meaning.
    pub common: BTreeSet<&'t str>,
    /// Those of them that no call of a component hands over.
    common_in_components: BTreeSet<&'t str>,
    /// Names that have to be set where they are, for others read them.
    pub leaking: BTreeSet<&'t str>,
    /// What components are worth, as far as that was asked.
    worths: RefCell<BTreeMap<&'j str, Option<u32>>>,
}

/// What is known where something stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'p, 't> {
    common: &'p BTreeSet<&'t str>,
    /// The menus, or the page of a list that a loop has come to.
    pub entry: Option<&'t str>,
    /// Whether what is set here ends before the passage does.
    is_within: bool,
    depth: u32,
}

impl<'p, 't> Place<'p, 't> {
    /// Where a passage may begin.
    pub fn with(common: &'p BTreeSet<&'t str>) -> Self {
        Self {
            common,
            entry: None,
            is_within: false,
            depth: 0,
        }
    }

    /// The same where something else may be shown.
    pub fn at(self, entry: Option<&'t str>) -> Self {
        Self { entry, ..self }
    }
}

/// What was found of a passage, as far as it goes.
#[derive(Clone, Default)]
pub(super) struct Findings<'t> {
    /// Names to which it surely gave a meaning.
    own: Vec<&'t str>,
    /// Names to which it may give one that does not end with it.
    pub sets: Vec<&'t str>,
    /// Whether it shows the menus, or the page that a loop has come to.
    pub shows_entry: bool,
    /// What it takes to render it.
    pub worth: u32,
}

impl<'j, 't> Judge<'j, 't> {
    pub fn new(names: &[&'j str], trees: &'j [Vec<Node<'t>>], prefixes: &'j [String]) -> Self {
        let mut components = BTreeMap::<_, Vec<_>>::new();
        let (mut changed, mut handed) = (BTreeSet::<&str>::new(), BTreeSet::<&str>::new());
        let (mut shows_everything, mut spreads) = (false, false);
        for node in trees.iter().flatten() {
            node.visit(&mut |kind| {
                changed.extend(kind.names_set());
                if let Kind::Component(component) = kind {
                    let of_name = components.entry(component.name.as_str()).or_default();
                    of_name.push(component);
                }
                for expression in kind.expressions() {
                    changed.extend(&expression.sets);
                    for read in &expression.reads {
                        match read {
                            Read::Call(call) => {
                                handed.extend(&call.given);
                                spreads |= call.spreads;
                            }
                            Read::Variable(name) => shows_everything |= *name == EVERYTHING,
                            Read::Attribute(_) | Read::Function(_) | Read::Filter(_) => {}
                        }
                    }
                }
            });
        }
        let is_common = |name: &&str| !shows_everything && !changed.contains(name);
        let common: BTreeSet<&str> = COMMON.iter().copied().filter(is_common).collect();
        let is_own = |name: &&str| !spreads && !handed.contains(name);
        let templates = names.iter().copied().zip(trees.iter().map(Vec::as_slice));
        Self {
            templates: templates.collect(),
            prefixes,
            components,
            common_in_components: common.iter().copied().filter(is_own).collect(),
            common,
            leaking: BTreeSet::new(),
            worths: RefCell::default(),
        }
    }

    /// The variables of a component that are the same wherever it is called.
    pub fn common_in(&self, component: &Component<'t>) -> BTreeSet<&'t str> {
        let taken = component.implicit.iter().copied();
        let is_common = |name: &&str| self.common_in_components.contains(name);
        taken.filter(is_common).collect()
    }

    /// Whether a passage goes on with a node; if not, nothing was found of it.
    pub fn goes_on(
        &self,
        node: &Node<'t>,
        place: Place<'_, 't>,
        findings: &mut Findings<'t>,
    ) -> bool {
        let (own, sets) = (findings.own.len(), findings.sets.len());
        let (shows_entry, worth) = (findings.shows_entry, findings.worth);
        let goes_on = self.is_common(node, place, findings);
        if !goes_on {
            findings.own.truncate(own);
            findings.sets.truncate(sets);
            (findings.shows_entry, findings.worth) = (shows_entry, worth);
        }
        goes_on
    }

    /// Whether a node depends on nothing but what is the same everywhere.
    fn is_common(
        &self,
        node: &Node<'t>,
        place: Place<'_, 't>,
        findings: &mut Findings<'t>,
    ) -> bool {
        match &node.kind {
            Kind::Plain => true,
            Kind::Print(value) => {
                findings.worth += 1;
                self.reads_common(value, place, findings)
            }
            Kind::Set(name, value) => {
                let reads_common = self.reads_common(value, place, findings);
                findings.own.push(name);
                if place.is_within {
                    return reads_common;
                }
                findings.sets.push(name);
                reads_common && !self.leaking.contains(name)
            }
            Kind::If(conditions, bodies) => {
                let mut conditions = conditions.iter();
                conditions.all(|condition| self.reads_common(condition, place, findings))
                    && bodies
                        .iter()
                        .all(|body| self.holds_common(body, &[], place, findings))
            }
            Kind::For(looped) => {
                findings.worth += 6;
                let names = [&*looped.names, &["loop"]].concat();
                let within = Place {
                    is_within: true,
                    ..place
                };
                self.reads_common(&looped.over, place, findings)
                    && self.holds_common(&looped.body, &names, within, findings)
                    && self.holds_common(&looped.otherwise, &[], place, findings)
            }
            Kind::Include(name) => {
                findings.worth += 3;
                self.includes_common(name, place, findings)
            }
            Kind::Block(_) | Kind::Component(_) | Kind::Extends | Kind::Other(_) => false,
        }
    }

    /// The same of nodes that may be left out, for which some names have a meaning.
    fn holds_common(
        &self,
        nodes: &[Node<'t>],
        names: &[&'t str],
        place: Place<'_, 't>,
        findings: &mut Findings<'t>,
    ) -> bool {
        let known = findings.own.len();
        findings.own.extend(names);
        let are_common = nodes
            .iter()
            .all(|node| self.is_common(node, place, findings));
        findings.own.truncate(known);
        are_common
    }

    /// The names of templates that components include, and what those include: they see what the
    /// component does.
    pub fn names_in_components(&self) -> BTreeSet<&'j str> {
        let bodies = self.components.values().flatten();
        let mut open: Vec<&[Node<'t>]> = bodies.map(|component| &*component.body).collect();
        let mut names = BTreeSet::new();
        while let Some(nodes) = open.pop() {
            for node in nodes {
                node.visit(&mut |kind| {
                    let Kind::Include(name) = kind else { return };
                    for (name, nodes) in self.all_of(name) {
                        if names.insert(name) {
                            open.push(nodes);
                        }
                    }
                });
            }
        }
        names
    }

    /// The templates that a name may stand for.
    fn all_of(&self, name: &str) -> Vec<(&'j str, &'j [Node<'t>])> {
        let with_prefix = self.prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        let names = [name.to_owned()].into_iter().chain(with_prefix);
        let found = names.filter_map(|name| self.templates.get_key_value(&*name));
        found.map(|(name, nodes)| (*name, *nodes)).collect()
    }

    /// Whether a template that is included depends on nothing else, whichever it is of those with
    /// the name.
    fn includes_common(
        &self,
        name: &str,
        place: Place<'_, 't>,
        findings: &mut Findings<'t>,
    ) -> bool {
        let place = Place {
            is_within: true,
            depth: place.depth + 1,
            ..place
        };
        let found = self.all_of(name);
        !found.is_empty()
            && place.depth <= DEPTH
            && found.into_iter().all(|(_, nodes)| {
                let known = findings.own.len();
                let is_shown = |node: &&Node<'_>| !matches!(node.kind, Kind::Component(_));
                let mut shown = nodes.iter().filter(is_shown);
                let are_common = shown.all(|node| self.is_common(node, place, findings));
                findings.own.truncate(known);
                are_common
            })
    }

    /// What a component is worth that is called, whichever it is of those with the name; nothing if
    /// it shows something else, or itself.
    fn worth_of_call(&self, name: &str, depth: u32) -> Option<u32> {
        if let Some(known) = self.worths.borrow().get(name) {
            return *known;
        }
        let (name, found) = self.components.get_key_value(name)?;
        self.worths.borrow_mut().insert(name, None);
        let worths = found.iter().map(|one| self.worth_of(one, depth));
        let worth = worths.collect::<Option<Vec<u32>>>()?.into_iter().min();
        self.worths.borrow_mut().insert(name, worth);
        worth
    }

    fn worth_of(&self, component: &Component<'t>, depth: u32) -> Option<u32> {
        let common = self.common_in(component);
        let place = Place {
            is_within: true,
            depth,
            ..Place::with(&common)
        };
        let mut findings = Findings::default();
        // All that it takes must be there.
        let is_common = common.len() == component.implicit.len()
            && self.holds_common(&component.body, &component.given, place, &mut findings);
        is_common.then_some(findings.worth)
    }

    fn reads_common(
        &self,
        value: &Expression<'t>,
        place: Place<'_, 't>,
        findings: &mut Findings<'t>,
    ) -> bool {
        value.reads.iter().all(|read| match read {
            Read::Variable(name) if place.entry == Some(name) && !findings.own.contains(name) => {
                findings.shows_entry = true;
                true
            }
            Read::Variable(name) => findings.own.contains(name) || place.common.contains(name),
            Read::Function(name) => {
                findings.worth += 3;
                functions::sees_no_page(name)
            }
            Read::Filter(name) => {
                findings.worth += 2;
                filters::sees_no_page(name)
            }
            Read::Call(call) => {
                let worth = self.worth_of_call(&call.component, place.depth);
                findings.worth += 3 + worth.unwrap_or(0);
                worth.is_some()
            }
            Read::Attribute(_) => true,
        })
    }
}
