//! The table of contents: names every stage in order, and nothing else knows the order.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::config::{self, Config, Options};
use crate::data::{self, Value};
use crate::diagnostic::{Code, Diagnostic, Problem, Severity, Spot};
use crate::outputs;
use crate::parse::{self, Document};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::publish::{self, PublishError, Published, Publisher, Replaced};
use crate::read::{self, ReadError, Snapshot};
use crate::render::Engine;
use crate::site::{self, Held, Plan, Route, Routes, SiteGraph, Sources, Target};
use crate::theme::Theme;
use crate::world::World;

/// One build, as resolved from the command line.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's folder, absolute.
    pub root: PathBuf,
    /// The configuration file, if it is not the usual one.
    pub config: Option<PathBuf>,
    /// The output folder, if it is not the configured one; absolute.
    pub output_dir: Option<PathBuf>,
    /// What is published, and when "now" is.
    pub options: Options,
    /// The number of threads; `None`: one for each core.
    pub jobs: Option<usize>,
    /// Whether warnings fail the build.
    pub strict: bool,
}

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether the site was published.
    pub success: bool,
    /// All problems, by file and place.
    pub problems: Vec<Problem>,
    /// Articles.
    pub pages: usize,
    /// Sections.
    pub sections: usize,
    /// Files of the finished site.
    pub outputs: usize,
    /// Outputs that were rendered.
    pub rendered: usize,
    /// Outputs that were taken over from an earlier build.
    pub reused: usize,
    /// Files that were written or replaced.
    pub written: Vec<OutputPath>,
    /// Files that had the right bytes already.
    pub unchanged: Vec<OutputPath>,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: Vec<OutputPath>,
    /// Files that courant had not written and that were replaced, with where copies are kept.
    pub replaced: Vec<Replaced>,
    /// The full address of the output folder: it ends with `/`.
    pub address: String,
    /// Source files that are not in the output, each with the reason.
    pub left_out: Vec<(SourcePath, &'static str)>,
    /// Every article and section, by source.
    pub entries: Vec<Entry>,
    /// How long each stage took.
    pub phases: Vec<(&'static str, Duration)>,
    /// How long all of it took.
    pub duration: Duration,
}

/// Where an article or a section is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub source: SourcePath,
    /// Its address within the site.
    pub url: UrlPath,
    /// Why it would not be published if an option did not ask for it.
    pub early: Option<Held>,
}

impl Report {
    /// The number of problems of one kind.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

/// Where to say how far a build is.
pub trait Progress: Sync {
    /// A stage begins; `total` steps are ahead, 0 if that is not known.
    fn phase(&self, name: &'static str, total: usize);
    /// One step is done.
    fn step(&self);
    /// Another build of the site runs, and this one waits for it to end.
    fn wait(&self);
    /// The output folder is about to change: `commit` changes it, and is to be called once.
    fn publish(&self, commit: &mut dyn FnMut()) {
        commit();
    }
}

/// Says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
    fn wait(&self) {}
}

/// Why a build could not be tried: the environment, not the content.
#[derive(Debug)]
pub enum BuildError {
    /// A file that must be readable is not.
    Read(ReadError),
    /// The output could not be written.
    Publish(PublishError),
    /// The output folder would swallow the site's sources.
    OutputFolder(PathBuf),
    /// The threads could not be started.
    Threads(String),
    /// The instant of the build is outside of the calendar.
    Now(i64),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(formatter),
            Self::Publish(error) => error.fmt(formatter),
            Self::OutputFolder(path) => write!(
                formatter,
                "the site cannot be written into {}, which holds its sources",
                path.display()
            ),
            Self::Threads(cause) => write!(formatter, "cannot start threads: {cause}"),
            Self::Now(seconds) => write!(formatter, "{seconds} seconds since 1970 is no date"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => error.source(),
            Self::Publish(error) => error.source(),
            Self::OutputFolder(_) | Self::Threads(_) | Self::Now(_) => None,
        }
    }
}

impl From<ReadError> for BuildError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<PublishError> for BuildError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

/// Builds a site and publishes it, unless its content has errors.
///
/// # Errors
/// When the environment fails: an unreadable configuration, a full disk, a missing folder.
pub fn build(request: &Request, progress: &dyn Progress) -> Result<Report, BuildError> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(request.jobs.unwrap_or(0))
        .build()
        .map_err(|error| BuildError::Threads(error.to_string()))?;
    threads.install(|| run(request, &mut Stages::new(progress)))
}

