//! The bound on the share of an article's text that rules about furniture take together.

use super::{RemovalMark, Rule};
use std::collections::BTreeMap;

/// The largest share of the visible text: two fifths.
const SHARE: (usize, usize) = (2, 5);
/// The share above which the report names the article: a fifth.
const LARGE: (usize, usize) = (1, 5);

fn exceeds(part: usize, whole: usize, (over, under): (usize, usize)) -> bool {
    part.saturating_mul(under) > whole.saturating_mul(over)
}

/// Returns the marks that stay within the bound, and the number of visible characters.
///
/// `candidates` returns both for all rules but those that are off. A rule that leads beyond the bound is
/// off for the whole article, since half of its marks would be as wrong as all of them.
pub(super) fn bounded(
    candidates: impl Fn(&[&'static str]) -> (Vec<RemovalMark>, usize),
) -> (Vec<RemovalMark>, usize) {
    let mut off: Vec<&'static str> = Vec::new();
    loop {
        let (marks, characters) = candidates(&off);
        match excessive(&marks, characters) {
            Some(rule) => off.push(rule.name),
            None => return (marks, characters),
        }
    }
}

/// Returns the rule that takes most beyond its floor, when all rules together exceed the bound.
fn excessive(marks: &[RemovalMark], characters: usize) -> Option<&'static Rule> {
    let mut by_rule: BTreeMap<&str, (&'static Rule, usize)> = BTreeMap::new();
    for mark in marks {
        by_rule.entry(mark.rule.name).or_insert((mark.rule, 0)).1 += mark.characters;
    }
    let removed: usize = marks.iter().map(|mark| mark.characters).sum();
    let beyond_floor = |(rule, taken): (&'static Rule, usize)| {
        let is_all = removed >= characters && rule.floor < usize::MAX;
        (rule, taken.saturating_sub(if is_all { 0 } else { rule.floor }))
    };
    let beyond: Vec<_> = by_rule.into_values().map(beyond_floor).collect();
    let sum: usize = beyond.iter().map(|(_, taken)| taken).sum();
    let most = beyond.into_iter().max_by_key(|(_, taken)| *taken);
    most.filter(|_| exceeds(sum, characters, SHARE)).map(|(rule, _)| rule)
}

/// Describes removals that take more than a fifth of the visible text.
pub(super) fn large_share(marks: &[RemovalMark], characters: usize) -> Option<String> {
    let removed: usize = marks.iter().map(|mark| mark.characters).sum();
    if !exceeds(removed, characters, LARGE) {
        return None;
    }
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| mark.characters > 0) {
        *by_rule.entry(mark.rule.name).or_default() += mark.characters;
    }
    let rules: Vec<_> = by_rule.iter().map(|(rule, taken)| format!("{rule} {taken}")).collect();
    let rules = rules.join(", ");
    Some(format!("{removed} of {characters} characters were removed as furniture ({rules})"))
}

#[cfg(test)]
mod tests {
    use crate::ingest::diagnostics::Diagnostics;
    use crate::ingest::html::boilerplate::mark_boilerplate;
    use crate::ingest::html::boilerplate::tests::check;
    use scraper::Html;

    fn warnings(html: &str) -> Vec<String> {
        let mut found = Diagnostics::default();
        mark_boilerplate(&Html::parse_fragment(html), 7, &mut found);
        let (warnings, _) = found.into_parts();
        warnings
            .iter()
            .map(|warning| format!("{}: {}: {}", warning.line, warning.code, warning.message))
            .collect()
    }

    #[test]
    fn rule_that_would_take_most_of_the_text_takes_nothing() {
        check("<div hidden>江水昨夜退了</div>", &[]);
        check("<p>江水昨夜退了</p><div hidden>渡口重新开船</div>", &[]);
        check("<p>江水昨夜退了</p><div hidden>渡口</div>", &[("hidden", 1)]);
        check("<div class='o-self-promo'>江水昨夜退了</div>", &[]);
        check("<div class='sr-only'>江水昨夜退了</div>", &[]);
    }

    #[test]
    fn small_pieces_of_one_rule_add_up() {
        let text = format!("<p>{}</p>", "江".repeat(60));
        check(&format!("{text}{}", "<p hidden>渡口重新开船</p>".repeat(6)), &[("hidden", 6)]);
        check(&format!("{text}{}", "<p hidden>渡口重新开船</p>".repeat(7)), &[]);
    }

    #[test]
    fn rules_add_up_and_the_largest_yields() {
        let hidden = "<p hidden>渡口重新开船</p>".repeat(4);
        let promotion = format!("<div class='o-self-promo'>{}</div>", "订阅".repeat(40));
        let text = format!("<p>{}</p>", "江".repeat(40));
        check(&format!("{text}{hidden}"), &[("hidden", 4)]);
        check(&format!("{text}{hidden}{promotion}"), &[("hidden", 4), ("promotion", 1)]);
        check(&format!("{text}{hidden}{hidden}{promotion}"), &[("promotion", 1)]);
    }

    #[test]
    fn known_wording_goes_from_an_article_of_any_length() {
        check("<video src=a.mp4></video><p>Feed enhanced by Better Feed from Ozh</p>", &[("feed-footer", 1)]);
    }

    #[test]
    fn mark_inside_a_wrapper_that_stays_is_still_found() {
        check(
            "<div style='visibility: hidden'><p>江水昨夜退了。</p><p>渡口重新开船。</p><p hidden>统计</p></div>",
            &[("hidden", 1)],
        );
    }

    #[test]
    fn article_that_loses_more_than_a_fifth_is_named() {
        let text = "<p>江水昨夜退了。</p>";
        assert_eq!(warnings(&format!("{text}<p hidden>渡</p>")), [""; 0]);
        assert_eq!(
            warnings(&format!("{text}<p hidden>渡口</p>")),
            ["7: much-removed: 2 of 9 characters were removed as furniture (hidden 2)"]
        );
    }
}
