//! How much there is to read.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::lanes;

/// The length of a text: words where words are parted by spaces, characters where they are not or
/// where a script is told in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Words {
    /// Words of scripts that part them.
    pub latin: u32,
    /// Han characters.
    pub han: u32,
    /// Kana.
    pub kana: u32,
    /// Hangul syllables.
    pub hangul: u32,
}

/// Words a minute that adults read silently, by language; of English, non-fiction.
/// Source: Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109
/// (2019).
const WORDS_PER_MINUTE: &[(&str, u32)] = &[
    ("ar", 181),
    ("de", 260),
    ("en", 238),
    ("es", 278),
    ("fi", 195),
    ("fr", 214),
    ("he", 224),
    ("it", 285),
    ("nl", 228),
    ("sv", 218),
];

/// Of languages that are not in the table, and of foreign words in Chinese, Japanese and Korean.
const OTHER_WORDS_PER_MINUTE: u32 = 238;

/// Chinese: 260 words a minute (Brysbaert 2019) of 1.6 characters (in the texts of Trauzettel-Klosinski
/// and Dietz, Investigative Ophthalmology & Visual Science 53, 2012: 255 characters in 158 words).
const HAN_PER_MINUTE: u32 = 420;

/// Japanese: 357 characters a minute aloud (Trauzettel-Klosinski and Dietz 2012), times 1.3, for so
/// much faster do people read silently (Brysbaert 2019: 238 to 183 words).
const JAPANESE_PER_MINUTE: u32 = 465;

/// Korean: 226 words a minute (Brysbaert 2019); a word and its particles have about three syllables.
const HANGUL_PER_MINUTE: u32 = 680;

impl Words {
    /// Words and characters together.
    pub fn count(self) -> u32 {
        let characters = self.han.saturating_add(self.kana);
        let characters = characters.saturating_add(self.hangul);
        self.latin.saturating_add(characters)
    }

    /// Minutes that reading takes in a language, rounded up; 0 only where there is nothing to read.
    pub fn reading_minutes(self, language: &str) -> u32 {
        const SCALE: u64 = 1_000_000;
        let language = language.split('-').next().unwrap_or(language);
        let known = WORDS_PER_MINUTE.iter().find(|(code, _)| *code == language);
        let words = known.map_or(OTHER_WORDS_PER_MINUTE, |(_, rate)| *rate);
        let han = match language {
            "ja" => JAPANESE_PER_MINUTE,
            _ => HAN_PER_MINUTE,
        };
        let takes = |number: u32, rate: u32| u64::from(number) * SCALE / u64::from(rate);
        let all = takes(self.latin, words)
            + takes(self.han, han)
            + takes(self.kana, JAPANESE_PER_MINUTE)
            + takes(self.hangul, HANGUL_PER_MINUTE);
        u32::try_from(all.div_ceil(SCALE)).unwrap_or(u32::MAX)
    }
}

/// Counts a text that comes in pieces; a word may go on from one piece to the next.
#[derive(Default)]
pub struct Counter {
    words: Words,
    in_word: bool,
}

