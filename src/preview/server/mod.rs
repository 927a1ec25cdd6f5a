//! Shows the published site to browsers on this computer.

mod answer;
mod content_type;
mod events;
mod files;
mod guard;
mod insert;
mod pages;
mod range;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::live::Live;
use answer::Answer;

pub(super) use guard::Hosts;

/// What is not the site's, and no site has.
const EVENTS: &str = "/.courant/events";
const SCRIPT: &str = "/.courant/preview.js";

/// Takes part in every page that is shown.
const SCRIPT_TEXT: &str = include_str!("../client/preview.js");

/// So many connections are served at once, if the system allows; more wait.
const MOST_CONNECTIONS: u64 = 4000;

/// So many files are left to the builds.
const RESERVE: u64 = 200;

/// A connection on which nothing is asked for so long is closed.
const IDLE: Duration = Duration::from_secs(30);

/// Serves until it is dropped.
pub(super) async fn run(listener: TcpListener, hosts: Hosts, live: Arc<Live>) {
    let hosts = Arc::new(hosts);
    let places = Arc::new(Semaphore::new(most_connections()));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (hosts, live) = (Arc::clone(&hosts), Arc::clone(&live));
                tokio::spawn(async move {
                    serve(stream, hosts, live).await;
                    drop(place);
                });
            }
            // The other side is gone already, or the system is out of files. Nothing tells when it
            // has some again, and to ask at once would keep a core busy until then.
            Err(_) => tokio::time::sleep(RETRY).await,
        }
    }
}

/// The pause after a connection that could not be accepted.
const RETRY: Duration = Duration::from_millis(50);

/// Every connection takes one of the files that the system lets a program open.
fn most_connections() -> usize {
    const USUAL: u64 = 1024;
    let files = rlimit::increase_nofile_limit(MOST_CONNECTIONS + RESERVE).unwrap_or(USUAL);
    let connections = files.saturating_sub(RESERVE).clamp(1, MOST_CONNECTIONS);
    usize::try_from(connections).unwrap_or(1)
}

async fn serve(stream: TcpStream, hosts: Arc<Hosts>, live: Arc<Live>) {
    let answer = service_fn(move |request| {
        let (hosts, live) = (Arc::clone(&hosts), Arc::clone(&live));
        async move { Ok::<_, Infallible>(answer(&request, &hosts, live).await.into_response()) }
    });
    // Small answers go out at once; who cannot have that gets them a little later.
    let _ = stream.set_nodelay(true);
    // A browser that goes away in the middle is its own affair.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

async fn answer(request: &Request<Incoming>, hosts: &Hosts, live: Arc<Live>) -> Answer {
    if let Err(refusal) = hosts.admit(request) {
        return refusal;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let words = "only GET and HEAD are answered here";
        return Answer::words(StatusCode::METHOD_NOT_ALLOWED, words).with("allow", "GET, HEAD");
    }
    match request.uri().path() {
        EVENTS => events::stream(request, live),
        SCRIPT => answer::script(request),
        _ => pages::page(request, live).await,
    }
}
