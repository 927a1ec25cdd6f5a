//! The accessibility rules that a program can judge, by the axe engine.

use std::fs;

use serde_json::Value;

use crate::requirements;
use crate::visit::Visit;
use crate::webdriver::{Browser, View};

const VIEWS: [View; 3] = [
    View {
        width: 1280,
        scheme: "light",
    },
    View {
        width: 1280,
        scheme: "dark",
    },
    View {
        width: 320,
        scheme: "light",
    },
];

/// Beside the rules that axe applies by default, those of WCAG 2.2 AA, which it does not.
const RUN_AXE: &str = "
    const rules = {};
    for (const rule of axe.getRules(['wcag22aa'])) rules[rule.ruleId] = { enabled: true };
    return axe.run(document, { rules }).then(result => ({
      violations: result.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n')[1].trim()}`)),
      contrastJudged: [...result.passes, ...result.violations]
        .some(rule => rule.id === 'color-contrast'),
    }));";

/// The axe engine, ready to be put into pages.
pub struct Axe {
    script: String,
}

impl Axe {
    /// Nothing where axe is not installed.
    pub fn load() -> Option<Self> {
        let file = requirements::axe_script()?;
        let engine = fs::read_to_string(file).expect("axe can be read");
        Some(Self {
            script: format!("{engine}\n{RUN_AXE}"),
        })
    }

    pub fn violations(&self, browser: &Browser, visit: &Visit) -> Vec<String> {
        VIEWS
            .iter()
            .flat_map(|view| self.violations_in(browser, visit, *view))
            .collect()
    }

    fn violations_in(&self, browser: &Browser, visit: &Visit, view: View) -> Vec<String> {
        browser.show_as(view);
        browser.open(&visit.url);
        let result = browser.evaluate(&self.script, &[]);
        let mut problems: Vec<String> = strings(&result["violations"]);
        if result["contrastJudged"] != true {
            problems.push("axe could not judge the contrast of any text".to_owned());
        }
        let View { width, scheme } = view;
        problems
            .into_iter()
            .map(|problem| format!("{scheme}, {width} px: {problem}"))
            .collect()
    }
}

fn strings(list: &Value) -> Vec<String> {
    let items = list.as_array().expect("axe gives a list of violations");
    items
        .iter()
        .map(|item| item.as_str().expect("a violation is a text").to_owned())
        .collect()
}
