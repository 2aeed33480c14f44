//! Article lengths in classes, for length normalization in ranking.

/// Length class of an article's text: sixteen classes, each a factor √2 apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthBucket(u8);

/// Length class of every article, by ordinal. Empty in archives before version 4, which gives every article
/// the typical class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LengthTable(Vec<LengthBucket>);

/// Upper limit of each class but the last, in bytes of folded text.
const BUCKET_LIMITS: [usize; 15] =
    [330, 467, 660, 933, 1320, 1867, 2640, 3734, 5280, 7467, 10_560, 14_934, 21_120, 29_868, 42_240];

impl LengthBucket {
    /// Most frequent class.
    pub const TYPICAL: LengthBucket = LengthBucket(7);

    /// Returns the class of a folded text of `bytes` bytes.
    pub fn from_byte_len(bytes: usize) -> LengthBucket {
        LengthBucket(BUCKET_LIMITS.iter().filter(|&&longest| bytes > longest).count() as u8)
    }

    /// Returns the class index, 0 to 15.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl LengthTable {
    /// Returns the class of an article.
    pub fn get(&self, ordinal: u32) -> LengthBucket {
        self.0.get(ordinal as usize).copied().unwrap_or(LengthBucket::TYPICAL)
    }

    /// Sets the class of an article.
    pub fn set(&mut self, ordinal: u32, length: LengthBucket) {
        let at = ordinal as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, LengthBucket::TYPICAL);
        }
        self.0[at] = length;
    }

    /// Packs at most `most` classes from article `from` on, two per byte, the first in the lower half.
    pub(in crate::archive) fn pack(&self, from: usize, most: usize) -> impl Iterator<Item = u8> + '_ {
        let here = self.0.get(from..).unwrap_or_default();
        let pairs = here[..here.len().min(most)].chunks(2);
        pairs.map(|pair| pair[0].0 | pair.get(1).map_or(0, |second| second.0) << 4)
    }

    /// Appends `count` classes packed by [`pack`](LengthTable::pack).
    pub(in crate::archive) fn unpack(&mut self, bytes: &[u8], count: usize) {
        let halves = bytes.iter().flat_map(|byte| [byte & 15, byte >> 4]);
        self.0.extend(halves.take(count).map(LengthBucket));
    }
}

impl FromIterator<LengthBucket> for LengthTable {
    fn from_iter<I: IntoIterator<Item = LengthBucket>>(lengths: I) -> LengthTable {
        LengthTable(lengths.into_iter().collect())
    }
}
