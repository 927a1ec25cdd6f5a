//! What others do to the output folder.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use super::targets::{choose, folders, folders_of};
use crate::folder as folder_of_files;
use crate::run;
use crate::site::Site;

/// The site's files, pages first.
fn outputs(site: &Site) -> Vec<String> {
    let mut outputs = folder_of_files::list(&site.out());
    outputs.retain(|path| !site.foreign.contains_key(path));
    outputs.sort_by_key(|path| (!path.ends_with("index.html"), path.clone()));
    outputs
}

fn one(site: &mut Site, pick: usize) -> Option<PathBuf> {
    let path = choose(outputs(site), pick)?;
    site.is_tampered = true;
    Some(site.out().join(path))
}

pub fn deleted(site: &mut Site, pick: usize) -> Option<()> {
    fs::remove_file(one(site, pick)?).expect("a removed output");
    Some(())
}

/// Files of others that lie in it go, too.
pub fn folder_deleted(site: &mut Site, pick: usize) -> Option<()> {
    let mut folders = folders_of(&outputs(site));
    folders.retain(|folder| !folder.is_empty());
    let folder = choose(folders, pick)?;
    fs::remove_dir_all(site.out().join(&folder)).expect("a removed folder");
    let below = format!("{folder}/");
    site.is_tampered = true;
    site.foreign.retain(|path, _| !path.starts_with(&below));
    Some(())
}

pub fn all_deleted(site: &mut Site, _: usize) -> Option<()> {
    site.out().is_dir().then(|| {
        fs::remove_dir_all(site.out()).expect("a removed folder");
        site.is_tampered = true;
        site.foreign.clear();
    })
}

pub fn edited(site: &mut Site, pick: usize) -> Option<()> {
    let path = one(site, pick)?;
    let mut bytes = fs::read(&path).expect("an output");
    bytes.extend(b"<!-- by hand -->\n");
    fs::write(path, bytes).expect("an edited output");
    Some(())
}

/// The size is the same. The time is another one for certain, and not only if the clock ticked.
pub fn edited_in_size(site: &mut Site, pick: usize) -> Option<()> {
    let path = one(site, pick)?;
    let time = folder_of_files::time(&path);
    let mut bytes = fs::read(&path).expect("an output");
    let last = bytes.last_mut()?;
    *last ^= 1;
    fs::write(&path, bytes).expect("an edited output");
    folder_of_files::set_time(&path, time + Duration::from_secs(1));
    Some(())
}

pub fn touched(site: &mut Site, pick: usize) -> Option<()> {
    let path = one(site, pick)?;
    let time = folder_of_files::time(&path) + Duration::from_secs(5);
    folder_of_files::set_time(&path, time);
    Some(())
}

pub fn replaced_by_its_like(site: &mut Site, pick: usize) -> Option<()> {
    let path = one(site, pick)?;
    let new = site.out().join("new-file");
    fs::copy(&path, &new).expect("a copied file");
    folder_of_files::set_time(&new, folder_of_files::time(&path));
    fs::rename(new, path).expect("a renamed file");
    Some(())
}

pub fn foreign_file(site: &mut Site, pick: usize) -> Option<()> {
    let path = ["CNAME", "theirs/deep/er.txt", "news/theirs.html"][pick % 3];
    put(site, path)
}

/// It lies where an article would go that the site may get.
pub fn foreign_file_in_the_way(site: &mut Site, pick: usize) -> Option<()> {
    let section = choose(folders(site), pick)?;
    let section = section.trim_start_matches("content/").to_owned();
    put(site, &format!("{section}/new-1/index.html"))
}

/// Builds publish into another folder, or into the first one again.
pub fn elsewhere(site: &mut Site, _: usize) -> Option<()> {
    site.turn_out();
    Some(())
}

/// The last build is taken back. What becomes of files that others had changed is told in the
/// tests of `rollback`.
pub fn rolled_back(site: &mut Site, _: usize) -> Option<()> {
    (!site.is_tampered && run::command(site, "rollback")).then_some(())
}

/// Everything that courant wrote is removed; what it leaves is not its own.
pub fn cleaned(site: &mut Site, _: usize) -> Option<()> {
    run::command(site, "clean").then(|| site.forget())
}

fn put(site: &mut Site, path: &str) -> Option<()> {
    let file = site.out().join(path);
    if file.exists() {
        return None;
    }
    fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    fs::write(file, "Not ours.\n").expect("a file of others");
    let digest = site.digest_of(path);
    site.foreign.insert(path.to_owned(), digest);
    site.is_tampered = true;
    Some(())
}
