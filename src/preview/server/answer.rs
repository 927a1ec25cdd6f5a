//! Answers, and how they become HTTP.

use std::convert::Infallible;
use std::fs::File;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Channel, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, header};

use super::SCRIPT_TEXT;
use crate::digest::Digest;

pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// What is sent back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    body: Source,
}

/// Where a body comes from.
enum Source {
    Whole(Bytes),
    /// So many bytes from where the file stands.
    File(File, u64),
    /// As long as the browser listens.
    Events(Channel<Bytes>),
    /// Nothing, for a request that wants the headers only.
    Length(u64),
}

impl Answer {
    pub(super) fn new(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self::of(status, Source::Whole(body.into())).with("content-type", content_type)
    }

    /// A line of text for people.
    pub(super) fn words(status: StatusCode, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }

    pub(super) fn file(status: StatusCode, content_type: &str, file: File, length: u64) -> Self {
        Self::of(status, Source::File(file, length)).with("content-type", content_type)
    }

    pub(super) fn events(body: Channel<Bytes>) -> Self {
        Self::of(StatusCode::OK, Source::Events(body)).with("content-type", "text/event-stream")
    }

    fn of(status: StatusCode, body: Source) -> Self {
        let answer = Self {
            status,
            headers: HeaderMap::new(),
            body,
        };
        // What is kept may be used, but only after asking.
        answer.with("cache-control", "no-cache")
    }

    /// With a header; one that HTTP cannot carry is left out.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// Without its body, if only the headers are asked for, or the browser has the body already.
    pub(super) fn for_request(mut self, request: &Request<Incoming>) -> Self {
        let tag = self.headers.get(header::ETAG);
        let has_it = self.status == StatusCode::OK
            && tag.is_some_and(|tag| is_known(tag, request.headers()));
        if has_it {
            self.status = StatusCode::NOT_MODIFIED;
            self.headers.remove(header::CONTENT_TYPE);
            self.body = Source::Whole(Bytes::new());
        } else if request.method() == Method::HEAD {
            self.body = Source::Length(self.length());
        }
        self
    }

    fn length(&self) -> u64 {
        match &self.body {
            Source::Whole(bytes) => bytes.len() as u64,
            Source::File(_, length) | Source::Length(length) => *length,
            Source::Events(_) => 0,
        }
    }

    pub(super) fn into_response(mut self) -> Response<Body> {
        let is_endless = matches!(self.body, Source::Events(_));
        if !is_endless && self.status != StatusCode::NOT_MODIFIED {
            self.headers
                .insert(header::CONTENT_LENGTH, self.length().into());
        }
        let body = match self.body {
            Source::Whole(bytes) => Full::new(bytes).boxed_unsync(),
            Source::Length(_) => Full::default().boxed_unsync(),
            Source::File(file, length) => super::files::stream(file, length).boxed_unsync(),
            Source::Events(channel) => channel.boxed_unsync(),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

fn is_known(tag: &HeaderValue, headers: &HeaderMap) -> bool {
    let tag = tag.to_str().unwrap_or_default();
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == "*" || known == tag)
}

/// The script of every page.
pub(super) fn script(request: &Request<Incoming>) -> Answer {
    let tag = format!("\"{}\"", Digest::of(SCRIPT_TEXT.as_bytes()));
    Answer::new(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        SCRIPT_TEXT,
    )
    .with("etag", &tag)
    .for_request(request)
}
