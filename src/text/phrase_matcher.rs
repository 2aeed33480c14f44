//! Phrase matching in folded text.

use super::fold::{BaseLetters, is_unmarked};
use super::tokenizer::{common_start, for_each_run, is_untruncated, truncate_word};
use super::{Inflections, ScriptRun, TRIGRAM_CHARS, fold, is_word};
use memchr::memmem::Finder;
use std::ops::Range;
use std::rc::Rc;

/// Folded phrase with its matching rule: scripts without spaces match anywhere, words match whole, and the
/// last word of a query being typed matches as a prefix.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Shared between clones because of its size.
    finder: Rc<Finder<'static>>,
    folded: String,
    prefix_last_word: bool,
    any_marks: bool,
    inflections: Option<Rc<Inflections>>,
}

/// Shortest last word that matches as a prefix, in characters.
const MIN_PREFIX_CHARS: usize = 2;

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.folded == other.folded
            && self.prefix_last_word == other.prefix_last_word
            && self.any_marks == other.any_marks
            && self.inflections == other.inflections
    }
}

impl Pattern {
    /// Creates a pattern that matches whole words only.
    pub fn new(text: &str) -> Pattern {
        let folded = fold(text);
        let finder = Rc::new(Finder::new(&folded).into_owned());
        Pattern { finder, folded, prefix_last_word: false, any_marks: false, inflections: None }
    }

    /// Lets letters match with any marks. Returns `None` if the pattern has marks itself, which mean exactly these, or
    /// no letters that could have them.
    pub fn with_any_marks(&self) -> Option<Pattern> {
        is_unmarked(&self.folded).then(|| Pattern { any_marks: true, ..self.clone() })
    }

    /// Returns true if letters match with any marks.
    pub fn has_any_marks(&self) -> bool {
        self.any_marks
    }

    /// Lets a single word with any marks match in its inflected forms as well.
    pub fn with_inflections(self) -> Pattern {
        let inflections = if self.any_marks { Inflections::of(&self.folded).map(Rc::new) } else { None };
        Pattern { inflections, ..self }
    }

    /// Returns the inflected forms that match.
    pub fn inflections(&self) -> Option<&Inflections> {
        self.inflections.as_deref()
    }

    /// Lets the last word match as a prefix.
    pub fn with_prefix_last_word(mut self) -> Pattern {
        let last_word = self.folded.chars().rev().take_while(|&c| is_word(c)).count();
        self.prefix_last_word = last_word >= MIN_PREFIX_CHARS;
        self
    }

    /// Returns the folded text of the pattern.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Calls `visit` for each run of the pattern, with a flag for a run that matches as a prefix. Returns
    /// true if a single token of the index decides the match.
    pub fn for_each_run(&self, mut visit: impl FnMut(ScriptRun<'_>, bool)) -> bool {
        let (mut runs, mut decided) = (0, false);
        for_each_run(&self.folded, |run, is_last| {
            let (ScriptRun::Cjk(text) | ScriptRun::Unspaced(text) | ScriptRun::Word(text)) = run;
            runs += 1;
            decided = text.len() == self.folded.len()
                && match run {
                    ScriptRun::Cjk(text) => text.chars().count() <= 2,
                    ScriptRun::Unspaced(text) => (2..=TRIGRAM_CHARS).contains(&text.chars().count()),
                    ScriptRun::Word(word) => is_untruncated(word),
                };
            let goes_on = self.prefix_last_word && is_last;
            match run {
                ScriptRun::Word(word) if self.any_marks && !is_untruncated(word) => {
                    visit(ScriptRun::Word(common_start(word)), true);
                }
                ScriptRun::Word(word) => visit(ScriptRun::Word(truncate_word(word)), goes_on),
                run => visit(run, goes_on),
            }
        });
        runs == 1 && decided
    }

    /// Iterates over the matches in `text`, a folded text; matches do not overlap.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut next = 0;
        std::iter::from_fn(move || {
            if self.folded.is_empty() {
                return None;
            }
            loop {
                let found = match &self.inflections {
                    Some(forms) => self.find_form(forms, text, next)?,
                    None => self.find_from(text, next)?,
                };
                if self.is_word_bounded(text, found.clone()) {
                    next = found.end;
                    return Some(found);
                }
                next = text.ceil_char_boundary(found.start + 1);
            }
        })
    }

