//! The visible words of a theme, by language: `i18n/LANG.yaml` of the built-in theme, the theme
//! and the site, each overriding the one before.

use std::collections::BTreeMap;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::config::{Config, Lang};
use crate::data::{self, Fields, Step, Syntax, Value};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::say;
use crate::path::SourcePath;

/// One string: plain, or one for each plural form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// The same for every number.
    Plain(String),
    /// By the plural form's name in CLDR: `one`, `few`, `other` …
    Plural(Vec<(String, String)>),
}

impl Text {
    /// The text for a number, by the plural rules of Unicode CLDR.
    pub fn for_number(&self, language: &str, number: Option<i64>) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Plural(forms) => {
                let wanted = number.map_or("other", |number| plural_form(language, number));
                let find = |name: &str| forms.iter().find(|(form, _)| form == name);
                find(wanted)
                    .or_else(|| find("other"))
                    .or_else(|| forms.first())
                    .map_or("", |(_, text)| text)
            }
        }
    }
}

fn plural_form(language: &str, number: i64) -> &'static str {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let rules = PluralRules::try_new_cardinal((&locale).into());
    match rules.map_or(PluralCategory::Other, |rules| rules.category_for(number)) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// All strings of all languages.
#[derive(Clone, Debug, Default)]
pub struct Strings(BTreeMap<String, BTreeMap<String, Text>>);

impl Strings {
    /// Reads the files in order; later ones override. `text` is `None` where a file could not be
    /// read, which has been reported elsewhere.
    pub fn read(files: Vec<(SourcePath, String)>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut strings = Self::default();
        for (path, text) in files {
            let language = path
                .name()
                .rsplit_once('.')
                .map_or(path.name(), |(name, _)| name);
            let language = language.to_lowercase();
            match data::parse_map(&text, 0..text.len(), Syntax::Yaml) {
                Ok(map) => {
                    let known = strings.0.entry(language).or_default();
                    let mut fields = Fields::new(&path, map, problems);
                    for (key, value) in fields.rest() {
                        if let Some(text) = string(&mut fields, &key, value) {
                            known.insert(key, text);
                        }
                    }
                }
                Err(error) => problems.push(error.of(&path)),
            }
        }
        strings
    }

    /// The string for a key: in the language, in its base language, else in English.
    pub fn get(&self, language: &str, key: &str) -> Option<&Text> {
        let language = language.to_lowercase();
        let base = language.split('-').next().unwrap_or(&language);
        [language.as_str(), base, "en"]
            .iter()
            .find_map(|code| self.0.get(*code)?.get(key))
    }

    /// Warns of keys that a language of the site lacks while English has them.
    pub fn check(&self, config: &Config, path: &SourcePath, problems: &mut Vec<Diagnostic>) {
        let Some(english) = self.0.get("en") else {
            return;
        };
        for lang in config.langs().filter(|lang| *lang != Lang::DEFAULT) {
            let code = &config.language(lang).code;
            let base = code.split('-').next().unwrap_or(code).to_lowercase();
            let has = |key: &str| {
                [code.to_lowercase(), base.clone()].iter().any(|code| {
                    self.0
                        .get(code)
                        .is_some_and(|strings| strings.contains_key(key))
                })
            };
            let missing: Vec<&str> = english
                .keys()
                .map(String::as_str)
                .filter(|key| !has(key))
                .collect();
            if missing.is_empty() {
                continue;
            }
            let steps = vec![Step::Key("languages".into()), Step::Key(code.clone())];
            let mut shown: Vec<String> = missing
                .iter()
                .take(5)
                .map(|key| (*key).to_owned())
                .collect();
            if missing.len() > shown.len()
                && let Some(last) = shown.last_mut()
            {
                last.push_str(" …");
            }
            let message = say::no_words(code, missing.len(), shown);
            problems.push(
                Diagnostic::new(Code::TranslationMissing, path, Spot::Key(steps), message)
                    .help(say::write_words(code)),
            );
        }
    }
}

fn string(fields: &mut Fields<'_>, key: &str, value: Value) -> Option<Text> {
    match value {
        Value::Map(forms) => {
            let mut texts = Vec::new();
            for (form, text) in forms {
                let steps = [Step::Key(key.into()), Step::Key(form.clone())];
                texts.extend(fields.as_text(&steps, text).map(|text| (form, text)));
            }
            Some(Text::Plural(texts))
        }
        other => fields
            .as_text(&[Step::Key(key.into())], other)
            .map(Text::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_forms_follow_the_language() {
        let forms = |names: &[&str]| {
            Text::Plural(
                names
                    .iter()
                    .map(|name| ((*name).into(), (*name).into()))
                    .collect(),
            )
        };
        let all = forms(&["zero", "one", "two", "few", "many", "other"]);
        for (language, number, form) in [
            ("en", 1, "one"),
            ("en", 2, "other"),
            ("zh-Hans", 1, "other"),
            ("fr", 0, "one"),
            ("ru", 21, "one"),
            ("ru", 22, "few"),
            ("ru", 11, "many"),
            ("pl", 21, "many"),
            ("ar", 0, "zero"),
            ("ar", 2, "two"),
            ("ar", 103, "few"),
            ("he", 2, "two"),
            ("x-klingon", 1, "other"),
        ] {
            assert_eq!(
                all.for_number(language, Some(number)),
                form,
                "{language} {number}"
            );
        }
        assert_eq!(forms(&["other"]).for_number("en", Some(1)), "other");
    }

    #[test]
    fn later_files_override_and_english_stands_in() {
        let file = |path: &str, text: &str| (SourcePath::new(path), text.to_owned());
        let mut problems = Vec::new();
        let strings = Strings::read(
            vec![
                file(
                    "built-in/gazette/i18n/en.yaml",
                    "now: \"Now:\"\nhome: Home\n",
                ),
                file("built-in/gazette/i18n/zh.yaml", "now: 当前位置：\n"),
                file("i18n/zh.yaml", "now: 您在：\n"),
            ],
            &mut problems,
        );
        assert_eq!(problems, []);
        let plain = |language: &str, key: &str| {
            strings
                .get(language, key)
                .map(|text| text.for_number(language, None))
        };
        assert_eq!(plain("zh-Hans", "now"), Some("您在："));
        assert_eq!(plain("zh", "home"), Some("Home"));
        assert_eq!(plain("zh", "absent"), None);
    }
}
