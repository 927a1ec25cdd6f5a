//! Other names that people give to keys.

/// The key that is meant by another name for it.
pub fn other_name(typed: &str) -> Option<&'static str> {
    let row = NAMES.iter().find(|(name, _)| *name == typed);
    row.map(|(_, meant)| *meant)
}

/// Name, and what it means.
const NAMES: &[(&str, &str)] = &[
    ("标题", "title"),
    ("作者", "author"),
    ("日期", "date"),
    ("分类", "category"),
    ("标签", "tags"),
    ("摘要", "summary"),
    ("来源", "source"),
    ("tag", "tags"),
    ("auther", "author"),
    ("autor", "author"),
    ("catagory", "category"),
    ("catergory", "category"),
    ("tittle", "title"),
    ("discription", "description"),
    ("desciption", "description"),
    ("attachment", "attachments"),
    ("alias", "aliases"),
    ("expire", "expires"),
    ("update", "updated"),
    ("pin", "pinned"),
];
