//! The numbers of questions about one page or term, which are nearly all that are asked: each has a
//! place of its own, so that nothing is looked up.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::site::{NodeId, TermId};

use super::{Question, QuestionId};

/// The questions about a page or section, by their kinds.
const OF_NODES: [fn(NodeId) -> Question; 10] = [
    Question::Crumb,
    Question::Listed,
    Question::Page,
    Question::Text,
    Question::Words,
    Question::Body,
    Question::Subsections,
    Question::Translations,
    Question::Neighbours,
    Question::Backlinks,
];

/// The questions about a term, by their kinds.
const OF_TERMS: [fn(TermId) -> Question; 3] = [
    Question::Term,
    Question::TermCount,
    Question::TermTranslations,
];

/// For every such question its number and 1, or 0 as long as it was not asked.
#[derive(Default)]
pub(super) struct Slots {
    nodes: Rows,
    terms: Rows,
    first: Mutex<()>,
}

/// A row of numbers for each kind.
#[derive(Default)]
struct Rows {
    length: usize,
    numbers: Vec<AtomicU32>,
}

impl Slots {
    /// For so many pages and terms.
    pub(super) fn of(nodes: usize, terms: usize) -> Self {
        Self {
            nodes: Rows::of(OF_NODES.len(), nodes),
            terms: Rows::of(OF_TERMS.len(), terms),
            first: Mutex::default(),
        }
    }

    /// The number of a question, which is the next one if it has none; `None` for a question that
    /// is about something else.
    pub(super) fn number(
        &self,
        question: &Question,
        next: impl FnOnce() -> QuestionId,
    ) -> Option<QuestionId> {
        let slot = self.slot(question)?;
        if let Some(known) = slot.load(Ordering::Acquire).checked_sub(1) {
            return Some(known);
        }
        let _one_at_a_time = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        let known = slot.load(Ordering::Relaxed).checked_sub(1);
        Some(known.unwrap_or_else(|| {
            let number = next();
            slot.store(number + 1, Ordering::Release);
            number
        }))
    }

    /// The places of all questions that have numbers; they have none afterwards.
    pub(super) fn take(&self) -> impl Iterator<Item = (QuestionId, usize)> {
        let all = self.nodes.numbers.iter().chain(&self.terms.numbers);
        all.enumerate().filter_map(|(place, slot)| {
            let number = slot.swap(0, Ordering::Relaxed).checked_sub(1)?;
            Some((number, place))
        })
    }

    /// The number of places.
    pub(super) fn count(&self) -> usize {
        self.nodes.numbers.len() + self.terms.numbers.len()
    }

    /// The question at a place.
    pub(super) fn question(&self, place: usize) -> Option<Question> {
        match place.checked_sub(self.nodes.numbers.len()) {
            None => {
                let (kind, at) = self.nodes.apart(place);
                Some(OF_NODES[kind](NodeId::new(at)))
            }
            Some(place) if place < self.terms.numbers.len() => {
                let (kind, at) = self.terms.apart(place);
                Some(OF_TERMS[kind](TermId::new(at)))
            }
            Some(_) => None,
        }
    }

    fn slot(&self, question: &Question) -> Option<&AtomicU32> {
        if let Some((kind, id)) = of_node(question) {
            return self.nodes.slot(kind, id.index());
        }
        let (kind, id) = of_term(question)?;
        self.terms.slot(kind, id.index())
    }
}

impl Rows {
    fn of(kinds: usize, length: usize) -> Self {
        let numbers = vec![0_u32; kinds * length];
        Self {
            length,
            numbers: numbers.into_iter().map(AtomicU32::new).collect(),
        }
    }

    fn slot(&self, kind: usize, at: usize) -> Option<&AtomicU32> {
        self.numbers.get(kind * self.length + at)
    }

    /// The kind and what it is about.
    fn apart(&self, place: usize) -> (usize, usize) {
        (place / self.length, place % self.length)
    }
}

fn of_node(question: &Question) -> Option<(usize, NodeId)> {
    Some(match question {
        Question::Crumb(id) => (0, *id),
        Question::Listed(id) => (1, *id),
        Question::Page(id) => (2, *id),
        Question::Text(id) => (3, *id),
        Question::Words(id) => (4, *id),
        Question::Body(id) => (5, *id),
        Question::Subsections(id) => (6, *id),
        Question::Translations(id) => (7, *id),
        Question::Neighbours(id) => (8, *id),
        Question::Backlinks(id) => (9, *id),
        _ => return None,
    })
}

fn of_term(question: &Question) -> Option<(usize, TermId)> {
    Some(match question {
        Question::Term(id) => (0, *id),
        Question::TermCount(id) => (1, *id),
        Question::TermTranslations(id) => (2, *id),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_row() {
        let slots = Slots::of(2, 3);
        let nodes = OF_NODES
            .iter()
            .flat_map(|kind| [0, 1].map(|at| kind(NodeId::new(at))));
        let terms = OF_TERMS
            .iter()
            .flat_map(|kind| [0, 1, 2].map(|at| kind(TermId::new(at))));
        let all: Vec<Question> = nodes.chain(terms).collect();
        for (number, question) in (0..).zip(&all) {
            assert_eq!(slots.number(question, || number), Some(number));
        }
        for (number, question) in (0..).zip(&all) {
            assert_eq!(
                slots.number(question, || 1000),
                Some(number),
                "{question:?}"
            );
        }
        assert_eq!(slots.number(&Question::Now, || 1000), None);
        let taken = slots.take();
        let taken = taken.map(|(number, place)| (number, slots.question(place).expect("asked")));
        let mut taken: Vec<(u32, Question)> = taken.collect();
        taken.sort_unstable();
        let numbered: Vec<(u32, Question)> = (0..).zip(all).collect();
        assert_eq!(taken, numbered);
        assert_eq!(slots.take().count(), 0);
        assert_eq!(slots.question(slots.count()), None);
    }
}
