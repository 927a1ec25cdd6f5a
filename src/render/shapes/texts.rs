//! What lists show of pages, as text: kept for the next list that shows the same.

use std::sync::{PoisonError, RwLock};

use ahash::AHashMap;
use tera::{Error, Value};

use crate::trace::{PartId, Trace};
use crate::world::{Reader, Shown};

use super::Fragment;

/// Texts of pages by the passages of templates that they are made by.
#[derive(Default)]
pub(super) struct KeptTexts(RwLock<Kept>);

/// A passage in the templates that show it; in all of them if it makes nothing of other pages, for
/// which it would matter what else a template shows.
type Passage = (Fragment, Option<Shown>);

#[derive(Default)]
struct Kept {
    by_passage: AHashMap<Passage, AHashMap<Address, (Value, PartId)>>,
    /// What was asked to make texts. Most of a passage ask the same.
    parts: AHashMap<Trace, PartId>,
}

/// Where something lies that is kept, which tells it apart.
pub(super) type Address = usize;

impl KeptTexts {
    /// The text of a page that a passage makes; `make` makes it if need be, and it is kept if the
    /// page's card `is_kept`.
    pub fn get(
        &self,
        reader: &Reader,
        fragment: Fragment,
        page: &Value,
        is_kept: impl FnOnce(Address) -> bool,
        make: impl FnOnce(&Reader) -> Result<Value, Error>,
    ) -> Result<Value, Error> {
        let Some(address) = address(page) else {
            return make(reader);
        };
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let passages = [None, Some(reader.shown())].map(|shown| (fragment, shown));
        let known = passages.iter().find_map(|passage| {
            let texts = kept.by_passage.get(passage)?;
            texts.get(&address)
        });
        if let Some((text, part)) = known {
            reader.include(*part);
            return Ok(text.clone());
        }
        drop(kept);
        if !is_kept(address) {
            return make(reader);
        }
        let apart = reader.apart();
        let text = make(&apart)?;
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let part = apart.share_once(&mut kept.parts);
        reader.include(part);
        let shown = apart.has_asked_fields().then(|| reader.shown());
        let texts = kept.by_passage.entry((fragment, shown)).or_default();
        texts.insert(address, (text.clone(), part));
        Ok(text)
    }
}

/// Where the card of a page lies, or other maps.
pub(super) fn address(page: &Value) -> Option<Address> {
    page.as_map().map(|map| std::ptr::from_ref(map).addr())
}
