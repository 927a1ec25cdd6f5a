//! The answer for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::path::OutputPath;
use crate::store::{Ingredient, Kind, Reached};

use super::super::summary::{count, listed};
use super::{About, Answer, Reach};

pub(super) fn text(answer: &Answer<'_>) -> String {
    match answer {
        Answer::Output(about) => output(about),
        Answer::Source(reach) => source(reach),
    }
}

fn output(about: &About<'_>) -> String {
    let head = match about.made_for.is_empty() {
        true => format!("{} is {}.\n", about.path, about.words),
        false => format!("{} is an image of another size.\n", about.path),
    };
    let heading = match about.kind {
        "file" => "Last copied because:",
        _ => "Last rendered because:",
    };
    let because = listed(heading, about.because.iter().map(row));
    let made_for = listed("Made besides:", about.made_for.iter().map(row));
    let derived = listed("Made besides it:", about.derived.iter().map(row));
    let groups: String = KINDS
        .iter()
        .map(|(kind, heading)| {
            let of_kind = about.made_of.iter().filter(|made_of| made_of.kind == *kind);
            listed(heading, of_kind.map(ingredient))
        })
        .collect();
    head + &because + &made_for + &derived + &groups
}

/// Every group with its heading.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Page, "Pages:"),
    (Kind::List, "Lists:"),
    (Kind::Term, "Terms:"),
    (Kind::Template, "Templates:"),
    (Kind::Data, "Data:"),
    (Kind::Words, "Words of the theme:"),
    (Kind::File, "Files:"),
    (Kind::Link, "Links:"),
    (Kind::Site, "The site as a whole:"),
];

fn row(thing: impl std::fmt::Display) -> String {
    format!("  {thing}\n")
}

fn ingredient(made_of: &Ingredient) -> String {
    let Ingredient {
        kind,
        name,
        facts,
        files,
    } = made_of;
    let what = match (kind, files.is_empty()) {
        (Kind::Template, true) => "there is none".into(),
        (Kind::Template, false) => files.join(", "),
        _ => facts.join(", "),
    };
    match what.is_empty() {
        true => row(name),
        false => format!("  {name}: {what}\n"),
    }
}

fn source(reach: &Reach<'_>) -> String {
    let Reach {
        source,
        left_out,
        reached,
        ..
    } = reach;
    let left_out = left_out
        .map(|why| format!("{source} was left out: {why}.\n"))
        .unwrap_or_default();
    let outputs = match reached.len() {
        0 => format!("{source} reaches no output.\n"),
        number => format!("{source} reaches {}.\n", count(number, "output")),
    };
    let lists = match source.extension() == "md" && !reached.is_empty() {
        true => "Not listed: what depends only on which articles there are, and in what order.\n",
        false => "",
    };
    left_out + &outputs + &alike(reached) + lists
}

/// Outputs that use the same, together; those that use most come first.
fn alike(reached: &[Reached]) -> String {
    let mut groups: BTreeMap<&[String], Vec<&OutputPath>> = BTreeMap::new();
    for Reached { path, uses } in reached {
        groups.entry(uses).or_default().push(path);
    }
    let mut groups: Vec<(&[String], Vec<&OutputPath>)> = groups.into_iter().collect();
    groups.sort_by_key(|(uses, _)| Reverse(uses.len()));
    groups
        .iter()
        .map(|(uses, paths)| {
            let more = paths.len().saturating_sub(SHOWN);
            let rows = paths.iter().take(SHOWN).map(row);
            let more = (more > 0).then(|| row(format!("and {more} more")));
            listed(&format!("Through {}:", uses.join(", ")), rows.chain(more))
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
            let (name, facts) = ("a".to_owned(), vec!["b".to_owned(), "c".to_owned()]);
            let files = Vec::new();
            ingredient(&Ingredient {
                kind,
                name,
                facts,
                files,
            })
        };
        assert_eq!(row(Kind::Page), "  a: b, c\n");
        assert_eq!(row(Kind::Template), "  a: there is none\n");
        let kinds: Vec<Kind> = KINDS.iter().map(|(kind, _)| *kind).collect();
        assert!(kinds.is_sorted() && kinds.len() == 9);
    }

    #[test]
    fn outputs_that_use_the_same_stand_together() {
        let reached = |number: usize, uses: &[&str]| Reached {
            path: OutputPath::checked(&format!("{number:02}.html")).expect("legal"),
            uses: uses.iter().map(ToString::to_string).collect(),
        };
        let mut all: Vec<Reached> = (1..=14).map(|number| reached(number, &["body"])).collect();
        all.push(reached(15, &["title", "body"]));
        let told = alike(&all);
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
