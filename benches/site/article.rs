//! Article number so-and-so. It is the same whatever the number of articles is; it links only to
//! articles before it.

use chrono::{DateTime, SecondsFormat};

use super::chance::Chance;
use super::code;
use super::names::{self, Place};
use super::tongue::Tongue;

/// How long articles are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// 3 to 10 kB.
    Usual,
    /// About 1 kB.
    Short,
}

/// What a link to an article has to know.
pub struct Card {
    pub is_chinese: bool,
    pub section: Place,
    pub subsection: Place,
    pub slug: String,
    pub title: String,
}

pub struct Article {
    pub card: Card,
    pub author: String,
    pub date: String,
    pub category: &'static str,
    pub tags: Vec<String>,
    pub description: String,
    pub body: Vec<Piece>,
}

/// A piece of a body; links are written as each generator wants them.
pub enum Piece {
    Text(String),
    Link(Card),
}

/// Captioned images that all articles share.
pub const PICTURES: usize = 64;

impl Card {
    pub fn of(seed: u64, index: usize) -> Self {
        let chance = &mut Chance::of(seed, 1, index);
        let is_chinese = chance.percent(40);
        let [one, other] = [(); 2].map(|()| chance.one(Tongue::of(false).things));
        Self {
            is_chinese,
            section: names::SECTIONS[chance.below(8)],
            subsection: names::SUBSECTIONS[chance.below(5)],
            slug: format!("{one}-{other}-{index:06}").replace(' ', "-"),
            title: Tongue::of(is_chinese).title(chance),
        }
    }
}

impl Article {
    pub fn of(seed: u64, index: usize, length: Length) -> Self {
        let card = Card::of(seed, index);
        let chance = &mut Chance::of(seed, 2, index);
        let tongue = Tongue::of(card.is_chinese);
        let (first, second) = (tongue.sentence(chance), tongue.sentence(chance));
        Self {
            author: names::author(chance),
            date: date(chance),
            category: names::category(card.is_chinese, chance),
            tags: names::tags(chance),
            description: format!("{first}{0}{1}{second}{0}", tongue.stop, tongue.gap()),
            body: Writer::new(seed, index, &card).body(length),
            card,
        }
    }
}

