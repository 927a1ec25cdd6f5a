//! How much there is to read.

use serde::{Deserialize, Serialize};

/// The length of a text: words where words are parted by spaces, characters where they are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Words {
    /// Words of scripts that part them.
    pub latin: u32,
    /// Han characters, kana and hangul.
    pub han: u32,
}

/// Brysbaert (2019) finds 238 words a minute for silent reading of English non-fiction; people who
/// read in a second language are slower, so a little less is counted on.
const LATIN_PER_MINUTE: u32 = 230;

/// A round number for silent reading of Chinese; Zola counts on 439.
const HAN_PER_MINUTE: u32 = 400;

impl Words {
    /// Words and characters together.
    pub fn count(self) -> u32 {
        self.latin.saturating_add(self.han)
    }

    /// Minutes that reading takes, rounded up; 0 only where there is nothing to read.
    pub fn reading_minutes(self) -> u32 {
        let of_latin = u64::from(self.latin) * u64::from(HAN_PER_MINUTE);
        let of_han = u64::from(self.han) * u64::from(LATIN_PER_MINUTE);
        let per_minute = u64::from(LATIN_PER_MINUTE * HAN_PER_MINUTE);
        let minutes = (of_latin + of_han).div_ceil(per_minute);
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }
}

/// Part of a word.
const LETTER: u8 = 1;
/// Part of a word if it goes on behind.
const JOINER: u8 = 2;
/// The end of a word.
const GAP: u8 = 4;

/// What each ASCII character is to a word.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        kinds[byte as usize] = match byte {
            b'\'' | b'-' | b'_' => JOINER,
            _ if byte.is_ascii_alphanumeric() => LETTER,
            _ => GAP,
        };
        byte += 1;
    }
    kinds
};

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
                // U+5000 to U+9FFF: Han characters, and nearly all that there are in a text.
                0xe5..=0xe9 => self.han(rest),
                _ => self.other(rest),
            };
            rest = &rest[length..];
        }
    }

    /// Counts the ASCII that a text begins with, and says how long it is.
    fn ascii(&mut self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let is_over = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii());
        let end_of = |start: usize, kinds: u8| {
            let other = |byte: &u8| KINDS[usize::from(*byte)] & kinds == 0;
            let found = bytes[start..].iter().position(other);
            found.map_or(bytes.len(), |length| start + length)
        };
        let mut at = 0;
        loop {
            if self.in_word {
                at = end_of(at, LETTER | JOINER);
                if is_over(at) {
                    return at;
                }
                self.in_word = false;
            }
            at = end_of(at, JOINER | GAP);
            if is_over(at) {
                return at;
            }
            self.words.latin = self.words.latin.saturating_add(1);
            self.in_word = true;
        }
    }

    /// Counts the Han characters of U+5000 to U+9FFF that a text begins with.
    fn han(&mut self, text: &str) -> usize {
        let leads = text.bytes().step_by(3);
        let characters = leads.take_while(|lead| matches!(lead, 0xe5..=0xe9)).count();
        let count = u32::try_from(characters).unwrap_or(u32::MAX);
        self.words.han = self.words.han.saturating_add(count);
        self.in_word = false;
        characters * 3
    }

    /// Counts the first character of a text.
    fn other(&mut self, text: &str) -> usize {
        let char = text.chars().next().unwrap_or_default();
        if is_han(char) {
            self.words.han = self.words.han.saturating_add(1);
            self.in_word = false;
        } else if char.is_alphanumeric() {
            self.words.latin = self.words.latin.saturating_add(u32::from(!self.in_word));
            self.in_word = true;
        } else if char != '’' {
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
    char >= '\u{1100}'
        && matches!(char,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
        | '\u{3131}'..='\u{318e}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> (u32, u32) {
        let mut counter = Counter::default();
        counter.text(text);
        let words = counter.finish();
        (words.latin, words.han)
    }

    #[test]
    fn words_and_characters_are_counted_apart() {
        assert_eq!(count("It's a well-known fact, isn’t it?"), (6, 0));
        assert_eq!(count("义诊活动，2021年 COVID-19"), (2, 5));
        assert_eq!(count("カタカナ と 한국어"), (0, 8));
        assert_eq!(count(" — … ！"), (0, 0));
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
        let minutes = |latin, han| Words { latin, han }.reading_minutes();
        assert_eq!(minutes(0, 0), 0);
        assert_eq!(minutes(1, 0), 1);
        assert_eq!(minutes(230, 0), 1);
        assert_eq!(minutes(230, 1), 2);
        assert_eq!(minutes(460, 800), 4);
        assert_eq!(minutes(u32::MAX, u32::MAX), 29_411_190);
    }
}
