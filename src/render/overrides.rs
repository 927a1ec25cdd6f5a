//! A site's own template that stands in for one of the theme's, but does not fit what the
//! theme's other templates expect of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Argument, say};
use crate::path::SourcePath;

/// Blocks that a theme's templates fill and that the site's own parent template lacks: one problem
/// for each such parent, instead of one for every block of every page of the theme.
#[derive(Default)]
pub(super) struct MissingBlocks(BTreeMap<String, BTreeSet<String>>);

impl MissingBlocks {
    /// Notes a block of the template `child` that its parent lacks. `false` if the parent is not
    /// a template of the site standing in for the theme's, so that the child itself is to blame.
    pub(super) fn note(
        &mut self,
        child: &str,
        child_text: &str,
        block: &str,
        has: &dyn Fn(&str) -> bool,
    ) -> bool {
        let is_of_theme = child.starts_with("themes/") || child.starts_with("built-in/");
        let Some(parent) = parent(child_text).filter(|parent| is_of_theme && has(parent)) else {
            return false;
        };
        self.0
            .entry(parent.to_owned())
            .or_default()
            .insert(block.to_owned());
        true
    }

    /// The problems, each at the site's template.
    pub(super) fn problems(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().map(|(parent, blocks)| {
            let message = say::lacks_blocks(&parent, Argument::quoted(&blocks));
            let empty = blocks.iter().map(say::empty_block);
            let empty = empty.reduce(say::and);
            let help = empty.map(say::add_blocks);
            let path = SourcePath::new(format!("templates/{parent}"));
            let problem = Diagnostic::new(Code::TemplateSyntax, &path, Spot::File, message);
            Diagnostic { help, ..problem }
        })
    }
}

/// What `{% extends "…" %}` names.
fn parent(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("extends")?;
    after.trim_start().strip_prefix('"')?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_blocks_of_one_parent_are_one_problem() {
        let mut missing = MissingBlocks::default();
        let child = "{% extends \"base.html\" %}{% block title %}{% endblock %}";
        let has = |name: &str| name == "base.html";
        assert!(missing.note("built-in/404.html", child, "title", &has));
        assert!(missing.note("built-in/page.html", child, "meta", &has));
        assert!(!missing.note("page.html", child, "title", &has));
        assert!(!missing.note("built-in/page.html", child, "title", &|_| false));
        let problems: Vec<Diagnostic> = missing.problems().collect();
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems[0].message.english(),
            "this stands in for the theme's `base.html`, but lacks blocks that the theme's pages fill: `meta`, `title`"
        );
        assert_eq!(
            problems[0]
                .help
                .as_ref()
                .map(crate::message::Message::english)
                .as_deref(),
            Some(
                "Add `{% block meta %}{% endblock %}` and `{% block title %}{% endblock %}`, or give the file a name that the theme does not use."
            )
        );
    }
}
