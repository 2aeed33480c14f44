//! Embedded videos, posts and pages, which become links.

use crate::ingest::address;
use crate::model::Url;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Returns the URL of the embedded content.
pub(super) fn embed_url(node: NodeRef<'_, Node>, element: &Element, base: Option<&url::Url>) -> Option<Url> {
    const NAMES: [&str; 8] = [
        "src",
        "data-src",
        "data-lazy-src",
        "data-original",
        "data",
        "data-url",
        "data-youtube-id",
        "videoid",
    ];
    let own = NAMES.iter().filter_map(|name| element.attr(name));
    let inner = node.descendants().filter_map(|node| {
        let element = node.value().as_element()?;
        match element.name() {
            "source" => element.attr("src"),
            "param" if element.attr("name") == Some("movie") => element.attr("value"),
            "embed" => element.attr("src"),
            _ => None,
        }
    });
    let player = matches!(element.name(), "youtube-player" | "amp-youtube");
    let id = ["video-id", "videoid", "data-videoid"].iter().find_map(|name| element.attr(name));
    let id =
        id.filter(|id| player && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')));
    if let Some(id) = id {
        return Url::parse(&format!("https://www.youtube.com/watch?v={id}"));
    }
    own.chain(inner).filter(|text| !text.trim().is_empty()).find_map(|text| {
        let url = address::resolve_page(text, base)?;
        Url::parse(watch_url(&url).as_deref().unwrap_or(url.as_str()))
    })
}

/// Returns the watch page for the player at `url`; the bare player shows neither title nor comments.
fn watch_url(url: &url::Url) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let id = match host {
        "youtube.com" | "youtube-nocookie.com" => url.path().strip_prefix("/embed/")?,
        _ => return None,
    };
    let id = id.split('/').next().filter(|id| id.len() == 11)?;
    Some(format!("https://www.youtube.com/watch?v={id}"))
}
