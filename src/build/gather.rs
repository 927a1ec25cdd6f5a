//! Everything that is known before the first output is rendered.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::config::{self, Config, Lang};
use crate::data::{self, Value};
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::digest::{Digest, Feed};
use crate::message::Message;
use crate::parse::{self, Document};
use crate::path::{SourcePath, UrlPath};
use crate::publish;
use crate::read::{self, Batch, Snapshot};
use crate::render::Engine;
use crate::site::{self, Content, Decode, MadeOf, NodeId, Plan, Routes, SiteGraph, Sources};
use crate::store::{self, Documents, Framing, Kept, Summaries, Summary};
use crate::strings::Strings;
use crate::theme::Theme;
use crate::world::{TemplateSources, Templates, World};

use super::Request;
use super::earlier::Earlier;
use super::error::BuildError;
use super::ready::Ready;
use super::report::{Entry, Report};
use super::stages::{self, Progress, Stages};

/// What a build starts from.
pub(super) struct Inputs {
    pub(super) config_path: SourcePath,
    pub(super) config: Config,
    /// A digest of the configuration file and of the options that decide what is published.
    pub(super) settings: Digest,
    /// The output folder.
    pub(super) output: PathBuf,
    pub(super) now: Moment,
    pub(super) snapshot: Snapshot,
}

/// What was read for a build.
pub(super) struct Start {
    pub(super) inputs: Inputs,
    pub(super) ready: Option<Ready>,
    pub(super) problems: Vec<Diagnostic>,
    /// How long that took.
    pub(super) took: Duration,
}

/// Reads the configuration, which files there are, and what the build before left, unless that is
/// ready.
pub(super) fn read(request: &Request, ready: Option<Ready>) -> Result<Start, BuildError> {
    let began = Instant::now();
    let mut problems = Vec::new();
    let (config_path, bytes) = read::config(&request.root, request.config.as_deref())?;
    let settings = settings(request, &config_path, bytes.as_deref());
    let text = bytes.as_deref().and_then(|bytes| {
        parse::text::decode(&config_path, bytes)
            .map_err(|problem| problems.push(problem))
            .ok()
    });
    let config = config::load(&config_path, text, &request.options, &mut problems);
    let output = output_folder(request, &config)?;
    let now = request.options.now_in(&config.zone);
    let now = now.ok_or(BuildError::Now(request.options.now))?;
    let store = request.root.join(publish::STORE);
    let ready = || {
        let still = ready.filter(|ready| ready.is_of(&store, &output));
        still.or_else(|| Ready::read(&store, &output, &request.format))
    };
    let (snapshot, ready) = rayon::join(
        || read::snapshot(&request.root, &config, &config_path, &mut problems),
        || request.warm.then(ready).flatten(),
    );
    let inputs = Inputs {
        config_path,
        config,
        settings,
        output,
        now,
        snapshot,
    };
    Ok(Start {
        inputs,
        ready,
        problems,
        took: began.elapsed(),
    })
}

fn settings(request: &Request, path: &SourcePath, config: Option<&[u8]>) -> Digest {
    let config::Options {
        base_url,
        origin,
        drafts,
        future,
        expired,
        translations,
        now: _,
    } = &request.options;
    let mut feed = Feed::default();
    (path, config, base_url, origin).hash(&mut feed);
    (drafts, future, expired, translations).hash(&mut feed);
    feed.digest()
}

/// Everything that is known before the first output is rendered.
pub(super) struct Gathered<'b> {
    pub(super) world: Arc<World>,
    /// The summaries of all files.
    pub(super) documents: Summaries<'b>,
    /// What the next build may take over of all this.
    pub(super) frame: Framing,
    /// The templates, if they were read already, or what is wrong with them.
    pub(super) engine: Option<Result<Engine, Vec<Diagnostic>>>,
    /// The files that hold something else than in the earlier build, if nothing else differs.
    pub(super) revised: Option<Vec<SourcePath>>,
    pub(super) report: Report,
}

