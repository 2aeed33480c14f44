//! Detection of articles with the same body at different addresses, such as agency reports.

use crate::model::Hash;
use std::collections::BTreeMap;

/// Minimum body length in bytes of folded text. Shorter bodies repeat by chance: greetings, notices of removed pages.
const MIN_BODY_BYTES: usize = 300;

/// Body digest: 64-bit hash and length. A collision in both is negligible.
pub type BodyDigest = (u64, usize);

/// Returns the digest of a folded body, if long enough.
pub fn body_digest(body: &str) -> Option<BodyDigest> {
    (body.len() >= MIN_BODY_BYTES).then(|| (Hash::new(body.as_bytes()).high_bits(64), body.len()))
}

/// Groups articles with the same folded body, as ascending ordinals.
pub fn duplicate_groups(bodies: &[Option<BodyDigest>]) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<BodyDigest, Vec<u32>> = BTreeMap::new();
    for (body, ordinal) in bodies.iter().zip(0..) {
        if let Some(body) = body {
            groups.entry(*body).or_default().push(ordinal);
        }
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_long_bodies_form_one_group() {
        let long = "江水昨夜退了。".repeat(30);
        let bodies = [long.as_str(), "短", &long, "短", "别的"].map(body_digest);
        assert_eq!(duplicate_groups(&bodies), [[0, 2]]);
    }
}
