//! Templates with calls in the stead of passages that are the same in all outputs of a language, or
//! the same for a page in all lists.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::template::{KnownCall, known_calls, nodes_of, pieces};

use super::judge::Judge;
use super::leaks::read_outside;
use super::search::{Passage, all_passages};
use super::{call_name, settled};

/// Templates of which passages were taken out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut<'t> {
    /// The templates that are not as they were, by the places of the given ones.
    pub templates: Vec<(usize, String)>,
    /// What was taken out, by its number.
    pub fragments: Vec<Fragment>,
    /// The calls for which others stand, by their numbers.
    pub calls: Vec<KnownCall<'t>>,
}

/// What was taken out of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub text: String,
    /// What it calls the page that it shows, if it is there for one.
    pub entry: Option<String>,
}

/// Takes out of templates what is the same in many outputs; of lists only if it `keeps_lists`. In
/// what is taken out and in what is left, settled calls stand for those whose arguments are known.
/// `prefixes` stand before the names of templates that others may override.
pub(super) fn cut<'t>(
    templates: &[(&'t str, &'t str)],
    prefixes: &[String],
    keeps_lists: bool,
) -> Cut<'t> {
    let read = templates.iter().map(|(_, text)| {
        let pieces = pieces(text)?;
        let calls = known_calls(text, &pieces);
        Some((calls, nodes_of(pieces)?))
    });
    let Some((calls, trees)) = read.collect::<Option<(Vec<_>, Vec<_>)>>() else {
        return Cut::default();
    };
    let names: Vec<&str> = templates.iter().map(|(name, _)| *name).collect();
    let mut judge = Judge::new(&names, &trees, prefixes);
    // A name that a passage sets, and that something outside of it reads, has to be set there.
    loop {
        let passages = all_passages(&names, &trees, &judge, keeps_lists);
        let read = read_outside(&trees, &passages);
        let sets = passages.iter().flat_map(|passage| &passage.sets);
        let leaks: BTreeSet<&str> = sets.copied().filter(|name| read.contains(name)).collect();
        if leaks.is_empty() {
            return replaced(templates, &passages, calls);
        }
        judge.leaking.extend(leaks);
    }
}

fn replaced<'t>(
    templates: &[(&str, &str)],
    passages: &[Passage<'_>],
    calls: Vec<Vec<KnownCall<'t>>>,
) -> Cut<'t> {
    let mut cut = Cut::default();
    for (at, ((_, text), calls)) in templates.iter().zip(calls).enumerate() {
        let source = Source {
            text,
            calls: cut.numbers_of(calls),
        };
        let (mut short, mut from) = (String::new(), 0);
        for passage in passages.iter().filter(|passage| passage.template == at) {
            let dash = |trims| if trims { "-" } else { "" };
            let (before, after) = (dash(passage.trims_before), dash(passage.trims_after));
            let name = call_name(cut.number_of(Fragment {
                text: source.settled(passage.span.clone()),
                entry: passage.entry.map(str::to_owned),
            }));
            short.push_str(&source.settled(from..passage.span.start));
            // Tera makes maps of the arguments of every call; a filter has its value without.
            let call = match passage.entry {
                Some(entry) => format!("{entry} | {name}"),
                None => format!("{name}()"),
            };
            short.push_str(&format!("{{{{{before} {call} {after}}}}}"));
            from = passage.span.end;
        }
        if from > 0 || !source.calls.is_empty() {
            short.push_str(&source.settled(from..text.len()));
            cut.templates.push((at, short));
        }
    }
    cut
}

impl<'t> Cut<'t> {
    /// The number of a passage, which is that of one that reads alike.
    fn number_of(&mut self, fragment: Fragment) -> usize {
        let known = self.fragments.iter().position(|known| *known == fragment);
        known.unwrap_or_else(|| {
            self.fragments.push(fragment);
            self.fragments.len() - 1
        })
    }

    /// Where calls stand that can be settled, and what stands for them; one that is as another has
    /// the number of that.
    fn numbers_of(&mut self, calls: Vec<KnownCall<'t>>) -> Vec<(Range<usize>, String)> {
        let calls = calls.into_iter().filter(settled::can_be_settled);
        let placed = calls.map(|call| {
            let known = self.calls.iter().position(|known| known.is_like(&call));
            let number = known.unwrap_or(self.calls.len());
            let placed = (call.span.clone(), settled::in_stead(number, &call));
            if known.is_none() {
                self.calls.push(call);
            }
            placed
        });
        placed.collect()
    }
}

