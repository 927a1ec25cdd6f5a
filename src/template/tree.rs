//! A template's tags → what stands within what.

use std::ops::Range;
use std::slice;

use super::reads::Expression;
use super::tags::{Piece, Tag, Token, pieces};

/// Something in a template, with all that it holds.
#[derive(Debug)]
pub struct Node<'t> {
    /// Where it stands, from the beginning of its first tag to the end of its last.
    pub span: Range<usize>,
    /// Whether the white space before it is left out.
    pub trims_before: bool,
    /// Whether the white space behind it is left out.
    pub trims_after: bool,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What something in a template is.
#[derive(Debug)]
pub enum Kind<'t> {
    /// Text, comments, and raw text.
    Plain,
    /// `{{ … }}`
    Print(Expression<'t>),
    /// `{% set name = … %}`
    Set(&'t str, Expression<'t>),
    /// `{% if … %}`, with all its conditions and all that depends on them.
    If(Vec<Expression<'t>>, Vec<Vec<Node<'t>>>),
    /// `{% for … in … %}`
    For(Loop<'t>),
    /// `{% include "…" %}`
    Include(&'t str),
    /// `{% block … %}`
    Block(Vec<Node<'t>>),
    /// `{% component … %}`
    Component(Component<'t>),
    /// `{% extends "…" %}`
    Extends,
    /// Anything else.
    Other(Other<'t>),
}

/// A loop.
#[derive(Debug)]
pub struct Loop<'t> {
    /// What it calls an entry, and its key.
    pub names: Vec<&'t str>,
    /// What it goes through.
    pub over: Expression<'t>,
    /// What it repeats.
    pub body: Vec<Node<'t>>,
    /// What stands there instead where there is nothing to go through.
    pub otherwise: Vec<Node<'t>>,
}

/// A tag of which no more is known.
#[derive(Debug, Default)]
pub struct Other<'t> {
    /// What its tag reads, and its name if it has one.
    pub head: Expression<'t>,
    /// The name that it sets.
    pub sets: Option<&'t str>,
    /// What stands between it and the tag that ends it.
    pub body: Vec<Node<'t>>,
}

/// A component where it is defined.
#[derive(Debug)]
pub struct Component<'t> {
    /// What it is called.
    pub name: String,
    /// What it is given.
    pub given: Vec<&'t str>,
    /// What it takes from where it is called: `@name`.
    pub implicit: Vec<&'t str>,
    /// What it prints.
    pub body: Vec<Node<'t>>,
}

/// What a template holds; `None` if it is not one.
pub fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    nodes_of(pieces(text)?)
}

/// The same of one that was parted into pieces.
pub fn nodes_of(pieces: Vec<Piece<'_>>) -> Option<Vec<Node<'_>>> {
    let mut pieces = pieces.into_iter();
    let mut nodes = Vec::new();
    while let Some(piece) = pieces.next() {
        nodes.push(node(piece, &mut pieces)?);
    }
    Some(nodes)
}

type Pieces<'t> = std::vec::IntoIter<Piece<'t>>;

fn node<'t>(piece: Piece<'t>, rest: &mut Pieces<'t>) -> Option<Node<'t>> {
    match piece {
        Piece::Plain(span) => Some(Node {
            span,
            trims_before: false,
            trims_after: false,
            kind: Kind::Plain,
        }),
        Piece::Print(tag) => {
            let value = Expression::of(&tag.tokens);
            Some(from(&tag, &tag, Kind::Print(value)))
        }
        Piece::Statement(tag) => statement(tag, rest),
    }
}

fn from<'t>(first: &Tag<'t>, last: &Tag<'t>, kind: Kind<'t>) -> Node<'t> {
    Node {
        span: first.span.start..last.span.end,
        trims_before: first.trims_before,
        trims_after: last.trims_after,
        kind,
    }
}

fn statement<'t>(tag: Tag<'t>, rest: &mut Pieces<'t>) -> Option<Node<'t>> {
    let (kind, end) = match tag.tokens.as_slice() {
        [
            Token::Name("set"),
            Token::Name(name),
            Token::Sign("="),
            value @ ..,
        ] => (Kind::Set(name, Expression::of(value)), None),
        [
            Token::Name("set" | "set_global"),
            Token::Name(name),
            head @ ..,
        ] => {
            let is_whole = head.first() == Some(&Token::Sign("="));
            other(head, Some(name), (!is_whole).then_some("endset"), rest)?
        }
        [Token::Name("if"), condition @ ..] => branches(condition, rest)?,
        [Token::Name("for"), head @ ..] => repeated(head, rest)?,
        [Token::Name("include"), Token::Quoted(name)] => (Kind::Include(name), None),
        [Token::Name("block"), ..] => {
            let (body, end) = until(rest, &["endblock"])?;
            (Kind::Block(body), Some(end))
        }
        [Token::Name("component"), head @ ..] => component(head, rest)?,
        [Token::Name("filter"), head @ ..] => other(head, None, Some("endfilter"), rest)?,
        [Token::Sign("<"), ..] => other(&tag.tokens, None, Some("</"), rest)?,
        [Token::Name("extends"), ..] => (Kind::Extends, None),
        [Token::Name("break" | "continue")] => other(&[], None, None, rest)?,
        _ => return None,
    };
    Some(from(&tag, end.as_ref().unwrap_or(&tag), kind))
}

