//! Many connections at once.

use std::io::{Read as _, Write as _};

use crate::events::Events;
use crate::serving::Preview;
use crate::site::{Site, article};

#[test]
fn a_thousand_connections_are_answered() {
    const CONNECTIONS: usize = 1000;
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let mut streams: Vec<_> = (0..CONNECTIONS).map(|_| preview.connect()).collect();
    let request = format!(
        "GET /news/one/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        preview.host()
    );
    for stream in &mut streams {
        stream.write_all(request.as_bytes()).expect("sent");
    }
    for mut stream in streams {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.ends_with("</body></html>"), "{answer}");
    }
}

#[test]
fn a_hundred_open_pages_hear_of_a_build() {
    let site = Site::new();
    let preview = Preview::start(&site, &["--watch"]);
    let page = preview.get("/news/one/");
    let id = page.fact("id").expect("the build");
    let pages: Vec<Events> = (0..100).map(|_| Events::since(&preview, id)).collect();
    for page in &pages {
        assert_eq!(page.changed(), [""; 0]);
    }
    site.write("content/news/one.md", &article("One", "Other text."));
    for page in &pages {
        assert_eq!(page.changed(), ["/news/one/"]);
    }
}
