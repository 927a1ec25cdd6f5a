//! One render's way to its inputs.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use ahash::AHashMap;

use crate::config::{Config, Lang};
use crate::data::Value;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, Tell as _, say};
use crate::parse::markdown::{self, ImageSource, Outline, Rendered, Words};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::read::ReadError;
use crate::site::{
    Destination, FeedScope, FileFacts, Known, LinkProblem, Node, NodeId, SitemapEntry, TermId,
};
use crate::strings::Text as Word;
use crate::trace::{List, Notes, PartId, Question, Trace};

use super::answers::{Beginning, Crumb, Page, TermFace};
use super::{Fields, Picture, Shown, Variable, World};

/// One render's way to its inputs. Cheap to clone; all clones note into one trace.
#[derive(Clone)]
pub struct Reader(Rc<Asking>);

struct Asking {
    world: Arc<World>,
    /// `None` while nobody keeps traces: a page asks hundreds of questions.
    notes: Option<RefCell<Notes>>,
    problems: RefCell<Vec<Diagnostic>>,
    shown: Cell<Shown>,
    /// Whether it was asked which variables of pages are shown.
    has_asked_fields: Cell<bool>,
    has_asked_config: Cell<bool>,
    /// The outline that was read back last.
    recalled: RefCell<Option<(NodeId, Rc<Outline>)>>,
}

impl Reader {
    pub(super) fn new(world: &Arc<World>, is_traced: bool) -> Self {
        Self(Rc::new(Asking {
            world: Arc::clone(world),
            notes: is_traced.then(RefCell::default),
            problems: RefCell::default(),
            shown: Cell::new(Shown::ALL),
            has_asked_fields: Cell::new(false),
            has_asked_config: Cell::new(false),
            recalled: RefCell::default(),
        }))
    }

    /// Says which template is going to show what is read: variables that it does not name need not
    /// be there. That is no question, for the template's own answer tells its text.
    pub fn shown_by(&self, template: &str) {
        let closures = &self.0.world.templates.closures;
        self.0.shown.set(closures.shown(template));
    }

    /// All that may be shown.
    pub fn shown(&self) -> Shown {
        self.0.shown.get()
    }

    /// The variables of pages that may be shown.
    pub fn fields(&self) -> Fields {
        self.0.has_asked_fields.set(true);
        self.0.shown.get().fields
    }

    /// The variables of a page's neighbours that may be shown.
    pub fn fields_of_neighbours(&self) -> Fields {
        self.0.has_asked_fields.set(true);
        self.0.shown.get().of_neighbours
    }

    /// Whether anything was made of pages for what the template shows of them.
    pub fn has_asked_fields(&self) -> bool {
        self.0.has_asked_fields.get()
    }

    /// Whether a variable that stands beside the page may be shown.
    pub fn shows(&self, variable: Variable) -> bool {
        self.0.shown.get().beside.has(variable)
    }

    fn ask(&self, question: impl FnOnce() -> Question) -> &World {
        let world = &self.0.world;
        if let Some(notes) = &self.0.notes {
            world.notebook.note(&mut notes.borrow_mut(), question());
        }
        world
    }

    /// What was asked, if it was noted, and the problems met on the way.
    pub fn finish(&self) -> (Trace, Vec<Diagnostic>) {
        let notes = self.take();
        self.0.world.notebook.finish(notes, self.0.problems.take())
    }

    /// A way in that notes apart: for what is made once and shared by many renders.
    pub fn apart(&self) -> Self {
        self.another(self.0.notes.is_some())
    }

    /// A way in that notes nothing: for what is made again, of which it is known what it asks.
    pub fn unnoted(&self) -> Self {
        self.another(false)
    }

    fn another(&self, is_traced: bool) -> Self {
        let another = Self::new(&self.0.world, is_traced);
        another.0.shown.set(self.0.shown.get());
        another
    }

    /// Ends a way in that noted apart: who uses what it made [`includes`](Self::include) it.
    pub fn share(&self) -> PartId {
        let notes = self.take();
        self.0.world.notebook.keep(notes, self.0.problems.take())
    }

    /// The same where many ask the same: `known` are the parts that there are already.
    pub fn share_once(&self, known: &mut AHashMap<Trace, PartId>) -> PartId {
        let notes = self.take();
        let problems = self.0.problems.take();
        self.0.world.notebook.keep_once(notes, problems, known)
    }

