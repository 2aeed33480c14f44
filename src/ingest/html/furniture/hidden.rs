//! Rules for elements that browsers hide, or expose to screen readers only.

use super::{Summary, has_class};
use scraper::node::Element;

pub(super) fn is_hidden(element: &Element, _: &Summary) -> bool {
    // `until-found` is revealed by find-in-page: its text is meant to be read.
    element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || element.attr("style").is_some_and(hides)
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
pub(super) fn is_for_screen_readers(element: &Element, summary: &Summary) -> bool {
    const CLASSES: [&str; 6] = [
        "off-screen",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
        "screenreader-only",
    ];
    summary.characters <= 60 && has_class(element, |class| CLASSES.contains(&class))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn hidden_elements_are_removed() {
        check("<p style='color:red; display: none'>江</p>水", &[("hidden", 1)]);
        check("<p hidden>江</p>水", &[("hidden", 1)]);
        check("<p><span class='off-screen'>图片版权</span>江</p>", &[("screen-reader-text", 1)]);
    }

    #[test]
    fn visible_elements_are_kept() {
        check("<p style='overflow:hidden; display:block'>江</p><p hidden=until-found>水</p>", &[]);
    }
}
