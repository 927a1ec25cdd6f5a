//! Dates as writers type them, points in time as the site compares them, and dates as readers
//! of each language expect them. The one home of `chrono`.

use std::fmt::Write as _;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::message::{Message, say};

use chrono::format::{Item, StrftimeItems};
use chrono::{
    DateTime, Datelike, Days, FixedOffset, Locale, NaiveDate, NaiveDateTime, NaiveTime,
    TimeZone as _, Timelike,
};

/// The zone in which dates without an offset are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeZone(chrono_tz::Tz);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// Finds a zone by its name in the IANA database, for example `Asia/Shanghai`.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The zone's name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The names of all zones, to suggest one.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// A clock change may skip a local time (the first moment after it is meant) or repeat it
    /// (the first of the two is meant).
    fn resolve(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let mut wanted = local;
        loop {
            if let Some(found) = self.0.from_local_datetime(&wanted).earliest() {
                return found.fixed_offset();
            }
            wanted += chrono::TimeDelta::minutes(15);
        }
    }
}

/// A date, with or without a time, as a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    has_time: bool,
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offset = self.at.offset().local_minus_utc();
        let seconds = self.at.timestamp();
        (
            seconds,
            self.at.timestamp_subsec_nanos(),
            offset,
            self.has_time,
        )
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (seconds, nanos, offset, has_time) =
            <(i64, u32, i32, bool)>::deserialize(deserializer)?;
        let at = DateTime::from_timestamp(seconds, nanos);
        let offset = FixedOffset::east_opt(offset);
        at.zip(offset)
            .map(|(at, offset)| Self {
                at: at.with_timezone(&offset),
                has_time,
            })
            .ok_or_else(|| serde::de::Error::custom("no point in time"))
    }
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateProblem {
    /// What is wrong.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
}

