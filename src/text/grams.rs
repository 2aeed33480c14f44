//! Tokenizer of the index: characters and bigrams for scripts without spaces, words for all others.

use super::script::{is_cjk, is_word};

/// Token of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gram<'a> {
    /// Character of a script without spaces.
    Char(char),
    /// Two adjacent characters of such scripts.
    Pair(char, char),
    /// Whole word.
    Word(&'a str),
}

/// Longest indexed word in bytes; longer ones are truncated at a character.
const LONGEST_WORD: usize = 32;

/// Calls `visit` for each token of `folded`, a folded text, in the order in which they end.
pub fn each_gram<'a>(folded: &'a str, mut visit: impl FnMut(Gram<'a>)) {
    each_run(folded, |run, _| match run {
        Run::Cjk(run) => {
            let mut last = None;
            for c in run.chars() {
                visit(Gram::Char(c));
                if let Some(last) = last {
                    visit(Gram::Pair(last, c));
                }
                last = Some(c);
            }
        }
        Run::Word(word) => visit(Gram::Word(cut_word(word))),
    });
}

/// Maximal run of characters of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Characters of scripts without spaces.
    Cjk(&'a str),
    /// Whole word, not truncated.
    Word(&'a str),
}

/// Calls `visit` for each run of `folded` in order, with a flag for the run at the end of the text.
pub(super) fn each_run<'a>(folded: &'a str, mut visit: impl FnMut(Run<'a>, bool)) {
    let kind = |c: char| if is_cjk(c) { 1 } else { 2 * u8::from(is_word(c)) };
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let this = kind(first);
        let (run, after) = rest.split_at(rest.find(|c| kind(c) != this).unwrap_or(rest.len()));
        match this {
            1 => visit(Run::Cjk(run), after.is_empty()),
            2 => visit(Run::Word(run), after.is_empty()),
            _ => {}
        }
        rest = after;
    }
}

/// Returns the indexed form of `word`, truncated if too long.
pub(super) fn cut_word(word: &str) -> &str {
    &word[..word.floor_char_boundary(LONGEST_WORD)]
}

/// Returns true if the indexed form identifies `word`.
pub(super) fn is_whole(word: &str) -> bool {
    // Truncation at a character can give up to three bytes less than the limit.
    word.len() + 3 < LONGEST_WORD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn mixed_text_is_split_into_tokens() {
        let folded = fold("華為5G，a_b 老人\n与");
        let mut grams = Vec::new();
        each_gram(&folded, |gram| grams.push(gram));
        let expected = [
            Gram::Char('华'),
            Gram::Char('为'),
            Gram::Pair('华', '为'),
            Gram::Word("5g"),
            Gram::Word("a"),
            Gram::Word("b"),
            Gram::Char('老'),
            Gram::Char('人'),
            Gram::Pair('老', '人'),
            Gram::Char('与'),
        ];
        assert_eq!(
            grams,
            expected.map(|gram| match gram {
                // The representative of a class need not be its Simplified form.
                Gram::Char(c) => Gram::Char(fold(&c.to_string()).chars().next().unwrap()),
                Gram::Pair(a, b) => Gram::Pair(
                    fold(&a.to_string()).chars().next().unwrap(),
                    fold(&b.to_string()).chars().next().unwrap(),
                ),
                word => word,
            })
        );
    }

    #[test]
    fn long_words_are_truncated_at_a_character() {
        assert_eq!(cut_word(&"é".repeat(40)).len(), 32);
        assert!(is_whole("internationalisation") && !is_whole(&"a".repeat(29)));
    }
}
