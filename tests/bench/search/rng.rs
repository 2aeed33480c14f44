//! Deterministic random numbers: SplitMix64 (Steele, Lea, Flood 2014) with a fixed seed.

/// Random number generator.
pub struct Draw(u64);

impl Draw {
    /// Creates a generator for one purpose, so that drawing more queries of one kind leaves the others unchanged.
    pub fn seeded(purpose: &str) -> Draw {
        // FNV-1a hash of the purpose.
        Draw(purpose.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        }))
    }

    /// Returns a number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * bound as u128) >> 64) as usize
    }

    /// Returns a random element of `from`, unless empty.
    pub fn one<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { Some(&from[self.below(from.len())]) }
    }
}
