//! Which variables of a page a template may show. Most show few of those that there are, and what
//! none shows is neither worked out nor kept.
//!
//! A template reaches a variable by a name in its text, unless it looks through all of them or
//! works the name out; then it gets them all.

use std::borrow::Cow;
use std::ops::{BitAnd, BitOr, Range};

use memchr::memmem;

use super::Variables;

macro_rules! fields {
    ($($field:ident $name:literal,)*) => {
        /// A variable of a page or section.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the guide's page on templates says what each holds")]
        pub enum Field { $($field,)* }

        impl Field {
            /// Every variable.
            const ALL: &[Self] = &[$(Self::$field,)*];

            /// What templates call it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* }
            }
        }
    };
}

fields! {
    RelativePath "relative_path",
    Permalink "permalink",
    Path "path",
    Slug "slug",
    Components "components",
    Ancestors "ancestors",
    Assets "assets",
    Lang "lang",
    Dir "dir",
    Title "title",
    Description "description",
    Summary "summary",
    Date "date",
    Updated "updated",
    Year "year",
    Month "month",
    Day "day",
    Taxonomies "taxonomies",
    Terms "terms",
    Authors "authors",
    Author "author",
    Categories "categories",
    Category "category",
    WordCount "word_count",
    ReadingTime "reading_time",
    Translations "translations",
    Image "image",
    Attachments "attachments",
    Draft "draft",
    Pinned "pinned",
    IsNew "is_new",
    Source "source",
    SourceUrl "source_url",
    Editor "editor",
    Reviewer "reviewer",
    Weight "weight",
    Extra "extra",
    IsSection "is_section",
    Noindex "noindex",
    Subsections "subsections",
    Pages "pages",
    Transparent "transparent",
    PaginateBy "paginate_by",
    Content "content",
    Toc "toc",
    Lower "lower",
    Higher "higher",
    Breadcrumbs "breadcrumbs",
    Backlinks "backlinks",
    Recent "recent",
}

/// What a template may show of a page, and beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shown {
    /// Variables of the page.
    pub fields: Fields,
    /// Variables of its `lower` and `higher`.
    pub of_neighbours: Fields,
    /// Variables beside it.
    pub beside: Variables,
}

impl Shown {
    /// Nothing.
    pub const NOTHING: Self = Self {
        fields: Fields(0),
        of_neighbours: Fields(0),
        beside: Variables::NOTHING,
    };

    /// Everything.
    pub const ALL: Self = Self {
        fields: Fields::ALL,
        of_neighbours: Fields::ALL,
        beside: Variables::ALL,
    };

    /// What a text may show.
    pub fn by_text(text: &str) -> Self {
        if looks_through_all(text) {
            return Self::ALL;
        }
        let uses = uses(text);
        Self {
            fields: uses.iter().fold(Fields(0), |fields, place| {
                fields | Fields::named(&text[place.clone()])
            }),
            of_neighbours: of_neighbours(text, &uses),
            beside: Variables::named_in(text),
        }
    }

    /// What either may show. Who hands a neighbour on does not say who shows it.
    pub fn and(self, other: Self) -> Self {
        Self {
            fields: self.fields | other.fields,
            of_neighbours: self.of_neighbours | other.of_neighbours,
            beside: self.beside.and(other.beside),
        }
    }
}

/// A set of variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fields(u64);

impl Fields {
    /// Every variable.
    pub const ALL: Self = Self(u64::MAX >> (64 - Field::ALL.len()));

    /// Those of pages and sections in lists: all but what takes reading a page itself.
    pub const OF_CARDS: Self = Self(Self::one(Field::Content).0 - 1);

    /// Those of them that pages have too.
    pub const OF_PAGE_CARDS: Self = Self(Self::one(Field::Subsections).0 - 1);

    /// The variable of a name, if there is one.
    fn named(name: &str) -> Self {
        let named = Field::ALL.iter().find(|field| field.name() == name);
        named.map_or(Self(0), |field| Self::one(*field))
    }

