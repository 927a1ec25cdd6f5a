//! The answers: everything a render may ask, and the one way to ask it.
//!
//! A render reaches its inputs through a [`Reader`] alone. The reader answers from the [`World`]
//! and notes the question, so that what an output depends on is known and never guessed.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::{Config, Lang};
use crate::data::{self, Value};
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::digest::Digest;
use crate::parse::markdown::{self, ImageSource, Labels, Rendered};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::read::Snapshot;
use crate::site::{
    Destination, FeedScope, LinkProblem, Links, Node, NodeId, Routes, SiteGraph, Taxonomy, Term,
    TermId,
};
use crate::strings::{Strings, Text};
use crate::trace::{List, Question, Trace};

/// A template as it lies on the disk.
#[derive(Clone, Debug)]
pub struct TemplateSource {
    /// Its name: `page.html`, `tags/list.html`.
    pub name: String,
    /// The file.
    pub path: SourcePath,
    /// Its text.
    pub text: String,
}

/// All templates, in the order in which they are looked up.
#[derive(Clone, Debug, Default)]
pub struct TemplateSources {
    /// The site's own.
    pub site: Vec<TemplateSource>,
    /// The theme's name and templates.
    pub theme: Vec<TemplateSource>,
    /// Those of the built-in theme; empty if the site's theme is the built-in one.
    pub built_in: Vec<TemplateSource>,
}

/// A picture of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub url: UrlPath,
    /// Width and height in pixels, where they can be read.
    pub size: Option<(u32, u32)>,
}

/// Everything that rendering may ask.
pub struct World {
    /// The settings.
    pub config: Config,
    /// The site.
    pub graph: SiteGraph,
    /// Its addresses.
    pub routes: Routes,
    /// Its files.
    pub snapshot: Snapshot,
    /// The theme's words.
    pub strings: Strings,
    /// The templates.
    pub templates: TemplateSources,
    /// The instant of the build.
    pub now: Moment,
    kept: Kept,
}

type Derived = Arc<OnceLock<Result<Vec<u8>, String>>>;

/// Answers that are dear and asked often, worked out once.
#[derive(Default)]
struct Kept {
    labels: Vec<Labels>,
    sizes: Mutex<HashMap<SourcePath, Option<(u32, u32)>>>,
    data: Mutex<HashMap<SourcePath, Result<Arc<Value>, String>>>,
    derived: Mutex<BTreeMap<OutputPath, Derived>>,
}

impl World {
    /// Brings together what the stages before rendering found.
    pub fn new(
        config: Config,
        graph: SiteGraph,
        routes: Routes,
        snapshot: Snapshot,
        strings: Strings,
        templates: TemplateSources,
        now: Moment,
    ) -> Self {
        let labels = config
            .languages
            .iter()
            .map(|language| labels(&strings, &language.code))
            .collect();
        let kept = Kept {
            labels,
            ..Kept::default()
        };
        Self {
            config,
            graph,
            routes,
            snapshot,
            strings,
            templates,
            now,
            kept,
        }
    }

    /// A way in for one render whose trace nobody keeps.
    pub fn reader(self: &Arc<Self>) -> Reader {
        self.reader_with(None)
    }

    /// A way in for one render that notes what it asks.
    pub fn tracing_reader(self: &Arc<Self>) -> Reader {
        self.reader_with(Some(RefCell::default()))
    }

    fn reader_with(self: &Arc<Self>, trace: Option<RefCell<Trace>>) -> Reader {
        let world = Arc::clone(self);
        Reader(Rc::new(Asking {
            world,
            trace,
            problems: RefCell::default(),
        }))
    }

    /// Outputs that renders asked for besides their own, such as resized images.
    pub fn derived(&self) -> Vec<(OutputPath, Vec<u8>)> {
        let derived = lock(&self.kept.derived);
        derived
            .iter()
            .filter_map(|(path, made)| Some((path.clone(), made.get()?.as_ref().ok()?.clone())))
            .collect()
    }

