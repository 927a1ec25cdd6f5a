//! The channel on which open pages hear of every build (server-sent events).

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Channel;
use http_body_util::channel::Sender;
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, StatusCode};
use tokio::time::timeout;

use super::super::live::Live;
use super::answer::Answer;

/// A sign of life, by which a browser that has gone is noticed.
const PULSE: Duration = Duration::from_secs(20);

/// Milliseconds after which a browser asks again if the preview has gone.
const RETRY: &str = "retry: 250\n\n";

/// Answers with a message at once and one after each build, until the browser goes.
pub(super) fn stream(request: &Request<Incoming>, live: Arc<Live>) -> Answer {
    if request.method() == Method::HEAD {
        return Answer::words(StatusCode::METHOD_NOT_ALLOWED, "listen with GET");
    }
    const AHEAD: usize = 2;
    let (sender, body) = Channel::new(AHEAD);
    // Nobody waits for the end of it: it comes when the browser goes.
    tokio::spawn(feed(since(request), live, sender));
    Answer::events(body)
}

/// The build that the page shows: the one it last heard of, else the one it was made by.
fn since(request: &Request<Incoming>) -> Option<String> {
    let heard = request.headers().get("last-event-id");
    let heard = heard.and_then(|id| id.to_str().ok()).map(str::to_owned);
    let query = request.uri().query().unwrap_or_default();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let made = pairs.find(|(name, _)| *name == "since");
    heard.or_else(|| made.map(|(_, id)| id.to_owned()))
}

/// `None` when the browser has gone.
async fn feed(mut since: Option<String>, live: Arc<Live>, mut sender: Sender<Bytes>) -> Option<()> {
    send(&mut sender, RETRY.into()).await?;
    live.ready().await;
    let mut turns = live.turns();
    loop {
        turns.mark_unchanged();
        let message = live.message(since.as_deref());
        let text = format!("id: {}\ndata: {}\n\n", message.id, message.json());
        send(&mut sender, text).await?;
        since = Some(message.id);
        while timeout(PULSE, turns.changed()).await.is_err() {
            send(&mut sender, ":\n\n".into()).await?;
        }
    }
}

async fn send(sender: &mut Sender<Bytes>, text: String) -> Option<()> {
    sender.send_data(text.into()).await.ok()
}