pub(super) fn gather<'b>(
    inputs: Inputs,
    request: &Request,
    earlier: Option<&'b Earlier<'_>>,
    stages: &mut Stages<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Gathered<'b> {
    let Inputs {
        config_path,
        config,
        now,
        mut snapshot,
        ..
    } = inputs;
    let theme = Theme::find(&config, &snapshot, problems);
    let (articles, assets): (Vec<_>, Vec<_>) = snapshot
        .below("content")
        .cloned()
        .partition(|path| path.extension() == "md");
    stages.begin("parse", articles.len());
    snapshot.will_put_aside(articles.iter());
    let known = earlier.and_then(|earlier| earlier.documents_by(&config));
    let known = known.map(|known| &**known);
    let Parsed {
        contents,
        summaries,
        problems: found,
    } = parse_all(&articles, &snapshot, &config, known, stages.progress);
    problems.extend(found);

    stages.begin("assemble", 0);
    let term_data = term_data(&snapshot, &config, problems);
    let sources = Sources {
        contents,
        assets,
        term_data,
        config: &config,
        options: &request.options,
        now,
    };
    let pages = sources.contents.len();
    // One core assembles; the others get ready what is asked next.
    let (mut graph, themed) = rayon::join(
        || site::assemble(sources, problems),
        || Themed::read(&theme, &snapshot, pages, earlier),
    );

    graph.read_back_by(Decode {
        outline: store::outline_of,
        excerpt: store::excerpt_of,
    });

    stages.begin("plan", 0);
    let routes = plan(&graph, &config, &snapshot, &theme, problems);
    site::check(&mut graph, &routes, &config, &config_path, problems);
    require_translations(&graph, &config, request, &snapshot, problems);
    let Themed {
        strings,
        templates,
        engine,
        problems: found,
    } = themed;
    problems.extend(found);
    strings.check(&config, &config_path, problems);
    let compares_texts =
        site::compares_texts(&graph, &config, |lang| is_required(lang, &config, request));
    let frame = Framing::New {
        problems: problems.clone(),
        compares_texts,
    };

    let mut report = count(&graph, &routes, &snapshot);
    report.entries = entries(&graph, request.with_entries);
    report.address = address(&config);
    let world = World::new(config, graph, routes, snapshot, strings, templates, now);
    Gathered {
        world: Arc::new(world),
        documents: Summaries::All(summaries),
        frame,
        engine,
        revised: None,
        report,
    }
}

/// What is read of a theme.
struct Themed {
    strings: Strings,
    templates: Templates,
    /// `None` if it may not be needed.
    engine: Option<Result<Engine, Vec<Diagnostic>>>,
    problems: Vec<Diagnostic>,
}

impl Themed {
    /// Reads it for so many pages, and what is wanted next: the templates' meaning, or where there is an earlier build,
    /// which may have shown that they are right, what its outputs asked.
    fn read(
        theme: &Theme,
        snapshot: &Snapshot,
        pages: usize,
        earlier: Option<&Earlier<'_>>,
    ) -> Self {
        let strings = || {
            let mut problems = Vec::new();
            (theme.strings(snapshot, &mut problems), problems)
        };
        let next = |templates: &TemplateSources| match earlier {
            Some(earlier) => {
                let _ = earlier.traces();
                None
            }
            None => Some(Engine::new(templates, pages)),
        };
        let templates = || {
            let mut problems = Vec::new();
            let templates = theme.templates(snapshot, &mut problems);
            (Templates::beside(templates, next), problems)
        };
        let ((strings, mut problems), ((templates, engine), found)) =
            rayon::join(strings, templates);
        problems.extend(found);
        Self {
            strings,
            templates,
            engine,
            problems,
        }
    }
}

/// A digest of the settings, by which files are read.
pub(super) fn digest_of(config: &Config) -> u64 {
    let mut feed = Feed::default();
    config.hash(&mut feed);
    feed.finish()
}

/// The full address of the output folder.
pub(super) fn address(config: &Config) -> String {
    config.permalink(&UrlPath::new("/"))
}

/// The output folder must not hold the site, nor be one of the folders that it is made from. One
/// folder of the store is a preview's.
fn output_folder(request: &Request, config: &Config) -> Result<PathBuf, BuildError> {
    let output = match &request.output_dir {
        Some(folder) => folder.clone(),
        None => request.root.join(&config.output_dir),
    };
    let sources = read::FOLDERS
        .iter()
        .copied()
        .chain(["themes", publish::STORE, ".git"]);
    if output == request.root.join(publish::STORE).join(publish::PREVIEW) {
        return Ok(output);
    }
    let swallows = request.root.starts_with(&output)
        || sources
            .map(|folder| request.root.join(folder))
            .any(|folder| output.starts_with(folder));
    match swallows {
        true => Err(BuildError::OutputFolder(output)),
        false => Ok(output),
    }
}

