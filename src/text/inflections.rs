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
    /// Length of the start that all forms share.
    start_len: usize,
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
        let start_len = common_start(&stem).len();
        let is_start = word.starts_with(&stem[..start_len]);
        (is_start && stem[..start_len].chars().count() >= MIN_START_CHARS).then(|| Inflections {
            word: word.to_owned(),
            stem,
            start_len,
        })
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
        base.starts_with(self.start()) && stem(&base).is_some_and(|stem| stem == self.stem)
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

/// Returns the start that all words with this stem share: the stem without a last letter that the stemmer changes, as
/// in `tri` of `try`, `hope` of `hoping` and `possibl` of `possibility`.
fn common_start(stem: &str) -> &str {
    match stem.as_bytes() {
        [start @ .., b'i'] | [start @ .., b'b', b'l'] if start.len() >= MIN_START_CHARS => {
            stem.strip_suffix(['i', 'l']).unwrap_or(stem)
        }
        [start @ .., b'e'] if start.len() > MIN_START_CHARS => &stem[..start.len()],
        _ => stem,
    }
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
                assert!(forms.start().len() >= 2 && word != "5g" && word != "covid19", "{forms:?}");
            }
        }
        assert_eq!(Inflections::of("the").unwrap().start(), "the");
        assert!(Inflections::of("covid19").is_none() && Inflections::of("ελλαδα").is_none());
    }

    #[test]
    fn accents_of_a_text_do_not_matter() {
        assert!(Inflections::of("cafe").unwrap().contains(&fold("Cafés")));
        assert!(Inflections::of("теплее").is_some_and(|forms| forms.contains(&fold("Тёплее"))));
    }
}
