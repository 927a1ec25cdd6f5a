//! `courant fix`.

use std::path::{Path, PathBuf};

use crate::message::{Message, say};
use crate::parse::mend::{self, Mended};
use crate::path::SourcePath;
use crate::read;

use super::args::{Fix, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::surroundings::Surroundings;
use super::{files, stdout};

pub(super) fn run(
    args: Fix,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (config, problems) = site.settings(around.now)?;
    if !problems.is_empty() {
        messages.problems(&problems);
        messages.tell(&say::nothing_mended());
        return Ok(Exit::ContentErrors);
    }
    let (config_path, _) = read::config(&site.root, site.config.as_deref())?;
    let snapshot = read::snapshot(&site.root, &config, &config_path, &mut Vec::new());
    let articles = snapshot
        .below("content")
        .filter(|path| path.extension() == "md");
    let articles: Vec<&SourcePath> = articles.collect();
    let wanted = wanted(&args.paths, &articles, &site, around)?;
    let mut tally = Tally::default();
    for source in wanted {
        // What cannot be read is for `build` to say.
        let Ok(bytes) = snapshot.bytes(source) else {
            continue;
        };
        let Some(mended) = mend::mend(source, &bytes, &config) else {
            continue;
        };
        stdout::write(diff(source, &mended).as_bytes())?;
        if let Some(encoding) = mended.encoding {
            messages.tell(&say::reencoded(source, encoding));
        }
        if !args.dry_run {
            files::replace(&site.root.join(source.as_str()), &bytes, &mended.after)?;
        }
        tally.add(&mended);
    }
    messages.tell(&tally.told(args.dry_run));
    Ok(Exit::Done)
}

/// The articles that were named, by themselves or by a folder; all, if none were.
fn wanted<'s>(
    typed: &[PathBuf],
    articles: &[&'s SourcePath],
    site: &Site,
    around: &Surroundings,
) -> Result<Vec<&'s SourcePath>, Failure> {
    if typed.is_empty() {
        return Ok(articles.to_vec());
    }
    let mut wanted = Vec::new();
    for typed in typed {
        let path = around.resolve(typed);
        let is_there = |source: &&&SourcePath| site.root.join(source.as_str()).starts_with(&path);
        let found = articles.iter().filter(is_there).copied();
        let before = wanted.len();
        wanted.extend(found);
        if wanted.len() == before {
            return Err(nothing_there(typed));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(wanted)
}

fn nothing_there(typed: &Path) -> Failure {
    Failure::new(say::no_article_at(&typed.display())).help(say::name_articles())
}

/// The lines that change, as `patch` reads them. Mending keeps the number of lines.
fn diff(source: &SourcePath, mended: &Mended) -> String {
    let lines = |text: &str| -> Vec<String> { text.split('\n').map(str::to_owned).collect() };
    let (before, after) = (lines(&mended.before), lines(&mended.after));
    let mut out = String::new();
    let mut at = 0;
    while at < before.len().min(after.len()) {
        let changed = before[at..]
            .iter()
            .zip(&after[at..])
            .take_while(|(a, b)| a != b)
            .count();
        if changed == 0 {
            at += 1;
            continue;
        }
        out += &match changed {
            1 => format!("@@ -{} +{} @@\n", at + 1, at + 1),
            _ => format!("@@ -{},{changed} +{},{changed} @@\n", at + 1, at + 1),
        };
        for (sign, lines) in [('-', &before), ('+', &after)] {
            for line in &lines[at..at + changed] {
                out += &format!("{sign}{line}\n");
            }
        }
        at += changed;
    }
    match out.is_empty() {
        true => out,
        false => format!("--- {source}\n+++ {source}\n{out}"),
    }
}

#[derive(Default)]
struct Tally {
    files: usize,
    lines: usize,
    encodings: usize,
}

impl Tally {
    fn add(&mut self, mended: &Mended) {
        let lines = mended.before.split('\n').zip(mended.after.split('\n'));
        self.files += 1;
        self.lines += lines.filter(|(before, after)| before != after).count();
        self.encodings += usize::from(mended.encoding.is_some());
    }

    fn told(&self, is_dry: bool) -> Message {
        if self.files == 0 {
            return say::nothing_to_mend();
        }
        let what = match (self.lines, self.encodings) {
            (0, encodings) => say::encodings(encodings),
            (lines, 0) => say::lines(lines),
            (lines, encodings) => say::and(say::lines(lines), say::encodings(encodings)),
        };
        let files = say::files(self.files);
        match is_dry {
            true => say::would_mend(what, files),
            false => say::mended(what, files),
        }
    }
}
