//! Which templates a template is made of.
//!
//! Tera finds what a template extends, includes or calls by names that stand in its text. A
//! component's name counts wherever it stands, so that more may be taken for a part than is one,
//! and never less. Only for what a template shows of pages calls are read as tera reads them, if
//! that can be done.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use ahash::{AHashMap, AHashSet};
use memchr::memmem;

use crate::digest::{Digest, Feed};
use crate::template::{Kind, Node, Read, nodes};

use super::fields::{names, without_paths};
use super::{Shown, TemplateSource, TemplateSources};

/// For every template's name, the digest of all that it is made of.
#[derive(Debug, Default)]
pub(super) struct Closures {
    digests: BTreeMap<String, u64>,
    members: BTreeMap<String, Vec<usize>>,
    shown: BTreeMap<String, Shown>,
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
        closures.shown = shown(&all);
        closures
    }

    /// The digest of a template with all that it is made of; `None` if there is no such template.
    pub(super) fn of(&self, name: &str) -> Option<u64> {
        self.digests.get(name).copied()
    }

    /// What a template may show of pages; everything if there is no such template.
    pub(super) fn shown(&self, name: &str) -> Shown {
        self.shown.get(name).copied().unwrap_or(Shown::ALL)
    }

    /// What a template is made of, by places in [`TemplateSources::all`].
    pub(super) fn members(&self, name: &str) -> &[usize] {
        self.members.get(name).map_or(&[], Vec::as_slice)
    }
}

/// For every template's name, what it may show of pages. Of files with components those count that
/// may be called, one by one.
fn shown(all: &[&TemplateSource]) -> BTreeMap<String, Shown> {
    let pieces: Vec<Piece> = all
        .iter()
        .flat_map(|source| pieces(&source.name, &source.text))
        .collect();
    let names: BTreeSet<&str> = pieces.iter().map(|piece| piece.name.as_str()).collect();
    let templates: BTreeSet<&str> = all.iter().map(|source| source.name.as_str()).collect();
    let components = Components::of(names.difference(&templates).copied());
    let named: Vec<Vec<&str>> = pieces
        .iter()
        .map(|piece| {
            let literals = included(&piece.text);
            let called = piece.may_call(&components);
            let may_use = |name: &&str| {
                literals.iter().any(|literal| is_of(literal, name)) || called.contains(name)
            };
            names.iter().copied().filter(may_use).collect()
        })
        .collect();
    let made_of = |name: &str| {
        let mut seen = BTreeSet::from([name]);
        let mut open = vec![name];
        let mut found = Vec::new();
        while let Some(name) = open.pop() {
            let of_name = pieces.iter().enumerate();
            for (at, _) in of_name.filter(|(_, piece)| piece.name == name) {
                found.push(at);
                open.extend(named[at].iter().copied().filter(|name| seen.insert(name)));
                // The first hides those behind it, unless it names them.
                if !named[at].contains(&name) {
                    break;
                }
            }
        }
        found
    };
    let mut known = BTreeMap::new();
    let mut of_one = |name: &str| {
        let made_of = made_of(name);
        let together: Vec<&Piece> = made_of.iter().map(|at| &pieces[*at]).collect();
        made_of.iter().fold(Shown::NOTHING, |total, at| {
            let empty = pieces[*at].never_given(&together);
            let shown = known.entry((*at, empty));
            let shown = shown.or_insert_with_key(|(at, empty)| {
                Shown::by_text(&without_paths(&pieces[*at].text, empty))
            });
            total.and(*shown)
        })
    };
    all.iter()
        .map(|source| (source.name.clone(), of_one(&source.name)))
        .collect()
}

/// A component, or what a template holds besides its components.
struct Piece {
    name: String,
    text: String,
    /// What is written there, if that is understood.
    read: Option<ReadPiece>,
}

/// What is read of a piece.
#[derive(Default)]
struct ReadPiece {
    /// What a component is given, and does not itself give another meaning.
    given: BTreeSet<String>,
    calls: Vec<Call>,
}

/// A call of a component.
struct Call {
    component: String,
    /// The arguments that it gets; `None` if they are not known.
    given: Option<BTreeSet<String>>,
}

impl Piece {
    fn of(name: String, text: String) -> Self {
        let read = nodes(&text).map(|nodes| ReadPiece::of(&nodes));
        Self { name, text, read }
    }

