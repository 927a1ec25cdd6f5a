//! Times every stage of a build alone, in one thread, on a site made for it, and the highlighting
//! of every language.
//!
//! ```console
//! $ cargo bench --bench stages -- 1000
//! ```
//!
//! The number is that of the articles. Prints the shortest of several rounds, for that is the one
//! that was disturbed least: nanoseconds for each article (or output, or file), and megabytes a
//! second of what goes in, or of what comes out where that is what costs. The clock is that of the
//! processor (user and system), which stands still while others work, and while a disk does.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark prepares folders on the disk"
)]

#[path = "measured/cpu.rs"]
mod cpu;
#[expect(dead_code, reason = "other benchmarks write more kinds of sites")]
mod site;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use courant::config::{self, Config, MarkdownSettings, Options};
use courant::data;
use courant::outputs;
use courant::parse::front_matter::{self, On};
use courant::parse::highlight;
use courant::parse::markdown::{self, ImageSource, Labels, Links, Quotes};
use courant::parse::{self, Document};
use courant::path::{OutputPath, SourcePath};
use courant::publish::Publisher;
use courant::read::{self, Snapshot};
use courant::render::Engine;
use courant::site::{Content, MadeOf, Plan, Routes, SiteGraph, Sources, Target, assemble, check};
use courant::theme::Theme;
use courant::world::World;

use site::{Form, Length};

/// 1 January 2026.
const NOW: i64 = 1_767_225_600;

