//! Cache with bounded weight.
//!
//! Own code of 40 lines: the usual crates bound the number of entries, while these differ in size.

use std::collections::HashMap;
use std::rc::Rc;

/// Cache that evicts the least recently used values above a total weight.
pub(in crate::archive) struct LruCache<V> {
    max_weight: usize,
    weight: usize,
    clock: u64,
    entries: HashMap<String, CacheEntry<V>>,
}

struct CacheEntry<V> {
    value: Rc<V>,
    weight: usize,
    last_used: u64,
}

impl<V> LruCache<V> {
    /// Creates an empty cache with a maximum total weight.
    pub fn new(limit: usize) -> LruCache<V> {
        LruCache { max_weight: limit, weight: 0, clock: 0, entries: HashMap::new() }
    }

    /// Returns the value under `key` and marks it as used.
    pub fn get(&mut self, key: &str) -> Option<Rc<V>> {
        self.clock += 1;
        let entry = self.entries.get_mut(key)?;
        entry.last_used = self.clock;
        Some(entry.value.clone())
    }

    /// Inserts `value`; evicts the least recently used values above the limit.
    pub fn insert(&mut self, key: &str, value: V, weight: usize) -> Rc<V> {
        self.clock += 1;
        let value = Rc::new(value);
        let entry = CacheEntry { value: value.clone(), weight, last_used: self.clock };
        if let Some(old) = self.entries.insert(key.to_owned(), entry) {
            self.weight -= old.weight;
        }
        self.weight += weight;
        if self.weight > self.max_weight {
            self.evict_older_half();
        }
        value
    }

    /// Evicts the older half at once, so that a long scan does not sort the ages on every insertion.
    fn evict_older_half(&mut self) {
        let mut ages: Vec<u64> = self.entries.values().map(|entry| entry.last_used).collect();
        ages.sort_unstable();
        let middle = ages.get(ages.len() / 2).copied().unwrap_or_default().min(self.clock - 1);
        let weight = &mut self.weight;
        self.entries.retain(|_, entry| {
            let stays = entry.last_used > middle;
            *weight -= if stays { 0 } else { entry.weight };
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recently_used_values_survive_eviction() {
        let mut cache = LruCache::new(4);
        for key in ["a", "b", "c", "d"] {
            cache.insert(key, key.to_owned(), 1);
        }
        assert!(cache.get("a").is_some());
        cache.insert("e", "e".to_owned(), 1);
        let kept: Vec<_> =
            ["a", "b", "c", "d", "e"].into_iter().filter(|key| cache.get(key).is_some()).collect();
        assert_eq!(kept, ["a", "e"]);
    }

    #[test]
    fn single_value_above_the_limit_is_kept() {
        let mut cache = LruCache::new(4);
        assert_eq!(*cache.insert("a", 1, 100), 1);
        assert!(cache.get("a").is_some());
    }
}