    /// Whether a variable is among them.
    pub fn has(self, field: Field) -> bool {
        self.0 & Self::one(field).0 != 0
    }

    /// How many they are.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    const fn one(field: Field) -> Self {
        Self(1 << field as u32)
    }
}

impl BitOr for Fields {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Fields {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// Variables that hold pages themselves.
const OF_PAGES: &[&str] = &["lower", "higher", "pages", "recent"];

/// Variables of every template that hold no pages.
const OF_NO_PAGES: &[&str] = &[
    "lang",
    "current_menus",
    "current_path",
    "current_url",
    "generator",
    "year",
];

/// The settings, which templates ask for titles and descriptions too.
const CONFIG: &str = "config";

/// Filters that show whatever a map holds.
const SHOW_ALL: &[&str] = &["json_encode", "keys", "values", "pairs", "get"];

/// Where a text has names that may be variables of a page: behind a dot, or in quotes.
fn uses(text: &str) -> Vec<Range<usize>> {
    let has_settings = has_settings(text);
    let may_be_variable = |place: &Range<usize>| {
        let before = text[..place.start].trim_end();
        match before.as_bytes().last() {
            Some(b'.') => !(has_settings && is_of_config(before)),
            Some(b'"' | b'\'' | b'`') => is_in_tag(before),
            _ => false,
        }
    };
    names(text).filter(may_be_variable).collect()
}

/// Where names stand in a text; signs that are no ASCII are taken for letters.
pub(super) fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + bytes[from..].iter().position(is_of_name)?;
        let length = bytes[start..].iter().take_while(|byte| is_of_name(byte));
        from = start + length.count();
        Some(start..from)
    })
}

/// A text without the paths that begin with some names: `page.image.width`.
pub(super) fn without_paths<'t>(text: &'t str, roots: &[&str]) -> Cow<'t, str> {
    let is_root = |place: &Range<usize>| {
        roots.contains(&&text[place.clone()])
            && !text[..place.start].trim_end().ends_with('.')
            && text[place.end..].starts_with(['.', '?'])
    };
    let mut short = String::new();
    let mut from = 0;
    for place in names(text).filter(is_root) {
        let rest = &text[place.start..];
        let is_of_path = |char: char| is_of_name(char) || matches!(char, '.' | '?');
        let length = rest.find(|char| !is_of_path(char)).unwrap_or(rest.len());
        short.push_str(&text[from..place.start]);
        short.push(' ');
        from = place.start + length;
    }
    match from {
        0 => text.into(),
        _ => (short + &text[from..]).into(),
    }
}

/// Whether nothing in a text gives the name of the settings to something else.
fn has_settings(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), CONFIG).all(|at| {
        let is_longer = text[..at].ends_with(is_of_name);
        is_longer || text[at + CONFIG.len()..].starts_with(|c| is_of_name(c) || c == '.')
    })
}

/// Whether a path ends with `config.`
fn is_of_config(path: &str) -> bool {
    let base = path.trim_end_matches(['.', '?']);
    let name = name_at_end(base);
    let is_root = !base[..base.len() - name.len()].ends_with('.');
    is_root && name == CONFIG
}

/// Whether a text ends inside a tag.
fn is_in_tag(text: &str) -> bool {
    let last_of = |sign: &&str| memmem::rfind(text.as_bytes(), sign.as_bytes());
    let last = |signs: [&str; 2]| signs.iter().filter_map(last_of).max();
    last(["{{", "{%"]) > last(["}}", "%}"])
}

