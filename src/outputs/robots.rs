//! `robots.txt`.

use crate::config::Lang;
use crate::diagnostic::Diagnostic;

use super::Task;

pub(super) fn robots(task: &Task<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    task.render(
        "robots.txt",
        task.context(Lang::DEFAULT),
        Lang::DEFAULT,
        out,
    )
}
