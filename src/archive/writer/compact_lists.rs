//! Posting lists of the tokens that few articles share, four bytes for each posting.

use crate::archive::index::{FrequencyClass, Postings};

/// Number of articles from which an ordinal no longer fits beside its frequency class.
pub const MAX_ARTICLES: u32 = 1 << 28;

/// Posting lists by number, in the order of their tokens.
#[derive(Debug, Default)]
pub struct CompactLists {
    parts: Vec<Vec<u32>>,
    /// Token of each list, with its part and its place there.
    places: Vec<(u64, u32, u32)>,
}

/// Lists that are not yet joined with others.
#[derive(Debug, Default)]
pub struct CompactPart {
    /// The length of each list, and its postings.
    words: Vec<u32>,
    /// Token of each list, with its place.
    places: Vec<(u64, u32)>,
}

impl CompactPart {
    /// Adds the list of a token.
    pub fn push(&mut self, token: u64, list: &Postings) {
        self.places.push((token, self.words.len() as u32));
        self.words.push(list.len() as u32);
        self.words.extend(list.iter().map(|(ordinal, class)| ordinal << 4 | u32::from(class.to_byte())));
    }
}

impl FromIterator<CompactPart> for CompactLists {
    /// Joins the lists. They are sorted by token, so that their numbers do not depend on the parts.
    fn from_iter<I: IntoIterator<Item = CompactPart>>(parts: I) -> CompactLists {
        let mut lists = CompactLists::default();
        for (mut part, number) in parts.into_iter().zip(0..) {
            part.words.shrink_to_fit();
            lists.parts.push(part.words);
            lists.places.extend(part.places.into_iter().map(|(token, at)| (token, number, at)));
        }
        lists.places.sort_unstable();
        lists
    }
}

/// Posting list in [`CompactLists`]; never empty.
#[derive(Clone, Copy, Debug)]
pub struct CompactList<'a>(&'a [u32]);

impl CompactLists {
    /// Iterates over the lists by number.
    pub fn iter(&self) -> impl Iterator<Item = CompactList<'_>> {
        (0..self.places.len()).map(|number| self.list(number as u32))
    }

    /// Returns the list with this number.
    pub fn list(&self, number: u32) -> CompactList<'_> {
        let (_, part, at) = self.places[number as usize];
        let rest = &self.parts[part as usize][at as usize..];
        CompactList(&rest[1..=rest[0] as usize])
    }
}

impl<'a> CompactList<'a> {
    /// Returns the number of articles.
    pub fn count(self) -> usize {
        self.0.len()
    }

    /// Iterates over the articles with their frequency classes, in order.
    pub fn postings(self) -> impl Iterator<Item = (u32, FrequencyClass)> + 'a {
        self.0.iter().map(|word| (word >> 4, FrequencyClass::from_byte((word & 15) as u8)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_numbered_by_token_over_all_parts() {
        let list = |ordinals: &[u32]| {
            let entries = ordinals.iter().map(|&ordinal| (ordinal, FrequencyClass::new(9, true)));
            let mut list = Postings::default();
            entries.for_each(|(ordinal, class)| list.push(ordinal, class));
            list
        };
        let (mut one, mut other) = (CompactPart::default(), CompactPart::default());
        one.push(7, &list(&[0, MAX_ARTICLES - 1]));
        one.push(1, &list(&[3, 5, 8]));
        other.push(4, &list(&[2]));
        let lists: CompactLists = [one, other].into_iter().collect();
        let ordinals = |list: CompactList| list.postings().map(|(ordinal, _)| ordinal).collect::<Vec<_>>();
        let found: Vec<_> = lists.iter().map(ordinals).collect();
        assert_eq!(found, [vec![3, 5, 8], vec![2], vec![0, MAX_ARTICLES - 1]]);
        assert!(lists.list(2).postings().all(|(_, class)| class == FrequencyClass::new(9, true)));
    }
}