/// A template, and what is to stand in the places of its calls.
struct Source<'s> {
    text: &'s str,
    calls: Vec<(Range<usize>, String)>,
}

impl Source<'_> {
    /// A part of the template with settled calls.
    fn settled(&self, part: Range<usize>) -> String {
        let (mut out, mut from) = (String::new(), part.start);
        for (place, call) in &self.calls {
            if part.start <= place.start && place.end <= part.end {
                out.push_str(&self.text[from..place.start]);
                out.push_str(call);
                from = place.end;
            }
        }
        out.push_str(&self.text[from..part.end]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is taken out of templates, and with which name of a page.
    fn taken(templates: &[(&str, &str)]) -> Vec<String> {
        let fragments = cut(templates, &["themes/x/".to_owned()], true).fragments;
        let shown = fragments.into_iter().map(|fragment| match fragment.entry {
            Some(entry) => format!("{entry}: {}", fragment.text),
            None => fragment.text,
        });
        shown.collect()
    }

    const MENU: &str = "{% for item in config.menus.main %}{{ item.title }}{% endfor %}";

    const NOTHING: [&str; 0] = [];

    #[test]
    fn a_call_stands_where_the_passage_stood() {
        let base = format!("<b>{{{{ page.title }}}}\n {{%- if lang -%}}{MENU}{{%- endif -%}} <i>");
        let templates = [("page.html", "{{ page.title }}"), ("base.html", &base)];
        let cut = cut(&templates, &[], true);
        let passage = format!("{{%- if lang -%}}{MENU}{{%- endif -%}}");
        assert_eq!(
            cut,
            Cut {
                templates: vec![(
                    1,
                    "<b>{{ page.title }}\n {{- __fragment_0() -}} <i>".to_owned()
                )],
                fragments: vec![Fragment {
                    text: passage,
                    entry: None
                }],
                calls: Vec::new(),
            }
        );
    }

    #[test]
    fn passages_that_read_alike_are_one() {
        let list = |name: &str| {
            let show = format!("{{{{ {name}.title | upper | lower }}}}").repeat(3);
            format!("{{% for {name} in pages %}}{show}{{% endfor %}}")
        };
        let (ours, other) = (list("p"), list("q"));
        let templates = [("a.html", &*ours), ("b.html", &*other), ("c.html", &*ours)];
        let cut = cut(&templates, &[], true);
        assert_eq!(cut.fragments.len(), 2);
        let left = [("p", 0), ("q", 1), ("p", 0)].map(|(name, number)| {
            format!(
                "{{% for {name} in pages %}}{{{{ {name} | __fragment_{number} }}}}{{% endfor %}}"
            )
        });
        assert_eq!(cut.templates, [0, 1, 2].map(|at| (at, left[at].clone())));
    }

    #[test]
    fn passages_go_as_far_as_nothing_else_is_read() {
        let text = "{{ lang }}{{ trans(key=\"a\") }}<p>{{ config.title }}{{ page.title }}{% if page %}b{{ get_url(path=\"c.css\") }}{% else %}{{ lang }}{% endif %}";
        assert_eq!(
            taken(&[("a.html", text)]),
            [
                "{{ lang }}{{ __call_0() }}<p>{{ config.title }}",
                "{{ __call_1() }}"
            ]
        );
    }

    #[test]
    fn settled_calls_stand_for_those_with_known_arguments() {
        let date = "{{ page.date | date(format=\"%Y\") }}";
        let text = format!(
            "{date}{{{{- f(a=\"b\") }}}}{{{{ page.n | striptags() }}}}{{{{ get_url(path=page.a, lang=\"zh\") | upper }}}}"
        );
        let other =
            format!("{date}{{{{ get_url(path=x, lang=\"zh\") }}}}{{{{ x | date(formt=\"%Y\") }}}}");
        let cut = cut(&[("a.html", &*text), ("b.html", &*other)], &[], true);
        let left = "{{ page.date | __call_0 }}{{- f(a=\"b\") }}{{ page.n | striptags() }}{{ (page.a | __call_1) | upper }}";
        assert_eq!(cut.templates[0], (0, left.to_owned()));
        let left = "{{ page.date | __call_0 }}{{ (x | __call_1) }}{{ x | date(formt=\"%Y\") }}";
        assert_eq!(cut.templates[1], (1, left.to_owned()));
        assert_eq!(cut.calls.len(), 2);
    }

    #[test]
    fn what_looks_at_the_page_stays() {
        for text in [
            "{% for item in config.menus.main %}{{ item.path == current_path }}{% endfor %}",
            "{{ get_hash(path=\"a.js\") }}{{ resize_image(path=\"a.png\") }}",
            "{{ config.description | markdown | safe }}",
            "{{ super() }}{{ super() }}",
            "{% for a in config.a %}{{ loop.index }}{{ b }}{% endfor %}",
            "{% filter upper %}{{ trans(key=\"a\") }}{% endfilter %}",
        ] {
            assert_eq!(taken(&[("a.html", text)]), NOTHING, "{text}");
        }
        assert_eq!(taken(&[("robots.txt", MENU)]), NOTHING);
    }

    #[test]
    fn what_a_passage_sets_for_others_stays() {
        let set = "{% set menu = config.menus.main | default(value=[]) %}{{ menu | length }}";
        let alone = [("base.html", set), ("b.html", "{{ a.menu }}")];
        assert_eq!(taken(&alone), [set]);
        let others = [
            "{{ menu.title }}",
            "{% if page %}{% set menu = 1 %}{% endif %}{{ menu }}",
            "{% component c(@menu) %}{% endcomponent c %}",
            "{% include \"b.html\" %}{{ menu.title }}",
        ];
        for other in others {
            let templates = [("base.html", set), ("b.html", other)];
            assert_eq!(taken(&templates), NOTHING, "{other}");
        }
        // The other one is set where it is read.
        let other = "{% set menu = page.menu %}{{ menu.title }}";
        assert_eq!(taken(&[("base.html", set), ("b.html", other)]), [set]);
    }

    #[test]
    fn what_a_passage_sets_anew_stays() {
        let own = "{% set menu = page.menu %}";
        let anew = format!("{{% if config.a %}}{{% set menu = 1 %}}{MENU}{{% endif %}}");
        for text in [
            format!("{own}{anew}{{{{ page.title }}}}{{{{ menu }}}}"),
            format!("{own}{{% if page %}}{anew}{{% endif %}}{{{{ menu }}}}"),
            format!("{own}{{% for p in pages %}}{anew}{{{{ menu }}}}{{% endfor %}}"),
            format!("{own}{{% block a %}}{anew}{{% endblock %}}{{{{ menu }}}}"),
        ] {
            let taken = taken(&[("a.html", &text)]);
            assert_eq!(taken, [MENU], "{text}");
        }
    }

    #[test]
    fn what_is_set_in_a_branch_is_not_known_behind_it() {
        let text =
            "{% if config.a %}{% set page = config.b %}{% endif %}{{ page | upper | lower }}";
        assert_eq!(taken(&[("a.html", text)]), NOTHING);
        let text = "{% for a in config.a %}{% set b = a %}{{ b }}{% endfor %}";
        assert_eq!(taken(&[("a.html", text), ("b.html", "{{ b }}")]), [text]);
    }

    #[test]
    fn a_common_name_that_means_something_else_anywhere_is_not_common() {
        for other in [
            "{% set config = page %}",
            "{% for config in pages %}{% endfor %}",
            "{{ [config for config in pages] }}",
            "{% component c(config) %}{% endcomponent c %}",
            "{{ __tera_context }}",
            "{% if %}{% else",
        ] {
            let templates = [("a.html", MENU), ("b.html", other)];
            assert_eq!(taken(&templates), NOTHING, "{other}");
        }
    }

    #[test]
    fn components_are_common_if_all_that_they_show_is() {
        let of = |head: &str| format!("{{% component c({head}) %}}{MENU}{{% endcomponent c %}}");
        let call = "{{<c />}}";
        let taken = |head: &str, call: &str| taken(&[("a.html", call), ("c.html", &of(head))]);
        assert_eq!(taken("@config: map", call), [call, MENU]);
        assert_eq!(taken("@config: map, size=1, ...rest", call), [call, MENU]);
        // A call that needs what is not there would fail.
        assert_eq!(taken("@config: map, @current_path", call), [MENU]);
        assert_eq!(taken("", call), NOTHING);
        assert_eq!(taken("@config: map", "{{<c config={page} />}}"), NOTHING);
        assert_eq!(taken("@config: map", "{{<c {...page} />}}"), NOTHING);
        let itself =
            "{% component c(@config) %}{{ config | upper | lower }}{{<c />}}{% endcomponent c %}";
        let passage = "{{ config | upper | lower }}";
        assert_eq!(
            super::tests::taken(&[("a.html", call), ("c.html", itself)]),
            [passage]
        );
    }

    #[test]
    fn included_templates_are_common_if_all_of_the_name_are() {
        let include = "{% include \"menu.html\" %}";
        let twice = format!("{include}{{{{ lang }}}}");
        let base = ("base.html", twice.as_str());
        assert_eq!(taken(&[base, ("menu.html", MENU)]), [&twice, MENU]);
        assert_eq!(taken(&[base, ("themes/x/menu.html", MENU)]), [&twice, MENU]);
        let within = (
            "c.html",
            "{% component c(@lang) %}{% include \"menu.html\" %}{% endcomponent c %}",
        );
        let outer = (
            "menu.html",
            "{% include \"list.html\" %}{{ lang }}{{ lang }}",
        );
        assert_eq!(taken(&[within, ("menu.html", MENU)]), NOTHING);
        assert_eq!(taken(&[within, outer, ("list.html", MENU)]), NOTHING);
        let own = ("menu.html", "{{ page.title }}");
        assert_eq!(taken(&[base, own, ("themes/x/menu.html", MENU)]), [MENU]);
        assert_eq!(taken(&[base]), NOTHING);
    }

    #[test]
    fn of_a_template_that_extends_another_its_blocks_count() {
        let child =
            format!("{{% extends \"base.html\" %}}{MENU}{{% block a %}}{MENU}{{% endblock %}}");
        assert_eq!(taken(&[("a.html", &child)]), [MENU]);
    }

    #[test]
    fn what_is_shown_of_the_menus_is_taken_with_their_name() {
        let menu = "{% for item in current_menus.main %}{{ item.title | upper }}{{ item.current }}{% endfor %}";
        let text = format!("{menu}{{{{ config.title | lower }}}}{{{{ current_path }}}}");
        let passage = format!("{menu}{{{{ config.title | lower }}}}");
        assert_eq!(
            taken(&[("a.html", &text)]),
            [format!("current_menus: {passage}")]
        );
        let taken_of = |head: &str, call: &str| {
            let of = format!("{{% component c({head}) %}}{menu}{{% endcomponent c %}}");
            taken(&[("a.html", call), ("c.html", &of)])
        };
        let call = "{{<c />}}";
        assert_eq!(
            taken_of("@current_menus: map", call),
            [format!("current_menus: {menu}")]
        );
        let within = format!("{{% for p in pages %}}{menu}{{% endfor %}}");
        assert_eq!(taken(&[("a.html", &within)]), NOTHING);
    }

    #[test]
    fn what_lists_show_of_a_page_is_taken_with_its_name() {
        let show = "{{ p.title | upper }}{{ p.date | date }}{{ p.path | upper }}{{ lang }}";
        let list = |over: &str| {
            format!("{{% for p in {over} %}}{show} {{{{ loop.index }}}}{{% endfor %}}")
        };
        for over in ["paginator.pages", "pages[:5]", "section.recent | reverse"] {
            assert_eq!(
                taken(&[("a.html", &list(over))]),
                [format!("p: {show}")],
                "{over}"
            );
        }
        assert_eq!(taken(&[("a.html", &list("page.translations"))]), NOTHING);
        assert_eq!(taken(&[("archive.html", &list("pages"))]), NOTHING);
        let templates = [("a.html", &*list("pages"))];
        assert_eq!(cut(&templates, &[], false), Cut::default());
        let cut = cut(&templates, &[], true).templates;
        let left = "{% for p in pages %}{{ p | __fragment_0 }} {{ loop.index }}{% endfor %}";
        assert_eq!(cut, [(0, left.to_owned())]);
    }
}
