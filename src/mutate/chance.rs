//! What is chosen by chance, and alike each time.

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; none below nothing.
    pub fn below(&mut self, limit: usize) -> Option<usize> {
        (limit > 0).then(|| (self.next() % limit as u64) as usize)
    }
}