/// What a text shows of neighbours: the names behind `lower.` and `higher.`, or everything if it
/// does more with them than to ask whether there are any.
fn of_neighbours(text: &str, uses: &[Range<usize>]) -> Fields {
    let mut fields = Fields(0);
    let is_neighbour =
        |place: &&Range<usize>| matches!(&text[(*place).clone()], "lower" | "higher");
    for range in uses.iter().filter(is_neighbour) {
        let rest = &text[range.end..];
        match rest.strip_prefix("?.").or_else(|| rest.strip_prefix('.')) {
            Some(rest) => {
                fields = fields | Fields::named(name_at_start(rest));
            }
            None if is_asked(&text[..range.start], rest) => {}
            None => return Fields::ALL,
        }
    }
    fields
}

/// `{% if page.lower %}`
fn is_asked(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(|char| is_of_name(char) || matches!(char, '.' | '?'));
    let after = after.trim_start();
    let ends_tag = after.trim_start_matches('-').starts_with("%}");
    let goes_on = matches!(name_at_start(after), "or" | "and");
    let begins = name_at_end(before.trim_end());
    matches!(begins, "if" | "elif" | "or" | "and" | "not") && (ends_tag || goes_on)
}

fn is_of_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn looks_through_all(text: &str) -> bool {
    text.contains("__tera_context")
        || has_filter_on_page(text)
        || has_index_into_page(text)
        || has_loop_over_page(text)
        || prints_page(text)
}

/// `page | json_encode`
fn has_filter_on_page(text: &str) -> bool {
    text.match_indices('|').any(|(at, _)| {
        let filter = name_at_start(text[at + 1..].trim_start());
        SHOW_ALL.contains(&filter) && may_be_page(text[..at].trim_end())
    })
}

/// `page[name]`
fn has_index_into_page(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| {
        let index = text[at + 1..].trim_start();
        let is_known = index.starts_with(['"', '\'', '`', ':', '-', ']'])
            || index.starts_with(|char: char| char.is_ascii_digit());
        let base = &text[..at];
        let is_index = base.ends_with(|char| is_of_name(char) || matches!(char, ']' | ')'));
        is_index && !is_known && may_be_page(base)
    })
}

/// `for name, value in page`
fn has_loop_over_page(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), " in ").any(|at| {
        let before = text[..at].trim_end();
        let variable = name_at_end(before);
        let is_pair = before[..before.len() - variable.len()]
            .trim_end()
            .ends_with(',');
        let over = text[at + 4..].trim_start();
        let end = over.find(|char| !(is_of_name(char) || matches!(char, '.' | '?')));
        is_pair && may_be_page(&over[..end.unwrap_or(over.len())])
    })
}

/// `{{ page }}`
fn prints_page(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "{{").any(|at| {
        let printed = text[at + 2..].trim_start_matches('-').trim_start();
        let name = name_at_start(printed);
        let rest = printed[name.len()..].trim_start();
        matches!(name, "page" | "section") && !rest.starts_with(['.', '?', '['])
    })
}

/// Whether what an expression ends with may be a page or a list of pages. What stands behind a dot
/// is none, but for the few variables that are.
fn may_be_page(expression: &str) -> bool {
    if let Some(inner) = expression.strip_suffix(')') {
        let (before, inner) = inner.rsplit_once('(').unwrap_or(("", inner));
        return match name_at_end(before) {
            "" => inner.split([' ', ',']).any(|word| {
                word.starts_with(is_of_name) && !is_operator(word) && may_be_page(word)
            }),
            function => matches!(function, "get_page" | "get_section"),
        };
    }
    let name = name_at_end(expression);
    match expression[..expression.len() - name.len()].ends_with('.') {
        true => OF_PAGES.contains(&name),
        false => !(expression.ends_with(['"', '\'', '`']) || OF_NO_PAGES.contains(&name)),
    }
}

fn is_operator(word: &str) -> bool {
    matches!(word, "or" | "and" | "not" | "if" | "else")
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|char| !is_of_name(char));
    &text[..end.unwrap_or(text.len())]
}