/// What was parsed of some files.
#[derive(Default)]
struct Parsed<'b> {
    contents: Vec<Content>,
    summaries: Vec<Summary<'b>>,
    problems: Vec<Diagnostic>,
}

impl<'b> Parsed<'b> {
    fn add(&mut self, one: One<'b>) {
        let One {
            document,
            made,
            kept,
        } = one;
        let source = document.source.clone();
        self.summaries.push((source, document.digest, kept));
        self.contents.push(Content::new(document, made));
    }

    fn append(&mut self, mut more: Self) {
        self.contents.append(&mut more.contents);
        self.summaries.append(&mut more.summaries);
        self.problems.append(&mut more.problems);
    }
}

/// One file.
pub(super) struct One<'b> {
    pub(super) document: Document,
    /// What was made of it and put aside.
    pub(super) made: MadeOf,
    /// Its summary as the store is to hold it.
    pub(super) kept: Kept<'b>,
}

fn parse_all<'b>(
    articles: &[SourcePath],
    snapshot: &Snapshot,
    config: &Config,
    known: Option<&'b Documents>,
    progress: &dyn Progress,
) -> Parsed<'b> {
    let parsed = articles
        .par_chunks(stages::at_once(articles.len()))
        .with_max_len(1)
        .map(|paths| {
            let mut parsed = Parsed::default();
            for (one, problems) in parse_some(paths, snapshot, config, known) {
                progress.step();
                if let Some(one) = one {
                    parsed.add(one);
                }
                parsed.problems.extend(problems);
            }
            parsed
        });
    let parsed: Vec<Parsed<'b>> = parsed.collect();
    let mut all = Parsed {
        contents: Vec::with_capacity(articles.len()),
        summaries: Vec::with_capacity(articles.len()),
        problems: Vec::new(),
    };
    for some in parsed {
        all.append(some);
    }
    all
}

/// Parses some files; those that cannot be read are `None`.
pub(super) fn parse_some<'b>(
    paths: &[SourcePath],
    snapshot: &Snapshot,
    config: &Config,
    known: Option<&'b Documents>,
) -> Vec<(Option<One<'b>>, Vec<Diagnostic>)> {
    let sizes = paths.iter().filter_map(|path| snapshot.size(path));
    let mut batch = Batch::of(paths.len(), sizes.sum());
    let parse = |path| summed(path, snapshot, config, known, &mut batch);
    let summed: Vec<(Option<Summed<'b>>, _)> = paths.iter().map(parse).collect();
    let mut aside = snapshot.put_aside(batch).into_iter();
    let mut one = |summed: Summed<'b>| {
        let (made, kept) = match summed.before {
            Some(bytes) => (MadeOf::default(), Kept::Here(bytes)),
            None => {
                let (html, summary) = aside.next().expect("every new summary was put aside");
                let kept = Kept::Aside(summary.clone());
                // Where there is room, an outline stays as it is, and need not be read back.
                let summary = (!summary.is_in_memory()).then_some(summary);
                (MadeOf { html, summary }, kept)
            }
        };
        One {
            document: summed.document,
            made,
            kept,
        }
    };
    let summed = summed.into_iter();
    summed
        .map(|(summed, problems)| (summed.map(&mut one), problems))
        .collect()
}

/// The summary of a file.
struct Summed<'b> {
    document: Document,
    /// The same as the store holds it; if it is new, that waits in a batch.
    before: Option<&'b [u8]>,
}

