//! Sections: their `_index.md` and their folders.

use super::targets::{change, choose, folder, folders, free, loose_folders, sections};
use super::templates;
use crate::keys;
use crate::site::Site;

fn turn(site: &Site, pick: usize, key: &str, circle: &[&str]) -> Option<()> {
    change(site, sections(site), pick, |text| {
        keys::turned(text, key, circle)
    })
}

/// All but the home pages.
fn inner(site: &Site) -> Vec<String> {
    let mut sections = sections(site);
    sections.retain(|path| folder(path) != "content");
    sections
}

pub fn title(site: &mut Site, pick: usize) -> Option<()> {
    change(site, sections(site), pick, |text| {
        let title = keys::value(text, "title")?;
        keys::with(text, "title", &format!("{title} again"))
    })
}

pub fn body(site: &mut Site, pick: usize) -> Option<()> {
    change(site, sections(site), pick, |text| {
        Some(format!("{text}\nOne more sentence.\n"))
    })
}

pub fn index_removed(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(inner(site), pick)?;
    site.delete(&path);
    Some(())
}

pub fn index_added(site: &mut Site, pick: usize) -> Option<()> {
    let mut bare = folders(site);
    bare.retain(|folder| !site.has(&format!("{folder}/_index.md")));
    let folder = choose(bare, pick)?;
    let text = "---\ntitle: A section with a title\nsort_by: title\n---\n\nAt last.\n";
    site.put(&format!("{folder}/_index.md"), text);
    Some(())
}

pub fn added(site: &mut Site, pick: usize) -> Option<()> {
    let above = choose(folders(site), pick)?;
    let index = free(site, |number| format!("{above}/below-{number}/_index.md"));
    site.put(&index, "---\ntitle: Below\n---\n");
    let article = "---\ntitle: In a new section\ndate: 2025-12-29\n---\n\nHere.\n";
    site.put(&format!("{}/inside.md", folder(&index)), article);
    Some(())
}

pub fn renamed(site: &mut Site, pick: usize) -> Option<()> {
    let from = choose(loose_folders(site), pick)?;
    let to = free(site, |number| format!("{from}-{number}"));
    (!site.root().join(&to).exists()).then(|| site.rename(&from, &to))
}

pub fn sort(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["title", "weight", "slug", "updated", "none", "date"];
    turn(site, pick, "sort_by", &circle)
}

pub fn reverse(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "reverse", &["true", "false"])
}

pub fn pagination(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "paginate_by", &["1", "0", "2"])
}

pub fn cascade(site: &mut Site, pick: usize) -> Option<()> {
    let circle = [
        "{author: kim, tags: [below], extra: {desk: none}}",
        "{category: Handed down, toc: false}",
    ];
    turn(site, pick, "cascade", &circle)
}

pub fn page_template(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "page_template", &["special.html", "page.html"])?;
    if !site.has(templates::SPECIAL) {
        templates::special(site, pick)?;
    }
    Some(())
}

pub fn transparent(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["true", "false"];
    change(site, inner(site), pick, |text| {
        keys::turned(text, "transparent", &circle)
    })
}

pub fn redirect(site: &mut Site, pick: usize) -> Option<()> {
    let circle = ["/", "https://example.org/", "\"@/_index.md\""];
    change(site, inner(site), pick, |text| {
        keys::turned(text, "redirect_to", &circle)
    })
}

pub fn weight(site: &mut Site, pick: usize) -> Option<()> {
    let mut sections = inner(site);
    sections.reverse();
    change(site, sections, pick, |text| {
        keys::turned(text, "weight", &["-1", "9"])
    })
}

pub fn draft(site: &mut Site, pick: usize) -> Option<()> {
    change(site, inner(site), pick, |text| {
        keys::turned(text, "draft", &["true", "false"])
    })
}

pub fn feed(site: &mut Site, pick: usize) -> Option<()> {
    turn(site, pick, "feed", &["false", "true"])
}

pub fn address(site: &mut Site, pick: usize) -> Option<()> {
    let (key, circle) = [
        ("slug", ["another-place", "a-third-place"]),
        ("path", ["somewhere", "somewhere/else"]),
        ("aliases", ["[once/here]", "[/once/here/, there.htm]"]),
    ][pick % 3];
    change(site, inner(site), pick / 3, |text| {
        keys::turned(text, key, &circle)
    })
}

/// A section gets its words in another language.
pub fn translation_added(site: &mut Site, pick: usize) -> Option<()> {
    let settings = site.text("site.yaml")?;
    let codes = ["zh", "de"].into_iter();
    let codes = codes.filter(|code| settings.contains(&format!("\n  {code}:")));
    let folders = folders(site);
    let missing = codes.flat_map(|code| {
        let folders = folders.iter();
        folders.map(move |folder| format!("{folder}/_index.{code}.md"))
    });
    let path = choose(missing.filter(|path| !site.has(path)).collect(), pick)?;
    site.put(&path, "---\ntitle: 栏目\n---\n\n文字。\n");
    Some(())
}
