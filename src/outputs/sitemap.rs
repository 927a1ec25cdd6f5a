//! The sitemap (sitemaps.org, protocol 0.9), with the versions of every page in other languages.

use crate::config::{Config, Lang};
use crate::diagnostic::Diagnostic;
use crate::render::Value;
use crate::render::shapes::Record;
use crate::site::{SITEMAP_LIMIT, SitemapEntry};

use super::Task;

/// One part, from 0.
pub(super) fn part(task: &Task<'_>, part: usize, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let config = task.reader.config();
    let all = task.reader.sitemap();
    let here = all.chunks(SITEMAP_LIMIT).nth(part).unwrap_or_default();
    let entries = here.iter().map(|found| entry(config, found));
    let mut context = task.context(Lang::DEFAULT);
    context.insert_value("entries", entries.collect::<Vec<Value>>().into());
    task.render("sitemap.xml", context, Lang::DEFAULT, out)
}

/// The list of all parts.
pub(super) fn index(task: &Task<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let config = task.reader.config();
    let parts = task.reader.sitemap_parts().into_iter();
    let parts = parts.map(|url| config.permalink(url));
    let mut context = task.context(Lang::DEFAULT);
    context.insert_value("sitemaps", parts.collect::<Vec<String>>().into());
    task.render("sitemap_index.xml", context, Lang::DEFAULT, out)
}

fn entry(config: &Config, found: &SitemapEntry) -> Value {
    let mut entry = Record::with_room(3);
    entry.set("permalink", config.permalink(&found.url));
    entry.set("updated", found.updated.map(|moment| moment.rfc3339()));
    let mut alternates = Vec::with_capacity(found.alternates.len() + 1);
    for (lang, url) in &found.alternates {
        alternates.push(alternate(
            &config.language(*lang).code,
            config.permalink(url),
        ));
    }
    // The default language sorts first, so the first is it or stands in for it.
    if let Some((_, url)) = found.alternates.first() {
        alternates.push(alternate("x-default", config.permalink(url)));
    }
    entry.set("alternates", alternates);
    entry.into()
}

fn alternate(lang: &str, permalink: String) -> Value {
    let mut alternate = Record::with_room(2);
    alternate.set("lang", lang);
    alternate.set("permalink", permalink);
    alternate.into()
}
