//! What a terminal shows: prompts, commands, and their output, which stays plain.

use super::super::bytes;
use super::super::class::Class;
use super::super::marks::Marks;
use super::shell;

/// Marks a session in a terminal.
pub(crate) fn console(code: &[u8], from: usize, marks: &mut Marks) {
    let mut at = from;
    while at < code.len() {
        let Some(end) = prompt_end(code, at) else {
            at = bytes::next_line(code, at);
            continue;
        };
        marks.add(Class::Meta, at, end);
        at = shell::command_line(code, end, marks);
    }
}

/// The end of a prompt such as `$`, `#`, `>`, `me@host:~$` or `PS C:\>` at the start of a line.
fn prompt_end(code: &[u8], line: usize) -> Option<usize> {
    let end = bytes::line_end(code, line);
    let start = bytes::skip_blanks(code, line);
    let sign = bytes::until(&code[..end], start, |byte| b"$#>%".contains(&byte));
    let host = &code[start..sign];
    let spaced = host.contains(&b' ') && !host.starts_with(b"PS ") && !host.starts_with(b"(");
    let named = host.is_empty() || host.contains(&b'@') || !spaced && bytes::at(code, sign) == b'>';
    let venv = host.starts_with(b"(") && host.ends_with(b") ");
    let found = sign < end
        && matches!(bytes::at(code, sign + 1), b' ' | b'\n' | 0)
        && (named && !spaced || host.starts_with(b"PS ") || venv);
    found.then_some(sign + 1)
}
