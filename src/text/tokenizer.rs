//! Tokenizer of the index: characters and bigrams of Han, kana and Hangul, trigrams of the other scripts without
//! spaces, and words of all others.

use super::fold::BaseLetters;
use super::{is_cjk, is_unspaced, is_word};

/// Token of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token<'a> {
    /// Han, kana or Hangul character.
    Char(char),
    /// Two adjacent characters of these scripts.
    Bigram(char, char),
    /// Whole word, or a trigram of another script without spaces.
    Word(&'a str),
}

/// Longest indexed word in bytes of its base letters; longer ones are truncated at a character. Marks do not count, so
/// that all forms of a word are truncated alike.
const MAX_WORD_BYTES: usize = 32;
/// Longest indexed word in bytes with its marks.
const MAX_MARKED_WORD_BYTES: usize = 128;

/// Calls `visit` for each token of `folded`, a folded text, in the order in which they end.
pub fn for_each_token<'a>(folded: &'a str, mut visit: impl FnMut(Token<'a>)) {
    for_each_run(folded, |run, _| match run {
        ScriptRun::Cjk(run) => {
            let mut last = None;
            for c in run.chars() {
                visit(Token::Char(c));
                if let Some(last) = last {
                    visit(Token::Bigram(last, c));
                }
                last = Some(c);
            }
        }
        ScriptRun::Unspaced(run) => trigrams(run).for_each(|trigram| visit(Token::Word(trigram))),
        ScriptRun::Word(word) => visit(Token::Word(truncate_word(word))),
    });
}

/// Characters of a trigram.
pub const TRIGRAM_CHARS: usize = 3;

/// Iterates over the trigrams of `run`, one per character. The last two are shorter, so that every part of the run
/// is the start of one.
pub fn trigrams(run: &str) -> impl Iterator<Item = &str> {
    run.char_indices().map(move |(at, _)| {
        let rest = &run[at..];
        &rest[..rest.char_indices().nth(TRIGRAM_CHARS).map_or(rest.len(), |(end, _)| end)]
    })
}

/// Maximal run of characters of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptRun<'a> {
    /// Han, kana and Hangul.
    Cjk(&'a str),
    /// Characters of another script without spaces.
    Unspaced(&'a str),
    /// Whole word, not truncated.
    Word(&'a str),
}

/// Calls `visit` for each run of `folded` in order, with a flag for the run at the end of the text.
pub(super) fn for_each_run<'a>(folded: &'a str, mut visit: impl FnMut(ScriptRun<'a>, bool)) {
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let this = RunKind::of(first);
        let (run, after) = rest.split_at(rest.find(|c| RunKind::of(c) != this).unwrap_or(rest.len()));
        match this {
            RunKind::Cjk => visit(ScriptRun::Cjk(run), after.is_empty()),
            RunKind::Unspaced => visit(ScriptRun::Unspaced(run), after.is_empty()),
            RunKind::Word => visit(ScriptRun::Word(run), after.is_empty()),
            RunKind::Other => {}
        }
        rest = after;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RunKind {
    Cjk,
    Unspaced,
    Word,
    /// White space and signs.
    Other,
}

impl RunKind {
    fn of(c: char) -> RunKind {
        match c {
            _ if c.is_ascii_alphanumeric() => RunKind::Word,
            _ if c.is_ascii() => RunKind::Other,
            _ if is_cjk(c) => RunKind::Cjk,
            _ if is_unspaced(c) => RunKind::Unspaced,
            _ if is_word(c) => RunKind::Word,
            _ => RunKind::Other,
        }
    }
}

/// Returns the indexed form of `word`, truncated if too long.
pub(super) fn truncate_word(word: &str) -> &str {
    if word.len() <= MAX_WORD_BYTES {
        return word;
    }
    let mut base_len = 0;
    let end = word.char_indices().find_map(|(at, c)| {
        base_len += BaseLetters::of(c).byte_len();
        (base_len > MAX_WORD_BYTES || at + c.len_utf8() > MAX_MARKED_WORD_BYTES).then_some(at)
    });
    &word[..end.unwrap_or(word.len())]
}

/// Returns true if the indexed form identifies `word`.
pub(super) fn is_untruncated(word: &str) -> bool {
    // Truncation at a character can give up to three bytes less than the limit.
    word.len() + 3 < MAX_WORD_BYTES
}

/// Returns a start of `word`, base letters, with which the indexed form of each of its forms starts.
pub(super) fn common_start(word: &str) -> &str {
    &word[..word.floor_char_boundary(MAX_WORD_BYTES - 4)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn mixed_text_is_split_into_tokens() {
        let folded = fold("華為5G，a_b 老人\n与");
        let mut grams = Vec::new();
        for_each_token(&folded, |gram| grams.push(gram));
        let expected = [
            Token::Char('华'),
            Token::Char('为'),
            Token::Bigram('华', '为'),
            Token::Word("5g"),
            Token::Word("a"),
            Token::Word("b"),
            Token::Char('老'),
            Token::Char('人'),
            Token::Bigram('老', '人'),
            Token::Char('与'),
        ];
        assert_eq!(
            grams,
            expected.map(|gram| match gram {
                // The representative of a class need not be its Simplified form.
                Token::Char(c) => Token::Char(fold(&c.to_string()).chars().next().unwrap()),
                Token::Bigram(a, b) => Token::Bigram(
                    fold(&a.to_string()).chars().next().unwrap(),
                    fold(&b.to_string()).chars().next().unwrap(),
                ),
                word => word,
            })
        );
    }

    #[test]
    fn thai_is_split_into_trigrams() {
        let mut words = Vec::new();
        for_each_token("ab สะพาน 5", |token| {
            words.extend(matches!(token, Token::Word(_)).then_some(token))
        });
        assert_eq!(words, ["ab", "สะพ", "ะพา", "พาน", "าน", "น", "5"].map(Token::Word));
    }

    #[test]
    fn uncomposed_marks_belong_to_their_word() {
        let mut words = Vec::new();
        let folded = fold("x̂y हिन्दी");
        for_each_token(&folded, |token| words.push(token));
        assert_eq!(words, ["x̂y", "हिन्दी"].map(Token::Word));
    }

    #[test]
    fn long_words_are_truncated_at_a_character() {
        assert_eq!(truncate_word(&"é".repeat(40)), "é".repeat(32));
        assert_eq!(truncate_word(&"a".repeat(40)), "a".repeat(32));
        assert_eq!(truncate_word(&"e\u{302}".repeat(80)).len(), 96);
        assert_eq!(truncate_word(&format!("e{}", "\u{302}".repeat(400))).len(), 127);
        assert!(is_untruncated("internationalisation") && !is_untruncated(&"a".repeat(29)));
    }
}
