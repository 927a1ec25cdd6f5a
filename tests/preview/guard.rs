//! Who may ask, and for what.

use std::os::unix::fs::symlink;

use crate::serving::Preview;
use crate::site::Site;

#[test]
fn no_path_leaves_the_site() {
    let site = Site::new();
    site.write("secret.txt", "a secret");
    std::fs::write(site.beside("secret.txt"), "a secret").expect("written");
    let preview = Preview::start(&site, &[]);
    symlink(
        site.path("secret.txt"),
        site.path(".courant/preview/link.txt"),
    )
    .expect("a link");
    symlink(site.root(), site.path(".courant/preview/root")).expect("a link");
    let host = format!("Host: {}", preview.host());
    for path in [
        "/../secret.txt",
        "/../../secret.txt",
        "/news/../../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%252e%252e/%252e%252e/secret.txt",
        "/..%5c..%5csecret.txt",
        "/..\\..\\secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "//../../secret.txt",
        "/news/one/index.html%00.txt",
        "/news/one/index.html/",
        "/./secret.txt",
        "/link.txt",
        "/root/secret.txt",
        "/.courant/manifest",
        "/C:/secret.txt",
    ] {
        let answer = preview.raw(&[&format!("GET {path} HTTP/1.1"), &host]);
        let status: u16 = answer[9..12].parse().expect("a status");
        assert!(matches!(status, 400 | 404), "{path}: {answer}");
        assert!(!answer.contains("a secret"), "{path}");
    }
    let not_text = preview.raw(&["GET /%ff%fe HTTP/1.1", &host]);
    assert!(not_text.starts_with("HTTP/1.1 400 "), "{not_text}");
}

#[test]
fn a_link_that_stays_in_the_site_is_followed() {
    let site = Site::new();
    let preview = Preview::start(&site, &[]);
    symlink("site.css", site.path(".courant/preview/link.css")).expect("a link");
    assert_eq!(preview.get("/link.css").body, "h1 { color: red }\n");
}

#[test]
fn folders_are_not_listed() {
    let site = Site::new();
    site.write("static/files/a.txt", "a");
    let preview = Preview::start(&site, &[]);
    for path in ["/files/", "/files"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404);
        assert!(answer.body.contains("nothing here (en)"));
    }
}

#[test]
fn foreign_hosts_are_refused() {
    let site = Site::new();
    let preview = Preview::start(&site, &[]);
    let port = preview
        .host()
        .rsplit_once(':')
        .expect("a port")
        .1
        .to_owned();
    let asked_as = |host: &str| preview.status(&["GET / HTTP/1.1", &format!("Host: {host}")]);
    for host in [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "a.localhost",
        "LocalHost:80",
    ] {
        assert_eq!(asked_as(host), 200, "{host}");
    }
    assert_eq!(asked_as(&format!("localhost:{port}")), 200);
    for host in ["evil.example", "192.168.0.1", "localhost.evil.example"] {
        assert_eq!(asked_as(host), 421, "{host}");
    }
    assert_eq!(asked_as("a b"), 400);
    assert_eq!(preview.status(&["GET / HTTP/1.0"]), 400);
    assert_eq!(
        preview.status(&["GET / HTTP/1.1", "Host: localhost", "Host: evil.example"]),
        400
    );
    assert_eq!(
        preview.status(&["GET http://evil.example/ HTTP/1.1", "Host: localhost"]),
        400
    );
}

#[test]
fn foreign_pages_may_not_listen() {
    let site = Site::new();
    let preview = Preview::start(&site, &[]);
    let line = "GET /.courant/events HTTP/1.1";
    let host = format!("Host: {}", preview.host());
    for header in [
        "Origin: https://evil.example",
        "Origin: http://localhost:1",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
    ] {
        assert_eq!(preview.status(&[line, &host, header]), 403, "{header}");
    }
    assert_eq!(preview.status(&[line, "Host: evil.example"]), 421);
    // An own page may: the answer has no end, so only its beginning is read.
    let origin = format!("Origin: {}", preview.origin);
    let mut stream = preview.connect();
    std::io::Write::write_all(
        &mut stream,
        format!("{line}\r\n{host}\r\n{origin}\r\n\r\n").as_bytes(),
    )
    .expect("sent");
    let mut status = [0; 12];
    std::io::Read::read_exact(&mut stream, &mut status).expect("an answer");
    assert_eq!(&status, b"HTTP/1.1 200");
}

#[test]
fn only_reading_is_answered() {
    let site = Site::new();
    let preview = Preview::start(&site, &[]);
    let host = format!("Host: {}", preview.host());
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = preview.raw(&[&format!("{method} / HTTP/1.1"), &host]);
        assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
        assert!(answer.contains("allow: GET, HEAD\r\n"), "{answer}");
    }
}

#[test]
fn a_host_of_the_network_is_known_by_its_name_only() {
    let site = Site::new();
    let preview = Preview::start(
        &site,
        &["--host", "0.0.0.0", "--base-url", "http://office.example"],
    );
    let asked_as = |host: &str| preview.status(&["GET / HTTP/1.1", &format!("Host: {host}")]);
    for host in ["192.168.0.1", "office.example:1111", "localhost"] {
        assert_eq!(asked_as(host), 200, "{host}");
    }
    assert_eq!(asked_as("evil.example"), 421);
}
