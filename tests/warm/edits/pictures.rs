//! Pictures.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::files::assets;
use super::targets::{choose, least_named};
use crate::site::Site;

/// Those that are shown most come first.
fn pictures(site: &Site) -> Vec<String> {
    let mut pictures = [assets(site), site.list("static")].concat();
    pictures.retain(|path| path.ends_with(".png") || path.ends_with(".jpg"));
    let mut pictures = least_named(site, pictures);
    pictures.reverse();
    pictures
}

/// Another picture of another size, in both senses.
pub fn bytes(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(pictures(site), pick)?;
    let old = std::fs::read(site.root().join(&path)).expect("a picture");
    let circle = [picture(&path, (9, 5), 1), picture(&path, (5, 9), 2)];
    let is_first = old == circle[0];
    site.put(&path, &circle[usize::from(is_first)]);
    Some(())
}

/// One of two pictures that differ by a colour alone: what is known of their sizes is the same.
pub fn bytes_of_one_size(site: &mut Site, pick: usize) -> Option<()> {
    let mut pictures = pictures(site);
    pictures.retain(|path| path.ends_with(".png"));
    let path = choose(pictures, pick)?;
    let old = std::fs::read(site.root().join(&path)).expect("a picture");
    let size = (u32::from(old[19]), u32::from(old[23]));
    let mut others = (0..=255).map(|colour| picture(&path, size, colour));
    let first = others.next().expect("a picture");
    let is_twin = |other: &Vec<u8>| other.len() == first.len() && *other != old;
    let twin = others.find(is_twin).expect("a picture of the same length");
    site.put(&path, if old == first { twin } else { first });
    Some(())
}

/// Half of a picture.
pub fn damaged(site: &mut Site, pick: usize) -> Option<()> {
    let path = choose(pictures(site), pick)?;
    let bytes = std::fs::read(site.root().join(&path)).expect("a picture");
    (bytes.len() > 8).then(|| site.put(&path, &bytes[..8]))
}

pub fn gone(site: &mut Site, pick: usize) -> Option<()> {
    let mut pictures = pictures(site);
    pictures.reverse();
    let path = choose(pictures, pick)?;
    site.delete(&path);
    Some(())
}

fn picture(path: &str, (width, height): (u32, u32), colour: u8) -> Vec<u8> {
    let format = ImageFormat::from_path(path).expect("a known ending");
    let image = RgbImage::from_fn(width, height, |x, y| {
        Rgb([colour, (x * 16) as u8, (y * 16) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}
