//! Archetypes: the text a new file begins with, and the places in it that are filled in.

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::SourcePath;

/// An article where the site has no archetype for it.
pub(super) const ARTICLE: &str = "---
title: {{ title }}
author: {{ author }}
date: {{ date }}
category: {{ category }}
---

";

/// A section where the site has no archetype for it.
pub(super) const SECTION: &str = "---
title: {{ title }}
---

";

/// What is filled in; a value that is not known leaves its place empty.
pub(super) struct Values {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) author: Option<String>,
    pub(super) category: Option<String>,
}

impl Values {
    fn get(&self, name: &str) -> Option<&str> {
        match name {
            "title" => Some(&self.title),
            "date" => Some(&self.date),
            "author" => Some(self.author.as_deref().unwrap_or("")),
            "category" => Some(self.category.as_deref().unwrap_or("")),
            _ => None,
        }
    }
}

/// Replaces `{{ title }}` and its like, each quoted as the place where it stands demands.
///
/// # Errors
/// One problem for each placeholder that does not exist.
pub(super) fn fill(
    path: &SourcePath,
    text: &str,
    values: &Values,
) -> Result<String, Vec<Diagnostic>> {
    let front = FrontMatter::of(text);
    let mut out = String::with_capacity(text.len());
    let mut problems = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = placeholder(text, at) {
        out.push_str(&text[at..start]);
        at = end;
        let name = text[start + 2..end - 2].trim();
        match values.get(name) {
            Some(value) => insert(&mut out, value, front.place(text, start)),
            None => problems.push(unknown(path, name, start..end)),
        }
    }
    out.push_str(&text[at..]);
    if problems.is_empty() {
        Ok(out)
    } else {
        Err(problems)
    }
}

fn placeholder(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find("{{")?;
    let end = start + text[start..].find("}}")? + 2;
    Some((start, end))
}

fn unknown(path: &SourcePath, name: &str, range: std::ops::Range<usize>) -> Diagnostic {
    let message = say::no_placeholder(name);
    Diagnostic::new(Code::TemplateSyntax, path, Spot::Bytes(range), message)
        .help(say::placeholders_are())
}

/// The front matter of an archetype: where it ends, and what it is written in.
struct FrontMatter {
    end: usize,
    is_toml: bool,
}

/// What stands around a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Text,
    Yaml,
    Toml,
    DoubleQuotes,
    SingleQuotes,
}

impl FrontMatter {
    fn of(text: &str) -> Self {
        let fence = ["---", "+++"]
            .into_iter()
            .find(|fence| text.starts_with(fence));
        let end = fence.and_then(|fence| Some(3 + text[3..].find(&format!("\n{fence}"))?));
        Self {
            end: end.unwrap_or(0),
            is_toml: fence == Some("+++"),
        }
    }

    fn place(&self, text: &str, at: usize) -> Place {
        if at >= self.end {
            return Place::Text;
        }
        let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let quote = text[line_start..at]
            .chars()
            .fold(None, |open, char| match (open, char) {
                (None, '"' | '\'') => Some(char),
                (Some(quote), _) if quote == char => None,
                _ => open,
            });
        match (quote, self.is_toml) {
            (Some('"'), _) => Place::DoubleQuotes,
            (Some(_), _) => Place::SingleQuotes,
            (None, true) => Place::Toml,
            (None, false) => Place::Yaml,
        }
    }
}

fn insert(out: &mut String, value: &str, place: Place) {
    match place {
        Place::Text => out.push_str(value),
        Place::Yaml if value.is_empty() => out.truncate(out.trim_end_matches(' ').len()),
        Place::Yaml if is_plain(value) => out.push_str(value),
        Place::Yaml | Place::Toml => out.push_str(&quoted(value)),
        Place::DoubleQuotes => {
            let quoted = quoted(value);
            out.push_str(&quoted[1..quoted.len() - 1]);
        }
        Place::SingleQuotes => out.push_str(&value.replace('\'', "''")),
    }
}

/// JSON's strings are strings of YAML and TOML too.
fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// Whether YAML reads it as text without quotes; rather too strict than wrong.
fn is_plain(value: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let is_safe =
        |char: char| char.is_alphanumeric() || " -_.,/()&+:、，。：（）《》“”·".contains(char);
    value.starts_with(char::is_alphanumeric)
        && value.chars().all(is_safe)
        && !value.ends_with([' ', ':'])
        && !value.contains(": ")
        && !WORDS.contains(&value.to_lowercase().as_str())
        && value.parse::<f64>().is_err()
        && !value.starts_with("0x")
        && !value.starts_with("0o")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, title: &str) -> Result<String, Vec<Diagnostic>> {
        let values = Values {
            title: title.into(),
            date: "2021-03-05 10:00".into(),
            author: Some("秘书处".into()),
            category: None,
        };
        fill(&SourcePath::new("archetypes/default.md"), text, &values)
    }

    #[test]
    fn the_built_in_article_is_filled_in() {
        assert_eq!(
            filled(ARTICLE, "Clinic day").as_deref(),
            Ok(
                "---\ntitle: Clinic day\nauthor: 秘书处\ndate: 2021-03-05 10:00\ncategory:\n---\n\n"
            )
        );
    }

    #[test]
    fn values_are_quoted_as_their_place_demands() {
        for (text, title, expected) in [
            (
                "---\na: {{ title }}\n---\n",
                "Now: open",
                "---\na: \"Now: open\"\n---\n",
            ),
            (
                "---\na: {{ title }}\n---\n",
                "yes",
                "---\na: \"yes\"\n---\n",
            ),
            (
                "---\na: {{ title }}\n---\n",
                "2024",
                "---\na: \"2024\"\n---\n",
            ),
            (
                "---\na: {{ title }}\n---\n",
                "2024 report",
                "---\na: 2024 report\n---\n",
            ),
            (
                "---\na: \"x {{title}}\"\n---\n",
                "say \"a\"",
                "---\na: \"x say \\\"a\\\"\"\n---\n",
            ),
            (
                "---\na: '{{title}}'\n---\n",
                "it's",
                "---\na: 'it''s'\n---\n",
            ),
            ("+++\na = {{ title }}\n+++\n", "A", "+++\na = \"A\"\n+++\n"),
            (
                "---\nx: 1\n---\n# {{ title }}\n",
                "Now: open",
                "---\nx: 1\n---\n# Now: open\n",
            ),
            ("# {{ title", "A", "# {{ title"),
        ] {
            assert_eq!(filled(text, title).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn an_unknown_placeholder_is_named() {
        let problems = filled("{{ titel }} {{ x }}", "A").expect_err("refused");
        let messages: Vec<String> = problems
            .iter()
            .map(|problem| problem.message.english())
            .collect();
        assert_eq!(
            messages,
            [
                "there is no placeholder `titel`",
                "there is no placeholder `x`"
            ]
        );
        assert_eq!(problems[0].spot, Spot::Bytes(0..11));
    }
}