impl Counter {
    /// Adds a piece.
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let length = match first {
                0..0x80 => self.ascii(rest),
                // The first bytes of nearly all Han characters that there are in a text.
                0xe4..=0xe9 => self.han(rest),
                _ => self.other(rest),
            };
            rest = &rest[length..];
        }
    }

    /// Counts the ASCII that a text begins with, and says how long it is.
    fn ascii(&mut self, text: &str) -> usize {
        // So many chunks cannot begin more words than a byte can tell, at any place in them.
        const AT_ONCE: usize = 255;
        let (chunks, _) = text.as_bytes().as_chunks();
        let chunks = chunks.iter().map(|chunk| u64::from_le_bytes(*chunk));
        let mut chunks = chunks.take_while(|chunk| chunk & lanes::HIGH == 0);
        let mut length = 0;
        loop {
            let (mut starts, mut count) = (0, 0);
            for chunk in chunks.by_ref().take(AT_ONCE) {
                starts += self.starts(chunk) >> 7;
                count += 1;
            }
            self.words.latin = self.words.latin.saturating_add(lanes::sum(starts));
            length += count * 8;
            if count < AT_ONCE {
                break;
            }
        }
        let rest = text.bytes().skip(length);
        for byte in rest.take_while(u8::is_ascii) {
            self.byte(byte);
            length += 1;
        }
        length
    }

    /// Where words begin in eight bytes of ASCII.
    fn starts(&mut self, bytes: u64) -> u64 {
        let (letters, joiners) = (lanes::letters(bytes), lanes::joiners(bytes));
        let in_word = lanes::in_word(letters, joiners, self.in_word);
        let starts = letters & !lanes::behind(in_word, self.in_word);
        self.in_word = in_word >> 63 == 1;
        starts
    }

    fn byte(&mut self, byte: u8) {
        let is_letter = byte.is_ascii_alphanumeric();
        let begins = is_letter && !self.in_word;
        self.words.latin = self.words.latin.saturating_add(begins.into());
        self.in_word = is_letter || self.in_word && matches!(byte, b'\'' | b'-' | b'_');
    }

    /// Counts the Han characters of U+4E00 to U+9FFF that a text begins with, or its first character.
    fn han(&mut self, text: &str) -> usize {
        let (triples, _) = text.as_bytes().as_chunks();
        let is_han =
            |triple: &&[u8; 3]| matches!(**triple, [0xe5..=0xe9, ..] | [0xe4, 0xb8..=0xbf, _]);
        let characters = triples.iter().take_while(is_han).count();
        if characters == 0 {
            return self.other(text);
        }
        let count = u32::try_from(characters).unwrap_or(u32::MAX);
        self.words.han = self.words.han.saturating_add(count);
        self.in_word = false;
        characters * 3
    }

    /// Counts the first character of a text.
    fn other(&mut self, text: &str) -> usize {
        let char = text.chars().next().unwrap_or_default();
        if is_full_width_sign(char) {
            self.in_word = false;
        } else if is_han(char) {
            let number = match char {
                _ if is_hangul(char) => &mut self.words.hangul,
                _ if is_kana(char) => &mut self.words.kana,
                _ => &mut self.words.han,
            };
            *number = number.saturating_add(1);
            self.in_word = false;
        } else if char.is_alphanumeric() {
            self.words.latin = self.words.latin.saturating_add(u32::from(!self.in_word));
            self.in_word = true;
        } else if !goes_on(char) {
            self.in_word = false;
        }
        char.len_utf8()
    }

    /// What follows begins a new word.
    pub fn gap(&mut self) {
        self.in_word = false;
    }

    /// The result.
    pub fn finish(self) -> Words {
        self.words
    }
}

