//! Which output goes to whom: what claims a place that is taken is refused or yields.

use std::collections::BTreeMap;

use rayon::iter::Either;
use rayon::prelude::*;

use crate::config::Config;
use crate::data::Step;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::message::{Message, say};
use crate::path::{OutputPath, SourcePath, UrlPath};

use super::SiteGraph;
use super::plant::{escape, whole_path};
use super::routes::{Route, Target};

/// Places of the output that are taken so far.
#[derive(Default)]
pub(super) struct Taken {
    /// What the site's content takes, in the order of outputs.
    pub(super) content: Vec<Route>,
    /// What is taken later; of two routes to one output this one counts.
    later: BTreeMap<OutputPath, Route>,
    /// Who asked for each redirect, and where.
    askers: BTreeMap<OutputPath, Asker>,
}

/// An output that is asked for.
pub(super) struct Claim {
    pub(super) url: UrlPath,
    pub(super) target: Target,
    /// Who asks for it, if it is a redirect.
    pub(super) asker: Option<Box<Asker>>,
}

/// A file that asks for an output, and where it says so.
pub(super) type Asker = (SourcePath, Spot);

/// A claim to an output, with its number.
struct Numbered {
    output: OutputPath,
    number: u32,
    claim: Claim,
}

impl Taken {
    /// What the site's content claims. Of two claims to one output the first counts.
    pub(super) fn by_content(
        graph: &SiteGraph,
        claims: Vec<Claim>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let numbered = claims.into_par_iter().enumerate();
        let (mut claims, odd): (Vec<Numbered>, Vec<Option<Diagnostic>>) =
            numbered.partition_map(|(at, claim)| match claim.url.output() {
                Ok(output) => Either::Left(Numbered {
                    output,
                    number: u32::try_from(at).expect("fewer than four billion outputs"),
                    claim,
                }),
                Err(problem) => Either::Right(claim.no_output(graph, problem)),
            });
        problems.extend(odd.into_iter().flatten());
        claims.par_sort_unstable_by(|a, b| (&a.output, a.number).cmp(&(&b.output, b.number)));
        let mut taken = Self {
            content: Vec::with_capacity(claims.len()),
            ..Self::default()
        };
        for Numbered { output, claim, .. } in claims {
            match taken.content.last().filter(|last| last.output == output) {
                Some(first) => problems.extend(taken.collision(graph, first, claim)),
                None => {
                    let route = taken.route(output, claim);
                    taken.content.push(route);
                }
            }
        }
        taken
    }

    fn at(&self, output: &OutputPath) -> Option<&Route> {
        let of_content = || {
            let at = self
                .content
                .binary_search_by(|route| route.output.cmp(output));
            Some(&self.content[at.ok()?])
        };
        self.later.get(output).or_else(of_content)
    }

    pub(super) fn has_redirects(&self) -> bool {
        let mut routes = self.content.iter().chain(self.later.values());
        routes.any(|route| matches!(route.target, Target::Redirect(_)))
    }

    fn claim(&mut self, graph: &SiteGraph, claim: Claim, problems: &mut Vec<Diagnostic>) {
        match claim.url.output() {
            Ok(output) => match self.at(&output) {
                Some(first) => problems.extend(self.collision(graph, first, claim)),
                None => self.insert(output, claim),
            },
            Err(problem) => problems.extend(claim.no_output(graph, problem)),
        }
    }

    fn collision(&self, graph: &SiteGraph, first: &Route, second: Claim) -> Option<Diagnostic> {
        let is_alias = matches!(second.target, Target::Redirect(_));
        let first_owner = owner_of(graph, first, &self.askers);
        let Some((source, spot)) = second.owner(graph) else {
            // Two terms with one address have been reported where they are used.
            let (source, spot) =
                first_owner.filter(|_| !matches!(first.target, Target::Term { .. }))?;
            let message = say::own_address(&second.url);
            let problem = Diagnostic::new(Code::PathClash, &source, spot, message);
            return Some(problem.help(say::rename_file_or_path()));
        };
        let code = if is_alias {
            Code::AliasClash
        } else {
            Code::PathClash
        };
        let problem = match first_owner {
            Some((other, place)) => {
                let message = say::address_taken(&second.url, &other);
                Diagnostic::new(code, &source, spot, message).related(
                    &other,
                    place,
                    say::first_one(),
                )
            }
            None => {
                let message = say::own_address(&second.url);
                Diagnostic::new(code, &source, spot, message)
            }
        };
        Some(problem.help(match is_alias {
            true => say::remove_alias(),
            false => say::rename_one_or_path(),
        }))
    }

    fn insert(&mut self, output: OutputPath, claim: Claim) {
        let route = self.route(output.clone(), claim);
        self.later.insert(output, route);
    }

    fn route(&mut self, output: OutputPath, claim: Claim) -> Route {
        if let Some(asker) = claim.asker {
            self.askers.insert(output.clone(), *asker);
        }
        Route {
            output,
            url: claim.url,
            target: claim.target,
        }
    }

    /// What courant makes without being asked yields to a file of the site's own.
    pub(super) fn offer(&mut self, claim: Claim) {
        if let Ok(output) = claim.url.output()
            && self.at(&output).is_none()
        {
            self.insert(output, claim);
        }
    }

