//! Blocks: paragraphs, headings, lists, tables, quotations, code.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Tag, TagEnd};

use crate::config::HtmlPolicy;
use crate::diagnostic::Code as Kind;
use crate::message::say;
use crate::parse::highlight;

use super::headings::Title;
use super::raw::{self, Sink};
use super::writer::{Extent, Writer};
use super::{Finding, escape, hints};

/// The table that is open.
#[derive(Default)]
pub struct Table {
    alignments: Vec<Alignment>,
    cell: usize,
    is_head: bool,
}

/// The code block that is open.
#[derive(Default)]
pub struct Code {
    language: String,
    /// Its lines so far.
    pub text: String,
}

impl<'a> Writer<'a> {
    pub(super) fn start_block(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                self.fresh_line();
                let _ = write!(self.out, "<{level}");
                self.heading = Some((
                    self.out.len(),
                    id.map(|id| id.to_string()),
                    Title::default(),
                ));
                self.heading_attributes(&classes, &attrs, &range);
                self.out.push('>');
            }
            Tag::BlockQuote(None) => self.open_line("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::CodeBlock(kind) => {
                self.code = Some(Code {
                    language: language(&kind),
                    text: String::new(),
                })
            }
            Tag::List(Some(1)) => self.open_line("<ol>\n"),
            Tag::List(Some(first)) => {
                self.fresh_line();
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::List(None) => self.open_line("<ul>\n"),
            Tag::Item => self.open_line("<li>"),
            Tag::DefinitionList => self.open_line("<dl>\n"),
            Tag::DefinitionListTitle => self.open_line("<dt>"),
            Tag::DefinitionListDefinition => self.open_line("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.table.is_head = true;
                self.table.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(name) => {
                let before = std::mem::take(&mut self.out);
                self.outer.push((before, name.to_string(), range));
            }
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => {
                self.end_heading();
                let _ = writeln!(self.out, "</{level}>");
            }
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.is_head = false;
                self.out.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.out
                    .push_str(if self.table.is_head { "</th>" } else { "</td>" });
                self.table.cell += 1;
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            _ => {}
        }
    }

    pub(super) fn rule(&mut self) {
        self.open_line("<hr />\n");
    }

    fn open_line(&mut self, tag: &str) {
        self.fresh_line();
        self.out.push_str(tag);
    }

    fn start_paragraph(&mut self, range: &Range<usize>) {
        if self.extent != Extent::Inline {
            self.findings.extend(hints::paragraph(self.body, range));
            self.fresh_line();
            self.paragraph.begin(self.out.len());
            self.out.push_str("<p>");
        }
    }

    fn end_paragraph(&mut self) {
        if self.extent != Extent::Inline && !self.paragraph.rearrange(&mut self.out) {
            self.out.push_str("</p>\n");
        }
    }

    fn heading_attributes(
        &mut self,
        classes: &[CowStr],
        attributes: &[(CowStr, Option<CowStr>)],
        range: &Range<usize>,
    ) {
        if !classes.is_empty() {
            self.out.push_str(" class=\"");
            escape::attribute(&mut self.out, &classes.join(" "));
            self.out.push('"');
        }
        for (name, value) in attributes {
            let is_plain = name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            let is_harmless = raw::is_harmless_attribute(&name.to_ascii_lowercase());
            if !is_plain || (self.settings.html != HtmlPolicy::Allow && !is_harmless) {
                self.findings.push(Finding {
                    range: range.clone(),
                    code: Kind::HtmlRemoved,
                    message: say::heading_attribute(name),
                    help: Some(say::heading_braces()),
                });
                continue;
            }
            let _ = write!(self.out, " {name}=\"");
            escape::attribute(&mut self.out, value.as_deref().unwrap_or_default());
            self.out.push('"');
        }
    }

