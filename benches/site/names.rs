//! What articles are filed under.

use super::chance::Chance;

/// A section or subsection: its part of the address, and its title.
pub type Place = (&'static str, &'static str);

pub const SECTIONS: [Place; 8] = [
    ("harbour", "Harbour"),
    ("gardens", "Gardens"),
    ("transport", "Transport"),
    ("schools", "Schools"),
    ("records", "Records"),
    ("weather", "Weather"),
    ("trade", "Trade"),
    ("workshops", "Workshops"),
];

pub const SUBSECTIONS: [Place; 5] = [
    ("reports", "Reports"),
    ("guides", "Guides"),
    ("interviews", "Interviews"),
    ("plans", "Plans"),
    ("letters", "Letters"),
];

/// 24 names in English and 16 in Chinese.
pub fn author(chance: &mut Chance) -> String {
    const GIVEN: [&str; 6] = ["Ada", "Bertil", "Carys", "Dario", "Edda", "Fergus"];
    const FAMILY: [&str; 4] = ["Holm", "Ibarra", "Kerr", "Lindqvist"];
    const FAMILY_ZH: [&str; 4] = ["沈", "陆", "方", "邱"];
    const GIVEN_ZH: [&str; 4] = ["明远", "若兰", "建国", "思齐"];
    match chance.below(40) {
        at @ 0..24 => format!("{} {}", GIVEN[at / 4], FAMILY[at % 4]),
        at => format!("{}{}", FAMILY_ZH[at % 4], GIVEN_ZH[(at - 24) / 4]),
    }
}

const CATEGORIES: [&str; 15] = [
    "News",
    "Minutes",
    "Essay",
    "Portrait",
    "How-to",
    "Survey",
    "Obituary",
    "Review",
    "Calendar",
    "Accounts",
    "Opinion",
    "Field notes",
    "Tenders",
    "Questions",
    "Gallery",
];
const CATEGORIES_ZH: [&str; 10] = [
    "新闻", "纪要", "随笔", "人物", "教程", "调研", "书评", "日历", "账目", "观察",
];

/// One of 25.
pub fn category(is_chinese: bool, chance: &mut Chance) -> &'static str {
    match is_chinese {
        true => CATEGORIES_ZH[chance.below(CATEGORIES_ZH.len())],
        false => CATEGORIES[chance.below(CATEGORIES.len())],
    }
}

/// Up to four of 300, of which some are used often and most seldom.
pub fn tags(chance: &mut Chance) -> Vec<String> {
    let mut tags = Vec::new();
    for _ in 0..1 + chance.below(4) {
        let (one, other) = (chance.below(300), chance.below(300));
        let tag = tag(one.min(other));
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// 180 in English and 120 in Chinese, mixed.
fn tag(number: usize) -> String {
    const WHEN: [&str; 12] = [
        "winter", "spring", "summer", "autumn", "night", "morning", "weekend", "festival", "flood",
        "drought", "evening", "holiday",
    ];
    const WHAT: [&str; 15] = [
        "harvest", "traffic", "repairs", "lessons", "fishing", "music", "baking", "rowing",
        "planting", "painting", "budget", "heating", "walks", "storage", "lighting",
    ];
    const WHEN_ZH: [&str; 10] = [
        "冬季", "春季", "夏季", "秋季", "夜间", "清晨", "周末", "节庆", "汛期", "假日",
    ];
    const WHAT_ZH: [&str; 12] = [
        "收成", "交通", "维修", "课程", "捕鱼", "音乐", "烘焙", "划船", "种植", "绘画", "预算",
        "照明",
    ];
    let (row, column) = (number / 5, number % 5);
    match column {
        0..3 => {
            let at = row * 3 + column;
            format!("{} {}", WHEN[at % 12], WHAT[at / 12])
        }
        _ => {
            let at = row * 2 + column - 3;
            format!("{}{}", WHEN_ZH[at % 10], WHAT_ZH[at / 10])
        }
    }
}