/// Han characters, kana and hangul: scripts whose length is told in characters.
pub fn is_han(char: char) -> bool {
    // Nearly all that there are in a text.
    const USUAL: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';
    USUAL.contains(&char)
        || char >= '\u{1100}'
            && matches!(char,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
        | '\u{3131}'..='\u{318e}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(char: char) -> bool {
    matches!(char, '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' | '\u{1b000}'..='\u{1b16f}')
}

fn is_hangul(char: char) -> bool {
    matches!(char, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}')
}

/// The signs that stand between words of Chinese.
fn is_full_width_sign(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{3003}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// Whether a word may go on behind a character that is no letter: signs within words, and marks of
/// letters, which some scripts cannot do without.
fn goes_on(char: char) -> bool {
    matches!(char, '’' | '\u{200c}' | '\u{200d}' | '\u{ad}') || is_combining_mark(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn count(text: &str) -> (u32, u32, u32, u32) {
        let mut counter = Counter::default();
        counter.text(text);
        let words = counter.finish();
        (words.latin, words.han, words.kana, words.hangul)
    }

    #[test]
    fn words_and_characters_are_counted_apart() {
        assert_eq!(count("It's a well-known fact, isn’t it?"), (6, 0, 0, 0));
        assert_eq!(count("义诊活动，2021年 COVID-19"), (2, 5, 0, 0));
        assert_eq!(count("カタカナ と 한국어 漢字"), (0, 2, 5, 3));
        assert_eq!(count(" — … ！"), (0, 0, 0, 0));
    }

    #[test]
    fn marks_belong_to_their_letters() {
        assert_eq!(count("cafe\u{301}s de\u{301}ja\u{300}"), (2, 0, 0, 0));
        assert_eq!(count("स्वास्थ्य सेवा"), (2, 0, 0, 0));
        assert_eq!(count("مُحَمَّد می\u{200c}خواهم"), (2, 0, 0, 0));
    }

    /// One character after the other, whatever it is.
    fn counted_slowly(text: &str) -> (u32, u32) {
        let (mut words, mut han, mut in_word) = (0, 0, false);
        for char in text.chars() {
            let is_letter = char.is_alphanumeric() && !is_han(char);
            han += u32::from(is_han(char));
            words += u32::from(is_letter && !in_word);
            in_word = is_letter || in_word && matches!(char, '\'' | '’' | '-' | '_');
        }
        (words, han)
    }

    #[test]
    fn long_texts_are_counted_like_short_ones() {
        let pieces = [
            "word", " ", "it's", "-", "_", "，", "义诊", ".", "É", "9", "”", "’", "一", "䷿",
        ];
        let mut chance = Chance::new(7);
        for _ in 0..400 {
            let text = chance.text(&pieces, 400);
            let (words, han, _, _) = count(&text);
            assert_eq!((words, han), counted_slowly(&text), "{text}");
            let ascii = text.replace(|char: char| !char.is_ascii(), "x ");
            assert_eq!(count(&ascii).0, counted_slowly(&ascii).0, "{ascii}");
        }
    }

    #[test]
    fn very_long_texts_are_counted_too() {
        for piece in ["a ", "a-b c", "-a", "'' it''s ", "eight by eight, 义"] {
            for times in [1_000, 1_021, 3_000] {
                let text = piece.repeat(times);
                assert_eq!(count(&text).0, counted_slowly(&text).0, "{times} × {piece}");
            }
        }
        assert_eq!(count(&"a ".repeat(1_021)).0, 1_021);
    }

    #[test]
    fn a_word_goes_on_in_the_next_piece() {
        let mut counter = Counter::default();
        counter.text("un");
        counter.text("believable");
        counter.gap();
        counter.text("story");
        assert_eq!(counter.finish().latin, 2);
    }

    #[test]
    fn minutes_are_rounded_up() {
        let minutes = |latin, han, language| {
            let words = Words {
                latin,
                han,
                ..Words::default()
            };
            words.reading_minutes(language)
        };
        assert_eq!(minutes(0, 0, "en"), 0);
        assert_eq!(minutes(1, 0, "en"), 1);
        assert_eq!(minutes(238, 0, "en-GB"), 1);
        assert_eq!(minutes(239, 0, "en"), 2);
        assert_eq!(minutes(238, 420, "zh"), 2);
        assert_eq!(minutes(u32::MAX, u32::MAX, "zh"), 28_272_194);
    }

    #[test]
    fn each_language_and_script_has_its_speed() {
        let minutes = |words: Words, language| words.reading_minutes(language);
        let latin = Words {
            latin: 1_000,
            ..Words::default()
        };
        assert_eq!(
            ["ar", "de", "fr", "it", "ru"].map(|code| minutes(latin, code)),
            [6, 4, 5, 4, 5]
        );
        let han = Words {
            han: 9_000,
            ..Words::default()
        };
        assert_eq!(
            ["zh-Hant", "en", "ja"].map(|code| minutes(han, code)),
            [22, 22, 20]
        );
        let kana = Words {
            kana: 4_650,
            ..Words::default()
        };
        let hangul = Words {
            hangul: 6_800,
            ..Words::default()
        };
        assert_eq!([minutes(kana, "ja"), minutes(hangul, "ko")], [10, 10]);
    }
}
