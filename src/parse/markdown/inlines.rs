//! What stands between words: emphasis, links, code, formulas, raw HTML, references.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{LinkType, Tag, TagEnd};

use crate::config::HtmlPolicy;
use crate::diagnostic::Code;
use crate::message::say;

use super::media::SPAN;
use super::raw::{self, Sink, Source};
use super::writer::{Extent, Writer};
use super::{Finding, escape, math, targets};

impl<'a> Writer<'a> {
    pub(super) fn start_inline(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.paragraph.saw_other();
        match tag {
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(link_type, &dest_url, &title, &range),
            _ => {}
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        self.out.push_str(match tag {
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            _ => "</a>",
        });
    }

    fn start_link(&mut self, link_type: LinkType, target: &str, title: &str, range: &Range<usize>) {
        self.out.push_str("<a");
        if self.is_refused(target, false, range) {
            // Without an address it is text.
        } else if link_type == LinkType::Email {
            self.out.push_str(" href=\"mailto:");
            escape::href(&mut self.out, target);
            self.out.push('"');
        } else {
            self.out.push_str(" href=\"");
            match targets::is_absolute(target) {
                true => escape::href(&mut self.out, target),
                false => self.links.write_address(target, &mut self.out),
            }
            self.out.push('"');
            let unusual = targets::scheme(target).filter(|_| !targets::is_external(target));
            self.schemes.extend(unusual.map(str::to_ascii_lowercase));
        }
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, title);
            self.out.push('"');
        }
        if targets::is_external(target) {
            self.external_attributes();
        }
        self.out.push('>');
    }

    /// A link that leaves the site, as the settings want it. A page that opens in a new window
    /// must not reach back into the one it came from.
    fn external_attributes(&mut self) {
        let target = self.settings.external_target.as_deref().unwrap_or_default();
        let rel = self.settings.external_rel.as_deref().unwrap_or_default();
        if !target.is_empty() {
            self.out.push_str(" target=\"");
            escape::attribute(&mut self.out, target);
            self.out.push('"');
        }
        let needs_noopener =
            target == "_blank" && !rel.split_whitespace().any(|word| word == "noopener");
        let rel = match (rel.is_empty(), needs_noopener) {
            (true, true) => "noopener".to_owned(),
            (false, true) => format!("{rel} noopener"),
            (_, false) => rel.to_owned(),
        };
        if !rel.is_empty() {
            self.out.push_str(" rel=\"");
            escape::attribute(&mut self.out, &rel);
            self.out.push('"');
        }
    }

    /// Whether a target could do harm; that is reported.
    pub(super) fn is_refused(
        &mut self,
        target: &str,
        is_image: bool,
        range: &Range<usize>,
    ) -> bool {
        if self.settings.html == HtmlPolicy::Allow {
            return false;
        }
        let Some(scheme) = targets::dangerous(target, is_image) else {
            return false;
        };
        self.findings.push(Finding {
            range: range.clone(),
            code: Code::HtmlRemoved,
            message: say::harmful_scheme(scheme),
            help: Some(say::link_elsewhere()),
        });
        true
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        self.paragraph.saw_other();
        self.out.push_str("<code>");
        escape::text(&mut self.out, text);
        self.out.push_str("</code>");
    }

    /// The one place that says what a line break in the source becomes.
    pub(super) fn soft_break(&mut self) {
        self.out.push(match self.extent {
            Extent::Inline => ' ',
            _ => '\n',
        });
    }

    pub(super) fn formula(&mut self, formula: &str, is_display: bool, range: Range<usize>) {
        let start = self.out.len();
        self.out.push_str(SPAN);
        match math::mathml(formula, is_display, &mut self.out) {
            Ok(()) => self.out.push_str("</span>"),
            Err(reason) => {
                self.out.truncate(start);
                self.inline_code(&self.body[range.clone()]);
                self.findings.push(Finding {
                    range,
                    code: Code::Math,
                    message: say::bad_formula(reason),
                    help: Some(say::mend_formula()),
                });
            }
        }
        match is_display {
            true => self.paragraph.saw_formula(start..self.out.len()),
            false => self.paragraph.saw_other(),
        }
    }

    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        let source = Source::new(html, range);
        self.paragraph.saw_other();
        match self.settings.html {
            HtmlPolicy::Allow => raw::pass(&source, self.links, &mut self.out),
            HtmlPolicy::Escape => escape::text(&mut self.out, html),
            HtmlPolicy::Sanitize => {
                self.has_html = true;
                let mut sink = Sink {
                    out: &mut self.out,
                    findings: &mut self.findings,
                    links: self.links,
                };
                self.filter.inline(&source, self.scope, &mut sink);
                self.note_depth();
            }
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        self.paragraph.saw_other();
        if self.extent != Extent::All {
            return;
        }
        let reference = self.footnotes.refer(name);
        let _ = write!(
            self.out,
            "<sup class=\"footnote-ref\" id=\"fnref-{label}\"><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>",
            label = reference.label(),
            number = reference.number,
        );
    }
}