    fn take(&self) -> Notes {
        self.0.has_asked_config.set(false);
        self.0.notes.as_ref().map(RefCell::take).unwrap_or_default()
    }

    /// Notes the use of something shared, as if all it took to make had been asked here.
    pub fn include(&self, part: PartId) {
        match &self.0.notes {
            Some(own) => own.borrow_mut().parts.push(part),
            None => self
                .0
                .problems
                .borrow_mut()
                .extend(self.0.world.notebook.problems(part)),
        }
    }

    /// Keeps a problem that does not stop the render.
    pub fn report(&self, problem: Diagnostic) {
        self.0.problems.borrow_mut().push(problem);
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        // Nothing is asked so often.
        match self.0.has_asked_config.replace(true) {
            true => &self.0.world.config,
            false => &self.ask(|| Question::Config).config,
        }
    }

    /// The instant of the build.
    pub fn now(&self) -> Moment {
        self.ask(|| Question::Now).now
    }

    /// All addresses that search engines are told of, in order.
    pub fn sitemap(&self) -> &[SitemapEntry] {
        self.ask(|| Question::Sitemap).sitemap()
    }

    /// The addresses of the sitemap's parts, in order.
    pub fn sitemap_parts(&self) -> Vec<&UrlPath> {
        self.ask(|| Question::Sitemap).sitemap_parts()
    }

    /// Every old address, and where it leads.
    pub fn redirects(&self) -> Vec<(&UrlPath, &str)> {
        self.ask(|| Question::Redirects).redirects()
    }

    /// Notes that a template is used, or looked for.
    pub fn template(&self, name: &str) {
        self.ask(|| Question::Template(name.to_owned()));
    }

    /// The file of a page: what tells it apart, and so no answer that could change.
    pub fn source(&self, id: NodeId) -> &SourcePath {
        &self.0.world.graph.node(id).source
    }

    /// Whether something is a section: its file's name tells.
    pub fn is_section(&self, id: NodeId) -> bool {
        self.0.world.graph.node(id).is_section
    }

