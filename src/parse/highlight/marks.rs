//! What a lexer yields: coloured ranges of the code, in order, without overlap.
//! What lies between two marks is plain text.

use super::class::Class;

/// A range of bytes that has a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub class: Class,
    pub start: usize,
    pub end: usize,
}

/// Marks in the order of the code; touching marks of one class are one mark.
#[derive(Debug, Default)]
pub(super) struct Marks {
    list: Vec<Mark>,
}

impl Marks {
    /// Room for as many marks as `bytes` of ordinary code have.
    pub fn with_room_for(bytes: usize) -> Marks {
        Marks {
            list: Vec::with_capacity(bytes / 8 + 8),
        }
    }

    pub fn add(&mut self, class: Class, start: usize, end: usize) {
        if end <= start {
            return;
        }
        match self.list.last_mut() {
            Some(last) if last.class == class && last.end == start => last.end = end,
            _ => self.list.push(Mark { class, start, end }),
        }
    }

    pub fn as_slice(&self) -> &[Mark] {
        &self.list
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Gives the marks from number `first` on the class `to` if they have the class `from`:
    /// a string turns out to be a key only once the colon after it is seen.
    pub fn recolour(&mut self, first: usize, from: Class, to: Class) {
        let marks = self.list.get_mut(first..).unwrap_or_default();
        for mark in marks.iter_mut().filter(|mark| mark.class == from) {
            mark.class = to;
        }
    }

    /// Colours the range that ends where the last mark may end, in place of what it had: a name
    /// turns out to be a key only once the colon after it is seen.
    pub fn replace_tail(&mut self, class: Class, start: usize, end: usize) {
        while self.list.pop_if(|mark| mark.start >= start).is_some() {}
        if let Some(last) = self.list.last_mut() {
            last.end = last.end.min(start);
        }
        self.add(class, start, end);
    }

    /// Adds the marks of `host` with the islands cut out of them, and those of `islands` in
    /// their places. `areas` are the islands' ranges, in order.
    pub fn overlay(&mut self, host: &Marks, islands: &Marks, areas: &[(usize, usize)]) {
        let mut inner = islands.list.iter().peekable();
        let mut areas = areas.iter().peekable();
        for mark in &host.list {
            let mut start = mark.start;
            while let Some(&&(from, to)) = areas.peek() {
                if from >= mark.end {
                    break;
                }
                self.add(mark.class, start, from);
                while let Some(island) = inner.next_if(|island| island.start < to) {
                    self.add(island.class, island.start, island.end);
                }
                start = start.max(to);
                if to > mark.end {
                    break;
                }
                areas.next();
            }
            self.add(mark.class, start, mark.end);
        }
        for island in inner {
            self.add(island.class, island.start, island.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Mark, Marks};

    fn marks(list: &[(Class, usize, usize)]) -> Marks {
        let mut marks = Marks::default();
        for &(class, start, end) in list {
            marks.add(class, start, end);
        }
        marks
    }

    #[test]
    fn touching_marks_of_one_class_merge() {
        let marks = marks(&[
            (Class::Keyword, 0, 2),
            (Class::Keyword, 2, 4),
            (Class::Type, 4, 4),
        ]);
        assert_eq!(
            marks.as_slice(),
            [Mark {
                class: Class::Keyword,
                start: 0,
                end: 4
            }]
        );
    }

    #[test]
    fn islands_cut_the_marks_of_their_host() {
        let host = marks(&[(Class::String, 0, 10), (Class::Tag, 12, 14)]);
        let islands = marks(&[(Class::Meta, 3, 5), (Class::Meta, 20, 21)]);
        let mut both = Marks::default();
        both.overlay(&host, &islands, &[(3, 6), (20, 22)]);
        let expected = [
            Mark {
                class: Class::String,
                start: 0,
                end: 3,
            },
            Mark {
                class: Class::Meta,
                start: 3,
                end: 5,
            },
            Mark {
                class: Class::String,
                start: 6,
                end: 10,
            },
            Mark {
                class: Class::Tag,
                start: 12,
                end: 14,
            },
            Mark {
                class: Class::Meta,
                start: 20,
                end: 21,
            },
        ];
        assert_eq!(both.as_slice(), expected);
    }
}
