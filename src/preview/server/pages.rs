//! The site, as a browser asks for it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Request, StatusCode, header};

use super::super::live::{Live, Look};
use super::answer::Answer;
use super::content_type;
use super::files::{self, Found, Opened};
use super::insert::{self, Facts};
use super::range::Part;
use crate::digest::Digest;
use crate::message::{Argument, Message, say};
use crate::path;

/// A file of more bytes is sent piece by piece.
const WHOLE: u64 = 1024 * 1024;

/// So long somebody waits for an output folder that is being written again.
const PATIENCE: Duration = Duration::from_secs(120);

/// Answers with a file of the site, once there is one.
pub(super) async fn page(request: &Request<Incoming>, live: Arc<Live>) -> Answer {
    live.ready().await;
    let wanted = Arc::new(Wanted::of(request));
    let mut turns = live.turns();
    turns.mark_unchanged();
    let mut answer = look(&live, &wanted).await;
    if matches!(answer, Outcome::FolderIsGone) && live.order_restore() {
        // If nothing comes of it, the second look says so.
        let _ = tokio::time::timeout(PATIENCE, turns.changed()).await;
        answer = look(&live, &wanted).await;
    }
    let answer = match answer {
        Outcome::Answer(answer) => answer,
        Outcome::FolderIsGone => nothing_yet(&live),
    };
    answer.for_request(request)
}

/// What is asked for.
struct Wanted {
    /// As it was sent.
    path: String,
    query: String,
    range: Option<String>,
    if_range: Option<String>,
}

enum Outcome {
    Answer(Answer),
    FolderIsGone,
}

impl Wanted {
    fn of(request: &Request<Incoming>) -> Self {
        let header = |name| {
            let value = request.headers().get(name)?;
            Some(value.to_str().ok()?.to_owned())
        };
        Self {
            path: request.uri().path().to_owned(),
            query: (request.uri().query()).map_or(String::new(), |query| format!("?{query}")),
            range: header(header::RANGE),
            if_range: header(header::IF_RANGE),
        }
    }
}

async fn look(live: &Arc<Live>, wanted: &Arc<Wanted>) -> Outcome {
    let (live, wanted) = (Arc::clone(live), Arc::clone(wanted));
    let tongue = live.tongue();
    let looked = tokio::task::spawn_blocking(move || find(&live.look(), &wanted));
    match looked.await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => {
            let words = say::file_unreadable(Argument::cause(&error)).say(tongue);
            Outcome::Answer(Answer::words(StatusCode::INTERNAL_SERVER_ERROR, &words))
        }
        Err(_) => {
            let words = say::bug_see_terminal().say(tongue);
            Outcome::Answer(Answer::words(StatusCode::INTERNAL_SERVER_ERROR, &words))
        }
    }
}

fn find(look: &Look<'_>, wanted: &Wanted) -> io::Result<Outcome> {
    if !files::is_folder(look.folder()) {
        return Ok(Outcome::FolderIsGone);
    }
    let decoded = percent_encoding::percent_decode_str(&wanted.path).decode_utf8();
    let Ok(decoded) = decoded else {
        let words = say::address_not_utf8().say(look.tongue());
        return Ok(Outcome::Answer(Answer::words(
            StatusCode::BAD_REQUEST,
            &words,
        )));
    };
    let Some(path) = below(&decoded, look.base()) else {
        return Ok(Outcome::Answer(outside(&decoded, look)));
    };
    let answer = match files::find(look.folder(), path) {
        Found::File(opened) => shown(opened, StatusCode::OK, wanted, look)?,
        Found::Folder => {
            let there = path::encode(&format!("{decoded}/"));
            moved(&format!("{there}{}", wanted.query))
        }
        Found::Nothing => match files::not_found(look.folder(), path) {
            Some(opened) => shown(opened, StatusCode::NOT_FOUND, wanted, look)?,
            None => bare_page(look, StatusCode::NOT_FOUND, &say::no_page_there()),
        },
    };
    Ok(Outcome::Answer(answer))
}

/// The path below the site's home; `None` outside of it.
fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    let base = path::decode(base);
    path.strip_prefix(base.as_str())?.strip_prefix('/')
}

