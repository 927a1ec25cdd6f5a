//! The value of an attribute as a browser reads it, as far as its scheme is concerned.

/// Resolves entities. A named one that cannot stand in a scheme stays as it is written.
pub fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (char, length) = entity(rest).unwrap_or(('&', 1));
        out.push(char);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character that stands at the beginning of `text` as an entity, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    if let Some(digits) = text.strip_prefix("&#") {
        return numeric(digits).map(|(char, length)| (char, length + 2));
    }
    let found = NAMED.iter().find(|(name, _)| text[1..].starts_with(name))?;
    Some((found.1, found.0.len() + 1))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits
        .find(|char: char| !char.is_digit(radix))
        .unwrap_or(digits.len());
    let number = u32::from_str_radix(&digits[..length], radix).ok()?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some((
        char::from_u32(number).unwrap_or('\u{fffd}'),
        prefix + length + semicolon,
    ))
}

const NAMED: &[(&str, char)] = &[
    ("amp;", '&'),
    ("quot;", '"'),
    ("apos;", '\''),
    ("lt;", '<'),
    ("gt;", '>'),
    ("colon;", ':'),
    ("Tab;", '\t'),
    ("NewLine;", '\n'),
    ("nbsp;", '\u{a0}'),
    ("amp", '&'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_resolved() {
        assert_eq!(decoded("a?b=1&amp;c=2&d"), "a?b=1&c=2&d");
        assert_eq!(
            decoded("java&#115;cript&colon;&#x61;&#X62"),
            "javascript:ab"
        );
        assert_eq!(decoded("&#;&#x;&#99999999;&"), "&#;&#x;\u{fffd}&");
    }
}
