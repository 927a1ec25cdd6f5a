//! The words of a language and what each stands for, found by a hash laid out at compile time.

/// What a listed word is, and what it says about the name after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A keyword.
    Keyword,
    /// A keyword before the name of a function (`fn`, `def`).
    Definer,
    /// A keyword before the name of a type (`class`, `struct`).
    Typer,
    /// A keyword that can stand before a field (`pub`, `readonly`).
    Modifier,
    /// A keyword only at the start of a line (`match` in Python).
    Soft,
    /// A type of the language itself.
    Type,
    /// A literal constant.
    Literal,
    /// The object itself: `self`, `this`.
    Receiver,
    /// A function of the language itself that is called without parentheses.
    Builtin,
}

/// Words of one role, with blanks between them.
pub(crate) type Group = (Role, &'static str);

const SLOTS: usize = 1024;

/// Where a word stands in the text of its group; a length of 0 is an empty slot.
#[derive(Clone, Copy)]
struct Slot {
    group: u8,
    length: u8,
    start: u16,
}

/// A set of words by role. With several groups of one role, languages share their lists.
pub(crate) struct Words {
    groups: &'static [Group],
    slots: [Slot; SLOTS],
}

impl Words {
    /// Lays the table out; meant for constants.
    pub const fn new(groups: &'static [Group]) -> Words {
        let mut slots = [Slot {
            group: 0,
            length: 0,
            start: 0,
        }; SLOTS];
        let mut group = 0;
        while group < groups.len() {
            let text = groups[group].1.as_bytes();
            let mut start = 0;
            while start < text.len() {
                let mut end = start;
                while end < text.len() && text[end] != b' ' {
                    end += 1;
                }
                let mut slot = hash(text.split_at(start).1.split_at(end - start).0);
                while slots[slot].length != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                let length = (end - start) as u8;
                slots[slot] = Slot {
                    group: group as u8,
                    length,
                    start: start as u16,
                };
                start = end + 1;
            }
            group += 1;
        }
        Words { groups, slots }
    }

    /// The role of `word`, if it is listed.
    pub fn role(&self, word: &[u8]) -> Option<Role> {
        let mut index = hash(word);
        loop {
            let slot = self.slots[index];
            if slot.length == 0 {
                return None;
            }
            let (role, text) = self.groups[usize::from(slot.group)];
            let start = usize::from(slot.start);
            if text.as_bytes()[start..start + usize::from(slot.length)] == *word {
                return Some(role);
            }
            index = (index + 1) % SLOTS;
        }
    }

    /// The role of `word` in a language that does not care about case; its words are listed in
    /// small letters.
    pub fn role_folded(&self, word: &[u8]) -> Option<Role> {
        let mut small = [0; 32];
        let small = small.get_mut(..word.len())?;
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        self.role(small)
    }
}

const fn hash(word: &[u8]) -> usize {
    if word.is_empty() {
        return 0;
    }
    let first = word[0] as usize;
    let middle = word[word.len() / 2] as usize;
    let last = word[word.len() - 1] as usize;
    (first * 37 + middle * 167 + last * 5 + word.len() * 331) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::{Role, Words};

    static WORDS: Words = Words::new(&[(Role::Keyword, "fn let"), (Role::Literal, "true")]);

    #[test]
    fn words_have_their_roles() {
        assert_eq!(WORDS.role(b"let"), Some(Role::Keyword));
        assert_eq!(WORDS.role(b"true"), Some(Role::Literal));
        assert_eq!(WORDS.role(b"True"), None);
        assert_eq!(WORDS.role(b""), None);
        assert_eq!(WORDS.role_folded(b"TRUE"), Some(Role::Literal));
        assert_eq!(WORDS.role_folded(&[b'x'; 99]), None);
    }
}
