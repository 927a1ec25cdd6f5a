//! Texts → the words of an address: `义诊活动 2021` → `yizhen-huodong-2021`.

mod pinyin;

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Which letters an address may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Slugs {
    /// Latin letters lose their accents, Chinese becomes pinyin; other scripts keep their letters.
    #[default]
    Ascii,
    /// The same for languages that read Han characters in their own way: they stay as they are.
    AsciiBesideHan,
    /// Letters of every script stay as they are.
    Unicode,
}

impl Slugs {
    /// The values of `slugs`.
    pub const ALL: &[(&str, Self)] = &[("ascii", Self::Ascii), ("unicode", Self::Unicode)];

    /// What this setting means in a language.
    pub fn in_language(self, code: &str) -> Self {
        let language = code.split('-').next().unwrap_or(code);
        match (self, language) {
            (Self::Ascii, "ja" | "ko") => Self::AsciiBesideHan,
            _ => self,
        }
    }
}

/// The id of a heading: its letters and digits in lower case, and never empty. Only the beginning
/// of a very long one counts.
pub fn anchor(text: &str) -> String {
    const LONGEST: usize = 200;
    let beginning = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text, |(end, _)| &text[..end]);
    let id = slug(beginning, Slugs::Unicode);
    match id.is_empty() {
        true => "section".to_owned(),
        false => id,
    }
}

/// Lower-case letters and digits with single hyphens between; empty if `text` has neither.
pub fn slug(text: &str, slugs: Slugs) -> String {
    let is_plain = |byte: u8| byte.is_ascii() && !matches!(byte, b'+' | b'#');
    match text.bytes().all(is_plain) {
        true => of_plain(text),
        false => of_any(text, slugs),
    }
}

/// That of ASCII without signs that are spelt.
fn of_plain(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let words = text.split(|char: char| !char.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug.make_ascii_lowercase();
    slug
}

fn of_any(text: &str, slugs: Slugs) -> String {
    let composed = composed(text);
    let mut words = Words::with_room(composed.len());
    let spells_han = slugs == Slugs::Ascii && !cfg!(feature = "plain_text") && !has_kana(&composed);
    for (at, char) in composed.char_indices() {
        if char.is_ascii() {
            words.end_han();
        }
        let ends_word = || !composed[at + 1..].starts_with(char::is_alphanumeric);
        match char {
            '+' if words.after_letter => words.word("plus"),
            '#' if words.after_letter && ends_word() => words.word("sharp"),
            _ if slugs == Slugs::Unicode => words.letter(char),
            _ => ascii(char, spells_han, &mut words),
        }
    }
    words.finish()
}

/// Whether a text is Japanese, whose Han characters have other readings than pinyin.
fn has_kana(text: &str) -> bool {
    let is_kana = |char| matches!(char, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{31f0}'..='\u{31ff}');
    !text.is_ascii() && text.nfkd().any(is_kana)
}

/// Accents joined to their letters. Most texts have none to join.
fn composed(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|char| char.is_ascii() || is_common_han(char))
    {
        return Cow::Borrowed(text);
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// The block of Han characters that nearly all Chinese is written in: each is a letter, in one form
/// only.
fn is_common_han(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}')
}

fn ascii(char: char, spells_han: bool, words: &mut Words) {
    if char.is_ascii() {
        words.letter(char);
        return;
    }
    for part in std::iter::once(char)
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
    {
        if spells_han && pinyin::is_han(part) {
            words.han.push(part);
            continue;
        }
        words.end_han();
        match latin(part) {
            Some(letters) => letters.chars().for_each(|letter| words.letter(letter)),
            None if is_combining_mark(part) && words.after_latin => {}
            None => words.letter(part),
        }
    }
}

/// Latin letters that are no ASCII letter with an accent.
fn latin(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "k",
        'ŋ' => "ng",
        'ŧ' => "t",
        'ə' => "e",
        _ => return None,
    })
}

/// Words as they are found; what stands between two of them becomes one hyphen.
#[derive(Default)]
struct Words {
    text: String,
    /// Chinese that is not cut into words yet.
    han: Vec<char>,
    gap: bool,
    after_letter: bool,
    after_latin: bool,
}

