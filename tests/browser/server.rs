//! Serves a published tree on loopback the way a plain static host does.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Request, Response, Server, StatusCode};

use crate::tree::Tree;

/// A running server; it stops when dropped.
pub struct StaticServer {
    server: Arc<Server>,
    worker: Option<JoinHandle<()>>,
    origin: String,
}

impl StaticServer {
    /// Serves the tree on a free port.
    pub fn start(tree: &'static Tree) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a loopback port is free"));
        let address = server
            .server_addr()
            .to_ip()
            .expect("the server listens on an IP address");
        let requests = Arc::clone(&server);
        let worker = thread::spawn(move || {
            for request in requests.incoming_requests() {
                answer(request, tree);
            }
        });
        Self {
            server,
            worker: Some(worker),
            origin: format!("http://{address}"),
        }
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn answer(request: Request, tree: &Tree) {
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned();
    // A browser may hang up before the answer is written, which is its right.
    let _ = match (tree.file_for(&path), tree.file_for("/404.html")) {
        (Some(file), _) => request.respond(response(&file, 200)),
        (None, Some(not_found)) => request.respond(response(&not_found, 404)),
        (None, None) => request.respond(Response::empty(404)),
    };
}

fn response(file: &Path, status: u16) -> Response<File> {
    let content = File::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let content_type = Header::from_bytes("Content-Type", content_type(file))
        .expect("every content type is a legal header value");
    Response::from_file(content)
        .with_status_code(StatusCode(status))
        .with_header(content_type)
}

fn content_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" | "htm" | "shtml" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
