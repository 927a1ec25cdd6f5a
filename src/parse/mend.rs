//! A Markdown file with slips → the same file without those that can be mended in one way only.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::data::{self, FrontError, Map, Syntax, mend};
use crate::date::Moment;
use crate::path::SourcePath;

use super::document::is_section;
use super::front_matter::{FRONT_KEYS, On};
use super::text;

/// A file that can be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The encoding it had, if that was not UTF-8.
    pub encoding: Option<&'static str>,
    /// Its text as it was.
    pub before: String,
    /// Its text as it should be, with as many lines.
    pub after: String,
}

/// Mends a file; `None` if there is nothing to mend, or nothing that is clear.
pub fn mend(source: &SourcePath, bytes: &[u8], config: &Config) -> Option<Mended> {
    let (before, encoding) = text::decode_any(bytes)?;
    let mut after = before.clone();
    for step in [fences, lines, keys_and_values] {
        after = step(source, &after, config).unwrap_or(after);
    }
    (encoding.is_some() || after != before).then_some(Mended {
        encoding,
        before,
        after,
    })
}

/// `－－－` → `---`, where front matter was meant.
fn fences(_: &SourcePath, text: &str, _: &Config) -> Option<String> {
    let mut mended = text.to_owned();
    if let Err(FrontError::OddFence { line }) = data::split(&mended) {
        mended.replace_range(line, "---");
    }
    if let Err(FrontError::NotClosed {
        opening,
        fence: "---",
    }) = data::split(&mended)
    {
        let end = odd_end(&mended, opening.end)?;
        mended.replace_range(end, "---");
    }
    (mended != text && data::split(&mended).is_ok()).then_some(mended)
}

/// The line that was meant to end front matter: nothing but keys stands before it.
fn odd_end(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from + text[from..].find('\n')? + 1;
    for line in text[at..].split_inclusive('\n') {
        let bare = line.trim_end();
        if data::is_odd_fence(bare) {
            return Some(at..at + bare.len());
        }
        let is_key = match bare.split_once([':', '：']) {
            Some((key, _)) => !key.trim().contains(char::is_whitespace),
            None => bare.starts_with([' ', '\t', '-', '#']),
        };
        if !is_key && !bare.is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Mends lines of front matter that cannot be read, if all of it can be read then.
fn lines(_: &SourcePath, text: &str, _: &Config) -> Option<String> {
    let matter = yaml(text)?;
    if data::parse_map(text, matter.clone(), Syntax::Yaml).is_ok() {
        return None;
    }
    let mended = each_line(text, matter, mend::line);
    let matter = yaml(&mended)?;
    data::parse_map(&mended, matter, Syntax::Yaml)
        .is_ok()
        .then_some(mended)
}

/// Mends names of keys, dates and lists in front matter that can be read.
fn keys_and_values(source: &SourcePath, text: &str, config: &Config) -> Option<String> {
    let matter = yaml(text)?;
    let map = data::parse_map(text, matter.clone(), Syntax::Yaml).ok()?;
    let keys = Keys::of(source, &map, config);
    Some(each_line(text, matter, |line| {
        let (key, rest) = line.split_once(':')?;
        map.get(key)?;
        let mended = keys.mended(key).map(|key| format!("{key}:{rest}"));
        let line = mended.as_deref().unwrap_or(line);
        let key = line.split_once(':')?.0;
        let value = match key {
            "date" | "updated" | "publish" | "expires" | "pinned" => date(line, config),
            _ if keys.is_list(key) => mend::commas(line),
            _ => None,
        };
        value.or(mended)
    }))
}

fn yaml(text: &str) -> Option<Range<usize>> {
    let front = data::split(text).ok()?;
    (front.syntax == Some(Syntax::Yaml)).then_some(front.matter)
}

/// Changes lines of a region, but none of text that stands indented below its key.
fn each_line(text: &str, region: Range<usize>, change: impl Fn(&str) -> Option<String>) -> String {
    let mut out = text[..region.start].to_owned();
    let mut text_below: Option<usize> = None;
    for line in text[region.clone()].split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let indent = bare.len() - bare.trim_start().len();
        if bare.trim().is_empty() || text_below.is_some_and(|above| indent > above) {
            out.push_str(line);
            continue;
        }
        text_below = mend::begins_text(bare).then_some(indent);
        match change(bare) {
            Some(changed) => {
                out.push_str(&changed);
                out.push_str(&line[bare.len()..]);
            }
            None => out.push_str(line),
        }
    }
    out.push_str(&text[region.end..]);
    out
}

/// The keys that a file may have, and those that it has.
struct Keys<'a> {
    known: Vec<&'a str>,
    taxonomies: Vec<&'a str>,
    map: &'a Map,
}

impl<'a> Keys<'a> {
    fn of(source: &SourcePath, map: &'a Map, config: &'a Config) -> Self {
        let on = if is_section(source) {
            On::Section
        } else {
            On::Page
        };
        let rows = FRONT_KEYS
            .iter()
            .filter(|row| row.on == On::Both || row.on == on);
        let taxonomies: Vec<&str> = config
            .taxonomies
            .iter()
            .map(|taxonomy| taxonomy.name.as_str())
            .collect();
        Self {
            known: rows
                .map(|row| row.name)
                .chain(taxonomies.iter().copied())
                .collect(),
            taxonomies,
            map,
        }
    }

    fn is_list(&self, key: &str) -> bool {
        self.taxonomies.contains(&key) || matches!(key, "authors" | "categories" | "aliases")
    }

