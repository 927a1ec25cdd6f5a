//! The quotation marks of each language.

/// The signs around a quotation, and around one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotes {
    pub(super) outer: (&'static str, &'static str),
    pub(super) inner: (&'static str, &'static str),
}

const ENGLISH: Quotes = quotes(("“", "”"), ("‘", "’"));

impl Default for Quotes {
    fn default() -> Self {
        ENGLISH
    }
}

impl Quotes {
    /// Those of the language with this code; English ones where it is unknown.
    pub fn of(code: &str) -> Self {
        let find = |wanted: &str| {
            let is_known = |(codes, _): &&(&[&str], _)| {
                codes.iter().any(|code| code.eq_ignore_ascii_case(wanted))
            };
            QUOTES.iter().find(is_known)
        };
        let mut wanted = code;
        loop {
            match (find(wanted), wanted.rsplit_once('-')) {
                (Some((_, quotes)), _) => return *quotes,
                (None, Some((shorter, _))) => wanted = shorter,
                (None, None) => return ENGLISH,
            }
        }
    }

    /// Whether they are made for text in squares, and look lost around Latin words.
    pub(super) fn are_corners(self) -> bool {
        self.outer.0 == "「"
    }

    /// Those to take around Latin words in a text whose own are corners.
    pub(super) fn of_latin() -> Self {
        ENGLISH
    }
}

const fn quotes(
    outer: (&'static str, &'static str),
    inner: (&'static str, &'static str),
) -> Quotes {
    Quotes { outer, inner }
}

/// Source: Unicode CLDR 48, `delimiters`; French ones stand apart from their words by a narrow
/// space that does not break, which the data leave out. Languages with English ones are left out.
const QUOTES: &[(&[&str], Quotes)] = &[
    (
        &["ja", "yue", "zh-Hant", "zh-TW", "zh-HK", "zh-MO"],
        quotes(("「", "」"), ("『", "』")),
    ),
    (&["bg", "lt"], quotes(("„", "“"), ("„", "“"))),
    (
        &["cs", "de", "et", "hr", "is", "lb", "mk", "sk", "sl"],
        quotes(("„", "“"), ("‚", "‘")),
    ),
    (
        &["am", "de-CH", "fa", "fr-CH", "gsw"],
        quotes(("«", "»"), ("‹", "›")),
    ),
    (&["ar", "ur"], quotes(("”", "“"), ("’", "‘"))),
    (
        &["ast", "br", "ca", "el", "eu", "it-CH", "kk", "pt-PT"],
        quotes(("«", "»"), ("“", "”")),
    ),
    (&["be", "ky", "ru", "uk"], quotes(("«", "»"), ("„", "“"))),
    (&["bs"], quotes(("„", "”"), ("‘", "’"))),
    (&["fi", "he", "sv"], quotes(("”", "”"), ("’", "’"))),
    (
        &["fr"],
        quotes(("«\u{202f}", "\u{202f}»"), ("«\u{202f}", "\u{202f}»")),
    ),
    (&["hu"], quotes(("„", "”"), ("»", "«"))),
    (&["hy"], quotes(("«", "»"), ("«", "»"))),
    (&["ka"], quotes(("„", "“"), ("«", "»"))),
    (&["nb", "nn", "no"], quotes(("«", "»"), ("‘", "’"))),
    (&["nl"], quotes(("‘", "’"), ("‘", "’"))),
    (&["pl", "ro"], quotes(("„", "”"), ("«", "»"))),
    (&["sr"], quotes(("„", "”"), ("’", "’"))),
    (&["ug"], quotes(("»", "«"), ("›", "‹"))),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_code_that_is_known_counts() {
        for (code, open) in [
            ("en", "“"),
            ("zh", "“"),
            ("zh-Hans", "“"),
            ("zh-Hant-TW", "「"),
            ("zh-tw", "「"),
            ("ja-JP", "「"),
            ("de-AT", "„"),
            ("de-CH", "«"),
            ("fr-CA", "«\u{202f}"),
            ("tlh", "“"),
        ] {
            assert_eq!(Quotes::of(code).outer.0, open, "{code}");
        }
    }
}
