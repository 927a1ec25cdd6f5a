//! The tables of the guide, held against the tables of the program.
//!
//! Each table stands under a heading of its own. Its first columns are the program's; columns
//! behind them are the guide's own words, which must not be empty. With `COURANT_BLESS=1` the
//! program's columns are written into the pages; read the difference before you keep it. Chinese
//! pages say in Chinese what the program says in English, so there the names are held.

#![expect(
    clippy::disallowed_methods,
    reason = "pages are files, and a variable blesses them"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use courant::config::{CONFIG_KEYS, ConfigKey, LANGUAGE_KEYS, MARKDOWN_KEYS};
use courant::diagnostic::Code;
use courant::outputs::FORMATS;
use courant::parse::front_matter::FRONT_KEYS;
use courant::parse::highlight::{classes, languages};
use courant::render::{FILTERS, FUNCTIONS};
use courant::site::TERM_KEYS;
use courant::theme::THEME_KEYS;

const MEND: &str =
    "`COURANT_BLESS=1 cargo test --test reference` writes the program's columns into the page";

type Row = Vec<String>;

fn row<const N: usize>(cells: [&str; N]) -> Row {
    cells.map(str::to_owned).into()
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

/// Tests run at once, and several of them may write to one page.
static PAGES: Mutex<()> = Mutex::new(());

/// A table of a page, as it lies in its text.
struct Table {
    _turn: MutexGuard<'static, ()>,
    page: &'static str,
    heading: &'static str,
    text: String,
    /// The bytes of the rows, without the line of names and the line below it.
    rows: std::ops::Range<usize>,
}

impl Table {
    /// The first table under a heading of `content/guide/PAGE`.
    fn find(page: &'static str, heading: &'static str) -> Self {
        let turn = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
        let text = fs::read_to_string(path(page))
            .unwrap_or_else(|error| panic!("content/guide/{page}: {error}"));
        let mut at = 0;
        let (mut is_below, mut lines) = (false, 0);
        let mut rows = None;
        for line in text.split_inclusive('\n') {
            let end = at + line.len();
            match (is_below, line.starts_with('|')) {
                (false, _) => is_below = heading_of(line) == Some(heading),
                (true, true) => {
                    lines += 1;
                    match (lines, &mut rows) {
                        (2, _) => rows = Some(end..end),
                        (_, Some(rows)) => rows.end = end,
                        _ => {}
                    }
                }
                (true, false) if lines > 0 || line.starts_with('#') => break,
                _ => {}
            }
            at = end;
        }
        let rows = rows.unwrap_or_else(|| {
            panic!("content/guide/{page} has no table under the heading `{heading}`")
        });
        Self {
            _turn: turn,
            page,
            heading,
            text,
            rows,
        }
    }

    fn rows(&self) -> Vec<Row> {
        self.text[self.rows.clone()].lines().map(cells).collect()
    }

    /// Compares the first columns with the program's rows, or writes them.
    fn holds(self, wanted: Vec<Row>) {
        if std::env::var_os("COURANT_BLESS").is_some() {
            return self.bless(&wanted);
        }
        let (found, place) = (self.rows(), self.place());
        for row in &wanted {
            let name = &row[0];
            let Some(found) = found.iter().find(|found| found[0] == *name) else {
                panic!("{place}: there is no row {name}; {MEND}");
            };
            for (at, cell) in row.iter().enumerate() {
                let shown = found.get(at).map_or("", String::as_str);
                assert!(
                    shown == cell,
                    "{place}: the row {name} says\n  {shown}\nand the program says\n  {cell}\n{MEND}"
                );
            }
            let own = found.iter().skip(row.len());
            assert!(
                own.clone().all(|cell| !cell.is_empty()),
                "{place}: the row {name} has an empty column; write it by hand"
            );
        }
        self.has_order_of(&wanted, &found);
    }

    /// Compares the names alone, for pages in another language.
    fn names(self, wanted: &[Row]) {
        let (found, place) = (self.rows(), self.place());
        for row in wanted {
            let name = &row[0];
            let is_there = found
                .iter()
                .any(|found| found[0] == *name && found.iter().all(|cell| !cell.is_empty()));
            assert!(
                is_there,
                "{place}: there is no full row {name}; write it in the page's language"
            );
        }
        self.has_order_of(wanted, &found);
    }

    fn has_order_of(&self, wanted: &[Row], found: &[Row]) {
        for (index, found) in found.iter().enumerate() {
            let expected = wanted.get(index).map(|row| &row[0]);
            assert!(
                expected == Some(&found[0]),
                "{}: row {} is {}, where the program has {}; {MEND}",
                self.place(),
                index + 1,
                found[0],
                expected.map_or("no row", String::as_str)
            );
        }
    }

    fn place(&self) -> String {
        format!(
            "content/guide/{}, table under `{}`",
            self.page, self.heading
        )
    }

    fn bless(self, wanted: &[Row]) {
        let found = self.rows();
        let columns = found.first().or(wanted.first()).map_or(0, Vec::len);
        let mut rows = String::new();
        for row in wanted {
            let old = found.iter().find(|found| found[0] == row[0]);
            let own = (row.len()..columns)
                .map(|at| old.and_then(|old| old.get(at)).map_or("", String::as_str));
            let cells: Vec<String> = row
                .iter()
                .map(String::as_str)
                .chain(own)
                .map(|cell| cell.replace('|', "\\|"))
                .collect();
            rows.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        let text = [
            &self.text[..self.rows.start],
            &rows,
            &self.text[self.rows.end..],
        ]
        .concat();
        fs::write(path(self.page), text).expect("the page can be written");
    }
}

fn path(page: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("content/guide")
        .join(page)
}

/// `## Keys {#keys}` → `Keys`.
fn heading_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#').strip_prefix(' ')?;
    line.starts_with('#')
        .then(|| text.split(" {#").next().unwrap_or(text).trim())
}

/// `| a \| b | c |` → `a | b`, `c`.
fn cells(line: &str) -> Row {
    let bare = line.trim().trim_start_matches('|');
    let mut cells = vec![String::new()];
    let mut chars = bare.chars().peekable();
    while let Some(char) = chars.next() {
        let cell = cells.last_mut().expect("one cell at least");
        match char {
            '\\' if chars.peek() == Some(&'|') => cell.extend(chars.next()),
            '|' => cells.push(String::new()),
            _ => cell.push(char),
        }
    }
    cells.pop();
    cells
        .into_iter()
        .map(|cell| cell.trim().to_owned())
        .collect()
}

fn config_keys(keys: &[ConfigKey]) -> Vec<Row> {
    keys.iter()
        .map(|key| row([&code(key.name), key.default, key.meaning]))
        .collect()
}

fn front_keys() -> Vec<Row> {
    FRONT_KEYS
        .iter()
        .map(|key| row([&code(key.name), key.on.as_str(), key.form, key.meaning]))
        .collect()
}

/// What is alike in every language: all columns but the last, which says what a row is for.
fn without_meaning(rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .map(|row| row[..row.len() - 1].to_vec())
        .collect()
}

#[test]
fn the_configuration_page_has_every_key() {
    for (heading, heading_zh, keys) in [
        ("All keys", "全部配置项", CONFIG_KEYS),
        ("Keys of a language", "每种语言的配置项", LANGUAGE_KEYS),
        ("Keys of markdown", "markdown 的配置项", MARKDOWN_KEYS),
    ] {
        Table::find("configuration.md", heading).holds(config_keys(keys));
        Table::find("configuration.zh.md", heading_zh).names(&config_keys(keys));
    }
}

#[test]
fn the_front_matter_page_has_every_key() {
    Table::find("front-matter.md", "All keys").holds(front_keys());
    Table::find("front-matter.zh.md", "全部字段").names(&front_keys());
}

#[test]
fn the_content_page_has_every_key_of_a_term() {
    let keys: Vec<Row> = TERM_KEYS
        .iter()
        .map(|(name, form, meaning)| row([&code(name), form, meaning]))
        .collect();
    Table::find("content-and-addresses.zh.md", "条目的键").names(&keys);
    Table::find("content-and-addresses.md", "Keys of a term").holds(keys);
}

#[test]
fn the_templates_page_has_every_key_of_a_theme() {
    let keys: Vec<Row> = THEME_KEYS
        .iter()
        .map(|(name, meaning)| row([&code(name), meaning]))
        .collect();
    Table::find("templates.zh.md", "theme.yaml 的键").names(&keys);
    Table::find("templates.md", "Keys of theme.yaml").holds(keys);
}

#[test]
fn the_templates_page_has_every_function() {
    let rows = FUNCTIONS
        .iter()
        .map(|function| row([&code(function.name), function.arguments, function.meaning]));
    let rows: Vec<Row> = rows.collect();
    Table::find("templates.zh.md", "函数").holds(without_meaning(&rows));
    Table::find("templates.md", "Functions").holds(rows);
}

#[test]
fn the_templates_page_has_every_filter() {
    let rows = FILTERS
        .iter()
        .map(|filter| row([&code(filter.name), filter.arguments, filter.meaning]));
    let rows: Vec<Row> = rows.collect();
    Table::find("templates.zh.md", "过滤器").holds(without_meaning(&rows));
    Table::find("templates.md", "Filters").holds(rows);
}

#[test]
fn the_content_page_has_every_output() {
    let template = |names: &str| match names {
        "" => "none".to_owned(),
        names => names
            .split(" or ")
            .map(code)
            .collect::<Vec<_>>()
            .join(" or "),
    };
    let rows = FORMATS
        .iter()
        .map(|format| row([format.files, &template(format.template), format.meaning]));
    Table::find("content-and-addresses.md", "Everything that is written").holds(rows.collect());
}

#[test]
fn the_diagnostics_page_has_every_code() {
    let rows = Code::ALL.iter().map(|kind| {
        row([
            &code(kind.as_str()),
            kind.severity().as_str(),
            kind.meaning(),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    Table::find("diagnostics.zh.md", "全部代码").names(&rows);
    Table::find("diagnostics.md", "All codes").holds(rows);
}

#[test]
fn the_highlighting_page_has_every_language_and_class() {
    let aliases = |names: &[&str]| {
        names
            .iter()
            .map(|name| code(name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let rows = languages().map(|language| {
        row([
            &code(language.name),
            language.label,
            &aliases(language.aliases),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    Table::find("highlighting.zh.md", "语言").holds(rows.clone());
    Table::find("highlighting.md", "Languages").holds(rows);
    let rows: Vec<Row> = classes()
        .map(|class| row([&code(class.css), class.meaning]))
        .collect();
    Table::find("highlighting.zh.md", "类名").names(&rows);
    Table::find("highlighting.md", "Classes").holds(rows);
}

#[test]
fn cells_and_headings_are_read_as_markdown_reads_them() {
    assert_eq!(cells(r"| `a` | b \| c |  |"), ["`a`", "b | c", ""]);
    assert_eq!(heading_of("## All keys {#keys}\n"), Some("All keys"));
    assert_eq!(
        heading_of("### Keys of theme.yaml\n"),
        Some("Keys of theme.yaml")
    );
    assert_eq!(heading_of("All keys\n"), None);
    assert_eq!(heading_of("#hash\n"), None);
}
