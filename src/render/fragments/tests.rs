//! Templates by chance, rendered as they were written and with passages taken out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera, Value};

use crate::chance::Chance;

use super::cut::cut;
use super::{call_name, template_name};

const SITES: u64 = 2000;

#[test]
fn passages_change_nothing_that_is_rendered() {
    let (mut kept, mut same) = (0, 0);
    for seed in 0..SITES {
        let templates = templates(seed);
        let named: Vec<(&str, &str)> = templates
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let mut whole = Tera::default();
        register(&mut whole);
        if let Err(error) = whole.add_raw_templates(named.iter().copied()) {
            panic!("{error}\n{named:#?}");
        }
        let Some(short) = Short::of(&named) else {
            continue;
        };
        kept += 1;
        for (name, title) in [("page.html", "A"), ("list.html", "B"), ("page.html", "B")] {
            let context = context(title);
            let (ours, theirs) = (short.render(name, &context), whole.render(name, &context));
            // What fails is rendered again as it was written.
            if let Ok(ours) = ours {
                let theirs = theirs.unwrap_or_else(|error| format!("failed: {error}"));
                assert_eq!(
                    ours, theirs,
                    "{seed}: {name} of {title}\n{templates:#?}\n{:#?}",
                    short.texts
                );
                same += 1;
            }
        }
    }
    // Else the templates are not such that the test could fail.
    assert!(kept > SITES * 9 / 10 && same > SITES, "{kept} {same}");
}

/// Templates with passages taken out.
struct Short {
    tera: Arc<OnceLock<Tera>>,
    texts: Vec<String>,
}

impl Short {
    /// `None` if there are none.
    fn of(templates: &[(&str, &str)]) -> Option<Self> {
        let cut = cut(templates, &[], true);
        if cut.fragments.is_empty() {
            return None;
        }
        let mut short: Vec<(String, String)> = templates
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        for (at, text) in cut.templates {
            short[at].1 = text;
        }
        let tera = Arc::new(OnceLock::new());
        let mut calls = Tera::default();
        register(&mut calls);
        for (number, fragment) in cut.fragments.into_iter().enumerate() {
            short.push((template_name(number), fragment.text));
            let kept = Kept {
                tera: Arc::clone(&tera),
                number,
                entry: fragment.entry,
                texts: Mutex::default(),
            };
            match &kept.entry {
                None => calls
                    .register_function(call_name(number), move |_: Kwargs, state: &State<'_>| {
                        kept.text(&Value::none(), state)
                    }),
                Some(_) => calls.register_filter::<_, &Value, _>(
                    call_name(number),
                    move |page: &Value, _: Kwargs, state: &State<'_>| kept.text(page, state),
                ),
            }
        }
        let texts = short
            .iter()
            .map(|(name, text)| format!("{name}: {text}"))
            .collect();
        let given = short
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        if let Err(error) = calls.add_raw_templates(given) {
            panic!("{error}\n{templates:#?}\n{short:#?}");
        }
        assert!(tera.set(calls).is_ok());
        Some(Self { tera, texts })
    }

    fn render(&self, name: &str, context: &Context) -> Result<String, Error> {
        self.tera.get().expect("tera").render(name, context)
    }
}

/// A passage, and what it was for every page that was asked for.
struct Kept {
    tera: Arc<OnceLock<Tera>>,
    number: usize,
    entry: Option<String>,
    texts: Mutex<BTreeMap<String, String>>,
}

impl Kept {
    fn text(&self, page: &Value, state: &State<'_>) -> Result<Value, Error> {
        if !state.autoescaping_enabled() {
            return Err(Error::message("it was rendered to be escaped"));
        }
        let key = page.to_string();
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.get(&key) {
            return Ok(Value::safe_string(text));
        }
        let mut context = common();
        if let Some(name) = &self.entry {
            context.insert_value(name.clone(), page.clone());
        }
        let tera = self.tera.get().expect("tera");
        let text = tera.render(&template_name(self.number), &context)?;
        texts.insert(key, text.clone());
        Ok(Value::safe_string(&text))
    }
}

#[derive(Serialize)]
struct Page<'p> {
    title: &'p str,
    flag: bool,
    tags: [&'p str; 2],
    pages: Vec<Page<'p>>,
}

fn page<'p>(title: &'p str, pages: Vec<Page<'p>>) -> Page<'p> {
    Page {
        title,
        flag: title < "C",
        tags: ["<x>", "y"],
        pages,
    }
}

