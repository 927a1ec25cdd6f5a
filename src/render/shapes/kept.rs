//! Cards that are kept for the next list that shows them.

use std::sync::{PoisonError, RwLock};

use ahash::{AHashMap, AHashSet};
use tera::Value;

use crate::site::NodeId;
use crate::trace::PartId;
use crate::world::{Fields, Reader};

use super::texts::address;

/// How many cards there is room for. Those of a larger site are made again for every list that
/// shows them: that takes some microseconds each, but memory would grow by a kilobyte for every
/// page. Where assertions are checked it is so few that tests meet such sites too.
const ROOM: usize = match cfg!(debug_assertions) {
    true => 8,
    false => 1 << 17,
};

/// Cards by the variables that they hold.
#[derive(Default)]
pub(super) struct KeptCards(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    by_fields: AHashMap<Fields, Cards>,
    /// Where they lie.
    addresses: AHashSet<usize>,
    /// How many there are in all.
    count: usize,
}

/// Cards with the same variables.
#[derive(Default)]
struct Cards {
    /// What was asked to make the card of every page, by the page's number: whoever uses the card
    /// has asked that too. It is known of those that found no room, too.
    parts: Vec<Option<PartId>>,
    cards: AHashMap<NodeId, Value>,
}

impl Cards {
    fn part(&self, id: NodeId) -> Option<PartId> {
        *self.parts.get(id.index())?
    }

    fn set_part(&mut self, id: NodeId, part: PartId) {
        if self.parts.len() <= id.index() {
            self.parts.resize(id.index() + 1, None);
        }
        self.parts[id.index()] = Some(part);
    }
}

impl KeptCards {
    /// Whether a card is one of those that are kept, by where it lies.
    pub fn has(&self, address: usize) -> bool {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.addresses.contains(&address)
    }

    /// The card of a page with some variables; `make` makes it if need be.
    pub fn get(
        &self,
        reader: &Reader,
        id: NodeId,
        fields: Fields,
        make: impl FnOnce(&Reader) -> Value,
    ) -> Value {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let known = kept.by_fields.get(&fields);
        if let Some((cards, part)) = known.and_then(|cards| Some((cards, cards.part(id)?))) {
            reader.include(part);
            let card = cards.cards.get(&id).cloned();
            drop(kept);
            return card.unwrap_or_else(|| make(&reader.unnoted()));
        }
        drop(kept);
        let apart = reader.apart();
        let card = make(&apart);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let has_room = kept.count < ROOM;
        let cards = kept.by_fields.entry(fields).or_default();
        // Another thread may have been faster; then both have made the same.
        let part = cards.part(id);
        reader.include(part.unwrap_or_else(|| {
            let part = apart.share();
            cards.set_part(id, part);
            part
        }));
        if part.is_none() && has_room {
            cards.cards.insert(id, card.clone());
            kept.addresses.extend(address(&card));
            kept.count += 1;
        }
        card
    }
}
