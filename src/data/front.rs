//! Where the front matter of a Markdown file lies.

use std::ops::Range;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// The parts of a Markdown file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// `None`: the file has no front matter.
    pub syntax: Option<Syntax>,
    /// What stands between the two lines.
    pub matter: Range<usize>,
    /// What follows them.
    pub body: usize,
}

/// Front matter that cannot be told from text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrontError {
    /// It begins and does not end. Holds the opening line and the line that should have ended it.
    NotClosed {
        /// The opening line.
        opening: Range<usize>,
        /// `---` or `+++`.
        fence: &'static str,
    },
    /// Keys stand at the top, and a `---` line ends them, but none opens them.
    NotOpened {
        /// The first line.
        first: Range<usize>,
    },
    /// The first line was meant to open it, but is typed with other characters.
    OddFence {
        /// The line.
        line: Range<usize>,
    },
}

/// Finds the front matter.
///
/// # Errors
/// When it is opened and not closed, or opened with look-alikes of `---`.
pub fn split(text: &str) -> Result<Front, FrontError> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let first_end = line_end(text, start);
    let first = text[start..first_end].trim_end();
    let (syntax, fence) = match first {
        "---" => (Syntax::Yaml, "---"),
        "+++" => (Syntax::Toml, "+++"),
        _ if is_odd_fence(first) && looks_like_keys(text, next_line(text, first_end)) => {
            return Err(FrontError::OddFence {
                line: start..start + first.len(),
            });
        }
        _ if ends_keys_that_nothing_opened(&text[start..]) => {
            return Err(FrontError::NotOpened {
                first: start..start + first.len(),
            });
        }
        _ => {
            return Ok(Front {
                syntax: None,
                matter: start..start,
                body: start,
            });
        }
    };
    let matter = next_line(text, first_end);
    let mut at = matter;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == fence {
            return Ok(Front {
                syntax: Some(syntax),
                matter: matter..at,
                body: next_line(text, end),
            });
        }
        at = next_line(text, end);
    }
    Err(FrontError::NotClosed {
        opening: start..start + first.len(),
        fence,
    })
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

fn next_line(text: &str, line_end: usize) -> usize {
    (line_end + 1).min(text.len())
}

/// `--`, `----`, `———`, `－－－`: a dash line that YAML does not take for `---`.
pub fn is_odd_fence(line: &str) -> bool {
    line.chars().count() >= 2
        && line
            .chars()
            .all(|c| matches!(c, '-' | '－' | '—' | '–' | '―' | '＋' | '\u{3000}'))
        && line != "---"
}

/// Lines of keys from the very top down to a `---`. A Markdown heading that is underlined with
/// `---` has no key above it.
fn ends_keys_that_nothing_opened(text: &str) -> bool {
    let mut keys = 0;
    for line in text.lines() {
        match line.trim_end() {
            "---" => return keys > 0,
            line if line.starts_with([' ', '-', '#']) && keys > 0 => {}
            line if looks_like_keys(line, 0) => keys += 1,
            _ => return false,
        }
    }
    false
}

fn looks_like_keys(text: &str, at: usize) -> bool {
    let line = &text[at..line_end(text, at)];
    line.split_once([':', '：']).is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<Syntax>, &str, &str) {
        let front = split(text).expect("well formed");
        (front.syntax, &text[front.matter], &text[front.body..])
    }

    #[test]
    fn fences_of_both_kinds_and_line_ends_are_found() {
        let yaml = Some(Syntax::Yaml);
        assert_eq!(parts("---\na: 1\n---\nx"), (yaml, "a: 1\n", "x"));
        assert_eq!(parts("---\r\na: 1\r\n---\r\nx"), (yaml, "a: 1\r\n", "x"));
        assert_eq!(parts("\u{feff}---\na: 1\n---"), (yaml, "a: 1\n", ""));
        assert_eq!(
            parts("+++\na = 1\n+++\nx"),
            (Some(Syntax::Toml), "a = 1\n", "x")
        );
        assert_eq!(parts("---\n---\n"), (yaml, "", ""));
        assert_eq!(parts("# Title\n"), (None, "", "# Title\n"));
        assert_eq!(parts(""), (None, "", ""));
    }

    #[test]
    fn an_open_fence_and_a_look_alike_are_told_apart_from_text() {
        assert_eq!(
            split("---\ntitle: a\n"),
            Err(FrontError::NotClosed {
                opening: 0..3,
                fence: "---"
            })
        );
        assert_eq!(
            split("－－－\ntitle: a\n－－－\n"),
            Err(FrontError::OddFence { line: 0..9 })
        );
        assert_eq!(
            split("title: a\ntags:\n  - b\n---\n\ntext"),
            Err(FrontError::NotOpened { first: 0..8 })
        );
        assert_eq!(parts("----\n\ntext").0, None);
        assert_eq!(parts("Heading\n---\n").0, None);
        assert_eq!(parts("Note: this is text.\n").0, None);
    }
}