impl Moment {
    /// Reads the forms that writers may use: RFC 3339, `2021-03-05`, `2021/3/5`, `2021.3.5`,
    /// `2021年3月5日`, each with an optional `10:00` or `10:00:30` and offset. The result is shown
    /// in the given zone, so that all dates of a site fall on the days of its readers.
    ///
    /// # Errors
    /// When the text has another form, or names a day or time that does not exist.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, DateProblem> {
        let parts = split(text.trim()).ok_or_else(|| unknown_form(text))?;
        let date = NaiveDate::from_ymd_opt(parts.year, parts.month, parts.day)
            .ok_or_else(|| impossible_day(&parts))?;
        let Some(clock) = parts.clock else {
            return Ok(Self {
                at: zone.resolve(date.and_time(NaiveTime::MIN)),
                has_time: false,
            });
        };
        let time = NaiveTime::from_hms_nano_opt(clock.hour, clock.minute, clock.second, clock.nano)
            .ok_or_else(|| DateProblem {
                message: say::no_time(format!(
                    "{:02}:{:02}:{:02}",
                    clock.hour, clock.minute, clock.second
                )),
                help: say::times_go(),
            })?;
        let local = date.and_time(time);
        let at = match clock.offset {
            None => Some(zone.resolve(local)),
            Some(seconds) => FixedOffset::east_opt(seconds)
                .and_then(|offset| offset.from_local_datetime(&local).single())
                .map(|at| at.with_timezone(&zone.0).fixed_offset()),
        };
        at.map(|at| Self { at, has_time: true })
            .ok_or_else(|| unknown_form(text))
    }

    /// The point `seconds` after the beginning of 1970 (UTC), shown in a zone.
    pub fn from_unix(seconds: i64, zone: &TimeZone) -> Option<Self> {
        let at = DateTime::from_timestamp(seconds, 0)?;
        Some(Self {
            at: at.with_timezone(&zone.0).fixed_offset(),
            has_time: true,
        })
    }

    /// Seconds since the beginning of 1970 (UTC).
    pub fn unix(&self) -> i64 {
        self.at.timestamp()
    }

    /// Whether this has come at `now`.
    pub fn has_come(&self, now: &Moment) -> bool {
        self.at <= now.at
    }

    /// Whether this is over at `now`: a day without a time is over when it ends.
    pub fn is_over(&self, now: &Moment) -> bool {
        if self.has_time {
            self.at < now.at
        } else {
            self.at
                .checked_add_days(Days::new(1))
                .is_some_and(|end| end <= now.at)
        }
    }

    /// The seconds at which [`has_come`](Self::has_come) or [`is_over`](Self::is_over) may change
    /// their answer, for a `now` of whole seconds.
    pub fn turns(&self) -> [i64; 3] {
        let begins = self.at.timestamp() + i64::from(self.at.timestamp_subsec_nanos() > 0);
        let next_day = self.at.checked_add_days(Days::new(1));
        let ends = next_day.map_or(i64::MAX, |end| end.timestamp());
        [begins, self.at.timestamp() + 1, ends]
    }

    /// In seconds since 1970, the same time of day some days later.
    pub fn unix_days_later(&self, days: usize) -> i64 {
        let later = u64::try_from(days).ok().map(Days::new);
        let later = later.and_then(|days| self.at.checked_add_days(days));
        later.map_or(i64::MAX, |later| later.timestamp())
    }

    /// As RFC 3339 writes it: `2021-03-05T10:00:00+08:00`.
    pub fn rfc3339(&self) -> String {
        self.at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
    }

    /// Calendar year.
    pub fn year(&self) -> i32 {
        self.at.year()
    }

    /// Month, 1 to 12.
    pub fn month(&self) -> u32 {
        self.at.month()
    }

    /// Day of the month, from 1.
    pub fn day(&self) -> u32 {
        self.at.day()
    }

    /// Whether a time of day was given.
    pub fn has_time(&self) -> bool {
        self.has_time && self.at.time().num_seconds_from_midnight() > 0
    }

    /// The date as a careful writer of the language writes it out: `5 March 2021`, `2021年3月5日`.
    pub fn long(&self, language: &str) -> String {
        let (locale, pattern) = locale_of(language);
        self.at.format_localized(pattern, locale).to_string()
    }

    /// By a strftime pattern, with the language's names of months and weekdays.
    ///
    /// # Errors
    /// When the pattern has a `%` sequence that does not exist.
    pub fn format(&self, pattern: &str, language: &str) -> Result<String, Message> {
        if let Some(digits) = self.in_digits(pattern) {
            return Ok(digits);
        }
        let known = StrftimeItems::new(pattern).all(|item| !matches!(item, Item::Error));
        if !known {
            return Err(say::no_date_format(pattern));
        }
        let mut out = String::new();
        match write!(
            out,
            "{}",
            self.at.format_localized(pattern, locale_of(language).0)
        ) {
            Ok(()) => Ok(out),
            Err(_) => Err(say::no_date_format(pattern)),
        }
    }
}

impl Moment {
    /// By a pattern of nothing but the usual numbers, which are the same in every language.
    fn in_digits(&self, pattern: &str) -> Option<String> {
        let mut out = String::with_capacity(pattern.len() + 2);
        let mut rest = pattern.chars();
        while let Some(char) = rest.next() {
            let (number, width) = match char {
                '%' => match rest.next()? {
                    'Y' => (u32::try_from(self.at.year()).ok()?, 4),
                    'm' => (self.at.month(), 2),
                    'd' => (self.at.day(), 2),
                    'H' => (self.at.hour(), 2),
                    'M' => (self.at.minute(), 2),
                    'S' => (self.at.second(), 2),
                    _ => return None,
                },
                char => {
                    out.push(char);
                    continue;
                }
            };
            if number >= 10_u32.pow(width) {
                return None;
            }
            for place in (0..width).rev() {
                out.extend(char::from_digit(number / 10_u32.pow(place) % 10, 10));
            }
        }
        Some(out)
    }
}

