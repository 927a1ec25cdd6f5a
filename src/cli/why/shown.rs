//! The answer for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::message::{Message, Plain, Tongue, say};
use crate::path::OutputPath;
use crate::store::{Ingredient, Kind, Reached};

use super::super::summary::{counted, listed};
use super::{About, Answer, Reach};

pub(super) fn text(answer: &Answer<'_>, tongue: Tongue) -> String {
    match answer {
        Answer::Output(about) => output(about, tongue),
        Answer::Source(reach) => source(reach, tongue),
    }
}

fn output(about: &About<'_>, tongue: Tongue) -> String {
    let head = match &about.words {
        Some(words) if about.made_for.is_empty() => say::output_is(about.path, words.clone()),
        _ => say::resized_image(about.path),
    };
    let heading = match about.kind {
        "file" => say::copied_because(),
        _ => say::rendered_because(),
    };
    let because = about.because.iter().map(|why| why.say(tongue));
    let made_for = about.made_for.iter().map(ToString::to_string);
    let derived = about.derived.iter().map(ToString::to_string);
    let groups: String = KINDS
        .iter()
        .map(|(kind, heading)| {
            let of_kind = about.made_of.iter().filter(|made_of| made_of.kind == *kind);
            let rows = of_kind.map(|made_of| ingredient(made_of, tongue));
            listed(&heading(), rows, tongue)
        })
        .collect();
    line(&head, tongue)
        + &listed(&heading, because, tongue)
        + &listed(&say::made_besides_heading(), made_for, tongue)
        + &listed(&say::made_besides_it(), derived, tongue)
        + &groups
}

/// Every group with its heading.
const KINDS: &[(Kind, Plain)] = &[
    (Kind::Page, say::pages_heading),
    (Kind::List, say::lists_heading),
    (Kind::Term, say::terms_heading),
    (Kind::Template, say::templates_heading),
    (Kind::Data, say::data_heading),
    (Kind::Words, say::words_heading),
    (Kind::File, say::files_heading),
    (Kind::Link, say::links_heading),
    (Kind::Site, say::site_heading),
];

fn line(message: &Message, tongue: Tongue) -> String {
    format!("{}\n", message.say(tongue))
}

fn ingredient(made_of: &Ingredient, tongue: Tongue) -> String {
    let Ingredient {
        kind,
        name,
        facts,
        files,
    } = made_of;
    let what = match (kind, files.is_empty()) {
        (Kind::Template, true) => Some(say::there_is_none()),
        (Kind::Template, false) => Some(say::verbatim(files.clone())),
        _ => facts.iter().cloned().reduce(say::listing),
    };
    match what {
        Some(what) => say::path_because(name.clone(), what).say(tongue),
        None => name.say(tongue),
    }
}

fn source(reach: &Reach<'_>, tongue: Tongue) -> String {
    let Reach {
        source,
        left_out,
        reached,
        ..
    } = reach;
    let left_out = left_out.map(|why| say::was_left_out(source, why.clone()));
    let outputs = match reached.len() {
        0 => say::reaches_nothing(source),
        number => say::reaches(source, say::outputs(number)),
    };
    let has_lists = source.extension() == "md" && !reached.is_empty();
    let head = left_out.into_iter().chain([outputs]);
    let head: String = head.map(|message| line(&message, tongue)).collect();
    let lists = has_lists.then(|| line(&say::not_listed(), tongue));
    head + &alike(reached, tongue) + &lists.unwrap_or_default()
}

/// Outputs that use the same, together; those that use most come first.
fn alike(reached: &[Reached], tongue: Tongue) -> String {
    let mut groups: BTreeMap<Vec<String>, (&[Message], Vec<&OutputPath>)> = BTreeMap::new();
    for Reached { path, uses } in reached {
        let order = uses.iter().map(Message::english).collect();
        let (_, paths) = groups.entry(order).or_insert((uses, Vec::new()));
        paths.push(path);
    }
    let mut groups: Vec<(&[Message], Vec<&OutputPath>)> = groups.into_values().collect();
    groups.sort_by_key(|(uses, _)| Reverse(uses.len()));
    groups
        .iter()
        .map(|(uses, paths)| {
            let more = paths.len().saturating_sub(SHOWN);
            let rows = paths.iter().take(SHOWN).map(ToString::to_string);
            let more = counted(more, say::and_more_outputs).map(|more| more.say(tongue));
            let uses = uses.iter().cloned().reduce(say::listing);
            let heading = say::through(uses.unwrap_or_else(say::nothing));
            listed(&heading, rows.chain(more), tongue)
        })
        .collect()
}

/// Outputs of a group that are named; a whole site may use the same.
const SHOWN: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_subject_has_its_place() {
        let row = |kind| {
            let (name, facts) = (say::verbatim("a"), ["b", "c"].map(say::verbatim).into());
            let files = Vec::new();
            let made_of = Ingredient {
                kind,
                name,
                facts,
                files,
            };
            ingredient(&made_of, Tongue::English)
        };
        assert_eq!(row(Kind::Page), "a: b, c");
        assert_eq!(row(Kind::Template), "a: there is none");
        let kinds: Vec<Kind> = KINDS.iter().map(|(kind, _)| *kind).collect();
        assert!(kinds.is_sorted() && kinds.len() == 9);
    }

    #[test]
    fn outputs_that_use_the_same_stand_together() {
        let reached = |number: usize, uses: &[&str]| Reached {
            path: OutputPath::checked(&format!("{number:02}.html")).expect("legal"),
            uses: uses.iter().copied().map(say::verbatim).collect(),
        };
        let mut all: Vec<Reached> = (1..=14).map(|number| reached(number, &["body"])).collect();
        all.push(reached(15, &["title", "body"]));
        let told = alike(&all, Tongue::English);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines[..4],
            [
                "Through title, body:",
                "  15.html",
                "Through body:",
                "  01.html"
            ]
        );
        assert_eq!(lines[14..], ["  12.html", "  and 2 more"]);
    }
}