    fn may_call<'c>(&self, components: &Components<'c>) -> AHashSet<&'c str> {
        match &self.read {
            None => components.named_in(&self.text),
            Some(read) => {
                let called = read.calls.iter().map(|call| call.component.as_str());
                called.filter_map(|name| components.named(name)).collect()
            }
        }
    }

    /// The arguments that a component gets from nobody of those it stands together with.
    fn never_given<'p>(&'p self, together: &[&Piece]) -> Vec<&'p str> {
        let Some(read) = &self.read else {
            return Vec::new();
        };
        let is_never_given = |argument: &&String| {
            together.iter().all(|piece| {
                let calls = piece.read.as_ref().map(|read| read.calls.iter());
                calls.is_some_and(|mut calls| {
                    calls.all(|call| call.component != self.name || call.leaves_out(argument))
                })
            })
        };
        let never = read.given.iter().filter(is_never_given);
        never.map(String::as_str).collect()
    }
}

impl ReadPiece {
    fn of(nodes: &[Node<'_>]) -> Self {
        let mut read = Self::default();
        let mut set = BTreeSet::new();
        for node in nodes {
            node.visit(&mut |kind| {
                match kind {
                    Kind::Component(component) => {
                        read.given
                            .extend(component.given.iter().map(|name| (*name).to_owned()));
                    }
                    kind => set.extend(kind.names_set().iter().copied()),
                }
                for expression in kind.expressions() {
                    set.extend(&expression.sets);
                    read.calls
                        .extend(expression.reads.iter().filter_map(Call::of));
                }
            });
        }
        read.given.retain(|name| !set.contains(name.as_str()));
        read
    }
}

impl Call {
    fn of(read: &Read<'_>) -> Option<Self> {
        let Read::Call(call) = read else {
            return None;
        };
        let given = || call.given.iter().map(|name| (*name).to_owned()).collect();
        Some(Self {
            component: call.component.clone(),
            given: (!call.spreads).then(given),
        })
    }

    fn leaves_out(&self, argument: &str) -> bool {
        let given = self.given.as_ref();
        given.is_some_and(|given| !given.contains(argument))
    }
}

fn pieces(template: &str, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut besides = String::new();
    let mut rest = text;
    while let Some((name, start)) = first_component(rest) {
        let end = end_of_component(&rest[start..]).map_or(rest.len(), |end| start + end);
        besides.push_str(&rest[..start]);
        pieces.push(Piece::of(name, rest[start..end].to_owned()));
        rest = &rest[end..];
    }
    besides.push_str(rest);
    pieces.push(Piece::of(template.to_owned(), besides));
    pieces
}

/// The first component that a text defines, and where that begins.
fn first_component(text: &str) -> Option<(String, usize)> {
    let tags = memmem::find_iter(text.as_bytes(), "{%");
    let mut found = tags.filter_map(|at| Some((defined(&text[at + 2..])?, at)));
    found.next()
}

/// The end of the tag that ends the first component.
fn end_of_component(text: &str) -> Option<usize> {
    let start = memmem::find_iter(text.as_bytes(), "{%").find(|at| {
        let tag = text[at + 2..].trim_start_matches('-').trim_start();
        tag.starts_with("endcomponent")
    })?;
    Some(start + text[start..].find("%}")? + 2)
}

/// For every template, the names of templates that its text brings in: those it extends or
/// includes, and those that define components which it names.
fn named<'a>(all: &[&'a TemplateSource]) -> Vec<BTreeSet<&'a str>> {
    let names: BTreeSet<&str> = all.iter().map(|source| source.name.as_str()).collect();
    let defined: Vec<(String, &str)> = all
        .iter()
        .flat_map(|source| {
            let name = source.name.as_str();
            components(&source.text)
                .into_iter()
                .map(move |component| (component, name))
        })
        .collect();
    let components = Components::of(defined.iter().map(|(component, _)| component.as_str()));
    let brought_in = |text: &str| {
        let (literals, called) = (included(text), components.named_in(text));
        let is_included = |name: &&str| literals.iter().any(|literal| is_of(literal, name));
        let templates = names.iter().copied().filter(is_included);
        let definers = defined
            .iter()
            .filter(|(component, _)| called.contains(component.as_str()))
            .map(|(_, name)| *name);
        templates.chain(definers).collect()
    };
    all.iter().map(|source| brought_in(&source.text)).collect()
}

/// Components by the first parts of their names.
struct Components<'c>(AHashMap<&'c str, Vec<&'c str>>);

impl<'c> Components<'c> {
    fn of(names: impl Iterator<Item = &'c str>) -> Self {
        let mut components = AHashMap::<_, Vec<&str>>::new();
        for name in names {
            let first = name.split('.').next().unwrap_or(name);
            components.entry(first).or_default().push(name);
        }
        Self(components)
    }

