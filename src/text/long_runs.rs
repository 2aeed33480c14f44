//! Division of long text for display.
//!
//! Browsers shape a word and break a line in time that grows faster than their length: a word of 500 kB, or 100,000
//! combining marks, blocks a page for many seconds. Renderers draw the parts as blocks of their own, which are laid out
//! only when they are visible. The text itself is unchanged.

use super::char_class::is_mark;

/// Length from which text is divided, in bytes.
const LONG_BYTES: usize = 12_000;
/// Maximum length of a part, in bytes.
const MAX_PART_BYTES: usize = 3_000;
/// Length of the end of a part in which a good place is sought, in bytes.
const SEEK_BYTES: usize = 1_000;

/// Divides long text into parts, after a line end, a sentence or a space if there is one. Other text is one part.
///
/// ```
/// use sheaf::text::display_parts;
/// assert_eq!(display_parts("江水退了。").collect::<Vec<_>>(), ["江水退了。"]);
/// assert!(display_parts(&"x".repeat(100_000)).all(|part| part.len() <= 3_000));
/// ```
pub fn display_parts(text: &str) -> impl Iterator<Item = &str> {
    let max = if text.len() > LONG_BYTES { MAX_PART_BYTES } else { usize::MAX };
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        if text.len() <= max {
            return Some(text);
        }
        let (part, after) = text.split_at(part_end(text, max));
        rest = Some(after);
        Some(part)
    })
}

/// Number of lines in a part of a long listing.
const LISTING_LINES: usize = 60;

/// Divides a long listing into parts. True marks those of 60 short lines, whose height is known before they are laid out.
///
/// ```
/// use sheaf::text::listing_parts;
/// let listing = "let a = 1;\n".repeat(2_000);
/// assert!(listing_parts(&listing).take(33).all(|(part, is_even)| part.lines().count() == 60 && is_even));
/// ```
pub fn listing_parts(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_long = text.len() > LONG_BYTES;
    let mut rest = Some(text);
    let groups = std::iter::from_fn(move || {
        let text = rest.take()?;
        let end = text.match_indices('\n').nth(LISTING_LINES - 1).map(|(at, _)| at + 1);
        let (part, after) =
            text.split_at(end.filter(|&end| is_long && end < text.len()).unwrap_or(text.len()));
        rest = (!after.is_empty()).then_some(after);
        Some((part, !after.is_empty() && part.len() <= LONG_BYTES))
    });
    groups.flat_map(|(group, is_even)| display_parts(group).map(move |part| (part, is_even)))
}

/// Returns the end of the first part of `text`, which is longer than `max` bytes.
fn part_end(text: &str, max: usize) -> usize {
    let end = text.floor_char_boundary(max);
    let start = text.floor_char_boundary(end.saturating_sub(SEEK_BYTES));
    // The last place of each kind, the best kind first.
    let mut places = [None; 4];
    // Not between a letter and its marks, joiners and variation selectors.
    let mut before_letter = None;
    for (at, c) in text[start..end].char_indices() {
        let after = start + at + c.len_utf8();
        match c {
            '\n' => places[0] = Some(after),
            '。' | '！' | '？' | '；' => places[1] = Some(after),
            ' ' => places[2] = Some(after),
            '，' | '、' | '/' | '-' => places[3] = Some(after),
            _ => {}
        }
        if at > 0 && !is_extending(c) {
            before_letter = Some(start + at);
        }
    }
    if !text[end..].starts_with(is_extending) {
        before_letter = Some(end);
    }
    places.into_iter().flatten().next().or(before_letter).unwrap_or(end)
}

fn is_extending(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{200c}'..='\u{200d}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        display_parts(text).collect()
    }

    #[test]
    fn long_text_is_divided_after_sentences_and_lines() {
        let sentence = format!("{}。", "江水退了，".repeat(12));
        let parts = parts(&sentence.repeat(100)).iter().map(|part| part.chars().last()).collect::<Vec<_>>();
        assert!(parts.len() > 5 && parts.iter().all(|&last| last == Some('。')));
        let lines = "a b c d e\n".repeat(5_000);
        assert!(display_parts(&lines).all(|part| part.ends_with('\n')));
    }

    #[test]
    fn letters_keep_their_marks() {
        let text = "e\u{301}\u{302}".repeat(5_000);
        assert!(parts(&text).len() > 1);
        assert!(display_parts(&text).all(|part| part.starts_with('e')));
    }

    #[test]
    fn lines_of_a_listing_that_are_long_are_divided() {
        let listing = format!("{}\n{}", "a\n".repeat(8_000), "b".repeat(40_000));
        let parts: Vec<_> = listing_parts(&listing).collect();
        assert!(
            parts
                .iter()
                .all(|(part, is_even)| part.len() <= LONG_BYTES && (!is_even || part.lines().count() == 60))
        );
        assert_eq!(parts.iter().filter(|(_, is_even)| *is_even).count(), 8_000 / 60);
        assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), listing);
    }

    proptest! {
        #[test]
        fn listing_parts_join_to_the_listing(piece in "[a-c江\n]{0,20}", count in 0..4_000usize) {
            let text = piece.repeat(count);
            let joined: String = listing_parts(&text).map(|(part, _)| part).collect();
            prop_assert_eq!(&joined, &text);
            prop_assert!(text.len() > LONG_BYTES || listing_parts(&text).eq([(text.as_str(), false)]));
        }

        #[test]
        fn parts_are_bounded_and_join_to_the_text(
            piece in "[a-c江 \u{301}\n。]{1,20}", count in 0..4_000usize,
        ) {
            let text = piece.repeat(count);
            prop_assert_eq!(parts(&text).concat(), text.as_str());
            prop_assert!(parts(&text).iter().all(|part| part.len() <= LONG_BYTES));
            prop_assert!(text.len() <= LONG_BYTES || parts(&text).iter().all(|part| part.len() <= MAX_PART_BYTES && !part.is_empty()));
        }
    }
}