    /// A static file replaces a feed; a theme's yields to a file of the content.
    pub(super) fn claim_statics(
        &mut self,
        graph: &SiteGraph,
        statics: Vec<Claim>,
        problems: &mut Vec<Diagnostic>,
    ) {
        for claim in statics {
            let is_own =
                matches!(&claim.target, Target::File(source) if source.below("static").is_some());
            let output = claim.url.output().ok();
            let taken = output.as_ref().and_then(|output| self.at(output));
            match (output, taken.map(|route| &route.target)) {
                (Some(output), Some(Target::Feed(_))) => self.insert(output, claim),
                (Some(_), Some(Target::File(_))) if !is_own => {}
                _ => self.claim(graph, claim, problems),
            }
        }
    }

    pub(super) fn claim_aliases(
        &mut self,
        graph: &SiteGraph,
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) {
        for id in graph.ids() {
            let node = graph.node(id);
            for (index, alias) in node.meta.aliases.iter().enumerate() {
                let spot = Spot::Value(vec![Step::Key("aliases".into()), Step::Index(index)]);
                let url = whole_path(alias);
                if alias.contains(['?', '#']) {
                    problems.push(
                        Diagnostic::new(
                            Code::InvalidValue,
                            &node.source,
                            spot,
                            say::odd_alias(alias),
                        )
                        .help(say::write_part_before()),
                    );
                } else if let Err(problem) = url.output() {
                    let problem = escape(&node.source, "aliases", alias, problem);
                    problems.push(Diagnostic { spot, ..problem });
                } else {
                    let to = config.href(&node.url);
                    let target = Target::redirect(to, node.meta.title.clone());
                    let asker = Some(Box::new((node.source.clone(), spot)));
                    self.claim(graph, Claim { url, target, asker }, problems);
                }
            }
        }
    }

    /// All routes in the order of their outputs.
    pub(super) fn close(self, graph: &SiteGraph, problems: &mut Vec<Diagnostic>) -> Vec<Route> {
        let mut later = self.later.into_values().peekable();
        let mut all = Vec::with_capacity(self.content.len() + later.len());
        for route in self.content {
            while let Some(before) = later.next_if(|later| later.output < route.output) {
                all.push(before);
            }
            let is_replaced = later
                .peek()
                .is_some_and(|later| later.output == route.output);
            if !is_replaced {
                all.push(route);
            }
        }
        all.extend(later);
        problems.extend(files_as_folders(graph, &all, &self.askers));
        all
    }
}

impl Claim {
    pub(super) fn new(url: UrlPath, target: Target) -> Self {
        Self {
            url,
            target,
            asker: None,
        }
    }

    /// The file that wants it, and where that file says so.
    fn owner(&self, graph: &SiteGraph) -> Option<Asker> {
        match &self.target {
            Target::Redirect(_) => self.asker.as_deref().cloned(),
            target => Some((source_of(graph, target)?.clone(), Spot::File)),
        }
    }

    fn no_output(&self, graph: &SiteGraph, problem: Message) -> Option<Diagnostic> {
        let (source, spot) = self.owner(graph)?;
        let message = say::bare_address_problem(shortened(self.url.as_str()), problem);
        let problem = Diagnostic::new(Code::PathEscape, &source, spot, message);
        Some(problem.help(say::shorten_name()))
    }
}

/// The file that an output comes from, and where that file says so.
fn owner_of(
    graph: &SiteGraph,
    route: &Route,
    askers: &BTreeMap<OutputPath, Asker>,
) -> Option<Asker> {
    let source = match &route.target {
        Target::Redirect(_) => return askers.get(&route.output).cloned(),
        Target::Term { term, .. } => &graph.node(*graph.term(*term).pages.first()?).source,
        target => source_of(graph, target)?,
    };
    Some((source.clone(), Spot::File))
}

/// The file that is shown or copied.
fn source_of<'a>(graph: &'a SiteGraph, target: &'a Target) -> Option<&'a SourcePath> {
    match target {
        Target::Page(id) | Target::Section { section: id, .. } => Some(&graph.node(*id).source),
        Target::File(source) => Some(source),
        _ => None,
    }
}

/// `a` and `a/b` cannot both be files.
fn files_as_folders(
    graph: &SiteGraph,
    all: &[Route],
    askers: &BTreeMap<OutputPath, Asker>,
) -> impl Iterator<Item = Diagnostic> {
    let refused = move |(at, file): (usize, &Route)| {
        let (other, (other_source, place)) = below(&file.output, &all[at + 1..])
            .find_map(|other| Some((other, owner_of(graph, other, askers)?)))?;
        let (source, spot) = owner_of(graph, file, askers)?;
        let message = say::file_and_folder(&file.output, &other.output);
        let problem = Diagnostic::new(Code::PathClash, &source, spot, message);
        let problem = problem.related(&other_source, place, say::other_one());
        Some(problem.help(say::rename_one_or_path()))
    };
    all.iter().enumerate().filter_map(refused)
}

/// What would lie in a file if it were a folder, among what comes behind it in the order of outputs:
/// what begins alike comes first.
fn below<'r>(file: &OutputPath, behind: &'r [Route]) -> impl Iterator<Item = &'r Route> {
    let rest = |route: &'r Route| route.output.as_str().strip_prefix(file.as_str());
    let alike = behind
        .iter()
        .map_while(move |route| Some((route, rest(route)?)));
    let below = alike.filter(|(_, rest)| rest.starts_with('/'));
    below.map(|(route, _)| route)
}

fn shortened(address: &str) -> String {
    const LONGEST: usize = 60;
    match address.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}
