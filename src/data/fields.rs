//! Reads keys into typed values and turns whatever does not fit into diagnostics.

use crate::date::{Moment, TimeZone};
use crate::diagnostic::{Code, Diagnostic, Spot, nearest};
use crate::message::{Argument, Message, say};
use crate::path::SourcePath;

use super::{Map, Step, Value, other_name};

/// The keys of one map on their way into a struct. Every getter takes its key out;
/// [`Fields::finish`] reports what nobody asked for.
pub struct Fields<'a> {
    path: &'a SourcePath,
    at: Vec<Step>,
    map: Map,
    asked: Vec<String>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins with the keys of a whole file or front matter; reports keys written twice.
    pub fn new(path: &'a SourcePath, map: Map, problems: &'a mut Vec<Diagnostic>) -> Self {
        for steps in map.duplicates() {
            let Some(Step::Again(key)) = steps.last() else {
                continue;
            };
            let message = say::key_twice(key);
            problems.push(
                Diagnostic::new(Code::Syntax, path, Spot::Key(steps.clone()), message)
                    .help(say::keep_one_delete_other()),
            );
        }
        Self {
            path,
            at: Vec::new(),
            map,
            asked: Vec::new(),
            problems,
        }
    }

    /// Takes a value as it is; nothing written is `None`.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.asked.push(key.to_owned());
        self.map.take(key).filter(|value| *value != Value::Null)
    }

    /// Text; a whole number is taken as its digits.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        self.as_text(&[Step::Key(key.into())], value)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Bool(flag) => Some(flag),
            other => self.wrong(&[Step::Key(key.into())], &other, say::flag()),
        }
    }

    /// A whole number.
    pub fn whole(&mut self, key: &str) -> Option<i64> {
        match self.take(key)? {
            Value::Int(number) => Some(number),
            other => self.wrong(&[Step::Key(key.into())], &other, say::whole_number()),
        }
    }

    /// A whole number from 0 on.
    pub fn count(&mut self, key: &str) -> Option<usize> {
        let number = self.whole(key)?;
        usize::try_from(number).ok().or_else(|| {
            self.invalid(
                &[Step::Key(key.into())],
                say::negative(key, number),
                say::write_zero_or_more(),
            )
        })
    }

    /// One text or a list of them.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        let step = Step::Key(key.into());
        match value {
            Value::List(items) => {
                let texts = items.into_iter().enumerate().filter_map(|(index, item)| {
                    self.as_text(&[step.clone(), Step::Index(index)], item)
                });
                Some(texts.collect())
            }
            other => match other.as_text() {
                Some(text) => Some(vec![text]),
                None => self.wrong(&[step], &other, say::text_or_texts()),
            },
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let typed = self.text(key)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == typed) {
            return Some(*value);
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let help = match nearest(&typed, names.iter().copied()) {
            Some(near) => say::did_you_mean(near),
            None => say::one_of(Argument::quoted(names)),
        };
        self.invalid(&[Step::Key(key.into())], say::cannot_be(key, typed), help)
    }

    /// A date with an optional time.
    pub fn moment(&mut self, key: &str, zone: &TimeZone) -> Option<Moment> {
        let value = self.take(key)?;
        self.as_moment(&[Step::Key(key.into())], &value, zone)
    }

    /// A value that was taken as a date with an optional time.
    pub fn as_moment(&mut self, steps: &[Step], value: &Value, zone: &TimeZone) -> Option<Moment> {
        let Some(text) = value.as_text() else {
            return self.wrong(steps, value, say::date_such_as());
        };
        match Moment::parse(&text, zone) {
            Ok(moment) => Some(moment),
            Err(problem) => {
                let spot = Spot::Value(self.steps(steps));
                self.problems.push(
                    Diagnostic::new(Code::DateFormat, self.path, spot, problem.message)
                        .help(problem.help),
                );
                None
            }
        }
    }

    /// Keys and values, free in form.
    pub fn map(&mut self, key: &str) -> Option<Map> {
        match self.take(key)? {
            Value::Map(map) => Some(map),
            other => self.wrong(&[Step::Key(key.into())], &other, say::keys_and_values()),
        }
    }

    /// A list of anything.
    pub fn list(&mut self, key: &str) -> Option<Vec<Value>> {
        match self.take(key)? {
            Value::List(list) => Some(list),
            other => self.wrong(&[Step::Key(key.into())], &other, say::list()),
        }
    }

    /// Reads keys and values below a key by their own rules; what they do not ask for is reported.
    pub fn nested<T>(&mut self, key: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let map = self.map(key)?;
        Some(self.within(&[Step::Key(key.into())], map, read))
    }

    /// Reads a map that was taken out by its own rules, at the given place.
    pub fn within<T>(
        &mut self,
        steps: &[Step],
        map: Map,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut inner = Fields {
            path: self.path,
            at: self.steps(steps),
            map,
            asked: Vec::new(),
            problems: self.problems,
        };
        let value = read(&mut inner);
        inner.finish();
        value
    }

    /// Takes a key out; whether it was there.
    pub fn remove(&mut self, key: &str) -> bool {
        self.map.take(key).is_some()
    }

    /// Takes what is left, for maps whose keys are the writer's own.
    pub fn rest(&mut self) -> Map {
        std::mem::take(&mut self.map)
    }

    /// Text of a value that was taken out.
    pub fn as_text(&mut self, steps: &[Step], value: Value) -> Option<String> {
        match value.as_text() {
            Some(text) => Some(text),
            None => self.wrong(steps, &value, say::text()),
        }
    }

    /// Reports a value of the wrong kind.
    pub fn wrong<T>(&mut self, steps: &[Step], value: &Value, expected: Message) -> Option<T> {
        let key = name_of(steps);
        let subject = match steps.last() {
            Some(Step::Index(_)) => say::item_of(&key),
            _ => say::in_backticks(&key),
        };
        let help = match value {
            Value::Float(_) | Value::Bool(_)
                if [say::text(), say::text_or_texts()].contains(&expected) =>
            {
                say::quote_value_of(subject.clone())
            }
            Value::String(text) if expected == say::flag() && is_yes_or_no(text) => {
                say::write_key_is(key, &is_yes(text))
            }
            _ => say::write_for(expected.clone(), subject.clone()),
        };
        let message = say::wrong_kind(subject, value.kind(), expected);
        self.report(Code::WrongType, Spot::Value, steps, message, help)
    }

    /// Reports a value that makes no sense.
    pub fn invalid<T>(&mut self, steps: &[Step], message: Message, help: Message) -> Option<T> {
        self.report(Code::InvalidValue, Spot::Value, steps, message, help)
    }

    /// Reports any other problem of a key (`Spot::Key`) or its value (`Spot::Value`).
    pub fn report<T>(
        &mut self,
        code: Code,
        spot: fn(Vec<Step>) -> Spot,
        steps: &[Step],
        message: Message,
        help: Message,
    ) -> Option<T> {
        let spot = spot(self.steps(steps));
        self.problems
            .push(Diagnostic::new(code, self.path, spot, message).help(help));
        None
    }

    /// Reports every key that no getter asked for.
    pub fn finish(mut self) -> Vec<String> {
        for (key, _) in std::mem::take(&mut self.map) {
            // A second writing of a known key has been reported as one.
            if self.asked.contains(&key) {
                continue;
            }
            let other =
                other_name(&key).filter(|meant| self.asked.iter().any(|name| name == meant));
            let near = || nearest(&key, self.asked.iter().map(String::as_str));
            let help = match other.or_else(near) {
                Some(near) => say::did_you_mean(near),
                None if self.asked.iter().any(|name| name == "extra") => say::remove_or_extra(&key),
                None => say::remove_or_use(Argument::quoted(&self.asked)),
            };
            let place = match self.at.last() {
                Some(Step::Key(parent)) => say::no_key_below(parent, &key),
                _ => say::no_key(&key),
            };
            let spot = Spot::Key(self.steps(&[Step::Key(key)]));
            self.problems
                .push(Diagnostic::new(Code::UnknownKey, self.path, spot, place).help(help));
        }
        self.asked
    }

    fn steps(&self, steps: &[Step]) -> Vec<Step> {
        [self.at.as_slice(), steps].concat()
    }
}

fn name_of(steps: &[Step]) -> String {
    steps
        .iter()
        .rev()
        .find_map(|step| match step {
            Step::Key(key) | Step::Again(key) => Some(key.clone()),
            Step::Index(_) => None,
        })
        .unwrap_or_default()
}

fn is_yes(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "yes" | "on" | "y" | "true" | "是" | "对"
    )
}

fn is_yes_or_no(text: &str) -> bool {
    let no = ["no", "off", "n", "false", "否", "不"];
    is_yes(text) || no.contains(&text.to_lowercase().as_str())
}
