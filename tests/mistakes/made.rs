//! Mistakes that git cannot keep as files, or that would fill it: each is made in a copy of the
//! good site.

use std::fs;
use std::path::Path;

/// Name and maker of each.
pub const MADE: &[(&str, fn(&Path))] = &[
    ("alias_bomb_in_data", alias_bomb_in_data),
    ("config_is_a_folder", config_is_a_folder),
    ("content_is_a_file", content_is_a_file),
    ("dead_link_in_a_long_line", dead_link_in_a_long_line),
    ("deep_brackets", deep_brackets),
    ("deep_emphasis", deep_emphasis),
    ("deep_html", deep_html),
    ("deep_lists", deep_lists),
    ("deep_quotes", deep_quotes),
    ("huge_file", huge_file),
    ("long_line", long_line),
    ("no_site", no_site),
    ("output_into_the_sources_by_option", nothing),
    ("wrong_option", nothing),
    ("yaml_nested_deeply", yaml_nested_deeply),
    ("dangling_link", dangling_link),
    ("folder_named_like_an_article", folder_named_like_an_article),
    ("link_loop", link_loop),
    ("link_out_of_the_site", link_out_of_the_site),
    ("link_to_itself", link_to_itself),
    ("name_with_a_line_break", name_with_a_line_break),
    ("name_without_utf8", name_without_utf8),
    ("pipe", pipe),
];

const DEEP: usize = 100_000;

fn nothing(_: &Path) {}

fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a written file");
}

fn body(root: &Path, text: &str) {
    put(
        root,
        "content/clinic.md",
        format!("---\ntitle: Clinic day\n---\n\n{text}"),
    );
}

fn alias_bomb_in_data(root: &Path) {
    let mut text = String::from("a0: &a0 {name: x}\n");
    for level in 1..1000 {
        let above = format!("*a{}, ", level - 1).repeat(50);
        text += &format!("a{level}: &a{level} [{above}x]\n");
    }
    put(root, "data/authors.yaml", text);
}

fn config_is_a_folder(root: &Path) {
    fs::remove_file(root.join("site.yaml")).expect("a configuration");
    fs::create_dir(root.join("site.yaml")).expect("a folder");
}

fn content_is_a_file(root: &Path) {
    fs::remove_dir_all(root.join("content")).expect("content");
    put(root, "content", "Bring your card.\n");
}

fn dead_link_in_a_long_line(root: &Path) {
    let words = "请带好医保卡，".repeat(100_000);
    body(root, &format!("{words}参看[义诊安排](plan.md)。{words}\n"));
}

fn deep_brackets(root: &Path) {
    body(
        root,
        &format!("{}{}\n", "[".repeat(DEEP), "](x)".repeat(10)),
    );
}

fn deep_emphasis(root: &Path) {
    body(
        root,
        &format!("{}deep{}\n", "*a ".repeat(DEEP), " b*".repeat(DEEP)),
    );
}

fn deep_html(root: &Path) {
    body(root, &format!("{}deep\n", "<div>".repeat(DEEP)));
}

fn deep_lists(root: &Path) {
    body(root, &format!("{}deep\n", "- ".repeat(DEEP)));
}

fn deep_quotes(root: &Path) {
    body(root, &format!("{}deep\n", ">".repeat(DEEP)));
}

fn huge_file(root: &Path) {
    let file = fs::File::create(root.join("content/book.md")).expect("a new file");
    file.set_len(65 * 1024 * 1024).expect("a long file");
}

fn long_line(root: &Path) {
    body(root, &"Bring your card. 请带好医保卡。".repeat(300_000));
}

fn no_site(root: &Path) {
    fs::remove_file(root.join("site.yaml")).expect("a configuration");
    fs::remove_dir_all(root.join("content")).expect("content");
}

fn yaml_nested_deeply(root: &Path) {
    let text = format!("---\ntitle: Clinic day\nextra: {}\n---\n", "[".repeat(DEEP));
    put(root, "content/clinic.md", text);
}

fn link(root: &Path, to: impl AsRef<Path>, from: &str) {
    std::os::unix::fs::symlink(to, root.join(from)).expect("a new link");
}

fn dangling_link(root: &Path) {
    link(root, "gone.md", "content/plan.md");
}

fn folder_named_like_an_article(root: &Path) {
    put(
        root,
        "content/plan.md/notes.md",
        "---\ntitle: Notes\nauther: Office\n---\n",
    );
}

fn link_loop(root: &Path) {
    link(root, "..", "content/news/up");
}

fn link_out_of_the_site(root: &Path) {
    put(root, "../secret/plan.md", "---\ntitle: Secret\n---\n");
    link(root, "../../secret", "content/secret");
    link(root, "../../secret/plan.md", "content/plan.md");
}

fn link_to_itself(root: &Path) {
    link(root, "plan.md", "content/plan.md");
}

fn name_with_a_line_break(root: &Path) {
    put(
        root,
        "content/clinic\nday.md",
        "---\ntitle: Clinic day\n---\n",
    );
}

fn name_without_utf8(root: &Path) {
    use std::os::unix::ffi::OsStrExt as _;
    let name = std::ffi::OsStr::from_bytes(b"\xd2\xe5\xd5\xef.md");
    fs::write(
        root.join("content").join(name),
        "---\ntitle: Clinic day\n---\n",
    )
    .expect("a written file");
}

fn pipe(root: &Path) {
    let made = std::process::Command::new("mkfifo")
        .arg(root.join("content/plan.md"))
        .status();
    assert!(made.expect("mkfifo starts").success());
}
