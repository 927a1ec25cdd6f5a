//! What was written → what it means: inherited values, defaults, and the instant of the build.

use std::rc::Rc;

use ahash::AHashMap;

use crate::config::Config;
use crate::date::Moment;
use crate::parse::front_matter::{FrontMatter, Pinned, Terms};
use crate::sparse::Sparse;

use super::Meta;
use super::place::Seed;

/// A node whose front matter is understood; whether it is published is still open.
pub(super) struct Resolved {
    pub seed: Seed<Rest>,
    pub meta: Box<Meta>,
    pub publish: Sparse<Option<Moment>>,
    pub expires: Sparse<Option<Moment>>,
}

/// What of front matter is still asked for when it is known what the rest means.
pub(super) struct Rest {
    pub terms: Terms,
    pub slug: Sparse<Option<String>>,
    pub path: Sparse<Option<String>>,
    pub key: Sparse<Option<String>>,
    /// When it ceases to stand first.
    pub pinned_until: Option<Moment>,
}

/// Resolves all nodes; parents stand before their children.
pub(super) fn resolve(seeds: Vec<Seed>, config: &Config, now: &Moment) -> Vec<Resolved> {
    let titles = titles_by_key(&seeds);
    let mut cascades: Vec<Option<Rc<FrontMatter>>> = Vec::with_capacity(seeds.len());
    let mut page_templates: Vec<Sparse<Option<String>>> = Vec::with_capacity(seeds.len());
    let mut resolved = Vec::with_capacity(seeds.len());
    for mut seed in seeds {
        let (above, page_template) = match seed.parent() {
            Some(parent) => (cascades[parent].clone(), page_templates[parent].clone()),
            None => (None, Sparse::default()),
        };
        if let Some(above) = &above {
            let own = std::mem::take(&mut *seed.front);
            *seed.front = inherit(own, above);
        }
        cascades.push(match (&seed.front.cascade, seed.is_section) {
            (Some(cascade), true) => {
                let above = above.as_deref().cloned().unwrap_or_default();
                Some(Rc::new(inherit((**cascade).clone(), &above)))
            }
            _ => above,
        });
        page_templates.push(seed.front.page_template.clone().or(&page_template));
        let title = titles.get(seed.place.key()).cloned();
        let template = page_templates.last().and_then(|name| name.as_deref());
        resolved.push(resolve_one(seed, title, template, config, now));
    }
    resolved
}

/// A section without a file is called what its version in another language is called.
fn titles_by_key(seeds: &[Seed]) -> AHashMap<String, String> {
    let mut titles = AHashMap::new();
    for seed in seeds.iter().filter(|seed| seed.is_section) {
        if let Some(title) = &seed.front.title {
            let key = seed.place.key().to_owned();
            titles.entry(key).or_insert_with(|| title.clone());
        }
    }
    titles
}

fn resolve_one(
    seed: Seed,
    title_elsewhere: Option<String>,
    page_template: Option<&str>,
    config: &Config,
    now: &Moment,
) -> Resolved {
    let mut front = *seed.front;
    let is_home = seed.is_section && seed.place.folder().is_empty();
    let title = front
        .title
        .take()
        .unwrap_or_else(|| match (is_home, title_elsewhere) {
            (true, _) => config.language(seed.lang).title.clone(),
            (false, Some(title)) if seed.is_section => title,
            _ => title_of(seed.place.name()),
        });
    let template = front
        .template
        .take()
        .unwrap_or_else(|| match (is_home, seed.is_section) {
            (true, _) => "index.html".into(),
            (_, true) => "section.html".into(),
            _ => page_template.unwrap_or("page.html").into(),
        });
    let date = front.date.or(seed.date_in_name);
    let paginate_by = front.paginate_by.unwrap_or(config.paginate_by);
    let meta = Box::new(Meta {
        title: title.into(),
        date,
        updated: *front.updated,
        summary: front.summary,
        description: front.description,
        aliases: front.aliases.take().unwrap_or_default().into(),
        draft: front.draft.unwrap_or(false),
        pinned: match front.pinned {
            None | Some(Pinned::No) => false,
            Some(Pinned::Always) => true,
            Some(Pinned::Until(end)) => !end.is_over(now),
        },
        is_new: date.is_some_and(|date| {
            date.has_come(now) && now.unix() < date.unix_days_later(config.new_for)
        }),
        weight: front.weight,
        template: template.into(),
        image: front.image,
        source: front.source,
        source_url: front.source_url,
        editor: front.editor,
        reviewer: front.reviewer,
        translated_from: front.translated_from,
        translations: front.translations,
        attachments: front.attachments.take().unwrap_or_default().into(),
        toc: front.toc.unwrap_or(true),
        search: front.search.unwrap_or(true),
        sitemap: front.sitemap.unwrap_or(true),
        feed: front.feed.unwrap_or(true),
        sort_by: front.sort_by.unwrap_or_default(),
        reverse: front.reverse.unwrap_or(false),
        paginate_by: paginate_by.try_into().unwrap_or(u32::MAX),
        transparent: front.transparent.unwrap_or(false),
        redirect_to: front.redirect_to,
        extra: front.extra,
    });
    let pinned_until = match front.pinned {
        Some(Pinned::Until(end)) => Some(end),
        _ => None,
    };
    let rest = Rest {
        terms: front.terms,
        slug: front.slug,
        path: front.path,
        key: front.key,
        pinned_until,
    };
    Resolved {
        seed: Seed {
            place: seed.place,
            file: seed.file,
            front: rest,
            text: seed.text,
            is_section: seed.is_section,
            lang: seed.lang,
            date_in_name: seed.date_in_name,
            parent: seed.parent,
        },
        meta,
        publish: front.publish,
        expires: front.expires,
    }
}

