//! What may be typed. Nothing is decided here beyond the form of each value; the doc comments
//! are the help texts.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::date::{Moment, TimeZone};
use crate::message::Tongue;

/// Turn a folder of Markdown articles into a static site
#[derive(Debug, Parser)]
#[command(
    name = "courant",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) shared: Shared,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Site")]
pub(super) struct Shared {
    /// Work in this folder [default: the nearest one with a site.yaml or content/, from here
    /// upwards]
    #[arg(short = 'C', long, value_name = "DIR", global = true)]
    pub(super) root: Option<PathBuf>,

    /// Read this configuration instead of the site's site.yaml
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,

    /// When to colour messages
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: Color,

    /// The language of messages [default: the environment's LC_ALL, LC_MESSAGES or LANG, else en]
    #[arg(long, value_name = "LANG", global = true)]
    pub(super) lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder
    Build(Build),
    /// Build the site and show it in a browser on this computer
    Serve(Serve),
    /// Report every problem of the site, and write nothing
    Check(Check),
    /// Create an article or a section
    New(New),
    /// Create a small working site
    Init(Init),
    /// Show what an output is made of, or which outputs a source file reaches
    Why(Why),
    /// Put the output folder back as it was before the last build
    Rollback(Rollback),
    /// Mend slips in articles that can be mended in one way only
    Fix(Fix),
    /// List which articles lack a translation, and which translations are older than the original
    Translations(Translations),
    /// Remove what courant wrote, and nothing else
    Clean(Clean),
    /// Print completions for a shell
    Completions {
        /// The shell that is to complete `courant`
        shell: Shell,
    },
}

#[derive(Debug, Group)]
pub(super) struct Build {
    /// Write the site into this folder instead of the configured one
    #[arg(
        short,
        long,
        value_name = "DIR",
        help_heading = "What to publish",
        display_order = 1
    )]
    pub(super) output_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(super) watch: Watch,

    #[command(flatten)]
    pub(super) publication: Publication,
}

#[derive(Debug, Group)]
pub(super) struct Serve {
    /// Listen at this address or name of this computer; others than 127.0.0.1 let the whole
    /// network see the preview, drafts included
    #[arg(
        long,
        visible_alias = "interface",
        value_name = "HOST",
        default_value = "127.0.0.1",
        help_heading = "Preview"
    )]
    pub(super) host: String,

    /// Listen on this port; 0 means any [default: 1111, or the next one that is free]
    #[arg(short, long, value_name = "PORT", help_heading = "Preview")]
    pub(super) port: Option<u16>,

    /// Open the site in the browser
    #[arg(long, help_heading = "Preview")]
    pub(super) open: bool,

    /// Take the open page to what was just edited
    #[arg(long, requires = "watch", help_heading = "Preview")]
    pub(super) navigate: bool,

    /// Write the site into this folder; without it `public` stays as it is
    #[arg(
        short,
        long,
        value_name = "DIR",
        help_heading = "What to publish",
        display_order = 1
    )]
    pub(super) output_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(super) watch: Watch,

    #[command(flatten)]
    pub(super) publication: Publication,
}

#[derive(Debug, Group)]
pub(super) struct Check {
    /// Report the problems of these files, or of those in these folders [default: all]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Report as errors what lacks a language of the site, and translations that are older than
    /// their original
    #[arg(long, help_heading = "What to check")]
    pub(super) translations: bool,

    /// Check what a build into this folder would publish
    #[arg(
        short,
        long,
        value_name = "DIR",
        help_heading = "What to publish",
        display_order = 1
    )]
    pub(super) output_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(super) publication: Publication,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Changes")]
pub(super) struct Watch {
    /// Build again whenever a source changes, until Ctrl-C
    #[arg(short, long)]
    pub(super) watch: bool,

    /// Look for changes several times a second, where the system does not tell of them: on network
    /// drives, and in folders shared with a virtual machine
    #[arg(long, requires = "watch")]
    pub(super) poll: bool,
}

/// What is built, and how it is told about.
#[derive(Debug, Group)]
#[command(next_help_heading = "What to publish")]
pub(super) struct Publication {
    /// Publish the site at this address instead of the configured base_url
    #[arg(long, value_name = "URL", value_parser = address, display_order = 0)]
    pub(super) base_url: Option<String>,

    /// Publish drafts too
    #[arg(long)]
    pub(super) drafts: bool,

    /// Publish articles with a date in the future too
    #[arg(long)]
    pub(super) future: bool,

    /// Publish articles that have expired too
    #[arg(long)]
    pub(super) expired: bool,

    /// Build as if it were this instant, such as 2021-03-05T10:00:00+08:00 [default: the
    /// environment's SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(super) now: Option<i64>,

    /// Treat warnings as errors: publish nothing while there are any
    #[arg(long)]
    pub(super) strict: bool,

    /// Use at most this many threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = jobs, help_heading = "How to build")]
    pub(super) jobs: Option<NonZeroUsize>,

    /// Trust nothing from earlier builds: read and render everything
    #[arg(long, help_heading = "How to build")]
    pub(super) no_cache: bool,

