//! What the program says, in the languages that it speaks.
//!
//! A [`Message`] names a row of one table, [`say`], and holds what is filled into it. It becomes
//! words where somebody reads it and not before, so that what one build keeps for the next can be
//! shown in either language.

pub mod say;
mod spacing;
mod system;

use std::error::Error;
use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use say::{Row, TABLE, Text};

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Chinese in simplified characters.
    Chinese,
}

impl Tongue {
    /// The code by which it is asked for, and that pages name it by.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// Something to be said to a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    row: Row,
    arguments: Vec<Argument>,
}

/// What is filled into a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Argument {
    /// A name, a path, something that a person typed: the same in every language.
    Text(String),
    /// A number, on which the form of other words may depend.
    Number(i64),
    /// Several texts, with what separates them in the language.
    List(Vec<String>),
    /// Another message.
    Message(Message),
    /// Words of the system or of a library, which speak English.
    Foreign(String),
}

impl Message {
    /// The words.
    pub fn say(&self, tongue: Tongue) -> String {
        let Text {
            names,
            english,
            chinese,
        } = &TABLE[self.row as usize];
        let mut rest = match tongue {
            Tongue::English => self.number_of(english),
            Tongue::Chinese => chinese,
        };
        let mut out = String::with_capacity(rest.len() * 2);
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(behind) = ["{{", "}}"].iter().find_map(|sign| rest.strip_prefix(sign)) {
                out.push_str(&rest[..1]);
                rest = behind;
                continue;
            }
            let end = rest.find('}').map_or(rest.len(), |end| end + 1);
            let name = rest[..end].trim_matches(['{', '}']);
            rest = &rest[end..];
            let at = names.iter().position(|known| *known == name);
            let Some(argument) = at.and_then(|at| self.arguments.get(at)) else {
                continue;
            };
            let shown = argument.say(tongue);
            match tongue {
                Tongue::English => out.push_str(&shown),
                Tongue::Chinese => rest = spacing::insert(&mut out, &shown, rest),
            }
        }
        out.push_str(rest);
        out
    }

    /// The words in English.
    pub fn english(&self) -> String {
        self.say(Tongue::English)
    }

    /// The form for one, or the one for any other number.
    fn number_of(&self, forms: &[&'static str]) -> &'static str {
        match (forms, self.arguments.first()) {
            ([one, _], Some(Argument::Number(1))) => one,
            ([.., text], _) => text,
            ([], _) => "",
        }
    }
}

impl Argument {
    fn say(&self, tongue: Tongue) -> String {
        match (self, tongue) {
            (Self::Text(text), _) | (Self::Foreign(text), Tongue::English) => text.clone(),
            (Self::Number(number), _) => number.to_string(),
            (Self::List(texts), Tongue::English) => texts.join(", "),
            (Self::List(texts), Tongue::Chinese) => texts.join("、"),
            (Self::Message(message), _) => message.say(tongue),
            (Self::Foreign(text), Tongue::Chinese) => system::in_chinese(text).to_owned(),
        }
    }

    /// Names in backticks.
    pub fn quoted<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Self {
        let names = names.into_iter();
        Self::List(names.map(|name| format!("`{}`", name.as_ref())).collect())
    }

    /// Why the system, or courant itself, could not do something with a file.
    pub fn cause(cause: &io::Error) -> Self {
        let own = cause.get_ref().and_then(|own| own.downcast_ref::<Told>());
        match own {
            Some(Told(message)) => message.clone().into(),
            None => Self::Foreign(system::without_number(&cause.to_string()).to_owned()),
        }
    }
}

impl<T: fmt::Display + ?Sized> From<&T> for Argument {
    fn from(text: &T) -> Self {
        Self::Text(text.to_string())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<char> for Argument {
    fn from(char: char) -> Self {
        Self::Text(char.into())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Vec<String>> for Argument {
    fn from(texts: Vec<String>) -> Self {
        Self::List(texts)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A message that needs no arguments, yet to be made.
pub type Plain = fn() -> Message;

/// A message about what could not be done, yet to be made: with which file, and why.
pub type Operation = fn(Argument, Argument) -> Message;

/// An error that says what it is about in every language. As text it is English.
pub trait Tell: Error {
    /// The words.
    fn message(&self) -> Message;
}

/// A message as the cause of a failure of the system's kind.
#[derive(Debug)]
pub struct Told(pub Message);

impl Told {
    /// As an error of reading or writing.
    pub fn io(kind: io::ErrorKind, message: Message) -> io::Error {
        io::Error::new(kind, Self(message))
    }
}

impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.english())
    }
}

impl Error for Told {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_both_languages() {
        let message = say::wrong_kind(say::item_of("tags"), say::nothing(), say::text());
        assert_eq!(
            message.english(),
            "an item of `tags` is nothing; it must be text"
        );
        assert_eq!(
            message.say(Tongue::Chinese),
            "`tags` 里的一项是空的，应当是文字"
        );
    }

    #[test]
    fn lists_and_braces_are_written_as_the_language_does() {
        let message = say::one_of(Argument::quoted(["a", "b"]));
        assert_eq!(message.english(), "Write one of: `a`, `b`.");
        assert_eq!(message.say(Tongue::Chinese), "请从这些里选一个：`a`、`b`。");
        let braces = say::placeholders_are();
        for tongue in [Tongue::English, Tongue::Chinese] {
            assert!(braces.say(tongue).contains("`{{ title }}`"), "{braces:?}");
        }
    }

    #[test]
    fn english_counts() {
        let said = |number: usize| say::files(number).english();
        assert_eq!(
            [said(0), said(1), said(2)],
            ["0 files", "1 file", "2 files"]
        );
        assert_eq!(say::files(1_usize).say(Tongue::Chinese), "1 个文件");
    }

    #[test]
    fn a_message_outlives_its_build() {
        let message = say::did_you_mean("author");
        let stored = serde_json::to_string(&message).expect("it becomes JSON");
        assert_eq!(
            serde_json::from_str::<Message>(&stored).expect("it comes back"),
            message
        );
        assert!(serde_json::from_str::<Message>("{\"row\":65535,\"arguments\":[]}").is_err());
    }

    #[test]
    fn every_row_speaks_its_language() {
        let is_han = |text: &str| {
            text.chars()
                .any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char))
        };
        for (text, row) in TABLE.iter().zip(Row::NAMES) {
            for english in text.english {
                assert!(
                    !english
                        .replace('：', "")
                        .chars()
                        .any(|char| char.is_alphabetic() && !char.is_ascii())
                        || row_quotes_chinese(row),
                    "{row}: {english}"
                );
            }
            let words = text.chinese.split('`').step_by(2).collect::<String>();
            let is_only_names = !words.chars().any(char::is_alphabetic) || words.contains('{');
            assert!(
                is_han(text.chinese) || is_only_names,
                "{row}: {}",
                text.chinese
            );
            assert!(
                !words.contains([',', ';', '?', '!']),
                "{row}: half-width punctuation in {}",
                text.chinese
            );
        }
    }

    /// Rows whose English quotes what Chinese keyboards write.
    fn row_quotes_chinese(row: &str) -> bool {
        row == "date_forms"
    }
}
