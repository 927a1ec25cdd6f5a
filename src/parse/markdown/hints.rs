//! Markdown that is valid but surely means something else.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, LinkType};

use super::Finding;
use crate::diagnostic::Code;
use crate::message::{Message, say};

/// A paragraph that was to be a heading.
pub fn paragraph(body: &str, range: &Range<usize>) -> Option<Finding> {
    let text = body.get(range.clone())?;
    // Hardly any paragraph does.
    if !text.starts_with(['#', '＃']) {
        return None;
    }
    let line = text.lines().next().unwrap_or_default();
    let signs = line.trim_start_matches(['#', '＃']);
    let length = line.len() - signs.len();
    let is_full_width = line.starts_with('＃');
    let is_plain = line.starts_with("##") && length <= 6 && !signs.is_empty();
    if !is_full_width && !is_plain {
        return None;
    }
    let sign = &line[..length];
    let (message, help) = match is_full_width {
        true => (say::half_width_heading(), say::write_heading()),
        false => (say::heading_space(sign), say::put_space()),
    };
    Some(finding(range.start..range.start + length, message, help))
}

/// A link whose target is missing, if it can have been meant as one.
pub fn broken_link(body: &str, link: &BrokenLink) -> Option<Finding> {
    let name = link.reference.as_ref();
    let behind = body.get(link.span.end..).unwrap_or_default();
    match link.link_type {
        LinkType::Reference | LinkType::Collapsed => Some(finding(
            link.span.clone(),
            say::link_undefined(name),
            say::define_link(name),
        )),
        _ if behind.starts_with("（http")
            || behind.starts_with("（@/")
            || behind.starts_with("（/") =>
        {
            Some(finding(
                link.span.clone(),
                say::full_width_parentheses(),
                say::half_width_parentheses(),
            ))
        }
        _ => None,
    }
}

/// A reference to a footnote that does not exist is text like any other: `[`, `^name`, `]`.
pub fn missing_footnote(body: &str, range: &Range<usize>) -> Option<Finding> {
    let name = body.get(range.clone())?;
    let before = &body[..range.start];
    let is_reference = name.len() > 1
        && name.starts_with('^')
        && before.ends_with('[')
        && !before.ends_with("\\[")
        && body[range.end..].starts_with(']');
    is_reference.then(|| {
        finding(
            range.start - 1..range.end + 1,
            say::no_footnote(name),
            say::define_footnote(name),
        )
    })
}

fn finding(range: Range<usize>, message: Message, help: Message) -> Finding {
    Finding {
        range,
        code: Code::Markdown,
        message,
        help: Some(help),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Labels, Links, to_html};
    use crate::config::MarkdownSettings;

    struct Nowhere;

    impl Links for Nowhere {
        fn link(&self, _: &str) -> Option<String> {
            None
        }

        fn image(&self, _: &str) -> Option<super::super::ImageSource> {
            None
        }
    }

    fn hints(body: &str) -> Vec<(String, String)> {
        let rendered = to_html(
            body,
            &MarkdownSettings::default(),
            &Labels::default(),
            &Nowhere,
        );
        rendered
            .findings
            .into_iter()
            .map(|finding| (body[finding.range].to_owned(), finding.message.english()))
            .collect()
    }

    fn hint(body: &str) -> (String, String) {
        let [hint] = hints(body).try_into().expect("one hint");
        hint
    }

    fn pair(place: &str, message: &str) -> (String, String) {
        (place.to_owned(), message.to_owned())
    }

    #[test]
    fn headings_that_are_none_are_pointed_out() {
        assert_eq!(
            hint("##标题\n文字"),
            pair("##", "a heading needs a space behind `##`")
        );
        assert_eq!(
            hint("＃ 标题"),
            pair("＃", "a heading begins with the half-width sign `#`")
        );
        assert_eq!(hints("#tag\n\n## Title\n\n#######\n\n\\##x"), []);
    }

    #[test]
    fn references_that_lead_nowhere_are_pointed_out() {
        assert_eq!(
            hint("see [the *list*][list]."),
            pair(
                "[the *list*][list]",
                "no line says where the link `[list]` leads"
            )
        );
        assert_eq!(
            hint("see [list][]."),
            pair("[list]", "no line says where the link `[list]` leads")
        );
        assert_eq!(hint("a[^1] b"), pair("[^1]", "there is no footnote `[^1]`"));
        assert_eq!(
            hint("[义诊]（https://a.cn/）"),
            pair(
                "[义诊]",
                "this is no link, because its address stands in full-width parentheses"
            )
        );
        assert_eq!(hints("国发[2021]（3号） [x] \\[^1] `[^1]`"), []);
    }
}
