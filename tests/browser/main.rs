//! The built site as its readers meet it: in a browser.
//!
//! Each test is one promise about every page of the table in `pages.rs`. The tests need Chromium
//! with ChromeDriver, a Java runtime and the packages of `package.json` beside this file
//! (`npm ci --prefix tests/browser`). Without them they pass with a line that says what was left
//! out, and fail where `CI=true`. `COURANT_SCREENSHOTS=FOLDER` makes them write a picture of every
//! page, at three widths in both colour schemes, into that folder.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files and the environment itself"
)]

mod accessibility;
mod checks;
mod feeds;
mod links;
mod markup;
mod pages;
mod requirements;
mod screenshots;
mod self_tests;
mod server;
mod site;
mod tree;
mod validator;
mod visit;
mod webdriver;

use std::fmt::Display;
use std::path::PathBuf;

use accessibility::Axe;
use site::built_sites;
use visit::every_page;

#[test]
fn no_page_violates_an_accessibility_rule() {
    let Some(axe) = Axe::load() else { return };
    none(every_page(built_sites(), |browser, visit| {
        axe.violations(browser, visit)
    }));
}

#[test]
fn no_page_causes_a_console_error() {
    none(every_page(built_sites(), checks::console_errors));
}

#[test]
fn no_page_asks_another_host() {
    none(every_page(built_sites(), checks::foreign_requests));
}

#[test]
fn no_page_scrolls_sideways_at_320_pixels() {
    none(every_page(built_sites(), checks::horizontal_scroll));
}

#[test]
fn every_page_has_a_light_and_a_dark_scheme() {
    none(every_page(built_sites(), checks::colour_schemes));
}

#[test]
fn every_page_is_readable_without_scripts() {
    none(every_page(built_sites(), checks::needs_scripts));
}

#[test]
fn all_html_is_valid() {
    none(built_sites().iter().flat_map(validator::invalid_html));
}

#[test]
fn all_local_links_and_fragments_resolve() {
    none(built_sites().iter().flat_map(links::dead_links));
}

#[test]
fn feeds_and_sitemaps_are_well_formed_and_name_only_what_exists() {
    none(built_sites().iter().flat_map(feeds::missing_files));
    none(feeds::xml_faults(built_sites()));
}

#[test]
fn screenshots_are_written_when_asked_for() {
    let Some(folder) = std::env::var_os("COURANT_SCREENSHOTS").map(PathBuf::from) else {
        return;
    };
    none(every_page(built_sites(), |browser, visit| {
        screenshots::take(browser, visit, &folder);
        Vec::new()
    }));
}

/// Fails with every finding, one a line.
fn none<F: Display>(findings: impl IntoIterator<Item = F>) {
    let lines: Vec<String> = findings
        .into_iter()
        .map(|finding| finding.to_string())
        .collect();
    assert!(
        lines.is_empty(),
        "{} findings:\n{}",
        lines.len(),
        lines.join("\n")
    );
}
