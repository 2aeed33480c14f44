//! Articles with the same body under different addresses, as papers print what agencies write.

use crate::archive::title_and_body;
use crate::model::{Article, Hash};
use crate::text::fold;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Shorter bodies, in bytes of folded text, are the same by chance: a greeting, a notice that a page is gone.
const SHORTEST: usize = 300;

/// Groups of articles, as ascending ordinals, whose bodies fold to the same text.
pub fn same(articles: &[Article]) -> Vec<Vec<u32>> {
    let body = |article: &Article| {
        let folded = fold(&article.text());
        let [_, (body, _)] = title_and_body(&folded);
        // 64 bits, and the length: two different bodies that meet in both are not to be expected.
        (body.len() >= SHORTEST).then(|| (Hash::of(body.as_bytes()).top(64), body.len()))
    };
    let bodies: Vec<Option<(u64, usize)>> = articles.par_iter().map(body).collect();
    let mut groups: BTreeMap<(u64, usize), Vec<u32>> = BTreeMap::new();
    for (body, ordinal) in bodies.into_iter().zip(0..) {
        if let Some(body) = body {
            groups.entry(body).or_default().push(ordinal);
        }
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}