    /// The id is known only now that the text is, but belongs at the front.
    fn end_heading(&mut self) {
        let Some((at, written, title)) = self.heading.take() else {
            return;
        };
        let id = match self.given_id.take() {
            Some(id) => id,
            None => self.ids.of(written.as_deref(), &title.finish()).into(),
        };
        let mut attribute = String::from(" id=\"");
        escape::attribute(&mut attribute, &id);
        attribute.push('"');
        self.out.insert_str(at, &attribute);
        if self.settings.heading_anchors {
            self.out.push_str("<a class=\"anchor\" href=\"#");
            escape::href(&mut self.out, &id);
            self.out
                .push_str("\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
        }
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (name, title) = match kind {
            BlockQuoteKind::Note => ("note", &self.labels.note),
            BlockQuoteKind::Tip => ("tip", &self.labels.tip),
            BlockQuoteKind::Important => ("important", &self.labels.important),
            BlockQuoteKind::Warning => ("warning", &self.labels.warning),
            BlockQuoteKind::Caution => ("caution", &self.labels.caution),
        };
        self.fresh_line();
        let _ = write!(
            self.out,
            "<div class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">"
        );
        escape::text(&mut self.out, title);
        self.out.push_str("</p>\n");
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table {
            alignments,
            cell: 0,
            is_head: true,
        };
        self.out
            .push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape::attribute(&mut self.out, &self.labels.table);
        self.out.push_str("\"><table>");
    }

    fn start_cell(&mut self) {
        self.out
            .push_str(if self.table.is_head { "<th" } else { "<td" });
        self.out
            .push_str(match self.table.alignments.get(self.table.cell) {
                Some(Alignment::Left) => " style=\"text-align: left\">",
                Some(Alignment::Center) => " style=\"text-align: center\">",
                Some(Alignment::Right) => " style=\"text-align: right\">",
                Some(Alignment::None) | None => ">",
            });
    }

    fn end_code(&mut self) {
        let Code { language, text } = self.code.take().unwrap_or_default();
        self.fresh_line();
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, &language);
            self.out.push('"');
        }
        self.out.push('>');
        let is_marked = self.settings.highlight
            && !language.is_empty()
            && highlight::highlight(&language, &text, &mut self.out);
        if !is_marked {
            escape::text(&mut self.out, &text);
        }
        self.out.push_str("</code></pre>\n");
    }

    pub(super) fn task(&mut self, is_done: bool) {
        const CLASS: &str = " class=\"task\"";
        self.paragraph.saw_other();
        if let Some(at) = self.out.rfind("<li>") {
            self.out.insert_str(at + "<li".len(), CLASS);
            if let Some((heading, _, _)) = &mut self.heading {
                *heading += CLASS.len();
            }
        }
        let (state, label) = match is_done {
            true => (" checked", &self.labels.task_done),
            false => ("", &self.labels.task_open),
        };
        let _ = write!(
            self.out,
            "<input type=\"checkbox\" disabled{state} aria-label=\""
        );
        escape::attribute(&mut self.out, label);
        self.out.push_str("\"> ");
    }

    fn end_footnote(&mut self) {
        let Some((before, name, range)) = self.outer.pop() else {
            return;
        };
        let html = std::mem::replace(&mut self.out, before);
        self.definitions.push((name, html, range));
    }

    pub(super) fn end_html_block(&mut self) {
        let source = self.block_html.take().unwrap_or_default();
        match self.settings.html {
            HtmlPolicy::Allow => raw::pass(&source, self.links, &mut self.out),
            HtmlPolicy::Escape if raw::is_more(source.text.trim()) => {}
            HtmlPolicy::Escape => {
                self.open_line("<p>");
                escape::text(&mut self.out, source.text.trim_end());
                self.out.push_str("</p>\n");
            }
            HtmlPolicy::Sanitize => {
                self.has_html = true;
                let mut sink = Sink {
                    out: &mut self.out,
                    findings: &mut self.findings,
                    links: self.links,
                };
                self.filter.block(&source, self.scope, &mut sink);
                self.note_depth();
            }
        }
    }
}

/// The first word behind the fence, without options such as `,linenos`.
fn language(kind: &CodeBlockKind) -> String {
    let CodeBlockKind::Fenced(info) = kind else {
        return String::new();
    };
    let word = info.split_whitespace().next().unwrap_or_default();
    match word.split_once(',') {
        Some((language, _)) if !language.is_empty() => language.to_owned(),
        _ => word.to_owned(),
    }
}
