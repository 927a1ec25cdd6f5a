//! What an open page is told, as JSON.

use serde::Serialize;

use super::Changed;
use crate::build::BuildError;
use crate::diagnostic::{Problem, Severity};
use crate::message::{Tell as _, Tongue, say};

/// How the site stands now, for a page that shows it as it was.
pub(crate) struct Message {
    /// Names the build.
    pub(crate) id: String,
    pub(super) changed: Changed,
    pub(super) navigate: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) tongue: Tongue,
}

/// Why the last build published nothing: one problem, cut for being shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mistake {
    severity: String,
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
    /// What is said around them.
    words: Words,
}

/// What stands around the mistakes that are laid over a page.
#[derive(Serialize)]
struct Words {
    title: String,
    close: String,
    /// Of those that are not listed.
    more: Option<String>,
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
        let more = mistake_count.saturating_sub(MOST_MISTAKES);
        let words = Words {
            title: say::mistakes_title(mistake_count).say(self.tongue),
            close: say::close_overlay().say(self.tongue),
            more: (more > 0).then(|| say::terminal_lists(more).say(self.tongue)),
        };
        let json = Json {
            id: &self.id,
            changed,
            navigate: self.navigate.as_deref(),
            mistakes: &self.mistakes[..mistake_count.min(MOST_MISTAKES)],
            mistake_count,
            words,
        };
        serde_json::to_string(&json).expect("text and numbers become JSON")
    }
}

impl Mistake {
    pub(super) fn of(problem: &Problem, tongue: Tongue) -> Self {
        let span = problem.span.as_ref();
        let excerpt = span.map(|span| {
            let (before, rest) = span.excerpt.split_at(span.marked.start);
            let (marked, behind) = rest.split_at(span.marked.len());
            [before, marked, behind].map(str::to_owned)
        });
        Self {
            severity: problem.severity.message().say(tongue),
            code: Some(problem.code.as_str()),
            message: problem.message.say(tongue),
            path: Some(problem.path.as_str().to_owned()),
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            excerpt,
            help: problem.help.as_ref().map(|help| help.say(tongue)),
        }
    }

    pub(super) fn of_failure(error: &BuildError, tongue: Tongue) -> Self {
        Self {
            severity: Severity::Error.message().say(tongue),
            code: None,
            message: error.message().say(tongue),
            path: None,
            line: None,
            column: None,
            excerpt: None,
            help: None,
        }
    }
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
        let problem = Diagnostic::new(
            Code::DeadLink,
            &path,
            spot,
            say::verbatim("it leads nowhere"),
        )
        .help(say::verbatim("Mend it."))
        .pinpoint(&mut |_| Some("标[x](y)\n".into()));
        let message = Message {
            id: "7-1".into(),
            changed: Changed::Paths(["/a/".to_owned()].into()),
            navigate: None,
            mistakes: vec![Mistake::of(&problem, Tongue::English)],
            tongue: Tongue::English,
        };
        assert_eq!(
            message.json(),
            concat!(
                r#"{"id":"7-1","changed":["/a/"],"navigate":null,"mistakes":[{"#,
                r#""severity":"error","code":"dead-link","message":"it leads nowhere","#,
                r#""path":"content/a.md","line":1,"column":2,"excerpt":["标","[x]","(y)"],"#,
                r#""help":"Mend it."}],"mistake_count":1,"words":{"title":"1 mistake: nothing was published. Below is the site as it was before.","close":"Close (Esc)","more":null}}"#
            )
        );
    }

    #[test]
    fn a_flood_of_mistakes_is_cut_and_counted() {
        let message = Message {
            id: "7-2".into(),
            changed: Changed::Unknown,
            navigate: Some("/a/".into()),
            mistakes: vec![Mistake::of_failure(&BuildError::Now(7), Tongue::Chinese); 51],
            tongue: Tongue::Chinese,
        };
        let json = message.json();
        assert!(json.starts_with(r#"{"id":"7-2","changed":null,"navigate":"/a/","mistakes":["#));
        assert_eq!(json.matches("1970 年起的第 7 秒不是日期").count(), 50);
        assert!(
            json.ends_with(r#""close":"关闭（Esc）","more":"另有 1 处，全部列在终端里。"}}"#),
            "{json}"
        );
    }
}
