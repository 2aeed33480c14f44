//! Bit stream and integer codes.
//!
//! Own code: bit stream crates have no binary interpolative code, which saves 6 % of the ordinals against Rice codes.
//! All measurements are in [`postings`](super::postings).

/// Bit writer, least significant bit first.
#[derive(Clone, Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    pending_bits: u32,
}

/// Error: truncated data or a value out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError;

impl BitWriter {
    /// Writes the `width` low bits of `value`; at most 32.
    pub fn bits(&mut self, value: u32, width: u32) {
        self.pending |= u64::from(value) << self.pending_bits;
        self.pending_bits += width;
        while self.pending_bits >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.pending_bits -= 8;
        }
    }

    /// Writes an Exp-Golomb code of order `k`, which is short for values below `2^k`.
    pub fn exp_golomb(&mut self, value: u32, k: u32) {
        let value = u64::from(value) + (1 << k);
        let width = 63 - value.leading_zeros();
        for _ in k..width {
            self.bits(1, 1);
        }
        self.bits(0, 1);
        self.bits((value & ((1 << width) - 1)) as u32, width);
    }

    /// Writes `value`, less than `range`, in a truncated binary code.
    pub fn truncated_binary(&mut self, value: u32, range: u32) {
        let (width, short) = truncated_binary_params(range);
        if value < short {
            self.bits(value, width);
        } else {
            self.bits((value + short) >> 1, width);
            self.bits((value + short) & 1, 1);
        }
    }

    /// Writes ascending `values` within `low..high` in binary interpolative coding (Moffat and Stuiver,
    /// 2000): the middle value first, then each half between its bounds. Clusters and dense stretches take
    /// few bits.
    pub fn interpolative(&mut self, values: &[u32], low: u32, high: u32) {
        let count = values.len() as u32;
        if count == 0 || count == high - low {
            return;
        }
        let middle = values.len() / 2;
        let value = values[middle];
        let first = low + middle as u32;
        let range = high - low - count + 1;
        self.truncated_binary(center_code(value - first, range, count), range);
        self.interpolative(&values[..middle], low, value);
        self.interpolative(&values[middle + 1..], value + 1, high);
    }

    /// Appends the bits of `other`.
    pub fn append(&mut self, other: &BitWriter) {
        other.bytes.iter().for_each(|&byte| self.bits(u32::from(byte), 8));
        self.bits(other.pending as u32, other.pending_bits);
    }

    /// Returns the number of bytes written, rounded up.
    pub fn byte_len(&self) -> usize {
        self.bytes.len() + usize::from(self.pending_bits > 0)
    }

    /// Returns the bytes, padded with zero bits.
    pub fn finish(mut self) -> Vec<u8> {
        if self.pending_bits > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Bit reader, least significant bit first.
#[derive(Clone, Copy, Debug)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    pending: u64,
    pending_bits: u32,
}

impl<'a> BitReader<'a> {
    /// Creates a reader of `bytes`.
    pub fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, pending: 0, pending_bits: 0 }
    }

    /// Reads `width` bits; at most 32.
    #[inline]
    pub fn bits(&mut self, width: u32) -> Result<u32, DecodeError> {
        if self.pending_bits < width {
            self.refill(width)?;
        }
        let value = self.pending & ((1 << width) - 1);
        self.pending >>= width;
        self.pending_bits -= width;
        Ok(value as u32)
    }

    fn refill(&mut self, width: u32) -> Result<(), DecodeError> {
        if let Some((word, rest)) = self.bytes.split_first_chunk::<4>() {
            self.pending |= u64::from(u32::from_le_bytes(*word)) << self.pending_bits;
            (self.pending_bits, self.bytes) = (self.pending_bits + 32, rest);
            return Ok(());
        }
        while self.pending_bits < width {
            let (&byte, rest) = self.bytes.split_first().ok_or(DecodeError)?;
            self.pending |= u64::from(byte) << self.pending_bits;
            (self.pending_bits, self.bytes) = (self.pending_bits + 8, rest);
        }
        Ok(())
    }

    /// Reads a code of [`BitWriter::exp_golomb`].
    pub fn exp_golomb(&mut self, k: u32) -> Result<u32, DecodeError> {
        let mut width = k;
        while self.bits(1)? == 1 {
            width += 1;
            if width > 32 {
                return Err(DecodeError);
            }
        }
        let value = (1 << width) + u64::from(self.bits(width)?) - (1 << k);
        u32::try_from(value).map_err(|_| DecodeError)
    }

    /// Reads a code of [`BitWriter::truncated_binary`].
    #[inline]
    pub fn truncated_binary(&mut self, range: u32) -> Result<u32, DecodeError> {
        let (width, short) = truncated_binary_params(range);
        let value = self.bits(width)?;
        if value < short {
            return Ok(value);
        }
        Ok((value << 1 | self.bits(1)?) - short)
    }

    /// Reads a code of [`BitWriter::interpolative`]: `count` values within `low..high`, in order.
    pub fn interpolative(
        &mut self,
        count: u32,
        low: u32,
        high: u32,
        take: &mut impl FnMut(u32),
    ) -> Result<(), DecodeError> {
        if count == high - low {
            (low..high).for_each(take);
            return Ok(());
        }
        if count == 0 {
            return Ok(());
        }
        let middle = count / 2;
        let value = low + middle + self.read_centered_code(high - low - count + 1, count)?;
        self.interpolative(middle, low, value, take)?;
        take(value);
        self.interpolative(count - middle - 1, value + 1, high, take)
    }

    #[inline]
    fn read_centered_code(&mut self, range: u32, count: u32) -> Result<u32, DecodeError> {
        let value = self.truncated_binary(range)?;
        Ok(if count > 1 { (value + center_code_shift(range)) % range } else { value })
    }

    /// Skips `count` values within `low..high`. The work is bounded by the number of bits.
    pub fn skip_interpolative(&mut self, count: u32, low: u32, high: u32) -> Result<(), DecodeError> {
        if count == 0 || count == high - low {
            return Ok(());
        }
        let middle = count / 2;
        let value = low + middle + self.read_centered_code(high - low - count + 1, count)?;
        self.skip_interpolative(middle, low, value)?;
        self.skip_interpolative(count - middle - 1, value + 1, high)
    }
}