/// What every output has.
fn common() -> Context {
    let mut context = Context::new();
    let below = || vec![page("F", Vec::new()), page("G", Vec::new())];
    context.insert("config", &page("the & site", below()));
    context.insert("lang", "zh");
    context.insert("generator", "courant");
    context
}

fn context(title: &str) -> Context {
    let mut context = common();
    let below = || vec![page("C", Vec::new()), page("D", Vec::new())];
    context.insert("page", &page(title, below()));
    context.insert("pages", &below());
    context.insert("current_path", &format!("/{title}/"));
    let menus = if title == "A" { "menus & A" } else { "menus" };
    context.insert("current_menus", &page(menus, below()));
    context
}

/// A function that looks at the page around it, and one that does not.
fn register(tera: &mut Tera) {
    tera.register_function("get_hash", |_: Kwargs, state: &State<'_>| {
        state
            .get::<String>("current_path")
            .map(Option::unwrap_or_default)
    });
    tera.register_function("trans", |arguments: Kwargs, _: &State<'_>| {
        arguments.must_get::<i64>("n").map(|n| format!("<{n}>"))
    });
}

fn templates(seed: u64) -> Vec<(&'static str, String)> {
    let mut writer = Writer {
        chance: Chance::new(seed),
        names: Vec::new(),
        level: Level::Template,
    };
    let mut templates = vec![
        ("base.html", writer.with_blocks("", true)),
        (
            "page.html",
            writer.with_blocks("{% extends \"base.html\" %}", false),
        ),
    ];
    let list = writer.body(3);
    templates.push(("list.html", list));
    writer.level = Level::Part;
    let part = writer.body(1);
    templates.push(("part.html", part));
    writer.level = Level::Component;
    let mut parts = String::new();
    for (name, head) in [
        ("box", "@lang, @config"),
        ("none", ""),
        ("card", "p, @lang"),
        ("all", "@page, @config, @lang"),
        ("menu", "@current_menus, @lang"),
    ] {
        writer.names.clear();
        writer.names.extend((name == "card").then_some("p"));
        let body = writer.nodes(1);
        let _ = write!(
            parts,
            "{{% component {name}({head}) %}}{body}{{% endcomponent {name} %}}"
        );
    }
    templates.push(("parts.html", parts));
    templates
}

/// Writes templates by chance.
struct Writer {
    chance: Chance,
    /// What loops go through here.
    names: Vec<&'static str>,
    level: Level,
}

/// What calls only what stands before it here.
#[derive(PartialEq, PartialOrd)]
enum Level {
    Part,
    Component,
    Template,
}

