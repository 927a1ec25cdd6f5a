//! The keys of front matter: one row each, for messages and the reference page.

/// Which files may have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Articles and sections.
    Both,
    /// Articles.
    Page,
    /// Sections: `_index.md`.
    Section,
}

impl On {
    /// The word of the reference page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Page => "article",
            Self::Section => "section",
        }
    }
}

/// One key of front matter.
#[derive(Clone, Copy, Debug)]
pub struct FrontKey {
    /// The name.
    pub name: &'static str,
    /// Which files may have it.
    pub on: On,
    /// What may be written.
    pub form: &'static str,
    /// What it is for.
    pub meaning: &'static str,
}

const fn both(name: &'static str, form: &'static str, meaning: &'static str) -> FrontKey {
    FrontKey {
        name,
        on: On::Both,
        form,
        meaning,
    }
}

const fn page(name: &'static str, form: &'static str, meaning: &'static str) -> FrontKey {
    FrontKey {
        name,
        on: On::Page,
        form,
        meaning,
    }
}

const fn section(name: &'static str, form: &'static str, meaning: &'static str) -> FrontKey {
    FrontKey {
        name,
        on: On::Section,
        form,
        meaning,
    }
}

/// Every key, in the order of the reference page.
pub const FRONT_KEYS: &[FrontKey] = &[
    both("title", "text", "The headline"),
    both(
        "author",
        "a name, an id of `data/authors.yaml`, or a list",
        "Who wrote it: a department or a person",
    ),
    both("authors", "the same", "Another name for `author`"),
    both("category", "a name or a list", "What kind of article it is"),
    both("categories", "the same", "Another name for `category`"),
    both("tags", "a list", "What it is about"),
    both(
        "date",
        "a date with an optional time",
        "When it was published; a date in the future waits for its day",
    ),
    both(
        "updated",
        "a date with an optional time",
        "When it was last changed",
    ),
    both("summary", "Markdown", "What lists show below the title"),
    both("description", "text", "What search engines show"),
    both("slug", "text", "The last part of the address"),
    both("path", "text", "The whole address"),
    both(
        "aliases",
        "a list of old addresses",
        "Addresses that lead here",
    ),
    both("draft", "`true` or `false`", "Not published while `true`"),
    both(
        "publish",
        "a date with an optional time",
        "Not published before",
    ),
    both(
        "expires",
        "a date with an optional time",
        "Not published after; a day counts to its end",
    ),
    page(
        "pinned",
        "`true`, or a date until which",
        "Stands first in its lists",
    ),
    both(
        "weight",
        "a whole number",
        "For `sort_by: weight`: light ones first",
    ),
    both(
        "template",
        "a template's name",
        "Used in place of `page.html` or `section.html`",
    ),
    both(
        "lang",
        "a language code",
        "The language, where the file name does not say it",
    ),
    both("key", "text", "Ties translations whose file names differ"),
    both("image", "a file", "The cover, for lists and for sharing"),
    page("source", "text", "Where a reprint comes from"),
    page("source_url", "an address", "The address of the source"),
    page("editor", "text", "Who edited it"),
    page("reviewer", "text", "Who approved it"),
    both(
        "translated_from",
        "a digest",
        "The text that it was translated from, as `courant translations --digests` names it",
    ),
    both(
        "translations",
        "`optional` or `required`",
        "Whether it has to be in every language; else the configuration says so",
    ),
    page(
        "attachments",
        "a list of files or `{file, title}`",
        "Files offered for download",
    ),
    both(
        "toc",
        "`true` or `false`",
        "Whether there is a table of contents",
    ),
    both(
        "search",
        "`true` or `false`",
        "Whether search engines may list it",
    ),
    both(
        "sitemap",
        "`true` or `false`",
        "Whether the sitemap lists it",
    ),
    both(
        "feed",
        "`true` or `false`",
        "Whether feeds list it; on a section, whether it has a feed",
    ),
    section(
        "sort_by",
        "`date`, `updated`, `title`, `weight`, `slug` or `none`",
        "The order of its articles",
    ),
    section("reverse", "`true` or `false`", "Turns the order around"),
    section(
        "paginate_by",
        "a number",
        "Articles on a page; 0 for one long page",
    ),
    section(
        "page_template",
        "a template's name",
        "Used for all articles below",
    ),
    section(
        "transparent",
        "`true` or `false`",
        "Its articles are listed by the section above too",
    ),
    section(
        "redirect_to",
        "a link",
        "Where readers of the section are sent",
    ),
    section(
        "cascade",
        "front matter",
        "Values for everything below that does not set them",
    ),
    both("extra", "anything", "Free values for templates"),
];
