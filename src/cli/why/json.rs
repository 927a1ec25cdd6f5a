//! The answer for programs: one JSON object a line.

use serde::Serialize;

use crate::message::{Message, Tongue};
use crate::path::OutputPath;
use crate::store::{Ingredient, Reached};

use super::super::json::push;
use super::{About, Answer, Reach};

pub(super) fn lines(answer: &Answer<'_>, tongue: Tongue) -> Vec<u8> {
    let mut out = Vec::new();
    match answer {
        Answer::Output(about) => {
            push(&mut out, &Line::why(about, tongue));
            for made_of in &about.made_of {
                push(&mut out, &Line::made_of(made_of, tongue));
            }
        }
        Answer::Source(reach) => {
            if let Some(because) = reach.left_out {
                let source = reach.source.as_str();
                let because = because.say(tongue);
                push(&mut out, &Line::LeftOut { source, because });
            }
            for reached in &reach.reached {
                push(&mut out, &Line::reaches(reach, reached, tongue));
            }
        }
    }
    out
}

#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line<'a> {
    Why {
        path: &'a str,
        url: &'a str,
        kind: &'static str,
        what: String,
        because: Vec<String>,
        besides: Vec<&'a str>,
        made_for: Vec<&'a str>,
    },
    MadeOf {
        kind: &'static str,
        name: String,
        facts: Vec<String>,
        files: &'a [String],
    },
    LeftOut {
        source: &'a str,
        because: String,
    },
    Reaches {
        source: &'a str,
        path: &'a str,
        url: String,
        uses: Vec<String>,
    },
}

impl<'a> Line<'a> {
    fn why(about: &'a About<'_>, tongue: Tongue) -> Self {
        let About {
            path,
            address,
            kind,
            words,
            because,
            derived,
            made_for,
            made_of: _,
        } = about;
        Self::Why {
            path: path.as_str(),
            url: address,
            kind,
            what: words
                .as_ref()
                .map_or_else(String::new, |what| what.say(tongue)),
            because: said(because, tongue),
            besides: derived.iter().map(OutputPath::as_str).collect(),
            made_for: made_for.iter().map(|path| path.as_str()).collect(),
        }
    }

    fn made_of(made_of: &'a Ingredient, tongue: Tongue) -> Self {
        let Ingredient {
            kind,
            name,
            facts,
            files,
        } = made_of;
        let kind = kind.as_str();
        Self::MadeOf {
            kind,
            name: name.say(tongue),
            facts: said(facts, tongue),
            files,
        }
    }

    fn reaches(reach: &'a Reach<'_>, reached: &'a Reached, tongue: Tongue) -> Self {
        let Reached { path, uses } = reached;
        Self::Reaches {
            source: reach.source.as_str(),
            path: path.as_str(),
            url: reach.config.permalink(&path.url()),
            uses: said(uses, tongue),
        }
    }
}

fn said(messages: &[Message], tongue: Tongue) -> Vec<String> {
    messages.iter().map(|message| message.say(tongue)).collect()
}
