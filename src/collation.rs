//! The order of words in a language, as its dictionaries have it: pinyin for Chinese.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// How a language sorts its words. Numbers in them sort as numbers: `Part 9` before `Part 10`.
#[derive(Debug)]
pub struct Collation(CollatorBorrowed<'static>);

/// A text in a form that sorts by its bytes; texts that a dictionary holds for the same word
/// are told apart by their characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    place: Vec<u8>,
    text: String,
}

impl Collation {
    /// The order of the language with this code; that of all languages together where it is
    /// unknown.
    pub fn of(code: &str) -> Self {
        let locale: Locale = code.parse().unwrap_or(Locale::UNKNOWN);
        let collator = collator(&locale).or_else(|| collator(&Locale::UNKNOWN));
        Self(collator.expect("the order of all languages is compiled in"))
    }

    /// What a text is sorted by. It costs as much as a few comparisons of the text itself.
    pub fn key(&self, text: &str) -> SortKey {
        let mut place = Vec::with_capacity(2 * text.len() + 4);
        if !cfg!(feature = "plain_text") {
            let Ok(()) = self.0.write_sort_key_to(text, &mut place);
        }
        SortKey {
            place,
            text: text.to_owned(),
        }
    }
}

fn collator(locale: &Locale) -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(code: &str, words: &str) -> String {
        let collation = Collation::of(code);
        let mut words: Vec<&str> = words.split(' ').collect();
        words.sort_by_cached_key(|word| collation.key(word));
        words.join(" ")
    }

    #[test]
    fn numbers_sort_as_numbers() {
        assert_eq!(
            sorted("en", "part-10 Part-9 Part-9b part-090 Éloge Annex"),
            "Annex Éloge Part-9 Part-9b part-10 part-090"
        );
        assert_eq!(sorted("zh", "第10章 第9章 第100章"), "第9章 第10章 第100章");
    }

    #[test]
    fn each_language_has_its_own_order() {
        for (code, words) in [
            ("zh", "阿 陈 李 王 张 Annex"),
            ("zh-Hans", "阿 陈 李 王 张 Annex"),
            ("zh-TW", "王 李 阿 張 陳 Annex"),
            ("sv", "Annex Zebra Ärlig Öl"),
            ("de", "Annex Ärlig Öl Zebra"),
            ("qq-unknown", "Annex Ärlig Öl Zebra 王"),
            ("en-12", "Annex Ärlig Öl Zebra 王"),
        ] {
            let mut backwards: Vec<&str> = words.split(' ').collect();
            backwards.reverse();
            assert_eq!(sorted(code, &backwards.join(" ")), words, "{code}");
        }
    }

    #[test]
    fn texts_of_one_place_have_one_order() {
        assert_eq!(
            sorted("en", "part-09 part-9"),
            sorted("en", "part-9 part-09")
        );
        assert_eq!(sorted("en", "e\u{301} é"), sorted("en", "é e\u{301}"));
    }
}
