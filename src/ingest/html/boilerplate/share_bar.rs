//! Rule for share bars: links to share dialogs with their labels.

use super::ElementSummary;
use scraper::node::Element;

/// Returns `true` if an element contains only links to share dialogs and their labels.
pub(super) fn is_share_bar(element: &Element, summary: &ElementSummary) -> bool {
    let is_widget = matches!(element.name(), "share-button" | "share-modal");
    (is_widget || summary.share_links > 0)
        && summary.links == summary.share_links
        && (summary.pictures == 0 || element.name() == "a")
        && summary.short_text().is_some_and(is_label)
}

/// Returns `true` if `href` opens a share dialog.
pub(super) fn is_share_link(href: &str) -> bool {
    const SCHEMES: [&str; 4] = ["whatsapp:", "tg:", "fb-messenger:", "line:"];
    const PAGES: [&str; 36] = [
        "facebook.com/dialog/share",
        "facebook.com/dialog/feed",
        "facebook.com/dialog/send",
        "facebook.com/share.php",
        "facebook.com/sharer",
        "twitter.com/intent/tweet",
        "twitter.com/home?status",
        "twitter.com/share",
        "x.com/intent/",
        "x.com/share",
        "api.whatsapp.com/send",
        "web.whatsapp.com/send",
        "wa.me/?text",
        "t.me/share",
        "telegram.me/share",
        "service.weibo.com/share",
        "v.t.sina.com.cn/share",
        "share.v.t.qq.com",
        "sns.qzone.qq.com/cgi-bin/qzshare",
        "connect.qq.com/widget/shareqq",
        "share.renren.com",
        "widget.renren.com/dialog/share",
        "douban.com/recommend",
        "douban.com/share",
        "line.me/R/msg",
        "social-plugins.line.me/lineit",
        "lineit.line.me/share",
        "linkedin.com/shareArticle",
        "linkedin.com/sharing",
        "pinterest.com/pin/create",
        "reddit.com/submit",
        "tumblr.com/share",
        "plurk.com/?qualifier",
        "getpocket.com/save",
        "addtoany.com/",
        "addthis.com/bookmark",
    ];
    let href = href.trim();
    if SCHEMES
        .iter()
        .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
    {
        return true;
    }
    // A mail without a recipient recommends the page.
    if href.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("mailto:?")) {
        return true;
    }
    let rest = href.split_once("//").map_or("", |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").or_else(|| rest.strip_prefix("m.")).unwrap_or(rest);
    PAGES.iter().any(|page| rest.starts_with(page))
}

/// Returns `true` if `text`, without white space, consists of labels of share buttons.
fn is_label(text: &str) -> bool {
    // Longer words precede their prefixes.
    const WORDS: [&str; 52] = [
        "分享到",
        "分享至",
        "分享本文",
        "分享文章",
        "分享",
        "转发",
        "轉發",
        "转寄",
        "轉寄",
        "打印",
        "列印",
        "收藏",
        "复制链接",
        "複製連結",
        "複製鏈接",
        "链接",
        "連結",
        "微信好友",
        "微信",
        "新浪微博",
        "微博",
        "朋友圈",
        "空间",
        "腾讯",
        "豆瓣",
        "人人网",
        "电子邮件",
        "電子郵件",
        "电邮",
        "電郵",
        "邮件",
        "郵件",
        "sharethis",
        "shareon",
        "sharevia",
        "share",
        "tweet",
        "facebook",
        "messenger",
        "twitter",
        "whatsapp",
        "telegram",
        "linkedin",
        "pinterest",
        "weibo",
        "wechat",
        "reddit",
        "plurk",
        "email",
        "mail",
        "print",
        "line",
    ];
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        } else if first == 'x' || !first.is_alphanumeric() {
            rest = &rest[first.len_utf8()..];
        } else if let Some(after) = rest.strip_prefix("qq").or_else(|| rest.strip_prefix("copylink")) {
            rest = after;
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::boilerplate::tests::check;

    #[test]
    fn share_bars_are_removed() {
        let one = &[("share-bar", 1)][..];
        check(
            "<div><div>分享 :</div><div><a href='https://www.facebook.com/dialog/share?x'><span></span></a><a href='whatsapp://send?text=x'></a><share-button></share-button></div></div>",
            one,
        );
        check(
            "<p>x</p><ul><li><a href='https://twitter.com/intent/tweet?u'>Tweet</a></li><li><a href='mailto:?body=x'>Email</a></li></ul>",
            one,
        );
        check("<p>江 <a href='//service.weibo.com/share/share.php?x'><img src='w.png'></a></p>", one);
        check("<share-button></share-button>", one);
    }

    #[test]
    fn text_like_a_share_bar_is_kept() {
        for html in [
            "<p>分享：</p>",
            "<p>请<a href='https://www.facebook.com/sharer?u=x'>把这篇文章分享给朋友们</a>。</p>",
            "<p><a href='https://twitter.com/someone/status/1'>Tweet</a></p>",
            "<p><a href='mailto:a@b.example?subject=x'>Email</a></p>",
        ] {
            check(html, &[]);
        }
        let bar = "<a href='https://twitter.com/share?u'>分享</a>";
        check(&format!("<div><img src=a.png>{bar}</div>"), &[("share-bar", 1)]);
        check(&format!("<div><p>分享经济正在改变城市。</p>{bar}</div>"), &[("share-bar", 1)]);
    }
}
