//! The tera instance of a build: templates of the site, the theme and the built-in theme under
//! names that let each override the next.

use std::sync::{Arc, OnceLock};

use tera::{Context, Tera};

use crate::config::Lang;
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, say};
use crate::path::SourcePath;
use crate::site::NodeId;
use crate::world::{Reader, TemplateSource, TemplateSources, components};

use super::names::Names;
use super::problems::{self, Places};
use super::scope::{self, Scope};
use super::shapes::Shapes;
use super::{filters, fragments, functions};

/// Where the built-in theme's templates stand in the order of look-ups.
const BUILT_IN: &str = "built-in/";

/// All templates of a site, ready to render.
pub struct Engine {
    /// The templates, with calls in the place of passages that are kept.
    tera: Arc<Tera>,
    /// The templates as they were written, where that is not the same and something went wrong.
    whole: Option<OnceLock<Arc<Tera>>>,
    prefixes: [String; 2],
    places: Places,
    names: Names,
    shapes: Arc<Shapes>,
}

/// One output on its way through a template.
pub struct Rendering<'r> {
    /// The template's name.
    pub template: &'r str,
    /// The variables it sees.
    pub context: Context,
    /// The way to every input.
    pub reader: &'r Reader,
    /// The language of the output.
    pub lang: Lang,
    /// The page or section that is rendered, if it is one.
    pub node: Option<NodeId>,
    /// What is rendered, for messages: a source file or an address.
    pub subject: &'r str,
}

impl Engine {
    /// Reads all templates of a site of about so many pages.
    ///
    /// # Errors
    /// All syntax errors of all templates; or, if there are none, the names that templates use
    /// and nothing defines.
    pub fn new(sources: &TemplateSources, pages: usize) -> Result<Self, Vec<Diagnostic>> {
        let theme = prefix(&sources.theme);
        let shelves = [
            ("", &sources.site),
            (theme.as_str(), &sources.theme),
            (BUILT_IN, &sources.built_in),
        ];
        let (places, names) = index(&shelves);
        let prefixes = [theme.clone(), BUILT_IN.to_owned()];
        let mut tera = empty(&prefixes);
        let (tera, whole) = match fragments::add(&mut tera, places.texts(), &prefixes, pages) {
            Ok(has_fragments) => (tera, has_fragments.then(OnceLock::new)),
            Err(_) => {
                let read = whole(&prefixes, &places);
                (
                    read.map_err(|error| explain(&error, &places, &names))?,
                    None,
                )
            }
        };
        Ok(Self {
            tera: Arc::new(tera),
            whole,
            prefixes,
            places,
            names,
            shapes: Arc::default(),
        })
    }

    /// Whether there is a template of this name.
    pub fn has(&self, reader: &Reader, name: &str) -> bool {
        reader.template(name);
        self.tera.contains_template(name)
    }

    /// Values that many renders share.
    pub(crate) fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// Renders one output and appends it to `out`.
    ///
    /// # Errors
    /// When the template does not exist or fails; the place is in the template.
    pub fn render(&self, rendering: Rendering<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let Rendering {
            template,
            context,
            reader,
            lang,
            node,
            subject,
        } = rendering;
        if !self.has(reader, template) {
            return Err(self.missing(template, reader, node));
        }
        let scope = |tera: &Arc<Tera>| Scope {
            reader: reader.clone(),
            shapes: Arc::clone(&self.shapes),
            tera: Arc::clone(tera),
            lang,
            node,
        };
        let length = out.len();
        let mut render = |tera: &Arc<Tera>| {
            out.truncate(length);
            scope::enter(scope(tera), || {
                tera.render_to(template, &context, &mut *out)
            })
        };
        let mut rendered = render(&self.tera);
        if rendered.is_err()
            && let Some(whole) = &self.whole
        {
            rendered = render(whole.get_or_init(|| self.read_whole()));
        }
        rendered.map_err(|error| problems::of_rendering(&error, template, subject, &self.places))
    }

    fn read_whole(&self) -> Arc<Tera> {
        let read = whole(&self.prefixes, &self.places);
        read.map_or_else(|_| Arc::clone(&self.tera), Arc::new)
    }