/// Takes over the summary of a file, or parses it; then its HTML, if that was made, and its summary
/// are added to the batch.
fn summed<'b>(
    path: &SourcePath,
    snapshot: &Snapshot,
    config: &Config,
    known: Option<&'b Documents>,
    batch: &mut Batch,
) -> (Option<Summed<'b>>, Vec<Diagnostic>) {
    if let Some(known) = known
        && let Some(digest) = snapshot.digest(path)
        && let Some((document, problems, bytes)) = known.get(path, digest)
    {
        let before = Some(bytes);
        return (Some(Summed { document, before }), problems);
    }
    match snapshot.bytes(path) {
        Ok(bytes) => {
            // The snapshot has worked it out to see whether the file is as it was.
            let digest = snapshot.digest(path).unwrap_or_else(|| Digest::of(&bytes));
            let (document, html, problems) = parse::document_and_html(path, &bytes, digest, config);
            let html = html.unwrap_or_default();
            batch.push(html.as_bytes(), &store::encode(&document, &problems));
            let before = None;
            (Some(Summed { document, before }), problems)
        }
        Err(error) => (None, vec![error.problem(path)]),
    }
}

pub(super) fn term_files(config: &Config) -> impl Iterator<Item = SourcePath> {
    let taxonomies = config.taxonomies.iter();
    let wanted = taxonomies.flat_map(|taxonomy| site::data_files(&taxonomy.name));
    wanted.map(SourcePath::new)
}

fn term_data(
    snapshot: &Snapshot,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(SourcePath, Value)> {
    let mut files = Vec::new();
    for path in term_files(config).filter(|path| snapshot.contains(path)) {
        let read = snapshot
            .bytes(&path)
            .map_err(|error| error.problem(&path))
            .and_then(|bytes| {
                let text = parse::text::decode(&path, &bytes)?;
                data::parse("yaml", text).map_err(|error| error.of(&path))
            });
        match read {
            Ok(Value::Null) => {}
            Ok(value) => files.push((path, value)),
            Err(problem) => problems.push(problem),
        }
    }
    files
}

fn plan(
    graph: &SiteGraph,
    config: &Config,
    snapshot: &Snapshot,
    theme: &Theme,
    problems: &mut Vec<Diagnostic>,
) -> Routes {
    let redirects = site::redirects(graph, config, problems);
    let plan = Plan {
        statics: &theme.statics(snapshot),
        has_archive: theme.has_template(snapshot, "archive.html"),
        redirects: &redirects,
    };
    Routes::plan(graph, config, &plan, problems)
}

fn require_translations(
    graph: &SiteGraph,
    config: &Config,
    request: &Request,
    snapshot: &Snapshot,
    problems: &mut Vec<Diagnostic>,
) {
    let is_required = |lang| is_required(lang, config, request);
    let digest = |id| {
        let node = graph.node(id);
        let text = snapshot.text(&node.source).unwrap_or_default();
        node.text_digest(&text)
    };
    site::require_translations(graph, config, is_required, digest, problems);
}

fn is_required(lang: Lang, config: &Config, request: &Request) -> bool {
    request.options.translations || config.language(lang).is_required
}

fn count(graph: &SiteGraph, routes: &Routes, snapshot: &Snapshot) -> Report {
    let sections = graph.nodes.iter().filter(|node| node.is_section).count();
    let held = graph
        .held
        .iter()
        .map(|(path, held)| (path.clone(), held.message()));
    let skipped = skipped(snapshot);
    let mut left_out: Vec<_> = held.chain(skipped).collect();
    left_out.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Report {
        pages: graph.nodes.len() - sections,
        sections,
        outputs: routes.len(),
        left_out,
        links: snapshot.links().to_vec(),
        ..Report::default()
    }
}

/// Where pages and sections are: all, or those that are published early.
fn entries(graph: &SiteGraph, all: bool) -> Vec<Entry> {
    let is_early = |id: &NodeId| graph.early.contains_key(&graph.node(*id).source);
    let ids = graph.ids().filter(|id| all || is_early(id));
    ids.map(|id| entry(graph, id)).collect()
}

/// Where a page or section is.
pub(super) fn entry(graph: &SiteGraph, id: NodeId) -> Entry {
    let node = graph.node(id);
    Entry {
        source: node.source.clone(),
        url: node.url.clone(),
        early: graph.early.get(&node.source).copied(),
    }
}

/// Files that were seen and are no part of the site, each with the reason.
pub(super) fn skipped(snapshot: &Snapshot) -> impl Iterator<Item = (SourcePath, Message)> {
    snapshot
        .left_out()
        .iter()
        .map(|(path, reason)| (path.clone(), reason.message()))
}