    /// The known key that was meant by an unknown one, unless the file has that as well.
    fn mended(&self, key: &str) -> Option<&str> {
        if self.known.contains(&key) {
            return None;
        }
        let folded = key.to_ascii_lowercase();
        let named = data::other_name(&folded);
        let same = self.known.iter().copied().find(|known| *known == folded);
        let meant = named.or(same).filter(|meant| self.known.contains(meant))?;
        self.map.get(meant).is_none().then_some(meant)
    }
}

/// A date that can be read once it is written in half-width signs.
fn date(line: &str, config: &Config) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let end = value.find(" #").unwrap_or(value.len());
    let (value, comment) = (value[..end].trim(), &value[end..]);
    let is_date = |text: &str| Moment::parse(text, &config.zone).is_ok();
    let bare = value.trim_matches(['"', '\'', '“', '”', '‘', '’', '＂']);
    if value.is_empty()
        || is_date(bare) && bare.len() + 2 >= value.len() && value.is_ascii()
        || is_date(value)
    {
        return None;
    }
    let plain: String = bare.nfkc().collect();
    let plain = plain.replace(['—', '–', '−', '‐'], "-").replace('号', "日");
    let spaced = ["年", "月", "日"]
        .iter()
        .fold(plain.trim().to_owned(), |text, sign| {
            let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
            parts.join(sign)
        });
    let spaced = match spaced.split_once('日') {
        Some((day, time)) if !time.is_empty() => format!("{day}日 {time}"),
        _ => spaced,
    };
    let digits = match spaced.len() == 8 && spaced.bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("{}-{}-{}", &spaced[..4], &spaced[4..6], &spaced[6..]),
        false => spaced,
    };
    is_date(&digits).then(|| format!("{key}: {digits}{comment}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;

    fn mended(bytes: &[u8]) -> Option<String> {
        let config = crate::config::load(
            &SourcePath::new("site.yaml"),
            None,
            &Options::at(0),
            &mut Vec::new(),
        );
        mend(&SourcePath::new("content/a.md"), bytes, &config).map(|mended| mended.after)
    }

    fn check(text: &str, after: &str) {
        assert_eq!(mended(text.as_bytes()).as_deref(), Some(after), "{text}");
        assert_eq!(mended(after.as_bytes()), None, "{after}");
    }

    #[test]
    fn fences_and_colons_of_a_chinese_keyboard_are_mended() {
        check(
            "－－－\ntitle：义诊\ndate：2021年3月5日\n－－－\n正文：不变。\n",
            "---\ntitle: 义诊\ndate: 2021年3月5日\n---\n正文：不变。\n",
        );
        check(
            "---\r\ntitle：a\r\n———\r\nb\r\n",
            "---\r\ntitle: a\r\n---\r\nb\r\n",
        );
    }

    #[test]
    fn dates_and_keys_get_the_form_that_is_read() {
        for (slip, right) in [
            ("date: ２０２１－０３－０５", "date: 2021-03-05"),
            ("date: 2021 年 3 月 5 号", "date: 2021年3月5日"),
            ("date: “2021-03-05”", "date: 2021-03-05"),
            (
                "date: 2021－03－05 10：00 # first",
                "date: 2021-03-05 10:00 # first",
            ),
            ("date: 20210305", "date: 2021-03-05"),
            ("日期: 2021-03-05", "date: 2021-03-05"),
            ("Title: a", "title: a"),
            ("catagory: a", "category: a"),
            ("tag: [a，b]", "tags: [a, b]"),
        ] {
            check(
                &format!("---\n{slip}\n---\n"),
                &format!("---\n{right}\n---\n"),
            );
        }
    }

    #[test]
    fn text_below_a_key_stays() {
        check(
            "---\ntitle：a\nsummary: |\n  date：x: y\n---\n",
            "---\ntitle: a\nsummary: |\n  date：x: y\n---\n",
        );
    }

    #[test]
    fn what_is_unclear_stays() {
        for text in [
            "---\ntitle: a\ntag: x\ntags: y\n---\n",
            "---\ndate: 05/03/2021\n---\n",
            "---\ndate: 2021-02-30\n---\n",
            "---\ntitle：a\ntags: [x\n---\n",
            "---\ntitle: \"open\n---\n",
            "---\ntitle: a\n\nText without an end：\n———\n",
            "+++\ntitle：a\n+++\n",
            "－－－\n\n正文\n",
            "---\ntitle: 好：坏\ndate: 2021-03-05\npinned: true\ntags: [“a”, b]\n---\n",
            "---\ndate: \"2021-03-05\"\nextra: {tag: x}\n---\n",
            "",
        ] {
            assert_eq!(mended(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn other_encodings_become_utf8() {
        let text = "---\ntitle: 义诊活动通知\n---\n各会员单位：请按时参加。\n";
        let gbk = encoding_rs::GBK.encode(text).0.into_owned();
        assert_eq!(mended(&gbk).as_deref(), Some(text));
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(mended(&utf16).as_deref(), Some(text));
        let big5 = encoding_rs::BIG5
            .encode("標題：義診活動，請帶好健保卡")
            .0
            .into_owned();
        let latin = b"---\ntitle: \xe9t\xe9 caf\xe9t\n---\n".to_vec();
        let half_of_utf16 = [0xff, 0xfe, b'a', 0, b'b'].to_vec();
        for bytes in [
            big5,
            latin,
            half_of_utf16,
            vec![0xff; 9],
            b"\x89PNG\0\0".to_vec(),
        ] {
            assert_eq!(mended(&bytes), None, "{bytes:?}");
        }
    }
}