/// `two-new` → `Two new`.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Fills what a file does not say with what its sections cascade. Addresses, languages and
/// translation keys are a file's own.
fn inherit(own: FrontMatter, above: &FrontMatter) -> FrontMatter {
    let FrontMatter {
        title,
        mut terms,
        date,
        updated,
        summary,
        description,
        slug,
        path,
        aliases,
        draft,
        publish,
        expires,
        pinned,
        weight,
        template,
        lang,
        key,
        image,
        source,
        source_url,
        editor,
        reviewer,
        translated_from,
        translations,
        attachments,
        toc,
        search,
        sitemap,
        feed,
        sort_by,
        reverse,
        paginate_by,
        page_template,
        transparent,
        redirect_to,
        cascade,
        mut extra,
    } = own;
    for (taxonomy, names) in &above.terms {
        if terms.iter().all(|(own, _)| own != taxonomy) {
            terms.push((taxonomy.clone(), names.clone()));
        }
    }
    for (name, value) in above.extra.iter() {
        if extra.get(name).is_none() {
            extra.insert(name, value.clone());
        }
    }
    FrontMatter {
        title: title.or_else(|| above.title.clone()),
        terms,
        date: date.or(above.date),
        updated: updated.or(&above.updated),
        summary: summary.or(&above.summary),
        description: description.or(&above.description),
        slug,
        path,
        aliases,
        draft: draft.or(above.draft),
        publish: publish.or(&above.publish),
        expires: expires.or(&above.expires),
        pinned: pinned.or(above.pinned),
        weight: weight.or(&above.weight),
        template: template.or(&above.template),
        lang,
        key,
        image: image.or(&above.image),
        source: source.or(&above.source),
        source_url: source_url.or(&above.source_url),
        editor: editor.or(&above.editor),
        reviewer: reviewer.or(&above.reviewer),
        translated_from,
        translations: translations.or(above.translations),
        attachments: attachments.or(&above.attachments),
        toc: toc.or(above.toc),
        search: search.or(above.search),
        sitemap: sitemap.or(above.sitemap),
        feed: feed.or(above.feed),
        sort_by: sort_by.or(above.sort_by),
        reverse: reverse.or(above.reverse),
        paginate_by: paginate_by.or(&above.paginate_by),
        page_template: page_template.or(&above.page_template),
        transparent: transparent.or(above.transparent),
        redirect_to: redirect_to.or(&above.redirect_to),
        cascade,
        extra,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_readable_title() {
        assert_eq!(title_of("two-new_rules"), "Two new rules");
        assert_eq!(title_of("服务"), "服务");
        assert_eq!(title_of(""), "");
    }

    #[test]
    fn own_values_win_over_inherited_ones() {
        let terms = |names: &[&str]| {
            vec![(
                "author".into(),
                names.iter().map(|name| (*name).to_owned()).collect(),
            )]
        };
        let above = FrontMatter {
            terms: terms(&["office"]),
            weight: Some(3).into(),
            slug: Some("x".into()).into(),
            ..FrontMatter::default()
        };
        let own = FrontMatter {
            weight: Some(1).into(),
            ..FrontMatter::default()
        };
        let merged = inherit(own, &above);
        assert_eq!((*merged.weight, merged.slug.as_deref()), (Some(1), None));
        assert_eq!(merged.terms, terms(&["office"]));
    }
}
