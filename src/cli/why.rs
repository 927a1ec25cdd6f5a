//! `courant why`: what an output is made of, or which outputs a source file reaches, as the last
//! build noted it.

mod json;
mod shown;
mod target;

use crate::config::Config;
use crate::message::{Message, say};
use crate::path::{OutputPath, SourcePath};
use crate::publish;
use crate::read;
use crate::store::{Format, Ingredient, Reached, Store, Traces};

use super::args::{MessageFormat, Shared, Why};
use super::exit::{Exit, Failure};
use super::messages::Messages;
use super::site::Site;
use super::stdout;
use super::surroundings::Surroundings;

use target::{Known, Target};

/// What there is to say of a target.
enum Answer<'a> {
    /// It is an output.
    Output(About<'a>),
    /// It is a source file.
    Source(Reach<'a>),
}

/// An output.
struct About<'a> {
    path: &'a OutputPath,
    /// Its full address.
    address: String,
    kind: &'static str,
    words: Option<Message>,
    because: Vec<Message>,
    /// Outputs that were made besides it.
    derived: &'a [OutputPath],
    /// Outputs besides which it was made.
    made_for: Vec<&'a OutputPath>,
    made_of: Vec<Ingredient>,
}

/// A source file.
struct Reach<'a> {
    source: SourcePath,
    /// Why it is in no output, if it was left out.
    left_out: Option<&'a Message>,
    reached: Vec<Reached>,
    config: &'a Config,
}

pub(super) fn run(
    args: Why,
    shared: &Shared,
    around: &Surroundings,
    messages: &Messages,
) -> Result<Exit, Failure> {
    let site = Site::find(shared, around)?;
    let (config, problems) = site.settings(around.now)?;
    if !problems.is_empty() {
        messages.problems(&problems);
        messages.tell(&say::nothing_told());
        return Ok(Exit::ContentErrors);
    }
    let (config_path, _) = read::config(&site.root, site.config.as_deref())?;
    let output = match &args.output_dir {
        Some(folder) => around.resolve(folder),
        None => site.root.join(&config.output_dir),
    };
    let shown = around.shown(&output);
    let saved = publish::saved(&site.root.join(publish::STORE), &output);
    let saved = saved.ok_or_else(|| unbuilt(&shown))?;
    let store = Store::read(saved, &Format::of(&around.program));
    let store = store.ok_or_else(|| unreadable(&shown))?;
    let traces = store.whole().ok_or_else(|| unreadable(&shown))?;
    let known = Known {
        store: &store,
        traces: &traces,
        config: &config,
        config_path: &config_path,
        root: &site.root,
        output: &output,
        around,
    };
    let answer = match known.find(&args.target)? {
        Target::Output(at) => Answer::Output(known.about(at)),
        Target::Source(source) => Answer::Source(known.reach(source)),
    };
    stdout::write(&match args.message_format {
        MessageFormat::Human => shown::text(&answer, messages.tongue).into_bytes(),
        MessageFormat::Json => json::lines(&answer, messages.tongue),
    })?;
    Ok(Exit::Done)
}

fn unbuilt(output: &str) -> Failure {
    Failure::new(say::no_build_known(output)).help(say::build_then_ask())
}

fn unreadable(output: &str) -> Failure {
    Failure::new(say::record_unreadable(output)).help(say::build_again_then_ask())
}

impl<'a> Known<'a> {
    fn about(&self, at: usize) -> About<'a> {
        let (store, traces): (&'a Store, &'a Traces<'a>) = (self.store, self.traces);
        let path = &store.outputs()[at].path;
        let output = traces.output(at as u32);
        let made_for = traces.made_for(path).map(|at| &store.outputs()[at].path);
        About {
            path,
            address: self.config.permalink(&path.url()),
            kind: output.map_or("derived", |output| traces.kind(output)),
            words: output.map(|output| traces.words(output)),
            because: output.map_or_else(Vec::new, |output| traces.because(output)),
            derived: output.map_or(&[], |output| output.derived()),
            made_for: made_for.collect(),
            made_of: output.map_or_else(Vec::new, |output| traces.made_of(output)),
        }
    }

    fn reach(&self, source: SourcePath) -> Reach<'a> {
        let left_out = self.store.site.left_out.iter();
        let mut left_out = left_out.filter(|(path, _)| *path == source);
        Reach {
            left_out: left_out.next().map(|(_, why)| why),
            reached: self
                .store
                .reach(self.traces, &source, self.config, self.config_path),
            config: self.config,
            source,
        }
    }
}
