//! Holds the HTML of a site against the standard, by the Nu checker.

use std::process::Command;

use serde_json::Value;

use crate::requirements;
use crate::site::Site;

/// Errors and warnings for every HTML file of the site; nothing where the checker is not installed.
pub fn invalid_html(site: &Site) -> Vec<String> {
    let Some((java, archive)) = requirements::html_checker() else {
        return Vec::new();
    };
    let files: Vec<_> = site
        .tree
        .html_paths()
        .iter()
        .filter_map(|path| site.tree.file_for(path))
        .collect();
    assert!(
        !files.is_empty(),
        "{}: no HTML file was published",
        site.name
    );
    let mut checker = Command::new(java);
    checker
        .arg("-jar")
        .arg(archive)
        .args(["--format", "json"])
        .args(&files);
    let output = checker.output().expect("Java can be started");
    let text = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("the Nu checker gave no report ({error}):\n{text}"));
    let messages = report["messages"]
        .as_array()
        .expect("a report has messages");
    messages
        .iter()
        .map(|message| finding(site, message))
        .collect()
}

fn finding(site: &Site, message: &Value) -> String {
    let root = format!("{}/", site.tree.root().display());
    let url = message["url"].as_str().unwrap_or("no file");
    let file = url.rsplit_once(&root).map_or(url, |(_, file)| file);
    let line = &message["lastLine"];
    let kind = message["subType"]
        .as_str()
        .or(message["type"].as_str())
        .unwrap_or("error");
    let said = message["message"].as_str().unwrap_or("without a message");
    let extract = message["extract"].as_str().unwrap_or_default().trim();
    format!(
        "{} {file} line {line}: {kind}: {said} Near: {extract}",
        site.name
    )
}
