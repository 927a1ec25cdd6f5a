//! The catalogue: everything that may happen to a site between two builds.
//!
//! An edit applies to any site that has what it edits. Where several files fit, `pick` chooses
//! one of them; what is chosen depends on the site alone.

mod articles;
mod checkout;
mod data;
mod files;
mod front;
mod links;
mod options;
mod outputs;
mod pictures;
mod sections;
mod settings;
mod store;
mod targets;
mod templates;
mod terms;
mod themes;

use crate::site::Site;

/// Something that may happen to a site.
pub struct Edit {
    pub name: &'static str,
    /// Whether it is played before and after every other such edit, and not only alone and in
    /// scripts.
    pub is_paired: bool,
    apply: Apply,
}

/// Does it; `None` if the site has nothing to do it to, and then nothing was done.
type Apply = fn(&mut Site, usize) -> Option<()>;

impl Edit {
    /// Whether there was anything to edit.
    pub fn apply(&self, site: &mut Site, pick: usize) -> bool {
        let before = site.state();
        let is_applied = (self.apply)(site, pick).is_some();
        if is_applied {
            files::drop_dead_link(site);
            site.before = before;
        }
        is_applied
    }
}

macro_rules! edits {
    ($($name:literal $is_paired:ident $apply:path,)*) => {
        /// Every edit.
        pub const EDITS: &[Edit] = &[$(Edit {
            name: $name,
            is_paired: edits!($is_paired),
            apply: $apply,
        },)*];
    };
    (paired) => { true };
    (single) => { false };
}