impl Writer {
    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.chance.below(of.len())]
    }

    fn is_so(&mut self, in_hundred: usize) -> bool {
        self.chance.below(100) < in_hundred
    }

    fn with_blocks(&mut self, head: &str, is_base: bool) -> String {
        let mut text = head.to_owned();
        for name in ["a", "b", "c"] {
            if is_base {
                text += &self.body(1);
            }
            if is_base || self.is_so(50) {
                let body = self.nodes(2);
                let _ = write!(text, "{{% block {name} %}}{body}{{% endblock {name} %}}");
            }
        }
        text
    }

    fn body(&mut self, depth: usize) -> String {
        self.names.clear();
        self.nodes(depth)
    }

    fn nodes(&mut self, depth: usize) -> String {
        (0..=self.chance.below(4))
            .map(|_| self.node(depth))
            .collect()
    }

    fn tag(&mut self, text: &str) -> String {
        let [before, after] = [(); 2].map(|()| if self.is_so(20) { "-" } else { "" });
        format!("{{%{before} {text} {after}%}}")
    }

    fn print(&mut self, text: &str) -> String {
        let [before, after] = [(); 2].map(|()| if self.is_so(20) { "-" } else { "" });
        format!("{{{{{before} {text} {after}}}}}")
    }

    fn node(&mut self, depth: usize) -> String {
        match self.chance.below(if depth == 0 { 9 } else { 16 }) {
            0 => self
                .one(&["<p>", " a ", "\n", " \n b", "{# x #}", "{#- x -#}"])
                .to_owned(),
            1 | 2 => self.set(),
            3..=8 => {
                let value = self.value();
                self.print(&value)
            }
            9 | 10 => self.branches(depth),
            11 | 12 => self.looped(depth),
            13 if self.level > Level::Part => self.tag("include \"part.html\""),
            14 if self.level > Level::Component => self.call(),
            13 | 14 => self.print("lang | upper | lower"),
            _ => self.within(depth),
        }
    }

    fn set(&mut self) -> String {
        // Few sites give another meaning to what is common.
        let name = match self.chance.below(100) {
            0 => "lang",
            1..5 => "p",
            5..50 => "k",
            _ => "m",
        };
        let word = if self.is_so(20) { "set_global" } else { "set" };
        let value = self.value();
        self.tag(&format!("{word} {name} = {value}"))
    }

    fn branches(&mut self, depth: usize) -> String {
        let condition = self.value();
        let mut text = self.tag(&format!("if {condition}"));
        text += &self.nodes(depth - 1);
        if self.is_so(30) {
            let condition = self.value();
            text += &self.tag(&format!("elif not {condition}"));
            text += &self.nodes(depth - 1);
        }
        if self.is_so(30) {
            text += &self.tag("else");
            text += &self.nodes(depth - 1);
        }
        text + &self.tag("endif")
    }

    fn looped(&mut self, depth: usize) -> String {
        let over = self.one(&[
            "pages",
            "config.pages",
            "config.pages",
            "page.pages",
            "pages[:1]",
            "current_menus.pages",
        ]);
        let name = self.one(&["p", "q", "p", "q", "page", "m"]);
        let mut text = self.tag(&format!("for {name} in {over}"));
        self.names.push(name);
        text += &self.nodes(depth - 1);
        if self.is_so(10) {
            let condition = self.value();
            let word = self.one(&["break", "continue"]);
            text += &format!("{{% if {condition} %}}{{% {word} %}}{{% endif %}}");
        }
        self.names.pop();
        if self.is_so(10) {
            text += &self.tag("else");
            text += &self.nodes(depth - 1);
        }
        text + &self.tag("endfor")
    }

    fn call(&mut self) -> String {
        let loops = self.names.last().copied();
        match self.chance.below(20) {
            0 => "{{<box lang={current_path} />}}".to_owned(),
            1 => "{{<box config={page} />}}".to_owned(),
            14 => "{{<menu current_menus={page} />}}".to_owned(),
            15..17 => "{{<menu />}}".to_owned(),
            2 => "{{<all {...page} />}}".to_owned(),
            3..8 => "{{<box />}}".to_owned(),
            8..11 => "{{<none />}}".to_owned(),
            11..14 => "{{<all />}}".to_owned(),
            _ => format!("{{{{<card p={{{}}} />}}}}", loops.unwrap_or("page")),
        }
    }

    /// What takes the text in it for something else.
    fn within(&mut self, depth: usize) -> String {
        let (head, end) = match self.is_so(50) {
            true => ("filter upper", "endfilter"),
            false => ("set m", "endset"),
        };
        let mut text = self.tag(head);
        text += &self.nodes(depth - 1);
        text + &self.tag(end)
    }

    fn value(&mut self) -> String {
        let mut value = match self.chance.below(13) {
            0..=2 => self.one(&["config.title", "lang", "generator"]).to_owned(),
            3 => self
                .one(&["page.title", "page.flag", "current_path"])
                .to_owned(),
            4 => self
                .one(&["m | default(value=\"-\")", "k | default(value=lang)"])
                .to_owned(),
            5 => self
                .one(&["trans(n=1)", "trans(n=2) | safe", "get_hash()"])
                .to_owned(),
            6 => "[t for t in config.tags if t != lang] | first".to_owned(),
            7 => "\"<b>\"".to_owned(),
            8 => self
                .one(&["current_menus.title", "current_menus.tags | last"])
                .to_owned(),
            _ => match self.names.last() {
                Some(name) => {
                    let name = *name;
                    let key = self.one(&["title", "flag", "tags | last", "title | lower"]);
                    match self.is_so(15) {
                        true => "loop.index".to_owned(),
                        false => format!("{name}.{key}"),
                    }
                }
                None => "config.tags | join(sep=\",\")".to_owned(),
            },
        };
        if self.is_so(20) {
            value += self.one(&[" | upper", " | str | lower", " | safe"]);
        }
        if self.is_so(10) {
            value = format!("({value}) or ({})", self.value());
        }
        value
    }
}