/// How a language writes a date out, with `chrono`'s locale for its names.
/// Sources: Unicode CLDR 47, `dateFormats/long`, for the order of the parts.
const LANGUAGES: &[(&str, Locale, &str)] = &[
    ("ar", Locale::ar_EG, "%-d %B %Y"),
    ("de", Locale::de_DE, "%-d. %B %Y"),
    ("en", Locale::en_GB, "%-d %B %Y"),
    ("en-US", Locale::en_US, "%B %-d, %Y"),
    ("es", Locale::es_ES, "%-d de %B de %Y"),
    ("fr", Locale::fr_FR, "%-d %B %Y"),
    ("he", Locale::he_IL, "%-d ב%B %Y"),
    ("id", Locale::id_ID, "%-d %B %Y"),
    ("it", Locale::it_IT, "%-d %B %Y"),
    ("ja", Locale::ja_JP, "%Y年%-m月%-d日"),
    ("ko", Locale::ko_KR, "%Y년 %-m월 %-d일"),
    ("nl", Locale::nl_NL, "%-d %B %Y"),
    ("pl", Locale::pl_PL, "%-d %B %Y"),
    ("pt", Locale::pt_PT, "%-d de %B de %Y"),
    ("ru", Locale::ru_RU, "%-d %B %Y г."),
    ("tr", Locale::tr_TR, "%-d %B %Y"),
    ("uk", Locale::uk_UA, "%-d %B %Y р."),
    ("vi", Locale::vi_VN, "%-d tháng %-m, %Y"),
    ("zh", Locale::zh_CN, "%Y年%-m月%-d日"),
    ("zh-Hant", Locale::zh_TW, "%Y年%-m月%-d日"),
    ("zh-HK", Locale::zh_HK, "%Y年%-m月%-d日"),
    ("zh-TW", Locale::zh_TW, "%Y年%-m月%-d日"),
];

fn locale_of(language: &str) -> (Locale, &'static str) {
    let find = |wanted: &str| {
        LANGUAGES
            .iter()
            .find(|(code, _, _)| code.eq_ignore_ascii_case(wanted))
            .map(|(_, locale, pattern)| (*locale, *pattern))
    };
    find(language)
        .or_else(|| find(language.split(['-', '_']).next().unwrap_or(language)))
        .unwrap_or((Locale::POSIX, "%Y-%m-%d"))
}

/// A language with a country, as the Open Graph protocol wants it: `zh_CN`. The country is that of
/// the code, else the one whose dates stand for the language.
pub fn locale_name(language: &str) -> String {
    let mut parts = language.split('-');
    let base = parts.next().unwrap_or(language);
    match (parts.find(|part| part.len() == 2), locale_of(language).0) {
        (Some(country), _) => format!("{base}_{}", country.to_uppercase()),
        (None, Locale::POSIX) => base.to_owned(),
        (None, locale) => format!("{locale:?}"),
    }
}

struct Parts {
    year: i32,
    month: u32,
    day: u32,
    clock: Option<Clock>,
}

struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    nano: u32,
    /// Seconds east of UTC.
    offset: Option<i32>,
}

fn split(text: &str) -> Option<Parts> {
    let mut rest = text;
    let year = number(&mut rest, 4, 4)?;
    let separator = rest.chars().next()?;
    let closing = match separator {
        '-' | '/' | '.' => separator,
        '年' => '月',
        _ => return None,
    };
    rest = rest[separator.len_utf8()..].trim_start();
    let month = number(&mut rest, 1, 2)?;
    rest = rest.trim_start().strip_prefix(closing)?.trim_start();
    let day = number(&mut rest, 1, 2)?;
    if separator == '年' {
        rest = rest.trim_start();
        rest = rest.strip_prefix(['日', '号'])?;
    }
    let clock = match rest.trim_start() {
        "" => None,
        after if after.len() < rest.len() || separator == '年' => Some(clock(after)?),
        after => Some(clock(after.strip_prefix(['T', 't'])?)?),
    };
    Some(Parts {
        year: i32::try_from(year).ok()?,
        month,
        day,
        clock,
    })
}