    fn links(&self) -> Links<'_> {
        Links {
            graph: &self.graph,
            routes: &self.routes,
            config: &self.config,
        }
    }

    fn picture(&self, destination: &Destination) -> Picture {
        let size = destination
            .file
            .as_ref()
            .and_then(|file| self.image_size(file));
        Picture {
            url: destination.url.clone(),
            size,
        }
    }

    fn image_size(&self, file: &SourcePath) -> Option<(u32, u32)> {
        if let Some(known) = lock(&self.kept.sizes).get(file) {
            return *known;
        }
        let size = self.snapshot.bytes(file).ok().and_then(|bytes| {
            let size = imagesize::blob_size(&bytes).ok()?;
            Some((
                u32::try_from(size.width).ok()?,
                u32::try_from(size.height).ok()?,
            ))
        });
        lock(&self.kept.sizes).insert(file.clone(), size);
        size
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn labels(strings: &Strings, language: &str) -> Labels {
    let mut labels = Labels::default();
    for (key, place) in markdown::LABELS {
        if let Some(text) = strings.get(language, key) {
            *place(&mut labels) = text.for_number(language, None).to_owned();
        }
    }
    labels
}

/// One render's way to its inputs. Cheap to clone; all clones note into one trace.
#[derive(Clone)]
pub struct Reader(Rc<Asking>);

struct Asking {
    world: Arc<World>,
    /// `None` while nobody keeps traces: a page asks hundreds of questions.
    trace: Option<RefCell<Trace>>,
    problems: RefCell<Vec<Diagnostic>>,
}

impl Reader {
    fn ask(&self, question: impl FnOnce() -> Question) -> &World {
        if let Some(trace) = &self.0.trace {
            trace.borrow_mut().note(question());
        }
        &self.0.world
    }

    /// What was asked, if it was noted, and the problems met on the way.
    pub fn finish(&self) -> (Trace, Vec<Diagnostic>) {
        let trace = self.0.trace.as_ref().map(RefCell::take).unwrap_or_default();
        (trace, self.0.problems.take())
    }

    /// A way in that notes apart: for what is made once and shared by many renders.
    pub fn apart(&self) -> Self {
        self.0
            .world
            .reader_with(self.0.trace.as_ref().map(|_| RefCell::default()))
    }

    /// Notes what was asked to make something shared, as if it had been asked here.
    pub fn include(&self, trace: &Arc<Trace>) {
        if let Some(own) = &self.0.trace {
            own.borrow_mut().include(trace);
        }
    }

    /// Keeps a problem that does not stop the render.
    pub fn report(&self, problem: Diagnostic) {
        self.0.problems.borrow_mut().push(problem);
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.ask(|| Question::Config).config
    }

    /// The instant of the build.
    pub fn now(&self) -> Moment {
        self.ask(|| Question::Now).now
    }

    /// All addresses.
    pub fn routes(&self) -> &Routes {
        &self.ask(|| Question::Routes).routes
    }

    /// The templates.
    pub fn templates(&self) -> &TemplateSources {
        &self.ask(|| Question::Templates).templates
    }

    /// A page or section.
    pub fn node(&self, id: NodeId) -> &Node {
        self.ask(|| Question::Page(id)).graph.node(id)
    }

    /// The home section of a language.
    pub fn home(&self, lang: Lang) -> NodeId {
        self.ask(|| Question::Home(lang)).graph.home(lang)
    }

    /// The sections above a page, from home down.
    pub fn ancestors(&self, id: NodeId) -> Vec<NodeId> {
        self.ask(|| Question::Ancestors(id)).graph.ancestors(id)
    }

    /// The version of a page in a language, else that of the nearest section above it; the flag
    /// says whether it is the version itself.
    pub fn nearest_in_language(&self, id: NodeId, lang: Lang) -> (NodeId, bool) {
        let World { graph, config, .. } = self.ask(|| Question::Version(id, lang));
        graph.nearest_in_language(id, lang, &config.fallbacks(lang))
    }

    /// The page that a template names: `service/a.md`, `_index.md`, `@/service/a.md`.
    pub fn find_node(&self, path: &str, lang: Lang) -> Option<NodeId> {
        let world = self.ask(|| Question::Find(path.to_owned(), lang));
        let below = path.trim_start_matches("@/").trim_start_matches('/');
        world.links().node_at(below, lang)
    }

    /// The articles of a list.
    pub fn pages(&self, list: List) -> &[NodeId] {
        let World { graph, config, .. } = self.ask(|| Question::Pages(list));
        match list {
            List::Section(id) => &graph.node(id).pages,
            List::Recent(id) => &graph.node(id).recent,
            List::Feed(FeedScope::Section(id)) => &graph.node(id).feed,
            List::Term(id) => &graph.term(id).pages,
            List::Year(lang, year) => graph.archives[lang.index()]
                .iter()
                .find(|(known, _)| *known == year)
                .map_or(&[], |(_, pages)| pages),
            List::Feed(FeedScope::Site(lang)) => {
                let pages = &graph.feeds[lang.index()];
                &pages[..pages.len().min(config.feed_limit)]
            }
            List::Feed(FeedScope::Term(id)) => &graph.term(id).feed,
        }
    }

    /// The years of a language's archive with their number of articles, newest first.
    pub fn years(&self, lang: Lang) -> Vec<(i32, usize)> {
        let world = self.ask(|| Question::Years(lang));
        let years = world.graph.archives[lang.index()].iter();
        years.map(|(year, pages)| (*year, pages.len())).collect()
    }

    /// The address of a language's year archive.
    pub fn archive(&self, lang: Lang) -> Option<UrlPath> {
        let world = self.ask(|| Question::Years(lang));
        world.routes.archive(&world.graph, &world.config, lang)
    }

    /// The address of a feed, if there is one.
    pub fn feed(&self, scope: FeedScope) -> Option<UrlPath> {
        self.ask(|| Question::Feed(scope))
            .routes
            .feed(scope)
            .cloned()
    }

    /// A term.
    pub fn term(&self, id: TermId) -> &Term {
        self.ask(|| Question::Term(id)).graph.term(id)
    }

    /// All taxonomies that have terms.
    pub fn taxonomies(&self) -> &[Taxonomy] {
        &self.ask(|| Question::Taxonomies).graph.taxonomies
    }

    /// The HTML of a page's body; empty for a section without a file.
    pub fn body(&self, id: NodeId) -> String {
        let world = self.ask(|| Question::Body(id));
        let node = world.graph.node(id);
        let Some(file) = &node.file else {
            return String::new();
        };
        let text = match world.snapshot.bytes(&node.source) {
            Ok(bytes) if Digest::of(&bytes) == file.digest => {
                String::from_utf8(bytes).unwrap_or_default()
            }
            _ => {
                self.report(
                    Diagnostic::new(
                        Code::ChangedWhileReading,
                        &node.source,
                        Spot::File,
                        "this file changed while the site was being built",
                    )
                    .help("Build again."),
                );
                return String::new();
            }
        };
        let start = file.body.start.min(text.len());
        let rendered = self.to_html(&text[start..], Some(id), node.lang, false);
        self.keep(rendered, &node.source, start)
    }

    /// The HTML of the part of a page's body before `<!-- more -->`, if it has one.
    pub fn lead(&self, id: NodeId) -> Option<String> {
        let world = self.ask(|| Question::Body(id));
        let node = world.graph.node(id);
        let (file, more) = (node.file.as_ref()?, node.outline.more?);
        let text = String::from_utf8(world.snapshot.bytes(&node.source).ok()?).ok()?;
        let links = BodyLinks {
            world,
            from: Some(id),
            lang: node.lang,
        };
        let labels = &world.kept.labels[node.lang.index()];
        let body = text.get(file.body.start..)?;
        Some(markdown::lead_html(body, more, &world.config.markdown, labels, &links).html)
    }

    /// Markdown that does not stand in a page's body, as HTML.
    pub fn markdown(&self, text: &str, lang: Lang, inline: bool) -> String {
        self.to_html(text, None, lang, inline).html
    }

    fn to_html(&self, text: &str, from: Option<NodeId>, lang: Lang, inline: bool) -> Rendered {
        let world = &self.0.world;
        let links = BodyLinks { world, from, lang };
        let (settings, labels) = (&world.config.markdown, &world.kept.labels[lang.index()]);
        match inline {
            true => markdown::inline_html(text, settings, labels, &links),
            false => markdown::to_html(text, settings, labels, &links),
        }
    }

    fn keep(&self, rendered: Rendered, source: &SourcePath, start: usize) -> String {
        for finding in rendered.findings {
            let range = start + finding.range.start..start + finding.range.end;
            let mut problem =
                Diagnostic::new(finding.code, source, Spot::Bytes(range), finding.message);
            problem.help = finding.help;
            self.report(problem);
        }
        rendered.html
    }

    /// The address behind a link as Markdown would write it, or behind a file of `static/`.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn url(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<String, LinkProblem> {
        let links = self
            .ask(|| Question::Url(target.to_owned(), from, lang))
            .links();
        links
            .resolve(target, from, lang)
            .map(|found| links.href(&found))
    }

    /// Where a link leads.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn destination(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<Destination, LinkProblem> {
        self.ask(|| Question::Url(target.to_owned(), from, lang))
            .links()
            .resolve(target, from, lang)
    }

    /// A picture that a page names.
    pub fn image(&self, target: &str, from: NodeId) -> Option<Picture> {
        let world = &self.0.world;
        let lang = world.graph.node(from).lang;
        let found = self.destination(target, Some(from), lang).ok()?;
        if let Some(file) = &found.file {
            self.ask(|| Question::File(file.clone()));
        }
        Some(world.picture(&found))
    }

    /// The file behind a link.
    pub fn source_of(&self, target: &str, from: Option<NodeId>) -> Option<SourcePath> {
        let lang = from.map_or(Lang::DEFAULT, |id| self.0.world.graph.node(id).lang);
        self.destination(target, from, lang).ok()?.file
    }

    /// The bytes of a file of the site.
    ///
    /// # Errors
    /// When there is no such file or it cannot be read.
    pub fn bytes(&self, path: &SourcePath) -> Result<Vec<u8>, String> {
        let world = self.ask(|| Question::File(path.clone()));
        world
            .snapshot
            .bytes(path)
            .map_err(|error| error.to_string())
    }

    /// The size of a file of the site in bytes.
    pub fn size(&self, path: &SourcePath) -> Option<u64> {
        self.ask(|| Question::File(path.clone()))
            .snapshot
            .size(path)
    }

    /// A data file, named from the site's root or from `data/`.
    ///
    /// # Errors
    /// When there is no such file in the site, or it cannot be read.
    pub fn data(&self, path: &str, format: Option<&str>) -> Result<Arc<Value>, String> {
        let world = self.ask(|| Question::Data(path.to_owned()));
        let bare = path.trim_start_matches('/');
        let candidates = [bare.to_owned(), format!("data/{bare}")].map(SourcePath::new);
        let Some(source) = candidates
            .into_iter()
            .find(|source| world.snapshot.contains(source))
        else {
            return Err(format!("the site has no data file `{path}`"));
        };
        if let Some(known) = lock(&world.kept.data)
            .get(&source)
            .filter(|_| format.is_none())
        {
            return known.clone();
        }
        let read = read_data(&world.snapshot, &source, format).map(Arc::new);
        if format.is_none() {
            lock(&world.kept.data).insert(source, read.clone());
        }
        read
    }

    /// A word of the theme.
    pub fn string(&self, lang: Lang, key: &str) -> Option<&Text> {
        let world = self.ask(|| Question::String(lang, key.to_owned()));
        world.strings.get(&world.config.language(lang).code, key)
    }

    /// Makes an output besides the render's own, once in a build.
    ///
    /// # Errors
    /// When it cannot be made, or its place is taken.
    pub fn derive(
        &self,
        output: OutputPath,
        make: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> Result<(), String> {
        let world = &self.0.world;
        if world.routes.find(&output.url()).is_some() {
            return Err(format!(
                "the site has a file of its own at {}",
                output.url()
            ));
        }
        let made = Arc::clone(lock(&world.kept.derived).entry(output).or_default());
        made.get_or_init(make)
            .as_ref()
            .map(|_| ())
            .map_err(Clone::clone)
    }
}

