//! Numbers that look like chance and follow from a seed.

/// A row of numbers (SplitMix64, by Sebastiano Vigna, in the public domain).
pub struct Chance(u64);

impl Chance {
    /// The row that belongs to one purpose of one article.
    pub fn of(seed: u64, purpose: u64, index: usize) -> Self {
        let mut mixed = Self(seed);
        for part in [purpose, index as u64] {
            mixed.0 = mixed.next() ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        }
        mixed
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        (wide >> 64) as usize
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}