fn clock(text: &str) -> Option<Clock> {
    let mut rest = text;
    let hour = number(&mut rest, 1, 2)?;
    rest = rest.strip_prefix([':', '：'])?;
    let minute = number(&mut rest, 2, 2)?;
    let (mut second, mut nano) = (0, 0);
    if let Some(after) = rest.strip_prefix([':', '：']) {
        rest = after;
        second = number(&mut rest, 2, 2)?;
        if let Some(after) = rest.strip_prefix('.') {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let shown = &after[..digits.min(9)];
            nano = format!("{shown:0<9}").parse().ok()?;
            rest = &after[digits..];
        }
    }
    let offset = match rest.trim_start() {
        "" => None,
        zone => Some(offset(zone)?),
    };
    Some(Clock {
        hour,
        minute,
        second,
        nano,
        offset,
    })
}

fn offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (mut hours, mut minutes) = (text.get(1..3)?, text.get(3..)?.trim_start_matches(':'));
    let hours = number(&mut hours, 2, 2).filter(|hours| *hours < 24)?;
    let minutes = number(&mut minutes, 2, 2).filter(|number| minutes.is_empty() && *number < 60)?;
    i32::try_from(hours * 3600 + minutes * 60)
        .ok()
        .map(|seconds| sign * seconds)
}

fn number(rest: &mut &str, fewest: usize, most: usize) -> Option<u32> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits < fewest || digits > most {
        return None;
    }
    let (number, after) = rest.split_at(digits);
    *rest = after;
    Some(
        number
            .bytes()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
    )
}

