//! Addresses and ids in raw HTML.

use std::ops::Range;

use super::super::{Links, escape, targets};
use super::tokens::{Attribute, Tag, Token, Tokens};
use super::{Source, allow, decode};

/// Something in raw HTML that the site must know of. Ranges count bytes of the raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An id that links may name.
    Anchor(String),
    /// An address of the site itself.
    Target {
        /// The address.
        target: String,
        /// Whether it is an image's.
        is_image: bool,
        /// Where it stands.
        range: Range<usize>,
    },
    /// `<!-- more -->`
    More(Range<usize>),
}

/// Lists ids and addresses.
pub fn scan(raw: &str, found: &mut dyn FnMut(Found)) {
    let mut tokens = Tokens::new(raw);
    while let Some(token) = tokens.next() {
        match token {
            Token::Comment {
                range,
                closed: true,
            } if is_more(&raw[range.clone()]) => found(Found::More(range)),
            Token::Open(tag) => {
                skip_what_is_no_html(&mut tokens, &tag);
                tag.attributes
                    .iter()
                    .for_each(|attribute| scan_attribute(raw, &tag, attribute, found));
            }
            _ => {}
        }
    }
}

/// Whether a comment marks the end of the part that lists show.
pub fn is_more(comment: &str) -> bool {
    let inner = comment
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim().eq_ignore_ascii_case("more"))
}

/// Appends raw HTML as it is, but for the addresses that `links` knows better.
pub fn pass(source: &Source, links: &dyn Links, out: &mut String) {
    let raw = source.text.as_str();
    let mut done = 0;
    let mut tokens = Tokens::new(raw);
    while let Some(token) = tokens.next() {
        match token {
            Token::Comment { range, .. } if is_more(&raw[range.clone()]) => {
                out.push_str(&raw[done..range.start]);
                done = range.end;
            }
            Token::Open(tag) => {
                skip_what_is_no_html(&mut tokens, &tag);
                for attribute in &tag.attributes {
                    let Some(target) = own_target(raw, tag.name, attribute) else {
                        continue;
                    };
                    let Some(address) = address(tag.name, &target, links) else {
                        continue;
                    };
                    out.push_str(&raw[done..attribute.range.start + attribute.name.len()]);
                    out.push_str("=\"");
                    escape::href(out, &address);
                    out.push('"');
                    done = attribute.range.end;
                }
            }
            _ => {}
        }
    }
    out.push_str(&raw[done..]);
}

fn skip_what_is_no_html(tokens: &mut Tokens, tag: &Tag) {
    let name = tag.name.to_ascii_lowercase();
    if allow::WITHOUT_TAGS.contains(&name.as_str()) {
        tokens.skip_to_end_tag(&name);
    }
}

fn scan_attribute(raw: &str, tag: &Tag, attribute: &Attribute, found: &mut dyn FnMut(Found)) {
    let Some(value) = attribute.value.clone() else {
        return;
    };
    let is_named = attribute.name.eq_ignore_ascii_case("id")
        || (tag.name.eq_ignore_ascii_case("a") && attribute.name.eq_ignore_ascii_case("name"));
    if is_named {
        found(Found::Anchor(decode::decoded(&raw[value])));
    } else if let Some(target) = own_target(raw, tag.name, attribute) {
        let is_image = tag.name.eq_ignore_ascii_case("img");
        found(Found::Target {
            target,
            is_image,
            range: value,
        });
    }
}

/// The address in an attribute, if it is one that the site answers for.
pub fn own_target(raw: &str, element: &str, attribute: &Attribute) -> Option<String> {
    let places = [
        ("a", "href"),
        ("img", "src"),
        ("video", "src"),
        ("video", "poster"),
        ("audio", "src"),
        ("source", "src"),
        ("track", "src"),
    ];
    let is = |(name, key): &(&str, &str)| {
        element.eq_ignore_ascii_case(name) && attribute.name.eq_ignore_ascii_case(key)
    };
    places.iter().find(|place| is(place))?;
    let target = decode::decoded(&raw[attribute.value.clone()?])
        .trim()
        .to_owned();
    (!targets::is_absolute(&target)).then_some(target)
}

/// Where an address of the site leads.
pub fn address(element: &str, target: &str, links: &dyn Links) -> Option<String> {
    match element.eq_ignore_ascii_case("img") {
        true => links.image(target).map(|image| image.src),
        false => links.link(target),
    }
}
