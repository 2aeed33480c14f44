//! Articles with the same body under different addresses, as papers print what agencies write.

use crate::model::Hash;
use std::collections::BTreeMap;

/// Shorter bodies, in bytes of folded text, are the same by chance: a greeting, a notice that a page is gone.
const SHORTEST: usize = 300;

/// What bodies are told apart by: 64 bits and the length. Two different bodies that meet in both are not to be
/// expected.
pub type Digest = (u64, usize);

/// The digest of a folded body that is long enough.
pub fn digest(body: &str) -> Option<Digest> {
    (body.len() >= SHORTEST).then(|| (Hash::of(body.as_bytes()).top(64), body.len()))
}

/// Groups of articles, as ascending ordinals, whose bodies fold to the same text.
pub fn groups(bodies: &[Option<Digest>]) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<Digest, Vec<u32>> = BTreeMap::new();
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
    fn long_bodies_that_are_the_same_are_one_group() {
        let long = "江水昨夜退了。".repeat(30);
        let bodies = [long.as_str(), "短", &long, "短", "别的"].map(digest);
        assert_eq!(groups(&bodies), [[0, 2]]);
    }
}
