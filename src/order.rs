//! Sorting, for lists of any kind by one routine.
//!
//! The standard library compiles its routine anew for each type and order, some kilobytes each, which every
//! reader would download. Here only numbers are sorted, by a comparison that is called through a pointer; then
//! the entries follow. A long list of plain numbers is still sorted faster by its own `sort_unstable`.
//!
//! ```
//! let mut names = ["pear", "fig", "apple"];
//! sheaf::order::sort_by_key(&mut names, |name| name.len());
//! assert_eq!(names, ["fig", "pear", "apple"]);
//! ```

use std::cmp::Ordering;

/// Puts entries into their order.
pub fn sort<T: Ord>(entries: &mut [T]) {
    sort_by(entries, |a, b| a.cmp(b));
}

/// Puts entries into the order of their keys; those with the same key stay in the order they had.
pub fn sort_by_key<T, K: Ord>(entries: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(entries, |a, b| key(a).cmp(&key(b)));
}

fn sort_by<T>(entries: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = ordered(entries.len(), &|a, b| compare(&entries[a], &entries[b]));
    // Entries change places along each circle of places until it closes.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            entries.swap(at, from);
            at = from;
        }
    }
}

/// The numbers below `count`, as `compare` puts them.
fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_end_as_the_standard_library_would_leave_them(
            mut entries in proptest::collection::vec((0_u8..20, any::<u16>()), 0..200),
        ) {
            let mut by_key = entries.clone();
            let mut expected = entries.clone();
            expected.sort_by_key(|(first, _)| *first);
            sort_by_key(&mut by_key, |(first, _)| *first);
            prop_assert_eq!(by_key, expected);
            let mut expected = entries.clone();
            expected.sort();
            sort(&mut entries);
            prop_assert_eq!(entries, expected);
        }
    }
}
