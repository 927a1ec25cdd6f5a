//! The last word on a body that has raw HTML.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::allow;

/// HTML without anything that is not in the table. Schemes that links of the Markdown itself use
/// are allowed beside the usual ones.
pub fn clean(html: &str, schemes: &[String]) -> String {
    static USUAL: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&[]));
    let known = USUAL.clone_url_schemes();
    if schemes.iter().all(|scheme| known.contains(scheme.as_str())) {
        return USUAL.clean(html).to_string();
    }
    builder(schemes).clean(html).to_string()
}

fn builder(schemes: &[String]) -> Builder<'_> {
    let mut tags = HashSet::new();
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for element in allow::RAW.iter().chain(allow::OWN) {
        tags.insert(element.name);
        attributes
            .entry(element.name)
            .or_default()
            .extend(element.attributes);
    }
    let with_content = allow::WITH_CONTENT
        .iter()
        .copied()
        .filter(|name| !tags.contains(name));
    let with_content = with_content.collect();
    let mut builder = Builder::default();
    builder
        .tags(tags)
        .tag_attributes(attributes)
        .clean_content_tags(with_content)
        .generic_attributes(allow::GENERIC.iter().copied().collect())
        .generic_attribute_prefixes(allow::GENERIC_PREFIXES.iter().copied().collect())
        .filter_style_properties(allow::STYLES.iter().copied().collect())
        .add_url_schemes(["data"])
        .add_url_schemes(schemes)
        .link_rel(None)
        .attribute_filter(|element, attribute, value| {
            match allow::dangerous_target(element, attribute, value) {
                Some(_) => None,
                None => Some(Cow::Borrowed(value)),
            }
        });
    builder
}
