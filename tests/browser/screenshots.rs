//! Pictures of the pages, for people to look at.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::visit::Visit;
use crate::webdriver::{Browser, View};

const WIDTHS: [u32; 3] = [320, 768, 1280];
const SCHEMES: [&str; 2] = ["light", "dark"];

/// Writes a picture of the page at each width in each scheme into `folder`.
pub fn take(browser: &Browser, visit: &Visit, folder: &Path) {
    fs::create_dir_all(folder).expect("the folder for screenshots can be made");
    for width in WIDTHS {
        for scheme in SCHEMES {
            browser.show_as(View { width, scheme });
            browser.open(&visit.url);
            let picture = BASE64_STANDARD
                .decode(browser.screenshot())
                .expect("it is in base64");
            let file = picture_file(folder, visit, width, scheme);
            fs::write(&file, picture).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }
}

fn picture_file(folder: &Path, visit: &Visit, width: u32, scheme: &str) -> PathBuf {
    let address = visit.page.path.trim_matches('/').replace('/', "_");
    let address = if address.is_empty() { "home" } else { &address };
    folder.join(format!(
        "{}-{address}-{width}-{scheme}.png",
        visit.site.name
    ))
}
