//! The answers: everything a render may ask, and the one way to ask it.
//!
//! A render reaches its inputs through a [`Reader`] alone. The reader answers from the [`World`]
//! and notes the question, so that what an output depends on is known and never guessed.

mod answers;
mod closures;
mod fields;
mod reader;
mod variables;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ahash::AHashMap;

use crate::config::Config;
use crate::data::{self, Value};
use crate::date::Moment;
use crate::message::{Message, Tell as _, say};
use crate::parse::markdown::{self, Labels, Quotes};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::read::Snapshot;
use crate::site::{Links, Routes, SiteGraph};
use crate::strings::Strings;
use crate::trace::Notebook;

use closures::Closures;

pub use answers::{Beginning, Crumb, Page, TermFace};
pub use closures::components;
pub use fields::{Field, Fields, Shown};
pub use reader::Reader;
pub use variables::{Variable, Variables};

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

impl TemplateSources {
    /// All of them, in the order in which they are looked up.
    pub fn all(&self) -> impl Iterator<Item = &TemplateSource> {
        self.site.iter().chain(&self.theme).chain(&self.built_in)
    }
}

/// All templates, and what each is made of.
pub struct Templates {
    sources: TemplateSources,
    closures: Closures,
}

impl From<TemplateSources> for Templates {
    fn from(sources: TemplateSources) -> Self {
        let closures = Closures::new(&sources);
        Self { sources, closures }
    }
}

impl Templates {
    /// Finds out what they are made of, while another core does something else with them.
    pub fn beside<T: Send>(
        sources: TemplateSources,
        other: impl FnOnce(&TemplateSources) -> T + Send,
    ) -> (Self, T) {
        let (closures, other) = rayon::join(|| Closures::new(&sources), || other(&sources));
        (Self { sources, closures }, other)
    }
}

impl Deref for Templates {
    type Target = TemplateSources;

    fn deref(&self) -> &TemplateSources {
        &self.sources
    }
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
    pub templates: Templates,
    /// The instant of the build.
    pub now: Moment,
    /// What renders ask.
    pub notebook: Notebook,
    kept: Kept,
}

type Derived = Arc<OnceLock<Result<Vec<u8>, Message>>>;

/// Answers that are dear and asked often, worked out once.
#[derive(Default)]
struct Kept {
    labels: Vec<Labels>,
    sizes: Mutex<AHashMap<SourcePath, Option<(u32, u32)>>>,
    data: Mutex<AHashMap<SourcePath, Result<Arc<Value>, Message>>>,
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
        templates: Templates,
        now: Moment,
    ) -> Self {
        let labels = config
            .languages
            .iter()
            .map(|language| labels(&strings, &language.code))
            .collect();
        let notebook = Notebook::for_site(graph.nodes.len(), graph.terms.len());
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
            notebook,
            kept,
        }
    }

    /// A way in for one render whose trace nobody keeps.
    pub fn reader(self: &Arc<Self>) -> Reader {
        Reader::new(self, false)
    }

    /// A way in for one render that notes what it asks.
    pub fn tracing_reader(self: &Arc<Self>) -> Reader {
        Reader::new(self, true)
    }

    /// The files that a template is made of, in the order in which they are looked up; none if
    /// there is no such template.
    pub fn template_files(&self, name: &str) -> Vec<&SourcePath> {
        let members = self.templates.closures.members(name);
        let all: Vec<&TemplateSource> = self.templates.all().collect();
        members.iter().map(|at| &all[*at].path).collect()
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

    fn data(&self, source: SourcePath, format: Option<&str>) -> Result<Arc<Value>, Message> {
        if format.is_some() {
            return read_data(&self.snapshot, &source, format).map(Arc::new);
        }
        if let Some(known) = lock(&self.kept.data).get(&source) {
            return known.clone();
        }
        let read = read_data(&self.snapshot, &source, None).map(Arc::new);
        lock(&self.kept.data).insert(source, read.clone());
        read
    }

    fn derive(
        &self,
        output: OutputPath,
        make: impl FnOnce() -> Result<Vec<u8>, Message>,
    ) -> Result<(), Message> {
        let made = Arc::clone(lock(&self.kept.derived).entry(output).or_default());
        made.get_or_init(make)
            .as_ref()
            .map(|_| ())
            .map_err(Clone::clone)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn labels(strings: &Strings, language: &str) -> Labels {
    let mut labels = Labels {
        quotes: Quotes::of(language),
        ..Labels::default()
    };
    for (key, place) in markdown::LABELS {
        if let Some(text) = strings.get(language, key) {
            *place(&mut labels) = text.for_number(language, None).to_owned();
        }
    }
    labels
}

fn read_data(
    snapshot: &Snapshot,
    source: &SourcePath,
    format: Option<&str>,
) -> Result<Value, Message> {
    let bytes = snapshot.bytes(source).map_err(|error| error.message())?;
    let text = String::from_utf8(bytes).map_err(|_| say::file_not_utf8(source))?;
    match format.unwrap_or(&source.extension()) {
        "plain" | "txt" => Ok(Value::String(text)),
        format => data::parse(format, &text).map_err(|error| say::in_file(source, error.message)),
    }
}