    /// List every output that was rendered, with the reasons, and every file that was written or
    /// removed
    #[arg(long, help_heading = "What to show")]
    pub(super) explain: bool,

    /// Show problems only
    #[arg(short, long, conflicts_with = "verbose", help_heading = "What to show")]
    pub(super) quiet: bool,

    /// Also show which files were left out and why, and how long each phase took
    #[arg(short, long, help_heading = "What to show")]
    pub(super) verbose: bool,

    /// Write messages for people to stderr, or one JSON object a line to stdout
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "What to show"
    )]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Group)]
pub(super) struct New {
    /// Where, below content/: `service/activities/clinic-day`; a language may follow the name
    /// (`clinic-day.zh`), and a slash at the end makes a section
    #[arg(value_name = "PATH")]
    pub(super) path: String,

    /// Create a section: a folder with an _index.md
    #[arg(long, conflicts_with = "bundle")]
    pub(super) section: bool,

    /// Create a folder with an index.md, so that pictures can lie beside the article
    #[arg(long)]
    pub(super) bundle: bool,

    /// The title [default: made from the name]
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,

    /// The author: a name, or an id from data/authors.yaml
    #[arg(long, value_name = "NAME")]
    pub(super) author: Option<String>,

    /// The category
    #[arg(long, value_name = "NAME")]
    pub(super) category: Option<String>,
}

#[derive(Debug, Group)]
pub(super) struct Init {
    /// The folder of the new site; it is made if it does not exist [default: this folder]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub(super) struct Why {
    /// An address (`/news/`), a file of the output folder, or a source file
    /// (`content/news/clinic-day.md`, a template, a data file, site.yaml)
    #[arg(value_name = "TARGET")]
    pub(super) target: String,

    /// Ask the last build into this folder instead of the configured one
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,

    /// Write the answer for people, or as one JSON object a line
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Group)]
pub(super) struct Rollback {
    /// Put this output folder back instead of the configured one
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub(super) struct Fix {
    /// Mend these articles, or those in these folders [default: all]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Show what would change, and change nothing
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Group)]
pub(super) struct Translations {
    /// List these articles only, by any of their files
    #[arg(value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,

    /// Print the digest of each text, for `translated_from` in the front matter of translations
    #[arg(long)]
    pub(super) digests: bool,

    /// End with exit code 1 if a translation is missing or older than its original
    #[arg(long)]
    pub(super) strict: bool,

    /// Print a table, or one JSON object a line
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Group)]
pub(super) struct Clean {
    /// Clean this output folder instead of the configured one
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// What was typed, for messages about what was typed wrongly.
    pub(super) fn typed(typed: &[OsString]) -> Self {
        let mut words = typed.iter().map(|word| word.to_string_lossy());
        let mut value = None;
        while let Some(word) = words.next() {
            match word.strip_prefix("--color") {
                Some("") => value = words.next(),
                Some(rest) => value = rest.strip_prefix('=').map(|value| value.to_owned().into()),
                None => {}
            }
        }
        value
            .and_then(|value| Self::from_str(&value, false).ok())
            .unwrap_or(Self::Auto)
    }
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

impl From<Color> for clap::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// The languages of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    En,
    Zh,
}

impl From<Lang> for Tongue {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Zh => Self::Chinese,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

fn address(text: &str) -> Result<String, String> {
    let is_full = ["http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    match is_full {
        true => Ok(text.to_owned()),
        false => Err("write a full address such as https://example.org".into()),
    }
}

/// RFC 3339 wants the offset that [`Moment::parse`] can do without.
fn instant(text: &str) -> Result<i64, String> {
    let offset = text
        .len()
        .checked_sub("+08:00".len())
        .and_then(|at| text.get(at..));
    let has_offset = text.ends_with(['Z', 'z'])
        || offset
            .is_some_and(|offset| offset.starts_with(['+', '-']) && offset[3..].starts_with(':'));
    match Moment::parse(text, &TimeZone::UTC) {
        Ok(moment) if has_offset => Ok(moment.unix()),
        Err(problem) if has_offset => Err(problem.message.english()),
        _ => Err("write an instant with its offset, such as 2021-03-05T10:00:00+08:00".into()),
    }
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "write a whole number from 1".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_description_of_the_arguments_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn an_instant_needs_its_offset() {
        let wanted = "write an instant with its offset, such as 2021-03-05T10:00:00+08:00";
        assert_eq!(instant("2021-03-05T10:00:00+08:00"), Ok(1_614_909_600));
        assert_eq!(instant("2021-03-05T02:00:00Z"), Ok(1_614_909_600));
        for text in ["2021-03-05", "2021-03-05T10:00:00", "", "标题标题"] {
            assert_eq!(instant(text), Err(wanted.into()), "{text}");
        }
        assert_eq!(
            instant("2021-02-30T10:00:00Z"),
            Err("2021-02 has no day 30".into())
        );
    }

    #[test]
    fn the_shared_options_may_stand_before_and_behind_the_command() {
        for typed in [
            ["courant", "-C", "x", "build"],
            ["courant", "build", "-C", "x"],
        ] {
            let args = Args::try_parse_from(typed).expect("legal");
            assert_eq!(args.shared.root, Some(PathBuf::from("x")));
        }
    }
}
