//! What an open page hears.

use std::io::{BufRead as _, BufReader};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use serde_json::Value;
use ureq::Agent;

use crate::process::LIMIT;
use crate::serving::Preview;

/// A page that listens.
pub struct Events {
    messages: Receiver<Value>,
}

impl Events {
    /// Listens as a page that shows a build.
    pub fn since(preview: &Preview, id: &str) -> Self {
        let config = Agent::config_builder().proxy(None);
        let agent: Agent = config.build().into();
        let address = format!("{}/.courant/events?since={id}", preview.origin);
        let answer = agent.get(address).call().expect("an answer");
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(answer.into_body().into_reader()).lines();
            for line in lines.map_while(Result::ok) {
                if let Some(data) = line.strip_prefix("data: ")
                    && sender
                        .send(serde_json::from_str(data).expect("JSON"))
                        .is_err()
                {
                    return;
                }
            }
        });
        Self { messages }
    }

    pub fn next(&self) -> Value {
        self.messages.recv_timeout(LIMIT).expect("a message")
    }

    /// The addresses that the next build changes.
    pub fn changed(&self) -> Vec<String> {
        let message = self.next();
        let changed = message["changed"].as_array();
        let changed = changed.unwrap_or_else(|| panic!("a list: {message}"));
        let text = |path: &Value| path.as_str().expect("a path").to_owned();
        changed.iter().map(text).collect()
    }
}
