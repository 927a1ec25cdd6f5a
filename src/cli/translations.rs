//! `courant translations`.

use std::collections::HashSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::{Config, Options};
use crate::message::{Tongue, say};
use crate::parse;
use crate::path::SourcePath;
use crate::read::{self, Snapshot};
use crate::site::{self, Article, Content, MadeOf, NodeId, SiteGraph, Sources, Standing, Version};

use super::args::{MessageFormat, Shared, Translations};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::stdout;
use super::summary::{padded, width};
use super::surroundings::Surroundings;

pub(super) fn run(
    args: Translations,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (config, problems) = site.settings(around.now)?;
    if !problems.is_empty() {
        messages.problems(&problems);
        messages.tell(&say::nothing_compared());
        return Ok(Exit::ContentErrors);
    }
    let wanted = args.paths.iter().map(|path| site.source(path, around));
    let wanted: HashSet<SourcePath> = wanted.collect::<Result<_, _>>()?;
    let (mut compared, wrong) = compare(&site, &config, around.now)?;
    if let Some(unknown) = wanted.iter().find(|source| !compared.has(source)) {
        return Err(Failure::new(say::no_article(unknown)).help(say::name_markdown()));
    }
    if wrong > 0 {
        messages.tell(&say::count_wrongly(say::files(wrong)));
    }
    if !wanted.is_empty() {
        compared.keep(&wanted);
    }
    let tally = Tally::of(&compared.articles);
    match (args.message_format, args.digests) {
        (MessageFormat::Json, _) => stdout::write(&lines(&compared, &tally, &config))?,
        (MessageFormat::Human, true) => stdout::write(digests(&compared).as_bytes())?,
        (MessageFormat::Human, false) => {
            stdout::write(table(&compared, &config, messages.tongue).as_bytes())?;
            messages.tell(&tally.told());
        }
    }
    Ok(match args.strict && tally.complete < tally.articles {
        true => Exit::ContentErrors,
        false => Exit::Done,
    })
}

/// All articles with what is known of them.
struct Compared {
    articles: Vec<Article>,
    graph: SiteGraph,
    snapshot: Snapshot,
}

impl Compared {
    fn has(&self, source: &SourcePath) -> bool {
        let mut versions = self.articles.iter().flat_map(versions);
        versions.any(|version| self.source(version) == source)
    }

    /// Keeps the articles of these files.
    fn keep(&mut self, wanted: &HashSet<SourcePath>) {
        let is_wanted = |version: &Version| wanted.contains(&self.graph.node(version.node).source);
        self.articles
            .retain(|article| versions(article).any(is_wanted));
    }

    fn key(&self, article: &Article) -> &str {
        self.graph.node(article.original).key()
    }

    fn source(&self, version: &Version) -> &SourcePath {
        &self.graph.node(version.node).source
    }

    fn digest(&self, version: &Version) -> String {
        digest(&self.graph, version.node, &self.snapshot)
    }
}

fn versions(article: &Article) -> impl Iterator<Item = &Version> {
    article.versions.iter().flatten()
}

fn digest(graph: &SiteGraph, id: NodeId, snapshot: &Snapshot) -> String {
    let node = graph.node(id);
    node.text_digest(&snapshot.text(&node.source).unwrap_or_default())
}

/// All articles, and the number of files with mistakes. Drafts and what waits for its day count as
/// well: somebody has to translate them.
fn compare(site: &Site, config: &Config, now: i64) -> Result<(Compared, usize), Failure> {
    let (config_path, _) = read::config(&site.root, site.config.as_deref())?;
    let options = Options {
        drafts: true,
        future: true,
        expired: true,
        ..Options::at(now)
    };
    let now = options
        .now_in(&config.zone)
        .ok_or_else(|| Failure::new(say::epoch_out_of_range()))?;
    let mut problems = Vec::new();
    let snapshot = read::snapshot(&site.root, config, &config_path, &mut problems);
    let sources: Vec<&SourcePath> = snapshot
        .below("content")
        .filter(|path| path.extension() == "md")
        .collect();
    let contents = sources.par_iter().filter_map(|path| {
        let bytes = snapshot.bytes(path).ok()?;
        let (document, mistakes) = parse::document(path, &bytes, config);
        Some((Content::new(document, MadeOf::default()), mistakes))
    });
    let (contents, mistakes): (Vec<_>, Vec<_>) = contents.unzip();
    let wrong = mistakes
        .iter()
        .filter(|mistakes| !mistakes.is_empty())
        .count();
    let sources = Sources {
        contents,
        assets: Vec::new(),
        term_data: Vec::new(),
        config,
        options: &options,
        now,
    };
    let graph = site::assemble(sources, &mut problems);
    let articles = site::parity(&graph, config, |id| digest(&graph, id, &snapshot));
    let compared = Compared {
        articles,
        graph,
        snapshot,
    };
    Ok((compared, wrong))
}

