//! The HTML that `markdown.html: sanitize` lets through: one table for those who remove and those
//! who report.

use super::super::targets;

/// An element, and the attributes that it may have beyond [`GENERIC`].
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// Attributes that raw HTML may give it.
    pub attributes: &'static [&'static str],
}

const fn element(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, attributes }
}

/// Attributes that any element may have.
pub const GENERIC: &[&str] = &[
    "class",
    "dir",
    "id",
    "lang",
    "role",
    "tabindex",
    "title",
    "translate",
];

/// Beginnings of attributes that any element may have.
pub const GENERIC_PREFIXES: &[&str] = &["aria-", "data-"];

/// Elements that raw HTML may have, sorted by name.
pub const RAW: &[Element] = &[
    element(
        "a",
        &[
            "href", "hreflang", "rel", "target", "download", "type", "name",
        ],
    ),
    element("abbr", &[]),
    element("address", &[]),
    element("article", &[]),
    element("aside", &[]),
    element("audio", &["src", "controls", "loop", "muted", "preload"]),
    element("b", &[]),
    element("bdi", &[]),
    element("bdo", &[]),
    element("blockquote", &["cite"]),
    element("br", &[]),
    element("caption", &[]),
    element("cite", &[]),
    element("code", &[]),
    element("col", &["span"]),
    element("colgroup", &["span"]),
    element("data", &["value"]),
    element("dd", &[]),
    element("del", &["cite", "datetime"]),
    element("details", &["open", "name"]),
    element("dfn", &[]),
    element("div", &[]),
    element("dl", &[]),
    element("dt", &[]),
    element("em", &[]),
    element("figcaption", &[]),
    element("figure", &[]),
    element("footer", &[]),
    element("h1", &[]),
    element("h2", &[]),
    element("h3", &[]),
    element("h4", &[]),
    element("h5", &[]),
    element("h6", &[]),
    element("header", &[]),
    element("hgroup", &[]),
    element("hr", &[]),
    element("i", &[]),
    element(
        "img",
        &["src", "alt", "width", "height", "loading", "decoding"],
    ),
    element("ins", &["cite", "datetime"]),
    element("kbd", &[]),
    element("li", &["value"]),
    element("mark", &[]),
    element("nav", &[]),
    element("ol", &["start", "reversed", "type"]),
    element("p", &[]),
    element("pre", &[]),
    element("q", &["cite"]),
    element("rp", &[]),
    element("rt", &[]),
    element("ruby", &[]),
    element("s", &[]),
    element("samp", &[]),
    element("section", &[]),
    element("small", &[]),
    element("source", &["src", "type", "media"]),
    element("span", &[]),
    element("strong", &[]),
    element("sub", &[]),
    element("summary", &[]),
    element("sup", &[]),
    element("table", &[]),
    element("tbody", &[]),
    element("td", &["colspan", "rowspan", "headers"]),
    element("tfoot", &[]),
    element("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    element("thead", &[]),
    element("time", &["datetime"]),
    element("tr", &[]),
    element("track", &["src", "kind", "srclang", "label", "default"]),
    element("u", &[]),
    element("ul", &[]),
    element("var", &[]),
    element(
        "video",
        &[
            "src",
            "poster",
            "controls",
            "width",
            "height",
            "loop",
            "muted",
            "preload",
            "playsinline",
        ],
    ),
    element("wbr", &[]),
];

const MATH: &[&str] = &[
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "minsize",
    "maxsize",
    "largeop",
    "movablelimits",
    "linethickness",
    "width",
    "height",
    "depth",
    "style",
];

/// What our own rendering writes beyond [`RAW`].
pub const OWN: &[Element] = &[
    element("input", &["type", "disabled", "checked"]),
    element("td", &["style"]),
    element("th", &["style"]),
    element("math", MATH),
    element("merror", MATH),
    element("mfrac", MATH),
    element("mi", MATH),
    element("mn", MATH),
    element("mo", MATH),
    element("mover", MATH),
    element("mroot", MATH),
    element("mrow", MATH),
    element("mspace", MATH),
    element("msqrt", MATH),
    element("msub", MATH),
    element("msubsup", MATH),
    element("msup", MATH),
    element("mtable", MATH),
    element("mtd", MATH),
    element("mtext", MATH),
    element("mtr", MATH),
    element("munder", MATH),
    element("munderover", MATH),
];

/// What our own rendering styles.
pub const STYLES: &[&str] = &[
    "background-color",
    "border",
    "border-color",
    "color",
    "height",
    "margin-left",
    "text-align",
];

/// Elements that go with everything they hold.
pub const WITH_CONTENT: &[&str] = &[
    "applet",
    "canvas",
    "frameset",
    "head",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Elements that hold no HTML: nothing in them is a tag but their own end.
pub const WITHOUT_TAGS: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];

/// Elements that have no end tag.
pub const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The row of an element that raw HTML may have.
pub fn raw(name: &str) -> Option<&'static Element> {
    RAW.binary_search_by(|element| element.name.cmp(name))
        .ok()
        .map(|at| &RAW[at])
}

impl Element {
    /// Whether raw HTML may give it an attribute; the name is in lower case.
    pub fn allows(&self, attribute: &str) -> bool {
        is_generic(attribute) || self.attributes.contains(&attribute)
    }
}

/// Whether any element may have an attribute.
pub fn is_generic(attribute: &str) -> bool {
    GENERIC.contains(&attribute)
        || GENERIC_PREFIXES
            .iter()
            .any(|prefix| attribute.starts_with(prefix))
}

/// Whether an attribute's value is an address.
pub fn is_target(attribute: &str) -> bool {
    matches!(attribute, "href" | "src" | "poster" | "cite")
}

/// The scheme of an address that could do harm. `value` has its entities resolved.
pub fn dangerous_target(element: &str, attribute: &str, value: &str) -> Option<&'static str> {
    let is_image = element == "img" && attribute == "src";
    is_target(attribute)
        .then(|| targets::dangerous(value, is_image))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_keeps_harm_out() {
        assert!(RAW.windows(2).all(|pair| pair[0].name < pair[1].name));
        for name in WITH_CONTENT.iter().chain(WITHOUT_TAGS) {
            assert!(raw(name).is_none(), "{name}");
        }
        for element in RAW.iter().chain(OWN) {
            assert!(
                element
                    .attributes
                    .iter()
                    .all(|name| !name.starts_with("on")),
                "{}",
                element.name
            );
        }
        assert!(
            RAW.iter()
                .all(|element| !element.allows("style") && !element.allows("onclick"))
        );
    }
}