fn unknown_form(text: &str) -> DateProblem {
    DateProblem {
        message: say::unknown_date(shortened(text)),
        help: say::date_forms(),
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

fn impossible_day(parts: &Parts) -> DateProblem {
    let Parts {
        year, month, day, ..
    } = parts;
    if !(1..=12).contains(month) {
        return DateProblem {
            message: say::no_month(*month),
            help: say::months_go(),
        };
    }
    let last = (28..=31)
        .rev()
        .find(|day| NaiveDate::from_ymd_opt(*year, *month, *day).is_some())
        .unwrap_or(31);
    DateProblem {
        message: say::no_day(format!("{year:04}-{month:02}"), *day),
        help: say::last_day(format!("{year:04}-{month:02}-{last:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> TimeZone {
        TimeZone::named("Asia/Shanghai").expect("a known zone")
    }

    fn read(text: &str) -> String {
        Moment::parse(text, &shanghai()).expect(text).rfc3339()
    }

    #[test]
    fn a_locale_has_the_country_of_the_code_or_of_the_language() {
        let named = [
            "en",
            "en-US",
            "zh",
            "zh-Hant",
            "zh-Hant-HK",
            "pt-BR",
            "ar",
            "eo",
        ];
        assert_eq!(
            named.map(locale_name),
            [
                "en_GB", "en_US", "zh_CN", "zh_TW", "zh_HK", "pt_BR", "ar_EG", "eo"
            ]
        );
    }

    #[test]
    fn every_form_of_the_contract_is_read_in_the_sites_zone() {
        for text in [
            "2021-03-05",
            "2021-3-5",
            "2021/3/5",
            "2021/03/05",
            "2021.3.5",
            "2021年3月5日",
            "2021年03月05日",
            "2021年 3 月 5 日",
        ] {
            let parsed = Moment::parse(text, &shanghai()).expect(text);
            assert_eq!(parsed.rfc3339(), "2021-03-05T00:00:00+08:00", "{text}");
            assert!(!parsed.has_time());
        }
        for text in [
            "2021-03-05 10:00",
            "2021-03-05T10:00",
            "2021/3/5 10:00:00",
            "2021.3.5 10:00",
            "2021年3月5日 10:00",
            "2021年3月5日10:00",
            "2021-03-05 10：00",
            "2021-03-05T10:00:00+08:00",
            "2021-03-05T02:00:00Z",
        ] {
            let parsed = Moment::parse(text, &shanghai()).expect(text);
            assert_eq!(parsed.unix(), 1_614_909_600, "{text}");
        }
        assert_eq!(
            read("2021-03-05T10:00:00.250-0330"),
            "2021-03-05T21:30:00.250+08:00"
        );
    }

    #[test]
    fn impossible_dates_are_named() {
        for (text, message, help) in [
            (
                "2021-02-30",
                "2021-02 has no day 30",
                "The last day of that month is 2021-02-28.",
            ),
            (
                "2021-13-01",
                "there is no month 13",
                "Months go from 1 to 12: year first, then month, then day.",
            ),
            (
                "2021-03-05 25:00",
                "there is no time 25:00:00",
                "Write a time from 00:00 to 23:59.",
            ),
            (
                "March 5",
                "`March 5` is not a date that courant reads",
                "Write it as `2021-03-05` or `2021-03-05 10:00`; `2021/3/5`, `2021.3.5` and `2021年3月5日` are read too.",
            ),
        ] {
            let problem = Moment::parse(text, &TimeZone::UTC).expect_err(text);
            assert_eq!(
                (&*problem.message.english(), &*problem.help.english()),
                (message, help)
            );
        }
        for text in [
            "",
            "2021",
            "2021-03",
            "05-03-2021",
            "2021-03-05x",
            "2021-03-05T",
            "2021-03-05 1000",
            "2021-3/5",
        ] {
            let problem = Moment::parse(text, &TimeZone::UTC).expect_err(text);
            assert_eq!(
                problem.message.english(),
                format!("`{text}` is not a date that courant reads")
            );
        }
    }

    #[test]
    fn a_day_is_over_when_it_ends() {
        let zone = shanghai();
        let at = |text: &str| Moment::parse(text, &zone).expect(text);
        assert!(!at("2021-03-05").is_over(&at("2021-03-05 23:59")));
        assert!(at("2021-03-05").is_over(&at("2021-03-06 00:00")));
        assert!(at("2021-03-05 10:00").is_over(&at("2021-03-05 10:01")));
        assert!(at("2021-03-05").has_come(&at("2021-03-05 00:00")));
        assert!(!at("2021-03-05 10:00").has_come(&at("2021-03-05 09:59")));
    }

    #[test]
    fn answers_change_at_the_turns_and_nowhere_else() {
        let zone = shanghai();
        for text in ["2021-03-05", "2021-03-05 10:00", "2021-03-05 10:00:30.5"] {
            let moment = Moment::parse(text, &zone).expect(text);
            let answers = |seconds: i64| {
                let now = Moment::from_unix(seconds, &zone).expect("in the calendar");
                (moment.has_come(&now), moment.is_over(&now))
            };
            let turns = moment.turns();
            for seconds in moment.unix() - 90_000..moment.unix() + 90_000 {
                let changes = answers(seconds) != answers(seconds - 1);
                assert!(!changes || turns.contains(&seconds), "{text} at {seconds}");
            }
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_moves_forward() {
        let berlin = TimeZone::named("Europe/Berlin").expect("a known zone");
        let moment = Moment::parse("2021-03-28 02:30", &berlin).expect("read");
        assert_eq!(moment.rfc3339(), "2021-03-28T03:00:00+02:00");
    }

    #[test]
    fn each_language_writes_its_own_long_date() {
        let moment = Moment::parse("2021-03-04", &TimeZone::UTC).expect("read");
        for (language, long) in [
            ("en", "4 March 2021"),
            ("en-US", "March 4, 2021"),
            ("zh", "2021年3月4日"),
            ("zh-Hans", "2021年3月4日"),
            ("de-AT", "4. März 2021"),
            ("xx", "2021-03-04"),
        ] {
            assert_eq!(moment.long(language), long);
        }
        assert_eq!(moment.format("%A", "zh").as_deref(), Ok("星期四"));
        assert_eq!(moment.format("%Q", "en"), Err(say::no_date_format("%Q")));
    }
}