/// How many articles are how complete.
struct Tally {
    articles: usize,
    complete: usize,
    missing: usize,
    older: usize,
}

impl Tally {
    fn of(articles: &[Article]) -> Self {
        let number =
            |is: &dyn Fn(&Article) -> bool| articles.iter().filter(|article| is(article)).count();
        Self {
            articles: articles.len(),
            complete: number(&|article| !is_missing(article) && !is_older(article)),
            missing: number(&is_missing),
            older: number(&is_older),
        }
    }

    fn told(&self) -> crate::message::Message {
        say::parity(
            say::articles(self.articles),
            self.complete,
            self.missing,
            self.older,
        )
    }
}

fn is_missing(article: &Article) -> bool {
    !article.is_alone && article.versions.iter().any(Option::is_none)
}

fn is_older(article: &Article) -> bool {
    versions(article).any(|version| version.standing == Standing::Older)
}

/// The name of a state for programs.
fn state(article: &Article, version: Option<&Version>) -> &'static str {
    match version.map(|version| version.standing) {
        Some(Standing::Original) => "original",
        Some(Standing::Current) => "current",
        Some(Standing::Older) => "older",
        None if article.is_alone => "unneeded",
        None => "missing",
    }
}

/// The word for a state.
fn word(article: &Article, version: Option<&Version>) -> crate::message::Message {
    match version.map(|version| version.standing) {
        Some(Standing::Original) => say::original(),
        Some(Standing::Current) => say::current(),
        Some(Standing::Older) => say::older(),
        None if article.is_alone => say::unneeded(),
        None => say::missing(),
    }
}

fn table(compared: &Compared, config: &Config, tongue: Tongue) -> String {
    let codes = config
        .languages
        .iter()
        .map(|language| language.code.clone());
    let head: Vec<String> = std::iter::once(say::article_column().say(tongue))
        .chain(codes)
        .collect();
    let rows = compared.articles.iter().map(|article| {
        let words = article
            .versions
            .iter()
            .map(|version| word(article, version.as_ref()));
        std::iter::once(compared.key(article).to_owned())
            .chain(words.map(|word| word.say(tongue)))
            .collect()
    });
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let widest = |column: usize| {
        rows.iter()
            .map(|row| width(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(widest).collect();
    let mut table = String::new();
    for row in &rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, columns)| padded(cell, *columns));
        table += cells.collect::<Vec<String>>().join("  ").trim_end();
        table.push('\n');
    }
    table
}

fn digests(compared: &Compared) -> String {
    let versions = compared.articles.iter().flat_map(versions);
    let lines = versions.map(|version| {
        let (digest, source) = (compared.digest(version), compared.source(version));
        format!("{digest}  {source}\n")
    });
    lines.collect()
}

#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message<'a> {
    Article {
        article: &'a str,
        versions: Vec<Entry<'a>>,
    },
    TranslationsFinished {
        articles: usize,
        complete: usize,
        missing: usize,
        older: usize,
    },
}

#[derive(Serialize)]
struct Entry<'a> {
    lang: &'a str,
    state: &'static str,
    path: Option<&'a str>,
    digest: Option<String>,
}

fn lines(compared: &Compared, tally: &Tally, config: &Config) -> Vec<u8> {
    let messages = compared.articles.iter().map(|article| Message::Article {
        article: compared.key(article),
        versions: config
            .languages
            .iter()
            .zip(&article.versions)
            .map(|(language, version)| Entry {
                lang: &language.code,
                state: state(article, version.as_ref()),
                path: version
                    .as_ref()
                    .map(|version| compared.source(version).as_str()),
                digest: version.as_ref().map(|version| compared.digest(version)),
            })
            .collect(),
    });
    let Tally {
        articles: number,
        complete,
        missing,
        older,
    } = *tally;
    let last = Message::TranslationsFinished {
        articles: number,
        complete,
        missing,
        older,
    };
    let mut out = Vec::new();
    for message in messages.chain([last]) {
        serde_json::to_writer(&mut out, &message)
            .expect("text and numbers become JSON, and memory takes it");
        out.push(b'\n');
    }
    out
}
