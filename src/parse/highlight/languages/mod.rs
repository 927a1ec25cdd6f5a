//! The languages: facts for the scanner of the C family, and lexers for the others.

pub(super) mod c;
pub(super) mod console;
pub(super) mod csharp;
pub(super) mod css;
pub(super) mod diff;
pub(super) mod docker;
pub(super) mod go;
pub(super) mod java;
pub(super) mod javascript;
pub(super) mod keyed;
pub(super) mod kotlin;
pub(super) mod lua;
pub(super) mod make;
pub(super) mod markdown;
pub(super) mod markup;
pub(super) mod php;
pub(super) mod powershell;
pub(super) mod python;
pub(super) mod ruby;
pub(super) mod rust;
pub(super) mod shell;
pub(super) mod sql;
pub(super) mod swift;
pub(super) mod template;
pub(super) mod yaml;

use super::bytes;
use super::class::Class;
use super::family::{Before, Scanner};

/// `#!/usr/bin/env name` at the very start of a file.
fn hashbang(scanner: &mut Scanner<'_>) -> bool {
    let found = scanner.at == 0 && scanner.sees("#!");
    if found {
        let end = bytes::line_end(scanner.code, 0);
        scanner.take(Class::Meta, end, Before::Item);
    }
    found
}
