//! From the path behind `courant new` to the file that it means.

use std::path::Path;

use crate::config::Config;
use crate::message::say;
use crate::path::{self, OutputPath, SourcePath};

use crate::cli::exit::Failure;
use crate::cli::files;

/// What is to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `name.md`
    Article,
    /// `name/index.md`
    Bundle,
    /// `name/_index.md`
    Section,
}

impl Kind {
    pub(super) fn asked(section: bool, bundle: bool) -> Self {
        match (section, bundle) {
            (true, _) => Self::Section,
            (false, true) => Self::Bundle,
            (false, false) => Self::Article,
        }
    }
}

/// The file that is to be created.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// `content/service/activities/clinic-day.zh.md`
    pub(super) path: SourcePath,
    pub(super) kind: Kind,
    /// The folder it is listed in, below `content`: `service/activities`; empty for the top.
    folder: String,
    /// The name that its title is made from: `clinic-day`; empty for home.
    stem: String,
    /// Its language, as it stands in the file's name: `.zh`, or nothing.
    language: String,
}

impl Target {
    /// Reads what was typed; a `/` at the end, `_index` and `index` say more than the options.
    pub(super) fn of(typed: &str, asked: Kind, config: &Config) -> Result<Self, Failure> {
        let place = below_content(typed)?;
        let (folder, name) = place.rsplit_once('/').unwrap_or(("", &place));
        let name = name.strip_suffix(".md").unwrap_or(name);
        let (stem, language) = split_language(name, config);
        let kind = match stem {
            "" | "_index" => Kind::Section,
            "index" => Kind::Bundle,
            _ if typed.ends_with('/') => Kind::Section,
            _ => asked,
        };
        let (folder, stem) = match stem {
            "_index" | "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            _ => (folder, stem),
        };
        if stem.is_empty() && kind != Kind::Section {
            return Err(Failure::new(say::home_is_section()).help(say::create_home()));
        }
        let own = join(folder, stem);
        let file = match kind {
            Kind::Article => format!("{own}{language}.md"),
            Kind::Bundle => join(&own, &format!("index{language}.md")),
            Kind::Section => join(&own, &format!("_index{language}.md")),
        };
        Ok(Self {
            path: SourcePath::new(join("content", &file)),
            kind,
            folder: folder.to_owned(),
            stem: stem.to_owned(),
            language: language.to_owned(),
        })
    }

    /// Refuses where the page exists already, in whatever form, and where a link leads out of
    /// `content`.
    pub(super) fn refuse_what_is_there(&self, root: &Path) -> Result<(), Failure> {
        let Self {
            path,
            folder,
            stem,
            language,
            kind: _,
        } = self;
        let own = join("content", &join(folder, stem));
        let forms = [
            format!("{own}{language}.md"),
            format!("{own}/index{language}.md"),
            format!("{own}/_index{language}.md"),
        ];
        if let Some(form) = forms.iter().find(|form| files::exists(&root.join(form))) {
            return Err(Failure::new(say::exists_already(form)).help(say::name_or_edit()));
        }
        let content = files::real(&root.join("content"));
        match files::real(&root.join(path.folder())).starts_with(content) {
            true => Ok(()),
            false => Err(Failure::new(say::leads_out_of_content(path.folder()))
                .help(say::folder_in_content())),
        }
    }

    /// A title made from the name: `2021-03-05-clinic-day` gives `Clinic day`.
    pub(super) fn title(&self, config: &Config) -> String {
        if self.stem.is_empty() {
            let lang = config.lang(self.language.trim_start_matches('.'));
            return config
                .language(lang.unwrap_or(crate::config::Lang::DEFAULT))
                .title
                .clone();
        }
        let words = without_date(&self.stem).replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => self.stem.clone(),
        }
    }

    /// Where its archetype may lie, the nearest first.
    pub(super) fn archetypes(&self) -> Vec<SourcePath> {
        let folders = std::iter::successors(
            Some(self.folder.as_str()).filter(|folder| !folder.is_empty()),
            |folder| folder.rsplit_once('/').map(|(above, _)| above),
        );
        let folders = folders.map(|folder| format!("archetypes/{folder}"));
        match self.kind {
            Kind::Section => folders
                .chain(["archetypes".to_owned()])
                .map(|folder| SourcePath::new(format!("{folder}/_index.md")))
                .collect(),
            Kind::Article | Kind::Bundle => folders
                .chain(["archetypes/default".to_owned()])
                .map(|name| SourcePath::new(format!("{name}.md")))
                .collect(),
        }
    }
}