/// A second of the years 2015 to 2025.
fn date(chance: &mut Chance) -> String {
    const FIRST: i64 = 1_420_070_400;
    const DAYS: usize = 4_018;
    let second = FIRST + chance.below(DAYS * 86_400) as i64;
    let date = DateTime::from_timestamp(second, 0).expect("a date of these years");
    date.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Writes a body until it is long enough.
struct Writer {
    seed: u64,
    index: usize,
    tongue: &'static Tongue,
    chance: Chance,
    pieces: Vec<Piece>,
    /// The text since the last link.
    text: String,
    /// Bytes so far; links count by their text alone, for addresses differ by generator.
    size: usize,
}

impl Writer {
    fn new(seed: u64, index: usize, card: &Card) -> Self {
        Self {
            seed,
            index,
            tongue: Tongue::of(card.is_chinese),
            chance: Chance::of(seed, 3, index),
            pieces: Vec::new(),
            text: String::new(),
            size: 0,
        }
    }

    fn body(mut self, length: Length) -> Vec<Piece> {
        let wanted = match length {
            Length::Usual => 2_800 + (self.chance.below(6_400) + self.chance.below(3_600)) / 2,
            Length::Short => 200 + self.chance.below(300),
        };
        let has_code = self.chance.percent(15);
        let mut codes = usize::from(has_code) + usize::from(has_code && self.chance.percent(30));
        self.paragraph();
        while self.size < wanted {
            self.heading("##");
            for _ in 0..1 + self.chance.below(3) {
                self.paragraph();
            }
            if codes > 0 && length == Length::Usual {
                codes -= 1;
                let code = code::block(&mut self.chance);
                self.block(&code);
            }
            match self.chance.below(100) {
                0..22 => self.list(),
                22..32 => self.table(),
                32..44 => self.picture(),
                44..52 => self.quote(),
                _ => {}
            }
            if self.size < wanted && self.chance.percent(45) {
                self.heading("###");
                self.paragraph();
            }
        }
        self.pieces.push(Piece::Text(self.text));
        self.pieces
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.size += text.len();
    }

    fn block(&mut self, text: &str) {
        self.push(text);
        self.push("\n");
    }

    fn heading(&mut self, marks: &str) {
        let title = self.tongue.phrase(&mut self.chance);
        self.block(&format!("{marks} {title}\n"));
    }

    /// A few sentences. Every other article has a line for each.
    fn paragraph(&mut self) {
        let sentences = 2 + self.chance.below(4);
        for number in 0..sentences {
            if number > 0 {
                let gap = if self.index % 2 == 1 {
                    "\n"
                } else {
                    self.tongue.gap()
                };
                self.push(gap);
            }
            let sentence = self.tongue.sentence(&mut self.chance);
            self.push(&sentence);
            self.decorate();
            self.push(self.tongue.stop);
        }
        self.push("\n\n");
    }

    /// What makes a sentence more than plain text.
    fn decorate(&mut self) {
        let (comma, see) = (self.tongue.comma, self.tongue.see);
        let phrase = self.tongue.phrase(&mut self.chance);
        let number = self.chance.below(10_000);
        match self.chance.below(100) {
            0..10 => self.push(&format!("{comma}**{phrase}**")),
            10..17 => self.push(&format!("{comma}*{phrase}*")),
            17..25 => self.push(&format!("{comma}{see} `read_gauge({number})`")),
            25..31 => {
                let address = format!("https://example.com/survey/{number}?page={}", number % 7);
                self.push(&format!("{comma}{see} [{phrase}]({address})"));
            }
            31..37 if self.index > 0 => {
                self.push(&format!("{comma}{see} "));
                let other = Card::of(self.seed, self.chance.below(self.index));
                self.size += other.title.len();
                let text = std::mem::take(&mut self.text);
                self.pieces.extend([Piece::Text(text), Piece::Link(other)]);
            }
            37 => self.push(&format!("{comma}~~{phrase}~~")),
            _ => {}
        }
    }

    fn list(&mut self) {
        let kind = self.chance.below(10);
        for number in 1..=3 + self.chance.below(5) {
            let mark = match kind {
                0..3 => format!("{number}. "),
                9 if self.chance.percent(50) => "- [x] ".to_owned(),
                9 => "- [ ] ".to_owned(),
                _ => "- ".to_owned(),
            };
            let phrase = self.tongue.phrase(&mut self.chance);
            self.block(&format!("{mark}{phrase}"));
            if (3..6).contains(&kind) && self.chance.percent(40) {
                let phrase = self.tongue.phrase(&mut self.chance);
                self.block(&format!("  - {phrase}"));
            }
        }
        self.push("\n");
    }

    fn table(&mut self) {
        let columns = 3 + self.chance.below(3);
        let rows = 3 + self.chance.below(6);
        for row in 0..=rows {
            for column in 0..columns {
                let cell = match column % 2 == 0 || row == 0 {
                    true => self.chance.one(self.tongue.things).to_owned(),
                    false => format!("{:.2}", self.chance.below(100_000) as f64 / 100.0),
                };
                self.push(&format!("| {cell} "));
            }
            self.push("|\n");
            if row == 0 {
                let rule: String = (0..columns)
                    .map(|column| if column % 2 == 0 { "| --- " } else { "| ---: " })
                    .collect();
                self.block(&format!("{rule}|"));
            }
        }
        self.push("\n");
    }

    fn picture(&mut self) {
        let number = self.chance.below(PICTURES);
        let [what, caption] = [(); 2].map(|()| self.tongue.phrase(&mut self.chance));
        self.block(&format!(
            "![{what}](/pictures/{number:02}.png \"{caption}\")\n"
        ));
    }

    fn quote(&mut self) {
        let sentence = self.tongue.sentence(&mut self.chance);
        let who = names::author(&mut self.chance);
        let stop = self.tongue.stop;
        self.block(&format!("> {sentence}{stop}\n>\n> — {who}\n"));
    }
}
