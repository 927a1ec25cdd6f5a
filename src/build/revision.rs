//! A build in which nothing differs from the earlier one but what some files hold, and they hold
//! nothing that other pages are arranged by: a text without its front matter, headings and links,
//! an image, a file that is copied. Then the graph, the routes and all that was checked in them are
//! those of the earlier build, and only questions about these files may have other answers.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::parse::Document;
use crate::path::SourcePath;
use crate::site::{FileFacts, Routes, SiteGraph};
use crate::store::{Documents, Framing, Summaries};
use crate::theme::Theme;
use crate::world::World;

use super::earlier::Earlier;
use super::gather::{self, Gathered, Inputs, One};
use super::report::Entry;
use super::stages::Stages;

/// The folders of the site whose files may differ.
const FOLDERS: &[&str] = &["content", "data", "static"];

/// The folder of a theme whose files may.
const OF_THEMES: &str = "static";

/// What is known of such a build.
pub(super) struct Revision<'e, 'b> {
    earlier: &'e Earlier<'b>,
    /// Those that were found before anything was rendered.
    problems: Vec<Diagnostic>,
    before: &'e Arc<Documents>,
    /// Those that hold something else now, by path.
    files: Vec<SourcePath>,
    /// The articles among them.
    articles: Vec<One<'e>>,
    graph: SiteGraph,
    routes: Routes,
}

impl<'e, 'b> Revision<'e, 'b> {
    /// Everything that is known before the first output is rendered. Gives the inputs back if more
    /// differs than what these files hold, or might.
    pub(super) fn gather(
        files: Vec<SourcePath>,
        inputs: Inputs,
        earlier: &'e Earlier<'b>,
        stages: &mut Stages<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Gathered<'e>, Box<Inputs>> {
        match Self::of(files, &inputs, earlier) {
            Some(revision) => Ok(revision.gathered(inputs, stages, problems)),
            None => Err(Box::new(inputs)),
        }
    }

    fn of(files: Vec<SourcePath>, inputs: &Inputs, earlier: &'e Earlier<'b>) -> Option<Self> {
        let config = &inputs.config;
        let frame = earlier.store.frame()?;
        let before = earlier.documents_by(config)?;
        let concerns_one = |problem: &Diagnostic| {
            let others = problem.related.iter().map(|related| &related.path);
            let mut places = others.chain([&problem.path]);
            places.any(|path| files.binary_search(path).is_ok())
        };
        if !files.iter().all(|file| may_differ(file, config))
            || frame.problems().iter().any(concerns_one)
        {
            return None;
        }
        let articles = files.iter().filter(|file| is_article(file));
        let articles = articles.map(|file| revised(file, inputs, before));
        let articles = articles.collect::<Option<Vec<_>>>()?;
        if frame.compares_texts() && !articles.is_empty() {
            return None;
        }
        let problems = frame.problems().to_vec();
        let (mut graph, routes) = frame.thaw(before);
        for article in &articles {
            put(article, &mut graph);
        }
        Some(Self {
            earlier,
            problems,
            before,
            files,
            articles,
            graph,
            routes,
        })
    }

    fn gathered(
        self,
        inputs: Inputs,
        stages: &mut Stages<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Gathered<'e> {
        stages.begin("plan", 0);
        let mut report = self.earlier.report(&inputs);
        report.outputs = self.routes.len();
        report.entries.extend(self.entries());
        report.entries.sort_by(|a, b| a.source.cmp(&b.source));
        report.entries.dedup_by(|a, b| a.source == b.source);
        let Inputs {
            config,
            now,
            snapshot,
            ..
        } = inputs;
        problems.extend(self.problems);
        // What is wrong in the theme is among these problems.
        let known = &mut Vec::new();
        let theme = Theme::find(&config, &snapshot, known);
        let strings = theme.strings(&snapshot, known);
        let templates = theme.templates(&snapshot, known).into();
        let (graph, routes) = (self.graph, self.routes);
        let world = World::new(config, graph, routes, snapshot, strings, templates, now);
        let changed = self.articles.into_iter().map(|one| {
            let Document { source, digest, .. } = one.document;
            (source, digest, one.kept)
        });
        Gathered {
            world: Arc::new(world),
            documents: Summaries::Revised {
                before: self.before,
                changed: changed.collect(),
            },
            frame: Framing::Kept,
            engine: None,
            revised: Some(self.files),
            report,
        }
    }

    /// Where the files are to be seen: a file beside an article, in the article.
    fn entries(&self) -> Vec<Entry> {
        let beside = |file: &SourcePath| SourcePath::new(format!("{}/index.md", file.folder()));
        let sources = self
            .files
            .iter()
            .flat_map(|file| [file.clone(), beside(file)]);
        let ids = sources.filter_map(|source| self.graph.of_file(&source));
        ids.map(|id| gather::entry(&self.graph, id)).collect()
    }
}

/// Whether a file may hold anything else without a change of the graph, the routes, the words or
/// the templates; an article may not hold just anything.
fn may_differ(file: &SourcePath, config: &Config) -> bool {
    let of_theme = file.below("themes").and_then(|rest| rest.split('/').nth(1));
    let is_among = FOLDERS.iter().any(|folder| file.below(folder).is_some());
    (is_among || of_theme == Some(OF_THEMES))
        && gather::term_files(config).all(|path| path != *file)
}

fn is_article(file: &SourcePath) -> bool {
    file.below("content").is_some() && file.extension() == "md"
}

/// An article and its summary, if nothing differs by which pages are arranged.
fn revised<'e>(file: &SourcePath, inputs: &Inputs, documents: &Documents) -> Option<One<'e>> {
    let (before, problems) = documents.last(file)?;
    let files = std::slice::from_ref(file);
    let (now, found) = gather::parse_some(files, &inputs.snapshot, &inputs.config, None).pop()?;
    let is_sound = problems.is_empty() && found.is_empty();
    now.filter(|now| is_sound && is_arranged_alike(&before, &now.document))
}

fn is_arranged_alike(before: &Document, now: &Document) -> bool {
    let (a, b) = (&before.outline, &now.outline);
    let links = |document: &Document| -> Vec<_> {
        let links = document.outline.links.iter();
        links.map(|link| (link.kind, link.target.clone())).collect()
    };
    before.front == now.front
        && (&a.headings, &a.anchors, &a.title) == (&b.headings, &b.anchors, &b.title)
        && links(before) == links(now)
}

/// Puts what an article holds now in the place of what it held; one that is not published has no
/// place.
fn put(article: &One<'_>, graph: &mut SiteGraph) {
    let One { document, made, .. } = article;
    let Some(id) = graph.of_file(&document.source) else {
        return;
    };
    let node = &mut graph.nodes[id.index()];
    node.text = document.outline.clone().into();
    node.file = Some(FileFacts {
        digest: document.digest,
        body: document.body,
        html: made.html.clone(),
    });
}
