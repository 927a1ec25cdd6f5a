//! Shows that the checks can fail: each finds its faults on the faulty site, and no others.

use std::slice;

use crate::accessibility::Axe;
use crate::site::{Site, faulty_site};
use crate::visit::{Visit, every_page};
use crate::webdriver::Browser;
use crate::{checks, feeds, links, requirements, validator};

#[test]
fn the_accessibility_check_finds_its_faults() {
    let Some(axe) = Axe::load() else { return };
    finds(
        |browser, visit| axe.violations(browser, visit),
        &[
            "/accessibility/: light, 1280 px: link-name: p > a",
            "/accessibility/: dark, 1280 px: link-name: p > a",
            "/accessibility/: light, 320 px: link-name: p > a",
            "/dark-contrast/: dark, 1280 px: color-contrast: p",
            "/small-targets/: light, 1280 px: target-size: button:nth-child(1)",
            "/small-targets/: light, 1280 px: target-size: button:nth-child(2)",
            "/small-targets/: dark, 1280 px: target-size: button:nth-child(1)",
            "/small-targets/: dark, 1280 px: target-size: button:nth-child(2)",
            "/small-targets/: light, 320 px: target-size: button:nth-child(1)",
            "/small-targets/: light, 320 px: target-size: button:nth-child(2)",
        ],
    );
}

#[test]
fn the_console_check_finds_its_faults() {
    finds(
        checks::console_errors,
        &[
            "/console/: console error: http://127.0.0.1:",
            "/foreign/: console error: https://elsewhere.example/count",
        ],
    );
}

#[test]
fn the_check_for_requests_finds_its_faults() {
    finds(
        checks::foreign_requests,
        &[
            "/foreign-hint/: asks another host: https://elsewhere.example/",
            "/foreign/: asks another host: https://elsewhere.example/count",
        ],
    );
}

#[test]
fn the_check_for_scrolling_finds_its_fault() {
    finds(
        checks::horizontal_scroll,
        &["/wide/: is 508 px wide in a window of 320 px, by <div style=\"width: 500px\">"],
    );
}

#[test]
fn the_check_of_schemes_finds_its_fault() {
    finds(
        checks::colour_schemes,
        &["/one-scheme/: the dark background has lightness 1.00"],
    );
}

#[test]
fn the_check_without_scripts_finds_its_faults() {
    finds(
        checks::needs_scripts,
        &[
            "/scripted/: shows no text without scripts",
            "/scripted/: shows only with scripts: Written by a script.",
        ],
    );
}

#[test]
fn scripts_are_off_when_a_check_turns_them_off() {
    let Some(programs) = requirements::browser_programs() else {
        return;
    };
    assert!(checks::scripts_can_be_forbidden(&Browser::start(&programs)));
}

#[test]
fn the_html_check_finds_its_fault() {
    if requirements::html_checker().is_none() {
        return;
    }
    same(
        &validator::invalid_html(faulty_site()),
        &[
            "faulty site invalid/index.html line 14: warning: The “align” attribute on the “p” element",
        ],
    );
}

#[test]
fn the_link_check_finds_its_faults() {
    same(
        &links::dead_links(faulty_site()),
        &[
            "faulty site /links/ line 14: /gone/: there is no file for /gone/",
            "faulty site /links/ line 14: ../#gone: nothing in / has the id gone",
            "faulty site /links/ line 14: https://site.example/gone/: there is no file for /gone/",
        ],
    );
}

#[test]
fn the_check_of_xml_finds_its_faults() {
    if requirements::browser_programs().is_none() {
        return;
    }
    same(
        &feeds::xml_faults(sites()),
        &[
            "faulty site /atom.xml: has the root element null rss",
            "faulty site /broken.xml: is not well formed: ",
            "faulty site /sitemap.xml: names https://site.example/gone/, which is not there",
        ],
    );
}

/// Asserts what a check finds on the pages of the faulty site; nothing where there is no browser.
fn finds(check: impl Fn(&Browser, &Visit) -> Vec<String>, expected: &[&str]) {
    if requirements::browser_programs().is_none() {
        return;
    }
    let found: Vec<String> = every_page(sites(), check)
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected: Vec<String> = expected
        .iter()
        .map(|line| format!("faulty site, page {line}"))
        .collect();
    same(&found, &expected);
}

fn sites() -> &'static [Site] {
    slice::from_ref(faulty_site())
}

/// Asserts that the findings are the expected ones; the end of a line may be a tool's own words,
/// so only its start is given.
fn same(found: &[String], expected: &[impl AsRef<str>]) {
    let all_start_so = found
        .iter()
        .zip(expected)
        .all(|(line, start)| line.starts_with(start.as_ref()));
    let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
    assert!(
        all_start_so && found.len() == expected.len(),
        "found:\n{}\n\nexpected:\n{}",
        found.join("\n"),
        expected.join("\n"),
    );
}