    /// Returns the first occurrence in `text` from byte `from` on, inside words as well.
    fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        if self.any_marks {
            let rest = text.get(from..)?;
            return rest.char_indices().find_map(|(at, _)| {
                let length = self.marked_length(&rest[at..])?;
                Some(from + at..from + at + length)
            });
        }
        let start = from + self.finder.find(text.as_bytes().get(from..)?)?;
        Some(start..start + self.folded.len())
    }

    /// Returns the first word of `text` from byte `from` on that starts with the pattern or is one of its forms.
    fn find_form(&self, forms: &Inflections, text: &str, from: usize) -> Option<Range<usize>> {
        let mut end = from;
        loop {
            let start = end + text.get(end..)?.find(is_word)?;
            end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length);
            let word = &text[start..end];
            match self.marked_length(word) {
                Some(length) if length == word.len() || self.prefix_last_word => {
                    return Some(start..start + length);
                }
                _ if forms.contains(word) => return Some(start..end),
                _ => {}
            }
        }
    }

    /// Returns the length of the pattern, with any marks, at the start of `text`.
    fn marked_length(&self, text: &str) -> Option<usize> {
        let mut rest = self.folded.as_str();
        for (at, c) in text.char_indices() {
            let base = BaseLetters::of(c);
            match base.strip_from(rest) {
                // A mark is no start of a match, but belongs to the letter before.
                Some(_) if at == 0 && base.byte_len() == 0 => return None,
                Some(after) => rest = after,
                None if rest.is_empty() => return Some(at),
                // A prefix can end inside a ligature.
                None if self.prefix_last_word && base.starts_with(rest) => rest = "",
                None => return None,
            }
        }
        rest.is_empty().then_some(text.len())
    }

    /// Returns true if the pattern matches in `text`, a folded text.
    pub fn is_match(&self, text: &str) -> bool {
        self.find_iter(text).next().is_some()
    }

    fn is_word_bounded(&self, text: &str, at: Range<usize>) -> bool {
        let before = || text[..at.start].chars().next_back().is_some_and(is_word);
        let after = || text[at.end..].chars().next().is_some_and(is_word);
        let starts_with_word = self.folded.chars().next().is_some_and(is_word);
        let ends_with_word = self.folded.chars().next_back().is_some_and(is_word);
        !(starts_with_word && before() || ends_with_word && !self.prefix_last_word && after())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: Pattern, text: &str, expected: usize) {
        assert_eq!(pattern.find_iter(&fold(text)).count(), expected, "{pattern:?} in {text}");
    }

    #[test]
    fn han_matches_anywhere_and_words_match_whole() {
        check(Pattern::new("华"), "華為与中华", 2);
        check(Pattern::new("art"), "Art, start, arts; art.", 2);
        check(Pattern::new("5G"), "华为5G网络，15G，5GHz", 1);
        check(Pattern::new("华为5G"), "华为 5G、华为5G手机", 2);
        check(Pattern::new("แม่น้ำ"), "ข้ามแม่น้ำเปิด", 1);
        check(Pattern::new("C++"), "C、C++、C#", 1);
        check(Pattern::new(".NET"), "NET and ASP.NET", 1);
        check(Pattern::new("3.14"), "314、3.14、3 14", 1);
        check(Pattern::new("aa"), "aa aa", 2);
        check(Pattern::new("人人"), "人人人人", 2);
    }

    #[test]
    fn last_word_of_two_letters_matches_as_a_prefix() {
        check(Pattern::new("tid").with_prefix_last_word(), "tides, tidal, untidy", 2);
        check(Pattern::new("t").with_prefix_last_word(), "tides t", 1);
        check(Pattern::new("华为t").with_prefix_last_word(), "华为tv", 0);
    }

    #[test]
    fn letters_match_with_any_marks() {
        let any = |text: &str| Pattern::new(text).with_any_marks().unwrap();
        check(any("cafe"), "Café, CAFE, cafés, cafe\u{323}", 3);
        check(any("cafe").with_prefix_last_word(), "Café, cafés, décafé", 2);
        check(any("saint-etienne"), "Saint-Étienne", 1);
        check(any("ca").with_prefix_last_word(), "Cæsar", 1);
        check(any("ca"), "cæ", 0);
        check(any("strasse"), "Straße", 1);
        check(any("在cafe"), "在café", 1);
        assert!(
            Pattern::new("café").with_any_marks().is_none()
                && Pattern::new("灯 5").with_any_marks().is_none()
        );
    }

    #[test]
    fn inflected_forms_match_whole() {
        let forms = |text: &str| Pattern::new(text).with_any_marks().unwrap().with_inflections();
        check(forms("tides"), "Tide, tides; tidal. 华为tide", 3);
        check(forms("tides").with_prefix_last_word(), "tidesman tide", 2);
        check(forms("tide"), "tidesman untide", 0);
        check(forms("лодка"), "Лодки и лодку, лодырь", 2);
        check(forms("saint-etiennes"), "saint-etienne", 0);
        let text = fold("The harbour, harboured.");
        let found: Vec<_> = forms("harbours").find_iter(&text).map(|at| &text[at]).collect();
        assert_eq!(found, ["harbour", "harboured"]);
    }

    #[test]
    fn empty_pattern_and_text_across_blocks_do_not_match() {
        check(Pattern::new(""), "text", 0);
        check(Pattern::new("一二"), "一\n二", 0);
    }
}
