//! Parts of files, as players of films and downloads that go on ask for them.

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: there is no range, or one that need not be understood.
    All,
    /// From the first byte to the last, which is included.
    Bytes(u64, u64),
    /// Nothing that the file has.
    None,
}

impl Part {
    /// Reads the header for a file of a size.
    pub(super) fn of(header: Option<&str>, size: u64) -> Self {
        let range = header.and_then(|header| header.trim().strip_prefix("bytes="));
        let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else {
            return Self::All;
        };
        match (number(first), number(last)) {
            (Some(None), Some(Some(0))) => Self::None,
            (Some(None), Some(Some(length))) if size > 0 => {
                Self::Bytes(size.saturating_sub(length), size - 1)
            }
            (Some(Some(first)), Some(last)) => {
                let last = last.unwrap_or(u64::MAX);
                match (first <= last, first < size) {
                    (false, _) => Self::All,
                    (true, false) => Self::None,
                    (true, true) => Self::Bytes(first, last.min(size - 1)),
                }
            }
            (Some(None), Some(Some(_))) => Self::None,
            _ => Self::All,
        }
    }
}

/// `Some(None)` is nothing at all; `None` is no number.
fn number(text: &str) -> Option<Option<u64>> {
    match text.trim() {
        "" => Some(None),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Some(text.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        for (header, part) in [
            ("bytes=0-3", Part::Bytes(0, 3)),
            ("bytes=4-", Part::Bytes(4, 9)),
            ("bytes=4-99999999999999999999", Part::Bytes(4, 9)),
            ("bytes=-3", Part::Bytes(7, 9)),
            ("bytes=-99", Part::Bytes(0, 9)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
        ] {
            assert_eq!(Part::of(Some(header), 10), part, "{header}");
        }
        assert_eq!(Part::of(Some("bytes=0-"), 0), Part::None);
        assert_eq!(Part::of(Some("bytes=-1"), 0), Part::None);
    }

    #[test]
    fn what_is_no_single_range_is_answered_with_everything() {
        for header in [
            "bytes=3-1",
            "bytes=0-1,4-5",
            "lines=1-2",
            "bytes=-",
            "bytes=a-b",
            "",
        ] {
            assert_eq!(Part::of(Some(header), 10), Part::All, "{header}");
        }
        assert_eq!(Part::of(None, 10), Part::All);
    }
}
