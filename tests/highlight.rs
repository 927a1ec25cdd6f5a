//! Syntax highlighting, held to the samples in `tests/highlight/`: `NAME.txt` is code in the
//! language NAME, `NAME.html` what becomes of it. With `COURANT_BLESS=1` the latter are
//! written anew; read the difference before you keep it.

#![allow(
    clippy::disallowed_methods,
    reason = "samples are files, and a variable blesses them"
)]

use std::fs;
use std::path::PathBuf;

use courant::parse::highlight::{classes, highlight, languages};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/highlight")
}

fn samples() -> Vec<(&'static str, String)> {
    let read = |name: &'static str| {
        let path = folder().join(name).with_extension("txt");
        let code = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        (name, code)
    };
    languages().map(|row| read(row.name)).collect()
}

fn html(language: &str, code: &str) -> String {
    let mut out = String::new();
    assert!(highlight(language, code, &mut out), "{language} is unknown");
    out
}

/// The text that a browser would show, after a look at every tag.
fn text_of(html: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = html;
    let mut span_start = None;
    while let Some(at) = rest.find(['<', '&', '>']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
        if let Some((entity, sign)) = entities.iter().find(|(entity, _)| rest.starts_with(entity)) {
            text.push(*sign);
            rest = &rest[entity.len()..];
        } else if let Some(after) = rest.strip_prefix("</span>") {
            let start = span_start
                .take()
                .ok_or("a span is closed that is not open")?;
            let inside: &str = &text[start..];
            if inside.trim().is_empty() || inside.contains(['\n', '\r']) {
                return Err(format!("a span contains {inside:?}"));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<span class=\"") {
            let (class, after) = after.split_once("\">").ok_or("a span has no end")?;
            if !classes().any(|row| row.css == class) || span_start.is_some() {
                return Err(format!("the span {class} is wrong"));
            }
            span_start = Some(text.len());
            rest = after;
        } else {
            return Err(format!("stray sign at {rest:.20}"));
        }
    }
    text.push_str(rest);
    Ok(text)
}

fn assert_text_kept(language: &str, code: &str) {
    let shown = text_of(&html(language, code));
    assert!(
        shown.as_deref() == Ok(code),
        "{language}: {code:?}\nbecame {shown:?}"
    );
}

#[test]
fn samples_become_what_is_written_down() {
    let bless = std::env::var_os("COURANT_BLESS").is_some();
    for (name, code) in samples() {
        let path = folder().join(name).with_extension("html");
        let found = html(name, &code);
        if bless {
            fs::write(&path, &found).expect("the golden file can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{name}, line {}", number + 1);
        }
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn every_language_keeps_the_text_of_every_sample() {
    let samples = samples();
    for row in languages() {
        for (_, code) in &samples {
            assert_text_kept(row.name, code);
            assert_text_kept(row.name, &code.replace('\n', "\r\n"));
        }
    }
}

#[test]
fn every_beginning_of_a_sample_keeps_its_text() {
    for (name, code) in samples() {
        for (at, _) in code.char_indices() {
            assert_text_kept(name, &code[..at]);
        }
    }
}

#[test]
fn samples_cut_at_odd_places_keep_their_text() {
    for (name, code) in samples() {
        let signs: Vec<char> = code.chars().collect();
        for step in [2, 3, 7, 31] {
            let thinned: String = signs.iter().step_by(step).collect();
            assert_text_kept(name, &thinned);
            for start in (0..signs.len()).step_by(step * 13) {
                let end = signs.len().min(start + step * 9);
                assert_text_kept(name, &signs[start..end].iter().collect::<String>());
            }
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn noise_keeps_its_text() {
    let signs: Vec<char> = "\n\n \t\r\"'`\\/*#<>{}[]()$@!%-=~|&;:.,?^+_a1zE中é\u{a0}\u{3000}\0"
        .chars()
        .collect();
    let mut numbers = Numbers(2024);
    for row in languages() {
        for _ in 0..300 {
            let length = numbers.next(120);
            let code: String = (0..length)
                .map(|_| signs[numbers.next(signs.len())])
                .collect();
            assert_text_kept(row.name, &code);
        }
        for _ in 0..50 {
            let noise: Vec<u8> = (0..200).map(|_| numbers.next(256) as u8).collect();
            assert_text_kept(row.name, &String::from_utf8_lossy(&noise));
        }
    }
}

#[test]
fn an_unknown_language_appends_nothing() {
    let mut out = String::from("before");
    assert!(!highlight("klingon", "x", &mut out));
    assert!(!highlight("", "x", &mut out));
    assert_eq!(out, "before");
    assert!(highlight("JS", "let x", &mut out));
    assert_eq!(out, "before<span class=\"hl-k\">let</span> x");
}

#[test]
fn an_alias_colours_like_its_language() {
    for row in languages() {
        for alias in row.aliases {
            assert_eq!(
                html(alias, "if true; # x"),
                html(row.name, "if true; # x"),
                "{alias}"
            );
        }
    }
}
