//! Pages of another language that stand in where a language has none: they are listed by its
//! sections, under their own address and in their own language.

use crate::config::{Config, Lang};

use super::{NodeId, SiteGraph};

/// Who lends to whom.
pub(super) struct Lending {
    /// For each language, those that stand in for it, nearest first.
    fallbacks: Vec<Vec<Lang>>,
}

impl Lending {
    /// As the configuration has it.
    pub(super) fn of(config: &Config) -> Self {
        let fallbacks = config.langs().map(|lang| config.fallbacks(lang));
        Self {
            fallbacks: fallbacks.collect(),
        }
    }

    /// Puts pages and sections into the lists of the sections that borrow them.
    pub(super) fn lend(&self, graph: &mut SiteGraph) {
        for id in graph.ids() {
            let Some(parent) = graph.node(id).parent else {
                continue;
            };
            for section in self.borrowers(graph, id, parent) {
                let is_section = graph.node(id).is_section;
                let section = &mut graph.nodes[section.index()];
                match is_section {
                    true => section.lists.subsections.push(id),
                    false => section.lists.pages.push(id),
                }
            }
        }
    }

    /// The versions of a section above a node, in languages that have no version of the node and
    /// take it from this language.
    pub(super) fn borrowers(&self, graph: &SiteGraph, id: NodeId, above: NodeId) -> Vec<NodeId> {
        let own = graph.node(id).lang;
        let takes_it = |section: &NodeId| {
            let lang = graph.node(*section).lang;
            let mut versions =
                std::iter::once(lang).chain(self.fallbacks[lang.index()].iter().copied());
            versions.find(|lang| graph.in_language(id, *lang).is_some()) == Some(own)
        };
        let versions = graph.node(above).translations.iter().copied();
        versions.filter(takes_it).collect()
    }
}
