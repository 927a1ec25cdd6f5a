//! What an open page is told, as JSON.

use serde::Serialize;

use super::Changed;
use crate::build::BuildError;
use crate::diagnostic::{Problem, Severity};

/// How the site stands now, for a page that shows it as it was.
pub(crate) struct Message {
    /// Names the build.
    pub(crate) id: String,
    pub(super) changed: Changed,
    pub(super) navigate: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
}

/// Why the last build published nothing: one problem, cut for being shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mistake {
    severity: &'static str,
    code: Option<&'static str>,
    message: String,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The line: before the mark, what is marked, behind it.
    excerpt: Option<[String; 3]>,
    help: Option<String>,
}

#[derive(Serialize)]
struct Json<'a> {
    id: &'a str,
    /// Null where it is not known.
    changed: Option<Vec<&'a str>>,
    navigate: Option<&'a str>,
    mistakes: &'a [Mistake],
    /// How many there are, of which a part is listed.
    mistake_count: usize,
}

/// A page that shows more mistakes at once is of no use.
const MOST_MISTAKES: usize = 50;

impl Message {
    /// One line of JSON.
    pub(crate) fn json(&self) -> String {
        let changed = match &self.changed {
            Changed::Paths(paths) => Some(paths.iter().map(String::as_str).collect()),
            Changed::Unknown => None,
        };
        let mistake_count = self.mistakes.len();
        let json = Json {
            id: &self.id,
            changed,
            navigate: self.navigate.as_deref(),
            mistakes: &self.mistakes[..mistake_count.min(MOST_MISTAKES)],
            mistake_count,
        };
        serde_json::to_string(&json).expect("text and numbers become JSON")
    }
}

impl Mistake {
    pub(super) fn of(problem: &Problem) -> Self {
        let span = problem.span.as_ref();
        let excerpt = span.map(|span| {
            let (before, rest) = span.excerpt.split_at(span.marked.start);
            let (marked, behind) = rest.split_at(span.marked.len());
            [before, marked, behind].map(str::to_owned)
        });
        Self {
            severity: problem.severity.as_str(),
            code: Some(problem.code.as_str()),
            message: problem.message.clone(),
            path: Some(problem.path.as_str().to_owned()),
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            excerpt,
            help: problem.help.clone(),
        }
    }

    pub(super) fn of_failure(error: &BuildError) -> Self {
        Self {
            severity: Severity::Error.as_str(),
            code: None,
            message: without_number(&error.to_string()).to_owned(),
            path: None,
            line: None,
            column: None,
            excerpt: None,
            help: None,
        }
    }
}

/// The system's words without its number for them.
fn without_number(words: &str) -> &str {
    words
        .split_once(" (os error ")
        .map_or(words, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Spot};
    use crate::path::SourcePath;

    #[test]
    fn a_page_is_told_what_changed_and_what_is_wrong() {
        let path = SourcePath::new("content/a.md");
        let spot = Spot::Bytes(3..6);
        let problem = Diagnostic::new(Code::DeadLink, &path, spot, "it leads nowhere")
            .help("Mend it.")
            .pinpoint(&mut |_| Some("标[x](y)\n".into()));
        let message = Message {
            id: "7-1".into(),
            changed: Changed::Paths(["/a/".to_owned()].into()),
            navigate: None,
            mistakes: vec![Mistake::of(&problem)],
        };
        assert_eq!(
            message.json(),
            concat!(
                r#"{"id":"7-1","changed":["/a/"],"navigate":null,"mistakes":[{"#,
                r#""severity":"error","code":"dead-link","message":"it leads nowhere","#,
                r#""path":"content/a.md","line":1,"column":2,"excerpt":["标","[x]","(y)"],"#,
                r#""help":"Mend it."}],"mistake_count":1}"#
            )
        );
    }

    #[test]
    fn a_flood_of_mistakes_is_cut_and_counted() {
        let message = Message {
            id: "7-2".into(),
            changed: Changed::Unknown,
            navigate: Some("/a/".into()),
            mistakes: vec![Mistake::of_failure(&BuildError::Now(7)); 51],
        };
        let json = message.json();
        assert!(json.starts_with(r#"{"id":"7-2","changed":null,"navigate":"/a/","mistakes":["#));
        assert_eq!(json.matches("7 seconds since 1970 is no date").count(), 50);
        assert!(json.ends_with(r#""mistake_count":51}"#));
    }
}
