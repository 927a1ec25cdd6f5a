//! Images, and paragraphs that hold nothing but images or formulas.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::writer::Writer;
use super::{Image, escape, targets};

/// What a formula between words stands in.
pub const SPAN: &str = "<span class=\"math\">";

/// The image whose alternative text is being read.
pub struct Picture {
    target: String,
    title: String,
    alt: String,
    range: Range<usize>,
    nested: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn start_picture(&mut self, tag: Tag<'a>, range: Range<usize>) {
        if let Tag::Image {
            dest_url, title, ..
        } = tag
        {
            self.picture = Some(Picture {
                target: dest_url.to_string(),
                title: title.to_string(),
                alt: String::new(),
                range,
                nested: 0,
            });
        }
    }

    pub(super) fn in_picture(&mut self, event: &Event) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(_) => picture.nested += 1,
            Event::End(_) if picture.nested > 0 => picture.nested -= 1,
            Event::End(_) => self.end_picture(),
            Event::Text(text) | Event::Code(text) => picture.alt.push_str(text),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => {
                picture.alt.push_str(formula)
            }
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let start = self.out.len();
        let Image { source, size } = match targets::is_absolute(&picture.target) {
            true => Image::new(&picture.target, None),
            false => self.links.attributes(&picture.target),
        };
        self.out.push_str("<img src=\"");
        if !self.is_refused(&picture.target, true, &picture.range) {
            self.out.push_str(&source);
        }
        self.out.push_str("\" alt=\"");
        escape::attribute(&mut self.out, &picture.alt);
        self.out.push('"');
        let title_start = self.out.len();
        if !picture.title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, &picture.title);
            self.out.push('"');
        }
        let title = title_start..self.out.len();
        self.out.push_str(&size);
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
        self.paragraph
            .saw_image(start..self.out.len(), title, picture.title);
    }
}

/// What a paragraph has held so far.
#[derive(Default)]
pub struct Pieces {
    start: usize,
    pieces: Vec<Piece>,
    has_words: bool,
}

enum Piece {
    /// An image's bytes, those of its title attribute, and the title.
    Image(Range<usize>, Range<usize>, String),
    /// A formula's bytes.
    Formula(Range<usize>),
}

impl Pieces {
    /// A paragraph begins.
    pub fn begin(&mut self, start: usize) {
        self.start = start;
        self.pieces.clear();
        self.has_words = false;
    }

    /// Text was written.
    pub fn saw_text(&mut self, text: &str) {
        self.has_words |= !text.trim_ascii().is_empty();
    }

    /// Something else than text, an image or a displayed formula was written.
    pub fn saw_other(&mut self) {
        self.has_words = true;
    }

    /// A displayed formula was written.
    pub fn saw_formula(&mut self, bytes: Range<usize>) {
        if !self.has_words {
            self.pieces.push(Piece::Formula(bytes));
        }
    }

    fn saw_image(&mut self, bytes: Range<usize>, title_bytes: Range<usize>, title: String) {
        if !self.has_words {
            self.pieces.push(Piece::Image(bytes, title_bytes, title));
        }
    }

    /// Turns a paragraph of nothing but images or formulas into figures, a gallery, or formulas
    /// that stand for themselves; `false` if it is an ordinary one.
    pub fn rearrange(&mut self, out: &mut String) -> bool {
        if self.has_words || self.pieces.is_empty() {
            return false;
        }
        let images = self
            .pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Image(..)))
            .count();
        let written = match (images, self.pieces.as_slice()) {
            (1, [Piece::Image(_, _, title)]) if title.is_empty() => return false,
            (0, formulas) => formulas.iter().map(|formula| formula.alone(out)).collect(),
            (1, [image]) => image.alone(out),
            (_, all) if images == all.len() => {
                let images: String = all.iter().map(|image| image.alone(out)).collect();
                format!("<div class=\"gallery\">\n{images}</div>\n")
            }
            _ => return false,
        };
        out.truncate(self.start);
        out.push_str(&written);
        true
    }
}

impl Piece {
    /// The piece as a block of its own.
    fn alone(&self, out: &str) -> String {
        match self {
            Self::Formula(bytes) => {
                let span = &out[bytes.clone()];
                let formula = &span[SPAN.len()..span.len() - "</span>".len()];
                format!("<div class=\"math\">{formula}</div>\n")
            }
            Self::Image(bytes, _, title) if title.is_empty() => {
                format!("{}\n", &out[bytes.clone()])
            }
            Self::Image(bytes, title_bytes, title) => {
                let mut figure = String::from("<figure>");
                figure.push_str(&out[bytes.start..title_bytes.start]);
                figure.push_str(&out[title_bytes.end..bytes.end]);
                figure.push_str("<figcaption>");
                escape::text(&mut figure, title);
                figure.push_str("</figcaption></figure>\n");
                figure
            }
        }
    }
}
