//! Words of the system and of libraries: English, with Chinese for those that people meet.

/// Without the number that the system gives an error.
pub(super) fn without_number(words: &str) -> &str {
    words
        .split_once(" (os error ")
        .map_or(words, |(words, _)| words)
}

/// What the words mean; those that are not known stay as they are.
pub(super) fn in_chinese(words: &str) -> &str {
    KNOWN
        .iter()
        .find(|(english, _)| *english == words)
        .map_or(words, |(_, chinese)| chinese)
}

/// As Linux and macOS say it, and as the standard library calls the kinds of its errors.
const KNOWN: &[(&str, &str)] = &[
    ("No such file or directory", "没有这个文件或文件夹"),
    ("entity not found", "没有这个文件或文件夹"),
    ("Permission denied", "没有权限"),
    ("permission denied", "没有权限"),
    ("Operation not permitted", "不允许这样做"),
    ("No space left on device", "磁盘已满"),
    ("Disk quota exceeded", "磁盘配额已用完"),
    ("Read-only file system", "磁盘是只读的"),
    ("Is a directory", "这是文件夹，不是文件"),
    ("is a directory", "这是文件夹，不是文件"),
    ("Not a directory", "这不是文件夹"),
    ("not a directory", "这不是文件夹"),
    ("File exists", "已经存在"),
    ("File name too long", "文件名太长"),
    ("Directory not empty", "文件夹不是空的"),
    ("Too many open files", "打开的文件太多"),
    (
        "Too many levels of symbolic links",
        "符号链接绕来绕去，没有尽头",
    ),
    ("Input/output error", "磁盘读写出错"),
    ("Address already in use", "这个地址已被占用"),
    ("Cannot assign requested address", "这个地址不属于本机"),
    ("Broken pipe", "接收方已经关闭"),
    // serde_json, toml, globset and image
    ("expected value", "这里应当有内容"),
    ("EOF while parsing a value", "文件没有写完"),
    ("EOF while parsing an object", "文件没有写完"),
    ("EOF while parsing a list", "文件没有写完"),
    ("trailing comma", "多了一个逗号"),
    (
        "string values must be quoted, expected literal string",
        "文字要放在引号里",
    ),
    ("unclosed character class; missing ']'", "`[` 没有关上"),
    ("unexpected end of file", "文件不完整"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_and_known_words_are_understood() {
        let words = without_number("No space left on device (os error 28)");
        assert_eq!(words, "No space left on device");
        assert_eq!(in_chinese(words), "磁盘已满");
        assert_eq!(in_chinese("Bad juju"), "Bad juju");
    }
}
