//! A Markdown file's summary: its front matter, and the outline of its body.

use serde::{Deserialize, Serialize};

use crate::config::{Config, Lang, MarkdownSettings};
use crate::data::{self, FrontError, Map};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::digest::Digest;
use crate::message::say;
use crate::path::SourcePath;

use super::front_matter::{self, FrontMatter, On};
use super::markdown::{self, Outline, Quotes};
use super::text;

/// What the site keeps of a Markdown file; its text is read again when a page is rendered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// What its body holds. It stands first, for it is read alone, too.
    pub outline: Box<Outline>,
    /// The file.
    pub source: SourcePath,
    /// Its front matter; boxed, for documents are sorted and handed on.
    pub front: Box<FrontMatter>,
    /// Where its body lies, in bytes; a title that was taken from it is left out.
    pub body: usize,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// Reads one file. A file with problems still yields a document, so that links to it are not
/// reported as well.
pub fn document(source: &SourcePath, bytes: &[u8], config: &Config) -> (Document, Vec<Diagnostic>) {
    let outline = |body: &str, settings: &MarkdownSettings, quotes| {
        (markdown::outline(body, settings, quotes), None)
    };
    let (document, _, problems) = read(source, bytes, Digest::of(bytes), config, outline);
    (document, problems)
}

/// The same with the skeleton of its HTML, where it has one. `digest` is that of its bytes.
pub fn document_and_html(
    source: &SourcePath,
    bytes: &[u8],
    digest: Digest,
    config: &Config,
) -> (Document, Option<String>, Vec<Diagnostic>) {
    read(
        source,
        bytes,
        digest,
        config,
        markdown::outline_and_skeleton,
    )
}

fn read(
    source: &SourcePath,
    bytes: &[u8],
    digest: Digest,
    config: &Config,
    read_body: impl Fn(&str, &MarkdownSettings, Quotes) -> (Outline, Option<String>),
) -> (Document, Option<String>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let text = text::decode(source, bytes).unwrap_or_else(|problem| {
        problems.push(problem);
        ""
    });
    let (map, mut body) = divide(source, text, &mut problems);
    let on = match is_section(source) {
        true => On::Section,
        false => On::Page,
    };
    let mut front = front_matter::read(source, map, on, config, &mut problems);
    let quotes = quotes(source, &front, config);
    let (mut outline, mut html) = read_body(&text[body..], &config.markdown, quotes);
    if front.title.is_none()
        && let Some((title, range)) = outline.title.take()
    {
        body += range.end;
        front.title = Some(title);
        (outline, html) = read_body(&text[body..], &config.markdown, quotes);
    }
    (
        Document {
            source: source.clone(),
            front: Box::new(front),
            outline: Box::new(outline),
            body,
            digest,
        },
        html,
        problems,
    )
}

/// The quotation marks of a file's language; that is told by its front matter, else by its name.
fn quotes(source: &SourcePath, front: &FrontMatter, config: &Config) -> Quotes {
    let written = front.lang.as_deref().and_then(|code| config.lang(code));
    let mut parts = source.name().rsplit('.').skip(1);
    let named = parts.next().filter(|_| parts.next().is_some());
    let lang = written
        .or_else(|| config.lang(named?))
        .unwrap_or(Lang::DEFAULT);
    Quotes::of(&config.language(lang).code)
}

/// Whether a file is a section's own: `_index.md`, `_index.zh.md`.
pub fn is_section(source: &SourcePath) -> bool {
    source.name().starts_with("_index.")
}

fn divide(source: &SourcePath, text: &str, problems: &mut Vec<Diagnostic>) -> (Map, usize) {
    let front = match data::split(text) {
        Ok(front) => front,
        Err(error) => {
            problems.push(explain(source, error));
            return (Map::default(), text.len());
        }
    };
    let Some(syntax) = front.syntax else {
        return (Map::default(), front.body);
    };
    let map = data::parse_map(text, front.matter, syntax).unwrap_or_else(|error| {
        problems.push(error.of(source));
        Map::default()
    });
    (map, front.body)
}

fn explain(source: &SourcePath, error: FrontError) -> Diagnostic {
    match error {
        FrontError::NotClosed { opening, fence } => Diagnostic::new(
            Code::FrontMatterEnd,
            source,
            Spot::Bytes(opening),
            say::front_not_closed(fence),
        )
        .help(say::close_front(fence)),
        FrontError::NotOpened { first } => Diagnostic::new(
            Code::FrontMatterEnd,
            source,
            Spot::Bytes(first),
            say::front_not_opened(),
        )
        .help(say::open_front()),
        FrontError::OddFence { line } => Diagnostic::new(
            Code::FrontMatterEnd,
            source,
            Spot::Bytes(line),
            say::odd_fence(),
        )
        .help(say::write_fence()),
    }
}
