//! Which languages have an article, and which versions are behind their original.

use crate::config::{Config, Lang};
use crate::parse::front_matter::text_digest;
use crate::path::SourcePath;

use super::{Node, NodeId, SiteGraph};

/// An article or a section in all languages of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Folder and name of its original, without language and ending.
    pub key: String,
    /// One for each language, in configured order; `None` where it is missing.
    pub versions: Vec<Option<Version>>,
}

/// An article in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The file.
    pub source: SourcePath,
    /// What it is to the others.
    pub standing: Standing,
    /// What `translated_from` would say of it.
    pub digest: String,
}

/// What a version is to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The others are translated from it.
    Original,
    /// A translation, as far as can be told of the original as it is.
    Current,
    /// A translation of what the original was before.
    Older,
}

/// Compares all versions of everything that has a file. `body` reads the text of a node.
pub fn parity(graph: &SiteGraph, config: &Config, body: impl Fn(NodeId) -> String) -> Vec<Article> {
    let is_first = |id: &NodeId| {
        let others = graph.node(*id).translations.iter();
        let others = others.filter(|other| graph.node(**other).file.is_some());
        graph.node(*id).file.is_some()
            && others
                .into_iter()
                .all(|other| graph.node(*other).lang > graph.node(*id).lang)
    };
    let mut articles: Vec<Article> = graph
        .ids()
        .filter(is_first)
        .map(|id| article(graph, config, id, &body))
        .collect();
    articles.sort_by(|a, b| a.key.cmp(&b.key));
    articles
}

fn article(
    graph: &SiteGraph,
    config: &Config,
    first: NodeId,
    body: &impl Fn(NodeId) -> String,
) -> Article {
    let version = |lang: Lang| {
        let id = graph.in_language(first, lang)?;
        let node = graph.node(id);
        node.file.as_ref()?;
        Some((node, text_digest(&node.meta.title, &body(id))))
    };
    let found: Vec<Option<(&Node, String)>> = config.langs().map(version).collect();
    let is_original = |(node, _): &&(&Node, String)| node.meta.translated_from.is_none();
    let known = || found.iter().flatten();
    let original = known()
        .find(is_original)
        .or_else(|| known().next())
        .map(|(node, _)| *node);
    let standing = |node: &Node| match original {
        Some(original) if std::ptr::eq(original, node) => Standing::Original,
        Some(original) if is_behind(node, original, known().map(|(_, digest)| digest.as_str())) => {
            Standing::Older
        }
        _ => Standing::Current,
    };
    let versions = found.iter().map(|found| {
        let (node, digest) = found.as_ref()?;
        Some(Version {
            source: node.source.clone(),
            standing: standing(node),
            digest: digest.clone(),
        })
    });
    Article {
        key: original.map_or_else(String::new, |node| node.key.clone()),
        versions: versions.collect(),
    }
}

/// The digest that a translation names decides, if it names one; else the later of its dates.
fn is_behind<'d>(node: &Node, original: &Node, mut digests: impl Iterator<Item = &'d str>) -> bool {
    if let Some(from) = &node.meta.translated_from {
        return !digests.any(|digest| digest == from);
    }
    let changed = |node: &Node| node.meta.updated.max(node.meta.date);
    changed(original)
        .zip(changed(node))
        .is_some_and(|(original, own)| own < original)
}
