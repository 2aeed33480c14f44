//! Rule for footers that feed services append to every article.

use super::Summary;
use scraper::node::Element;

pub(super) fn is_feed_footer(_: &Element, summary: &Summary) -> bool {
    let Some(text) = summary.short_text() else { return false };
    is_feedx(text) || text == "FeedenhancedbyBetterFeedfromOzh" || is_wordpress(text) || is_medium(text)
}

/// Returns `true` if `text` is "获取更多RSS：" with addresses of feedx.
fn is_feedx(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("获取更多RSS：") else { return false };
    let rest = rest.trim_start_matches("https://").trim_end_matches('/');
    rest.split("https://")
        .all(|address| matches!(address, "" | "feedx.net" | "feedx.xyz" | "feedx.co" | "feedx.site"))
}

/// Returns `true` if `text` is "The post … appeared first on …."
fn is_wordpress(text: &str) -> bool {
    text.starts_with("Thepost") && (text.contains("appearedfirston") || text.contains("firstappearedon"))
        || text.starts_with("文章") && text.contains("最先出现在")
}

/// Returns `true` if `text` is "… was originally published in … on Medium, where people are continuing the
/// conversation …"
fn is_medium(text: &str) -> bool {
    text.contains("wasoriginallypublishedin")
        && text.ends_with("continuingtheconversationbyhighlightingandrespondingtothisstory.")
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn feed_footers_are_removed() {
        let one = &[("feed-footer", 1)][..];
        check(
            "<p>x</p><hr><div>获取更多RSS：<br><a href='https://feedx.net'>https://feedx.net</a> <br><a href='https://feedx.xyz'>https://feedx.xyz</a><br></div>",
            one,
        );
        check(
            "<p>x</p><p><small>Feed enhanced by <a href='http://p.example'>Better Feed</a> from <a href='http://o.example'>Ozh</a></small></p>",
            one,
        );
        check("<p>x</p><p>The post <a href='/1'>江</a> appeared first on <a href='/'>水</a>.</p>", one);
        check(
            "<p>x</p><p><a href='/1'>江</a> was originally published in <a href='/'>水</a> on Medium, where people are continuing the conversation by highlighting and responding to this story.</p>",
            one,
        );
    }

    #[test]
    fn text_about_feeds_is_kept() {
        check("<p>获取更多RSS：请看 https://feedx.net 的说明</p><p>The post office opened.</p>", &[]);
    }
}