fn read_data(
    snapshot: &Snapshot,
    source: &SourcePath,
    format: Option<&str>,
) -> Result<Value, String> {
    let bytes = snapshot.bytes(source).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| format!("`{source}` is not UTF-8"))?;
    match format.unwrap_or(&source.extension()) {
        "plain" | "txt" => Ok(Value::String(text)),
        format => {
            data::parse(format, &text).map_err(|error| format!("`{source}`: {}", error.message))
        }
    }
}

/// Resolves the links of one body. What leads nowhere has been reported when the site was
/// checked.
struct BodyLinks<'a> {
    world: &'a World,
    from: Option<NodeId>,
    lang: Lang,
}

impl markdown::Links for BodyLinks<'_> {
    fn link(&self, target: &str) -> Option<String> {
        let links = self.world.links();
        let found = links.resolve(target, self.from, self.lang).ok()?;
        let stays = found.node.is_some() && found.node == self.from && target.starts_with('#');
        Some(if stays {
            found.suffix
        } else {
            links.href(&found)
        })
    }

    fn image(&self, target: &str) -> Option<ImageSource> {
        let links = self.world.links();
        let found = links.resolve(target, self.from, self.lang).ok()?;
        let picture = self.world.picture(&found);
        Some(ImageSource {
            src: links.href(&found),
            size: picture.size,
        })
    }
}