/// The home of a site that lives below a path is where it will live.
fn outside(path: &str, look: &Look<'_>) -> Answer {
    let base = path::decode(look.base());
    let home = path::encode(&format!("{base}/"));
    if path == "/" || path == base {
        return moved(&home);
    }
    let words = say::site_lives_at(home);
    bare_page(look, StatusCode::NOT_FOUND, &words)
}

fn moved(to: &str) -> Answer {
    Answer::words(StatusCode::FOUND, &format!("see {to}")).with("location", to)
}

fn shown(
    mut opened: Opened,
    status: StatusCode,
    wanted: &Wanted,
    look: &Look<'_>,
) -> io::Result<Answer> {
    if content_type::is_page(&opened.name) {
        return with_script(&opened.read()?, &opened.name, status, look);
    }
    if opened.size > WHOLE {
        return in_pieces(opened, wanted);
    }
    let bytes = opened.read()?;
    let kind = content_type::of(&opened.name, Some(&bytes));
    let tag = format!("\"{}\"", Digest::of(&bytes));
    Ok(match part(wanted, &tag, bytes.len() as u64) {
        Part::All => Answer::new(status, &kind, bytes),
        Part::Bytes(first, last) => {
            let size = bytes.len();
            let cut = bytes[first as usize..=last as usize].to_vec();
            Answer::new(StatusCode::PARTIAL_CONTENT, &kind, cut)
                .with("content-range", &format!("bytes {first}-{last}/{size}"))
        }
        Part::None => no_such_part(bytes.len() as u64),
    }
    .with("etag", &tag)
    .with("accept-ranges", "bytes"))
}

fn in_pieces(opened: Opened, wanted: &Wanted) -> io::Result<Answer> {
    let (size, tag) = (opened.size, format!("\"{}\"", opened.stamp));
    let kind = content_type::of(&opened.name, None);
    Ok(match part(wanted, &tag, size) {
        Part::All => Answer::file(StatusCode::OK, &kind, opened.from(0)?, size),
        Part::Bytes(first, last) => {
            let file = opened.from(first)?;
            Answer::file(StatusCode::PARTIAL_CONTENT, &kind, file, last - first + 1)
                .with("content-range", &format!("bytes {first}-{last}/{size}"))
        }
        Part::None => no_such_part(size),
    }
    .with("etag", &tag)
    .with("accept-ranges", "bytes"))
}

/// A part of another state of the file is of no use to whoever has the rest.
fn part(wanted: &Wanted, tag: &str, size: u64) -> Part {
    let is_same = wanted.if_range.as_deref().is_none_or(|known| known == tag);
    Part::of(wanted.range.as_deref().filter(|_| is_same), size)
}

fn no_such_part(size: u64) -> Answer {
    let words = "the file is not as long as that";
    Answer::words(StatusCode::RANGE_NOT_SATISFIABLE, words)
        .with("content-range", &format!("bytes */{size}"))
}

fn with_script(page: &[u8], name: &str, status: StatusCode, look: &Look<'_>) -> io::Result<Answer> {
    let early = look.early(name);
    let version = insert::version(page, early);
    let shows = match name.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => name,
    };
    let facts = Facts {
        id: &look.id(),
        shows: &format!("{}/{shows}", path::decode(look.base())),
        version: &version,
        early,
        tongue: look.tongue(),
    };
    let bytes = insert::script(page, &facts);
    let tag = format!("\"{}\"", Digest::of(&bytes));
    let kind = content_type::of(name, Some(page));
    Ok(Answer::new(status, &kind, bytes)
        .with("etag", &tag)
        .with(VERSION, &version))
}

/// Tells the script whether the page has changed.
const VERSION: &str = "courant-version";

/// A page of our own where the site has none.
fn bare_page(look: &Look<'_>, status: StatusCode, words: &Message) -> Answer {
    let page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>courant</title><p>{}</p></html>",
        look.tongue().code(),
        words.say(look.tongue())
    );
    let facts = Facts {
        id: &look.id(),
        shows: "",
        version: "",
        early: None,
        tongue: look.tongue(),
    };
    let bytes = insert::script(page.as_bytes(), &facts);
    Answer::new(status, "text/html; charset=utf-8", bytes)
}

/// Until the first mistakes are mended, there is only the list of them to show.
fn nothing_yet(live: &Live) -> Answer {
    let words = say::not_built_yet();
    bare_page(&live.look(), StatusCode::SERVICE_UNAVAILABLE, &words)
}
