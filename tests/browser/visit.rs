//! Takes a browser to every page of some sites.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};

use crate::pages::Page;
use crate::requirements::{self, BrowserPrograms};
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

/// A browser that is replaced once if it stops answering. What a page does wrong is a finding and
/// never a panic, so nothing about a page is asked twice because of its faults.
struct Patient {
    programs: BrowserPrograms,
    browser: Option<Browser>,
    spare: bool,
}

impl Patient {
    fn start(programs: BrowserPrograms) -> Self {
        let browser = Some(Browser::start(&programs));
        Self {
            programs,
            browser,
            spare: true,
        }
    }

    fn ask<T>(&mut self, question: impl Fn(&Browser) -> T) -> T {
        let browser = self.browser.as_ref().expect("a browser runs");
        match panic::catch_unwind(AssertUnwindSafe(|| question(browser))) {
            Ok(answer) => answer,
            Err(lost) if !self.spare => panic::resume_unwind(lost),
            Err(_) => {
                println!("the browser stopped answering; another one takes its place");
                self.spare = false;
                // Only one may run at a time, so the old one goes first.
                self.browser = None;
                question(self.browser.insert(Browser::start(&self.programs)))
            }
        }
    }
}

/// What `check` finds on the pages of the sites; nothing at all where there is no browser.
pub fn every_page(
    sites: &'static [Site],
    check: impl Fn(&Browser, &Visit) -> Vec<String>,
) -> Vec<Finding> {
    let Some(programs) = requirements::browser_programs() else {
        return Vec::new();
    };
    let mut browser = Patient::start(programs);
    let mut findings = Vec::new();
    for site in sites {
        let server = StaticServer::start(&site.tree);
        for page in &site.pages {
            let url = format!("{}{}", server.origin(), page.path);
            let visit = Visit {
                origin: server.origin(),
                url,
                page,
                site,
            };
            let problems = browser.ask(|browser| check(browser, &visit));
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