fn main() {
    let number = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let Some(articles) = number else {
        println!("usage: cargo bench --bench stages -- ARTICLES");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("site");
    let plan = site::Plan {
        articles,
        length: Length::Usual,
    };
    plan.write(Form::Courant, &root);
    println!("| stage | of | ns each | MB/s |\n|---|---:|---:|---:|");
    let texts = Texts::read(&root);
    texts.time();
    let world = time_planning(&texts);
    let outputs = time_rendering(&world);
    time_publishing(folder.path(), &outputs);
    println!("\n| highlighting | ns for 1 kB | MB/s |\n|---|---:|---:|");
    time_highlighting();
}

/// Repeats something for half a second, at least three times, and says how long the shortest round
/// took. What `prepare` does is not timed.
fn shortest<T, R>(mut prepare: impl FnMut() -> T, mut run: impl FnMut(T) -> R) -> Duration {
    const ENOUGH: Duration = Duration::from_millis(500);
    let (mut shortest, mut all, mut rounds) = (Duration::MAX, Duration::ZERO, 0);
    while rounds < 3 || all < ENOUGH {
        let prepared = prepare();
        let before = cpu::used();
        let result = run(black_box(prepared));
        let took = cpu::used() - before;
        black_box(result);
        (shortest, all, rounds) = (shortest.min(took), all + took, rounds + 1);
    }
    shortest
}

fn row(stage: &str, of: usize, bytes: usize, took: Duration) {
    let each = took.as_nanos() / of.max(1) as u128;
    let speed = bytes as f64 / 1e6 / took.as_secs_f64();
    println!("| {stage} | {of} | {each} | {speed:.0} |");
}

/// The articles and sections of a site, and what it takes to read them.
struct Texts {
    config: Config,
    config_path: SourcePath,
    root: std::path::PathBuf,
    snapshot: Snapshot,
    files: Vec<(SourcePath, String)>,
}

impl Texts {
    fn read(root: &Path) -> Self {
        let (config_path, bytes) = read::config(root, None).expect("a configuration");
        let text = String::from_utf8(bytes.expect("a file")).expect("text");
        let mut problems = Vec::new();
        let options = Options::at(NOW);
        let config = config::load(&config_path, Some(&text), &options, &mut problems);
        let snapshot = || read::snapshot(root, &config, &config_path, &mut Vec::new());
        let contents = |snapshot: &Snapshot| {
            let paths = snapshot.below("content").cloned();
            let text = |path: &SourcePath| snapshot.text(path).expect("text");
            paths
                .map(|path| (path.clone(), text(&path)))
                .collect::<Vec<_>>()
        };
        let found = snapshot();
        let files = contents(&found);
        let bytes = files.iter().map(|(_, text)| text.len()).sum();
        let walked = shortest(|| (), |()| snapshot());
        row("walk and stat", files.len(), 0, walked);
        let read = shortest(|| (), |()| contents(&found));
        row("read files", files.len(), bytes, read);
        assert!(problems.is_empty(), "{problems:?}");
        Self {
            root: root.to_owned(),
            snapshot: found,
            config,
            config_path,
            files,
        }
    }

    fn time(&self) {
        let divided: Vec<(&str, data::Front)> = self
            .files
            .iter()
            .map(|(_, text)| (text.as_str(), data::split(text).expect("front matter")))
            .collect();
        let bytes = divided.iter().map(|(_, front)| front.matter.len()).sum();
        let took = shortest(|| (), |()| self.front_matter(&divided));
        row("front matter", divided.len(), bytes, took);
        let bodies = divided.iter().map(|(text, front)| &text[front.body..]);
        let (chinese, english): (Vec<&str>, Vec<&str>) =
            bodies.partition(|body| body.contains('。'));
        for (language, bodies) in [("English", english), ("Chinese", chinese)] {
            time_bodies(language, &bodies, &self.config.markdown);
        }
        let bytes = self.files.iter().map(|(_, text)| text.len()).sum();
        let took = shortest(|| (), |()| self.documents());
        row(
            "summary of a file, all in all",
            self.files.len(),
            bytes,
            took,
        );
    }

    fn front_matter(&self, divided: &[(&str, data::Front)]) {
        for ((path, _), (text, front)) in self.files.iter().zip(divided) {
            let syntax = front.syntax.expect("front matter");
            let map = data::parse_map(text, front.matter.clone(), syntax).expect("a map");
            let on = match path.name() {
                "_index.md" => On::Section,
                _ => On::Page,
            };
            let problems = &mut Vec::new();
            black_box(front_matter::read(path, map, on, &self.config, problems));
        }
    }

    fn documents(&self) -> Vec<Document> {
        let files = self.files.iter();
        files
            .map(|(path, text)| parse::document(path, text.as_bytes(), &self.config).0)
            .collect()
    }
}

/// Links as they are written.
struct AsWritten;

impl Links for AsWritten {
    fn link(&self, target: &str) -> Option<String> {
        Some(target.to_owned())
    }

    fn image(&self, target: &str) -> Option<ImageSource> {
        Some(ImageSource {
            src: target.to_owned(),
            size: Some((160, 100)),
        })
    }
}

fn time_bodies(language: &str, bodies: &[&str], settings: &MarkdownSettings) {
    let bytes = bodies.iter().map(|body| body.len()).sum();
    let quotes = Quotes::default();
    let took = shortest(
        || (),
        |()| {
            for body in bodies {
                black_box(markdown::outline(body, settings, quotes));
            }
        },
    );
    row(&format!("outline, {language}"), bodies.len(), bytes, took);
    let labels = Labels::default();
    let took = shortest(
        || (),
        |()| {
            for body in bodies {
                black_box(markdown::to_html(body, settings, &labels, &AsWritten));
            }
        },
    );
    row(
        &format!("body to HTML, {language}"),
        bodies.len(),
        bytes,
        took,
    );
}

/// What is done with all files together.
fn time_planning(texts: &Texts) -> Arc<World> {
    let Texts {
        config, snapshot, ..
    } = texts;
    let documents = texts.documents();
    let graph = || graph(texts, documents.clone());
    let took = shortest(
        || documents.clone(),
        |documents| self::graph(texts, documents),
    );
    row("assemble", documents.len(), 0, took);
    let theme = Theme::find(config, snapshot, &mut Vec::new());
    let routes = |graph: &SiteGraph| {
        let plan = Plan {
            statics: &theme.statics(snapshot),
            has_archive: theme.has_template(snapshot, "archive.html"),
            redirects: &[],
        };
        Routes::plan(graph, config, &plan, &mut Vec::new())
    };
    let took = shortest(graph, |graph| routes(&graph));
    let mut graph = graph();
    let routes = routes(&graph);
    row("plan", routes.len(), 0, took);
    let mut problems = Vec::new();
    check(
        &mut graph,
        &routes,
        config,
        &texts.config_path,
        &mut problems,
    );
    let strings = theme.strings(snapshot, &mut problems);
    let templates = theme.templates(snapshot, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let now = Options::at(NOW).now_in(&config.zone).expect("a moment");
    let snapshot = read::snapshot(&texts.root, config, &texts.config_path, &mut problems);
    let config = config.clone();
    World::new(
        config,
        graph,
        routes,
        snapshot,
        strings,
        templates.into(),
        now,
    )
    .into()
}

fn graph(texts: &Texts, documents: Vec<Document>) -> SiteGraph {
    let documents = documents.into_iter();
    let contents = documents.map(|document| Content::new(document, MadeOf::default()));
    let sources = Sources {
        contents: contents.collect(),
        assets: Vec::new(),
        term_data: Vec::new(),
        config: &texts.config,
        options: &Options::at(NOW),
        now: Options::at(NOW)
            .now_in(&texts.config.zone)
            .expect("a moment"),
    };
    assemble(sources, &mut Vec::new())
}

type Output = (OutputPath, Vec<u8>);

/// What is rendered by an engine that has not rendered before, as in a build.
fn time_rendering(world: &Arc<World>) -> Vec<Output> {
    let pages = world.graph.nodes.len();
    let engine = || Engine::new(&world.templates, pages).expect("templates");
    let took = shortest(|| (), |()| engine());
    row("templates", 1, 0, took);
    let articles = time_outputs(world, "render an article with its body", |target| {
        matches!(target, Target::Page(_))
    });
    let lists = time_outputs(world, "render a page of a list", |target| {
        matches!(target, Target::Section { .. } | Target::Term { .. })
    });
    [articles, lists].concat()
}

fn time_outputs(world: &Arc<World>, stage: &str, is_one: fn(&Target) -> bool) -> Vec<Output> {
    let pages = world.graph.nodes.len();
    let engine = || Engine::new(&world.templates, pages).expect("templates");
    let render = |engine: Engine| -> Vec<Output> {
        let routes = world.routes.iter().filter(|route| is_one(&route.target));
        let render = routes.map(|route| {
            let mut bytes = Vec::new();
            let reader = world.tracing_reader();
            outputs::render(&engine, &reader, route, &mut bytes).expect("a page");
            black_box(reader.finish());
            (route.output.clone(), bytes)
        });
        render.collect()
    };
    let rendered = render(engine());
    let bytes = rendered.iter().map(|(_, bytes)| bytes.len()).sum();
    row(stage, rendered.len(), bytes, shortest(engine, render));
    rendered
}

fn time_publishing(folder: &Path, outputs: &[Output]) {
    let (store, output) = (folder.join("store"), folder.join("output"));
    let publish = || {
        let publisher = Publisher::begin(&store, &output, &mut || ()).expect("a publisher");
        for (path, bytes) in outputs {
            publisher.put(path, bytes).expect("a file");
        }
        publisher.commit().expect("a state")
    };
    let remove = || {
        for folder in [&store, &output] {
            let _ = fs::remove_dir_all(folder);
        }
    };
    let bytes = outputs.iter().map(|(_, bytes)| bytes.len()).sum();
    let took = shortest(remove, |()| publish());
    row("publish into an empty folder", outputs.len(), bytes, took);
    let took = shortest(|| (), |()| publish());
    row("publish what is there already", outputs.len(), bytes, took);
}

/// The golden samples, each repeated until it is long.
fn time_highlighting() {
    const LONG: usize = 100_000;
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/highlight"));
    for language in highlight::languages() {
        let sample = fs::read_to_string(folder.join(format!("{}.txt", language.name)));
        let Ok(sample) = sample else { continue };
        let code = sample.repeat(LONG.div_ceil(sample.len()));
        let took = shortest(
            || String::with_capacity(4 * code.len()),
            |mut html| {
                highlight::highlight(language.name, &code, &mut html);
                html
            },
        );
        let each = took.as_nanos() * 1000 / code.len() as u128;
        let speed = code.len() as f64 / 1e6 / took.as_secs_f64();
        println!("| {} | {each} | {speed:.0} |", language.name);
    }
}
