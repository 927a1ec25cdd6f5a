//! Which theme a site has, and where its files are looked up: site → theme → built in.

use crate::config::Config;
use crate::data::{self, Fields, Syntax};
use crate::diagnostic::Diagnostic;
use crate::message::say;
use crate::path::SourcePath;
use crate::read::{BUILT_IN_FOLDER, BUILT_IN_THEME, Snapshot};
use crate::strings::Strings;
use crate::world::{TemplateSource, TemplateSources};

/// The theme of a site.
#[derive(Clone, Debug)]
pub struct Theme {
    folder: String,
    /// Whether the built-in theme stands in for what this one lacks.
    falls_back: bool,
}

/// The keys of `theme.yaml`: name, meaning.
pub const THEME_KEYS: &[(&str, &str)] = &[
    ("name", "The theme's name"),
    ("description", "One sentence"),
    ("author", "Who made it"),
    ("url", "Its own site"),
    ("licence", "How it may be used"),
    ("min_version", "The oldest courant it works with"),
    ("extra", "Free values for tools"),
];

impl Theme {
    /// Finds the configured theme, on the disk or in the program.
    pub fn find(config: &Config, snapshot: &Snapshot, problems: &mut Vec<Diagnostic>) -> Self {
        let folder = format!("themes/{}", config.theme);
        let on_disk = snapshot.below(&folder).next().is_some();
        let theme = match (on_disk, config.theme == BUILT_IN_THEME) {
            (true, is_built_in) => Self {
                folder,
                falls_back: !is_built_in,
            },
            (false, _) => Self {
                folder: BUILT_IN_FOLDER.to_owned(),
                falls_back: false,
            },
        };
        theme.read_manifest(snapshot, problems);
        theme
    }

    fn read_manifest(&self, snapshot: &Snapshot, problems: &mut Vec<Diagnostic>) {
        let path = SourcePath::new(format!("{}/theme.yaml", self.folder));
        let Some(text) = snapshot
            .contains(&path)
            .then(|| snapshot.text(&path))
            .flatten()
        else {
            return;
        };
        let map = match data::parse_map(&text, 0..text.len(), Syntax::Yaml) {
            Ok(map) => map,
            Err(error) => {
                problems.push(error.of(&path));
                return;
            }
        };
        let mut fields = Fields::new(&path, map, problems);
        for key in ["name", "description", "author", "url", "licence"] {
            fields.text(key);
        }
        if let Some(wanted) = fields.text("min_version") {
            let step = [data::Step::Key("min_version".into())];
            let this = env!("CARGO_PKG_VERSION");
            match version(&wanted) {
                None => {
                    fields.invalid::<()>(&step, say::no_version(&wanted), say::write_version(this));
                }
                wanted_version if wanted_version > version(this) => {
                    fields.invalid::<()>(
                        &step,
                        say::theme_too_new(&wanted, this),
                        say::update_courant(),
                    );
                }
                _ => {}
            }
        }
        fields.map("extra");
        fields.finish();
    }

    /// Files that are copied into the site: source and path. Later ones replace earlier ones.
    pub fn statics(&self, snapshot: &Snapshot) -> Vec<(SourcePath, String)> {
        let built_in = self
            .shows_built_in_pages(snapshot)
            .then(|| format!("{BUILT_IN_FOLDER}/static"));
        built_in
            .iter()
            .chain(&[format!("{}/static", self.folder), "static".into()])
            .flat_map(|folder| {
                snapshot
                    .below(folder)
                    .filter_map(|path| Some((path.clone(), path.below(folder)?.to_owned())))
            })
            .collect()
    }

    /// Whether pages come from the built-in theme, which need its style sheet.
    fn shows_built_in_pages(&self, snapshot: &Snapshot) -> bool {
        // The first two are parts of others, the last ones need no style or are left out.
        const NO_PAGES: &[&str] = &["base.html", "components.html", "alias.html", "archive.html"];
        let folder = format!("{BUILT_IN_FOLDER}/templates");
        let names = snapshot
            .below(&folder)
            .filter_map(|path| path.below(&folder));
        let mut pages = names.filter(|name| name.ends_with(".html") && !NO_PAGES.contains(name));
        self.falls_back
            && !self.has_template(snapshot, "base.html")
            && pages.any(|name| !self.has_template(snapshot, name))
    }

    /// Whether the site or the theme itself has a template.
    pub fn has_template(&self, snapshot: &Snapshot, name: &str) -> bool {
        ["templates".to_owned(), format!("{}/templates", self.folder)]
            .iter()
            .any(|folder| snapshot.contains(&SourcePath::new(format!("{folder}/{name}"))))
    }

    /// All templates.
    pub fn templates(
        &self,
        snapshot: &Snapshot,
        problems: &mut Vec<Diagnostic>,
    ) -> TemplateSources {
        let mut read = |folder: &str| texts(snapshot, folder, problems);
        TemplateSources {
            site: read("templates"),
            theme: read(&format!("{}/templates", self.folder)),
            built_in: match self.falls_back {
                true => read(&format!("{BUILT_IN_FOLDER}/templates")),
                false => Vec::new(),
            },
        }
    }

    /// All visible words.
    pub fn strings(&self, snapshot: &Snapshot, problems: &mut Vec<Diagnostic>) -> Strings {
        let folders = [BUILT_IN_FOLDER, &self.folder, ""];
        let mut files = Vec::new();
        for folder in folders {
            let folder = format!("{folder}/i18n");
            let found = texts(snapshot, folder.trim_start_matches('/'), problems);
            files.extend(found.into_iter().map(|file| (file.path, file.text)));
        }
        Strings::read(files, problems)
    }
}

fn texts(snapshot: &Snapshot, folder: &str, problems: &mut Vec<Diagnostic>) -> Vec<TemplateSource> {
    let mut texts = Vec::new();
    for path in snapshot.below(folder) {
        let name = path.below(folder).unwrap_or_default().to_owned();
        match snapshot.bytes(path) {
            Ok(bytes) => match crate::parse::text::decode(path, &bytes) {
                Ok(text) => texts.push(TemplateSource {
                    name,
                    path: path.clone(),
                    text: text.to_owned(),
                }),
                Err(problem) => problems.push(problem),
            },
            Err(error) => problems.push(error.problem(path)),
        }
    }
    texts
}

fn version(text: &str) -> Option<Vec<u32>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version("0.10") > version("0.9.3"));
        assert!(version("0.1.0") <= version(env!("CARGO_PKG_VERSION")));
        assert_eq!(version("soon"), None);
    }
}
