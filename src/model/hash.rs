//! SipHash-2-4 with fixed keys, 128 bits wide, of which names use a part. The project uses no other hash.
//!
//! The hash is stable across releases and platforms (Aumasson and Bernstein, 2012), small in WASM, and well
//! distributed for names of 40 and 60 bits. With fixed keys there is no protection against forged collisions;
//! the build checks ids for collisions instead.

use siphasher::sip128::{Hasher128, SipHasher24};
use std::hash::Hasher;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digest of a byte string: 64 of the hash's 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(u64);

impl Hash {
    /// Hashes `bytes`.
    pub fn new(bytes: &[u8]) -> Hash {
        let mut hasher = SipHasher24::new();
        hasher.write(bytes);
        Hash(hasher.finish128().h1)
    }

    /// Returns the highest `bits` bits of the digest (1 to 64).
    pub fn high_bits(self, bits: u32) -> u64 {
        self.0 >> (64 - bits.clamp(1, 64))
    }
}

/// Returns the name under which an archive file is stored: 40 bits of its content hash, 8 characters.
pub fn content_hash(bytes: &[u8]) -> String {
    base32(Hash::new(bytes).high_bits(40), 8)
}

/// Returns true if `name` is a content hash. The check rules out path traversal.
pub fn is_content_hash(name: &str) -> bool {
    name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Encodes `value` as `length` characters of lower-case Crockford base 32, most significant first.
pub(super) fn base32(value: u64, length: u32) -> String {
    (0..length).rev().map(|digit| char::from(ALPHABET[(value >> (5 * digit) & 31) as usize])).collect()
}

/// Decodes the output of [`base32`]; `None` for any other character.
pub(super) fn parse_base32(text: &str) -> Option<u64> {
    text.bytes().try_fold(0, |value, byte| {
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        Some(value << 5 | digit as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_hashes_are_stable() {
        let bytes: Vec<u8> = (0..64).collect();
        let names = [&b""[..], b"a", &bytes[..]].map(content_hash);
        assert_eq!(names, ["fqga7027", "qtg3f73m", "8v3gmv37"]);
    }

    #[test]
    fn base32_values_round_trip() {
        for value in [0, 1, 31, 32, (1 << 60) - 1] {
            assert_eq!(parse_base32(&base32(value, 12)), Some(value));
        }
        assert_eq!(parse_base32("il"), None);
    }
}
