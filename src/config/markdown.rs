//! Settings that govern how Markdown becomes HTML.

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum HtmlPolicy {
    /// It passes as it is.
    Allow,
    /// What could do harm is removed and reported.
    #[default]
    Sanitize,
    /// It is shown as text.
    Escape,
}

impl HtmlPolicy {
    /// The values of `markdown.html`.
    pub const ALL: &[(&str, Self)] = &[
        ("allow", Self::Allow),
        ("sanitize", Self::Sanitize),
        ("escape", Self::Escape),
    ];
}

/// `markdown` and `highlight` of `site.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkdownSettings {
    /// What happens to raw HTML.
    pub html: HtmlPolicy,
    /// Whether `"` and `--` become curly quotes and dashes.
    pub smart_punctuation: bool,
    /// Whether headings carry a link to themselves.
    pub heading_anchors: bool,
    /// `target` of links that leave the site, for example `_blank`.
    pub external_target: Option<String>,
    /// `rel` of links that leave the site, for example `noopener`.
    pub external_rel: Option<String>,
    /// Whether code is marked up for colouring.
    pub highlight: bool,
}

impl Default for MarkdownSettings {
    fn default() -> Self {
        Self {
            html: HtmlPolicy::default(),
            smart_punctuation: false,
            heading_anchors: true,
            external_target: None,
            external_rel: None,
            highlight: true,
        }
    }
}
