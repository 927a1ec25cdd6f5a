//! Which languages have an article, and which versions are behind their original.

use crate::config::{Config, Lang};
use crate::parse::front_matter::text_digest;

use super::{Node, NodeId, SiteGraph};

/// An article or a section in all languages of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What the others are translated from.
    pub original: NodeId,
    /// One for each language, in configured order; `None` where it is missing.
    pub versions: Vec<Option<Version>>,
    /// Whether it says that it needs no other language.
    pub is_alone: bool,
}

/// An article in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The article in this language.
    pub node: NodeId,
    /// What it is to the others.
    pub standing: Standing,
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

/// Compares all versions of everything that has a file, in the order of their originals' keys.
/// `digest` says what `translated_from` would say of a node; it is asked only about articles of
/// which a version says that.
pub fn parity(
    graph: &SiteGraph,
    config: &Config,
    digest: impl Fn(NodeId) -> String,
) -> Vec<Article> {
    let is_first = |id: &NodeId| {
        let others = graph.node(*id).translations.iter();
        let mut others = others.filter(|other| graph.node(**other).file.is_some());
        graph.node(*id).file.is_some()
            && others.all(|other| graph.node(*other).lang > graph.node(*id).lang)
    };
    let mut articles: Vec<Article> = graph
        .ids()
        .filter(is_first)
        .map(|id| article(graph, config, id, &digest))
        .collect();
    let key = |article: &Article| graph.node(article.original).key();
    articles.sort_by(|a, b| key(a).cmp(key(b)));
    articles
}

impl Node {
    /// What `translated_from` would say of it; `text` is that of its file.
    pub fn text_digest(&self, text: &str) -> String {
        let body = self.file.as_ref().and_then(|file| text.get(file.body..));
        text_digest(&self.meta.title, body.unwrap_or_default())
    }
}

fn article(
    graph: &SiteGraph,
    config: &Config,
    first: NodeId,
    digest: &impl Fn(NodeId) -> String,
) -> Article {
    let version = |lang: Lang| {
        let id = graph.in_language(first, lang)?;
        graph.node(id).file.as_ref().map(|_| id)
    };
    let found: Vec<Option<NodeId>> = config.langs().map(version).collect();
    let known: Vec<NodeId> = found.iter().flatten().copied().collect();
    let names_original = |id: &NodeId| graph.node(*id).meta.translated_from.is_some();
    let original = known.iter().copied().find(|id| !names_original(id));
    let original = original.unwrap_or(first);
    let digests: Vec<String> = match known.iter().any(names_original) {
        true => known.iter().map(|id| digest(*id)).collect(),
        false => Vec::new(),
    };
    let standing = |id: NodeId| match id == original {
        true => Standing::Original,
        false if is_behind(graph.node(id), graph.node(original), &digests) => Standing::Older,
        false => Standing::Current,
    };
    let versions = found.iter().map(|found| {
        found.map(|node| Version {
            node,
            standing: standing(node),
        })
    });
    Article {
        original,
        versions: versions.collect(),
        is_alone: graph.node(original).meta.translations == Some(false),
    }
}

/// The digest that a translation names decides, if it names one; else the later of its dates.
fn is_behind(node: &Node, original: &Node, digests: &[String]) -> bool {
    if let Some(from) = &*node.meta.translated_from {
        return !digests.contains(from);
    }
    let changed = |node: &Node| node.meta.updated.max(node.meta.date);
    changed(original)
        .zip(changed(node))
        .is_some_and(|(original, own)| own < original)
}
