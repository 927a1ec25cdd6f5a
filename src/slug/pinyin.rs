//! Chinese → pinyin, word by word: `重庆银行` → `chongqing`, `yinhang`.
//!
//! A table says which words there are, how common each is, and how it is read where that is not
//! what its characters are mostly read as. Of all ways to cut a text into words, the one whose
//! words are the most common is taken. `SOURCES.md` says where the tables come from.

use std::sync::OnceLock;

use memchr::memmem;
use pinyin::ToPinyin;

/// One line for each first character. Behind it, and behind the rest of each word, stands how
/// common it is, from 0 to 9, and behind that its reading, if its characters do not give it away.
const WORDS: &str = include_str!("words.txt");

/// Pairs of a traditional character and the simplified one that the table of words has.
const TRADITIONAL: &str = include_str!("traditional.txt");

/// Characters of the longest word.
const LONGEST: usize = 4;

/// What a word costs that is as rare as the table has them; each step of the scale is one less.
const RAREST: u32 = 13;

/// What a character costs that the table does not have.
const UNKNOWN: u32 = 15;

/// Whether a character has a reading.
pub(super) fn is_han(char: char) -> bool {
    !char.is_ascii() && char.to_pinyin().is_some()
}

/// The words of a text of [`is_han`] characters, in ASCII letters.
pub(super) fn words(text: &[char]) -> Vec<String> {
    let plain: Vec<char> = text.iter().map(|char| simplified(*char)).collect();
    let mut words = Vec::new();
    let mut at = 0;
    for word in cut(&plain) {
        words.push(match (word.reading, word.length) {
            (Some(reading), _) => reading.to_owned(),
            (None, 1) => syllable(text[at]),
            (None, length) => plain[at..at + length]
                .iter()
                .map(|c| syllable(*c))
                .collect(),
        });
        at += word.length;
    }
    words
}

/// A word of the table, or a character that it does not have.
#[derive(Clone, Copy)]
struct Word {
    /// In characters.
    length: usize,
    cost: u32,
    reading: Option<&'static str>,
}

/// Cuts from the end, so that the best way from each place on is known before it is needed. Of
/// two ways that cost the same, the one that begins with the longer word is taken.
fn cut(text: &[char]) -> Vec<Word> {
    // How the last 0, 1, 2 … characters are cut best: the cost, and the first word.
    let mut best: Vec<(u32, Word)> = vec![(0, unknown())];
    for at in (0..text.len()).rev() {
        let mut chosen = (best[best.len() - 1].0 + UNKNOWN, unknown());
        for word in words_at(&text[at..]) {
            let cost = word.cost + best[best.len() - word.length].0;
            if (cost, chosen.1.length) <= (chosen.0, word.length) {
                chosen = (cost, word);
            }
        }
        best.push(chosen);
    }
    let mut words = Vec::new();
    let mut left = text.len();
    while left > 0 {
        let word = best[left].1;
        words.push(word);
        left -= word.length;
    }
    words
}

fn unknown() -> Word {
    Word {
        length: 1,
        cost: UNKNOWN,
        reading: None,
    }
}

/// The words that a text begins with.
fn words_at(text: &[char]) -> impl Iterator<Item = Word> {
    let line = line(text[0]).unwrap_or_default();
    let rest: String = text.iter().skip(1).take(LONGEST - 1).collect();
    let alone = line.split(' ').next();
    let longer = text
        .get(1)
        .into_iter()
        .flat_map(|second| beginning_with(line, *second));
    alone
        .into_iter()
        .chain(longer)
        .filter_map(move |entry| word(entry, &rest))
}

