//! Rules for elements that browsers hide, or expose to screen readers only.

use super::ElementSummary;
use crate::ingest::html::elements::has_class;
use crate::ingest::html::formula;
use scraper::node::Element;

/// The most characters of a label.
const MAX_TEXT_CHARS: usize = 60;

pub(super) fn is_hidden(element: &Element, summary: &ElementSummary) -> bool {
    // `until-found` waits for a search of the page: its text is meant to be read.
    let is_hidden = element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || element.attr("style").is_some_and(hides);
    is_hidden
        && !formula::is_hidden_math(element)
        && summary.characters <= MAX_TEXT_CHARS
        && !has_sentence(&summary.text)
}

/// Returns true if `text`, which has no white space, holds the end of a sentence.
fn has_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？']) || text.ends_with(['.', '!', '?'])
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        matches!(
            (property.trim().to_ascii_lowercase().as_str(), value.to_ascii_lowercase().as_str()),
            ("display", "none") | ("visibility", "hidden")
        )
    })
}

/// Labels such as "Image caption" that describe a visible element.
pub(super) fn is_for_screen_readers(element: &Element, summary: &ElementSummary) -> bool {
    const CLASSES: [&str; 6] = [
        "off-screen",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
        "screenreader-only",
    ];
    summary.characters <= MAX_TEXT_CHARS && has_class(element, |class| CLASSES.contains(&class))
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::boilerplate::tests::check;

    const TEXT: &str = "<p>江水昨夜退到石阶下面</p>";

    #[test]
    fn small_hidden_labels_go() {
        for hidden in [
            "<p style='color:red; display: none'>统计</p>",
            "<p style='VISIBILITY:HIDDEN !important'>统计</p>",
            "<p hidden>统计</p>",
        ] {
            check(&format!("{TEXT}{hidden}"), &[("hidden", 1)]);
        }
        check(&format!("{TEXT}<span class='off-screen'>图片版权</span>"), &[("screen-reader-text", 1)]);
    }

    #[test]
    fn hidden_text_of_the_article_stays() {
        check(&format!("<div style='visibility:hidden; opacity:0'>{TEXT}<p>渡口重新开船</p></div>"), &[]);
        let rest = "修堤的账目分上下两册".repeat(7);
        check(&format!("{}<div style='display:none'>{rest}</div>", TEXT.repeat(40)), &[]);
        check(&format!("{}<div style='display:none'><p>渡口重新开船。</p></div>", TEXT.repeat(40)), &[]);
        check(&format!("{}<p hidden>The ferry sails again.</p>", TEXT.repeat(40)), &[]);
    }

    #[test]
    fn shown_text_stays() {
        check("<p style='overflow:hidden; display:block'>江</p><p hidden=until-found>水</p>", &[]);
    }
}