impl Words {
    fn with_room(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    fn letter(&mut self, char: char) {
        if char.is_ascii_alphanumeric() || is_common_han(char) {
            self.close_gap();
            self.text.push(char.to_ascii_lowercase());
            self.after_letter = !char.is_ascii_digit();
            self.after_latin = char.is_ascii();
            return;
        }
        let is_mark = !char.is_ascii() && is_combining_mark(char);
        let is_kept = if is_mark {
            self.after_letter && !self.gap
        } else {
            char.is_alphanumeric()
        };
        if !is_kept {
            self.gap = true;
            self.after_letter = false;
            self.after_latin = false;
            return;
        }
        self.close_gap();
        self.text.extend(char.to_lowercase());
        if !is_mark {
            self.after_letter = !char.is_numeric();
            self.after_latin = false;
        }
    }

    /// A word that joins neither its left nor its right neighbour.
    fn word(&mut self, word: &str) {
        self.gap = true;
        self.close_gap();
        self.text.push_str(word);
        self.gap = true;
        self.after_letter = true;
        self.after_latin = false;
    }

    /// Whatever follows is no Chinese.
    fn end_han(&mut self) {
        if self.han.is_empty() {
            return;
        }
        for word in pinyin::words(&std::mem::take(&mut self.han)) {
            self.word(&word);
        }
    }

    fn close_gap(&mut self) {
        if self.gap && !self.text.is_empty() && !self.text.ends_with('-') {
            self.text.push('-');
        }
        self.gap = false;
    }

    fn finish(mut self) -> String {
        self.end_han();
        match composed(&self.text) {
            Cow::Borrowed(_) => self.text,
            Cow::Owned(composed) => composed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_folds_latin_and_spells_chinese() {
        let slug = |text| slug(text, Slugs::Ascii);
        assert_eq!(slug("Two New"), "two-new");
        assert_eq!(slug("  Été à la plage!  "), "ete-a-la-plage");
        assert_eq!(
            slug("Straße Łódź Ærø Þór İstanbul"),
            "strasse-lodz-aero-thor-istanbul"
        );
        assert_eq!(slug("义诊活动"), "yizhen-huodong");
        assert_eq!(slug("重庆银行"), "chongqing-yinhang");
        assert_eq!(slug("重慶銀行"), "chongqing-yinhang");
        assert_eq!(slug("第2次义诊：ABC中心"), "di-2-ci-yizhen-abc-zhongxin");
        assert_eq!(slug("ISO13485标准"), "iso13485-biaozhun");
        assert_eq!(slug("㈱义诊"), "zhu-yizhen");
        assert_eq!(slug("ＡＢＣ１２３"), "abc123");
        assert_eq!(slug("Привет Йод"), "привет-йод");
        assert_eq!(slug("한국어"), "한국어");
        assert_eq!(slug("！？…"), "");
    }

    #[test]
    fn only_chinese_is_spelt_in_pinyin() {
        for (text, kept) in [
            ("東京タワー", "東京タワー"),
            ("銀行の行員", "銀行の行員"),
            ("㌔と義", "キロと義"),
        ] {
            assert_eq!(slug(text, Slugs::Ascii), kept);
        }
        assert_eq!(slug("重庆 Été", Slugs::AsciiBesideHan), "重庆-ete");
        assert_eq!(Slugs::Ascii.in_language("ja-JP"), Slugs::AsciiBesideHan);
        assert_eq!(Slugs::Unicode.in_language("ja"), Slugs::Unicode);
        assert_eq!(Slugs::Ascii.in_language("zh"), Slugs::Ascii);
    }

    #[test]
    fn unicode_keeps_every_letter() {
        let slug = |text| slug(text, Slugs::Unicode);
        assert_eq!(slug("Été 义诊（二）"), "été-义诊-二");
        assert_eq!(slug("e\u{301}te\u{301}"), "été");
        assert_eq!(slug("हिन्दी भाषा"), "हिन्दी-भाषा");
        assert_eq!(slug("—"), "");
    }

    #[test]
    fn signs_that_tell_terms_apart_are_spelt() {
        for slugs in [Slugs::Ascii, Slugs::Unicode] {
            assert_eq!(slug("C++", slugs), "c-plus-plus");
            assert_eq!(slug("C#", slugs), "c-sharp");
            assert_eq!(slug(".NET", slugs), "net");
            assert_eq!(slug("issue#12", slugs), "issue-12");
            assert_eq!(slug("3+2", slugs), "3-2");
            assert_eq!(slug("# C", slugs), "c");
        }
        assert_eq!(slug("互联网+", Slugs::Ascii), "hulianwang-plus");
    }

    #[test]
    fn plain_texts_are_treated_like_any() {
        let pieces = ["a", "Zz", "-", " ", "9", "_", "it's", ".", "\t", "\u{7f}"];
        for number in 0..10_000_usize {
            let digits = [
                number % 10,
                number / 10 % 10,
                number / 100 % 10,
                number / 1000,
            ];
            let text = digits.map(|digit| pieces[digit]).concat();
            for slugs in [Slugs::Ascii, Slugs::Unicode] {
                assert_eq!(slug(&text, slugs), of_any(&text, slugs), "{text:?}");
            }
        }
    }

    #[test]
    fn anchors_are_never_empty() {
        assert_eq!(anchor("第一章 概述"), "第一章-概述");
        assert_eq!(anchor("***"), "section");
        assert_eq!(anchor(&"词".repeat(1_000)), "词".repeat(200));
    }

    #[test]
    fn a_slug_of_a_slug_is_itself() {
        for slugs in [Slugs::Ascii, Slugs::AsciiBesideHan, Slugs::Unicode] {
            let rare = (0x3400..0x3_0000).step_by(61);
            for char in (0..0x3400).chain(rare).filter_map(char::from_u32) {
                let text = format!("a{char}+b {char}\u{308}#");
                let once = slug(&text, slugs);
                assert_eq!(slug(&once, slugs), once, "{text:?}");
                assert!(
                    !once.contains("--") && !once.starts_with('-') && !once.ends_with('-'),
                    "{once}"
                );
            }
        }
    }
}
