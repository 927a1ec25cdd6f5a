//! What a file is, for the browser.

use crate::path::SourcePath;

/// The content type of a file by its name; text that proves to be UTF-8 is called so. `None`
/// bytes are of a file that was not read as a whole.
pub(super) fn of(name: &str, bytes: Option<&[u8]>) -> String {
    let guess = mime_guess::from_path(name).first_raw();
    let is_utf8 = bytes.is_none_or(|bytes| std::str::from_utf8(bytes).is_ok());
    match guess {
        Some(kind) if is_text(kind) && is_utf8 => format!("{kind}; charset=utf-8"),
        Some(kind) => kind.to_owned(),
        None if bytes.is_some() && is_utf8 => "text/plain; charset=utf-8".into(),
        None => "application/octet-stream".into(),
    }
}

/// Whether a file is a page that the script can be put into.
pub(super) fn is_page(name: &str) -> bool {
    let ending = SourcePath::new(name).extension();
    matches!(ending.as_str(), "html" | "htm" | "shtml")
}

fn is_text(kind: &str) -> bool {
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("/xml")
        || kind.ends_with("json")
        || kind.ends_with("/javascript")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_its_charset() {
        for (name, kind) in [
            ("index.html", "text/html; charset=utf-8"),
            ("News_read_id_1117.shtml", "text/html; charset=utf-8"),
            ("gazette.css", "text/css; charset=utf-8"),
            ("search.js", "text/javascript; charset=utf-8"),
            ("atom.xml", "text/xml; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("_redirects", "text/plain; charset=utf-8"),
            ("table.csv", "text/csv; charset=utf-8"),
            ("mark.svg", "image/svg+xml; charset=utf-8"),
            ("photo.JPG", "image/jpeg"),
            ("font.woff2", "font/woff2"),
            ("report.pdf", "application/pdf"),
        ] {
            assert_eq!(of(name, Some(b"x")), kind, "{name}");
        }
    }

    #[test]
    fn text_in_another_encoding_is_left_to_the_browser() {
        assert_eq!(of("old.html", Some(b"\xd6\xd0")), "text/html");
        assert_eq!(of("data", Some(b"\xff\x00")), "application/octet-stream");
        assert_eq!(of("data", None), "application/octet-stream");
    }
}