    /// The one of a name.
    fn named(&self, name: &str) -> Option<&'c str> {
        let first = name.split('.').next().unwrap_or(name);
        let mut of_first = self.0.get(first)?.iter().copied();
        of_first.find(|component| *component == name)
    }

    /// Those that a text may call, for their names stand in it.
    fn named_in(&self, text: &str) -> AHashSet<&'c str> {
        let mut named = AHashSet::new();
        for place in names(text) {
            let rest = &text[place.start..];
            let of_first = self.0.get(&text[place]).into_iter().flatten();
            named.extend(of_first.filter(|name| rest.starts_with(**name)));
        }
        named
    }
}

/// What a text extends and includes, as it is written; tera takes a text in quotes and nothing
/// else.
fn included(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1);
    let literals = tags.filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let literal = tag
            .strip_prefix("include")
            .or_else(|| tag.strip_prefix("extends"))?
            .trim_start();
        let quote = literal.chars().next()?;
        literal[quote.len_utf8()..].split(quote).next()
    });
    literals.collect()
}

/// Whether a written name may be a template's: with a theme's name before it, or with escapes.
fn is_of(literal: &str, name: &str) -> bool {
    let before = literal.strip_suffix(name);
    literal.contains('\\')
        || before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
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
    text.split("{%").skip(1).filter_map(defined).collect()
}

/// The component that a tag defines.
fn defined(tag: &str) -> Option<String> {
    let name = tag
        .trim_start_matches('-')
        .trim_start()
        .strip_prefix("component")?;
    let name = name.strip_prefix(char::is_whitespace)?.trim_start();
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))?;
    (end > 0).then(|| name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::Field;
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
    fn of_a_file_with_components_those_count_that_are_called() {
        let closures = closures(&[
            (
                "parts.html",
                "{{ page.slug }}{% component kit.card(page: map) %}{{ page.title }}{{<mark p={page} />}}{% endcomponent kit.card %}{% component mark(p: map) %}{{ p.date }}{% endcomponent mark %}{% component kit.other(p: map) %}{{ p.extra }}{% endcomponent kit.other %}",
            ),
            ("page.html", "{{<kit.card page={page} />}}{{ page.path }}"),
        ]);
        let names = |template| {
            let fields = closures.shown(template).fields;
            let all = [
                Field::Title,
                Field::Date,
                Field::Path,
                Field::Slug,
                Field::Extra,
            ];
            all.map(|field| fields.has(field))
        };
        assert_eq!(names("page.html"), [true, true, true, false, false]);
        assert_eq!(names("parts.html"), [false, false, false, true, false]);
        assert_eq!(closures.shown("missing.html"), Shown::ALL);
    }

    #[test]
    fn a_component_counts_where_it_is_called_and_for_what_it_is_given() {
        let head = "{% component head(title, page=none) %}{{ title }}<meta name=\"card\">{% if page %}{{ page.date }}{{ page.lower.slug }}{% endif %}{% endcomponent head %}";
        let card = "{% component card(page) %}{{ page.extra }}{% endcomponent card %}";
        let parts = format!("{head}{card}");
        let shown = |text: &str| {
            let closures = closures(&[("parts.html", &parts), ("a.html", text)]);
            let fields = closures.shown("a.html").fields;
            let all = [Field::Title, Field::Date, Field::Slug, Field::Extra];
            all.map(|field| fields.has(field))
        };
        let call = "{{<head title={page.title} />}}";
        assert_eq!(shown(call), [true, false, false, false]);
        let call = "{{<head title={page.title} page={p} />}}";
        assert_eq!(shown(call), [true, true, true, false]);
        assert_eq!(shown("{{<head title page />}}"), [false, true, true, false]);
        assert_eq!(shown("{{<head {...all} />}}"), [false, true, true, false]);
        let wrapped = "{% <card page={p}> %}{{<head title=\"a\" />}}{% </card> %}";
        assert_eq!(shown(wrapped), [false, false, false, true]);
        assert_eq!(shown("{{ broken; }}<head> card"), [false, true, true, true]);
    }

    #[test]
    fn what_is_extended_and_included_stands_in_quotes() {
        let text = "{% extends \"a/base.html\" %}{%-include 'x.html'-%}<a href=\"/atom.xml\">{{ \"b.html\" }}";
        assert_eq!(included(text), ["a/base.html", "x.html"]);
        assert!(is_of("a/base.html", "base.html") && is_of("base.html", "base.html"));
        assert!(!is_of("base.html", "se.html") && is_of("\\u0062ase.html", "base.html"));
    }

    #[test]
    fn definitions_of_components_are_found_and_nothing_else() {
        let text = "{% component card(page: map) -%}{% endcomponent card %}{%- component gazette.meta() %}{{<card page={p} />}}{% set component = 1 %}";
        assert_eq!(components(text), ["card", "gazette.meta"]);
    }
}