fn run(request: &Request, stages: &mut Stages<'_>) -> Result<Report, BuildError> {
    let mut problems = Vec::new();
    let Gathered {
        world,
        output,
        mut report,
    } = gather(request, stages, &mut problems)?;
    let publisher = match may_publish(request, &problems) {
        true => Some(Publisher::begin(
            &request.root.join(publish::STORE),
            &output,
            &mut || stages.progress.wait(),
        )?),
        false => None,
    };

    stages.begin("render", world.routes.len());
    let rendered = render(&world, publisher.as_ref(), stages.progress, &mut problems)?;

    stages.begin("publish", 0);
    if let Some(publisher) = publisher.filter(|_| may_publish(request, &problems)) {
        report.publish(commit(publisher, stages.progress)?);
        report.rendered = rendered;
    }
    report.problems = located(problems, &world.snapshot);
    report.phases = stages.finish();
    report.duration = stages.started.elapsed();
    Ok(report)
}

fn commit(publisher: Publisher, progress: &dyn Progress) -> Result<Published, PublishError> {
    let (mut publisher, mut published) = (Some(publisher), None);
    progress.publish(&mut || published = publisher.take().map(Publisher::commit));
    published.expect("whoever is told of the change lets it happen")
}

fn may_publish(request: &Request, problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .all(|problem| problem.code.severity() == Severity::Warning && !request.strict)
}

/// Everything that is known before the first output is rendered.
struct Gathered {
    world: Arc<World>,
    output: PathBuf,
    report: Report,
}

