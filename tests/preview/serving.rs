//! A running `courant serve`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::ops::Deref;

use ureq::Agent;

use crate::events::Events;
use crate::process::{LIMIT, Running};
use crate::site::Site;

/// A preview on a port of its own.
pub struct Preview {
    running: Running,
    pub browser: Browser,
    /// Scheme, host and port.
    pub origin: String,
    /// The address of the site's home.
    pub home: String,
}

/// Asks, and may do so from another thread.
#[derive(Clone)]
pub struct Browser {
    agent: Agent,
    origin: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// An attribute of the preview's script.
    pub fn fact(&self, name: &str) -> Option<&str> {
        let (_, rest) = self
            .body
            .split_once("<script src=\"/.courant/preview.js\"")?;
        let (tag, _) = rest.split_once('>')?;
        let (_, rest) = tag.split_once(&format!(" data-{name}=\""))?;
        Some(rest.split_once('"')?.0)
    }
}

impl Browser {
    fn of(origin: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(LIMIT));
        Self {
            agent: config.build().into(),
            origin: origin.to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = request
            .call()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let headers = answer.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Answer {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: answer.body_mut().read_to_string().expect("text"),
        }
    }
}

impl Preview {
    /// Shows a site that has no mistakes; the first build is over.
    pub fn start(site: &Site, arguments: &[&str]) -> Self {
        let preview = Self::awaiting(site, arguments);
        assert_eq!(preview.0["success"], true, "{}", preview.1.said());
        preview.1
    }

    /// Shows a site; also how the first build ended.
    pub fn awaiting(site: &Site, arguments: &[&str]) -> (serde_json::Value, Self) {
        let own = ["serve", "--message-format", "json"];
        let any_port = match arguments.contains(&"--port") {
            true => &[][..],
            false => &["--port", "0"],
        };
        let running = Running::start(site, &[&own, any_port, arguments].concat());
        let first = running.build();
        let line = running.line();
        assert_eq!(line["reason"], "serving");
        let home = line["url"].as_str().expect("an address").to_owned();
        let (scheme, rest) = home.split_once("://").expect("a full address");
        let host = rest.split('/').next().expect("a host");
        let origin = format!("{scheme}://{host}");
        let preview = Self {
            running,
            browser: Browser::of(&origin),
            origin,
            home,
        };
        (first, preview)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.browser.get(path)
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.browser.get_with(path, headers)
    }

    pub fn connect(&self) -> TcpStream {
        let address = self.origin.trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        stream
    }

    /// Sends the lines of a request as they are, and returns all that comes back.
    pub fn raw(&self, lines: &[&str]) -> String {
        let mut stream = self.connect();
        let request = format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n"));
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of a request that is sent as it is.
    pub fn status(&self, lines: &[&str]) -> u16 {
        let answer = self.raw(lines);
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
        status.unwrap_or_else(|| panic!("no status: {answer}"))
    }

    /// Listens as a page does that shows the site as it is now.
    pub fn listen(&self) -> Events {
        let page = self.get("/news/one/");
        let events = Events::since(self, page.fact("id").expect("the build"));
        // The first one tells how things stand.
        let _ = events.next();
        events
    }

    /// The host that requests are to name.
    pub fn host(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    pub fn into_running(self) -> Running {
        self.running
    }
}

impl Deref for Preview {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}
