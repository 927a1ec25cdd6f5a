//! All segments of a store as if one build had rendered everything.

use crate::trace::Ids;

use super::Store;
use super::key::Key;
use super::names::Name;
use super::traces::{Output, Part, Traces};

impl Store {
    /// All traces as one; its outputs stand as [`outputs`](Self::outputs) do.
    pub fn whole(&self) -> Option<Traces<'_>> {
        let segments = self.traces()?;
        let mut whole = Traces {
            texts: Vec::new(),
            questions: Vec::new(),
            parts: Vec::new(),
            templates: Vec::new(),
            outputs: Vec::new(),
        };
        let mut starts = Vec::with_capacity(segments.len());
        for segment in &segments {
            let start = Start {
                texts: whole.texts.len() as u32,
                questions: whole.questions.len() as u32,
                parts: whole.parts.len() as u32,
            };
            start.append(segment, &mut whole);
            starts.push(start);
        }
        for known in &self.outputs {
            let start = starts.get(known.place.segment as usize)?;
            let segment = &segments[known.place.segment as usize];
            whole
                .outputs
                .push(start.output(segment.output(known.place.at)?));
        }
        Some(whole)
    }
}

/// Where a segment begins in the whole.
struct Start {
    texts: u32,
    questions: u32,
    parts: u32,
}

impl Start {
    fn append<'b>(&self, segment: &Traces<'b>, whole: &mut Traces<'b>) {
        whole.texts.extend(&segment.texts);
        let questions = segment.questions.iter();
        let questions = questions.map(|(key, answer)| (self.key(*key), *answer));
        whole.questions.extend(questions);
        let parts = segment.parts.iter().map(|part| Part {
            questions: moved(&part.questions, self.questions),
            parts: moved(&part.parts, self.parts),
        });
        whole.parts.extend(parts);
        let templates = segment.templates.iter().map(|(template, files)| {
            let files = files.iter().map(|file| self.name(*file));
            (self.name(*template), files.collect())
        });
        whole.templates.extend(templates);
    }

    fn output<'b>(&self, output: &Output<'b>) -> Output<'b> {
        Output {
            what: output.what.renamed(|name| self.name(name)),
            questions: moved(&output.questions, self.questions),
            parts: moved(&output.parts, self.parts),
            because: output.because.iter().map(|why| self.name(*why)).collect(),
            ..output.clone()
        }
    }

    fn key(&self, key: Key) -> Key {
        key.renamed(|name| self.name(name))
    }

    /// 0 is no text, wherever it stands.
    fn name(&self, name: Name) -> Name {
        match name {
            0 => 0,
            name => name + self.texts,
        }
    }
}

fn moved<'b>(ids: &Ids<'_>, by: u32) -> Ids<'b> {
    Ids::of(ids.iter().map(|id| id + by).collect())
}