fn name_at_end(text: &str) -> &str {
    let kept = text.trim_end_matches(is_of_name);
    &text[kept.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&'static str> {
        named(Shown::by_text(text).fields)
    }

    fn named(fields: Fields) -> Vec<&'static str> {
        if fields == Fields::ALL {
            return vec!["all"];
        }
        let all = Field::ALL.iter().filter(|field| fields.has(**field));
        all.map(|field| field.name()).collect()
    }

    #[test]
    fn paths_are_left_out_from_their_beginning_to_their_end() {
        let without = |text| without_paths(text, &["page", "s"]).into_owned();
        assert_eq!(
            without("{{ page.image?.width | a }}{{ b.page.c }}{{ s?.x[page] }}{{ pages.d }}"),
            "{{   | a }}{{ b.page.c }}{{  [page] }}{{ pages.d }}"
        );
        assert_eq!(without("{% if page %}"), "{% if page %}");
    }

    #[test]
    fn a_variable_is_shown_where_its_name_stands() {
        for (text, expected) in [
            ("{{ page.title }} date", vec!["title"]),
            ("{{ page.titles }}{{ page.my_title }}{{ title }}", vec![]),
            ("{{ page . date | date }}", vec!["date"]),
            ("{{ config.title }}{{ my.config.date }}", vec!["date"]),
            ("{% for config in pages %}{{ config.title }}", vec!["title"]),
            (
                "{% component card(config: map) %}{{ config.title }}",
                vec!["title"],
            ),
            ("{{ page?.year }}{{ page[\"slug\"] }}", vec!["slug", "year"]),
            ("{{ pages | sort(attribute='weight') }}", vec!["weight"]),
            (
                "{{ pages | map(attribute=\"author.name\") }}",
                vec!["author"],
            ),
            (
                "{% for p in page.lower.recent %}{{ p.path }}",
                vec!["path", "lower", "recent"],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn who_may_look_through_all_gets_all() {
        for text in [
            "{{ __tera_context }}",
            "{{ page }}",
            "{{- section | safe }}",
            "{{ page | json_encode }}",
            "{{ page.lower |json_encode(pretty=true) }}",
            "{{ (page.higher or page.date) | json_encode }}",
            "{{ get_page(path=x) | json_encode }}",
            "{{ page | get(key=x) }}",
            "{{ page[name] }}",
            "{{ paginator.pages[0][name] }}",
            "{% for name, value in page %}",
            "{% for name,value in page.higher %}",
        ] {
            assert_eq!(shown(text), ["all"], "{text}");
        }
    }

    #[test]
    fn who_looks_through_something_else_does_not() {
        for (text, expected) in [
            ("{{ page.title | json_encode }}", vec!["title"]),
            (
                "{{ (page.updated or page.date) | json_encode }}",
                vec!["date", "updated"],
            ),
            (
                "{{ trans(key=\"home\") | json_encode }}{{ lang | json_encode }}",
                vec![],
            ),
            (
                "{{ page.extra[name] }}{{ list[0] }}{{ text[:3] }}",
                vec!["extra"],
            ),
            (
                "{% for name, value in page.taxonomies %}",
                vec!["taxonomies"],
            ),
            ("{% set a = [b, c] %}{% if a in [b] %}", vec![]),
            ("{% for a in b %}{{ page.title }}", vec!["title"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn of_neighbours_is_shown_what_stands_behind_them() {
        let shown = |text| named(Shown::by_text(text).of_neighbours);
        let asked = "{%- if page.lower or page.higher -%}{{ page.lower.path }}{{ page.higher?.title }}{% endif %}";
        assert_eq!(shown(asked), ["path", "title"]);
        assert_eq!(
            shown("<a class=\"lower\">{{ name | lower }}{{ page.lowered }}"),
            Vec::<&str>::new()
        );
        for text in [
            "{% set next = page.lower %}",
            "{{<card page={page.higher} />}}",
            "{{ page[\"lower\"] }}",
            "{{ page . lower }}",
            "{% if page.lower == x %}",
        ] {
            assert_eq!(shown(text), ["all"], "{text}");
        }
    }
}
