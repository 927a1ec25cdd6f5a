//! How the program begins and ends.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use crate::process::{LIMIT, Running, command};
use crate::serving::Preview;
use crate::site::{Site, article};

fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[test]
fn ctrl_c_ends_it_and_deletes_nothing() {
    for signal in [libc::SIGINT, libc::SIGTERM] {
        let site = Site::new();
        let preview = Preview::start(&site, &["--watch"]);
        let _listening = preview.listen();
        let before = files(&site.root());
        preview.signal(signal);
        let (status, messages) = preview.into_running().end();
        assert_eq!((status.code(), &*messages), (Some(0), ""));
        assert_eq!(files(&site.root()), before);
    }
}

#[test]
fn ctrl_c_ends_build_watch_and_leaves_what_was_built() {
    let site = Site::new();
    let running = Running::start(&site, &["build", "--watch"]);
    running.message("Waiting for changes");
    let before = files(&site.root());
    running.signal(libc::SIGINT);
    let (status, _) = running.end();
    assert_eq!(status.code(), Some(0));
    assert_eq!(files(&site.root()), before);
    assert!(site.path("public/news/one/index.html").is_file());
}

#[test]
fn ctrl_c_waits_for_the_running_build_and_a_second_one_does_not() {
    let site = Site::new();
    let running = Running::start(&site, &["build", "--watch"]);
    running.message("Waiting for changes");
    let lock = fs::File::open(site.path(".courant/lock")).expect("the lock");
    lock.lock().expect("it is free");
    site.write("content/news/one.md", &article("One", "Other text."));
    running.message("Waiting for another build");
    running.signal(libc::SIGINT);
    running.signal(libc::SIGTERM);
    assert_eq!(running.end().0.code(), Some(0));
    drop(lock);
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_an_error() {
    let site = Site::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (status, messages) = Running::start(&site, &["serve", "--port", &port]).end();
    assert_eq!(status.code(), Some(2));
    assert_eq!(
        messages,
        format!(
            "error: another program uses port {port}\n |\n = help: Choose another one, or leave `--port` out: then a free one is found."
        )
    );
    assert!(!site.path(".courant").exists());
}

#[test]
fn the_next_free_port_is_taken_where_none_was_asked_for() {
    let site = Site::new();
    // Whoever else has it, it is taken now.
    let _taken = TcpListener::bind("127.0.0.1:1111");
    let running = Running::start(&site, &["serve", "--message-format", "json"]);
    running.build();
    let line = running.line();
    let url = line["url"].as_str().expect("an address");
    let port = url
        .trim_start_matches("http://127.0.0.1:")
        .trim_end_matches('/');
    let port: u16 = port.parse().expect("a port");
    assert!(port > 1111, "{url}");
}

#[test]
fn an_address_of_another_computer_is_an_error() {
    let site = Site::new();
    let (status, messages) = Running::start(&site, &["serve", "--host", "192.0.2.1"]).end();
    assert_eq!(status.code(), Some(2));
    assert!(
        messages.starts_with("error: cannot listen at 192.0.2.1: "),
        "{messages}"
    );
}

#[test]
fn an_output_folder_of_its_own_is_used() {
    let site = Site::new();
    let output = site.beside("output");
    let preview = Preview::start(&site, &["--output-dir", output.to_str().expect("UTF-8")]);
    assert!(output.join("news/one/index.html").is_file());
    assert_eq!(preview.get("/news/one/").status, 200);
    assert!(!site.path(".courant/preview").exists());
}

#[test]
fn other_folders_of_the_store_are_refused() {
    let site = Site::new();
    let (status, messages) = Running::start(&site, &["serve", "-p", "0", "-o", ".courant/x"]).end();
    assert_eq!(status.code(), Some(2));
    assert!(messages.contains("which holds its sources"), "{messages}");
}

#[test]
fn the_browser_is_opened_when_asked_for() {
    let site = Site::new();
    let opener = site.beside("bin/xdg-open");
    fs::create_dir(site.beside("bin")).expect("a folder");
    let pipe = site.beside("opened");
    let name = std::ffi::CString::new(pipe.to_str().expect("UTF-8")).expect("no zeros");
    // SAFETY: the name is a live string that ends with a zero.
    assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
    let script = format!("#!/bin/sh\necho \"$1\" > '{}'\n", pipe.display());
    fs::write(&opener, script).expect("written");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("set");
    let running = Running::spawn(
        command(&site, &["serve", "-p", "0", "--open"]).env("PATH", site.beside("bin")),
    );
    let (sender, opened) = mpsc::channel();
    // Reading waits until the script writes.
    thread::spawn(move || sender.send(fs::read_to_string(&pipe)));
    let opened = opened.recv_timeout(LIMIT).expect("something is opened");
    let shown = running.message("The site is shown at");
    assert!(
        shown.contains(opened.expect("an address").trim()),
        "{shown}"
    );
}

#[test]
fn people_are_told_where_to_look_and_what_each_change_did() {
    let site = Site::new();
    let running = Running::start(&site, &["serve", "-w", "-p", "0"]);
    let line = running.message("The site is shown at");
    assert!(line.ends_with("/ until you press Ctrl-C."), "{line}");
    site.write("content/news/one.md", &article("One", "Other text."));
    let line = running.message("content/news/one.md");
    let (did, _) = line.split_once(" in ").expect("the time");
    assert!(did.ends_with("1 written"), "{line}");
}

#[test]
fn later_builds_tell_programs_what_changed_only() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    site.write("content/news/one.md", &article("One", "Other text."));
    let lines = preview.build_lines();
    let summary: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or_default();
            (text("reason"), text("path"))
        })
        .collect();
    assert_eq!(
        summary,
        [("output", "news/one/index.html"), ("build-finished", "")]
    );
    assert_eq!(
        lines[1]["unchanged"].as_u64().expect("a number") + 1,
        lines[1]["outputs"]
    );
}

#[test]
fn navigate_tells_pages_where_the_edit_is() {
    let site = Site::new();
    site.write("content/news/bundle/index.md", &article("Bundle", "Text."));
    let preview = Preview::start(&site, &["--watch", "--navigate"]);
    let events = preview.listen();
    for (file, text, there) in [
        (
            "content/news/two.md",
            &*article("Two", "Other text."),
            "/news/two/",
        ),
        ("content/news/bundle/table.csv", "a,b\n", "/news/bundle/"),
    ] {
        site.write(file, text);
        let mut message = events.next();
        while message["navigate"].is_null() {
            message = events.next();
        }
        assert_eq!(message["navigate"], there);
    }
}

#[test]
fn idle_files_and_threads_stay_as_they_are() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let open = || {
        let folder = format!("/proc/{}/fd", preview.id());
        fs::read_dir(folder).ok().map(Iterator::count)
    };
    let edit = |number: usize| {
        let text = format!("Text {number}.");
        site.write("content/news/one.md", &article("One", &text));
        preview.build();
        assert!(preview.get("/news/one/").body.contains(&text));
    };
    edit(0);
    let before = open();
    (1..20).for_each(edit);
    // The preview reads for the next build, and closes the connection, after it has answered.
    let limit = Instant::now() + LIMIT;
    while open() > before && Instant::now() < limit {
        thread::yield_now();
    }
    assert!(open() <= before, "{:?} files, {before:?} before", open());
}
