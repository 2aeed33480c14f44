//! Embedded videos, sounds, posts and pages, which become links.

mod players;

use super::elements::{self, ElementRole, has_class};
use super::preparse::SCRIPT;
use crate::ingest::address;
use crate::ingest::char_cleanup::clean_line;
use crate::model::Url;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;
use serde_json::Value;

/// Embedded content.
#[derive(Default)]
pub(super) struct Embed {
    pub(super) url: Option<Url>,
    /// Title and description of a card.
    pub(super) texts: Vec<String>,
    /// Address of the still image of a video.
    pub(super) poster: Option<String>,
}

/// Returns `true` if `name` is a custom element that a script replaces by a player or card.
pub(super) fn is_custom_player(name: &str) -> bool {
    const NAMES: [&str; 25] = [
        "youtube-player",
        "youtube-embed",
        "youtube-video",
        "vimeo-video",
        "amp-youtube",
        "amp-vimeo",
        "amp-dailymotion",
        "amp-twitter",
        "amp-instagram",
        "amp-facebook",
        "amp-tiktok",
        "amp-reddit",
        "amp-gist",
        "amp-iframe",
        "amp-video",
        "amp-audio",
        "video-js",
        "bilibili-player",
        "twitter-widget",
        "mpvoice",
        "mpvideosnap",
        "qqmusic",
        "mp-miniprogram",
        "mp-weapp",
        "oembed",
    ];
    NAMES.contains(&name) || name.starts_with("mp-common-") || name.starts_with("lite-")
}

/// Reads an element whose role is to embed something.
pub(super) fn embed(node: NodeRef<'_, Node>, element: &Element, base: Option<&url::Url>) -> Embed {
    let is_card = is_custom_player(element.name());
    let url = by_id(element).or_else(|| first_page(node, element, base));
    let poster = ["poster", "data-poster"].iter().find_map(|name| element.attr(name));
    Embed { url, texts: if is_card { texts(element) } else { Vec::new() }, poster: poster.map(str::to_owned) }
}

/// Returns the page that an ordinary element or script embeds, by its attributes.
pub(super) fn attributed_embed(
    node: NodeRef<'_, Node>,
    element: &Element,
    base: Option<&url::Url>,
) -> Option<Embed> {
    if !names_page(element) {
        return None;
    }
    let embed = in_json(element).or_else(|| {
        let named =
            || PAGE_ATTRIBUTES.iter().filter_map(|name| element.attr(name)).find_map(|text| page(text, base));
        let post = || {
            let attribute =
                if has_class(element, |class| class == "tiktok-embed") { "cite" } else { "data-href" };
            element.attr(attribute).filter(|_| is_post(element)).and_then(|text| page(text, base))
        };
        let url = by_id(element).or_else(named).or_else(post).or_else(|| scripted(element));
        Some(Embed { url: Some(url?), ..Embed::default() })
    })?;
    // The content has the same link or player.
    let repeats = |element: &Element| {
        let role = elements::element_role(element);
        role == ElementRole::Embed
            || element.name() == "a" && element.attr("href").is_some_and(|href| href.contains("://"))
    };
    const MAX_NODES: usize = 200;
    let mut inner = node.descendants().skip(1).take(MAX_NODES).filter_map(|node| node.value().as_element());
    (!inner.any(repeats)).then_some(embed)
}

/// Returns `true` if the attributes of an ordinary element name a page that it embeds.
pub(super) fn names_page(element: &Element) -> bool {
    element.attrs().any(|(name, value)| {
        PAGE_ATTRIBUTES.contains(&name)
            || ID_ATTRIBUTES.iter().any(|(known, _)| *known == name)
            || name == "data-attrs" && value.starts_with('{')
    }) || is_post(element)
        || element.name() == SCRIPT && element.attr("src").is_some()
}

/// Attributes of ordinary elements that hold the URL of an embedded page.
const PAGE_ATTRIBUTES: [&str; 9] = [
    "data-video-url",
    "data-audio-url",
    "data-embed-url",
    "data-oembed-url",
    "data-instgrm-permalink",
    "data-facadesrc",
    "data-video-src",
    "data-iframe-src",
    "data-tweet-url",
];

/// Attributes that hold the identifier of a video or post, and the URL before it.
const ID_ATTRIBUTES: [(&str, &str); 9] = [
    ("data-tweet-id", TWEET),
    ("data-tweetid", TWEET),
    ("data-gistid", "https://gist.github.com/"),
    ("data-youtube-id", YOUTUBE),
    ("data-bvid", BILIBILI),
    ("bvid", BILIBILI),
    ("data-telegram-post", "https://t.me/"),
    ("voice_encode_fileid", "https://res.wx.qq.com/voice/getvoice?mediaid="),
    ("otherid", "https://y.qq.com/n/ryqq/songDetail/"),
];

