//! The beginning of a text as plain words, for lists and search engines.

use super::characters::is_joined;
use super::lanes;
use super::words::is_han;

/// The greatest width: a Latin character counts 1, a Han character 2.
const WIDEST: usize = 200;

/// So many bytes are more than the widest text has.
const ENOUGH: usize = 4 * WIDEST + 4;

/// Plain text, gathered until there is more than enough of it.
#[derive(Default)]
pub struct Gathered {
    text: String,
    gap: Option<Gap>,
}

#[derive(Clone, Copy)]
enum Gap {
    Space,
    Line,
}

impl Gathered {
    /// Adds text of a paragraph.
    pub fn text(&mut self, text: &str) {
        let mut rest = &text[..text.floor_char_boundary(ENOUGH)];
        while let Some(first) = rest.chars().next().filter(|_| !self.is_full()) {
            if first.is_whitespace() {
                self.gap = Some(match first {
                    '\n' => self.gap.unwrap_or(Gap::Line),
                    _ => Gap::Space,
                });
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let words = &rest[..words_length(rest)];
            self.close_gap(first);
            self.text.push_str(words);
            rest = &rest[words.len()..];
        }
    }

    /// A line ends here.
    pub fn gap(&mut self) {
        self.gap.get_or_insert(Gap::Line);
    }

    /// A block ends here. Where no punctuation ends it, it does not run into the next one.
    pub fn end_block(&mut self) {
        if self.text.ends_with(char::is_alphanumeric) {
            self.gap = Some(Gap::Space);
        }
        self.gap();
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The excerpt: all of it, or the beginning of it.
    pub fn finish(self) -> String {
        shortened(&self.text, WIDEST).unwrap_or(self.text)
    }

    fn is_full(&self) -> bool {
        self.text.len() >= ENOUGH
    }

    /// Between two wide characters a line break is no space.
    fn close_gap(&mut self, next: char) {
        let Some((gap, last)) = self.gap.take().zip(self.text.chars().next_back()) else {
            return;
        };
        if matches!(gap, Gap::Space) || !is_joined(last, next) {
            self.text.push(' ');
        }
    }
}

/// How much of a text that begins with a word stays as it is: words with one space between them.
fn words_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    // No white space is above a space and below the first byte that is not ASCII.
    let is_of_word = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|byte| matches!(byte, b'!'..=b'~'))
    };
    let is_space = |at: usize| bytes.get(at) == Some(&b' ') && is_of_word(at + 1);
    let mut plain = plain_chunks(bytes);
    while is_of_word(plain) || is_space(plain) {
        plain += 1;
    }
    match bytes.get(plain) {
        None | Some(b' ' | b'\n') => plain,
        _ => {
            let rest = &text[plain..];
            plain + rest.find(char::is_whitespace).unwrap_or(rest.len())
        }
    }
}

/// The same as far as eight bytes at once tell, without a space at the end.
fn plain_chunks(bytes: &[u8]) -> usize {
    let (chunks, _) = bytes.as_chunks();
    let (mut length, mut ends_with_space) = (0, false);
    for chunk in chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)) {
        if chunk & lanes::HIGH != 0 || lanes::printed(chunk) != lanes::HIGH {
            break;
        }
        let spaces = lanes::spaces(chunk);
        if spaces & lanes::behind(spaces, ends_with_space) != 0 {
            break;
        }
        length += 8;
        ends_with_space = spaces >> 63 == 1;
    }
    length - usize::from(ends_with_space)
}

/// The beginning of a plain text: whole sentences, or as many whole words as fit and `…`. `None` if
/// all of it fits. A Latin character is 1 wide, a Han character 2.
pub fn shortened(text: &str, widest: usize) -> Option<String> {
    let fitting = fitting(text, widest)?;
    let kept = match sentence_end(text, &fitting, widest) {
        Some(end) => return Some(text[..end].to_owned()),
        None => &text[..word_end(text, fitting.end)],
    };
    let kept = kept.trim_end_matches(|char: char| !char.is_alphanumeric());
    Some(format!("{kept}…"))
}

/// Han, kana, hangul, and the punctuation that fills a square.
fn is_wide(char: char) -> bool {
    is_han(char) || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '\u{30fb}')
}

fn width(char: char) -> usize {
    if is_wide(char) { 2 } else { 1 }
}

/// As much of the beginning of a text as fits.
struct Fitting {
    /// The byte behind it.
    end: usize,
    width: usize,
}

/// What fits, if not all does.
fn fitting(text: &str, widest: usize) -> Option<Fitting> {
    // No character is wider than its bytes are many.
    if text.len() <= widest {
        return None;
    }
    if text.as_bytes()[..widest].is_ascii() && text.as_bytes()[widest].is_ascii() {
        let (end, width) = (widest, widest);
        return Some(Fitting { end, width });
    }
    let mut all = 0;
    for (end, char) in text.char_indices() {
        let width = all;
        all += self::width(char);
        if all > widest {
            return Some(Fitting { end, width });
        }
    }
    None
}

/// The end of the last sentence that fits, unless that would leave less than a third.
fn sentence_end(text: &str, fitting: &Fitting, widest: usize) -> Option<usize> {
    // Most of a text is one wide and ends no sentence.
    let is_plain = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b' ';
    let Fitting {
        mut end,
        width: mut left,
    } = *fitting;
    while left * 3 >= widest {
        let before = text.as_bytes()[..end].iter().rev();
        let plain = before.take_while(is_plain).count();
        if plain > 0 {
            (end, left) = (end - plain, left - plain);
            continue;
        }
        let char = text[..end].chars().next_back()?;
        let (before, after) = (&text[..end - char.len_utf8()], &text[end..]);
        if ends_sentence(before, char, after) {
            let next = after.chars().next().filter(|_| end < fitting.end);
            let quote = next.filter(|next| is_closing(*next));
            return Some(end + quote.map_or(0, char::len_utf8));
        }
        (end, left) = (before.len(), left - width(char));
    }
    None
}

