//! Rule for footers that feed services append to every article.

use super::ElementSummary;
use scraper::node::Element;

pub(super) fn is_feed_footer(_: &Element, summary: &ElementSummary) -> bool {
    let Some(text) = summary.short_text() else { return false };
    is_feedx(text, summary)
        || text == "FeedenhancedbyBetterFeedfromOzh"
        || is_wordpress(text, summary)
        || is_medium(text, summary)
}

/// "获取更多RSS：" and linked addresses of feedx.
fn is_feedx(text: &str, summary: &ElementSummary) -> bool {
    const LABEL: &str = "获取更多RSS：";
    let Some(rest) = text.strip_prefix(LABEL) else { return false };
    let mut addresses = rest.split("https://");
    summary.links > 0
        && addresses.next() == Some("")
        && addresses.all(|address| {
            matches!(address.trim_end_matches('/'), "feedx.net" | "feedx.xyz" | "feedx.co" | "feedx.site")
        })
}

/// "The post … appeared first on …." with article and site linked.
fn is_wordpress(text: &str, summary: &ElementSummary) -> bool {
    const FORMS: [(&str, &str); 4] = [
        ("Thepost", "appearedfirston"),
        ("Thepost", "firstappearedon"),
        ("文章", "最先出现在"),
        ("文章", "最先出現在"),
    ];
    let unlinked = summary.unlinked.trim_end_matches(['.', '。']);
    let is_form = |(start, middle): &(&str, &str)| {
        text.starts_with(start) && unlinked.strip_prefix(start) == Some(middle)
    };
    summary.links == 2 && FORMS.iter().any(is_form)
}

/// "… was originally published in … on Medium, …" with article and publication linked.
fn is_medium(text: &str, summary: &ElementSummary) -> bool {
    const MIDDLE: &str = "wasoriginallypublishedin";
    const FRAGMENT_CHARS: &str =
        "onMedium,wherepeoplearecontinuingtheconversationbyhighlightingandrespondingtothisstory.";
    summary.links == 2
        && text.ends_with(FRAGMENT_CHARS)
        && summary.unlinked.strip_prefix(MIDDLE) == Some(FRAGMENT_CHARS)
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::boilerplate::tests::check;

    #[test]
    fn feed_footers_are_removed() {
        let one = &[("feed-footer", 1)][..];
        for footer in [
            "<hr><div>获取更多RSS：<br><a href='https://feedx.net'>https://feedx.net</a> <br><a href='https://feedx.xyz'>https://feedx.xyz</a><br></div>",
            "<p><small>Feed enhanced by <a href='http://p.example'>Better Feed</a> from <a href='http://o.example'>Ozh</a></small></p>",
            "<p>The post <a href='/1'>江</a> appeared first on <a href='/'>水</a>.</p>",
            "<p>文章<a href='/1'>江</a>最先出现在<a href='/'><b>水</b></a>。</p>",
            "<p><a href='/1'>江</a> was originally published in <a href='/'>水</a> on Medium, where people are continuing the conversation by highlighting and responding to this story.</p>",
        ] {
            check(&format!("<p>x</p>{footer}"), one);
        }
    }

    #[test]
    fn sentences_with_the_words_of_a_footer_stay() {
        for sentence in [
            "获取更多RSS：请看 https://feedx.net 的说明",
            "获取更多RSS：",
            "获取更多RSS：<a href='https://feedx.net'>说明</a>",
            "The post office opened.",
            "The post that first appeared on the wall was gone by noon.",
            "The post <a href='/1'>江</a> appeared first on the wall of <a href='/2'>a school</a>.",
            "The post <a href='/1'>江</a> appeared first on paper.",
            "文章说，这个词最先出现在一封旧信里。",
            "<a href='/1'>文章</a>说，这个词最先出现在<a href='/2'>一封旧信</a>里。",
            "The poem was originally published in a school paper, and readers keep continuing the conversation by highlighting and responding to this story.",
        ] {
            check(&format!("<p>{sentence}</p>"), &[]);
        }
    }
}
