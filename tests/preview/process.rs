//! The running program.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::site::Site;

/// What has not come by then does not come.
pub const LIMIT: Duration = Duration::from_secs(30);

/// A program that builds again and again; it ends when it is dropped.
pub struct Running {
    child: Child,
    /// What it says to programs.
    lines: Receiver<String>,
    /// What it says to people.
    pub messages: Receiver<String>,
}

impl Running {
    pub fn start(site: &Site, arguments: &[&str]) -> Self {
        Self::spawn(&mut command(site, arguments))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let lines = lines_of(child.stdout.take().expect("a pipe"));
        let messages = lines_of(child.stderr.take().expect("a pipe"));
        Self {
            child,
            lines,
            messages,
        }
    }

    /// Everything that is said to programs until a build ends, with how it ended as the last.
    pub fn build_lines(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            let is_last = line["reason"] == "build-finished";
            lines.push(line);
            if is_last {
                return lines;
            }
        }
    }

    /// How the next build ends.
    pub fn build(&self) -> Value {
        self.build_lines().pop().expect("the line that ends it")
    }

    /// The next object for programs.
    pub fn line(&self) -> Value {
        let line = self.lines.recv_timeout(LIMIT);
        let line = line.unwrap_or_else(|_| panic!("no line came: {}", self.said()));
        serde_json::from_str(&line).expect("JSON")
    }

    /// The next message that holds some words.
    pub fn message(&self, words: &str) -> String {
        loop {
            let line = self.messages.recv_timeout(LIMIT);
            let line = line.unwrap_or_else(|_| panic!("nothing said `{words}`"));
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn said(&self) -> String {
        self.messages.try_iter().collect::<Vec<_>>().join("\n")
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: libc::c_int) {
        let process = libc::pid_t::try_from(self.child.id()).expect("a process id");
        // SAFETY: it takes no pointers, and the process is a child that was not waited for.
        let sent = unsafe { libc::kill(process, signal) };
        assert_eq!(sent, 0, "the signal is sent");
    }

    /// Waits for the program to end by itself; also what it said last.
    pub fn end(mut self) -> (ExitStatus, String) {
        // Both pipes close when it has ended.
        let messages: Vec<String> =
            std::iter::from_fn(|| self.messages.recv_timeout(LIMIT).ok()).collect();
        let status = self.child.wait().expect("it can be waited for");
        (status, messages.join("\n"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A run of the program in a site.
pub fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
    command
        .args(arguments)
        .current_dir(site.root())
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1614909600")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn lines_of(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
