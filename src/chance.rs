//! Numbers for tests that look random and are always the same.

/// Numbers that look random.
pub(crate) struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    /// A text of some of the pieces.
    pub fn text(&mut self, pieces: &[&str], longest: usize) -> String {
        (0..=self.below(longest))
            .map(|_| pieces[self.below(pieces.len())])
            .collect()
    }
}