/// The entries of a line that go on with a character. They stand together, because a line is in
/// order.
fn beginning_with(line: &'static str, second: char) -> impl Iterator<Item = &'static str> {
    let mut needle = [b' '; 5];
    let length = second.encode_utf8(&mut needle[1..]).len();
    let at = memmem::find(line.as_bytes(), &needle[..=length]);
    let entries = at.map_or("", |at| &line[at + 1..]).split(' ');
    entries.take_while(move |entry| entry.starts_with(second))
}

/// An entry, if the text goes on as it does.
fn word(entry: &'static str, rest: &str) -> Option<Word> {
    let end = entry.find(|char: char| char.is_ascii_digit())?;
    let (word, data) = entry.split_at(end);
    let class = u32::from(data.as_bytes()[0] - b'0');
    rest.starts_with(word).then(|| Word {
        length: 1 + word.chars().count(),
        cost: RAREST - class,
        reading: Some(&data[1..]).filter(|reading| !reading.is_empty()),
    })
}

/// What the table has of words that begin with a character.
fn line(first: char) -> Option<&'static str> {
    static LINES: OnceLock<Vec<(char, &str)>> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let lines = WORDS.lines();
        lines
            .filter_map(|line| {
                let mut rest = line.chars();
                Some((rest.next()?, rest.as_str()))
            })
            .collect()
    });
    let at = lines.binary_search_by_key(&first, |(char, _)| *char).ok()?;
    Some(lines[at].1)
}

fn simplified(char: char) -> char {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let mut chars = TRADITIONAL.chars().filter(|char| *char != '\n');
        std::iter::from_fn(|| chars.next().zip(chars.next())).collect()
    });
    match pairs.binary_search_by_key(&char, |(from, _)| *from) {
        Ok(at) => pairs[at].1,
        Err(_) => char,
    }
}

/// What a character is mostly read as. `lü` is typed, and found in addresses, as `lv`.
fn syllable(char: char) -> String {
    let plain = char.to_pinyin().map_or("", |syllable| syllable.plain());
    let letters = plain.replace('ü', "v");
    letters
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(text: &str) -> String {
        words(&text.chars().collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn a_word_is_read_as_a_word() {
        for (text, pinyin) in [
            ("重庆银行", "chongqing yinhang"),
            ("长沙音乐行业", "changsha yinyue hangye"),
            ("重要会议", "zhongyao huiyi"),
            ("校长成长", "xiaozhang chengzhang"),
            ("会计调查", "kuaiji diaocha"),
            (
                "关于开展义诊活动的通知",
                "guanyu kaizhan yizhen huodong de tongzhi",
            ),
            ("厦门大学招生", "xiamendaxue zhaosheng"),
            ("西藏朝阳都市", "xizang chaoyang dushi"),
            ("高血压处方", "gaoxueya chufang"),
            ("绿色", "lvse"),
            ("重阳节", "chongyangjie"),
        ] {
            assert_eq!(spelt(text), pinyin, "{text}");
        }
    }

    #[test]
    fn the_likelier_way_to_cut_a_text_is_taken() {
        assert_eq!(spelt("组织和平活动"), "zuzhi heping huodong");
        assert_eq!(spelt("中国人民医院"), "zhongguo renmin yiyuan");
        assert_eq!(spelt("研究生命起源"), "yanjiu shengming qiyuan");
    }

    #[test]
    fn traditional_characters_are_read_as_the_same_words() {
        for (traditional, simplified) in [
            ("重慶銀行", "重庆银行"),
            ("長沙音樂行業", "长沙音乐行业"),
            ("臺灣醫學會", "台湾医学会"),
        ] {
            assert_eq!(spelt(traditional), spelt(simplified));
        }
    }

    #[test]
    fn the_tables_are_in_order() {
        let firsts: Vec<char> = WORDS
            .lines()
            .filter_map(|line| line.chars().next())
            .collect();
        assert!(firsts.is_sorted() && firsts.len() > 5_000);
        let rests = |line: &'static str| line.split(' ').skip(1).map(|entry| entry.chars().next());
        assert!(WORDS.lines().all(|line| rests(line).is_sorted()));
        assert!(WORDS.lines().all(|line| line.chars().skip(1).all(|char| {
            char == ' ' || is_han(char) || char.is_ascii_digit() || char.is_ascii_lowercase()
        })));
        let traditional: Vec<char> = TRADITIONAL
            .lines()
            .flat_map(str::chars)
            .step_by(2)
            .collect();
        assert!(traditional.is_sorted() && traditional.len() > 2_000);
    }

    #[test]
    fn every_reading_is_ascii_and_none_is_empty() {
        for char in (0x3007..0x3_0000)
            .filter_map(char::from_u32)
            .filter(|char| is_han(*char))
        {
            let reading = spelt(&char.to_string());
            assert!(
                !reading.is_empty() && reading.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{char}: {reading}"
            );
        }
    }
}
