//! Numbers that look random and are the same on every machine.

/// SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

#[test]
fn the_numbers_are_those_of_the_paper() {
    let mut random = Random::new(1_234_567);
    let limit = 1 << 62;
    let numbers = [random.below(limit), random.below(limit)];
    let whole: [u64; 2] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973];
    assert_eq!(
        numbers,
        whole.map(|number| (number % limit as u64) as usize)
    );
}
