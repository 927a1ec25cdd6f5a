//! The table of everything that is said: one row for each message, with its English and its
//! Chinese. A row is called like a function and gives a [`Message`].
//!
//! `{name}` stands for an argument; both languages use all of them, or it does not compile. Where
//! English tells one from several by the first argument, the form for one stands before `|`.
//!
//! Chinese is for people in an office: polite, short, full-width punctuation. What is typed into
//! a file stands in backticks, as in English; spaces around arguments are seen to by the program.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Argument, Message};

/// The texts of a row.
pub(super) struct Text {
    /// The names of its arguments, in order.
    pub(super) names: &'static [&'static str],
    /// One form, or the one for 1 and the one for other numbers.
    pub(super) english: &'static [&'static str],
    pub(super) chinese: &'static str,
}

macro_rules! messages {
    ($($row:ident($($name:ident),*): $english:literal $(| $several:literal)?, $chinese:literal;)*) => {
        #[expect(non_camel_case_types, reason = "a row is called like the function that makes it")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub(super) enum Row { $($row),* }

        impl Row {
            const ALL: &[Self] = &[$(Self::$row),*];
            /// What the rows are called.
            #[cfg(test)]
            pub(super) const NAMES: &[&str] = &[$(stringify!($row)),*];
        }

        pub(super) const TABLE: &[Text] = &[$(Text {
            names: &[$(stringify!($name)),*],
            english: &[$english $(, $several)?],
            chinese: $chinese,
        }),*];

        $(
            #[doc = concat!("```text\n", $english, "\n```")]
            pub fn $row($($name: impl Into<Argument>),*) -> Message {
                Message { row: Row::$row, arguments: vec![$($name.into()),*] }
            }
        )*

        /// Holds that every text uses every argument, and no other.
        const _: fn() = || {
            $(
                let _ = format_args!(concat!($english $(, $several)?), $($name = ""),*);
                let _ = format_args!($chinese, $($name = ""),*);
            )*
        };
    };
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (*self as u16).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u16::deserialize(deserializer)?;
        let row = Self::ALL.get(usize::from(number));
        row.copied()
            .ok_or_else(|| serde::de::Error::custom("no such message"))
    }
}