    /// What a page or section is called and where it is.
    pub fn crumb(&self, id: NodeId) -> Crumb<'_> {
        self.ask(|| Question::Crumb(id)).crumb(id)
    }

    /// Whether search engines are told of a page or section.
    pub fn is_listed(&self, id: NodeId) -> bool {
        self.ask(|| Question::Listed(id)).is_listed(id)
    }

    /// What the front matter of a page or section means.
    pub fn page(&self, id: NodeId) -> Page<'_> {
        self.ask(|| Question::Page(id)).page(id)
    }

    /// The beginning of a page's text.
    pub fn beginning(&self, id: NodeId) -> Beginning<'_> {
        let graph = &self.ask(|| Question::Text(id)).graph;
        let excerpt = graph.excerpt(id).unwrap_or_else(|error| {
            self.report(self.unread(id, &error));
            Cow::default()
        });
        let has_more = graph.node(id).text.more().is_some();
        Beginning { excerpt, has_more }
    }

    /// How long a page's text is.
    pub fn words(&self, id: NodeId) -> Words {
        self.ask(|| Question::Words(id)).words(id)
    }

    /// The outline of a page's text: its headings, among others.
    pub fn outline(&self, id: NodeId) -> Known<'_> {
        let graph = &self.ask(|| Question::Body(id)).graph;
        if let Some((known, outline)) = &*self.0.recalled.borrow()
            && *known == id
        {
            return Known::Recalled(Rc::clone(outline));
        }
        let known = graph.outline(id).unwrap_or_else(|error| {
            self.report(self.unread(id, &error));
            Known::Recalled(Rc::default())
        });
        if let Known::Recalled(outline) = &known {
            // Whoever renders a page asks for the links of its text, and for its headings.
            *self.0.recalled.borrow_mut() = Some((id, Rc::clone(outline)));
        }
        known
    }

    /// What a page's text holds is not to be had.
    fn unread(&self, id: NodeId, error: &ReadError) -> Diagnostic {
        let source = self.source(id);
        let problem = Diagnostic::new(Code::Unreadable, source, Spot::File, error.message());
        problem.help(say::build_again())
    }

    /// The home section of a language. There is always one, and its language tells it apart.
    pub fn home(&self, lang: Lang) -> NodeId {
        self.0.world.graph.home(lang)
    }

    /// The sections above a page, from home down. A page's place and language tell which.
    pub fn ancestors(&self, id: NodeId) -> Vec<NodeId> {
        self.ask(|| Question::Crumb(id)).graph.ancestors(id)
    }

    /// The sections of a section, in order.
    pub fn subsections(&self, id: NodeId) -> &[NodeId] {
        self.ask(|| Question::Subsections(id)).subsections(id)
    }

    /// The same page in other languages.
    pub fn translations(&self, id: NodeId) -> &[NodeId] {
        self.ask(|| Question::Translations(id)).translations(id)
    }

    /// The pages before and after a page in its section.
    pub fn neighbours(&self, id: NodeId) -> (Option<NodeId>, Option<NodeId>) {
        self.ask(|| Question::Neighbours(id)).neighbours(id)
    }

    /// The pages that link to a page.
    pub fn backlinks(&self, id: NodeId) -> &[NodeId] {
        self.ask(|| Question::Backlinks(id)).backlinks(id)
    }

    /// The version of a page in a language, else that of the nearest section above it; the flag
    /// says whether it is the version itself.
    pub fn nearest_in_language(&self, id: NodeId, lang: Lang) -> (NodeId, bool) {
        self.ask(|| Question::Version(id, lang))
            .nearest_in_language(id, lang)
    }

    /// The page that a template names: `service/a.md`, `_index.md`, `@/service/a.md`.
    pub fn find_node(&self, path: &str, lang: Lang) -> Option<NodeId> {
        self.ask(|| Question::Find(path.to_owned(), lang))
            .find_node(path, lang)
    }

    /// The articles of a list.
    pub fn pages(&self, list: List) -> &[NodeId] {
        self.ask(|| Question::Pages(list)).pages(list)
    }

    /// The years of a language's archive with their number of articles, newest first.
    pub fn years(&self, lang: Lang) -> Vec<(i32, usize)> {
        self.ask(|| Question::Years(lang)).years(lang)
    }

    /// The address of a language's year archive.
    pub fn archive(&self, lang: Lang) -> Option<UrlPath> {
        self.ask(|| Question::Archive(lang)).archive(lang)
    }

    /// The address of a feed, if there is one.
    pub fn feed(&self, scope: FeedScope) -> Option<&UrlPath> {
        self.ask(|| Question::Feed(scope)).routes.feed(scope)
    }

    /// A term.
    pub fn term(&self, id: TermId) -> TermFace<'_> {
        self.ask(|| Question::Term(id)).term(id)
    }

    /// How many articles a term has.
    pub fn term_count(&self, id: TermId) -> usize {
        let world = self.ask(|| Question::TermCount(id));
        world.graph.term(id).pages.len()
    }

    /// The same term in other languages.
    pub fn term_translations(&self, id: TermId) -> &[TermId] {
        let world = self.ask(|| Question::TermTranslations(id));
        &world.graph.term(id).translations
    }

    /// The term of a taxonomy that a template calls by its name, id or part of the address.
    pub fn find_term(&self, taxonomy: usize, lang: Lang, name: &str) -> Option<TermId> {
        let question = || Question::FindTerm(taxonomy, lang, name.to_owned());
        self.ask(question).graph.find_term(taxonomy, lang, name)
    }

    /// The address of a taxonomy, by its place in the configuration; `None` if it has no terms in
    /// the language.
    pub fn taxonomy(&self, index: usize, lang: Lang) -> Option<&UrlPath> {
        self.ask(|| Question::Taxonomy(index, lang))
            .taxonomy(index, lang)
    }

    /// The terms of a taxonomy in a language, in order.
    pub fn terms_in(&self, index: usize, lang: Lang) -> &[TermId] {
        self.ask(|| Question::Terms(index, lang))
            .terms_in(index, lang)
    }

    /// The HTML of a page's body; empty for a section without a file.
    pub fn body(&self, id: NodeId) -> String {
        let node = self.ask(|| Question::Body(id)).graph.node(id);
        let Some(file) = &node.file else {
            return String::new();
        };
        if let Some(html) = self.body_put_aside(id, node, file) {
            return html;
        }
        let Some(bytes) = self.bytes_of(node) else {
            return String::new();
        };
        let start = file.body.min(bytes.len());
        let text = simdutf8::basic::from_utf8(&bytes[start..]).unwrap_or_default();
        let links = BodyLinks::of_body(self, id, node);
        let rendered = self.to_html(text, &links, false);
        self.keep(rendered, &node.source, start)
    }

    /// The HTML that was made when the file was read, with its gaps filled. Whether the quotation
    /// marks in it are those of the page's language was not sure then.
    fn body_put_aside(&self, id: NodeId, node: &Node, file: &FileFacts) -> Option<String> {
        if self.config().markdown.smart_punctuation {
            return None;
        }
        let html = file.html.take()?;
        let bytes = html.read().ok()?;
        let skeleton = simdutf8::basic::from_utf8(&bytes).ok()?;
        let links = BodyLinks::of_body(self, id, node);
        Some(markdown::fill(skeleton, self.labels(node.lang), &links))
    }

    /// The HTML of the part of a page's body before `<!-- more -->`, if it has one.
    pub fn lead(&self, id: NodeId) -> Option<String> {
        let node = self.ask(|| Question::Body(id)).graph.node(id);
        let (file, more) = (node.file.as_ref()?, node.text.more()?);
        let bytes = self.bytes_of(node)?;
        let body = simdutf8::basic::from_utf8(bytes.get(file.body..)?).ok()?;
        let links = BodyLinks::of_body(self, id, node);
        let (settings, labels) = (&self.config().markdown, self.labels(node.lang));
        Some(markdown::lead_html(body, more, settings, labels, &links).html)
    }

    fn bytes_of(&self, node: &Node) -> Option<Vec<u8>> {
        match self.0.world.snapshot.bytes(&node.source) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.report(error.problem(&node.source));
                None
            }
        }
    }

    fn labels(&self, lang: Lang) -> &markdown::Labels {
        &self.ask(|| Question::Labels(lang)).kept.labels[lang.index()]
    }

    /// Markdown that does not stand in a page's body, as HTML. Its links begin at `from`.
    pub fn markdown(&self, text: &str, from: Option<NodeId>, lang: Lang, inline: bool) -> String {
        let links = BodyLinks {
            reader: self,
            from,
            lang,
            known: None,
        };
        self.to_html(text, &links, inline).html
    }

    fn to_html(&self, text: &str, links: &BodyLinks<'_>, inline: bool) -> Rendered {
        let (settings, labels) = (&self.config().markdown, self.labels(links.lang));
        match inline {
            true => markdown::inline_html(text, settings, labels, links),
            false => markdown::to_html(text, settings, labels, links),
        }
    }

    fn keep(&self, rendered: Rendered, source: &SourcePath, start: usize) -> String {
        for finding in rendered.findings {
            let range = start + finding.range.start..start + finding.range.end;
            let mut problem =
                Diagnostic::new(finding.code, source, Spot::Bytes(range), finding.message);
            problem.help = finding.help;
            self.report(problem);
        }
        rendered.html
    }

    /// The address behind a link as Markdown would write it, or behind a file of `static/`.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn url(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<String, LinkProblem> {
        let found = self.destination(target, from, lang)?;
        self.config();
        Ok(self.0.world.links().href(&found))
    }

    /// Where a link leads.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn destination(
        &self,
        target: &str,
        from: Option<NodeId>,
        lang: Lang,
    ) -> Result<Destination, LinkProblem> {
        self.ask(|| Question::Url(target.to_owned(), from, lang))
            .destination(target, from, lang)
    }

    /// A picture that a page names.
    pub fn image(&self, target: &str, from: NodeId) -> Option<Picture> {
        let lang = self.crumb(from).lang;
        let found = self.destination(target, Some(from), lang).ok()?;
        Some(self.picture(&found))
    }

    /// A picture that cannot be decoded is a problem of its own file.
    fn picture(&self, found: &Destination) -> Picture {
        let size = found.file.as_ref().and_then(|file| {
            let size = self.ask(|| Question::File(file.clone())).image_size(file);
            if size.is_none() && is_decoded(file) {
                self.report(damaged(file));
            }
            size
        });
        Picture {
            url: found.url.clone(),
            size,
        }
    }

    /// The file behind a link.
    pub fn source_of(&self, target: &str, from: Option<NodeId>) -> Option<SourcePath> {
        let lang = from.map_or(Lang::DEFAULT, |id| self.crumb(id).lang);
        self.destination(target, from, lang).ok()?.file
    }

    /// The bytes of a file of the site.
    ///
    /// # Errors
    /// When there is no such file or it cannot be read.
    pub fn bytes(&self, path: &SourcePath) -> Result<Vec<u8>, Message> {
        let world = self.ask(|| Question::File(path.clone()));
        world.snapshot.bytes(path).map_err(|error| error.message())
    }

    /// The size of a file of the site in bytes.
    pub fn size(&self, path: &SourcePath) -> Option<u64> {
        self.ask(|| Question::File(path.clone()))
            .snapshot
            .size(path)
    }

    /// A data file, named from the site's root or from `data/`.
    ///
    /// # Errors
    /// When there is no such file in the site, or it cannot be read.
    pub fn data(&self, path: &str, format: Option<&str>) -> Result<Arc<Value>, Message> {
        let world = self.ask(|| Question::Data(path.to_owned()));
        match world.data_source(path) {
            Some(source) => world.data(source, format),
            None => Err(say::no_data_file(path)),
        }
    }

    /// A word of the theme.
    pub fn string(&self, lang: Lang, key: &str) -> Option<&Word> {
        self.ask(|| Question::Word(lang, key.to_owned()))
            .word(lang, key)
    }

    /// Makes an output besides the render's own, once in a build.
    ///
    /// # Errors
    /// When it cannot be made, or its place is taken.
    pub fn derive(
        &self,
        output: OutputPath,
        make: impl FnOnce() -> Result<Vec<u8>, Message>,
    ) -> Result<(), Message> {
        let world = self.ask(|| Question::Taken(output.clone()));
        if world.routes.find(&output.url()).is_some() {
            return Err(say::own_file_there(&output.url()));
        }
        if let Some(notes) = &self.0.notes {
            notes.borrow_mut().derived.push(output.clone());
        }
        world.derive(output, make)
    }
}