/// The typed path below `content`, without a slash at its end; empty for `content` itself.
fn below_content(typed: &str) -> Result<String, Failure> {
    let outside = || Failure::new(say::not_below_content(typed)).help(say::path_from_content());
    if typed.is_empty() || Path::new(typed).is_absolute() {
        return Err(outside());
    }
    let relative = typed.trim_start_matches("./");
    let relative = relative.strip_prefix("content/").unwrap_or(relative);
    let joined = path::join("content", relative).ok_or_else(outside)?;
    if joined == "content" {
        return Ok(String::new());
    }
    let below = joined.strip_prefix("content/").ok_or_else(outside)?;
    OutputPath::checked(below).map_err(|problem| {
        Failure::new(say::path_problem(typed, problem)).help(say::choose_name())
    })?;
    if let Some(hidden) = below.split('/').find(|part| part.starts_with('.')) {
        return Err(Failure::new(say::begins_with_dot(hidden)).help(say::name_without_dot()));
    }
    Ok(below.to_owned())
}

/// `clinic-day.zh` → (`clinic-day`, `.zh`), if the site has that language.
fn split_language<'a>(name: &'a str, config: &Config) -> (&'a str, &'a str) {
    match name.rfind('.') {
        Some(dot) if config.lang(&name[dot + 1..]).is_some() => name.split_at(dot),
        _ => (name, ""),
    }
}

fn without_date(stem: &str) -> &str {
    let is_date = |text: &str| {
        text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 | 10 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    match stem.get(..11) {
        Some(date) if is_date(date) && stem.len() > 11 => &stem[11..],
        _ => stem,
    }
}

fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", only) | (only, "") => only.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn config() -> Config {
        let text = "title: A\nbase_url: https://x.org\nlanguages: {zh: {title: 甲}}\n";
        config::load(
            &SourcePath::new("site.yaml"),
            Some(text),
            &config::Options::at(0),
            &mut Vec::new(),
        )
    }

    fn target(typed: &str, asked: Kind) -> Target {
        Target::of(typed, asked, &config()).expect(typed)
    }

    #[test]
    fn every_form_of_the_path_leads_to_its_file() {
        use Kind::{Article, Bundle, Section};
        for (typed, asked, path, kind) in [
            ("service/a", Article, "content/service/a.md", Article),
            (
                "content/service/a.md",
                Article,
                "content/service/a.md",
                Article,
            ),
            (
                "./content/service/a",
                Article,
                "content/service/a.md",
                Article,
            ),
            ("service/../news/a", Article, "content/news/a.md", Article),
            ("a.zh", Article, "content/a.zh.md", Article),
            ("a.zh.md", Bundle, "content/a/index.zh.md", Bundle),
            ("version-1.2", Article, "content/version-1.2.md", Article),
            ("a/index.zh.md", Article, "content/a/index.zh.md", Bundle),
            ("service/", Article, "content/service/_index.md", Section),
            ("service", Section, "content/service/_index.md", Section),
            (
                "service/_index.zh",
                Article,
                "content/service/_index.zh.md",
                Section,
            ),
            ("_index.md", Article, "content/_index.md", Section),
            ("content/", Article, "content/_index.md", Section),
        ] {
            let target = target(typed, asked);
            assert_eq!((target.path.as_str(), target.kind), (path, kind), "{typed}");
        }
    }

    #[test]
    fn paths_outside_of_content_are_refused() {
        for typed in ["../a", "/etc/a", "a/../../b", "", "content/../../a"] {
            let failure = Target::of(typed, Kind::Article, &config()).expect_err(typed);
            assert_eq!(
                failure.message.english(),
                format!("`{typed}` is not below content/")
            );
        }
        let failure = Target::of("news/.a", Kind::Article, &config()).expect_err("hidden");
        assert_eq!(
            failure.message.english(),
            "`.a` begins with a dot, and such files are never published"
        );
        let failure = Target::of("index.md", Kind::Article, &config()).expect_err("home");
        assert_eq!(
            failure.message.english(),
            "the home page is a section, not an article"
        );
    }

    #[test]
    fn titles_are_made_from_names() {
        for (typed, title) in [
            ("news/2021-03-05-clinic-day", "Clinic day"),
            ("news/2021-03-05-", "2021 03 05 "),
            ("news/义诊_通知.zh", "义诊 通知"),
            ("news/", "News"),
            ("_index.zh.md", "甲"),
            ("a/b/index.md", "B"),
        ] {
            assert_eq!(
                target(typed, Kind::Article).title(&config()),
                title.trim_end(),
                "{typed}"
            );
        }
    }

    #[test]
    fn the_nearest_archetype_comes_first() {
        let paths = |typed: &str| -> Vec<String> {
            let target = target(typed, Kind::Article);
            target
                .archetypes()
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(
            paths("a/b/c"),
            [
                "archetypes/a/b.md",
                "archetypes/a.md",
                "archetypes/default.md"
            ]
        );
        assert_eq!(
            paths("a/b/"),
            ["archetypes/a/_index.md", "archetypes/_index.md"]
        );
        assert_eq!(paths("c"), ["archetypes/default.md"]);
    }
}
