//! Templates of the site and of its theme.

use super::targets::{change, choose, folder, name, templates};
use super::themes;
use crate::site::Site;

/// The files that may be meant by a name.
fn named(site: &Site, wanted: &str) -> Vec<String> {
    let theme = format!("themes/{}/templates/", themes::current(site));
    let mut templates = templates(site);
    templates.retain(|path| {
        let is_used = path.starts_with(&theme) || path.starts_with("templates/");
        is_used && name(path) == wanted
    });
    templates
}

/// A template with something put in where it shows on every page.
fn with(text: &str, piece: &str) -> Option<String> {
    let first = |ends: &[&str]| ends.iter().find_map(|end| text.find(end));
    let in_component = first(&["{%- endcomponent", "{% endcomponent"]);
    let in_block = || match text.contains("{% extends") {
        true => first(&[
            "{%- endblock main",
            "{% endblock main",
            "{%- endblock content",
            "{% endblock content",
            "{% endblock title",
        ]),
        false => Some(text.len()),
    };
    let at = in_component.or_else(in_block)?;
    Some(format!("{}{piece}{}", &text[..at], &text[at..]))
}

const MARK: &str = "<i>marked</i>\n";

fn mark(site: &Site, files: Vec<String>, pick: usize, piece: &str) -> Option<()> {
    change(site, files, pick, |text| match text.contains(piece) {
        true => Some(text.replacen(piece, "", 1)),
        false => with(text, piece),
    })
}

pub fn page(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, named(site, "page.html"), pick, MARK)
}

pub fn any(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, templates(site), pick, MARK)
}

pub fn base(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, named(site, "base.html"), pick, MARK)
}

pub fn included(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, named(site, "nav.html"), pick, MARK)
}

pub fn component(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, named(site, "components.html"), pick, MARK)
}

/// The file changes, and nothing that it writes.
pub fn remark(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, templates(site), pick, "{#- remark -#}")
}

/// Pages ask for one thing more.
pub fn question(site: &mut Site, pick: usize) -> Option<()> {
    const QUESTIONS: &[&str] = &[
        "{%- set home = get_section(path=\"_index.md\") %}{{ home.title }}",
        "{{ load_data(path=\"later.yaml\", required=false) | json_encode | safe }}",
        "{%- set term = get_taxonomy_term(kind=\"author\", term=\"office\", required=false) %}{{ term.name if term else \"nobody\" }}",
        "{{ get_url(path=\"/robots.txt\", cachebust=true) }}",
        "{%- set all = get_taxonomy(kind=\"author\") %}{{ all.terms | length }}",
        "{{ config.extra | json_encode | safe }} {{ config.archive.path if config.archive else \"\" }}",
        "{{ \"> [!TIP]\\n> Ask.\" | markdown | safe }}",
    ];
    let question = QUESTIONS[pick % QUESTIONS.len()];
    let files = [named(site, "page.html"), named(site, "404.html")].concat();
    mark(site, files, pick / QUESTIONS.len(), question)
}

pub fn now(site: &mut Site, pick: usize) -> Option<()> {
    let files = [named(site, "404.html"), named(site, "page.html")].concat();
    mark(site, files, pick, "{{ now() | date(format=\"%Y-%m-%d\") }}")
}

pub fn broken(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, templates(site), pick, "{% if %}")
}

pub fn fails(site: &mut Site, pick: usize) -> Option<()> {
    let files = [named(site, "page.html"), named(site, "404.html")].concat();
    mark(site, files, pick, "{{ nothing.at.all }}")
}

/// A template that articles may ask for.
pub const SPECIAL: &str = "templates/special.html";

/// It comes, changes and goes.
pub fn special(site: &mut Site, _: usize) -> Option<()> {
    match site.text(SPECIAL).as_deref() {
        None => site.put(SPECIAL, "{{ page.title }}: {{ page.content | safe }}\n"),
        Some(text) if !text.contains("twice") => site.put(SPECIAL, format!("{text}twice\n")),
        Some(_) => site.delete(SPECIAL),
    }
    Some(())
}

/// The site gets a template of its own in place of one of the theme.
pub fn overriding(site: &mut Site, pick: usize) -> Option<()> {
    let name = ["page.html", "section.html", "taxonomy_single.html"][pick % 3];
    let path = format!("templates/{name}");
    let theme = themes::current(site);
    let text = format!(
        "{{% extends \"themes/{theme}/{name}\" %}}\n{{% block title %}}Own · {{{{ super() }}}}{{% endblock title %}}\n"
    );
    (!site.has(&path)).then(|| site.put(&path, text))
}

pub fn overriding_gone(site: &mut Site, pick: usize) -> Option<()> {
    let mut own = site.list("templates");
    own.retain(|path| folder(path) == "templates");
    let path = choose(own, pick)?;
    site.delete(&path);
    Some(())
}

pub fn of_taxonomy(site: &mut Site, pick: usize) -> Option<()> {
    let taxonomy = ["author", "tags"][pick % 2];
    let (name, title) = match pick / 2 % 2 {
        0 => ("single.html", "{{ term.name }}"),
        _ => ("list.html", "{{ taxonomy.title }}"),
    };
    let path = format!("templates/{taxonomy}/{name}");
    let text = format!(
        "{{% extends \"base.html\" %}}\n{{% block title %}}Own {title}{{% endblock title %}}\n"
    );
    (!site.has(&path)).then(|| site.put(&path, text))
}

pub fn of_taxonomy_gone(site: &mut Site, pick: usize) -> Option<()> {
    let mut own = templates(site);
    own.retain(|path| {
        ["/author/", "/tags/", "/series/"]
            .iter()
            .any(|folder| path.contains(folder))
    });
    let path = choose(own, pick)?;
    site.delete(&path);
    Some(())
}

pub fn archive(site: &mut Site, _: usize) -> Option<()> {
    const FILE: &str = "templates/archive.html";
    let text = "{{ lang }}{% for y in years %} {{ y.year }}: {{ y.count }}{% endfor %}\n";
    (!site.has(FILE)).then(|| site.put(FILE, text))
}

pub fn archive_gone(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(named(site, "archive.html"), pick)?;
    site.delete(&path);
    Some(())
}

pub fn not_found(site: &mut Site, pick: usize) -> Option<()> {
    mark(site, named(site, "404.html"), pick, "{{ current_path }}")
}
