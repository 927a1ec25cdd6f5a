//! A site made for measuring, and its twins for other generators: 60 % of the articles in English
//! and 40 % in Chinese, with headings, lists, tables, links to each other, captioned images, and
//! code in 15 % of them; 8 sections of 5 subsections, 40 authors, 25 categories, 300 tags.
//!
//! The templates, in `templates/`, ask for equal work: a layout with the top sections, a trail to
//! the page, title, author, date, contents, tags and neighbours; lists in pages of 20, in which
//! every section has all articles below it; one feed of 20, and a sitemap.

mod article;
mod chance;
mod code;
mod form;
mod names;
mod tongue;

use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub use article::{Article, Length};
pub use form::Form;

use article::PICTURES;

/// Which articles a site has.
#[derive(Clone, Copy)]
pub struct Plan {
    pub articles: usize,
    pub length: Length,
}

/// All sites are made from the same seed, so that figures can be compared.
const SEED: u64 = 1;

impl Plan {
    /// Writes the site for one generator into a new folder.
    pub fn write(self, form: Form, root: &Path) {
        copy(&templates(form), root);
        self.write_sections(form, &root.join("content"));
        write_statics(&root.join("static"));
        (0..self.articles).into_par_iter().for_each(|index| {
            let article = Article::of(SEED, index, self.length);
            let card = &article.card;
            let name = format!("{}/{}/{}.md", card.section.0, card.subsection.0, card.slug);
            let file = root.join("content").join(name);
            fs::write(&file, form.article(&article)).expect("an article");
        });
    }

    fn write_sections(self, form: Form, content: &Path) {
        let write = |folder: &Path, place, number| {
            fs::create_dir_all(folder).expect("a folder");
            let text = form.section(place, number, folder == content);
            fs::write(folder.join("_index.md"), text).expect("a section");
        };
        write(content, ("the headland", "The Headland Bulletin"), 0);
        for (number, section) in names::SECTIONS.into_iter().enumerate() {
            let folder = content.join(section.0);
            write(&folder, section, number + 1);
            for (number, subsection) in names::SUBSECTIONS.into_iter().enumerate() {
                write(&folder.join(subsection.0), subsection, number + 1);
            }
        }
    }
}

fn templates(form: Form) -> std::path::PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/site/templates");
    Path::new(folder).join(form.folder())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy(&from, &to),
            false => drop(fs::copy(&from, &to).expect("a copy")),
        }
    }
}

fn write_statics(folder: &Path) {
    let pictures = folder.join("pictures");
    fs::create_dir_all(&pictures).expect("a folder");
    for number in 0..PICTURES as u8 {
        let picture = image::RgbImage::from_fn(160, 100, |x, y| {
            let (x, y) = (x as u8, y as u8);
            image::Rgb([x.wrapping_mul(number), y / 5 * 10, (x / 8) ^ (y / 4)])
        });
        let file = pictures.join(format!("{number:02}.png"));
        picture.save(file).expect("a picture");
    }
    let style = "body{max-width:44rem;margin:auto;font-family:sans-serif}nav li{display:inline}\n";
    fs::write(folder.join("style.css"), style).expect("a style sheet");
}