    fn missing(&self, template: &str, reader: &Reader, node: Option<NodeId>) -> Diagnostic {
        let message = say::no_template(template);
        let help = self.names.help_for_template(template);
        match node.map(|id| reader.source(id)) {
            Some(source) => {
                let spot = Spot::Value(vec![Step::Key("template".into())]);
                let help = say::then(help, say::named_by_template());
                Diagnostic::new(Code::TemplateMissing, source, spot, message).help(help)
            }
            None => {
                let path = SourcePath::new(format!("templates/{template}"));
                Diagnostic::new(Code::TemplateMissing, &path, Spot::File, message).help(help)
            }
        }
    }
}

/// Tera with all functions and filters, and without templates.
fn empty(prefixes: &[String]) -> Tera {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes(prefixes.iter().cloned())
        .expect("no template was added yet");
    functions::register(&mut tera);
    filters::register(&mut tera);
    tera
}

/// Tera with the templates as they were written.
fn whole(prefixes: &[String], places: &Places) -> Result<Tera, tera::Error> {
    let mut tera = empty(prefixes);
    tera.add_raw_templates(places.texts())?;
    Ok(tera)
}

/// `themes/NAME/` of the templates in `themes/NAME/templates/`.
fn prefix(theme: &[TemplateSource]) -> String {
    let folder = theme.first().and_then(|source| {
        let folder = source.path.as_str().strip_suffix(&source.name)?;
        folder.strip_suffix("templates/")
    });
    match folder {
        Some(folder) if folder.starts_with("themes/") => folder.to_owned(),
        _ => "themes/gazette/".to_owned(),
    }
}

type Shelf<'a> = (&'a str, &'a Vec<TemplateSource>);

