//! Numbers as each language writes them.

use tera::Value;

use crate::message::say;

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::{language, needs};

pub(super) fn num_format(
    value: &Value,
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    if !value.is_number() {
        return Err(needs("num_format", say::number(), value).into());
    }
    Ok(grouped(&value.to_string(), Marks::of(language(arguments, scope)?)).into())
}

pub(super) fn filesize(
    value: &Value,
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let Some(bytes) = value.as_u64() else {
        return Err(needs("filesize", say::bytes_number(), value).into());
    };
    Ok(sized(bytes, Marks::of(language(arguments, scope)?)).into())
}

/// What a language puts between thousands, and before decimals.
#[derive(Clone, Copy)]
struct Marks {
    thousands: &'static str,
    decimal: &'static str,
    /// The fewest digits that are grouped.
    from: usize,
}

/// Source: Unicode CLDR 47, `numbers/symbols` and `minimumGroupingDigits`.
const MARKS: &[(&[&str], Marks)] = &[
    (
        &["de", "id", "it", "nl", "tr", "vi"],
        Marks {
            thousands: ".",
            decimal: ",",
            from: 4,
        },
    ),
    (
        &["es", "pt"],
        Marks {
            thousands: ".",
            decimal: ",",
            from: 5,
        },
    ),
    (
        &["fr"],
        Marks {
            thousands: "\u{202f}",
            decimal: ",",
            from: 4,
        },
    ),
    (
        &["pl"],
        Marks {
            thousands: "\u{a0}",
            decimal: ",",
            from: 5,
        },
    ),
    (
        &["cs", "ru", "sv", "uk"],
        Marks {
            thousands: "\u{a0}",
            decimal: ",",
            from: 4,
        },
    ),
];

impl Marks {
    fn of(language: &str) -> Self {
        let bare = language.split(['-', '_']).next().unwrap_or(language);
        MARKS
            .iter()
            .find(|(codes, _)| codes.contains(&bare))
            .map_or(
                Self {
                    thousands: ",",
                    decimal: ".",
                    from: 4,
                },
                |(_, marks)| *marks,
            )
    }
}

fn grouped(number: &str, marks: Marks) -> String {
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", number),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_plain = whole.bytes().all(|byte| byte.is_ascii_digit());
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if is_plain && index > 0 && left.is_multiple_of(3) && whole.len() >= marks.from {
            out.push_str(marks.thousands);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push_str(marks.decimal);
        out.push_str(decimals);
    }
    out
}

/// In steps of a thousand, as file managers show it; one decimal below ten.
fn sized(bytes: u64, marks: Marks) -> String {
    const UNITS: &[&str] = &["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = 0;
    loop {
        tenths = (tenths + 500) / 1000;
        if tenths < 10_000 || unit + 1 == UNITS.len() {
            break;
        }
        unit += 1;
    }
    let (whole, decimal) = match tenths {
        100.. => ((tenths + 5) / 10, 0),
        _ => (tenths / 10, tenths % 10),
    };
    match decimal {
        0 => format!("{whole} {}", UNITS[unit]),
        _ => format!("{whole}{}{decimal} {}", marks.decimal, UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_the_languages_own_mark() {
        for (number, language, shown) in [
            ("1234567", "en", "1,234,567"),
            ("1234567.25", "de", "1.234.567,25"),
            ("-1234", "zh", "-1,234"),
            ("1234", "es", "1234"),
            ("12345", "es", "12.345"),
            ("12345", "fr", "12\u{202f}345"),
            ("999", "en-GB", "999"),
            ("0.5", "ru", "0,5"),
            ("NaN", "en", "NaN"),
        ] {
            assert_eq!(grouped(number, Marks::of(language)), shown);
        }
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, shown) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1 kB"),
            (1249, "1.2 kB"),
            (9_950, "10 kB"),
            (45_678, "46 kB"),
            (999_999, "1 MB"),
            (1_234_567, "1.2 MB"),
            (u64::MAX, "18 EB"),
        ] {
            assert_eq!(sized(bytes, Marks::of("en")), shown);
        }
        assert_eq!(sized(1_234_567, Marks::of("de")), "1,2 MB");
    }
}