/// Rotates the code so that the shorter code words lie in the middle of the range, where the middle of
/// several values is most likely.
fn center_code(value: u32, range: u32, count: u32) -> u32 {
    if count > 1 { (value + range - center_code_shift(range)) % range } else { value }
}

/// Returns the offset of the short code words when centred in the range.
#[inline]
fn center_code_shift(range: u32) -> u32 {
    let (_, short) = truncated_binary_params(range);
    (range - short.min(range)) / 2
}

/// Returns the parameters of the truncated binary code of `0..range`: width and number of the short code
/// words.
#[inline]
fn truncated_binary_params(range: u32) -> (u32, u32) {
    let width = 31 - range.max(1).leading_zeros();
    (width, ((2u64 << width) - u64::from(range.max(1))) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn coded_numbers_round_trip(values in vec((any::<u32>(), 0u32..20, 1u32..), 0..50)) {
            let mut writer = BitWriter::default();
            for &(value, k, range) in &values {
                writer.exp_golomb(value >> 1, k);
                writer.truncated_binary(value % range, range);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for &(value, k, range) in &values {
                prop_assert_eq!(reader.exp_golomb(k), Ok(value >> 1));
                prop_assert_eq!(reader.truncated_binary(range), Ok(value % range));
            }
        }

        #[test]
        fn ascending_values_round_trip(values in btree_set(5u32..400, 0..300), more in 0u32..100) {
            let values: Vec<u32> = values.into_iter().collect();
            let (high, mark) = (400 + more, 0x2Au32);
            let mut writer = BitWriter::default();
            writer.interpolative(&values, 5, high);
            writer.bits(mark, 6);
            let mut joined = BitWriter::default();
            joined.bits(1, 1);
            joined.append(&writer);
            let bytes = joined.finish();
            let mut reader = BitReader::new(&bytes);
            prop_assert_eq!(reader.bits(1), Ok(1));
            let mut skipping = reader;
            let mut read = Vec::new();
            prop_assert!(reader.interpolative(values.len() as u32, 5, high, &mut |value| read.push(value)).is_ok());
            prop_assert_eq!(&read, &values);
            prop_assert_eq!(reader.bits(6), Ok(mark));
            prop_assert!(skipping.skip_interpolative(values.len() as u32, 5, high).is_ok());
            prop_assert_eq!(skipping.bits(6), Ok(mark));
        }

        #[test]
        fn arbitrary_bytes_decode_in_order_or_fail(bytes in vec(any::<u8>(), 0..40), count in 0u32..500) {
            let mut reader = BitReader::new(&bytes);
            let _ = reader.exp_golomb(3);
            let (mut last, mut ordered) = (None, true);
            let _ = reader.interpolative(count, 0, 500, &mut |value| {
                ordered &= last < Some(value) && value < 500;
                last = Some(value);
            });
            prop_assert!(ordered);
        }
    }

    #[test]
    fn full_range_takes_no_bits() {
        let mut writer = BitWriter::default();
        writer.interpolative(&(3..90).collect::<Vec<_>>(), 3, 90);
        assert_eq!(writer.byte_len(), 0);
    }
}
