//! Calls of functions and filters of which a template's text tells all arguments, but for one at
//! most.

use std::ops::Range;

use super::tags::{Piece, Tag, Token};

/// Such a call.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownCall<'t> {
    /// Where it stands; of a filter, without its value and `|`.
    pub span: Range<usize>,
    /// What is called.
    pub name: &'t str,
    /// Whether that is a filter.
    pub is_filter: bool,
    /// The arguments that the text tells.
    pub known: Vec<(&'t str, Literal<'t>)>,
    /// The argument that it does not tell, and the variable that it is.
    pub open: Option<(&'t str, &'t str)>,
}

impl<'t> KnownCall<'t> {
    /// The names of its arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &'t str> {
        let known = self.known.iter().map(|(key, _)| *key);
        known.chain(self.open.map(|(key, _)| key))
    }

    /// Whether it calls the same with the same arguments, wherever each of them stands.
    pub fn is_like(&self, other: &Self) -> bool {
        let (open, others) = (
            self.open.map(|(key, _)| key),
            other.open.map(|(key, _)| key),
        );
        (self.name, self.is_filter, open) == (other.name, other.is_filter, others)
            && self.known == other.known
    }
}

/// A value as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal<'t> {
    /// A text that means what stands there.
    Text(&'t str),
    /// True or false.
    Flag(bool),
}

/// The calls in a template, in order.
pub fn known_calls<'t>(text: &'t str, pieces: &[Piece<'t>]) -> Vec<KnownCall<'t>> {
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Print(tag) | Piece::Statement(tag) => Some(tag),
        Piece::Plain(_) => None,
    });
    // A component is defined as if it were called.
    let tags = tags.filter(|tag| tag.tokens.first() != Some(&Token::Name("component")));
    let calls = tags.flat_map(|tag| {
        let places = 0..tag.tokens.len();
        places.filter_map(|at| call(text, tag, at))
    });
    calls.collect()
}

/// The call whose name stands at a place of a tag.
fn call<'t>(text: &'t str, tag: &Tag<'t>, at: usize) -> Option<KnownCall<'t>> {
    let [Token::Name(name), Token::Sign("("), arguments @ ..] = &tag.tokens[at..] else {
        return None;
    };
    let before = at.checked_sub(1).map(|before| tag.tokens[before]);
    let is_filter = before == Some(Token::Sign("|"));
    // What stands behind a dot, or is a test.
    let is_other = [
        Token::Sign("."),
        Token::Sign("?."),
        Token::Name("is"),
        Token::Name("not"),
    ];
    if before.is_some_and(|before| is_other.contains(&before)) {
        return None;
    }
    let mut found = KnownCall {
        span: tag.starts[at]..0,
        name,
        is_filter,
        known: Vec::new(),
        open: None,
    };
    let mut rest = arguments;
    while rest.first() != Some(&Token::Sign(")")) {
        let first = tag.tokens.len() - rest.len();
        let [Token::Name(key), Token::Sign("="), value @ ..] = rest else {
            return None;
        };
        if found.arguments().any(|given| given == *key) {
            return None;
        }
        let (value, behind) = value.split_at(length_of_value(value)?);
        match literal(value) {
            Some(literal) => found.known.push((key, literal)),
            None if found.open.is_some() => return None,
            None => {
                let end = tag.starts[first + 2 + value.len()];
                let variable = text[tag.starts[first + 2]..end].trim_ascii_end();
                found.open = Some((key, variable));
            }
        }
        rest = match behind {
            [Token::Sign(","), behind @ ..] => behind,
            _ => behind,
        };
    }
    let closing = tag.tokens.len() - rest.len();
    found.span.end = tag.starts[closing] + 1;
    // Tera takes no call apart, but would do so with what is to stand there instead.
    let is_taken_apart = matches!(
        rest.get(1),
        Some(Token::Sign("." | "?." | "[" | "?[" | "("))
    );
    (!is_taken_apart).then_some(found)
}

/// The number of tokens of a value, if it is a literal or a variable and nothing behind it is of it.
fn length_of_value(tokens: &[Token<'_>]) -> Option<usize> {
    let end = |token: &Token<'_>| matches!(token, Token::Sign("," | ")"));
    let length = tokens.iter().position(end)?;
    let value = &tokens[..length];
    let is_variable = value.iter().enumerate().all(|(at, token)| match token {
        Token::Name(name) => at % 2 == 0 && !matches!(*name, "none" | "None" | "null"),
        Token::Sign(".") => at % 2 == 1,
        _ => false,
    });
    (literal(value).is_some() || is_variable && length % 2 == 1).then_some(length)
}

fn literal<'t>(value: &[Token<'t>]) -> Option<Literal<'t>> {
    match value {
        [Token::Quoted(text)] if !text.contains('\\') => Some(Literal::Text(text)),
        [Token::Name("true" | "True")] => Some(Literal::Flag(true)),
        [Token::Name("false" | "False")] => Some(Literal::Flag(false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::pieces;
    use super::*;

    /// Calls as `text: known arguments; the other one`.
    fn found(text: &str) -> Vec<String> {
        let pieces = pieces(text).expect("a template");
        let calls = known_calls(text, &pieces).into_iter();
        let shown = calls.map(|call| {
            let known = call.known.iter().map(|(key, value)| match value {
                Literal::Text(text) => format!("{key} is {text}"),
                Literal::Flag(flag) => format!("{key} is {flag}"),
            });
            let known = known.collect::<Vec<_>>().join(", ");
            let kind = if call.is_filter { "| " } else { "" };
            let open = call.open.map(|(key, value)| format!("; {key} is {value}"));
            let open = open.unwrap_or_default();
            assert!(text[call.span.clone()].starts_with(call.name));
            format!("{kind}{}: {known}{open}", &text[call.span])
        });
        shown.collect()
    }

    #[test]
    fn calls_are_found_wherever_they_stand() {
        assert_eq!(
            found(
                "f(a=\"b\") {{ f(a=\"b\", c=true) }}{% if x | g(a='b c',) | h() == f( d = x . y ) %}{{<card a={k(b=False)} />}}"
            ),
            [
                "f(a=\"b\", c=true): a is b, c is true",
                "| g(a='b c',): a is b c",
                "| h(): ",
                "f( d = x . y ): ; d is x . y",
                "k(b=False): b is false",
            ]
        );
    }

    #[test]
    fn of_calls_in_calls_the_inner_one_is_found() {
        assert_eq!(
            found("{{ f(a=g(b=c), d=\"e\") }}{{ x | f(a=y | g(b=\"c\")) }}"),
            ["g(b=c): ; b is c", "| g(b=\"c\"): b is c"]
        );
    }

    #[test]
    fn other_arguments_are_not_known() {
        for text in [
            "{{ f(a=1) }}",
            "{{ f(a=\"b\\n\") }}",
            "{{ f(a=b, c=d) }}",
            "{{ f(a=b[0]) }}",
            "{{ f(a=b?.c) }}",
            "{{ f(a=b ~ c) }}",
            "{{ f(a=not b) }}",
            "{{ f(a=none) }}",
            "{{ f(a=\"b\", a=\"c\") }}",
            "{{ f(a=b, a=\"c\") }}",
            "{{ f(a=[]) }}",
            "{{ f(...a) }}",
            "{{ f(a=b).c }}",
            "{{ f(a=b)[0] }}",
            "{{ a.f(b=c) }}",
            "{{ a is f(b=c) }}",
            "{{ a is not f(b=c) }}",
            "{% component f(a=\"b\") %}{% endcomponent f %}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
