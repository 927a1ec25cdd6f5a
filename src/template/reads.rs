//! What an expression reads: names of variables, functions, filters and components.

use super::tags::Token;

/// Names that are no variables.
const WORDS: &[&str] = &[
    "and", "or", "not", "is", "in", "if", "else", "for", "none", "None", "null", "true", "True",
    "false", "False",
];

/// Something that an expression reads.
#[derive(Debug, PartialEq, Eq)]
pub enum Read<'t> {
    /// A variable.
    Variable(&'t str),
    /// What stands behind a dot.
    Attribute(&'t str),
    /// A function.
    Function(&'t str),
    /// A filter.
    Filter(&'t str),
    /// A component.
    Call(Call<'t>),
}

/// A call of a component.
#[derive(Debug, PartialEq, Eq)]
pub struct Call<'t> {
    /// The component's name.
    pub component: String,
    /// The arguments that it gets.
    pub given: Vec<&'t str>,
    /// Whether it gets the entries of a map as arguments, too.
    pub spreads: bool,
}

/// What an expression, or the head of a tag, does with names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expression<'t> {
    /// What it reads. What `[x for x in …]` itself sets is not among it.
    pub reads: Vec<Read<'t>>,
    /// What it itself sets: `x` of `[x for x in …]`.
    pub sets: Vec<&'t str>,
}

impl<'t> Expression<'t> {
    pub(super) fn of(tokens: &[Token<'t>]) -> Self {
        let mut expression = Self::default();
        expression.gather(tokens, &[]);
        expression
    }

    fn gather(&mut self, tokens: &[Token<'t>], own: &[&'t str]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let before = at.checked_sub(1).map(|before| tokens[before]);
            match token {
                Token::Sign("[" | "?[") => {
                    let within = before_closing(&tokens[at + 1..]);
                    self.gather_in_brackets(within, own);
                    at += within.len();
                }
                Token::Sign("<") if !before.is_some_and(ends_value) => {
                    at += self.gather_call(&tokens[at + 1..], own);
                }
                Token::Name(name) => match role(tokens, at, name) {
                    Some(Read::Variable(name)) if own.contains(&name) => {}
                    read => self.reads.extend(read),
                },
                _ => {}
            }
            at += 1;
        }
    }

    /// `kit.card page={p} lang="en" short {...more}`, of which the number of tokens comes back.
    fn gather_call(&mut self, tokens: &[Token<'t>], own: &[&'t str]) -> usize {
        let name = component_name(tokens);
        let parts = name.iter().map(|part| match part {
            Token::Name(part) | Token::Sign(part) => *part,
            Token::Quoted(_) | Token::Digit => "",
        });
        let mut call = Call {
            component: parts.collect(),
            given: Vec::new(),
            spreads: false,
        };
        let mut at = name.len();
        while let Some(token) = tokens.get(at) {
            match token {
                Token::Name(name) => {
                    call.given.push(*name);
                    let is_short = tokens.get(at + 1) != Some(&Token::Sign("="));
                    if is_short && !own.contains(name) {
                        self.reads.push(Read::Variable(name));
                    }
                }
                Token::Sign("{") => {
                    let within = before_closing(&tokens[at + 1..]);
                    call.spreads |= within.first() == Some(&Token::Sign("..."));
                    self.gather(within, own);
                    at += within.len() + 1;
                }
                Token::Sign("=") | Token::Quoted(_) => {}
                Token::Sign(_) | Token::Digit => break,
            }
            at += 1;
        }
        self.reads.push(Read::Call(call));
        at
    }

    /// A list, an index, or `x for x in xs if x`, of which `xs` is read where `x` is not set yet.
    fn gather_in_brackets(&mut self, within: &[Token<'t>], own: &[&'t str]) {
        let value = before(within, &["for"]);
        let mut rest = &within[value.len()..];
        let mut own_here = own.to_vec();
        let mut conditions = Vec::new();
        while let [Token::Name("for"), after @ ..] = rest {
            let set = before(after, &["in"]);
            own_here.extend(names(set));
            self.sets.extend(names(set));
            let after = after.get(set.len() + 1..).unwrap_or_default();
            let over = before(after, &["if", "for"]);
            self.gather(over, own);
            let condition = before(&after[over.len()..], &["for"]);
            conditions.push(condition);
            rest = &after[over.len() + condition.len()..];
        }
        for part in conditions.into_iter().chain([value]) {
            self.gather(part, &own_here);
        }
    }
}

fn names<'t>(tokens: &[Token<'t>]) -> impl Iterator<Item = &'t str> {
    tokens.iter().filter_map(|token| match token {
        Token::Name(name) => Some(*name),
        _ => None,
    })
}

/// What stands before the first of some words that is in no bracket.
fn before<'a, 't>(tokens: &'a [Token<'t>], words: &[&str]) -> &'a [Token<'t>] {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += change_of_depth(token);
        depth == 0 && matches!(token, Token::Name(word) if words.contains(word))
    });
    &tokens[..end.unwrap_or(tokens.len())]
}