/// Chooses what tera gets. A template that another one overrides is left out, unless a template
/// names it in full or it defines components: tera checks every template it gets, and one that
/// nobody uses may not fit the site's own `base.html`.
fn index(shelves: &[Shelf<'_>]) -> (Places, Names) {
    let mut places = Places::default();
    let mut names = Names::default();
    for (prefix, sources) in shelves {
        names.folders.extend(folder(prefix, sources));
        for source in *sources {
            let components = components(&source.text);
            let full = format!("{prefix}{}", source.name);
            let is_overridden = names.templates.contains(&source.name);
            if is_overridden && components.is_empty() && !is_named(&full, shelves) {
                continue;
            }
            if !is_overridden {
                names.templates.push(source.name.clone());
            }
            names.components.extend(components);
            places.add(full, source.path.clone(), source.text.clone());
        }
    }
    (places, names)
}

/// What messages call a place of templates; nothing if it has none.
fn folder(prefix: &str, sources: &[TemplateSource]) -> Option<Message> {
    let first = sources.first();
    let folder = first.and_then(|first| first.path.as_str().strip_suffix(&first.name));
    match folder {
        Some(folder) if folder.starts_with(BUILT_IN) => Some(say::built_in_theme()),
        Some(folder) => Some(say::in_backticks(folder.trim_end_matches('/'))),
        None => prefix.is_empty().then(|| say::in_backticks("templates")),
    }
}

fn is_named(full: &str, shelves: &[Shelf<'_>]) -> bool {
    shelves
        .iter()
        .flat_map(|(_, sources)| *sources)
        .any(|source| source.text.contains(full))
}

/// Tera stops at the first syntax error; each template alone gives all of them.
fn explain(error: &tera::Error, places: &Places, names: &Names) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, text) in places.texts() {
        if let Err(error) = Tera::default().add_raw_template(name, text)
            && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
        {
            found.extend(problems::of_loading(&error, places, names));
        }
    }
    if found.is_empty() {
        found = problems::of_loading(error, places, names);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(folder: &str, templates: &[(&str, &str)]) -> Vec<TemplateSource> {
        templates
            .iter()
            .map(|(name, text)| TemplateSource {
                name: (*name).to_owned(),
                path: SourcePath::new(format!("{folder}/{name}")),
                text: (*text).to_owned(),
            })
            .collect()
    }

    fn site(templates: &[(&str, &str)]) -> TemplateSources {
        TemplateSources {
            site: shelf("templates", templates),
            ..TemplateSources::default()
        }
    }

    fn problems(sources: &TemplateSources) -> Vec<Diagnostic> {
        Engine::new(sources, 0).err().unwrap_or_default()
    }

    fn said(sources: &TemplateSources) -> Vec<(String, String, String, String)> {
        let all: Vec<_> = [&sources.site, &sources.theme, &sources.built_in]
            .into_iter()
            .flatten()
            .collect();
        let marked = |problem: &Diagnostic| match &problem.spot {
            Spot::Bytes(range) => {
                let source = all.iter().find(|source| source.path == problem.path);
                source.map_or(String::new(), |source| {
                    source.text[range.clone()].to_owned()
                })
            }
            _ => String::new(),
        };
        problems(sources)
            .into_iter()
            .map(|problem| {
                let help = problem.help.as_ref().map(|help| help.english());
                (
                    problem.path.to_string(),
                    marked(&problem),
                    problem.message.english(),
                    help.unwrap_or_default(),
                )
            })
            .collect()
    }

    fn row(
        path: &str,
        marked: &str,
        message: &str,
        help: &str,
    ) -> (String, String, String, String) {
        (path.into(), marked.into(), message.into(), help.into())
    }

    #[test]
    fn every_syntax_error_of_every_template_is_told() {
        let sources = site(&[
            ("a.html", "{% if x %}"),
            ("b.html", "标题 {{ get_page(path=\"x.md\").title }}"),
            ("c.html", "{{ x | upper }}"),
            ("d.html", "{% elif %}"),
        ]);
        let told = said(&sources);
        let messages: Vec<(&str, &str)> = told
            .iter()
            .map(|(path, _, message, _)| (&**path, &**message))
            .collect();
        assert_eq!(
            messages,
            [
                ("templates/a.html", "the template ends too early"),
                (
                    "templates/b.html",
                    "a function's result cannot be taken apart in the same place"
                ),
                ("templates/d.html", "unknown tag"),
            ]
        );
        assert_eq!(told[1].1, ".");
        assert_eq!(
            told[1].3,
            "Keep it first, `{% set p = get_page(path=\"a.md\") %}`, and then use `{{ p.title }}`."
        );
    }

    #[test]
    fn names_that_nothing_defines_are_told_with_the_nearest() {
        let sources = site(&[
            (
                "a.html",
                "{{ x | dat }}\n标 {{ get_pge(path=\"a\") }}{{<crd page={x} />}}{% if x is strng %}{% endif %}{% component card(page: map) %}{% endcomponent card %}{% include \"b.htm\" %}",
            ),
            ("b.html", ""),
        ]);
        assert_eq!(
            said(&sources),
            [
                row(
                    "templates/a.html",
                    "dat",
                    "there is no filter `dat`",
                    "Did you mean `date`?"
                ),
                row(
                    "templates/a.html",
                    "get_pge",
                    "there is no function `get_pge`",
                    "Did you mean `get_page`?"
                ),
                row(
                    "templates/a.html",
                    "<crd page={x} />",
                    "there is no component `crd`",
                    "Did you mean `card`?"
                ),
                row(
                    "templates/a.html",
                    "strng",
                    "there is no test `strng`",
                    "Did you mean `string`?"
                ),
                row(
                    "templates/a.html",
                    "b.htm",
                    "there is no template `b.htm`",
                    "Did you mean `b.html`? It is looked for in `templates`."
                ),
            ]
        );
    }

    #[test]
    fn a_template_that_extends_nothing_is_told() {
        let sources = site(&[("a.html", "{% extends \"bse.html\" %}"), ("base.html", "")]);
        assert_eq!(
            said(&sources),
            [row(
                "templates/a.html",
                "bse.html",
                "there is no template `bse.html`",
                "Did you mean `base.html`? It is looked for in `templates`."
            )]
        );
        let sources = site(&[
            ("a.html", "{% extends \"b.html\" %}"),
            ("b.html", "{% extends \"a.html\" %}"),
        ]);
        let told = said(&sources);
        assert_eq!(
            told[0].2,
            "this template leads back to itself, by way of `b.html`, `a.html`"
        );
    }

    #[test]
    fn a_block_without_a_place_and_a_double_component_are_told() {
        let sources = site(&[
            (
                "a.html",
                "{% extends \"b.html\" %}{% block side %}{% endblock %}",
            ),
            ("b.html", ""),
        ]);
        assert_eq!(
            said(&sources),
            [row(
                "templates/a.html",
                "side",
                "no template above this one has a block `side`",
                "Add `{% block side %}{% endblock %}` to the template that this one extends, or rename the block here."
            )]
        );
        let card = "{% component card() %}{% endcomponent card %}";
        let found = problems(&site(&[("a.html", card), ("b.html", card)]));
        assert_eq!(
            found[0].message.english(),
            "the component `card` is defined twice"
        );
        assert_eq!(found[0].path.as_str(), "templates/b.html");
        assert_eq!(found[0].related[0].path.as_str(), "templates/a.html");
    }

    #[test]
    fn the_site_overrides_the_theme_and_the_theme_the_built_in_one() {
        let sources = TemplateSources {
            site: shelf(
                "templates",
                &[("a.html", "site {% include \"themes/x/a.html\" %}")],
            ),
            theme: shelf(
                "themes/x/templates",
                &[
                    ("a.html", "theme"),
                    ("b.html", "theme"),
                    ("c.html", "{% component c() %}theme{% endcomponent c %}"),
                ],
            ),
            built_in: shelf(
                "built-in/gazette/templates",
                &[
                    ("a.html", "built in"),
                    ("b.html", "built in"),
                    ("c.html", "{% component c() %}built in{% endcomponent c %}"),
                    ("d.html", "{{<c />}}"),
                ],
            ),
        };
        let engine = Engine::new(&sources, 0)
            .map_err(|problems| problems.len())
            .expect("valid templates");
        let tera = whole(&engine.prefixes, &engine.places).expect("valid templates");
        let rendered = |name| tera.render(name, &Context::new()).expect("renders");
        assert_eq!(
            ["a.html", "b.html", "d.html"].map(rendered),
            ["site theme", "theme", "theme"]
        );
        assert!(engine.tera.contains_template("c.html"));
        assert!(!engine.tera.contains_template("e.html"));
    }

    #[test]
    fn an_overridden_template_need_not_fit_the_sites_base() {
        let sources = TemplateSources {
            site: shelf(
                "templates",
                &[
                    ("base.html", "{% block main %}{% endblock %}"),
                    (
                        "page.html",
                        "{% extends \"base.html\" %}{% block main %}p{% endblock %}",
                    ),
                ],
            ),
            theme: shelf(
                "themes/x/templates",
                &[
                    ("base.html", "{% block content %}{% endblock %}"),
                    (
                        "page.html",
                        "{% extends \"base.html\" %}{% block content %}t{% endblock %}",
                    ),
                ],
            ),
            built_in: Vec::new(),
        };
        assert_eq!(problems(&sources), []);
    }

    #[test]
    fn a_failing_render_names_the_place_the_reason_and_the_page() {
        let sources = site(&[
            ("a.html", "{{<c page={page} />}}"),
            (
                "c.html",
                "{% component c(page) %}标 {{ page.titel }}{% endcomponent c %}",
            ),
        ]);
        let engine = Engine::new(&sources, 0)
            .map_err(|problems| problems.len())
            .expect("valid templates");
        let mut context = Context::new();
        context.insert("page", &std::collections::BTreeMap::from([("title", "x")]));
        let error = engine
            .tera
            .render("a.html", &context)
            .expect_err("there is no such field");
        let problem = problems::of_rendering(&error, "a.html", "content/x.md", &engine.places);
        assert_eq!(problem.message.english(), "there is no field `titel` here");
        assert_eq!(
            problem.help.map(|help| help.english()).as_deref(),
            Some("Did you mean `title`? This happened while `content/x.md` was rendered.")
        );
        assert_eq!(problem.path.as_str(), "templates/c.html");
        let Spot::Bytes(range) = problem.spot else {
            panic!("a place in the template")
        };
        assert_eq!(&sources.site[1].text[range], "titel");
        assert_eq!(problem.related[0].path.as_str(), "templates/a.html");
        assert_eq!(problem.related[0].label, say::called_here());
    }
}
