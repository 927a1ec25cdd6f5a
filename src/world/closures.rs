//! Which templates a template is made of.
//!
//! Tera finds what a template extends, includes or calls by names that stand in its text. A name
//! that stands anywhere in the text counts, so that more may be taken for a part than is one, and
//! never less.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use crate::digest::{Digest, Feed};

use super::{TemplateSource, TemplateSources};

/// For every template's name, the digest of all that it is made of.
#[derive(Debug, Default)]
pub(super) struct Closures {
    digests: BTreeMap<String, u64>,
    members: BTreeMap<String, Vec<usize>>,
}

impl Closures {
    pub(super) fn new(sources: &TemplateSources) -> Self {
        let all: Vec<&TemplateSource> = sources.all().collect();
        let digests: Vec<Digest> = all
            .iter()
            .map(|source| Digest::of(source.text.as_bytes()))
            .collect();
        let named = named(&all);
        let mut closures = Self::default();
        for source in &all {
            if closures.members.contains_key(&source.name) {
                continue;
            }
            let members = members(&source.name, &all, &named);
            let mut feed = Feed::default();
            for at in &members {
                (&all[*at].path, digests[*at]).hash(&mut feed);
            }
            closures.digests.insert(source.name.clone(), feed.finish());
            closures.members.insert(source.name.clone(), members);
        }
        closures
    }

    /// The digest of a template with all that it is made of; `None` if there is no such template.
    pub(super) fn of(&self, name: &str) -> Option<u64> {
        self.digests.get(name).copied()
    }

    /// What a template is made of, by places in [`TemplateSources::all`].
    pub(super) fn members(&self, name: &str) -> &[usize] {
        self.members.get(name).map_or(&[], Vec::as_slice)
    }
}

/// For every template, the names of templates that its text brings in: those it names, and those
/// that define components which it names.
fn named<'a>(all: &[&'a TemplateSource]) -> Vec<BTreeSet<&'a str>> {
    let names: BTreeSet<&str> = all.iter().map(|source| source.name.as_str()).collect();
    let components: Vec<(String, &str)> = all
        .iter()
        .flat_map(|source| {
            let name = source.name.as_str();
            components(&source.text)
                .into_iter()
                .map(move |component| (component, name))
        })
        .collect();
    let brought_in = |text: &str| {
        let templates = names.iter().copied().filter(|name| text.contains(name));
        let definers = components
            .iter()
            .filter(|(component, _)| text.contains(component.as_str()))
            .map(|(_, name)| *name);
        templates.chain(definers).collect()
    };
    all.iter().map(|source| brought_in(&source.text)).collect()
}

/// All templates of a name, wherever they are looked up, and what they bring in, and so on.
fn members(name: &str, all: &[&TemplateSource], named: &[BTreeSet<&str>]) -> Vec<usize> {
    let mut seen = BTreeSet::from([name]);
    let mut open = vec![name];
    let mut members = Vec::new();
    while let Some(name) = open.pop() {
        for (at, _) in all
            .iter()
            .enumerate()
            .filter(|(_, source)| source.name == name)
        {
            members.push(at);
            open.extend(named[at].iter().copied().filter(|name| seen.insert(name)));
        }
    }
    members.sort_unstable();
    members
}

/// The components that a template defines: what follows `{% component`.
pub fn components(text: &str) -> Vec<String> {
    text.split("{%")
        .skip(1)
        .filter_map(|tag| {
            let name = tag
                .trim_start_matches('-')
                .trim_start()
                .strip_prefix("component")?;
            let name = name.strip_prefix(char::is_whitespace)?.trim_start();
            let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))?;
            Some(name[..end].to_owned())
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn closures(templates: &[(&str, &str)]) -> Closures {
        let site = templates.iter().map(|(name, text)| TemplateSource {
            name: (*name).to_owned(),
            path: SourcePath::new(format!("templates/{name}")),
            text: (*text).to_owned(),
        });
        Closures::new(&TemplateSources {
            site: site.collect(),
            ..TemplateSources::default()
        })
    }

    #[test]
    fn a_template_changes_with_what_it_extends_includes_and_calls_and_with_nothing_else() {
        let before = [
            ("base.html", "{% block main %}{% endblock %}"),
            (
                "parts.html",
                "{% component card(page: map) %}a{% endcomponent card %}",
            ),
            (
                "page.html",
                "{% extends \"base.html\" %}{{<card page={page} />}}",
            ),
            ("foot.html", "a"),
            ("404.html", "{% include \"foot.html\" %}"),
        ];
        let old = closures(&before);
        let changed_by = |at: usize| -> Vec<&str> {
            let mut after = before;
            let text = format!("{}b", after[at].1);
            after[at].1 = &text;
            let new = closures(&after);
            let names = before.iter().map(|(name, _)| *name);
            names.filter(|name| old.of(name) != new.of(name)).collect()
        };
        assert_eq!(changed_by(0), ["base.html", "page.html"]);
        assert_eq!(changed_by(1), ["parts.html", "page.html"]);
        assert_eq!(changed_by(2), ["page.html"]);
        assert_eq!(changed_by(3), ["foot.html", "404.html"]);
        assert_eq!(old.of("missing.html"), None);
    }

    #[test]
    fn definitions_of_components_are_found_and_nothing_else() {
        let text = "{% component card(page: map) -%}{% endcomponent card %}{%- component gazette.meta() %}{{<card page={p} />}}{% set component = 1 %}";
        assert_eq!(components(text), ["card", "gazette.meta"]);
    }
}
