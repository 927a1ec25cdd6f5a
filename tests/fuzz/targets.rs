//! What must hold for any input. Each target takes bytes and panics when a promise is broken;
//! `main.rs` replays the corpus, and `cargo-fuzz/` drives the same functions with coverage.

use courant::config::{self, Config, HtmlPolicy, MarkdownSettings, Options};
use courant::date::{Moment, TimeZone};
use courant::parse::{self, markdown};
use courant::path::{self, OutputPath, SourcePath, UrlPath};
use courant::slug::{Slugs, slug};

/// A target: its name, which is its folder of the corpus, and the property.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("dates", dates),
    ("front_matter", front_matter),
    ("markdown", markdown_bodies),
    ("paths", paths),
];

fn settings() -> Config {
    let path = SourcePath::new("site.yaml");
    config::load(&path, None, &Options::at(0), &mut Vec::new())
}

/// A file of any bytes yields a document, and every problem lies within the file.
pub fn front_matter(bytes: &[u8]) {
    let source = SourcePath::new("content/a.md");
    let (document, problems) = parse::document(&source, bytes, &settings());
    assert!(document.body <= bytes.len());
    mended(&source, bytes);
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lines = text.split('\n').count();
    for problem in problems {
        assert!(!problem.message.english().is_empty());
        let problem = problem.pinpoint(&mut |_| Some(text.clone()));
        if let Some(span) = problem.span {
            assert!(
                span.line >= 1 && span.line <= lines,
                "line {} of {lines}",
                span.line
            );
            assert!(span.column >= 1 && span.marked.end <= span.excerpt.len());
        }
    }
}

/// Mending keeps the number of lines, leaves nothing to mend behind, and adds no mistake.
fn mended(source: &SourcePath, bytes: &[u8]) {
    let Some(mended) = parse::mend::mend(source, bytes, &settings()) else {
        return;
    };
    let after = mended.after.as_bytes();
    assert_eq!(parse::mend::mend(source, after, &settings()), None);
    let lines = |text: &str| text.split('\n').count();
    assert_eq!(lines(&mended.before), lines(&mended.after));
    let mistakes = |bytes: &[u8]| parse::document(source, bytes, &settings()).1.len();
    assert!(
        mended.encoding.is_some() || mistakes(bytes) > 0,
        "{:?}",
        mended.before
    );
}

/// What is read as a date is the same date when it is written and read again.
pub fn dates(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let zone = TimeZone::named("Asia/Shanghai").expect("a known zone");
    match Moment::parse(text, &zone) {
        Ok(moment) => {
            let again = Moment::parse(&moment.rfc3339(), &zone).expect("our own form");
            assert_eq!(again.unix(), moment.unix());
            assert!(!moment.long("zh").is_empty());
        }
        Err(problem) => {
            assert!(!problem.message.english().is_empty() && !problem.help.english().is_empty())
        }
    }
}

struct NoLinks;

impl markdown::Links for NoLinks {
    fn link(&self, _: &str) -> Option<String> {
        None
    }

    fn image(&self, _: &str) -> Option<markdown::ImageSource> {
        None
    }
}

/// Any Markdown becomes HTML; sanitised HTML holds no script; the outline's headings are there.
pub fn markdown_bodies(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let outline = markdown::outline(&text, &MarkdownSettings::default(), Default::default());
    for html in [HtmlPolicy::Allow, HtmlPolicy::Escape, HtmlPolicy::Sanitize] {
        let settings = MarkdownSettings {
            html,
            ..MarkdownSettings::default()
        };
        let rendered = markdown::to_html(&text, &settings, &markdown::Labels::default(), &NoLinks);
        for finding in &rendered.findings {
            assert!(finding.range.end <= text.len(), "{:?}", finding.range);
        }
        if html != HtmlPolicy::Allow {
            let lower = rendered.html.to_lowercase();
            assert!(
                !lower.contains("<script") && !lower.contains("<a href=\"javascript:"),
                "{lower}"
            );
        }
    }
    for link in &outline.links {
        assert!(link.range.end as usize <= text.len());
    }
}

/// No path leaves its folder; addresses survive being encoded; slugs are stable.
pub fn paths(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(output) = OutputPath::checked(text) {
        assert!(
            output
                .as_str()
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."))
        );
        assert_eq!(UrlPath::new(output.as_str()).output().as_ref(), Ok(&output));
    }
    if let Some(joined) = path::join("content/a", text) {
        assert!(joined.split('/').all(|part| part != ".."));
    }
    assert_eq!(path::decode(&path::encode(text)), text);
    for slugs in [Slugs::Ascii, Slugs::Unicode] {
        let once = slug(text, slugs);
        assert_eq!(slug(&once, slugs), once);
        assert!(once.is_empty() || OutputPath::checked(&once).is_ok() || once.len() > 255);
    }
}
