//! The cover of a page and its files for download.

use tera::Value;

use crate::site::{Meta, NodeId, is_absolute};
use crate::world::{Page, Reader};

use super::record::{Record, text};

/// The cover; null if there is none. A dead link is reported by the check of all links.
pub(super) fn image(reader: &Reader, id: NodeId, meta: &Meta) -> Value {
    let Some(target) = meta.image.as_deref() else {
        return Value::none();
    };
    let mut record = Record::with_room(5);
    let size = if is_absolute(target) {
        record.set("path", target);
        record.set("permalink", target);
        None
    } else {
        let Some(picture) = reader.image(target, id) else {
            return Value::none();
        };
        record.set("path", reader.config().href(&picture.url));
        record.set("permalink", reader.config().permalink(&picture.url));
        picture.size
    };
    record.set("width", size.map(|(width, _)| width));
    record.set("height", size.map(|(_, height)| height));
    record.set("alt", &*meta.title);
    record.into()
}

/// Files offered for download.
pub(super) fn attachments(reader: &Reader, id: NodeId, page: &Page<'_>) -> Value {
    let files = page.meta.attachments.iter().filter_map(|attachment| {
        let target = attachment.file.as_str();
        let (path, size) = match is_absolute(target) {
            true => (target.to_owned(), None),
            false => {
                let path = reader.url(target, Some(id), page.lang).ok()?;
                let source = reader.source_of(target, Some(id));
                (path, source.and_then(|source| reader.size(&source)))
            }
        };
        Some(attachment_of(
            reader,
            target,
            attachment.title.as_deref(),
            path,
            size,
        ))
    });
    files.collect::<Vec<Value>>().into()
}

fn attachment_of(
    reader: &Reader,
    target: &str,
    title: Option<&str>,
    path: String,
    size: Option<u64>,
) -> Value {
    let name = target.rsplit('/').next().unwrap_or(target);
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    let mut record = Record::with_room(6);
    record.set("title", title.unwrap_or(name));
    record.set("name", name);
    record.set("extension", text(extension.as_deref()));
    record.set("size", size);
    let permalink = match is_absolute(&path) {
        true => path.clone(),
        false => format!("{}{path}", reader.config().origin),
    };
    record.set("path", path);
    record.set("permalink", permalink);
    record.into()
}
