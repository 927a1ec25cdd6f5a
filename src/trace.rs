//! What one render asked: the proof of what its output depends on.

mod ids;
mod slots;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use ahash::{AHashMap, RandomState};

use crate::config::Lang;
use crate::diagnostic::Diagnostic;
use crate::packed::Packed;
use crate::path::{OutputPath, SourcePath};
use crate::site::{FeedScope, NodeId, TermId};

pub use ids::Ids;
use slots::Slots;

/// Everything a render may ask. Lists, absence and the clock are answers like any other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// The settings.
    Config,
    /// What a page or section is called and where it is.
    Crumb(NodeId),
    /// Whether search engines are told of a page or section.
    Listed(NodeId),
    /// What the front matter of a page or section means.
    Page(NodeId),
    /// The beginning of a page's text.
    Text(NodeId),
    /// How long a page's text is.
    Words(NodeId),
    /// The HTML of a page's body, and its headings.
    Body(NodeId),
    /// The sections of a section.
    Subsections(NodeId),
    /// The same page in other languages.
    Translations(NodeId),
    /// The pages before and after a page.
    Neighbours(NodeId),
    /// The pages that link to a page.
    Backlinks(NodeId),
    /// The articles of a list, in order.
    Pages(List),
    /// The version of a page in a language, or what stands in for it.
    Version(NodeId, Lang),
    /// The page that a path names.
    Find(String, Lang),
    /// A term.
    Term(TermId),
    /// How many articles a term has.
    TermCount(TermId),
    /// The same term in other languages.
    TermTranslations(TermId),
    /// The term of a taxonomy that a name stands for.
    FindTerm(usize, Lang, String),
    /// The address of a taxonomy in a language, if it has terms there.
    Taxonomy(usize, Lang),
    /// The terms of a taxonomy in a language, in order.
    Terms(usize, Lang),
    /// The address of a language's year archive.
    Archive(Lang),
    /// The years of a language's archive.
    Years(Lang),
    /// Where a link leads.
    Url(String, Option<NodeId>, Lang),
    /// The address of a feed.
    Feed(FeedScope),
    /// All addresses that search engines are told of.
    Sitemap,
    /// All old addresses.
    Redirects,
    /// Whether the site has an output of its own at a place.
    Taken(OutputPath),
    /// The bytes of a file, or that there is none.
    File(SourcePath),
    /// A data file, or that there is none.
    Data(String),
    /// A word of the theme.
    Word(Lang, String),
    /// The words that Markdown adds to a text.
    Labels(Lang),
    /// A template with all that it includes, or that there is none.
    Template(String),
    /// The instant of the build.
    Now,
}

/// A list of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Those of a section.
    Section(NodeId),
    /// The newest anywhere below a section.
    Recent(NodeId),
    /// Those of a term.
    Term(TermId),
    /// Those of a year.
    Year(Lang, i32),
    /// Those of a feed, as many as it holds.
    Feed(FeedScope),
}

/// A question, by its number in a [`Notebook`].
pub type QuestionId = u32;

/// A part, by its number in a [`Notebook`].
pub type PartId = u32;

/// What a render has asked so far, and what it made besides its own output.
#[derive(Debug, Default)]
pub struct Notes {
    questions: Vec<QuestionId>,
    /// Shared values that it used.
    pub parts: Vec<PartId>,
    /// Outputs besides its own, such as resized images.
    pub derived: Vec<OutputPath>,
}

/// What one render asked, and what it made besides its own output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trace {
    /// Questions.
    pub questions: Ids<'static>,
    /// Shared values that it used.
    pub parts: Ids<'static>,
    /// Outputs besides its own, such as resized images; sorted.
    pub derived: Vec<OutputPath>,
}

impl From<Notes> for Trace {
    fn from(mut notes: Notes) -> Self {
        notes.derived.sort_unstable();
        notes.derived.dedup();
        Self {
            questions: Ids::of(notes.questions),
            parts: Ids::of(notes.parts),
            derived: notes.derived,
        }
    }
}

/// All questions and parts of one build, each once.
#[derive(Default)]
pub struct Notebook {
    slots: Slots,
    shards: [Mutex<AHashMap<Question, QuestionId>>; 16],
    hasher: RandomState,
    count: AtomicU32,
    parts: RwLock<Parts>,
}

/// Values that many renders share.
#[derive(Default)]
struct Parts {
    /// What was asked to make each: questions, and other parts, whose numbers are lower.
    traces: Packed,
    /// Problems met while one and its own parts were made. Hardly any has some.
    problems: AHashMap<PartId, Vec<Diagnostic>>,
}

