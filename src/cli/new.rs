//! `courant new`.

mod target;

use std::io::{self, BufRead as _};

use crate::config::{Config, Options};
use crate::message::{Message, say};
use crate::path::SourcePath;

use super::archetype::{self, Values};
use super::args::{New, Shared};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::surroundings::Surroundings;
use super::{files, stdout};

use target::{Kind, Target};

pub(super) fn run(
    args: New,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (config, problems) = site.settings(around.now)?;
    if !problems.is_empty() {
        messages.problems(&problems);
        messages.tell(&say::nothing_created());
        return Ok(Exit::ContentErrors);
    }
    let New {
        path,
        section,
        bundle,
        title,
        author,
        category,
    } = args;
    let target = Target::of(&path, Kind::asked(section, bundle), &config)?;
    target.refuse_what_is_there(&site.root)?;

    let is_article = target.kind != Kind::Section;
    let ask = |what: Message| {
        if is_article && around.can_ask {
            answer(messages, &what)
        } else {
            None
        }
    };
    let values = Values {
        title: title.unwrap_or_else(|| target.title(&config)),
        date: today(&config, around.now),
        author: author.or_else(|| ask(say::ask_author())),
        category: category.or_else(|| ask(say::ask_category())),
    };
    let (archetype, text) = archetype(&site, &target)?;
    match archetype::fill(&archetype, &text, &values) {
        Ok(text) => {
            let file = site.root.join(target.path.as_str());
            files::write(&file, &text)?;
            stdout::write(format!("{}\n", around.shown(&file)).as_bytes())?;
            Ok(Exit::Done)
        }
        Err(problems) => {
            messages.problems(&site.pinpoint(problems));
            messages.tell(&say::archetype_errors());
            Ok(Exit::ContentErrors)
        }
    }
}

/// Now, in the site's zone, as a writer would type it.
fn today(config: &Config, now: i64) -> String {
    let now = Options::at(now).now_in(&config.zone);
    now.and_then(|now| now.format("%Y-%m-%d %H:%M", "en").ok())
        .unwrap_or_default()
}

/// An empty answer leaves the place empty.
fn answer(messages: &Messages, what: &Message) -> Option<String> {
    messages.say(&what.say(messages.tongue));
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// The archetype of the nearest folder that has one, else the site's, else the built-in one.
fn archetype(site: &Site, target: &Target) -> Result<(SourcePath, String), Failure> {
    for path in target.archetypes() {
        if let Some(text) = files::text(&site.root.join(path.as_str()))? {
            return Ok((path, text));
        }
    }
    let text = match target.kind {
        Kind::Section => archetype::SECTION,
        Kind::Article | Kind::Bundle => archetype::ARTICLE,
    };
    Ok((SourcePath::new("archetypes/default.md"), text.to_owned()))
}
