//! Languages that articles have to be in: what is missing or older there is an error.

use crate::config::{Config, Lang};
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::SourcePath;

use super::place::bare_page;
use super::{Article, Node, NodeId, SiteGraph, Standing, parity};

/// Reports every article that is not in a required language, or that is older there than its
/// original. What the original says of itself comes before what is required of all. `digest` is that
/// of [`parity`].
pub fn require_translations(
    graph: &SiteGraph,
    config: &Config,
    is_required: impl Fn(Lang) -> bool,
    digest: impl Fn(NodeId) -> String,
    problems: &mut Vec<Diagnostic>,
) {
    if !is_asked(graph, config, &is_required) {
        return;
    }
    for article in parity(graph, config, &digest) {
        let own = graph.node(article.original).meta.translations;
        let wanted = config.langs();
        let wanted = wanted.filter(|lang| own.unwrap_or_else(|| is_required(*lang)));
        let problem = |lang| problem(graph, config, &article, lang, &digest);
        problems.extend(wanted.filter_map(problem));
    }
}

/// Whether [`require_translations`] looks at what stands in the texts of articles.
pub fn compares_texts(
    graph: &SiteGraph,
    config: &Config,
    is_required: impl Fn(Lang) -> bool,
) -> bool {
    let mut nodes = graph.nodes.iter();
    is_asked(graph, config, &is_required) && nodes.any(|node| node.meta.translated_from.is_some())
}

fn is_asked(graph: &SiteGraph, config: &Config, is_required: &impl Fn(Lang) -> bool) -> bool {
    let asks = |node: &Node| node.meta.translations == Some(true);
    config.languages.len() > 1 && (config.langs().any(is_required) || graph.nodes.iter().any(asks))
}

fn problem(
    graph: &SiteGraph,
    config: &Config,
    article: &Article,
    lang: Lang,
    digest: &impl Fn(NodeId) -> String,
) -> Option<Diagnostic> {
    let original = graph.node(article.original);
    match article.versions[lang.index()] {
        None => Some(missing(graph, config, original, lang)),
        Some(version) if version.standing == Standing::Older => {
            let node = graph.node(version.node);
            Some(outdated(node, original, &digest(article.original)))
        }
        Some(_) => None,
    }
}

fn missing(graph: &SiteGraph, config: &Config, original: &Node, lang: Lang) -> Diagnostic {
    let code = &config.language(lang).code;
    let place = version_of(&original.source, config, lang);
    let help = match graph.held.get(&place) {
        Some(held) => say::publish_version(&place, held.message()),
        None => say::write_version_at(&place),
    };
    let message = say::no_version_in(code);
    Diagnostic::new(Code::Untranslated, &original.source, Spot::File, message).help(help)
}

fn outdated(node: &Node, original: &Node, digest: &str) -> Diagnostic {
    let key = match &*node.meta.translated_from {
        Some(_) => "translated_from",
        None if node.meta.updated.is_some() => "updated",
        None => "date",
    };
    let spot = Spot::Value(vec![Step::Key(key.into())]);
    let message = say::older_translation(&original.source);
    let help = say::bring_up_to_date(digest);
    Diagnostic::new(Code::TranslationOutdated, &node.source, spot, message).help(help)
}

/// Where the version of an article in a language would be.
fn version_of(source: &SourcePath, config: &Config, lang: Lang) -> SourcePath {
    let stem = bare_page(source.as_str(), config).unwrap_or_default();
    let with_code = format!("{stem}.{}.md", config.language(lang).code);
    match format!("{stem}.md") {
        plain if lang == Lang::DEFAULT && plain != source.as_str() => SourcePath::new(plain),
        _ => SourcePath::new(with_code),
    }
}
