//! Everything that an output is made of, grouped as people ask for it.

use crate::message::Message;
use crate::path::OutputPath;

use super::about::{About, Kind};
use super::key::Key;
use super::names::Name;
use super::reason;
use super::traces::{Output, Traces};

/// One subject that an output is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ingredient {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: Message,
    /// What of it; empty where it is used as a whole.
    pub facts: Vec<Message>,
    /// The files of a template with those of all that it is made of; none if there is no such
    /// template.
    pub files: Vec<String>,
}

impl Traces<'_> {
    /// What stands at an output's place, for programs.
    pub fn kind(&self, output: &Output<'_>) -> &'static str {
        output.what.kind()
    }

    /// What stands at an output's place, in words.
    pub fn words(&self, output: &Output<'_>) -> Message {
        output.what.words(self.texts())
    }

    /// Why an output was rendered the last time.
    pub fn because(&self, output: &Output<'_>) -> Vec<Message> {
        let texts = self.texts();
        let because = output.because.iter();
        because.map(|why| reason::told(texts.text(*why))).collect()
    }

    /// The places of the outputs besides which another one was made.
    pub fn made_for<'t>(&'t self, derived: &OutputPath) -> impl Iterator<Item = usize> + use<'t> {
        let derived = derived.clone();
        let outputs = self.outputs.iter().enumerate();
        outputs
            .filter(move |(_, output)| output.derived.contains(&derived))
            .map(|(at, _)| at)
    }

    /// Everything that an output is made of, each thing once, in a steady order.
    pub fn made_of(&self, output: &Output<'_>) -> Vec<Ingredient> {
        let mut asked: Vec<(About, Key)> = self
            .asked(output)
            .into_iter()
            .map(|key| (About::of(key, self.texts()), key))
            .collect();
        asked.sort_by_cached_key(|(about, key)| {
            let About {
                kind, name, fact, ..
            } = about;
            let fact = fact.as_ref().map_or_else(String::new, Message::english);
            (*kind, name.english(), key.rank(), fact)
        });
        let mut made_of: Vec<Ingredient> = Vec::new();
        for (about, key) in asked {
            let About {
                kind, name, fact, ..
            } = about;
            match made_of.last_mut() {
                Some(last) if last.kind == kind && last.name == name => last.facts.extend(fact),
                _ => made_of.push(Ingredient {
                    kind,
                    name,
                    facts: fact.into_iter().collect(),
                    files: self.files(key),
                }),
            }
        }
        made_of
    }

    /// The files of a template; none for anything else.
    fn files(&self, key: Key) -> Vec<String> {
        let Key::Template(template) = key else {
            return Vec::new();
        };
        let texts = self.texts();
        let files = self.members(template).iter();
        files.map(|file| texts.text(*file).to_owned()).collect()
    }

    pub(super) fn members(&self, template: Name) -> &[Name] {
        let mut templates = self.templates.iter();
        let found = templates.find(|(name, _)| *name == template);
        found.map_or(&[], |(_, files)| files)
    }

    /// Every question that was asked for an output, also for the shared values that it uses.
    fn asked(&self, output: &Output<'_>) -> Vec<Key> {
        let mut asked: Vec<u32> = output.questions.iter().collect();
        let mut open: Vec<u32> = output.parts.iter().collect();
        let mut seen = vec![false; self.parts.len()];
        while let Some(id) = open.pop() {
            // What a damaged store might name and not have is left out.
            let Some(part) = self.parts.get(id as usize) else {
                continue;
            };
            if !std::mem::replace(&mut seen[id as usize], true) {
                asked.extend(part.questions.iter());
                open.extend(part.parts.iter());
            }
        }
        asked.sort_unstable();
        asked.dedup();
        let keys = asked
            .iter()
            .filter_map(|id| self.questions.get(*id as usize));
        keys.map(|(key, _)| *key).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::trace::Ids;

    use super::super::traces::{Answer, Part};
    use super::super::what::What;
    use super::*;

    #[test]
    fn shared_values_are_taken_apart_and_each_thing_is_named_once() {
        let asked = |key| (key, Answer::from(0));
        let part = |questions: &[u32], parts: &[u32]| Part {
            questions: Ids::of(questions.to_vec()),
            parts: Ids::of(parts.to_vec()),
        };
        let output = Output {
            what: What::Page(1),
            task: 0,
            questions: Ids::of(vec![0, 3]),
            parts: Ids::of(vec![0, 1]),
            derived: Vec::new(),
            problems: Vec::new(),
            because: vec![4],
        };
        let traces = Traces {
            texts: vec!["content/a.md", "page.html", "templates/page.html", "new"],
            questions: vec![
                asked(Key::Body(1)),
                asked(Key::Page(1)),
                asked(Key::Config),
                asked(Key::Template(2)),
                asked(Key::Sitemap),
            ],
            parts: vec![part(&[1, 2], &[]), part(&[2], &[0])],
            templates: vec![(2, vec![3])],
            outputs: vec![output.clone()],
        };
        let told: Vec<_> = traces
            .made_of(&output)
            .into_iter()
            .map(|made_of| {
                let facts = made_of.facts.iter().map(Message::english);
                let things: Vec<String> = facts.chain(made_of.files).collect();
                (made_of.kind, made_of.name.english(), things.join(", "))
            })
            .collect();
        let page = (
            Kind::Page,
            "@/a.md".to_owned(),
            "front matter, body".to_owned(),
        );
        let template = (
            Kind::Template,
            "`page.html`".to_owned(),
            "templates/page.html".to_owned(),
        );
        let site = (Kind::Site, "the configuration".to_owned(), String::new());
        assert_eq!(told, [page, template, site]);
        assert_eq!(traces.words(&output).english(), "the article @/a.md");
        assert_eq!(
            traces.because(&output),
            [crate::message::say::verbatim("new")]
        );
    }
}
