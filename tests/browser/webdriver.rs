//! A client for as much of WebDriver, and of Chromium's own protocol, as the checks use.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Agent;

use crate::requirements::BrowserPrograms;

const START_LIMIT: Duration = Duration::from_secs(60);
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// The checks load only pages of loopback, so Chromium's sandbox, which root and many containers
/// cannot use, guards nothing here. The rest keeps it from asking the network for anything.
const CHROMIUM_OPTIONS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// A headless browser with one window. Only one exists at a time: each takes a core of its own.
pub struct Browser {
    agent: Agent,
    session: String,
    _driver: Driver,
    _scratch: TempDir,
    _only_one: MutexGuard<'static, ()>,
}

/// How the window shows pages.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// CSS pixels.
    pub width: u32,
    /// "light" or "dark".
    pub scheme: &'static str,
}

impl Browser {
    pub fn start(programs: &BrowserPrograms) -> Self {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let only_one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let agent = agent();
        let scratch = tempfile::tempdir().expect("a temporary folder can be made");
        let driver = Driver::start(programs, &scratch);
        let status = call(agent.get(format!("{}/status", driver.origin)).call());
        assert_eq!(status["ready"], true, "ChromeDriver is not ready: {status}");
        let wanted = capabilities(programs, &scratch);
        let created = call(
            agent
                .post(format!("{}/session", driver.origin))
                .send_json(wanted),
        );
        let id = created["sessionId"]
            .as_str()
            .expect("a new session has an id");
        let session = format!("{}/session/{id}", driver.origin);
        Self {
            agent,
            session,
            _driver: driver,
            _scratch: scratch,
            _only_one: only_one,
        }
    }

    /// Loads a page and waits until all of it is there: fonts, and pictures that would otherwise
    /// wait until somebody scrolls to them.
    pub fn open(&self, url: &str) {
        self.navigate(url);
        self.evaluate(
            "for (const image of document.images) image.loading = 'eager';
             const loaded = image => image.complete || new Promise(done => {
               image.addEventListener('load', done);
               image.addEventListener('error', done);
             });
             return Promise.all([document.fonts.ready, ...[...document.images].map(loaded)])
               .then(() => null);",
            &[],
        );
    }

    /// Loads a page and waits for its load event only, so it needs no script in the page.
    pub fn navigate(&self, url: &str) {
        self.post("url", json!({ "url": url }));
    }

    /// What a function body returns in the page; promises are waited for.
    pub fn evaluate(&self, script: &str, arguments: &[Value]) -> Value {
        self.post(
            "execute/sync",
            json!({ "script": script, "args": arguments }),
        )
    }

    /// What a function body returns in the page; `None` if the page went away meanwhile.
    #[allow(dead_code, reason = "only a preview's pages go away by themselves")]
    pub fn try_evaluate(&self, script: &str) -> Option<Value> {
        let mut answer = self
            .agent
            .post(format!("{}/execute/sync", self.session))
            .send_json(json!({ "script": script, "args": [] }))
            .expect("ChromeDriver answers");
        let mut body: Value = answer.body_mut().read_json().ok()?;
        (answer.status().is_success()).then(|| body["value"].take())
    }

    /// Presses a key where the focus is.
    #[allow(dead_code, reason = "the built pages are only looked at")]
    pub fn press(&self, key: &str) {
        let strokes = ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.post("actions", json!({ "actions": [keyboard] }));
    }

    /// The entries of one log ("browser" or "performance") since it was last asked for.
    pub fn take_log(&self, kind: &str) -> Vec<Value> {
        match self.post("se/log", json!({ "type": kind })) {
            Value::Array(entries) => entries,
            other => panic!("the {kind} log is not a list: {other}"),
        }
    }

    /// Gives the window a width and a colour scheme. Narrow windows behave as a telephone's.
    pub fn show_as(&self, view: View) {
        let size = json!({
            "width": view.width,
            "height": 800,
            "deviceScaleFactor": 1,
            "mobile": view.width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": view.scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]});
        self.devtools("Emulation.setEmulatedMedia", media);
    }

    /// Allows or forbids the scripts of the pages loaded from now on.
    pub fn allow_scripts(&self, allowed: bool) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !allowed }),
        );
    }

    /// A picture of the whole page, as PNG in base64.
    pub fn screenshot(&self) -> String {
        let whole_page = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.devtools("Page.captureScreenshot", whole_page);
        picture["data"]
            .as_str()
            .expect("a screenshot has data")
            .to_owned()
    }

    fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post(
            "goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
    }

    fn post(&self, command: &str, body: Value) -> Value {
        call(
            self.agent
                .post(format!("{}/{command}", self.session))
                .send_json(body),
        )
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closes Chromium; if even that fails, the driver's end is all that is left to do.
        let _ = self.agent.delete(&self.session).call();
    }
}

fn agent() -> Agent {
    // Refusals carry their reason in the body, so they are read like any answer.
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(COMMAND_LIMIT));
    config.build().into()
}

fn capabilities(programs: &BrowserPrograms, scratch: &TempDir) -> Value {
    let own_profile = format!(
        "--user-data-dir={}",
        scratch.path().join("profile").display()
    );
    let options = CHROMIUM_OPTIONS
        .iter()
        .copied()
        .chain([own_profile.as_str()]);
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": programs.chromium,
            "args": options.collect::<Vec<_>>(),
        },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    }}})
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn call(answer: Answer) -> Value {
    let mut answer = answer.expect("ChromeDriver answers");
    let mut body: Value = answer
        .body_mut()
        .read_json()
        .expect("ChromeDriver answers with JSON");
    assert!(
        answer.status().is_success(),
        "ChromeDriver refused: {}",
        body["value"]["message"]
    );
    body["value"].take()
}

/// A running ChromeDriver that listens on a port it chose itself; it stops when dropped.
struct Driver {
    process: Child,
    origin: String,
}

impl Driver {
    /// The driver and its browser leave all their files in `scratch`.
    fn start(programs: &BrowserPrograms, scratch: &TempDir) -> Self {
        let mut command = Command::new(&programs.chromedriver);
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command
            .env("TMPDIR", scratch.path())
            .spawn()
            .expect("ChromeDriver can be started");
        let output = process.stdout.take().expect("the output was asked for");
        let mut driver = Self {
            process,
            origin: String::new(),
        };
        let port = announced_port(output);
        let port = port.unwrap_or_else(|| panic!("ChromeDriver named no port in {START_LIMIT:?}"));
        driver.origin = format!("http://127.0.0.1:{port}");
        driver
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits for the line "ChromeDriver was started successfully on port N.", which is printed when
/// the port is open; keeps reading after it, so that the driver never blocks on a full pipe.
fn announced_port(output: ChildStdout) -> Option<u16> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let port = line.trim_end_matches('.').rsplit_once(" on port ");
            if let Some(port) = port.and_then(|(_, port)| port.parse::<u16>().ok())
                && port > 0
            {
                let _ = sender.send(port);
            }
        }
    });
    receiver.recv_timeout(START_LIMIT).ok()
}
