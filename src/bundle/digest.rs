//! Digest of files.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, io};

/// SHA-256 digest. Collision resistance matters because article files come from untrusted sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// Computes the digest of `bytes`.
    pub fn compute(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// Computes the digest of everything that `input` yields.
    pub(super) fn compute_reader(input: &mut impl io::Read) -> io::Result<Digest> {
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match input.read(&mut buffer)? {
                0 => return Ok(Digest(hasher.finalize().into())),
                length => hasher.update(&buffer[..length]),
            }
        }
    }

    /// Computes the digest of several values. Each value is length-prefixed, so their borders count.
    pub fn compute_all<T: AsRef<[u8]>>(values: impl IntoIterator<Item = T>) -> Digest {
        let mut hasher = Sha256::new();
        for value in values {
            let value = value.as_ref();
            hasher.update((value.len() as u64).to_le_bytes());
            hasher.update(value);
        }
        Digest(hasher.finalize().into())
    }

    /// Returns the 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

/// Error of a text that is not a digest.
#[derive(Debug, thiserror::Error)]
#[error("invalid digest: expected 64 hexadecimal digits")]
pub struct InvalidDigest;

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Digest, InvalidDigest> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(InvalidDigest);
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| InvalidDigest)?;
        }
        Ok(Digest(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_round_trips_through_hex() {
        let digest = Digest::compute(b"abc");
        let text = digest.to_string();
        assert!(text.starts_with("ba7816bf8f01cfea") && text.len() == 64, "{text}");
        assert_eq!(Digest::try_from(text).unwrap(), digest);
        for wrong in ["", "ba", &"g".repeat(64), &"é".repeat(32)] {
            assert!(Digest::try_from(wrong.to_owned()).is_err());
        }
    }

    #[test]
    fn different_borders_give_different_digests() {
        assert_ne!(Digest::compute_all(["ab", "c"]), Digest::compute_all(["a", "bc"]));
    }
}
