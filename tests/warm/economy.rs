//! Which outputs each edit alone renders, by name: `economy/SITE.txt`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::run::Run;
use crate::tree;

/// Compares what was rendered with what is expected, or rewrites the expectation.
pub fn hold(name: &str, runs: &[(&str, Run)]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/warm/economy/{name}.txt"));
    let found = text(runs);
    if tree::is_blessing() {
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(&file, &found).expect("a written file");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let differences = differences(&expected, &found);
    assert!(
        differences.is_empty(),
        "{name} renders other outputs than {} says:\n{}",
        file.display(),
        differences.join("\n")
    );
}

/// Each edit on a line, then what it renders, each output on a line of its own, unless that is
/// all there is.
fn text(runs: &[(&str, Run)]) -> String {
    let mut text = String::new();
    for (edit, run) in runs {
        let refused = if run.verdict.exit == 1 {
            " (refused)"
        } else {
            ""
        };
        writeln!(text, "{edit}{refused}").expect("a string takes any text");
        if run.numbers.reused == 0 && !run.rendered.is_empty() {
            text.push_str("    everything\n");
            continue;
        }
        for rendered in &run.rendered {
            writeln!(text, "    {}", rendered.path).expect("a string takes any text");
        }
    }
    text
}

/// The edits whose outputs differ, each with the outputs that it renders now and did not, or did
/// and does not any more.
fn differences(expected: &str, found: &str) -> Vec<String> {
    let (expected, found) = (edits(expected), edits(found));
    let mut differences = Vec::new();
    for (edit, outputs) in &expected {
        match found.iter().find(|(name, _)| name == edit) {
            None => differences.push(format!("{edit}: is expected and was not there")),
            Some((_, now)) if now != outputs => {
                let only = |these: &[&str], those: &[&str]| -> Vec<String> {
                    let these = these.iter().filter(|path| !those.contains(path));
                    these.map(|path| (*path).to_owned()).collect()
                };
                let (new, gone) = (only(now, outputs), only(outputs, now));
                differences.push(format!("{edit}: also {new:?}, no more {gone:?}"));
            }
            Some(_) => {}
        }
    }
    let unknown = found
        .iter()
        .filter(|(edit, _)| expected.iter().all(|(name, _)| name != edit));
    differences.extend(unknown.map(|(edit, _)| format!("{edit}: is not expected")));
    differences
}

fn edits(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut edits: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("    "), edits.last_mut()) {
            (Some(path), Some((_, outputs))) => outputs.push(path),
            _ => edits.push((line, Vec::new())),
        }
    }
    edits
}

#[test]
fn an_output_more_or_less_is_a_difference() {
    use crate::run::Rendered;
    let run = |exit: i32, paths: &[&str]| {
        let mut run = Run::default();
        run.verdict.exit = exit;
        run.numbers.reused = 1;
        run.rendered = paths
            .iter()
            .map(|path| Rendered {
                path: (*path).into(),
                because: vec!["new".into()],
            })
            .collect();
        run
    };
    let expected = text(&[("body", run(0, &["a", "b"])), ("clash", run(1, &[]))]);
    assert_eq!(expected, "body\n    a\n    b\nclash (refused)\n");
    assert_eq!(differences(&expected, &expected), Vec::<String>::new());
    let mut all = run(0, &["a", "b", "c"]);
    all.numbers.reused = 0;
    let found = text(&[("body", run(0, &["b", "c"])), ("title", all)]);
    assert_eq!(found, "body\n    b\n    c\ntitle\n    everything\n");
    assert_eq!(
        differences(&expected, &found),
        [
            r#"body: also ["c"], no more ["a"]"#,
            "clash (refused): is expected and was not there",
            "title: is not expected",
        ]
    );
}
