//! Quotation marks of Traditional Chinese.

/// Replaces curly quotation marks with corner brackets, as Taiwan and Hong Kong set them. All marks have three bytes
/// in UTF-8, so offsets stay. A single mark is replaced only together with its partner, since `’` is an apostrophe too.
pub(super) fn set_corner_brackets(text: String) -> String {
    if !text.contains(['“', '”', '‘']) {
        return text;
    }
    let mut set: Vec<char> = text.chars().collect();
    let mut opened = Vec::new();
    for at in 0..set.len() {
        match set[at] {
            '“' => set[at] = '「',
            '”' => set[at] = '」',
            '‘' => opened.push(at),
            '’' if !is_apostrophe(&set, at) => {
                if let Some(open) = opened.pop() {
                    (set[open], set[at]) = ('『', '』');
                }
            }
            _ => {}
        }
    }
    set.into_iter().collect()
}

/// Returns true if the mark at index `at` stands between two Latin letters, as in `don’t`.
fn is_apostrophe(text: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_alphabetic);
    is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_marks_become_corner_brackets() {
        for (text, expected) in [
            ("他说“潮来了”。", "他说「潮来了」。"),
            ("“她说‘等潮’，我等了”", "「她说『等潮』，我等了」"),
            ("“第一段没有结束", "「第一段没有结束"),
            ("don’t 的 ’ 是撇号", "don’t 的 ’ 是撇号"),
            ("‘It’s tide’", "『It’s tide』"),
            ("’90 年代，‘没有另一半", "’90 年代，‘没有另一半"),
            ("\"直引号\" 'a'", "\"直引号\" 'a'"),
        ] {
            assert_eq!(set_corner_brackets(text.to_owned()), expected);
        }
    }
}