impl Notebook {
    /// For a site of so many pages, sections included, and terms.
    pub fn for_site(nodes: usize, terms: usize) -> Self {
        Self {
            slots: Slots::of(nodes, terms),
            ..Self::default()
        }
    }

    /// The number of a question.
    fn id(&self, question: Question) -> QuestionId {
        let next = || self.count.fetch_add(1, Ordering::Relaxed);
        if let Some(number) = self.slots.number(&question, next) {
            return number;
        }
        let shard = self.hasher.hash_one(&question) as usize % self.shards.len();
        match lock(&self.shards[shard]).entry(question) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => *new.insert(next()),
        }
    }

    /// Notes a question.
    pub fn note(&self, notes: &mut Notes, question: Question) {
        #[cfg(test)]
        if *lock(&FORGOTTEN) == Some(std::mem::discriminant(&question)) {
            return;
        }
        notes.questions.push(self.id(question));
    }

    /// Keeps a part and gives it its number.
    pub fn keep(&self, notes: Notes, problems: Vec<Diagnostic>) -> PartId {
        let (trace, problems) = self.finish(notes, problems);
        self.push(&trace, problems)
    }

    /// The same where many parts are made of the same: `known` are those that there are.
    pub fn keep_once(
        &self,
        notes: Notes,
        problems: Vec<Diagnostic>,
        known: &mut AHashMap<Trace, PartId>,
    ) -> PartId {
        let (trace, problems) = self.finish(notes, problems);
        if !problems.is_empty() {
            return self.push(&trace, problems);
        }
        match known.get(&trace) {
            Some(id) => *id,
            None => {
                let id = self.push(&trace, problems);
                known.insert(trace, id);
                id
            }
        }
    }

    fn push(&self, trace: &Trace, problems: Vec<Diagnostic>) -> PartId {
        debug_assert!(trace.derived.is_empty(), "outputs are noted of renders");
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        let id = parts.traces.push(&(&trace.questions, &trace.parts));
        if !problems.is_empty() {
            parts.problems.insert(id, problems);
        }
        id
    }

    /// The trace of a finished render, and its problems with those of the parts that it used.
    pub fn finish(&self, notes: Notes, own: Vec<Diagnostic>) -> (Trace, Vec<Diagnostic>) {
        let trace = Trace::from(notes);
        let parts = self.parts.read().unwrap_or_else(PoisonError::into_inner);
        let mut problems = own;
        if !parts.problems.is_empty() {
            let found = trace.parts.iter().filter_map(|id| parts.problems.get(&id));
            problems.extend(found.flatten().cloned());
        }
        (trace, problems)
    }

    /// The problems of a part.
    pub fn problems(&self, part: PartId) -> Vec<Diagnostic> {
        let parts = self.parts.read().unwrap_or_else(PoisonError::into_inner);
        parts.problems.get(&part).cloned().unwrap_or_default()
    }

    /// All questions by their numbers, and of every part the questions and parts that it is made
    /// of. The notebook is empty afterwards.
    pub fn close(&self) -> (Asked<'_>, Packed) {
        let count = self.count.swap(0, Ordering::Relaxed);
        let mut asked = Asked {
            slots: &self.slots,
            places: vec![0; count as usize],
            others: Vec::new(),
        };
        for (id, place) in self.slots.take() {
            asked.places[id as usize] = place as u32;
        }
        for shard in &self.shards {
            for (question, id) in std::mem::take(&mut *lock(shard)) {
                asked.places[id as usize] = (self.slots.count() + asked.others.len()) as u32;
                asked.others.push(question);
            }
        }
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        (asked, std::mem::take(&mut *parts).traces)
    }
}

/// The questions of a notebook that was closed.
pub struct Asked<'n> {
    slots: &'n Slots,
    /// By numbers: slots, and behind them the others.
    places: Vec<u32>,
    others: Vec<Question>,
}

impl Asked<'_> {
    /// How many there are: their numbers begin with 0.
    pub fn count(&self) -> QuestionId {
        self.places.len() as QuestionId
    }

    /// A question by its number.
    pub fn question(&self, id: QuestionId) -> Cow<'_, Question> {
        let place = self.places[id as usize] as usize;
        match self.slots.question(place) {
            Some(question) => Cow::Owned(question),
            None => Cow::Borrowed(&self.others[place - self.slots.count()]),
        }
    }
}

/// A kind of question that tests let every notebook forget.
#[cfg(test)]
pub static FORGOTTEN: Mutex<Option<std::mem::Discriminant<Question>>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
