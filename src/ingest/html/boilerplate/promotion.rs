//! Rule for promotion: newsletter and app invitations, and buttons that reveal the rest of a page.

use super::ElementSummary;
use crate::ingest::html::elements::has_class;
use scraper::node::Element;

/// Maximum number of characters; a longer block with such a name holds article text.
const MAX_CHARS: usize = 160;

pub(super) fn is_promotion(element: &Element, summary: &ElementSummary) -> bool {
    if summary.characters > MAX_CHARS {
        return false;
    }
    let promotes_itself = element.attrs().any(|(name, _)| name.starts_with("data-selfpromo"));
    let is_unlocker = element.attr("data-readmore-unlocker").is_some();
    promotes_itself
        || is_unlocker
        || has_class(element, |class| class.starts_with("o-self-promo"))
        || summary.inputs > 0 && has_class(element, is_subscription_class)
}

/// Returns true if `element` is a field for an address: a hidden field or a button is in forms of every kind.
pub(super) fn takes_text(element: &Element) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    element.name() == "input" && ["", "text", "email"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// A form to subscribe: the name alone is not enough, an input has to be in it.
fn is_subscription_class(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    ["newsletter", "subscri", "signup", "sign-up"].iter().any(|word| class.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::boilerplate::tests::check;

    #[test]
    fn promotion_is_removed() {
        check(
            "<p>x</p><div data-selfpromo-newsletter></div><div data-selfpromo-app>下载</div>",
            &[("promotion", 2)],
        );
        check(
            "<p>x</p><div class='o-self-promo o-self-promo--nl'>订阅我们的电子报</div>",
            &[("promotion", 1)],
        );
        check(
            "<p>x</p><button data-readmore-unlocker><span>继续浏览后续</span></button>",
            &[("promotion", 1)],
        );
        check(
            "<p>x</p><div class='SubscriptionInner'><div>訂閱電子報</div><input><a href='javascript:'>訂閱</a></div>",
            &[("promotion", 1)],
        );
    }

    #[test]
    fn text_about_newsletters_is_kept() {
        check("<p class='newsletter'>本報的電子報創刊了。</p>", &[]);
        check(&format!("<div class='newsletter-body'><input><p>{}</p></div>", "江".repeat(200)), &[]);
        check("<p>x</p><div class='newsletter-body'><input type=hidden><p>江水退了。</p></div>", &[]);
    }
}
