//! Edits as words of a script.

use std::fmt;

use crate::edits::{EDITS, Edit};
use crate::site::Site;

/// An edit of the catalogue, and which of the files that it fits is meant: `title` or `title:3`.
/// Behind `title,` the next edit follows before anything is built.
#[derive(Clone, Copy)]
pub struct Step {
    pub edit: &'static Edit,
    pub pick: usize,
    pub is_built: bool,
}

impl Step {
    /// The edit of the first file that it fits, and a build.
    pub fn first(edit: &'static Edit) -> Self {
        Self {
            edit,
            pick: 0,
            is_built: true,
        }
    }

    pub fn parse(word: &str) -> Self {
        let bare = word.trim_end_matches(',');
        let (name, pick) = bare.split_once(':').unwrap_or((bare, "0"));
        let edit = EDITS.iter().find(|edit| edit.name == name);
        Self {
            edit: edit.unwrap_or_else(|| panic!("there is no edit `{name}`")),
            pick: pick.parse().expect("a number behind the colon"),
            is_built: bare == word,
        }
    }

    /// Whether there was anything to edit.
    pub fn apply(&self, site: &mut Site) -> bool {
        self.edit.apply(site, self.pick)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.edit.name)?;
        if self.pick != 0 {
            write!(formatter, ":{}", self.pick)?;
        }
        formatter.write_str(if self.is_built { "" } else { "," })
    }
}

/// The steps of a line.
pub fn parse(line: &str) -> Vec<Step> {
    line.split_whitespace().map(Step::parse).collect()
}

/// Steps as a line.
pub fn line(steps: &[Step]) -> String {
    let words: Vec<String> = steps.iter().map(Step::to_string).collect();
    words.join(" ")
}

#[test]
fn a_line_becomes_steps_and_back() {
    let text = "title body:3, undone";
    assert_eq!(line(&parse(text)), text);
}