messages! {
    // What holds messages together.
    verbatim(text): "{text}", "{text}";
    then(first, second): "{first} {second}", "{first}{second}";
    and_also(first, second): "{first}; {second}", "{first}；{second}";
    comma(first, second): "{first}, {second}", "{first}，{second}";
    and(first, second): "{first} and {second}", "{first}和{second}";
    did_you_mean(near): "Did you mean `{near}`?", "您是不是想写 `{near}`？";
    one_of(names): "Write one of: {names}.", "请从这些里选一个：{names}。";
    use_one_of(names): "Use one of: {names}.", "请使用其中之一：{names}。";
    files(number): "{number} file" | "{number} files", "{number} 个文件";

    // Kinds of values.
    nothing(): "nothing", "空的";
    flag(): "`true` or `false`", "`true` 或 `false`";
    number(): "a number", "数字";
    whole_number(): "a whole number", "整数";
    whole_numbers(): "whole numbers", "整数";
    text(): "text", "文字";
    list(): "a list", "列表";
    keys_and_values(): "keys and values", "字段和内容";
    text_or_texts(): "text or a list of texts", "文字，或由文字组成的列表";
    date_such_as(): "a date such as `2021-03-05`", "日期，例如 `2021-03-05`";
    language_keys(): "keys such as `title` and `label`", "`title`、`label` 这样的字段";
    menu_entries(): "a list of entries with `title` and `path`", "由菜单项组成的列表，每项带 `title` 和 `path`";
    menu_entry(): "an entry with `title` and `path`", "带 `title` 和 `path` 的菜单项";
    term_entry(): "a name, or keys such as `name` and `text`", "名称，或 `name`、`text` 这样的字段";

    // Keys and their values.
    in_backticks(text): "`{text}`", "`{text}`";
    item_of(key): "an item of `{key}`", "`{key}` 里的一项";
    wrong_kind(subject, kind, expected): "{subject} is {kind}; it must be {expected}", "{subject}是{kind}，应当是{expected}";
    quote_value_of(subject): "Put the value of {subject} in quotes.", "请给{subject}的内容加上引号。";
    write_key_is(key, value): "Write `{key}: {value}`.", "请写 `{key}: {value}`。";
    write_for(expected, subject): "Write {expected} for {subject}.", "请把{subject}写成{expected}。";
    key_twice(key): "the key `{key}` stands here a second time", "字段 `{key}` 在这里又写了一次";
    keep_one_delete_other(): "Keep one of the two and delete the other.", "请保留一个，删掉另一个。";
    negative(key, number): "`{key}` is {number}; it cannot be less than 0", "`{key}` 写的是 {number}，不能小于 0";
    write_zero_or_more(): "Write 0 or a larger number.", "请写 0 或更大的数。";
    cannot_be(key, value): "`{key}` cannot be `{value}`", "`{key}` 不能写成 `{value}`";
    no_key(key): "there is no key `{key}`", "没有 `{key}` 这个字段";
    no_key_below(parent, key): "`{parent}` has no key `{key}`", "`{parent}` 下面没有 `{key}` 这个字段";
    remove_or_extra(key): "Remove it, or move it below `extra:` if a template uses `{key}`.", "请删掉；如果模板要用 `{key}`，请移到 `extra:` 下面。";
    remove_or_use(names): "Remove it, or use one of: {names}.", "请删掉，或改用其中之一：{names}。";

    // Data files.
    text_for_keys(): "this is text where keys and values are expected", "这里应当是字段和内容，却是一段文字";
    write_keys(): "Write one `key: value` on each line, for example `title: Our clinic day`.", "请每行写一个字段，例如 `title: 义诊通知`。";
    unknown_format(format): "courant does not read data in the format `{format}`", "courant 不能读取 `{format}` 格式的数据";
    use_known_format(): "Use a .yaml, .toml, .json or .csv file.", "请使用 .yaml、.toml、.json 或 .csv 文件。";
    invalid_yaml(reason): "this is not valid YAML: {reason}", "这不是正确的 YAML：{reason}";
    invalid_toml(reason): "this is not valid TOML: {reason}", "这不是正确的 TOML：{reason}";
    write_toml(): "Write `key = \"value\"`, with the text in straight quotes.", "请写成 `字段 = \"内容\"`，文字用直引号括起来。";
    invalid_json(reason): "this is not valid JSON: {reason}", "这不是正确的 JSON：{reason}";
    invalid_table(reason): "this table cannot be read: {reason}", "这个表格无法读取：{reason}";
    unequal_rows(cells, expected): "a row has {cells} cells where the first row has {expected}", "有一行是 {cells} 格，而第一行是 {expected} 格";
    fill_rows(): "Give every row as many cells as the first row has, separated by commas.", "每一行的格数要与第一行相同，格与格之间用半角逗号分开。";
    alias_bomb(): "aliases (`*name`) repeat more data than courant accepts", "别名（`*名称`）重复的内容太多，courant 不接受";
    write_out(): "Write the values out instead of repeating them with `*name`.", "请直接写出内容，不要用 `*名称` 重复。";
    nested_too_deep(): "lists or keys are nested too deeply", "列表或字段套得太深";
    nest_less(): "Keep the nesting below 100 levels.", "请控制在 100 层以内。";
    never_closed(): "a quotation mark or bracket is opened and never closed", "有引号或括号只有开头，没有结尾";
    close_on_line(): "Close it on the same line.", "请在同一行把它关上。";
    lines_do_not_fit(): "the lines here do not fit together", "这几行对不上";
    check_columns(): "Check that lines of one list begin in the same column, and that texts with `:`, `#`, quotes or brackets stand in quotes.", "请检查：同一列表的各行要对齐；含有 `:`、`#`、引号或括号的文字要放在引号里。";
    cannot_begin(): "this character cannot begin a value", "内容不能以这个符号开头";
    quote_it(): "Put the value in quotes.", "请给内容加上引号。";
    second_colon(): "a second `:` on this line makes it unclear where the value begins", "这一行有两个 `:`，看不出内容从哪里开始";
    quote_example(): "Put the value in quotes: `title: \"Clinic day: what to bring\"`.", "请给内容加上引号：`title: \"义诊: 注意事项\"`。";
    reference_to_nothing(): "a value that begins with `*` is read as a reference to nothing", "以 `*` 开头的内容会被当作引用，而引用的东西不存在";

    // Slips of the keyboard.
    tab(): "a tab stands where only spaces may", "这里只能用空格，却有一个制表符";
    replace_tab(): "Replace the tab at the beginning of the line with two spaces.", "请把行首的制表符换成两个空格。";
    full_width_colon(): "this is the full-width colon `：`; keys end with the half-width `:`", "这是全角冒号 `：`，字段后面要用半角的 `:`";
    write_half_colon(key, value): "Write `{key}: {value}`, with a half-width colon and a space.", "请写 `{key}: {value}`，冒号用半角，后面空一格。";
    curly_quote(mark): "this is the curly quotation mark `{mark}`; only straight ones hold a value together", "这是弯引号 `{mark}`，要用直引号才能把内容括在一起";
    write_straight(key, value): "Write `{key}: \"{value}\"`, with straight quotation marks.", "请写 `{key}: \"{value}\"`，用直引号。";
    open_quote(mark): "this quotation mark `{mark}` is opened and never closed", "引号 `{mark}` 只有开头，没有结尾";
    odd_beginning(sign): "a value that begins with `{sign}` must stand in quotes as a whole", "以 `{sign}` 开头的内容要整个放在引号里";
    colon_in_value(key): "the value of `{key}` holds a `:`, so it is unclear where the value begins", "`{key}` 的内容里有 `:`，看不出内容从哪里开始";
    quote_value(key, value): "Put the value in quotes: `{key}: \"{value}\"`.", "请给内容加上引号：`{key}: \"{value}\"`。";

    // Dates.
    no_time(time): "there is no time {time}", "没有 {time} 这个时间";
    times_go(): "Write a time from 00:00 to 23:59.", "请写 00:00 到 23:59 之间的时间。";
    unknown_date(text): "`{text}` is not a date that courant reads", "`{text}` 不是 courant 能读的日期";
    date_forms(): "Write it as `2021-03-05` or `2021-03-05 10:00`; `2021/3/5`, `2021.3.5` and `2021年3月5日` are read too.", "请写成 `2021-03-05` 或 `2021-03-05 10:00`；`2021/3/5`、`2021.3.5`、`2021年3月5日` 也可以。";
    no_month(month): "there is no month {month}", "没有 {month} 月";
    months_go(): "Months go from 1 to 12: year first, then month, then day.", "月份是 1 到 12；先写年，再写月，最后写日。";
    no_day(month, day): "{month} has no day {day}", "{month} 没有 {day} 日";
    last_day(date): "The last day of that month is {date}.", "那个月的最后一天是 {date}。";
    no_date_format(pattern): "`{pattern}` is no date format", "`{pattern}` 不是日期格式";

    // Text files.
    too_large(megabytes): "this file has {megabytes} MB; courant reads text up to 64 MB", "这个文件有 {megabytes} MB，courant 只读 64 MB 以内的文本";
    split_or_attach(): "Split it, or offer it as an attachment.", "请拆成几个文件，或作为附件提供。";
    not_text(extension): "this is not text, although its name ends in `.{extension}`", "文件名以 `.{extension}` 结尾，内容却不是文字";
    real_ending(): "Give the file the ending of its real kind, or move it out of the site.", "请按实际类型改扩展名，或把文件移出网站。";
    not_utf8(found): "this file is not UTF-8; it looks like {found}", "这个文件不是 UTF-8 编码，看起来是{found}";
    another_encoding(): "another encoding, or like a damaged file", "别的编码，或文件已损坏";
    save_as_utf8(): "Open it in your editor and save it again with the encoding UTF-8.", "请用编辑器打开，编码选 UTF-8，重新保存。";

    // Front matter.
    front_not_closed(fence): "the front matter begins here and no second `{fence}` line ends it", "说明部分从这里开始，后面却没有第二行 `{fence}` 来结束";
    close_front(fence): "Put a line with nothing but `{fence}` between the keys and the text.", "请在字段和正文之间单独写一行 `{fence}`。";
    front_not_opened(): "this looks like front matter, but no `---` line stands above it", "这像是说明部分，但上面没有 `---`";
    open_front(): "Add a line with nothing but `---` as the first line of the file.", "请在文件第一行单独写 `---`。";
    odd_fence(): "this line looks like the beginning of front matter, but it is not `---`", "这一行像是说明部分的开头，但不是 `---`";
    write_fence(): "Write exactly three hyphens (`---`, half-width) on this line and on the line that ends it.", "这一行和结束的那一行，都请写三个半角短横线 `---`。";
    section_lacks_key(key): "a section has no key `{key}`", "栏目没有 `{key}` 这个字段";
    article_lacks_key(key): "an article has no key `{key}`", "文章没有 `{key}` 这个字段";
    belongs_to_articles(key): "Remove it: `{key}` belongs to articles.", "请删掉：`{key}` 只能写在文章里。";
    belongs_to_sections(key): "Remove it: `{key}` belongs to sections (`_index.md`).", "请删掉：`{key}` 只能写在栏目（`_index.md`）里。";
    not_for_all_below(key): "`{key}` cannot be the same for everything below", "`{key}` 不能让下面的文件都一样";
    write_into_files(): "Write it into the files themselves.", "请写在各个文件里。";
    says_again(key, other): "`{key}` says again what `{other}` says", "`{key}` 和 `{other}` 是一回事，写重了";
    put_all_into(key): "Put all of them into `{key}`.", "请都写在 `{key}` 里。";
    no_digest(digest): "`{digest}` is no digest of a text", "`{digest}` 不是原文的指纹";
    run_digests(): "Run `courant translations --digests`, and copy what stands beside the original.", "请运行 `courant translations --digests`，复制原文旁边的那一串。";
    attachment_without_file(): "this attachment has no `file`", "这个附件没有写 `file`";
    write_file(): "Write `file: form.pdf` and, if you like, `title: …`.", "请写 `file: form.pdf`，还可以加上 `title: …`。";

    // The configuration.
    config_lacks(key): "the site's configuration has no `{key}`", "网站配置里没有 `{key}`";
    add_line(line): "Add a line such as `{line}`.", "请加上一行，例如 `{line}`。";
    no_full_address(address): "`{address}` is not a full address", "`{address}` 不是完整的网址";
    write_with_scheme(): "Write it with its scheme: `https://example.org` or `https://example.org/path`.", "请写完整，例如 `https://example.org` 或 `https://example.org/path`。";
    no_time_zone(name): "there is no time zone `{name}`", "没有 `{name}` 这个时区";
    write_time_zone(): "Write a name of the IANA time zone database, for example `Asia/Shanghai`.", "请写 IANA 时区名，例如 `Asia/Shanghai`。";
    no_theme_name(name): "`{name}` cannot be the name of a theme", "`{name}` 不能用作主题名";
    write_theme_name(): "Write the name of a folder in `themes/`, for example `gazette`.", "请写 `themes/` 里一个文件夹的名字，例如 `gazette`。";
    output_outside(folder): "the site cannot be written into `{folder}`, which lies outside of its own folder", "网站不能写到 `{folder}`：它在网站文件夹以外";
    choose_inside(): "Choose a folder such as `public`; the option `-o` may name any other place.", "请换一个文件夹，例如 `public`；要写到别处，请用选项 `-o`。";
    output_in_sources(folder): "the site cannot be written into `{folder}`, which holds its sources", "网站不能写到 `{folder}`：那里放着网站的源文件";
    choose_own(): "Choose a folder of its own, for example `public`.", "请换一个单独的文件夹，例如 `public`。";
    no_language_code(code): "`{code}` is not a language code", "`{code}` 不是语言代码";
    write_language_code(): "Write a code such as `en`, `zh` or `zh-Hant`.", "请写 `en`、`zh`、`zh-Hant` 这样的代码。";
    write(text): "Write `{text}`.", "请写 `{text}`。";
    no_language(code): "the site has no language `{code}`", "网站没有 `{code}` 这种语言";
    use_languages(codes): "Use one of: {codes}; or add it to `languages` in the configuration.", "请使用其中之一：{codes}；或在网站配置的 `languages` 里加上它。";
    use_config_language(): "Use a language of the configuration.", "请使用网站配置里有的语言。";
    menu_without_path(): "this menu entry has no `path`", "这个菜单项没有写 `path`";
    add_menu_path(): "Add `path: @/section/_index.md`, a path of the site, or a full address.", "请加上 `path: @/section/_index.md`，也可以写网站内的路径或完整的网址。";
    no_taxonomy_name(name): "`{name}` cannot be the name of a taxonomy", "`{name}` 不能用作分类方式的名称";
    taxonomy_letters(): "Use letters, digits, `-` and `_`; what readers see comes from the theme strings.", "请只用字母、数字、`-` 和 `_`；读者看到的名称写在主题的用语里。";
    taxonomy_twice(name): "the taxonomy `{name}` is declared twice", "分类方式 `{name}` 写了两次";
    keep_one(): "Keep one of the two.", "请只保留一个。";
    taxonomy_without_name(): "this taxonomy has no `name`", "这个分类方式没有写 `name`";
    write_name(): "Write `name: topics`.", "请写 `name: topics`。";
    no_pattern(pattern, reason): "`{pattern}` is no pattern for files: {reason}", "`{pattern}` 不是文件名的匹配写法：{reason}";
    write_pattern(): "Write a pattern such as `drafts/**` or `*.bak`.", "请写 `drafts/**` 或 `*.bak` 这样的写法。";

    // Files and folders of the site.
    no_theme(name): "there is no theme `{name}`", "没有 `{name}` 这个主题";
    put_theme(folder, name): "Put it into the folder `{folder}`, or write `theme: {name}` for the built-in one.", "请把它放进文件夹 `{folder}`；要用自带的主题，请写 `theme: {name}`。";
    changed_meanwhile(): "this file changed while the site was being built", "构建过程中，这个文件被改动了";
    build_again(): "Build again.", "请再构建一次。";
    link_leads_out(): "this link leads out of the site's folder", "这个符号链接指到了网站文件夹以外";
    replace_link(): "Replace the link by the file or folder itself.", "请把符号链接换成文件或文件夹本身。";
    not_a_folder(): "this is not a folder, and the site needs it as one", "这里应当是文件夹，实际不是";
    make_folder(): "Rename it, or make it a folder.", "请改名，或改成文件夹。";
    no_content(): "the site has no folder `content`", "网站没有 `content` 文件夹";
    create_content(): "Create the folder and put the articles into it.", "请新建这个文件夹，把文章放进去。";
    neither_file_nor_folder(): "this is neither a file nor a folder", "这既不是文件，也不是文件夹";
    remove_from_site(): "Remove it from the site.", "请把它移出网站。";
    file_unreadable(cause): "this file cannot be read: {cause}", "这个文件读不了：{cause}";
    check_file_rights(): "Check who may read the file.", "请检查这个文件的读取权限。";
    unreadable(cause): "this cannot be read: {cause}", "这里读不了：{cause}";
    check_rights(): "Check who may read it.", "请检查读取权限。";
    odd_name(): "the name of this file holds characters that no address can hold", "文件名里有不能用在网址里的字符";
    rename_plainly(): "Rename the file with letters, digits and hyphens.", "请改名，只用字母、数字和短横线。";
    link_leads_back(folder): "this link leads back to the folder `{folder}` that contains it", "这个符号链接指回了包含它的文件夹 `{folder}`";
    remove_link(): "Remove the link.", "请删掉这个符号链接。";
    link_to_nothing(): "this link leads to nothing", "这个符号链接指向的东西不存在";
    mend_link(): "Remove the link, or make it lead to a file of the site.", "请删掉这个符号链接，或让它指向网站里的文件。";
    no_version(version): "`{version}` is not a version", "`{version}` 不是版本号";
    write_version(version): "Write a version such as `{version}`.", "请写 `{version}` 这样的版本号。";
    theme_too_new(wanted, this): "this theme needs courant {wanted}; this is {this}", "这个主题需要 courant {wanted}，当前版本是 {this}";
    update_courant(): "Install a newer courant, or use an older version of the theme.", "请安装新版 courant，或改用旧版主题。";
    no_words(code, number, names): "the theme has no `{code}` words for {number} of its strings; English stands in: {names}", "主题有 {number} 条用语没有 `{code}` 译文，暂用英文：{names}";
    write_words(code): "Write them into `i18n/{code}.yaml`.", "请写进 `i18n/{code}.yaml`。";

    // Why a file is not part of the site.
    hidden(): "hidden", "隐藏文件";
    leftover(): "left behind by an editor", "编辑器留下的文件";
    ignored(): "ignored by the configuration", "配置里写明不要的文件";

    // Addresses.
    empty_part(): "has an empty part between two `/`", "在两个 `/` 之间是空的";
    leaves_folder(part): "has the part `{part}`, which leaves its folder", "里有 `{part}`，会跑到文件夹以外";
    part_too_long(bytes, longest): "has a part of {bytes} bytes; file systems hold {longest}", "有一段长 {bytes} 字节，文件系统最多 {longest} 字节";
    odd_character(character): "holds the character {character}, which no URL may hold", "里有字符 {character}，不能用在网址里";
    several_parts(): "has more than one part", "不止一段";
    no_letter(): "has no letter or digit", "里没有字母或数字";
    address_problem(address, problem): "the address `{address}` {problem}", "网址 `{address}` {problem}";
    bare_address_problem(address, problem): "the address {address} {problem}", "网址 {address} {problem}";
    write_address(): "Write an address within the site, such as `about/contact`.", "请写网站以内的网址，例如 `about/contact`。";
    write_last_part(): "Write only the last part of the address; `path` sets the whole address.", "请只写网址的最后一段；整个网址用 `path` 来写。";
    write_word(): "Write a word with letters or digits, such as `clinic-day`.", "请写含有字母或数字的词，例如 `clinic-day`。";
    shorten_name(): "Shorten or change its name, or set `path` in its front matter.", "请缩短或更改名称，或在说明部分写上 `path`。";
    own_address(address): "{address} is an address that courant writes itself", "{address} 是 courant 自己要用的网址";
    rename_file_or_path(): "Rename the file, or set `slug` or `path` in its front matter.", "请给文件改名，或在说明部分写上 `slug` 或 `path`。";
    address_taken(address, other): "{address} is the address of `{other}` already", "{address} 已经是 `{other}` 的网址";
    first_one(): "the first one", "先出现的在这里";
    other_one(): "the other one", "另一个在这里";
    remove_alias(): "Remove the old address from one of the two.", "请从其中一个里删掉这个旧网址。";
    rename_one_or_path(): "Rename one of the two, or set `slug` or `path` in its front matter.", "请给其中一个改名，或在说明部分写上 `slug` 或 `path`。";
    odd_alias(address): "the old address `{address}` holds a `?` or `#`, which no file name can stand for", "旧网址 `{address}` 里有 `?` 或 `#`，没有文件能对应";
    write_part_before(): "Write the part before it.", "请只写它前面的部分。";
    file_and_folder(file, inner): "`{file}` is written as a file, and `{inner}` needs it as a folder", "`{file}` 要写成文件，而 `{inner}` 需要它是文件夹";
    no_address_from(name): "`{name}` has no letter or digit to make an address of", "`{name}` 里没有字母或数字，无法用作网址";
    name_without_letter(name): "the name `{name}` has no letter or digit to make an address of", "文件名 `{name}` 里没有字母或数字，无法用作网址";
    rename_or_slug(): "Rename it, or write `slug: a-name` into its front matter.", "请改名，或在说明部分写上 `slug: a-name`。";

    // Articles, sections and terms.
    language_disagrees(lang, named): "`lang` says `{lang}`, the file name says `{named}`", "`lang` 写的是 `{lang}`，文件名里写的是 `{named}`";
    remove_lang(): "Remove `lang`, or rename the file.", "请删掉 `lang`，或给文件改名。";
    same_page(first): "`{first}` is this page in this language already", "这个页面的这种语言已经有 `{first}`";
    delete_or_rename(): "Delete or rename one of the two.", "请删掉其中一个，或给它改名。";
    home_is_section(): "the home page is a section, not an article", "首页是栏目，不是文章";
    rename_to(name): "Rename the file to `{name}`.", "请把文件改名为 `{name}`。";
    same_key(first): "`{first}` has this `key` in the same language already", "同一种语言里，`{first}` 已经用了这个 `key`";
    another_key(): "Give one of the two another `key`: it ties an article to its translations.", "请给其中一个换一个 `key`：它用来对应文章和译文。";
    not_ids(kind): "this is {kind}; it must be ids and what they stand for", "这里是{kind}，应当是代号和它代表的内容";
    write_ids(): "Write `office:` and below it, indented, `name: Office`.", "请写 `office:`，下一行缩进写 `name: 办公室`。";
    give_slug(file): "Give it an entry with a `slug` in `{file}`.", "请在 `{file}` 里为它写一项，并写上 `slug`。";
    shared_address(name, other, address): "`{name}` and `{other}` would share the address {address}", "`{name}` 和 `{other}` 的网址都会是 {address}";
    used_here(name): "`{name}` is used here", "`{name}` 用在这里";
    one_spelling(file): "Use one spelling everywhere, or give one of them a `slug` in `{file}`.", "请统一写法，或在 `{file}` 里给其中一个写上 `slug`。";

    // Translations that have to be there.
    no_version_in(code): "this article has no version in `{code}`", "这篇文章没有 `{code}` 版本";
    write_version_at(path): "Write `{path}`.", "请补上译文 `{path}`。";
    publish_version(path, reason): "`{path}` is {reason}; publish it.", "`{path}` 没有发布（{reason}），请把它发布出来。";
    older_translation(original): "this translation is older than `{original}`", "这份译文比 `{original}` 旧";
    bring_up_to_date(digest): "Bring it up to date, then write `translated_from: {digest}`, which names the original as it is now.", "请更新译文，再写上 `translated_from: {digest}`，它对应现在的原文。";

    // Links.
    leads_nowhere(target): "there is nothing at `{target}`", "`{target}` 这个位置什么也没有";
    check_address(): "Check the address; for something outside of this site, write it in full: `https://…`.", "请检查网址；如果在别的网站，请写完整：`https://…`。";
    check_content_path(): "Check the path; `@/` stands for the folder `content`.", "请检查路径；`@/` 代表 `content` 文件夹。";
    check_md(): "Check the name of the file and the way to its folder.", "请检查文件名和所在的文件夹。";
    check_file(): "Check the name of the file, and put it beside the page or into `static/`.", "请检查文件名；文件要放在文章旁边或 `static/` 里。";
    is_held(target, reason): "`{target}` is {reason}, so readers would find nothing there", "`{target}` 没有发布（{reason}），读者点开什么也没有";
    draft(): "a draft", "草稿";
    not_due(): "not due yet", "发布时间未到";
    expired(): "expired", "已过期";
    beside_held(): "beside a page that is not published", "所属页面没有发布";
    remove_until(): "Remove the link until then, or publish what it leads to.", "请先去掉链接，或把它指向的内容发布出来。";
    no_anchor(page, anchor): "`{page}` has no part `#{anchor}`", "`{page}` 里没有 `#{anchor}` 这一部分";
    no_headings(): "Link to the page without `#…`; it has no headings.", "这个页面没有小标题，请去掉 `#…`。";
    its_parts(names): "Its parts are: {names}.", "它有这些部分：{names}。";

    // Markdown.
    half_width_heading(): "a heading begins with the half-width sign `#`", "标题要用半角的 `#` 开头";
    write_heading(): "Write `#` and a space in front of the heading.", "请在标题前写 `#` 和一个空格。";
    heading_space(sign): "a heading needs a space behind `{sign}`", "标题的 `{sign}` 后面要空一格";
    put_space(): "Put a space between the signs and the heading.", "请在符号和标题之间空一格。";
    link_undefined(name): "no line says where the link `[{name}]` leads", "没有写明链接 `[{name}]` 指向哪里";
    define_link(name): "Add a line `[{name}]: address`, or write the address in parentheses: `[text](address)`.", "请另写一行 `[{name}]: 网址`，或把网址写在括号里：`[文字](网址)`。";
    full_width_parentheses(): "this is no link, because its address stands in full-width parentheses", "网址放在全角括号里，成不了链接";
    half_width_parentheses(): "Write half-width parentheses: `[text](address)`.", "请改用半角括号：`[文字](网址)`。";
    no_footnote(name): "there is no footnote `[{name}]`", "没有 `[{name}]` 这条脚注";
    define_footnote(name): "Add a line `[{name}]: text`, or take the reference out.", "请加上一行 `[{name}]: 文字`，或去掉这个脚注标记。";
    footnote_unused(name): "the footnote `[^{name}]` was left out: nothing refers to it, or its name is used twice", "脚注 `[^{name}]` 没有显示：正文里没有引用它，或名称重复";
    refer_footnote(name): "Write `[^{name}]` where it belongs, or give it a name of its own.", "请在正文相应的位置写上 `[^{name}]`，或换一个名称。";
    heading_attribute(name): "`{name}` of this heading was left out", "这个标题的 `{name}` 被去掉了";
    heading_braces(): "Between the braces of a heading stand its id (`#id`) and its classes (`.class`).", "标题的花括号里只写名称（`#id`）和样式（`.class`）。";
    harmful_scheme(scheme): "the address begins with `{scheme}` and was left out, because it could do harm", "以 `{scheme}` 开头的网址可能有害，已去掉";
    link_elsewhere(): "Link to a page or a file instead.", "请改为链接到页面或文件。";
    bad_formula(reason): "this formula cannot be read: {reason}", "这个公式无法读取：{reason}";
    mend_formula(): "Mend the formula, or write `\\$` where a dollar sign is meant.", "请改正公式；如果是美元符号，请写 `\\$`。";
    nested_html(levels): "this text is nested deeper than {levels} levels, so its HTML is shown as text", "这段内容套了超过 {levels} 层，其中的 HTML 按文字显示";
    nest_parts_less(): "Begin fewer parts inside one another, or end them earlier.", "请少套几层，或早一点结束。";
    comment_open(): "this comment does not end, so all that follows was left out", "这条注释没有结束，后面的内容都没有显示";
    end_comment(): "Put `-->` where the comment ends.", "请在注释结束的地方写 `-->`。";
    stray_end(name): "`</{name}>` ends nothing that begins here, and was left out", "`</{name}>` 没有对应的开头，已去掉";
    begin_element(name): "Take it out, or put `<{name}>` where the part begins, in the same paragraph, list item or quotation.", "请删掉它，或在同一段落、列表项或引文里，在开头写上 `<{name}>`。";
    removed_with_content(name): "`<{name}>` and what it holds were left out, because they could do harm", "`<{name}>` 和里面的内容可能有害，已去掉";
    removed_element(name): "`<{name}>` was left out; what it holds stays", "`<{name}>` 已去掉，里面的内容保留";
    attribute_removed(names, element): "{names} of `<{element}>` was left out", "`<{element}>` 的{names}已去掉";
    attributes_removed(names, element): "{names} of `<{element}>` were left out", "`<{element}>` 的{names}已去掉";
    more(number): "{number} more", "另外 {number} 个";
    take_out_html(): "Take it out, or set `markdown.html` to `allow` in site.yaml if you trust everybody who writes for this site.", "请删掉；如果为网站写稿的人都可信，可以在 site.yaml 里把 `markdown.html` 设为 `allow`。";

    // Formulas.
    formula_too_long(bytes): "it is longer than {bytes} bytes", "超过 {bytes} 字节";
    formula_too_deep(levels): "it is nested deeper than {levels} levels", "套了超过 {levels} 层";
    unsupported_command(command): "`{command}` is not supported", "不支持 `{command}`";
    unknown_command(command): "`{command}` is not a command that is known here", "不认识 `{command}` 这个命令";
    is_missing(what): "{what} is missing", "缺少 {what}";
    end_too_many(): "there is a `}}` or `\\end` too many", "多了一个 `}}` 或 `\\end`";
    unknown_environment(): "the name behind `\\begin` is not known", "不认识 `\\begin` 后面的名称";
    dollar_inside(): "there is a `$` inside it", "里面有 `$`";
    hash_inside(): "`#` has no meaning in a formula", "公式里不能用 `#`";
    command_lacks(): "a command lacks what belongs behind it", "有个命令后面少了东西";
    bracket_lacks(): "`\\left` or `\\right` lacks its bracket", "`\\left` 或 `\\right` 后面少了括号";
    two_subscripts(): "there are two `_` behind one sign; put braces around what belongs together", "一个符号后面有两个 `_`，请用花括号把一组的括起来";
    two_superscripts(): "there are two `^` behind one sign; put braces around what belongs together", "一个符号后面有两个 `^`，请用花括号把一组的括起来";
    lone_backslash(): "there is a `\\` with nothing behind it", "有个 `\\` 后面什么也没有";
    command_not_known(): "it uses a command that is not known here", "用了不认识的命令";
    unknown_colour(): "the name of the colour is not known; it may be written `#RRGGBB`", "不认识这个颜色名，可以写成 `#RRGGBB`";
    no_alignment(): "`&` may stand only in tables and aligned formulas", "`&` 只能用在表格和对齐的公式里";
    no_new_line(): "`\\\\` may stand only in tables and aligned formulas", "`\\\\` 只能用在表格和对齐的公式里";

    // Images.
    image_damaged(): "this image cannot be read; it is damaged, or its name says another format", "这张图片无法读取：已损坏，或扩展名与实际格式不符";
    save_image(): "Open it in an image editor and save it again as JPEG or PNG.", "请用图片软件打开，另存为 JPEG 或 PNG。";
    size_unreadable(image): "the size of `{image}` cannot be read", "读不出 `{image}` 的尺寸";
    cannot_resize(image, reason): "`{image}` cannot be resized: {reason}", "`{image}` 无法缩放：{reason}";
    use_image_format(): "Use a JPEG, PNG or WebP file.", "请使用 JPEG、PNG 或 WebP 文件。";
    resizing_failed(reason): "the image cannot be resized: {reason}", "图片无法缩放：{reason}";
    no_image(): "it is no image that courant reads", "这不是 courant 能读的图片";
    cannot_be_zero(argument): "`{argument}` of `resize_image` cannot be 0", "`resize_image` 的 `{argument}` 不能是 0";
    needed_for_op(argument): "`resize_image` needs the argument `{argument}` for this `op`", "这种 `op` 下，`resize_image` 需要参数 `{argument}`";

    // Templates.
    while_rendering(subject): "This happened while `{subject}` was rendered.", "出错时正在生成 `{subject}`。";
    same_happens(number): "The same happens on {number} more page." | "The same happens on {number} more pages.", "另外 {number} 个页面也有同样的问题。";
    called_here(): "called from here", "从这里调用";
    result_taken_apart(): "a function's result cannot be taken apart in the same place", "函数的结果不能在同一处直接取其中一项";
    keep_result_first(): "Keep it first, `{{% set p = get_page(path=\"a.md\") %}}`, and then use `{{{{ p.title }}}}`.", "请先存起来：`{{% set p = get_page(path=\"a.md\") %}}`，再用 `{{{{ p.title }}}}`。";
    ends_too_early(): "the template ends too early", "模板没有写完";
    close_tags(): "Something that was opened is not closed: `{{{{`, `{{%`, `{{% if %}}`, `{{% for %}}`, `{{% block %}}` or `{{% component %}}`.", "有的标记只有开头，没有结尾：`{{{{`、`{{%`、`{{% if %}}`、`{{% for %}}`、`{{% block %}}` 或 `{{% component %}}`。";
    template_signs(): "`{{{{ … }}}}` prints a value and `{{% … %}}` gives an order; `{{% if %}}`, `{{% for %}}` and `{{% block %}}` each need their end.", "`{{{{ … }}}}` 用来显示内容，`{{% … %}}` 用来写指令；`{{% if %}}`、`{{% for %}}`、`{{% block %}}` 都要有结尾。";
    no_template(name): "there is no template `{name}`", "没有 `{name}` 这个模板";
    listing(first, second): "{first}, {second}", "{first}、{second}";
    built_in_theme(): "the built-in theme", "自带的主题";
    component_argument(name, kind, wanted): "component argument `{name}` (type: `{kind}`) does not match expected type: `{wanted}`", "组件的参数 `{name}` 是 `{kind}` 类型，应当是 `{wanted}` 类型";
    component_lacks(name, kind): "argument `{name}` (type: `{kind}`) missing", "缺少参数 `{name}`（`{kind}` 类型）";
    found_but_expected(found, expected): "found `{found}` but expected {expected}", "这里是 `{found}`，应当是 {expected}";
    looked_for_in(folders): "It is looked for in {folders}.", "查找的位置是 {folders}。";
    named_by_template(): "It is named by `template` here, or by `page_template` or `cascade` of a section above.", "这个名称来自这里的 `template`，或上级栏目的 `page_template` 或 `cascade`。";
    template_circle(names): "this template leads back to itself, by way of {names}", "这个模板绕回了自己，经过 {names}";
    break_circle(): "Remove one of the `{{% extends %}}` or `{{% include %}}` tags that make the circle.", "请去掉其中一处 `{{% extends %}}` 或 `{{% include %}}`。";
    component_twice(name): "the component `{name}` is defined twice", "组件 `{name}` 定义了两次";
    rename_component(): "Keep one of the two, or give one of them another name.", "请只保留一个，或给其中一个改名。";
    compare_template(): "Compare the template with one that works.", "请与没有问题的模板对照。";
    mend_template(): "Mend the template at this place.", "请改正模板的这个位置。";
    no_filter(name): "there is no filter `{name}`", "没有 `{name}` 这个过滤器";
    no_function(name): "there is no function `{name}`", "没有 `{name}` 这个函数";
    no_test(name): "there is no test `{name}`", "没有 `{name}` 这个判断";
    no_component(name): "there is no component `{name}`", "没有 `{name}` 这个组件";
    the_filters_are(names): "The filters are: {names}.", "过滤器有：{names}。";
    the_functions_are(names): "The functions are: {names}.", "函数有：{names}。";
    the_tests_are(names): "The tests are: {names}.", "判断有：{names}。";
    the_components_are(names): "The components are: {names}.", "组件有：{names}。";
    define_component(name): "Define it with `{{% component {name}() %}}…{{% endcomponent {name} %}}`.", "请用 `{{% component {name}() %}}…{{% endcomponent {name} %}}` 定义它。";
    no_block_above(name): "no template above this one has a block `{name}`", "上级模板里没有 `{name}` 这个块";
    add_block(name): "Add `{{% block {name} %}}{{% endblock %}}` to the template that this one extends, or rename the block here.", "请在它所继承的模板里加上 `{{% block {name} %}}{{% endblock %}}`，或在这里给块改名。";
    lacks_blocks(template, names): "this stands in for the theme's `{template}`, but lacks blocks that the theme's pages fill: {names}", "它代替了主题的 `{template}`，却缺少主题页面要用的块：{names}";
    empty_block(name): "`{{% block {name} %}}{{% endblock %}}`", "`{{% block {name} %}}{{% endblock %}}`";
    add_blocks(blocks): "Add {blocks}, or give the file a name that the theme does not use.", "请加上 {blocks}，或换一个主题没有用到的文件名。";
    no_variable(name): "there is no variable `{name}` here", "这里没有 `{name}` 这个变量";
    no_field(name): "there is no field `{name}` here", "这里没有 `{name}` 这一项";
    these_are_here(names): "These are here: {names}.", "这里有：{names}。";
    argument_missing(name): "the argument {name} is missing", "缺少参数 {name}";
    wrong_value(kind, wanted): "this is {kind} where {wanted} is needed", "这里需要{wanted}，现在是{kind}";
    not_iterable(kind): "`for` goes through a list, and this is {kind}", "`for` 要逐项处理列表，这里却是{kind}";
    yes_or_no(): "yes or no", "是或否";
    count_from_zero(): "a whole number from 0 on", "0 或更大的整数";
    a_date(): "a date", "日期";
    bytes_number(): "a number of bytes", "字节数";
    needs_argument(function, argument): "`{function}` needs the argument `{argument}`", "`{function}` 需要参数 `{argument}`";
    wrong_argument(argument, function, kind, wanted): "the argument `{argument}` of `{function}` is {kind}; it must be {wanted}", "`{function}` 的参数 `{argument}` 是{kind}，应当是{wanted}";
    no_argument_near(function, argument, near): "`{function}` has no argument `{argument}`; did you mean `{near}`?", "`{function}` 没有参数 `{argument}`，您是不是想写 `{near}`？";
    no_argument_none(function, argument): "`{function}` has no argument `{argument}`; it takes none", "`{function}` 没有参数 `{argument}`，它不需要参数";
    no_argument_known(function, argument, names): "`{function}` has no argument `{argument}`; it takes {names}", "`{function}` 没有参数 `{argument}`，它的参数有 {names}";
    filter_needs(filter, wanted, kind): "`{filter}` needs {wanted}, and this is {kind}", "`{filter}` 需要{wanted}，这里却是{kind}";
    seconds_no_date(seconds): "{seconds} seconds since 1970 are no date", "1970 年起的第 {seconds} 秒不是日期";
    not_json(reason): "this cannot be written as JSON: {reason}", "这里无法写成 JSON：{reason}";
    path_or_literal(): "`get_hash` needs either `path` or `literal`", "`get_hash` 需要 `path` 或 `literal` 其中之一";
    cannot_be_number(name, number): "`{name}` cannot be {number}", "`{name}` 不能是 {number}";
    write_sha(): "Write 256, 384 or 512.", "请写 256、384 或 512。";
    write_one_of(names): "Write one of {names}.", "请从这些里选一个：{names}。";
    no_site_file(path): "the site has no file `{path}`", "网站里没有文件 `{path}`";
    put_beside(): "Put it beside the page or into `static/`.", "请把它放在文章旁边或 `static/` 里。";
    is_article(path): "`{path}` is an article, not a section", "`{path}` 是文章，不是栏目";
    use_get_page(): "Use `get_page` for it.", "请用 `get_page`。";
    no_page(path): "there is no page `{path}`", "没有 `{path}` 这个页面";
    no_section(path): "there is no section `{path}`", "没有 `{path}` 这个栏目";
    name_by_path(): "Name it by its path below `content/`, for example `news/_index.md`.", "请写它在 `content/` 下的路径，例如 `news/_index.md`。";
    no_taxonomy(name): "the site has no taxonomy `{name}`", "网站没有 `{name}` 这种分类方式";
    it_has(names): "It has {names}.", "有的是 {names}。";
    no_term(term, taxonomy): "no page has `{term}` as its `{taxonomy}`", "没有页面的 `{taxonomy}` 是 `{term}`";
    no_string(key): "the theme has no string `{key}`", "主题没有 `{key}` 这条用语";
    add_string(code): "Add it to `i18n/{code}.yaml`.", "请写进 `i18n/{code}.yaml`。";
    no_data_file(path): "the site has no data file `{path}`", "网站没有数据文件 `{path}`";
    file_not_utf8(path): "`{path}` is not UTF-8", "`{path}` 不是 UTF-8 编码";
    in_file(path, problem): "`{path}`: {problem}", "`{path}`：{problem}";
    own_file_there(address): "the site has a file of its own at {address}", "网站在 {address} 已有自己的文件";
    no_placeholder(name): "there is no placeholder `{name}`", "没有 `{name}` 这个占位符";
    placeholders_are(): "Use `{{{{ title }}}}`, `{{{{ date }}}}`, `{{{{ author }}}}` or `{{{{ category }}}}`.", "请使用 `{{{{ title }}}}`、`{{{{ date }}}}`、`{{{{ author }}}}` 或 `{{{{ category }}}}`。";

    // Failures of the environment.
    cannot_read(path, cause): "cannot read {path}: {cause}", "无法读取 {path}：{cause}";
    cannot_write(path, cause): "cannot write {path}: {cause}", "无法写入 {path}：{cause}";
    cannot_create(path, cause): "cannot create {path}: {cause}", "无法新建 {path}：{cause}";
    cannot_remove(path, cause): "cannot remove {path}: {cause}", "无法删除 {path}：{cause}";
    cannot_find(path, cause): "cannot find {path}: {cause}", "找不到 {path}：{cause}";
    cannot_look_at(path, cause): "cannot look at {path}: {cause}", "无法查看 {path}：{cause}";
    cannot_list(path, cause): "cannot list {path}: {cause}", "无法列出 {path} 里的文件：{cause}";
    cannot_keep_copy(path, cause): "cannot keep a copy of {path}: {cause}", "无法备份 {path}：{cause}";
    cannot_open(path, cause): "cannot open {path}: {cause}", "无法打开 {path}：{cause}";
    cannot_lock(path, cause): "cannot lock {path}: {cause}", "无法锁定 {path}：{cause}";
    cannot_publish(path, cause): "cannot publish {path}: {cause}", "无法发布 {path}：{cause}";
    cannot_write_into(path, cause): "cannot write into {path}: {cause}", "无法写到 {path} 里：{cause}";
    cannot_restore(path, cause): "cannot restore {path}: {cause}", "无法恢复 {path}：{cause}";
    cannot_replace(path, cause): "cannot replace {path}: {cause}", "无法替换 {path}：{cause}";
    no_output_folder(): "this cannot be an output folder; choose another", "这里不能用作输出文件夹，请换一个";
    links_in_circle(): "its symbolic links lead in a circle; choose another folder", "它的符号链接绕成了圈，请换一个文件夹";
    root_no_output(): "the root of the file system cannot be an output folder; choose another", "磁盘的根目录不能用作输出文件夹，请换一个";
    no_folder_there(): "it is not a folder; move it away or choose another output folder", "这不是文件夹，请把它移走，或另选输出文件夹";
    folder_goes_here(): "a folder has to go here", "这里要放一个文件夹";
    file_goes_here(): "a file has to go here", "这里要放一个文件";
    file_for_folder(): "a file has to go in place of the folder", "要用一个文件代替这个文件夹";
    not_ours(why): "{why}, but courant did not write what is here; move it away and build again", "{why}，但这里的东西不是 courant 写的，请把它移走再构建";
    two_outputs(): "two outputs of the site have this path", "网站有两个输出用了这个路径";
    file_and_folder_there(): "the site has a file and a folder of this path", "网站在这个路径既有文件又有文件夹";
    folder_is_gone(): "the folder is gone; build the site again", "文件夹已经不在了，请重新构建网站";
    not_all_written(): "not all files of the site could be written", "网站有些文件没能写入";
    changed_since(): "it was changed meanwhile", "它刚刚被改动过";
    output_swallows(path): "the site cannot be written into {path}, which holds its sources", "网站不能写到 {path}：那里放着网站的源文件";
    no_threads(cause): "cannot start threads: {cause}", "无法启动线程：{cause}";
    no_instant(seconds): "{seconds} seconds since 1970 is no date", "1970 年起的第 {seconds} 秒不是日期";
    port_taken(port): "another program uses port {port}", "端口 {port} 正被别的程序占用";
    cannot_listen(host, cause): "cannot listen at {host}: {cause}", "无法在 {host} 上提供预览：{cause}";
    cannot_preview(cause): "cannot start the preview: {cause}", "无法启动预览：{cause}";
    builds_stopped(): "the builds have stopped", "构建已经中断";
    current_folder(cause): "cannot tell the current folder: {cause}", "无法确定当前文件夹：{cause}";
    no_stdout(cause): "cannot write to standard output: {cause}", "无法写到标准输出：{cause}";
    no_epoch(text): "the environment's SOURCE_DATE_EPOCH is `{text}`, which is not a whole number", "环境变量 SOURCE_DATE_EPOCH 是 `{text}`，不是整数";
    set_epoch(): "Set it to the seconds since the beginning of 1970, or unset it.", "请设为 1970 年初以来的秒数，或不要设置。";
    epoch_out_of_range(): "the environment's SOURCE_DATE_EPOCH is out of range", "环境变量 SOURCE_DATE_EPOCH 超出了范围";
    too_many_folders(): "the site has more folders than this system lets a program watch", "网站的文件夹太多，超过了系统允许程序监视的数量";

    // How failures are mended.
    make_room(): "Make room on the disk, then run the command again.", "请先腾出磁盘空间，再运行一次。";
    ask_for_rights(): "Ask whoever looks after this computer for the right to use that file or folder.", "请向管理这台电脑的人申请使用这个文件或文件夹的权限。";
    choose_writable(): "Choose a folder that can be written to.", "请换一个可以写入的文件夹。";
    choose_output(): "Choose a folder of its own, for example `-o public`.", "请换一个单独的文件夹，例如 `-o public`。";
    fewer_threads(): "Ask for fewer of them, for example `--jobs 1`.", "请减少线程数，例如 `--jobs 1`。";
    nearer_instant(): "Give an instant of this age with `--now`.", "请用 `--now` 给出一个当代的时间。";
    choose_port(): "Choose another one, or leave `--port` out: then a free one is found.", "请换一个端口；不写 `--port` 会自动选用空闲的端口。";
    choose_host(): "Leave `--host` out to see the preview on this computer, or name one of its addresses; `0.0.0.0` means all of them. Ports below 1024 need special rights.", "只在本机看预览，请不要写 `--host`；也可以写本机的某个地址，`0.0.0.0` 表示全部地址。1024 以下的端口需要特别权限。";
    report_it(): "The message above says why; please report it.", "原因见上面的报错，请反馈给我们。";
    no_browser(cause): "cannot open the browser: {cause}", "无法打开浏览器：{cause}";
    open_it(address): "Open {address} in it.", "请在浏览器里打开 {address}。";

    // Which site.
    no_folder(path): "there is no folder `{path}`", "没有文件夹 `{path}`";
    check_root(): "Check the name after `-C`.", "请检查 `-C` 后面的名称。";
    no_site_in(path): "there is no site in `{path}`", "`{path}` 里没有网站";
    what_a_site_has(): "A site has a `site.yaml` or a folder `content`. Check the name after `-C`, or run `courant init` there.", "网站要有 `site.yaml` 或 `content` 文件夹。请检查 `-C` 后面的名称，或在那里运行 `courant init`。";
    no_site_above(path): "there is no site in {path} or in a folder above it", "{path} 和它的上级文件夹里都没有网站";
    init_or_root(): "Run `courant init` to create a site here, or name the site's folder with `-C`.", "请运行 `courant init` 在这里新建网站，或用 `-C` 写明网站的文件夹。";

    // How a build ended.
    errors(number): "{number} error" | "{number} errors", "{number} 个错误";
    warnings(number): "{number} warning" | "{number} warnings", "{number} 个警告";
    pages(number): "{number} page" | "{number} pages", "{number} 篇文章";
    sections(number): "{number} section" | "{number} sections", "{number} 个栏目";
    files_written(number): "{number} file written" | "{number} files written", "写入 {number} 个文件";
    files_unchanged(number): "{number} file unchanged" | "{number} files unchanged", "{number} 个文件没有变化";
    files_removed(number): "{number} file removed" | "{number} files removed", "删除 {number} 个文件";
    rendered(number): "{number} rendered", "生成 {number} 个";
    written(number): "{number} written", "写入 {number} 个";
    unchanged(number): "{number} unchanged", "{number} 个没有变化";
    removed(number): "{number} removed", "删除 {number} 个";
    no_files(): "no files", "没有文件";
    built(pages, sections, seconds, what): "Built {pages} and {sections} in {seconds} s: {what}.", "构建完成：{pages}、{sections}，用时 {seconds} 秒；{what}。";
    no_problems(): "no problems", "没有发现问题";
    elsewhere(tally): "elsewhere {tally}", "其他地方还有 {tally}";
    checked(pages, sections, seconds, found): "Checked {pages} and {sections} in {seconds} s: {found}.", "检查完成：{pages}、{sections}，用时 {seconds} 秒；{found}。";
    nothing_published(why): "Nothing was published: {why}.", "没有发布：{why}。";
    strict_fails(): "`--strict` treats warnings as errors", "`--strict` 把警告也算作错误";
    built_again(): "Built again", "重新构建";
    and_more(first, number): "{first} and {number} more", "{first} 等，另有 {number} 个文件";
    rebuilt(cause, what, seconds): "{cause}: {what} in {seconds} s.", "{cause}：{what}，用时 {seconds} 秒。";
    rebuilt_with(cause, what, seconds, warnings): "{cause}: {what} in {seconds} s; {warnings}.", "{cause}：{what}，用时 {seconds} 秒；{warnings}。";
    nothing_to_do(): "nothing to do", "没有要做的";
    rebuilt_nothing(cause, why): "{cause}: nothing was published: {why}.", "{cause}：没有发布：{why}。";
    waiting(): "Waiting for another build of this site to end.", "这个网站正在进行另一次构建，等它结束后继续。";
    left_out_heading(): "Left out:", "没有发布的文件：";
    phases_heading(): "Phases:", "各阶段用时：";
    rendered_heading(): "Rendered:", "重新生成：";
    written_heading(): "Written:", "写入：";
    removed_heading(): "Removed:", "删除：";
    replaced_heading(): "Replaced what courant had not written:", "替换了不是 courant 写的文件：";
    copy_is_in(path, copy): "{path}: a copy is in {copy}", "{path}：备份在 {copy}";
    path_because(path, reason): "{path}: {reason}", "{path}：{reason}";
    more_reasons(number): "and {number} more", "另有 {number} 条";
    phase_read(): "read", "读取";
    phase_parse(): "parse", "解析";
    phase_assemble(): "assemble", "汇总";
    phase_plan(): "plan", "规划";
    phase_render(): "render", "生成";
    phase_publish(): "publish", "发布";
    phase_save(): "save", "保存";

    // Watching and the preview.
    awaiting_changes(): "Waiting for changes until you press Ctrl-C.", "等待改动，按 Ctrl-C 结束。";
    shown_at(address): "The site is shown at {address} until you press Ctrl-C.", "网站预览在 {address}，按 Ctrl-C 结束。";
    looking_for_changes(cause): "Changes are looked for, since the system does not tell of them: {cause}.", "系统不通知文件改动，改为定时查看：{cause}。";
    mistakes_title(number): "{number} mistake: nothing was published. Below is the site as it was before." | "{number} mistakes: nothing was published. Below is the site as it was before.", "有 {number} 处错误，没有发布。下面是之前的网站。";
    close_overlay(): "Close (Esc)", "关闭（Esc）";
    terminal_lists(number): "And {number} more; the terminal lists them all.", "另有 {number} 处，全部列在终端里。";
    not_published(reason): "Not published: {reason}", "不会发布：{reason}";
    error(): "error", "错误";
    warning(): "warning", "警告";
    note(): "note", "说明";
    help(): "help", "办法";
    bug_see_terminal(): "this is a bug in courant; the terminal says more", "courant 出错了，详情见终端";
    address_not_utf8(): "this address is not UTF-8", "这个网址不是 UTF-8 编码";
    no_page_there(): "There is no page at this address.", "这个网址没有页面。";
    site_lives_at(home): "The site lives at {home}, as its base_url says.", "按 base_url 的设置，网站在 {home}。";
    not_built_yet(): "The site has not been built yet.", "网站还没有构建好。";

    // check
    nothing_named(path): "there is no `{path}`", "没有 `{path}` 这个文件或文件夹";
    name_files(): "Name files or folders of the site.", "请写网站里的文件或文件夹。";

    // fix
    nothing_mended(): "Nothing was mended: the configuration has errors.", "没有修改：网站配置有错误。";
    no_article_at(path): "there is no article at `{path}`", "在 `{path}` 没有找到文章";
    name_articles(): "Name Markdown files below `content`, or folders that hold some.", "请写 `content` 下的 Markdown 文件，或放着这些文件的文件夹。";
    lines(number): "{number} line" | "{number} lines", "{number} 行";
    encodings(number): "{number} encoding" | "{number} encodings", "{number} 处编码";
    nothing_to_mend(): "There is nothing to mend.", "没有需要修改的地方。";
    would_mend(what, files): "Would mend {what} in {files}; nothing was changed.", "可以改 {what}（{files}）；这次没有改动文件。";
    mended(what, files): "Mended {what} in {files}.", "已改 {what}（{files}）。";
    reencoded(path, encoding): "{path}: {encoding} → UTF-8", "{path}：{encoding} → UTF-8";

    // new, init, clean, rollback, translations
    nothing_created(): "Nothing was created: the configuration has errors.", "没有新建：网站配置有错误。";
    archetype_errors(): "Nothing was created: the archetype has errors.", "没有新建：文章样板有错误。";
    ask_author(): "Author (Enter leaves it open): ", "作者（直接按回车则留空）：";
    ask_category(): "Category (Enter leaves it open): ", "分类（直接按回车则留空）：";
    create_home(): "Run `courant new _index.md` to create it.", "请运行 `courant new _index.md` 新建首页。";
    exists_already(path): "{path} exists already", "{path} 已经存在";
    name_or_edit(): "Choose another name, or edit that file.", "请换一个名称，或直接修改那个文件。";
    leads_out_of_content(path): "{path} is a link that leads out of content/", "{path} 是符号链接，指到了 content/ 以外";
    folder_in_content(): "Choose a folder that lies in `content` itself.", "请选 `content` 里面的文件夹。";
    not_below_content(path): "`{path}` is not below content/", "`{path}` 不在 content/ 里";
    path_from_content(): "Write the path from `content` on, for example `service/activities/clinic-day`.", "请写 `content` 以下的路径，例如 `service/activities/clinic-day`。";
    path_problem(path, problem): "`{path}` {problem}", "`{path}` {problem}";
    choose_name(): "Choose another name.", "请换一个名称。";
    begins_with_dot(name): "`{name}` begins with a dot, and such files are never published", "`{name}` 以点开头，这样的文件不会发布";
    name_without_dot(): "Choose a name without a dot at its beginning.", "请换一个不以点开头的名称。";
    site_here_already(found): "there is a site here already: it has {found}", "这里已经有网站：有 {found}";
    site_there_already(folder, found): "there is a site in {folder} already: it has {found}", "{folder} 里已经有网站：有 {found}";
    choose_or_build(): "Choose another folder, or build the site that is there with `courant build`.", "请换一个文件夹，或用 `courant build` 构建那里的网站。";
    created_here(files): "Created a site here: {files}.", "已在这里新建网站：{files}。";
    created_in(folder, files): "Created a site in {folder}: {files}.", "已在 {folder} 新建网站：{files}。";
    next(): "Next:", "接下来：";
    nothing_removed(): "Nothing was removed: the configuration names the output folder, and it cannot be read.", "没有删除：输出文件夹写在网站配置里，而网站配置无法读取。";
    nothing_to_remove(output): "Nothing to remove from {output}.", "{output} 里没有要删除的。";
    removed_from(files, output): "Removed {files} from {output}.", "已从 {output} 删除 {files}。";
    file_stays(): "1 file stays: it is not as courant wrote it.", "保留 1 个文件：它不是 courant 写入时的样子。";
    files_stay(number): "{number} files stay: they are not as courant wrote them.", "保留 {number} 个文件：它们不是 courant 写入时的样子。";
    copies_stay(folder): "{folder} stays: it holds copies of files that builds replaced.", "保留 {folder}：里面是构建时被替换的文件的备份。";
    nothing_changed(): "Nothing was changed: the configuration names the output folder, and it cannot be read.", "没有改动：输出文件夹写在网站配置里，而网站配置无法读取。";
    nothing_to_go_back_to(output): "there is nothing to go back to in {output}", "{output} 没有可以退回的状态";
    rollback_limits(): "Only the last build can be undone, once, and a first build cannot. To publish an earlier state, take the site's sources back to it and build.", "只能撤销最近一次构建，且只能撤销一次；第一次构建不能撤销。要发布更早的内容，请先把源文件恢复到那时，再构建。";
    as_before(output, what): "{output} is as it was before the last build: {what}.", "{output} 已退回最近一次构建之前的样子：{what}。";
    files_restored(number): "{number} file restored" | "{number} files restored", "恢复 {number} 个文件";
    no_file_had_changed(): "no file had changed", "没有文件变过";
    nothing_compared(): "Nothing was compared: the configuration has errors.", "没有比较：网站配置有错误。";
    no_article(path): "there is no article `{path}`", "没有文章 `{path}`";
    name_markdown(): "Name a Markdown file below `content`.", "请写 `content` 下的 Markdown 文件。";
    count_wrongly(files): "{files} with mistakes may count wrongly here; `courant build` says what is wrong.", "{files}有错误，这里的统计可能不准；请用 `courant build` 查看错误。";
    not_in_site(path): "`{path}` is not in the site", "`{path}` 不在网站里";
    name_content_file(): "Name a file below `content`.", "请写 `content` 下的文件。";
    articles(number): "{number} article" | "{number} articles", "{number} 篇文章";
    parity(articles, complete, missing, older): "{articles}: {complete} complete, {missing} without some translation, {older} with a translation older than the original.", "{articles}：{complete} 篇齐全，{missing} 篇缺译文，{older} 篇的译文比原文旧。";
    article_column(): "article", "文章";
    original(): "original", "原文";
    current(): "current", "最新";
    older(): "older", "较旧";
    missing(): "missing", "缺";
    unneeded(): "unneeded", "不需要";

    // Why an output was rendered, and what it is made of.
    no_earlier_build(): "no earlier build is known", "没有以前的构建记录";
    is_new(): "new", "新增";
    something_else(): "something else stands there now", "那里现在是别的内容";
    output_touched(): "removed or changed in the output folder", "在输出文件夹里被删除或改动";
    belongs_unknown(): "what belongs to it is not known", "不知道哪些文件随它生成";
    path_touched(path): "`{path}` was removed or changed in the output folder", "`{path}` 在输出文件夹里被删除或改动";
    changed(what): "{what} changed", "{what}有变化";
    gone(what): "{what} is gone", "{what}已不存在";
    title_changed(name): "title of {name} changed", "{name} 的标题有变化";
    keys_changed(keys, name): "{keys} of {name} changed", "{name} 的 {keys} 有变化";
    in_language(what, code): "{what} ({code})", "{what}（{code}）";
    if_it_has_none(what, code): "{what} ({code}, if it has none)", "{what}（{code}，如果它没有）";
    it(): "it", "它";
    fact_of(fact, name): "{fact} of {name}", "{name}的{fact}";
    title_or_address(): "title or address", "标题或网址";
    front_matter(): "front matter", "说明部分";
    first_words(): "first words", "开头的文字";
    length(): "length", "篇幅";
    whether_listed(): "whether search engines are told of it", "是否告知搜索引擎";
    body(): "body", "正文";
    translations(): "translations", "译文";
    version(code): "{code} version", "{code} 版本";
    its_list(): "list", "列表";
    its_articles(): "articles", "文章";
    its_address(): "address", "网址";
    its_years(): "years", "年份";
    its_terms(): "terms", "条目";
    its_content(): "content", "内容";
    name_or_data(): "name or data", "名称或数据";
    number_of_articles(): "number of articles", "文章数";
    articles_of(year): "articles of {year}", "{year} 年文章";
    sections_below(name): "sections below {name}", "{name}下面的栏目";
    articles_around(name): "articles before and after {name}", "{name}前后的文章";
    articles_linking(name): "articles that link to {name}", "链接到{name}的文章";
    newest_below(name): "newest articles below {name}", "{name}下面的最新文章";
    names_in(thing, name): "what {thing} names in {name}", "{name}里 {thing} 指的是什么";
    leads_from(thing, name): "where {thing} leads from {name}", "{name}里 {thing} 指向哪里";
    is_among(thing, name): "whether {thing} is among the {name}", "{name}里有没有 {thing}";
    its_link_leads(thing): "where its `{thing}` leads", "它的 `{thing}` 指向哪里";
    address_in_body(page): "address (in the body of {page})", "网址（在 {page} 的正文里）";
    theme_word_in(thing, name): "the theme's word {thing} in {name}", "主题用语 {thing}（{name}）";
    theme_labels_in(thing, name): "the theme's {thing} in {name}", "主题的{thing}（{name}）";
    labels(): "words of articles", "文章页用语";
    data_named(name): "data {name}", "数据 {name}";
    template_named(name): "template {name}", "模板 {name}";
    the_configuration(): "the configuration", "网站配置";
    the_time(): "the time", "时间";
    all_addresses(): "the list of all addresses", "全部网址的列表";
    old_addresses(): "the list of old addresses", "旧网址的列表";
    site_files(): "files of the site", "网站的文件";
    the_archive(): "the archive", "归档";
    templates_and_menus(): "templates and menus", "模板和菜单";
    sites_feed(): "the site's feed", "网站的订阅源";
    feed_of(name): "the feed of {name}", "{name} 的订阅源";
    the_article(page): "the article {page}", "文章 {page}";
    the_section(page): "the section {page}", "栏目 {page}";
    the_term(term): "the term {term}", "条目 {term}";
    page_of(pager, list): "page {pager} of {list}", "{list}的第 {pager} 页";
    terms_of(name): "the terms of {name}", "{name} 的条目";
    archive_years(): "the years of the archive", "归档的年份";
    the_articles_of(year): "the articles of {year}", "{year} 年的文章";
    not_found_page(): "the page for addresses that do not exist", "网址不存在时显示的页面";
    the_sitemap(): "the sitemap", "网站地图";
    sitemap_part(part): "part {part} of the sitemap", "网站地图的第 {part} 部分";
    sitemap_parts(): "the list of the sitemap's parts", "网站地图各部分的列表";
    robots(): "what search engines may read", "搜索引擎可以读取的范围";
    leads_on_to(address): "a page that leads on to {address}", "转到 {address} 的页面";
    copy_of(file): "a copy of {file}", "{file} 的副本";
    made_besides(): "made besides other outputs", "随其他输出生成的文件";

    // why
    output_is(path, what): "{path} is {what}.", "{path} 是{what}。";
    resized_image(path): "{path} is an image of another size.", "{path} 是改过尺寸的图片。";
    copied_because(): "Last copied because:", "上次复制的原因：";
    rendered_because(): "Last rendered because:", "上次生成的原因：";
    made_besides_heading(): "Made besides:", "随这些输出生成：";
    made_besides_it(): "Made besides it:", "随它生成：";
    pages_heading(): "Pages:", "页面：";
    lists_heading(): "Lists:", "列表：";
    terms_heading(): "Terms:", "条目：";
    templates_heading(): "Templates:", "模板：";
    data_heading(): "Data:", "数据：";
    words_heading(): "Words of the theme:", "主题用语：";
    files_heading(): "Files:", "文件：";
    links_heading(): "Links:", "链接：";
    site_heading(): "The site as a whole:", "整个网站：";
    there_is_none(): "there is none", "没有";
    was_left_out(path, reason): "{path} was left out: {reason}.", "{path} 没有发布：{reason}。";
    reaches_nothing(path): "{path} reaches no output.", "{path} 没有影响任何输出。";
    reaches(path, outputs): "{path} reaches {outputs}.", "{path} 影响 {outputs}。";
    outputs(number): "{number} output" | "{number} outputs", "{number} 个输出";
    not_listed(): "Not listed: what depends only on which articles there are, and in what order.", "未列出：只与有哪些文章、怎样排列有关的输出。";
    and_more_outputs(number): "and {number} more", "另有 {number} 个";
    through(uses): "Through {uses}:", "通过{uses}：";
    nothing_told(): "Nothing can be told: the configuration says where the site is, and it cannot be read.", "无法回答：网站的位置写在网站配置里，而网站配置无法读取。";
    no_build_known(output): "no finished build into {output} is known", "没有找到写到 {output} 的构建记录";
    build_then_ask(): "Build the site first with `courant build`, then ask again.", "请先用 `courant build` 构建网站，再来查询。";
    record_unreadable(output): "what the last build into {output} noted is damaged, or of another version of courant", "上次写到 {output} 的构建记录已损坏，或属于别的 courant 版本";
    build_again_then_ask(): "Build the site again with `courant build`, then ask again.", "请用 `courant build` 重新构建网站，再来查询。";
    not_used(path): "the last build did not use `{path}`", "上次构建没有用到 `{path}`";
    maybe_new(): "If the file is new, build the site again. If not, the site has no use for it where it lies.", "如果是新文件，请重新构建网站；如果不是，说明网站用不到放在那里的文件。";
    neither_known(path): "the last build has neither an output nor a source file `{path}`", "上次构建里没有 `{path}` 这个输出或源文件";
    name_target(): "Name an address such as `/news/`, a file of the output folder, or a source file such as `content/news/_index.md`.", "请写 `/news/` 这样的网址、输出文件夹里的文件，或 `content/news/_index.md` 这样的源文件。";
    no_site(): "there is no site here: neither `site.yaml` nor a folder `content`", "这里没有网站：既没有 `site.yaml`，也没有 `content` 文件夹";
    it_changed(): "it changed while the site was being built", "构建过程中它被改动了";
    not_a_file(): "this is not a file", "这不是文件";
}
