//! The space between Chinese and what is filled in. Names in Latin letters or in backticks stand
//! apart from the characters beside them; Chinese does not stand apart from Chinese.

/// Appends `value` behind `out`; gives back what of `rest` follows it.
pub(super) fn insert<'r>(out: &mut String, value: &str, rest: &'r str) -> &'r str {
    if let Some(first) = value.chars().next() {
        let before = out.trim_end_matches(' ').chars().next_back();
        if out.ends_with(' ') && before.is_some_and(is_wide) && is_wide(first) {
            out.pop();
        } else if out.ends_with(is_han) && is_narrow(first) {
            out.push(' ');
        }
    }
    out.push_str(value);
    let last = value.chars().next_back();
    let next = rest.chars().next();
    match (last, next) {
        (Some(last), Some(' ')) if is_wide(last) && rest[1..].starts_with(is_wide) => &rest[1..],
        (Some(last), Some(next)) if is_narrow(last) && is_han(next) => {
            out.push(' ');
            rest
        }
        _ => rest,
    }
}

fn is_han(char: char) -> bool {
    char.is_alphabetic() && is_wide(char)
}

fn is_wide(char: char) -> bool {
    char >= '\u{2e80}' || matches!(char, '“' | '”' | '‘' | '’' | '…' | '—')
}

fn is_narrow(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '`' | '<' | '>' | '(' | ')' | '/' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_stands_where_scripts_meet() {
        for (before, value, behind, whole) in [
            ("没有", "`a`", "文件", "没有 `a` 文件"),
            ("没有 ", "`a`", " 文件", "没有 `a` 文件"),
            ("没有 ", "主题", " 文件", "没有主题文件"),
            ("没有", "`a`", "。", "没有 `a`。"),
            ("写 `", "标题", "`", "写 `标题`"),
            ("第", "3", "行", "第 3 行"),
            ("", "", "文件", "文件"),
        ] {
            let mut out = before.to_owned();
            let rest = insert(&mut out, value, behind);
            assert_eq!(out + rest, whole);
        }
    }
}
