//! Takes a browser to every page of some sites.

use std::fmt;

use crate::pages::Page;
use crate::requirements;
use crate::server::StaticServer;
use crate::site::Site;
use crate::webdriver::Browser;

/// What is wrong with a page.
pub struct Finding {
    site: &'static str,
    page: &'static str,
    path: &'static str,
    problem: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self {
            site,
            page,
            path,
            problem,
        } = self;
        write!(formatter, "{site}, {page} {path}: {problem}")
    }
}

/// A page that is being served.
pub struct Visit<'a> {
    pub origin: &'a str,
    pub url: String,
    pub page: &'static Page,
    pub site: &'static Site,
}

/// What `check` finds on the pages of the sites; nothing at all where there is no browser.
pub fn every_page(
    sites: &'static [Site],
    check: impl Fn(&Browser, &Visit) -> Vec<String>,
) -> Vec<Finding> {
    let Some(programs) = requirements::browser_programs() else {
        return Vec::new();
    };
    let browser = Browser::start(&programs);
    let mut findings = Vec::new();
    for site in sites {
        let server = StaticServer::start(&site.tree);
        for page in &site.pages {
            let url = format!("{}{}", server.origin(), page.path);
            let problems = check(
                &browser,
                &Visit {
                    origin: server.origin(),
                    url,
                    page,
                    site,
                },
            );
            findings.extend(problems.into_iter().map(|problem| Finding {
                site: site.name,
                page: &page.name,
                path: &page.path,
                problem,
            }));
        }
    }
    findings
}
