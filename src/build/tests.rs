mod forgetting;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::outputs;
use crate::path::SourcePath;
use crate::render::Engine;
use crate::site::{NodeId, Target};
use crate::trace::Question;

#[expect(clippy::disallowed_methods, reason = "a test writes a site")]
fn site(files: &[(&str, &str)]) -> (tempfile::TempDir, Request) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let request = Request {
        root: folder.path().to_owned(),
        config: None,
        output_dir: None,
        options: Options::at(1_767_225_600),
        jobs: Some(1),
        strict: false,
        warm: true,
        with_entries: true,
        is_last: false,
        format: Format::of("test"),
    };
    (folder, request)
}

/// What is wrong after a file was looked at, and then edited or deleted before it was read.
#[expect(clippy::disallowed_methods, reason = "a test edits a site")]
fn problems_of_a_change(file: &str, edit: Option<&str>) -> Vec<String> {
    let (folder, request) = site(&[
        ("content/one.md", "---\ntitle: One\n---\nFirst.\n"),
        ("templates/page.html", "{{ page.title }}"),
    ]);
    let start = gather::read(&request, None).expect("a site");
    let (inputs, mut problems) = (start.inputs, start.problems);
    assert!(inputs.snapshot.digest(&SourcePath::new(file)).is_some());
    let path = folder.path().join(file);
    match edit {
        Some(text) => std::fs::write(path, text).expect("a written file"),
        None => std::fs::remove_file(path).expect("a removed file"),
    }
    let mut stages = Stages::new(&Silent);
    gather::gather(inputs, &request, None, &mut stages, &mut problems);
    let said = problems.iter().map(|problem| {
        let Diagnostic {
            code,
            path,
            message,
            ..
        } = problem;
        format!("{} {path}: {}", code.as_str(), message.english())
    });
    said.collect()
}

#[test]
fn a_file_that_changes_after_it_was_looked_at_is_no_file_that_may_not_be_read() {
    for file in ["content/one.md", "templates/page.html"] {
        for edit in [Some("Second.\n"), None] {
            let said = problems_of_a_change(file, edit);
            let expected = format!(
                "changed-while-reading {file}: this file changed while the site was being built"
            );
            assert_eq!(said, [expected], "{file} {edit:?}");
        }
    }
}

#[test]
fn a_trace_holds_what_a_page_asked_and_nothing_else() {
    let _alone = forgetting::alone();
    let (_folder, request) = site(&[
        ("site.yaml", "title: A\nbase_url: https://example.org\n"),
        ("content/news/one.md", "---\ntitle: One\n---\nFirst.\n"),
        ("content/news/two.md", "---\ntitle: Two\n---\nSecond.\n"),
    ]);
    let start = gather::read(&request, None).expect("a site");
    let (inputs, mut problems) = (start.inputs, start.problems);
    let mut stages = Stages::new(&Silent);
    let world = gather::gather(inputs, &request, None, &mut stages, &mut problems).world;
    assert_eq!(problems, []);
    let engine = Engine::new(&world.templates, world.graph.nodes.len())
        .unwrap_or_else(|found| panic!("{found:?}"));
    let bodies_asked_by = |page: NodeId| -> Vec<NodeId> {
        let mut routes = world.routes.iter();
        let route = routes.find(|route| route.target == Target::Page(page));
        let reader = world.tracing_reader();
        let mut out = Vec::new();
        outputs::render(&engine, &reader, route.expect("a route"), &mut out).expect("rendered");
        let (trace, problems) = reader.finish();
        assert_eq!(problems, []);
        let (asked, _) = world.notebook.close();
        let asked = trace.questions.iter().map(|id| asked.question(id));
        let bodies = asked.filter_map(|question| match *question {
            Question::Body(id) => Some(id),
            _ => None,
        });
        bodies.collect()
    };
    let pages: Vec<NodeId> = (world.graph.ids())
        .filter(|id| !world.graph.node(*id).is_section)
        .collect();
    assert_eq!(pages.len(), 2);
    // Closing the notebook forgets what shared values are made of, so only one page is asked.
    assert_eq!(bodies_asked_by(pages[0]), [pages[0]]);
}