fn gather(
    request: &Request,
    stages: &mut Stages<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Gathered, BuildError> {
    stages.begin("read", 0);
    let (config_path, config) = settings(request, problems)?;
    let output = output_folder(request, &config)?;
    let now = request.options.now_in(&config.zone);
    let now = now.ok_or(BuildError::Now(request.options.now))?;
    let snapshot = read::snapshot(&request.root, &config, &config_path, problems);
    let theme = Theme::find(&config, &snapshot, problems);

    let (articles, assets): (Vec<_>, Vec<_>) = snapshot
        .below("content")
        .cloned()
        .partition(|path| path.extension() == "md");
    stages.begin("parse", articles.len());
    let documents = parse_all(&articles, &snapshot, &config, stages.progress, problems);

    stages.begin("assemble", 0);
    let term_data = term_data(&snapshot, &config, problems);
    let sources = Sources {
        documents,
        assets,
        term_data,
        config: &config,
        options: &request.options,
        now,
    };
    let mut graph = site::assemble(sources, problems);

    stages.begin("plan", 0);
    let routes = plan(&graph, &config, &snapshot, &theme, problems);
    site::check(&mut graph, &routes, &config, &config_path, problems);
    let strings = theme.strings(&snapshot, problems);
    strings.check(&config, &config_path, problems);
    let templates = theme.templates(&snapshot, problems);

    let mut report = count(&graph, &routes, &snapshot);
    report.address = config.permalink(&UrlPath::new("/"));
    let world = World::new(config, graph, routes, snapshot, strings, templates, now);
    Ok(Gathered {
        world: Arc::new(world),
        output,
        report,
    })
}

/// Renders every output, unless the templates cannot be read. Returns how many were rendered.
fn render(
    world: &Arc<World>,
    publisher: Option<&Publisher>,
    progress: &dyn Progress,
    problems: &mut Vec<Diagnostic>,
) -> Result<usize, BuildError> {
    let has_no_theme = problems
        .iter()
        .any(|problem| problem.code == Code::ThemeMissing);
    match Engine::new(&world.templates) {
        Err(found) => {
            problems.extend(found);
            Ok(0)
        }
        Ok(_) if has_no_theme => Ok(0),
        Ok(engine) => render_all(&engine, world, publisher, progress, problems),
    }
}

/// The stages with the time each took.
struct Stages<'a> {
    progress: &'a dyn Progress,
    started: Instant,
    current: Option<(&'static str, Instant)>,
    done: Vec<(&'static str, Duration)>,
}

impl<'a> Stages<'a> {
    fn new(progress: &'a dyn Progress) -> Self {
        Self {
            progress,
            started: Instant::now(),
            current: None,
            done: Vec::new(),
        }
    }

    fn begin(&mut self, name: &'static str, total: usize) {
        self.end();
        self.current = Some((name, Instant::now()));
        self.progress.phase(name, total);
    }

    fn end(&mut self) {
        if let Some((name, since)) = self.current.take() {
            self.done.push((name, since.elapsed()));
        }
    }

    fn finish(&mut self) -> Vec<(&'static str, Duration)> {
        self.end();
        std::mem::take(&mut self.done)
    }
}

fn settings(
    request: &Request,
    problems: &mut Vec<Diagnostic>,
) -> Result<(SourcePath, Config), BuildError> {
    let (path, bytes) = read::config(&request.root, request.config.as_deref())?;
    let text = bytes.and_then(|bytes| {
        parse::text::decode(&path, bytes)
            .map_err(|problem| problems.push(problem))
            .ok()
    });
    let config = config::load(&path, text.as_deref(), &request.options, problems);
    Ok((path, config))
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
    let store = request.root.join(publish::STORE);
    if output == store.join(publish::PREVIEW) {
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

fn parse_all(
    articles: &[SourcePath],
    snapshot: &Snapshot,
    config: &Config,
    progress: &dyn Progress,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let parsed: Vec<(Option<Document>, Vec<Diagnostic>)> = articles
        .par_iter()
        .map(|path| {
            progress.step();
            match snapshot.bytes(path) {
                Ok(bytes) => {
                    let (document, problems) = parse::document(path, bytes, config);
                    (Some(document), problems)
                }
                Err(error) => (None, vec![unreadable(path, &error)]),
            }
        })
        .collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (document, found) in parsed {
        documents.extend(document);
        problems.extend(found);
    }
    documents
}

fn unreadable(path: &SourcePath, error: &ReadError) -> Diagnostic {
    let message = format!("this file cannot be read: {}", error.cause);
    Diagnostic::new(Code::Unreadable, path, Spot::File, message)
        .help("Check who may read the file.")
}

fn term_data(
    snapshot: &Snapshot,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(SourcePath, Value)> {
    let mut files = Vec::new();
    let wanted = config
        .taxonomies
        .iter()
        .flat_map(|taxonomy| site::data_files(&taxonomy.name));
    for path in wanted
        .map(SourcePath::new)
        .filter(|path| snapshot.contains(path))
    {
        let read = snapshot
            .bytes(&path)
            .map_err(|error| unreadable(&path, &error))
            .and_then(|bytes| parse::text::decode(&path, bytes))
            .and_then(|text| data::parse("yaml", &text).map_err(|error| error.of(&path)));
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

fn count(graph: &SiteGraph, routes: &Routes, snapshot: &Snapshot) -> Report {
    let sections = graph.nodes.iter().filter(|node| node.is_section).count();
    let held = graph
        .held
        .iter()
        .map(|(path, held)| (path.clone(), held.as_str()));
    let skipped = snapshot
        .left_out()
        .iter()
        .map(|(path, reason)| (path.clone(), reason.as_str()));
    let mut left_out: Vec<_> = held.chain(skipped).collect();
    left_out.sort_unstable();
    Report {
        pages: graph.nodes.len() - sections,
        sections,
        outputs: routes.len(),
        left_out,
        entries: entries(graph),
        ..Report::default()
    }
}

fn entries(graph: &SiteGraph) -> Vec<Entry> {
    let entry = |node: &site::Node| Entry {
        source: node.source.clone(),
        url: node.url.clone(),
        early: graph.early.get(&node.source).copied(),
    };
    graph.nodes.iter().map(entry).collect()
}

/// Renders every output and hands it to the publisher, if there is one. Returns how many were
/// rendered.
fn render_all(
    engine: &Engine,
    world: &Arc<World>,
    publisher: Option<&Publisher>,
    progress: &dyn Progress,
    problems: &mut Vec<Diagnostic>,
) -> Result<usize, BuildError> {
    let routes: Vec<&Route> = world.routes.iter().collect();
    let done: Vec<Result<Vec<Diagnostic>, PublishError>> = routes
        .par_iter()
        .map_init(Vec::new, |buffer, route| {
            progress.step();
            match &route.target {
                Target::File(source) => copy(world, publisher, &route.output, source),
                _ => render_one(engine, world, publisher, route, buffer),
            }
        })
        .collect();
    let mut found = Vec::new();
    for one in done {
        found.extend(one?);
    }
    for (path, bytes) in world.derived() {
        if let Some(publisher) = publisher {
            publisher.put(&path, &bytes)?;
        }
    }
    found.extend(world.damaged_pictures().iter().map(damaged));
    problems.extend(merge_repeats(found));
    Ok(routes
        .iter()
        .filter(|route| !matches!(route.target, Target::File(_)))
        .count())
}

fn render_one(
    engine: &Engine,
    world: &Arc<World>,
    publisher: Option<&Publisher>,
    route: &Route,
    buffer: &mut Vec<u8>,
) -> Result<Vec<Diagnostic>, PublishError> {
    buffer.clear();
    let reader = world.reader();
    let rendered = outputs::render(engine, &reader, route, buffer);
    let (_, mut problems) = reader.finish();
    match (rendered, publisher) {
        (Ok(()), Some(publisher)) => {
            publisher.put(&route.output, buffer)?;
        }
        (Ok(()), None) => {}
        (Err(problem), _) => problems.push(problem),
    }
    Ok(problems)
}

fn copy(
    world: &World,
    publisher: Option<&Publisher>,
    output: &OutputPath,
    source: &SourcePath,
) -> Result<Vec<Diagnostic>, PublishError> {
    let Some(publisher) = publisher else {
        return Ok(Vec::new());
    };
    match world.snapshot.on_disk(source) {
        Some(file) => publisher.copy(output, &file)?,
        None => match world.snapshot.bytes(source) {
            Ok(bytes) => publisher.put(output, &bytes)?,
            Err(error) => return Ok(vec![unreadable(source, &error)]),
        },
    };
    Ok(Vec::new())
}

fn damaged(picture: &SourcePath) -> Diagnostic {
    let message = "this image cannot be read; it is damaged, or its name says another format";
    Diagnostic::new(Code::ImageUnreadable, picture, Spot::File, message)
        .help("Open it in an image editor and save it again as JPEG or PNG.")
}

/// One mistake in a template shows up on every page that uses it; it is reported once, with the
/// number of pages.
fn merge_repeats(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<(Diagnostic, usize)> = Vec::new();
    let mut places: HashMap<Diagnostic, usize> = HashMap::new();
    for problem in found {
        let mut identity = problem.clone();
        identity.help = None;
        match places.get(&identity) {
            Some(at) => merged[*at].1 += 1,
            None => {
                places.insert(identity, merged.len());
                merged.push((problem, 0));
            }
        }
    }
    merged
        .into_iter()
        .map(|(mut problem, repeats)| {
            if repeats > 0 && problem.code == Code::TemplateError {
                let pages = if repeats == 1 {
                    "1 more page".into()
                } else {
                    format!("{repeats} more pages")
                };
                let help = problem.help.take().unwrap_or_default();
                problem.help = Some(
                    format!("{help} The same happens on {pages}.")
                        .trim_start()
                        .to_owned(),
                );
            }
            problem
        })
        .collect()
}

impl Report {
    fn publish(&mut self, published: Published) {
        let Published {
            written,
            unchanged,
            removed,
            replaced,
        } = published;
        self.outputs = written.len() + unchanged.len();
        self.success = true;
        self.written = written;
        self.unchanged = unchanged;
        self.removed = removed;
        self.replaced = replaced;
    }
}

/// Finds lines and columns, and puts the problems into the order of files and places.
fn located(problems: Vec<Diagnostic>, snapshot: &Snapshot) -> Vec<Problem> {
    let mut texts: BTreeMap<SourcePath, Option<String>> = BTreeMap::new();
    let mut text = |path: &SourcePath| {
        texts
            .entry(path.clone())
            .or_insert_with(|| snapshot.text(path))
            .clone()
    };
    let mut located: Vec<Problem> = problems
        .into_iter()
        .map(|problem| problem.pinpoint(&mut text))
        .collect();
    located.sort_by(|a, b| a.order().cmp(&b.order()));
    located.dedup();
    located
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::NodeId;
    use crate::trace::Question;

    #[expect(clippy::disallowed_methods, reason = "a test writes a site")]
    fn site(files: &[(&str, &str)]) -> (tempfile::TempDir, Request) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let request = Request {
            root: folder.path().to_owned(),
            config: None,
            output_dir: None,
            options: Options::at(1_767_225_600),
            jobs: Some(1),
            strict: false,
        };
        (folder, request)
    }

    #[test]
    fn a_trace_holds_what_a_page_asked_and_nothing_else() {
        let (_folder, request) = site(&[
            ("site.yaml", "title: A\nbase_url: https://example.org\n"),
            ("content/news/one.md", "---\ntitle: One\n---\nFirst.\n"),
            ("content/news/two.md", "---\ntitle: Two\n---\nSecond.\n"),
        ]);
        let mut problems = Vec::new();
        let gathered = gather(&request, &mut Stages::new(&Silent), &mut problems).expect("a site");
        assert_eq!(problems, []);
        let world = gathered.world;
        let engine = Engine::new(&world.templates).unwrap_or_else(|found| panic!("{found:?}"));
        let bodies_asked_by = |page: NodeId| -> Vec<NodeId> {
            let mut routes = world.routes.iter();
            let route = routes.find(|route| route.target == Target::Page(page));
            let reader = world.tracing_reader();
            let mut out = Vec::new();
            outputs::render(&engine, &reader, route.expect("a route"), &mut out).expect("rendered");
            let (trace, problems) = reader.finish();
            assert_eq!(problems, []);
            assert!(
                trace
                    .questions()
                    .any(|question| *question == Question::Page(page))
            );
            let bodies = trace.questions().filter_map(|question| match question {
                Question::Body(id) => Some(*id),
                _ => None,
            });
            bodies.collect()
        };
        let pages: Vec<NodeId> = (world.graph.ids())
            .filter(|id| !world.graph.node(*id).is_section)
            .collect();
        assert_eq!(pages.len(), 2);
        for page in pages {
            assert_eq!(bodies_asked_by(page), [page]);
        }
    }
}
