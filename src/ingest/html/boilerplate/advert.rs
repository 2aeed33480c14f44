//! Rule for advertisement slots with their label.

use super::ElementSummary;
use crate::ingest::html::elements::has_class;
use scraper::node::Element;

pub(super) fn is_advert(element: &Element, summary: &ElementSummary) -> bool {
    summary.short_text().is_some_and(is_label)
        && summary.pictures == 0
        && (has_class(element, is_ad_slot) || element.id().is_some_and(is_ad_slot))
}

fn is_ad_slot(name: &str) -> bool {
    const PREFIXES: [&str; 9] = [
        "adslot",
        "adsbygoogle",
        "ad-slot",
        "dfp-",
        "div-gpt-ad",
        "dotcom-ad",
        "in-article-advert",
        "m-block-ad",
        "o-ads",
    ];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn is_label(text: &str) -> bool {
    const LABELS: [&str; 8] =
        ["", "广告", "廣告", "advertisement", "advert", "继续阅读", "广告举报", "廣告檢舉"];
    let text = text.to_ascii_lowercase();
    LABELS.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::boilerplate::tests::check;

    #[test]
    fn ad_slots_are_removed() {
        check(
            "<div class='m-block-ad '><div class='m-block-ad__label'>广告</div><div></div></div>",
            &[("advert", 1)],
        );
        check("<div id='dfp-ad-imu1-wrapper'><div> </div></div>", &[("advert", 1)]);
    }

    #[test]
    fn text_in_ad_slots_is_kept() {
        check("<div class='dfp-tag-wrapper'><p>江水退了。</p></div>", &[]);
        check("<div class='o-ads'><img src='a.jpg'></div>", &[]);
        check("<p class='advice'>广告</p>", &[]);
    }
}