/// Something, and the tag that ends it if another one does than its first.
type Ended<'t> = (Kind<'t>, Option<Tag<'t>>);

/// What stands before the first of some tags, and that tag.
fn until<'t>(rest: &mut Pieces<'t>, ends: &[&str]) -> Option<(Vec<Node<'t>>, Tag<'t>)> {
    let mut nodes = Vec::new();
    loop {
        match rest.next()? {
            Piece::Statement(tag) if ends.contains(&keyword(&tag)) => return Some((nodes, tag)),
            piece => nodes.push(node(piece, rest)?),
        }
    }
}

fn keyword<'t>(tag: &Tag<'t>) -> &'t str {
    match tag.tokens.first() {
        Some(Token::Name(word) | Token::Sign(word)) => word,
        _ => "",
    }
}

fn other<'t>(
    head: &[Token<'t>],
    sets: Option<&'t str>,
    end: Option<&str>,
    rest: &mut Pieces<'t>,
) -> Option<Ended<'t>> {
    let (body, end) = match end {
        Some(end) => until(rest, &[end]).map(|(body, end)| (body, Some(end)))?,
        None => (Vec::new(), None),
    };
    let head = Expression::of(head);
    Some((Kind::Other(Other { head, sets, body }), end))
}

fn branches<'t>(condition: &[Token<'t>], rest: &mut Pieces<'t>) -> Option<Ended<'t>> {
    let mut conditions = vec![Expression::of(condition)];
    let mut bodies = Vec::new();
    loop {
        let (body, tag) = until(rest, &["elif", "else", "endif"])?;
        bodies.push(body);
        match tag.tokens.as_slice() {
            [Token::Name("elif"), condition @ ..] => conditions.push(Expression::of(condition)),
            [Token::Name("else")] => {}
            _ => return Some((Kind::If(conditions, bodies), Some(tag))),
        }
    }
}

fn repeated<'t>(head: &[Token<'t>], rest: &mut Pieces<'t>) -> Option<Ended<'t>> {
    let (names, over) = match head {
        [
            Token::Name(key),
            Token::Sign(","),
            Token::Name(value),
            Token::Name("in"),
            over @ ..,
        ] => (vec![*key, *value], over),
        [Token::Name(value), Token::Name("in"), over @ ..] => (vec![*value], over),
        _ => return None,
    };
    let (body, mut end) = until(rest, &["else", "endfor"])?;
    let mut otherwise = Vec::new();
    if keyword(&end) == "else" {
        (otherwise, end) = until(rest, &["endfor"])?;
    }
    let looped = Loop {
        names,
        over: Expression::of(over),
        body,
        otherwise,
    };
    Some((Kind::For(looped), Some(end)))
}

