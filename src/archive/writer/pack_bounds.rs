//! Partitioning of articles into packs.
//!
//! Content-defined chunking: a pack closes above a lower bound if the id of its last article says so, and always at an
//! upper bound. Borders therefore depend only on nearby articles: one added article changes two or three packs, and
//! all others keep their names in every reader's cache.

use super::file_budget::grown;
use crate::model::{Article, Id};
use std::ops::Range;

/// Bounds on the size of a pack, in bytes of individually compressed articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackBounds {
    /// Size from which a pack may close.
    pub low: usize,
    /// Size at which a pack closes.
    pub high: usize,
}

impl PackBounds {
    /// Returns the bounds of packs that have grown by `step` steps; see [`grown`].
    ///
    /// The articles of a pack compress to about 90 % of the sum of their individual sizes.
    pub const fn with_step(step: u32) -> PackBounds {
        PackBounds { low: grown(5_600, step), high: grown(11_400, step) }
    }
}

/// Partitions articles, sorted by ordinal and of the given compressed sizes, into packs.
pub fn partition_packs(articles: &[Article], sizes: &[usize], bounds: PackBounds) -> Vec<Range<usize>> {
    let mut packs = Vec::new();
    let (mut start, mut weight) = (0, 0);
    for (at, (article, &size)) in articles.iter().zip(sizes).enumerate() {
        // An oversized article would make its neighbours expensive to open.
        if size >= bounds.high && start < at {
            packs.push(start..at);
            (start, weight) = (at, 0);
        }
        weight += size;
        if weight >= bounds.high || weight >= bounds.low && is_chunk_boundary(article.id) {
            packs.push(start..at + 1);
            (start, weight) = (at + 1, 0);
        }
    }
    if start < articles.len() {
        packs.push(start..articles.len());
    }
    packs
}

/// Returns `true` if a pack may close after this article: one bit of the id.
fn is_chunk_boundary(id: Id) -> bool {
    id.prefix(Id::BITS) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Hash, Lang};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const BOUNDS: PackBounds = PackBounds::with_step(0);

    fn article(name: &str) -> Article {
        Article {
            id: Id::from_path(name),
            aliases: Vec::new(),
            title: String::new(),
            url: None,
            time: None,
            source: String::new(),
            lang: Lang::Und,
            dateline: None,
            path: name.to_owned(),
            body: Document::default(),
            details: Default::default(),
            earlier_versions: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn every_article_is_in_one_pack_of_bounded_size(sizes in proptest::collection::vec(200usize..15_000, 0..200)) {
            let articles: Vec<_> = (0..sizes.len()).map(|n| article(&n.to_string())).collect();
            let packs = partition_packs(&articles, &sizes, BOUNDS);
            let joined: Vec<usize> = packs.iter().cloned().flatten().collect();
            prop_assert_eq!(joined, (0..sizes.len()).collect::<Vec<_>>());
            for (at, pack) in packs.iter().enumerate() {
                let weight: usize = sizes[pack.clone()].iter().sum();
                let without_last = weight - sizes[pack.end - 1];
                prop_assert!(without_last < BOUNDS.high, "closed too late");
                let last = at + 1 == packs.len();
                let stands_before_a_large_one = !last && sizes[pack.end] >= BOUNDS.high;
                prop_assert!(weight >= BOUNDS.low || last || stands_before_a_large_one, "closed too early");
                prop_assert!(pack.len() == 1 || sizes[pack.clone()].iter().all(|&size| size < BOUNDS.high));
            }
        }
    }

    #[test]
    fn added_article_changes_few_packs() {
        // Size distribution as measured on real articles: most near 2 kB, some much larger.
        let size = |name: &str| {
            let luck = Hash::new(name.as_bytes()).high_bits(32) as usize % 100;
            400 + luck * 36 + if luck > 95 { 8_000 } else { 0 }
        };
        let names: Vec<String> = (0..2_000).map(|n| n.to_string()).collect();
        let packs = |names: &[String]| -> BTreeSet<Vec<String>> {
            let articles: Vec<_> = names.iter().map(|name| article(name)).collect();
            let sizes: Vec<_> = names.iter().map(|name| size(name)).collect();
            partition_packs(&articles, &sizes, BOUNDS).into_iter().map(|pack| names[pack].to_vec()).collect()
        };
        let before = packs(&names);
        let mut renewed = 0;
        for at in (0..2_000).step_by(20) {
            let mut more = names.clone();
            more.insert(at, "new".to_owned());
            renewed += packs(&more).difference(&before).count();
        }
        assert!(renewed <= 300, "{renewed} packs for 100 additions");
    }
}
