//! The languages of a site.

use serde::{Deserialize, Serialize};

use crate::data::Map;
use crate::slug::Slugs;

use super::menu::Menus;

/// A language of the site, by its number in [`super::Config::languages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lang(u16);

impl Lang {
    /// The default language.
    pub const DEFAULT: Self = Self(0);

    /// Its place in the list of languages.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The numbers of the first `count` languages.
    pub fn all(count: usize) -> impl Iterator<Item = Self> + use<> {
        (0..u16::try_from(count).unwrap_or(u16::MAX)).map(Self)
    }
}

/// What one language of the site is called and how it differs.
#[derive(Clone, Debug, Hash)]
pub struct Language {
    /// The BCP 47 code: `en`, `zh`, `zh-Hant`.
    pub code: String,
    /// Its name for itself, for the language switch.
    pub label: String,
    /// The site's name in this language.
    pub title: String,
    /// One sentence about the site in this language.
    pub description: Option<String>,
    /// Menus by name; `None`: the top sections.
    pub menus: Menus,
    /// How names become parts of addresses.
    pub slugs: Slugs,
    /// The organisation, for the footer and metadata.
    pub organisation: Option<Map>,
    /// The language whose pages stand in where this one has none.
    pub fallback: Option<String>,
    /// Whether it is an error if an article is not in it, or in a version older than the original.
    pub is_required: bool,
}

/// The values of `translations`, and whether they make a language a required one.
pub const TRANSLATIONS: &[(&str, bool)] = &[("optional", false), ("required", true)];

/// The direction of a language's script: `ltr` or `rtl`.
/// Source: Unicode CLDR 47, `characterOrder`.
pub fn direction(code: &str) -> &'static str {
    const RIGHT_TO_LEFT: &[&str] = &[
        "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur",
        "yi",
    ];
    let language = code.split('-').next().unwrap_or(code);
    if code.to_ascii_lowercase().contains("-latn") {
        return "ltr";
    }
    match RIGHT_TO_LEFT
        .iter()
        .any(|rtl| rtl.eq_ignore_ascii_case(language))
    {
        true => "rtl",
        false => "ltr",
    }
}

/// Languages' names for themselves, where the configuration gives no label.
/// Source: Unicode CLDR 47, `localeDisplayNames/languages`.
pub(super) fn label(code: &str) -> &str {
    const LABELS: &[(&str, &str)] = &[
        ("ar", "العربية"),
        ("de", "Deutsch"),
        ("en", "English"),
        ("es", "Español"),
        ("fr", "Français"),
        ("he", "עברית"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("ko", "한국어"),
        ("pt", "Português"),
        ("ru", "Русский"),
        ("zh", "中文"),
        ("zh-Hans", "简体中文"),
        ("zh-Hant", "繁體中文"),
    ];
    LABELS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map_or(code, |(_, label)| label)
}

/// Whether a text has the shape of a language code: `en`, `zh-Hant`, `pt-BR`.
pub(super) fn is_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or("");
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
