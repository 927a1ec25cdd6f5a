//! The default theme, compiled into the program.

use super::SourceFile;

/// The name of the built-in theme.
pub const NAME: &str = "gazette";

/// The folder under which the built-in theme appears in a snapshot.
pub const BUILT_IN_FOLDER: &str = "built-in/gazette";

macro_rules! theme {
    ($($path:literal,)*) => {
        /// The built-in theme's files: path and content.
        pub const THEME_FILES: &[SourceFile] = &[
            $(($path, include_bytes!(concat!("../../themes/gazette/", $path))),)*
        ];
    };
}

theme! {
    "i18n/en.yaml",
    "i18n/zh.yaml",
    "static/favicon.svg",
    "static/gazette.css",
    "templates/404.html",
    "templates/alias.html",
    "templates/archive.html",
    "templates/atom.xml",
    "templates/base.html",
    "templates/components.html",
    "templates/index.html",
    "templates/page.html",
    "templates/robots.txt",
    "templates/section.html",
    "templates/sitemap.xml",
    "templates/sitemap_index.xml",
    "templates/taxonomy_list.html",
    "templates/taxonomy_single.html",
    "theme.yaml",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "compares the table with the folder"
    )]
    fn the_table_names_every_file_of_the_theme() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/gazette");
        let mut found: Vec<String> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| {
                Some(
                    entry
                        .path()
                        .strip_prefix(&folder)
                        .ok()?
                        .to_str()?
                        .to_owned(),
                )
            })
            .collect();
        found.sort_unstable();
        let table: Vec<&str> = THEME_FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(table, found);
    }
}
