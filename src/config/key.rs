//! The keys of `site.yaml`, for the reference page.

/// One key of `site.yaml`.
#[derive(Clone, Copy, Debug)]
pub struct ConfigKey {
    /// The name.
    pub name: &'static str,
    /// What holds when it is not written.
    pub default: &'static str,
    /// What it is for.
    pub meaning: &'static str,
}

const fn key(name: &'static str, default: &'static str, meaning: &'static str) -> ConfigKey {
    ConfigKey {
        name,
        default,
        meaning,
    }
}

/// Every key, in the order of the reference page.
pub const CONFIG_KEYS: &[ConfigKey] = &[
    key("title", "required", "The site's name"),
    key(
        "base_url",
        "required",
        "The address of the home page; it may hold a path",
    ),
    key(
        "description",
        "none",
        "One sentence about the site, for search engines and feeds",
    ),
    key(
        "theme",
        "`gazette`",
        "The folder below `themes/`, or the built-in theme",
    ),
    key(
        "timezone",
        "`UTC`",
        "The zone of dates without an offset, for example `Asia/Shanghai`",
    ),
    key(
        "default_language",
        "`en`",
        "The language of files without a language in their name",
    ),
    key("languages", "none", "Settings by language code; see below"),
    key(
        "default_language_in_path",
        "`false`",
        "Whether the default language lives under its own prefix too",
    ),
    key(
        "taxonomies",
        "`[author, category, tags]`",
        "Names, or `{name, paginate_by, feed, sort_by}`",
    ),
    key(
        "paginate_by",
        "20",
        "Articles on a page of a list; 0 for one long page",
    ),
    key("feed_limit", "20", "Articles in a feed"),
    key(
        "new_for",
        "0",
        "Days for which lists mark an article as new; 0 for no marks",
    ),
    key(
        "feeds",
        "`true`",
        "Whether the site, its sections and terms have Atom feeds",
    ),
    key(
        "slugs",
        "`ascii`",
        "`ascii` (pinyin by word for Chinese) or `unicode` in addresses",
    ),
    key(
        "translations",
        "`optional`",
        "`required`: an article that lacks a language, or is older there, is an error",
    ),
    key(
        "menus",
        "the top sections",
        "Named lists of `{title, path, weight, children}`",
    ),
    key("markdown", "see below", "How Markdown becomes HTML"),
    key(
        "highlight",
        "`true`",
        "Whether code is marked up for colouring",
    ),
    key(
        "ignore",
        "hidden files, `*~`, `*.swp`, `#*#`",
        "Globs of source files to leave out",
    ),
    key(
        "organisation",
        "none",
        "`{name, icp, police_record, address, …}` for the footer and metadata",
    ),
    key(
        "output_dir",
        "`public`",
        "Where the site is written, below the site's folder",
    ),
    key("extra", "none", "Free values for templates"),
];

/// The keys of a language below `languages`.
pub const LANGUAGE_KEYS: &[ConfigKey] = &[
    key("title", "the site's", "The site's name in this language"),
    key(
        "label",
        "the language's name for itself",
        "What the language switch shows",
    ),
    key(
        "description",
        "none",
        "One sentence about the site in this language",
    ),
    key("menus", "the top sections", "As for the site"),
    key(
        "fallback",
        "none",
        "The language whose pages stand in where this one has none",
    ),
    key("slugs", "the site's", "As for the site"),
    key("translations", "the site's", "As for the site"),
    key("organisation", "the site's", "As for the site"),
];

/// The keys below `markdown`.
pub const MARKDOWN_KEYS: &[ConfigKey] = &[
    key(
        "html",
        "`sanitize`",
        "Raw HTML in Markdown: `allow`, `sanitize` or `escape`",
    ),
    key(
        "smart_punctuation",
        "`false`",
        "Whether `\"` and `--` become quotation marks and dashes of the language",
    ),
    key(
        "heading_anchors",
        "`true`",
        "Whether headings carry a link to themselves",
    ),
    key(
        "external_links",
        "none",
        "`{target, rel}` of links that leave the site",
    ),
];
