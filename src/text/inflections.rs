//! Inflected forms of a word: words with the same stem. They are found at query time; the index holds words as written,
//! so that exact words and prefixes remain exact.
//!
//! The stemmers are those of Snowball for English, which also serves other Latin words, and for Russian, which also
//! serves other Cyrillic words. Stems are of base letters.

use super::base_letters;
use super::tokenizer::{is_untruncated, truncate_word};
use rust_stemmers::{Algorithm, Stemmer};

/// Words with the same stem as a word of a query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inflections {
    word: String,
    stem: String,
    /// Length of the part of the stem with which all forms start.
    start_len: usize,
    /// Letters that may follow it; empty if any may.
    next_letters: &'static [char],
}

/// Shortest word that has inflected forms, in characters.
const MIN_WORD_CHARS: usize = 3;
/// Shortest common start of the forms, in characters. A shorter one covers too much of the index.
const MIN_START_CHARS: usize = 2;

impl Inflections {
    /// Returns the forms of `word`, base letters, if its script has stems.
    ///
    /// ```
    /// use sheaf::text::Inflections;
    /// let forms = Inflections::of("harbours").unwrap();
    /// assert!(forms.contains("harbour") && !forms.contains("harvest"));
    /// ```
    pub fn of(word: &str) -> Option<Inflections> {
        if word.chars().count() < MIN_WORD_CHARS || !is_untruncated(word) {
            return None;
        }
        let stem = stem(word)?;
        // The stemmer changes these last letters: `tri` of `try`, `hope` of `hoping`, `possibl` of `possibility`.
        let (start_len, next_letters): (_, &[char]) = match stem.as_bytes() {
            [start @ .., b'i'] => (start.len(), &['i', 'y']),
            [start @ .., b'e'] => (start.len(), &['e', 'i']),
            [start @ .., b'l'] if start.ends_with(b"b") => (start.len(), &['i', 'l']),
            _ => (stem.len(), &[]),
        };
        let forms = Inflections { word: word.to_owned(), stem, start_len, next_letters };
        (forms.start().chars().count() >= MIN_START_CHARS && forms.is_started_by(word)).then_some(forms)
    }

    /// Returns the word whose forms these are.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Returns base letters with which every form starts.
    pub fn start(&self) -> &str {
        &self.stem[..self.start_len]
    }

    /// Returns true if `word`, a word of a folded text, is one of the forms.
    pub fn contains(&self, word: &str) -> bool {
        let base = base_letters(truncate_word(word));
        self.is_started_by(&base) && stem(&base).is_some_and(|stem| stem == self.stem)
    }

    /// Returns true if words from `first` to `last`, both base letters, can include a form.
    pub fn can_lie_between(&self, first: &str, last: &str) -> bool {
        let can_start = |start: &str| start <= last && (first <= start || first.starts_with(start));
        match self.next_letters {
            [] => can_start(self.start()),
            letters => letters.iter().any(|letter| can_start(&format!("{}{letter}", self.start()))),
        }
    }

    fn is_started_by(&self, base: &str) -> bool {
        let rest = base.strip_prefix(self.start());
        rest.is_some_and(|rest| self.next_letters.is_empty() || rest.starts_with(self.next_letters))
    }
}

/// Returns the stem of `base`, the base letters of a word; `None` for other scripts and words with digits.
fn stem(base: &str) -> Option<String> {
    // Constants, so that only these two stemmers are linked.
    let stemmer = if base.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Stemmer::create(Algorithm::English)
    } else if base.chars().all(|c| matches!(c, '\u{400}'..='\u{52F}')) {
        Stemmer::create(Algorithm::Russian)
    } else {
        return None;
    };
    Some(stemmer.stem(base).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn forms_of_a_word_have_the_same_stem() {
        for group in [
            "tide tides",
            "harbour harbours",
            "elect elected electing elects",
            "try tries tried trying",
            "hope hopes hoped hoping",
            "hop hops hopping hopped",
            "city cities",
            "possible possibly possibility",
            "election elections",
            "лодка лодки лодке лодку лодкой",
            "выборы выборов выборах выборам",
            "новый новая нового новые",
        ] {
            for (one, other) in
                group.split(' ').flat_map(|one| group.split(' ').map(move |other| (one, other)))
            {
                let forms = Inflections::of(one).unwrap_or_else(|| panic!("{one}"));
                assert!(forms.contains(other), "{one} {other} {forms:?}");
                assert!(fold(other).starts_with(forms.start()));
            }
        }
        let forms = |word| Inflections::of(word).unwrap();
        assert!(!forms("hope").contains("hops") && !forms("news").contains("new"));
        assert!(!forms("лодка").contains("лодырь"));
    }

    #[test]
    fn common_start_of_forms_is_not_short() {
        for word in [
            "the",
            "try",
            "use",
            "are",
            "co",
            "5g",
            "covid19",
            "tide5",
            "灯塔",
            "ελλαδα",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            if let Some(forms) = Inflections::of(word) {
                assert!(forms.start().len() >= 2, "{forms:?}");
            }
        }
        assert_eq!(Inflections::of("harbours").unwrap().start(), "harbour");
        assert!(Inflections::of("covid19").is_none() && Inflections::of("ελλαδα").is_none());
    }

    #[test]
    fn forms_lie_in_part_of_the_range_of_their_start() {
        let forms = Inflections::of("try").unwrap();
        for (first, last, expected) in [
            ("trade", "trial", true),
            ("trace", "trends", false),
            ("trinity", "truth", true),
            ("trout", "trust", false),
            ("trying", "tuna", true),
            ("tsar", "tuna", false),
        ] {
            assert_eq!(forms.can_lie_between(first, last), expected, "{first} {last}");
        }
        assert!(Inflections::of("harbour").unwrap().can_lie_between("hand", "house"));
    }

    #[test]
    fn accents_of_a_text_do_not_matter() {
        assert!(Inflections::of("cafe").unwrap().contains(&fold("Cafés")));
        assert!(Inflections::of("теплее").is_some_and(|forms| forms.contains(&fold("Тёплее"))));
    }
}