fn ends_sentence(before: &str, char: char, after: &str) -> bool {
    match char {
        '。' | '！' | '？' | '；' | '｡' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '።' => {
            true
        }
        '.' if is_shortened_word(before) => false,
        '.' | '!' | '?' => {
            let stands_free =
                |next: char| next.is_whitespace() || is_closing(next) || is_wide(next);
            let word = after.trim_start_matches(|char: char| !char.is_alphanumeric());
            let next = after.chars().next();
            next.is_none_or(stands_free) && !word.starts_with(char::is_lowercase)
        }
        _ => false,
    }
}

/// Whether a text ends with a word that is written with a full stop: an initial, or a title.
fn is_shortened_word(before: &str) -> bool {
    const TITLES: &[&str] = &[
        "Dr", "Dra", "Hr", "Fr", "Mme", "Mr", "Mrs", "Ms", "No", "Nr", "Prof", "Sr", "Sra", "St",
    ];
    let word = before.rsplit(|char: char| !char.is_alphabetic()).next();
    let word = word.unwrap_or_default();
    word.chars().count() == 1 || TITLES.contains(&word)
}

fn is_closing(char: char) -> bool {
    matches!(
        char,
        '”' | '’' | '」' | '』' | '）' | ')' | '"' | '»' | '】' | '》'
    )
}

/// The end of the last whole word: before a space, or beside a character that stands for itself.
fn word_end(text: &str, fits: usize) -> usize {
    let next = text[fits..].chars().next();
    if next.is_none_or(|next| next == ' ' || is_wide(next)) {
        return fits;
    }
    let breaks = |(at, char): (usize, char)| match char {
        ' ' => Some(at),
        _ if is_wide(char) => Some(at + char.len_utf8()),
        _ => None,
    };
    text[..fits]
        .char_indices()
        .rev()
        .find_map(breaks)
        .filter(|at| *at > 0)
        .unwrap_or(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn excerpt(text: &str) -> String {
        let mut gathered = Gathered::default();
        gathered.text(text);
        gathered.finish()
    }

    #[test]
    fn long_texts_are_gathered_like_short_ones() {
        let pieces = [
            "word", " ", "a", "  ", "\n", "\t", "-", "eight by", "é", "~", "\u{7f}",
        ];
        let mut chance = Chance::new(7);
        for _ in 0..400 {
            let text = chance.text(&pieces, 200);
            let mut gathered = Gathered::default();
            gathered.text(&text);
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(gathered.text, words.join(" "), "{text:?}");
        }
    }

    #[test]
    fn a_short_text_is_kept_whole() {
        assert_eq!(excerpt(" One  two\nthree. "), "One two three.");
        assert_eq!(excerpt("上午\n九点 ABC\n开始"), "上午九点 ABC 开始");
        assert_eq!(excerpt(""), "");
    }

    #[test]
    fn a_long_text_ends_with_a_sentence() {
        let first =
            "A clinic will be held in the square on Saturday, and everybody is welcome to it.";
        assert_eq!(
            excerpt(&format!("{first} {}", "And so on ".repeat(40))),
            first
        );
        let first = "本周六上午九点至十一点，医学会将在高新区中心广场举行大型义诊活动，欢迎广大居民前来咨询！";
        assert_eq!(
            excerpt(&format!("{first}{}", "届时将有专家到场".repeat(20))),
            first
        );
        let quoted = "He said to all of them on that day in the square: “Come and see for yourselves, all of you!”";
        assert_eq!(
            excerpt(&format!("{quoted} {}", "And so on ".repeat(40))),
            quoted
        );
    }

    #[test]
    fn without_a_sentence_it_ends_with_a_word() {
        let cut = excerpt(&"word, ".repeat(60));
        assert_eq!(cut, format!("{}word…", "word, ".repeat(32)));
        assert_eq!(excerpt(&"义".repeat(150)), format!("{}…", "义".repeat(100)));
        assert_eq!(excerpt(&"x".repeat(5_000)), format!("{}…", "x".repeat(200)));
    }

    #[test]
    fn a_number_is_no_end_of_a_sentence() {
        let text = format!("{} 3.5 {}", "word ".repeat(30).trim(), "word ".repeat(30));
        assert!(excerpt(&text).ends_with("word…"));
    }

    #[test]
    fn sentences_end_as_the_language_writes_them() {
        let end = |sentence: &str, rest: &str| {
            let cut = excerpt(&format!(
                "{} {sentence} {}",
                "word".repeat(20),
                rest.repeat(30)
            ));
            assert!(cut.ends_with(sentence), "{cut}");
        };
        end("هل لديك سؤال؟", "تعال إلى الساحة ");
        end("यह शिविर है।", "सब लोग आएं ");
        end("先生に聞く｡", "皆様どうぞ");
        end("It was the U.S. Senate.", "And so on ");
        end("Ask Dr. Smith.", "And so on ");
        end("He said: “Go!”", "And so on ");
    }

    #[test]
    fn an_early_sentence_is_not_enough() {
        let cut = excerpt(&format!("Hello. {}", "word ".repeat(60)));
        assert!(cut.ends_with('…') && cut.len() > 180, "{cut}");
    }
}