/// What stands before the bracket that closes.
fn before_closing<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += change_of_depth(token);
        depth < 0
    });
    &tokens[..end.unwrap_or(tokens.len())]
}

fn change_of_depth(token: &Token<'_>) -> i32 {
    match token {
        Token::Sign("[" | "?[" | "(" | "{") => 1,
        Token::Sign("]" | ")" | "}") => -1,
        _ => 0,
    }
}

/// The name of a component at the beginning of its call.
fn component_name<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let is_of_name = |token: &&Token<'_>| matches!(token, Token::Name(_) | Token::Sign("."));
    let all = &tokens[..tokens.iter().take_while(is_of_name).count()];
    // `a.b c={d}`: the name ends where two names meet.
    let meet = |pair: &[Token<'_>]| matches!(pair, [Token::Name(_), Token::Name(_)]);
    let end = all.windows(2).position(meet);
    end.map_or(all, |end| &all[..=end])
}

/// Whether a token can be the last of a value, so that `<` behind it compares.
fn ends_value(token: Token<'_>) -> bool {
    match token {
        Token::Name(name) => !WORDS.contains(&name),
        Token::Quoted(_) | Token::Digit => true,
        Token::Sign(sign) => matches!(sign, ")" | "]" | "}"),
    }
}

/// What a name stands for.
fn role<'t>(tokens: &[Token<'t>], at: usize, name: &'t str) -> Option<Read<'t>> {
    let before = at.checked_sub(1).map(|before| tokens[before]);
    let is_test = match before {
        Some(Token::Name("is")) => name != "not",
        Some(Token::Name("not")) => at > 1 && tokens[at - 2] == Token::Name("is"),
        _ => false,
    };
    match (before, tokens.get(at + 1)) {
        (Some(Token::Sign("." | "?.")), _) => Some(Read::Attribute(name)),
        (Some(Token::Sign("|")), _) => Some(Read::Filter(name)),
        _ if is_test || WORDS.contains(&name) => None,
        (_, Some(Token::Sign("("))) => Some(Read::Function(name)),
        (_, Some(Token::Sign("="))) => None,
        _ => Some(Read::Variable(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::{Piece, pieces};
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let text = format!("{{{{{text}}}}}");
        let found = pieces(&text).expect("a template");
        let [Piece::Print(tag)] = found.as_slice() else {
            panic!("one tag")
        };
        let expression = Expression::of(&tag.tokens);
        expression
            .reads
            .iter()
            .map(|read| format!("{read:?}"))
            .collect()
    }

    #[test]
    fn names_are_told_apart_by_where_they_stand() {
        assert_eq!(
            read("a.b?.c | d(e=f) if g is not divisible_by(divisor=h) and not i is odd else j[k]"),
            [
                "Variable(\"a\")",
                "Attribute(\"b\")",
                "Attribute(\"c\")",
                "Filter(\"d\")",
                "Variable(\"f\")",
                "Variable(\"g\")",
                "Variable(\"h\")",
                "Variable(\"i\")",
                "Variable(\"j\")",
                "Variable(\"k\")"
            ]
        );
        assert_eq!(
            read("trans(key=\"a\", n=1.5) ~ x < y"),
            ["Function(\"trans\")", "Variable(\"x\")", "Variable(\"y\")"]
        );
    }

    #[test]
    fn what_a_comprehension_sets_is_its_own() {
        assert_eq!(
            read("[l.x for l in c.d if l == m] ~ l"),
            [
                "Variable(\"c\")",
                "Attribute(\"d\")",
                "Variable(\"m\")",
                "Attribute(\"x\")",
                "Variable(\"l\")"
            ]
        );
        assert_eq!(
            read("[k for k, v in a[b]]"),
            ["Variable(\"a\")", "Variable(\"b\")"]
        );
        assert_eq!(read("[x for x in x if x]"), ["Variable(\"x\")"]);
        assert_eq!(
            read("[y ~ [y for y in a] for b in c if d if e else f]"),
            ["c", "d", "e", "f", "y", "a"].map(|name| format!("Variable({name:?})"))
        );
    }

    #[test]
    fn calls_of_components_are_found_wherever_they_stand() {
        assert_eq!(
            read("<kit.card page={p} lang=\"en\" short text={<mark of={q} />} {...more} />"),
            [
                "Variable(\"p\")",
                "Variable(\"short\")",
                "Variable(\"q\")",
                "Call(Call { component: \"mark\", given: [\"of\"], spreads: false })",
                "Variable(\"more\")",
                "Call(Call { component: \"kit.card\", given: [\"page\", \"lang\", \"short\", \"text\"], spreads: true })",
            ]
        );
        assert_eq!(
            read("a if b < c else <mark of=\"x\" /> ~ d"),
            [
                "Variable(\"a\")",
                "Variable(\"b\")",
                "Variable(\"c\")",
                "Call(Call { component: \"mark\", given: [\"of\"], spreads: false })",
                "Variable(\"d\")",
            ]
        );
    }
}
