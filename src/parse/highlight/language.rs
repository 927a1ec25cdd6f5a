//! The table of languages.

use super::family::scan;
use super::languages::{
    c, console, csharp, css, diff, docker, go, java, javascript, keyed, kotlin, lua, make,
    markdown, markup, php, powershell, python, ruby, rust, shell, sql, swift, template, yaml,
};
use super::marks::Marks;

/// A language that can be highlighted: one row of the table.
#[derive(Debug)]
pub struct LanguageRow {
    /// The name to write after the fence, in small letters.
    pub name: &'static str,
    /// Other names for it, sorted.
    pub aliases: &'static [&'static str],
    /// The name to show to readers.
    pub label: &'static str,
    pub(super) lexer: Lexer,
}

/// Adds marks for the code from a place on.
pub(super) type Lexer = fn(&[u8], usize, &mut Marks);

/// The language of that name or alias, whatever the case.
pub(super) fn find(name: &str) -> Option<&'static LanguageRow> {
    LANGUAGES.iter().find(|row| {
        row.name.eq_ignore_ascii_case(name)
            || row
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

macro_rules! table {
    ($($name:literal, $aliases:expr, $label:literal, $lexer:expr;)*) => {
        &[$(LanguageRow { name: $name, aliases: &$aliases, label: $label, lexer: $lexer }),*]
    };
}

macro_rules! family {
    ($spec:path) => {
        |code, from, marks| {
            scan(&$spec, code, from, marks);
        }
    };
}

/// All languages, sorted by name.
pub(super) static LANGUAGES: &[LanguageRow] = table! {
    "c", ["h"], "C", family!(c::C);
    "console", ["shell-session", "shellsession", "terminal"], "Console", console::console;
    "cpp", ["c++", "cc", "cxx", "h++", "hpp"], "C++", family!(c::CPP);
    "csharp", ["c#", "cs"], "C#", family!(csharp::CSHARP);
    "css", [], "CSS", css::css;
    "diff", ["patch"], "Diff", diff::diff;
    "dockerfile", ["containerfile", "docker"], "Dockerfile", docker::dockerfile;
    "go", ["golang"], "Go", family!(go::GO);
    "html", ["htm", "svelte", "vue", "xhtml"], "HTML", markup::html;
    "ini", ["cfg", "conf", "dotenv", "editorconfig", "env", "properties"], "INI", keyed::ini;
    "java", [], "Java", family!(java::JAVA);
    "javascript", ["cjs", "js", "jsx", "mjs", "node"], "JavaScript", family!(javascript::JAVASCRIPT);
    "json", ["json5", "jsonc", "webmanifest"], "JSON", family!(javascript::JSON);
    "kotlin", ["kt", "kts"], "Kotlin", family!(kotlin::KOTLIN);
    "lua", [], "Lua", family!(lua::LUA);
    "makefile", ["make", "mk"], "Makefile", make::makefile;
    "markdown", ["md", "mdx"], "Markdown", markdown::markdown;
    "php", [], "PHP", php::php;
    "powershell", ["ps1", "pwsh"], "PowerShell", family!(powershell::POWERSHELL);
    "python", ["py", "pyi", "python3"], "Python", family!(python::PYTHON);
    "ruby", ["rb"], "Ruby", family!(ruby::RUBY);
    "rust", ["rs"], "Rust", family!(rust::RUST);
    "scss", ["less", "sass"], "SCSS", css::scss;
    "shell", ["bash", "ksh", "sh", "zsh"], "Shell", shell::shell;
    "sql", ["mysql", "pgsql", "plpgsql", "postgresql", "sqlite"], "SQL", family!(sql::SQL);
    "swift", [], "Swift", family!(swift::SWIFT);
    "template", ["django", "j2", "jinja", "jinja2", "tera", "twig"], "Template", template::template;
    "text", ["plain", "plaintext", "txt"], "Text", |_, _, _| {};
    "toml", [], "TOML", keyed::toml;
    "tsx", [], "TSX", family!(javascript::TSX);
    "typescript", ["cts", "mts", "ts"], "TypeScript", family!(javascript::TYPESCRIPT);
    "xml", ["atom", "rss", "svg", "xsd", "xsl", "xslt"], "XML", markup::xml;
    "yaml", ["yml"], "YAML", yaml::yaml;
};

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, find};

    #[test]
    fn rows_and_aliases_are_sorted_and_no_name_is_given_twice() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.name < b.name));
        let mut names = Vec::new();
        for row in LANGUAGES {
            assert!(
                row.aliases.is_sorted_by(|a, b| a < b),
                "aliases of {}",
                row.name
            );
            names.push(row.name);
            names.extend(row.aliases);
        }
        let count = names.len();
        assert!(names.iter().all(|name| *name == name.to_ascii_lowercase()));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn names_are_found_whatever_their_case() {
        assert_eq!(find("C++").map(|row| row.name), Some("cpp"));
        assert_eq!(find("YML").map(|row| row.name), Some("yaml"));
        assert_eq!(find("golang").map(|row| row.label), Some("Go"));
        assert!(find("klingon").is_none() && find("").is_none());
    }
}