/// `name(a, @b: map, c=1, ...d) {"about": "it"}`
fn component<'t>(head: &[Token<'t>], rest: &mut Pieces<'t>) -> Option<Ended<'t>> {
    let open = head.iter().position(|token| *token == Token::Sign("("))?;
    let name = dotted(&head[..open])?;
    let (mut given, mut implicit) = (Vec::new(), Vec::new());
    let mut depth = 0;
    for (at, token) in head.iter().enumerate().skip(open) {
        match (token, &head[at - 1]) {
            (Token::Sign("(" | "[" | "{" | "?["), _) => depth += 1,
            (Token::Sign(")" | "]" | "}"), _) => depth -= 1,
            (Token::Name(name), Token::Sign("@")) if depth == 1 => implicit.push(*name),
            (Token::Name(name), Token::Sign("(" | "," | "...")) if depth == 1 => given.push(*name),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    let (body, end) = until(rest, &["endcomponent"])?;
    let component = Component {
        name,
        given,
        implicit,
        body,
    };
    Some((Kind::Component(component), Some(end)))
}

/// `kit.card`
fn dotted(tokens: &[Token<'_>]) -> Option<String> {
    let parts = tokens.iter().map(|token| match token {
        Token::Name(part) => Some(*part),
        Token::Sign(".") => Some("."),
        _ => None,
    });
    parts.collect()
}

impl<'t> Node<'t> {
    /// Calls something for this and for all that it holds.
    pub fn visit<'n>(&'n self, each: &mut impl FnMut(&'n Kind<'t>)) {
        each(&self.kind);
        for node in self.kind.bodies().into_iter().flatten() {
            node.visit(each);
        }
    }
}

impl<'t> Kind<'t> {
    /// What stands within it.
    pub fn bodies(&self) -> Vec<&[Node<'t>]> {
        match self {
            Self::If(_, bodies) => bodies.iter().map(Vec::as_slice).collect(),
            Self::For(looped) => vec![&looped.body, &looped.otherwise],
            Self::Block(body) => vec![body],
            Self::Component(component) => vec![&component.body],
            Self::Other(other) => vec![&other.body],
            Self::Plain | Self::Print(_) | Self::Set(..) | Self::Include(_) | Self::Extends => {
                Vec::new()
            }
        }
    }

    /// The expressions of its tags.
    pub fn expressions(&self) -> &[Expression<'t>] {
        match self {
            Self::Print(value) | Self::Set(_, value) => slice::from_ref(value),
            Self::If(conditions, _) => conditions,
            Self::For(looped) => slice::from_ref(&looped.over),
            Self::Other(other) => slice::from_ref(&other.head),
            Self::Plain
            | Self::Include(_)
            | Self::Block(_)
            | Self::Component(_)
            | Self::Extends => &[],
        }
    }

    /// The names to which it gives a meaning, without what stands within it.
    pub fn names_set(&self) -> &[&'t str] {
        match self {
            Self::Set(name, _) => slice::from_ref(name),
            Self::For(looped) => &looped.names,
            Self::Component(component) => &component.given,
            Self::Other(other) => other.sets.as_slice(),
            Self::Plain
            | Self::Print(_)
            | Self::If(..)
            | Self::Include(_)
            | Self::Block(_)
            | Self::Extends => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(nodes: &[Node<'_>], depth: usize, out: &mut Vec<String>) {
        for node in nodes {
            let name = match &node.kind {
                Kind::Plain => continue,
                Kind::Print(_) => "print".to_owned(),
                Kind::Set(name, _) => format!("set {name}"),
                Kind::If(conditions, _) => format!("if, {} conditions", conditions.len()),
                Kind::For(looped) => format!("for {}", looped.names.join(", ")),
                Kind::Include(name) => format!("include {name}"),
                Kind::Block(_) => "block".to_owned(),
                Kind::Component(component) => format!(
                    "component {}, {:?} given, {:?} taken",
                    component.name, component.given, component.implicit
                ),
                Kind::Extends => "extends".to_owned(),
                Kind::Other(other) => format!("other {:?}", other.sets),
            };
            let trims = [node.trims_before, node.trims_after].map(|trims| match trims {
                true => "-",
                false => "",
            });
            out.push(format!(
                "{}{}{name}{}",
                "  ".repeat(depth),
                trims[0],
                trims[1]
            ));
            for body in node.kind.bodies() {
                outline(body, depth + 1, out);
            }
        }
    }

    fn outlined(text: &str) -> Option<Vec<String>> {
        let mut out = Vec::new();
        outline(&nodes(text)?, 0, &mut out);
        Some(out)
    }

    #[test]
    fn what_stands_in_what() {
        let text = "{% extends \"b.html\" %}{% block a -%}{% if x %}{{ y }}{% elif z %}{% set q = 1 -%}{% else %}{% include 'i.html' %}{%- endif -%}{% endblock a %}\
            {%- for k, v in m %}{{ v }}{% else %}{{ w }}{% endfor %}\
            {% component kit.card(page: map, @lang: string, size=[1, two], ...rest) %}{{<x y={page} />}}{% endcomponent kit.card %}\
            {% <box a=\"b\"> %}{% set inner = 1 %}{% </box> %}{% set text | upper %}a{% endset %}{% set_global g = 2 %}{% filter upper %}b{% endfilter -%}";
        assert_eq!(
            outlined(text).expect("a template"),
            [
                "extends",
                "block",
                "  if, 2 conditions-",
                "    print",
                "    set q-",
                "    include i.html",
                "-for k, v",
                "  print",
                "  print",
                "component kit.card, [\"page\", \"size\", \"rest\"] given, [\"lang\"] taken",
                "  print",
                "other None",
                "  set inner",
                "other Some(\"text\")",
                "other Some(\"g\")",
                "other None-",
            ]
        );
    }

    #[test]
    fn what_is_left_open_or_unknown_is_nothing() {
        for text in [
            "{% if a %}",
            "{% for a in b %}{% else %}",
            "{% endif %}",
            "{% blok a %}",
            "{% component a %}{% endcomponent %}",
        ] {
            assert_eq!(outlined(text), None, "{text}");
        }
    }
}
