//! Base letters: folded characters without the marks that readers leave out when they type.
//!
//! | script | equal to the base letter | kept apart |
//! |---|---|---|
//! | Latin | all marks, those of Vietnamese as well; ł, đ, ø, ħ, ŧ, ı, ð; æ is ae, œ is oe, þ is th | |
//! | Greek | tonos, dialytika, breathings | |
//! | Cyrillic | ё is е; ѐ, ѝ and the mark of stress | й, ї, ў, which are letters of their own |
//! | Arabic | alef with hamza or madda | other letters with hamza |
//!
//! All other characters are their own base letters. Folding has already dropped the vowel points of Hebrew and Arabic.

use super::tables::FoldTables;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Base letters of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum BaseLetters {
    /// One letter.
    One(char),
    /// Several letters, or none for a mark.
    Text(&'static str),
}

impl BaseLetters {
    /// Returns the base letters of `c`, a folded character.
    pub(in crate::text) fn of(c: char) -> BaseLetters {
        BaseLetters::One(match c {
            '\0'..='\u{BF}' | '\u{2000}'..='\u{FFFF}' => c,
            'ł' => 'l',
            'đ' | 'ð' => 'd',
            'ø' | 'ǿ' => 'o',
            'ħ' => 'h',
            'ŧ' => 't',
            'ı' => 'i',
            'æ' | 'ǽ' | 'ǣ' => return BaseLetters::Text("ae"),
            'œ' => return BaseLetters::Text("oe"),
            'þ' => return BaseLetters::Text("th"),
            'ё' | 'ѐ' => 'е',
            'ѝ' => 'и',
            'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
            '\u{300}'..='\u{36F}' => return BaseLetters::Text(""),
            // Latin and Greek letters with marks.
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}' => first_letter(c),
            c => c,
        })
    }

    /// Returns `text` without these letters at its start.
    pub(in crate::text) fn strip_from(self, text: &str) -> Option<&str> {
        match self {
            BaseLetters::One(letter) => text.strip_prefix(letter),
            BaseLetters::Text(letters) => text.strip_prefix(letters),
        }
    }

    /// Returns true if these letters start with `text`.
    pub(in crate::text) fn starts_with(self, text: &str) -> bool {
        match self {
            BaseLetters::One(letter) => text.chars().eq([letter]),
            BaseLetters::Text(letters) => letters.starts_with(text),
        }
    }

    /// Returns the number of bytes.
    pub(in crate::text) fn byte_len(self) -> usize {
        match self {
            BaseLetters::One(letter) => letter.len_utf8(),
            BaseLetters::Text(letters) => letters.len(),
        }
    }
}

fn first_letter(mut c: char) -> char {
    let tables = FoldTables::get();
    while let Some((first, _)) = tables.decompose(c) {
        c = first;
    }
    match c {
        'ø' => 'o',
        c => c,
    }
}

/// Returns the base letters of `folded`, a folded text.
///
/// ```
/// use sheaf::text::{base_letters, fold};
/// assert_eq!(base_letters(&fold("Nguyễn Łódź")), "nguyen lodz");
/// ```
pub fn base_letters(folded: &str) -> Cow<'_, str> {
    if folded.is_ascii() {
        return Cow::Borrowed(folded);
    }
    let mut base = String::with_capacity(folded.len());
    for c in folded.chars() {
        match BaseLetters::of(c) {
            BaseLetters::One(letter) => base.push(letter),
            BaseLetters::Text(letters) => base.push_str(letters),
        }
    }
    Cow::Owned(base)
}

/// Compares two folded words in the order of the index: by their base letters, then the word without marks first, then
/// by their bytes. All forms of a word lie together.
pub fn compare_words(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        return one.cmp(other);
    }
    let (base, other_base) = (base_letters(one), base_letters(other));
    let key = (&*base, base != one, one);
    key.cmp(&(&*other_base, other_base != other, other))
}

/// Returns true if `folded` has letters and no marks, so that it stands for its forms with marks as well.
pub(in crate::text) fn is_unmarked(folded: &str) -> bool {
    let has_forms = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{370}'..='\u{6FF}');
    folded.contains(has_forms) && base_letters(folded) == folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn each_script_drops_the_marks_that_its_readers_omit() {
        for (text, base) in [
            ("café Grünewald São", "cafe grunewald sao"),
            ("Nguyễn Đặng", "nguyen dang"),
            ("Łódź Ærø Œuvre Straße Þór İstanbul ılık", "lodz aero oeuvre strasse thor istanbul ilik"),
            ("x\u{302}y", "xy"),
            ("Ελλάδα προϊόν ἀρχή", "ελλαδα προιον αρχη"),
            ("ещё йод їжак за\u{301}мок", "еще йод їжак замок"),
            ("كِتَابٌ أحمد كتـاب", "كتاب احمد كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("हिन्दी 한국 が 灯", "हिन्दी 한국 が 灯"),
        ] {
            assert_eq!(base_letters(&fold(text)), fold(base), "{text}");
        }
    }

    #[test]
    fn base_letters_are_their_own_base() {
        for c in '\0'..=char::MAX {
            let folded = fold(&c.to_string());
            let base = base_letters(&folded);
            assert_eq!(base_letters(&base), base, "{c:?}");
        }
    }

    #[test]
    fn forms_of_a_word_lie_together() {
        let mut words = ["cafz", "café", "cafes", "cafe", "càfe", "άλφα", "αλφα", "cæ", "cad"];
        words.sort_by(|one, other| compare_words(one, other));
        assert_eq!(words, ["cad", "cæ", "cafe", "café", "càfe", "cafes", "cafz", "αλφα", "άλφα"]);
    }
}
