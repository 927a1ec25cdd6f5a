//! Places: files of the site, files of the output, and the URLs between them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::byte_set::ByteSet;
use crate::message::{Message, say};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// A file of the site, relative to its root with `/` between parts: `content/service/a.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that is relative to the site's root and uses `/`.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `a.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder, without a trailing `/`; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What follows the last dot of the name, in lower case; empty if there is none.
    pub fn extension(&self) -> String {
        self.name()
            .rsplit_once('.')
            .map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }

    /// The path below a folder: `content/a.md` below `content` is `a.md`.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether it is this file, or lies in this folder; the root has an empty path.
    pub fn is_within(&self, place: &Self) -> bool {
        place.0.is_empty() || self == place || self.below(&place.0).is_some()
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Serialize for SourcePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SourcePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self::new)
    }
}

/// Joins a folder and a relative path as a browser would, resolving `.` and `..`.
/// `None` if the result would leave the root.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A file below the output folder: `service/activities/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Checks that a path stays in the output folder and that every file system can hold it.
    ///
    /// # Errors
    /// Says in plain words what is wrong with it.
    pub fn checked(path: &str) -> Result<Self, Message> {
        for part in path.split('/') {
            if let Some(problem) = problem_with_part(part) {
                return Err(problem);
            }
        }
        Ok(Self(Arc::from(path)))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL at which a web server shows this file; `index.html` is its folder.
    pub fn url(&self) -> UrlPath {
        let shown = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        };
        UrlPath(Arc::from(format!("/{shown}")))
    }
}

fn problem_with_part(part: &str) -> Option<Message> {
    const LONGEST: usize = 255;
    match part {
        "" => Some(say::empty_part()),
        "." | ".." => Some(say::leaves_folder(part)),
        _ if part.len() > LONGEST => Some(say::part_too_long(part.len(), LONGEST)),
        _ if part
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\') =>
        {
            None
        }
        _ => part
            .chars()
            .find(|c| c.is_control() || *c == '\\')
            .map(|c| say::odd_character(format!("{c:?}"))),
    }
}

impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OutputPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = <&str>::deserialize(deserializer)?;
        Self::checked(path).map_err(|problem| serde::de::Error::custom(problem.english()))
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// A URL path within the site, decoded, from the site's home: `/service/activities/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// Takes a decoded path; adds the leading `/` where it is missing.
    pub fn new(path: impl AsRef<str>) -> Self {
        let path = path.as_ref();
        if path.starts_with('/') {
            Self(Arc::from(path))
        } else {
            Self(Arc::from(format!("/{path}")))
        }
    }

    /// The decoded path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file a web server answers this URL from; see [`OutputPath::checked`].
    ///
    /// # Errors
    /// Says in plain words why no such file may be written.
    pub fn output(&self) -> Result<OutputPath, Message> {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            OutputPath::checked(&format!("{path}index.html"))
        } else {
            OutputPath::checked(path)
        }
    }

    /// The URL one step below: `/service/` and `page/2/` give `/service/page/2/`.
    pub fn child(&self, below: &str) -> Self {
        Self(Arc::from(format!("{}{below}", self.0)))
    }

    /// What stands between the last two `/`, or behind the last one.
    pub fn last_part(&self) -> &str {
        let path = self.0.strip_suffix('/').unwrap_or(&self.0);
        path.rsplit('/').next().unwrap_or_default()
    }

    /// The path as it stands in an address: everything outside of URL syntax percent-encoded.
    pub fn encoded(&self) -> String {
        encode(&self.0)
    }

    /// The same behind the address of a site.
    pub fn encoded_below(&self, origin: &str, base: &str) -> String {
        let mut out = String::with_capacity(origin.len() + base.len() + self.0.len());
        out.push_str(origin);
        out.push_str(base);
        encode_into(&mut out, &self.0);
        out
    }
}

impl Serialize for UrlPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UrlPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self::new)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// Percent-encodes a decoded URL path; `/` stays.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode_into(&mut out, path);
    out
}

/// The same at the end of a text.
pub fn encode_into(out: &mut String, path: &str) {
    match PLAIN.end_in(path) {
        None => out.push_str(path),
        Some(_) => out.extend(utf8_percent_encode(path, URL_PATH)),
    }
}

/// What is not percent-encoded. Most paths have nothing else.
const PLAIN: ByteSet = ByteSet::of(
    b"!$&'()*+,-./0123456789:;=@_~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
);

/// Decodes `%xx`; bytes that are not UTF-8 become replacement characters.
pub fn decode(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned()
}

const URL_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_and_its_file_lead_to_each_other() {
        for (url, file) in [
            ("/", "index.html"),
            ("/a/b/", "a/b/index.html"),
            ("/atom.xml", "atom.xml"),
            ("/News_read_id_1117.shtml", "News_read_id_1117.shtml"),
        ] {
            let output = UrlPath::new(url).output().expect("a legal path");
            assert_eq!(output.as_str(), file);
            assert_eq!(output.url().as_str(), url);
        }
    }

    #[test]
    fn a_path_that_leaves_the_output_is_refused() {
        let problem = |path: &str| OutputPath::checked(path).expect_err("refused").english();
        assert_eq!(
            problem("../x"),
            "has the part `..`, which leaves its folder"
        );
        assert_eq!(problem("a//b"), "has an empty part between two `/`");
        assert_eq!(
            problem("a\\b"),
            "holds the character '\\\\', which no URL may hold"
        );
        assert_eq!(
            problem(&"x".repeat(256)),
            "has a part of 256 bytes; file systems hold 255"
        );
    }

    #[test]
    fn joining_resolves_dots_and_stays_inside() {
        assert_eq!(
            join("content/a", "../b/./c.md").as_deref(),
            Some("content/b/c.md")
        );
        assert_eq!(join("a", "../../x"), None);
    }

    #[test]
    fn encoding_keeps_slashes_and_escapes_han() {
        assert_eq!(
            UrlPath::new("/活动/a b/").encoded(),
            "/%E6%B4%BB%E5%8A%A8/a%20b/"
        );
        assert_eq!(decode("/%E6%B4%BB%E5%8A%A8/"), "/活动/");
        for byte in 0..0x80_u8 {
            let text = char::from(byte).to_string();
            let encoded = utf8_percent_encode(&text, URL_PATH).to_string();
            assert_eq!((PLAIN.has(byte), encode(&text)), (encoded == text, encoded));
        }
    }
}