fn is_decoded(file: &SourcePath) -> bool {
    const DECODED: &[&str] = &["gif", "jpeg", "jpg", "png", "webp"];
    DECODED.contains(&&*file.extension())
}

fn damaged(picture: &SourcePath) -> Diagnostic {
    let message = say::image_damaged();
    Diagnostic::new(Code::ImageUnreadable, picture, Spot::File, message).help(say::save_image())
}

/// Resolves the links of one text. What leads nowhere has been reported when the site was
/// checked.
struct BodyLinks<'a> {
    reader: &'a Reader,
    from: Option<NodeId>,
    lang: Lang,
    /// The outline of the page whose body this is: where its links lead is part of what a body is,
    /// and need not be asked one by one.
    known: Option<Known<'a>>,
}

impl<'a> BodyLinks<'a> {
    fn of_body(reader: &'a Reader, id: NodeId, node: &'a Node) -> Self {
        Self {
            reader,
            from: Some(id),
            lang: node.lang,
            known: Some(reader.outline(id)),
        }
    }

    fn resolve(&self, target: &str) -> Option<Destination> {
        let known = self.known.as_ref().and_then(|outline| {
            let mut links = outline.links.iter();
            links.position(|link| *link.target == *target)
        });
        let found = match (known, self.from) {
            (Some(at), Some(from)) => {
                let links = self.reader.0.world.links();
                links.resolve_in_text(at, target, from)
            }
            _ => self.reader.destination(target, self.from, self.lang),
        };
        found.ok()
    }
}

impl markdown::Links for BodyLinks<'_> {
    fn link(&self, target: &str) -> Option<String> {
        let found = self.resolve(target)?;
        let stays = found.node.is_some() && found.node == self.from && target.starts_with('#');
        Some(match stays {
            true => found.suffix,
            false => self.reader.0.world.links().href(&found),
        })
    }

    fn image(&self, target: &str) -> Option<ImageSource> {
        let found = self.resolve(target)?;
        let picture = self.reader.picture(&found);
        Some(ImageSource {
            src: self.reader.0.world.links().href(&found),
            size: picture.size,
        })
    }
}