edits! {
    "body" paired articles::body,
    "body-letter" single articles::letter,
    "body-opening" single articles::opening,
    "body-more" single articles::more,
    "body-heading" single articles::heading,
    "body-line-ends" single articles::line_ends,
    "body-not-text" single articles::not_text,
    "body-html" paired articles::html,
    "body-html-gone" single articles::html_gone,
    "body-slip" single articles::slip,
    "article-added" paired articles::added,
    "article-bare-added" single articles::bare_added,
    "article-deleted" paired articles::deleted,
    "article-deleted-while-linked" single articles::deleted_while_linked,
    "article-renamed" paired articles::renamed,
    "article-renamed-while-linked" single articles::renamed_while_linked,
    "article-moved" paired articles::moved,
    "article-bundled" single articles::bundled,
    "articles-swapped" single articles::swapped,
    "date-in-name" single articles::date_in_name,
    "slug-clash" paired articles::slug_clash,
    "slug-clash-repaired" paired articles::slug_clash_repaired,
    "translation-added" paired articles::translation_added,
    "translation-removed" paired articles::translation_removed,

    "title" paired front::title,
    "title-dropped" single front::title_dropped,
    "date" paired front::date,
    "date-of-another-year" single front::date_of_another_year,
    "date-in-the-future" single front::date_in_the_future,
    "date-dropped" single front::date_dropped,
    "updated" single front::updated,
    "author" paired front::author,
    "author-unknown" single front::author_unknown,
    "category" paired front::category,
    "tag-added" paired front::tag_added,
    "tags-dropped" single front::tags_dropped,
    "tag-spelt-otherwise" single front::tag_spelt_otherwise,
    "summary" paired front::summary,
    "summary-dropped" single front::summary_dropped,
    "description" single front::description,
    "draft" paired front::draft,
    "draft-ended" paired front::draft_ended,
    "pinned" paired front::pinned,
    "pinned-for-a-while" single front::pinned_for_a_while,
    "publish-later" single front::publish_later,
    "expires" single front::expires,
    "weight" single front::weight,
    "slug" single front::slug,
    "path" single front::path,
    "alias-added" paired front::alias_added,
    "aliases-dropped" single front::aliases_dropped,
    "image" single front::image,
    "image-dropped" single front::image_dropped,
    "attachment" single front::attachment,
    "switch" single front::switch,
    "extra" single front::extra,
    "reprint" single front::reprint,
    "language" single front::language,
    "translation-key" single front::translation_key,
    "template-asked-for" single front::template_asked_for,
    "template-asked-for-in-vain" single front::template_asked_for_in_vain,
    "key-unknown" single front::key_unknown,

    "section-title" single sections::title,
    "section-body" single sections::body,
    "section-index-removed" paired sections::index_removed,
    "section-index-added" paired sections::index_added,
    "section-added" single sections::added,
    "section-renamed" single sections::renamed,
    "section-sort" paired sections::sort,
    "section-reverse" single sections::reverse,
    "section-pagination" paired sections::pagination,
    "section-cascade" paired sections::cascade,
    "section-page-template" single sections::page_template,
    "section-transparent" single sections::transparent,
    "section-redirect" single sections::redirect,
    "section-weight" single sections::weight,
    "section-draft" single sections::draft,
    "section-feed" single sections::feed,
    "section-address" single sections::address,
    "section-translation-added" single sections::translation_added,

    "link-added" paired links::added,
    "link-dropped" single links::dropped,
    "link-to-a-part" single links::to_a_part,
    "heading-renamed" single links::heading_renamed,
    "heading-id-renamed" single links::heading_id_renamed,

    "settings-title" paired settings::title,
    "settings-description" single settings::description,
    "settings-address" single settings::address,
    "settings-extra" single settings::extra,
    "settings-organisation" single settings::organisation,
    "settings-menu" single settings::menu,
    "settings-pagination" single settings::pagination,
    "settings-feed-limit" single settings::feed_limit,
    "settings-feeds" single settings::feeds,
    "settings-taxonomies" paired settings::taxonomies,
    "settings-timezone" single settings::timezone,
    "settings-slugs" single settings::slugs,
    "settings-highlight" single settings::highlight,
    "settings-markdown" single settings::markdown,
    "settings-ignore" single settings::ignore,
    "settings-language" paired settings::language,
    "settings-label" single settings::label,
    "settings-fallback" single settings::fallback,
    "settings-default-language" single settings::default_language,
    "settings-prefix" single settings::prefix,
    "settings-remark" single settings::remark,
    "settings-unknown" single settings::unknown,
    "settings-gone-or-there" single settings::gone_or_there,

    "template" paired templates::page,
    "template-any" single templates::any,
    "template-base" paired templates::base,
    "template-included" paired templates::included,
    "template-component" paired templates::component,
    "template-remark" single templates::remark,
    "template-question" single templates::question,
    "template-now" single templates::now,
    "template-broken" single templates::broken,
    "template-fails" single templates::fails,
    "template-special" single templates::special,
    "template-override" paired templates::overriding,
    "template-override-gone" single templates::overriding_gone,
    "template-of-taxonomy" single templates::of_taxonomy,
    "template-of-taxonomy-gone" single templates::of_taxonomy_gone,
    "template-archive" single templates::archive,
    "template-archive-gone" single templates::archive_gone,
    "template-not-found" single templates::not_found,

    "theme-switched" paired themes::switched,
    "theme-string" paired themes::string,
    "theme-string-of-text" single themes::string_of_text,
    "theme-string-gone" single themes::string_gone,
    "theme-style" single themes::style,
    "theme-manifest" single themes::manifest,

    "term-name" paired terms::name,
    "term-text" single terms::text,
    "term-slug" single terms::slug,
    "term-dropped" single terms::dropped,
    "term-file" single terms::file,
    "data" paired data::changed,
    "data-created" single data::created,
    "data-gone" single data::gone,

    "static" paired files::changed,
    "static-added" single files::added,
    "static-gone" single files::gone,
    "static-robots" single files::robots,
    "static-feed" single files::feed,
    "static-in-the-way" single files::in_the_way,
    "static-over-theme" single files::over_theme,
    "file-linked" single files::linked,
    "file-beside-the-point" single files::beside_the_point,
    "asset-added" single files::asset_added,
    "asset-gone" single files::asset_gone,
    "image-bytes" paired pictures::bytes,
    "image-bytes-of-one-size" single pictures::bytes_of_one_size,
    "image-damaged" single pictures::damaged,
    "image-gone" single pictures::gone,

    "now-a-second-later" single options::a_second_later,
    "now-weeks-later" paired options::weeks_later,
    "now-months-later" single options::months_later,
    "now-earlier" single options::earlier,
    "drafts" single options::drafts,
    "future" single options::future,
    "expired" single options::expired,
    "base-url" single options::base_url,
    "config" single options::config,
    "strict" single options::strict,

    "touched" paired checkout::touched,
    "touched-all" single checkout::touched_all,
    "replaced-by-its-like" single checkout::replaced_by_its_like,
    "same-size-and-time" single checkout::same_size_and_time,
    "older-file" single checkout::older_file,
    "undone" single checkout::undone,
    "mended" paired checkout::mended,

    "output-deleted" paired outputs::deleted,
    "output-folder-deleted" single outputs::folder_deleted,
    "outputs-deleted" single outputs::all_deleted,
    "output-edited" paired outputs::edited,
    "output-edited-in-size" single outputs::edited_in_size,
    "output-touched" single outputs::touched,
    "output-replaced-by-its-like" single outputs::replaced_by_its_like,
    "output-elsewhere" paired outputs::elsewhere,
    "rolled-back" paired outputs::rolled_back,
    "cleaned" single outputs::cleaned,
    "foreign-file" paired outputs::foreign_file,
    "foreign-file-in-the-way" single outputs::foreign_file_in_the_way,

    "store-deleted" paired store::deleted,
    "store-truncated" paired store::truncated,
    "store-emptied" single store::emptied,
    "store-flipped" paired store::flipped,
    "store-foreign" single store::foreign,
    "store-older" single store::older,
    "store-folder-deleted" single store::folder_deleted,
    "store-doubted" single store::doubted,
}

#[test]
fn the_names_differ() {
    let mut names: Vec<&str> = EDITS.iter().map(|edit| edit.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_edit_finds_something_to_edit() {
    use crate::steps::{self, Step};
    use crate::{SITES, singles, warm};

    let site = |name: &&str| {
        let mut site = singles::built(name);
        warm::build(&mut site).unwrap_or_else(|fault| panic!("{fault}"));
        site
    };
    let mut sites: Vec<Site> = SITES.iter().map(site).collect();
    // Some edits take back what another one has done.
    for line in ["slug-clash", "title", "output-elsewhere"] {
        let mut site = sites[0].copy();
        for step in steps::parse(line) {
            assert!(step.apply(&mut site), "{step}");
            warm::build(&mut site).unwrap_or_else(|fault| panic!("{fault}"));
        }
        sites.push(site);
    }
    let finds_nothing = |edit: &&'static Edit| {
        let mut copies = sites.iter().map(Site::copy);
        !copies.any(|mut site| Step::first(edit).apply(&mut site))
    };
    let idle = EDITS.iter().filter(finds_nothing).map(|edit| edit.name);
    let idle: Vec<&str> = idle.collect();
    assert_eq!(idle, [""; 0]);
}