const YOUTUBE: &str = "https://www.youtube.com/watch?v=";
const TWEET: &str = "https://twitter.com/i/web/status/";
const BILIBILI: &str = "https://www.bilibili.com/video/";

/// Returns the URL of a video or post that is named by its identifier.
fn by_id(element: &Element) -> Option<Url> {
    let is_id = |id: &str| {
        let is_token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'=');
        !id.is_empty() && id.bytes().all(is_token)
    };
    let known = ID_ATTRIBUTES.iter().find_map(|(name, start)| Some((*start, element.attr(name)?)));
    let named = || {
        let start = [
            ("youtube", YOUTUBE),
            ("vimeo", "https://vimeo.com/"),
            ("dailymotion", "https://www.dailymotion.com/video/"),
            ("bilibili", BILIBILI),
            ("instagram", "https://www.instagram.com/p/"),
        ]
        .into_iter()
        .find_map(|(site, start)| element.name().contains(site).then_some(start))?;
        let id = ["video-id", "videoid", "data-videoid", "data-id", "data-video-id", "data-shortcode"]
            .iter()
            .find_map(|name| element.attr(name))?;
        Some((start, id))
    };
    let (start, id) = known.or_else(named).filter(|(_, id)| is_id(id))?;
    Url::parse(&format!("{start}{id}"))
}

/// Returns the first page in the attributes of `element` and its sources.
fn first_page(node: NodeRef<'_, Node>, element: &Element, base: Option<&url::Url>) -> Option<Url> {
    const NAMES: [&str; 10] = [
        "src",
        "data-src",
        "data-lazy-src",
        "data-original",
        "data",
        "data-url",
        "data-href",
        "url",
        "href",
        "data-lazyload",
    ];
    let own = NAMES.iter().chain(&PAGE_ATTRIBUTES).filter_map(|name| element.attr(name));
    let inner = node.descendants().filter_map(|node| {
        let element = node.value().as_element()?;
        match element.name() {
            "source" => element.attr("src").or_else(|| element.attr("data-src")),
            "param" if element.attr("name") == Some("movie") => element.attr("value"),
            "embed" => element.attr("src"),
            _ => None,
        }
    });
    // A player without sources still offers a link to browsers that cannot play.
    let links = || {
        let inner = node.descendants().filter_map(|node| node.value().as_element());
        let mut links =
            inner.filter(|element| element.name() == "a").filter_map(|element| element.attr("href"));
        links.find_map(|text| page(text, base))
    };
    own.chain(inner).find_map(|text| page(text, base)).or_else(links)
}

/// Resolves the address of an embedded page. No page embeds itself: an empty address, or a fragment alone, is a
/// placeholder.
fn page(text: &str, base: Option<&url::Url>) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let url = address::resolve_page(text, base)?;
    Url::parse(players::watch_url(&url).as_deref().unwrap_or(url.as_str()))
}

/// Returns the page that a script embeds in its place.
fn scripted(element: &Element) -> Option<Url> {
    let src = element.attr("src").filter(|_| element.name() == SCRIPT)?;
    let url = address::resolve_page(src, None)?;
    let is_shown = matches!(url.host_str()?, "gist.github.com" | "asciinema.org");
    Url::parse(url.as_str().split('?').next()?.trim_end_matches(".js")).filter(|_| is_shown)
}

/// Returns `true` if `element` is a post of a social site that a script would fetch.
fn is_post(element: &Element) -> bool {
    has_class(element, |class| matches!(class, "fb-post" | "fb-video" | "tiktok-embed"))
}

/// Reads a card whose data is JSON in one attribute.
fn in_json(element: &Element) -> Option<Embed> {
    let data: Value = serde_json::from_str(element.attr("data-attrs")?).ok()?;
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    if let Some(id) =
        text("videoId").filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
    {
        return Some(Embed { url: Url::parse(&format!("{YOUTUBE}{id}")), ..Embed::default() });
    }
    let is_card = ["full_text", "title", "description"].iter().any(|name| text(name).is_some());
    let url = text("url").filter(|_| is_card).and_then(|text| page(text, None))?;
    let texts =
        ["full_text", "title", "subtitle", "description", "name"].iter().filter_map(|name| text(name));
    Some(Embed { url: Some(url), texts: distinct(texts), poster: None })
}

/// Returns the texts that a card shows.
fn texts(element: &Element) -> Vec<String> {
    const NAMES: [&str; 17] = [
        "name",
        "title",
        "data-title",
        "data-name",
        "music_name",
        "songname",
        "playlabel",
        "data-miniprogram-title",
        "singer",
        "author",
        "data-nickname",
        "data-miniprogram-nickname",
        "data-desc",
        "data-signature",
        "data-address",
        "data-caption",
        "data-description",
    ];
    distinct(NAMES.iter().filter_map(|name| element.attr(name)))
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let line = clean_line(text, |_| {});
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests;
