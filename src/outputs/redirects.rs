//! Old addresses: a page for each, and one list of all of them for servers.

use crate::config::{Config, Lang};
use crate::diagnostic::Diagnostic;
use crate::render::Value;
use crate::render::shapes::Record;
use crate::site::{Redirect, is_absolute};
use crate::world::Reader;

use super::Task;

/// A page that sends readers to `to`, which is root-relative or a full address.
pub(super) fn page(
    task: &Task<'_>,
    redirect: &Redirect,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let Redirect { to, title } = redirect;
    let config = task.reader.config();
    let lang = language(config, to);
    let permalink = match is_absolute(to) {
        true => to.to_string(),
        false => format!("{}{to}", config.origin),
    };
    let mut target = Record::with_room(3);
    target.set("path", &**to);
    target.set("permalink", permalink);
    target.set("title", &**title);
    let mut context = task.context(lang);
    context.insert_value("target", Value::from(target));
    task.render("alias.html", context, lang, out)
}

/// The language whose home is the nearest above an address.
fn language(config: &Config, to: &str) -> Lang {
    let below = |lang: &Lang| to.starts_with(&config.href(&config.home(*lang)));
    let nearest = config.langs().filter(below);
    nearest
        .max_by_key(|lang| config.home(*lang).as_str().len())
        .unwrap_or(Lang::DEFAULT)
}

/// `_redirects` as Netlify and its like read it.
pub(super) fn list(reader: &Reader, out: &mut Vec<u8>) {
    let config = reader.config();
    let mut lines: Vec<String> = reader
        .redirects()
        .into_iter()
        .map(|(from, to)| format!("{} {to} 301\n", config.href(from)))
        .collect();
    lines.sort_unstable();
    for line in lines {
        out.extend_from_slice(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Options};
    use crate::path::SourcePath;

    #[test]
    fn the_language_of_a_redirect_is_that_of_its_target() {
        let text = "title: A\nbase_url: https://x.org/p/\nlanguages: {en: {}, zh: {}}\n";
        let path = SourcePath::new("site.yaml");
        let config = config::load(&path, Some(text), &Options::at(0), &mut Vec::new());
        let code = |to: &str| config.language(language(&config, to)).code.clone();
        assert_eq!(
            ["/p/zh/a/", "/p/zhong/", "/p/", "https://y.org/zh/"].map(code),
            ["zh", "en", "en", "en"]
        );
    }
}
