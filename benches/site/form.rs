//! How each generator wants an article, a link and a section to be written.

use super::article::{Article, Card, Piece};
use super::names::Place;

/// A generator for which a twin of the site can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Courant,
    Hugo,
    Zola,
}

impl Form {
    /// The folder of the twin, and of its templates.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Courant => "courant",
            Self::Hugo => "hugo",
            Self::Zola => "zola",
        }
    }

    pub fn article(self, article: &Article) -> String {
        let Article {
            card,
            author,
            date,
            category,
            tags,
            description,
            body,
        } = article;
        let title = quoted(&card.title);
        let (author, category) = (quoted(author), quoted(category));
        let tags: Vec<String> = tags.iter().map(|tag| quoted(tag)).collect();
        let (tags, description) = (tags.join(", "), quoted(description));
        let mut text = match self {
            Self::Courant | Self::Hugo => format!(
                "---\ntitle: {title}\nauthor: {author}\ndate: {date}\ncategory: {category}\n\
                 tags: [{tags}]\ndescription: {description}\n---\n\n"
            ),
            Self::Zola => format!(
                "+++\ntitle = {title}\ndate = {date}\ndescription = {description}\n\
                 [taxonomies]\nauthor = [{author}]\ncategory = [{category}]\ntags = [{tags}]\n\
                 +++\n\n"
            ),
        };
        for piece in body {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Link(other) => {
                    text.push_str(&format!("[{}]({})", other.title, self.link(card, other)));
                }
            }
        }
        text
    }

    fn link(self, from: &Card, to: &Card) -> String {
        let (section, subsection, slug) = (to.section.0, to.subsection.0, &to.slug);
        match self {
            Self::Courant if (from.section, from.subsection) == (to.section, to.subsection) => {
                format!("{slug}.md")
            }
            Self::Courant => format!("../../{section}/{subsection}/{slug}.md"),
            Self::Hugo => format!("/{section}/{subsection}/{slug}.md"),
            Self::Zola => format!("@/{section}/{subsection}/{slug}.md"),
        }
    }

    /// The home page, a section or a subsection.
    pub fn section(self, place: Place, number: usize, is_home: bool) -> String {
        let title = quoted(place.1);
        let front = match (self, is_home) {
            (Self::Courant, true) => format!("---\ntitle: {title}\n---\n"),
            (Self::Courant, false) => format!(
                "---\ntitle: {title}\nweight: {number}\ntransparent: true\nfeed: false\n---\n"
            ),
            (Self::Hugo, _) => format!("---\ntitle: {title}\nweight: {number}\n---\n"),
            (Self::Zola, _) => format!(
                "+++\ntitle = {title}\nweight = {number}\nsort_by = \"date\"\n\
                 paginate_by = 20\ntransparent = {}\n+++\n",
                !is_home
            ),
        };
        format!(
            "{front}\nWhat the town wrote down about {}, newest first.\n",
            place.0
        )
    }
}

/// Text as YAML and TOML both read it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}
