//! Which files a site has: one file here for every format, and the table of them.

mod alternates;
mod feed;
mod html;
mod redirects;
mod robots;
mod sitemap;

use crate::config::Lang;
use crate::diagnostic::Diagnostic;
use crate::render::{Context, Engine, Rendering, Value, common_variables};
use crate::site::{NodeId, Route, Target};
use crate::world::{Reader, Variable};

/// A format, for the reference page.
pub struct FormatRow {
    /// Where its files are.
    pub files: &'static str,
    /// The template that makes them; empty where none does.
    pub template: &'static str,
    /// What they are.
    pub meaning: &'static str,
}

macro_rules! rows {
    ($($files:literal ($template:literal): $meaning:literal,)*) => {
        /// Every format, in the order of the reference page.
        pub const FORMATS: &[FormatRow] = &[
            $(FormatRow { files: $files, template: $template, meaning: $meaning },)*
        ];
    };
}

rows! {
    "/" ("index.html"): "The home section of a language, and the further pages of its list.",
    "/SECTION/" ("section.html"): "A section, and the further pages of its list.",
    "/SECTION/PAGE/" ("page.html"): "An article.",
    "/TAXONOMY/" ("TAXONOMY/list.html or taxonomy_list.html"): "The terms of a taxonomy.",
    "/TAXONOMY/TERM/" ("TAXONOMY/single.html or taxonomy_single.html"): "The articles of a term.",
    "/archive/" ("archive.html"): "The years in which articles were published.",
    "/archive/YEAR/" ("archive.html"): "The articles of a year.",
    "/404.html" ("404.html"): "What a server shows for an address that does not exist.",
    "/atom.xml, also below sections and terms" ("atom.xml"): "The newest articles, for feed readers.",
    "/sitemap.xml" ("sitemap.xml"): "All addresses, for search engines.",
    "/sitemap.xml, with more than 50,000 addresses" ("sitemap_index.xml"): "The list of the sitemap's parts.",
    "/robots.txt" ("robots.txt"): "What search engines may read.",
    "old addresses" ("alias.html"): "A page that sends readers to the new address.",
    "/_redirects" (""): "The same for servers that redirect themselves: `FROM TO 301` on each line.",
}

/// Writes the bytes of one output to `out`. A file that is copied has none to render.
///
/// # Errors
/// When a template is missing or fails.
pub fn render(
    engine: &Engine,
    reader: &Reader,
    route: &Route,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let task = Task {
        engine,
        reader,
        route,
    };
    match &route.target {
        Target::Page(id) => html::page(&task, *id, out),
        Target::Section { section, pager } => html::section(&task, *section, *pager, out),
        Target::TaxonomyList(index, lang) => html::taxonomy_list(&task, *index, *lang, out),
        Target::Term { term, pager } => html::term(&task, *term, *pager, out),
        Target::Archive(lang) => html::archive(&task, *lang, None, out),
        Target::ArchiveYear(lang, year) => html::archive(&task, *lang, Some(*year), out),
        Target::NotFound(lang) => html::not_found(&task, *lang, out),
        Target::Feed(scope) => feed::feed(&task, *scope, out),
        Target::Sitemap(part) => sitemap::part(&task, *part, out),
        Target::SitemapIndex => sitemap::index(&task, out),
        Target::Robots => robots::robots(&task, out),
        Target::Redirect(redirect) => redirects::page(&task, redirect, out),
        Target::Redirects => {
            redirects::list(reader, out);
            Ok(())
        }
        Target::File(_) => Ok(()),
    }
}

/// One output and what it is made with.
struct Task<'a> {
    engine: &'a Engine,
    reader: &'a Reader,
    route: &'a Route,
}

impl Task<'_> {
    /// The variables that every template has.
    fn context(&self, lang: Lang) -> Context {
        let config = self.reader.config();
        let url = &self.route.url;
        let mut context = common_variables(self.engine.shapes(), self.reader, lang);
        self.put(&mut context, Variable::CurrentPath, || config.href(url));
        self.put(&mut context, Variable::CurrentMenus, || {
            let shapes = self.engine.shapes();
            shapes.current_menus(self.reader, lang, &config.href(url))
        });
        self.put(&mut context, Variable::CurrentUrl, || config.permalink(url));
        context
    }

    /// Adds a variable if the template names it.
    fn put<V: Into<Value>>(
        &self,
        context: &mut Context,
        variable: Variable,
        make: impl FnOnce() -> V,
    ) {
        if self.reader.shows(variable) {
            context.insert_value(variable.name(), make().into());
        }
    }

    /// Renders a template for a page or section.
    fn render_node(
        &self,
        template: &str,
        context: Context,
        id: NodeId,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        let subject = self.reader.source(id).as_str();
        let (lang, reader) = (self.reader.crumb(id).lang, self.reader);
        let rendering = Rendering {
            template,
            context,
            reader,
            lang,
            node: Some(id),
            subject,
        };
        self.engine.render(rendering, out)
    }

    /// Renders a template for anything else.
    fn render(
        &self,
        template: &str,
        context: Context,
        lang: Lang,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        let subject = self.route.url.as_str();
        let reader = self.reader;
        let rendering = Rendering {
            template,
            context,
            reader,
            lang,
            node: None,
            subject,
        };
        self.engine.render(rendering, out)
    }
}
