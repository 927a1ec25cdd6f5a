//! Checks that every link from the site into the site leads somewhere.

use std::collections::BTreeMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::markup::{self, Markup};
use crate::site::{BASE_URL, Site};
use crate::tree::Tree;

/// One finding for each local link, of any HTML file, to a file or fragment that is not there.
pub fn dead_links(site: &Site) -> Vec<String> {
    let paths = site.tree.html_paths();
    assert!(
        !paths.is_empty(),
        "{}: no HTML file was published",
        site.name
    );
    let pages: BTreeMap<PathBuf, Markup> = paths
        .iter()
        .filter_map(|path| {
            Some((
                site.tree.file_for(path)?,
                markup::read(&site.tree.read(path)),
            ))
        })
        .collect();
    let mut findings = Vec::new();
    for path in &paths {
        let Some(page) = site.tree.file_for(path).and_then(|file| pages.get(&file)) else {
            findings.push(format!("{} {path}: cannot be asked for", site.name));
            continue;
        };
        for reference in &page.references {
            if let Some(problem) = problem_with(&site.tree, &pages, path, &reference.url) {
                let (name, line, url) = (site.name, reference.line, &reference.url);
                findings.push(format!("{name} {path} line {line}: {url}: {problem}"));
            }
        }
    }
    findings
}

/// What `url`, as written on the page at `path`, asks this site for; nothing if it asks another.
pub fn local_target(path: &str, url: &str) -> Result<Option<Url>, url::ParseError> {
    let base = Url::parse(BASE_URL).expect("the base URL is a URL");
    let target = base.join(path)?.join(url)?;
    Ok(Some(target).filter(|target| target.origin() == base.origin()))
}

fn problem_with(
    tree: &Tree,
    pages: &BTreeMap<PathBuf, Markup>,
    path: &str,
    url: &str,
) -> Option<String> {
    let target = match local_target(path, url) {
        Ok(target) => target?,
        Err(error) => return Some(format!("is not a URL ({error})")),
    };
    let Some(file) = tree.file_for(target.path()) else {
        return Some(format!("there is no file for {}", target.path()));
    };
    let fragment = percent_decode_str(target.fragment()?).decode_utf8_lossy();
    let ids = &pages.get(&file)?.ids;
    let exists = fragment.is_empty() || fragment == "top" || ids.contains(&*fragment);
    (!exists).then(|| format!("nothing in {} has the id {fragment}", target.path()))
}
