//! Images: selection of the real URL of an `img`, and removal of images that are not content.

use crate::ingest::address;
use crate::model::{Figure, ImageUrl};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;
use url::Url;

/// Interpretation of an `img`.
pub(super) enum ImageElement {
    Figure(Box<Figure>),
    /// Emoji drawn as an image.
    Emoji(String),
    /// No visible content; removed by this rule.
    Removed(&'static str),
}

/// Returns the URLs offered by the sources of a `picture`, best first.
pub(super) fn picture_sources(picture: NodeRef<'_, Node>) -> Vec<String> {
    let elements = picture.children().filter_map(|child| child.value().as_element());
    let sources = elements.filter(|element| element.name() == "source");
    sources
        .filter_map(|source| source.attr("srcset").or_else(|| source.attr("data-srcset")))
        .filter_map(|set| best_candidate(set).map(str::to_owned))
        .collect()
}

/// Interprets an `img`; `sources` are those of the enclosing `picture`.
pub(super) fn read_image(element: &Element, sources: &[String], base: Option<&Url>) -> ImageElement {
    let alt = element.attr("alt").unwrap_or_default().trim();
    if is_tracking_pixel(element) {
        return ImageElement::Removed("tracking-pixel");
    }
    if !alt.is_empty() && is_emoji(element, alt) {
        return ImageElement::Emoji(alt.to_owned());
    }
    let Some(src) = image_url(element, sources, base) else {
        return ImageElement::Removed("missing-picture");
    };
    if alt.is_empty() && is_icon(&src) {
        return ImageElement::Removed("icon");
    }
    let fallback = unproxied_url(&src);
    let size = dimension(element, "width").zip(dimension(element, "height"));
    let alt = crate::ingest::char_cleanup::clean_line(alt, |_| {});
    ImageElement::Figure(Box::new(Figure { src, fallback, archived: None, alt, size, caption: Vec::new() }))
}

/// Attributes for lazily loaded images.
const LAZY_ATTRIBUTES: [&str; 9] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-lazy",
    "data-url",
    "data-croporisrc",
    "data-backsrc",
];

fn image_url(element: &Element, sources: &[String], base: Option<&Url>) -> Option<ImageUrl> {
    let lazy = LAZY_ATTRIBUTES.iter().filter_map(|name| element.attr(name));
    let lazy_set = element.attr("data-srcset").and_then(best_candidate);
    let src = element.attr("src").filter(|src| !is_placeholder(src));
    let set = element.attr("srcset").and_then(best_candidate);
    let sources = sources.iter().map(String::as_str);
    // Inline data is the last choice: usually a placeholder for a real image.
    let data = element.attr("src");
    let candidates = lazy.chain(lazy_set).chain(src).chain(set).chain(sources).chain(data);
    let mut addresses =
        candidates.filter(|text| !text.is_empty()).filter_map(|text| address::resolve_image(text, base));
    addresses.find(|src| !is_one_pixel(src) && !is_empty_proxy(src))
}

/// Returns the candidate of a `srcset` with the highest density or width.
fn best_candidate(set: &str) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    let mut rest = set.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
    while !rest.is_empty() {
        // A URL may contain commas but no white space, and ends before a comma followed by white space.
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = &rest[..end];
        let bare = address.trim_end_matches(',');
        rest = rest[end..].trim_start();
        let mut weight = 1.0;
        if bare.len() == address.len() {
            let end = rest.find(',').unwrap_or(rest.len());
            let descriptor = rest[..end].trim();
            let number = descriptor.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            weight = number.parse().unwrap_or(1.0);
            rest = &rest[end..];
        }
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        if best.is_none_or(|(most, _)| weight > most) && !bare.is_empty() {
            best = Some((weight, bare));
        }
    }
    best.map(|(_, address)| address)
}

/// Returns `true` if `src` is inline data, usually a placeholder.
fn is_placeholder(src: &str) -> bool {
    src.trim().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Returns `true` if `src` is an inline image of one pixel, by the GIF and PNG headers that hold the size.
fn is_one_pixel(src: &ImageUrl) -> bool {
    const STARTS: [&str; 3] = ["R0lGODlhAQABA", "R0lGODdhAQABA", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"];
    src.is_local()
        && src
            .as_str()
            .split_once(',')
            .is_some_and(|(_, data)| STARTS.iter().any(|start| data.starts_with(start)))
}

/// Returns the original URL behind a proxy: `https://images.weserv.nl/?url=…`.
fn unproxied_url(src: &ImageUrl) -> Option<ImageUrl> {
    let url = Url::parse(src.as_str()).ok()?;
    if !matches!(url.host_str()?, "images.weserv.nl" | "wsrv.nl") {
        return None;
    }
    let (_, original) = url.query_pairs().find(|(name, _)| name == "url")?;
    let original = original.strip_prefix("ssl:").unwrap_or(&original);
    let original = match original.split_once("://") {
        Some(("http" | "https", _)) => original.to_owned(),
        _ => format!("https://{}", original.trim_start_matches('/')),
    };
    address::resolve_image(&original, None)
}

/// Returns `true` if `src` is a proxy URL without an original.
fn is_empty_proxy(src: &ImageUrl) -> bool {
    src.as_str().ends_with("images.weserv.nl/?url=")
}

fn dimension(element: &Element, name: &str) -> Option<u32> {
    let text = element.attr(name)?.trim();
    text.strip_suffix("px").unwrap_or(text).parse().ok().filter(|size| (1..=20_000).contains(size))
}

/// Returns `true` if an image has one or two pixels, or comes from a tracking host.
fn is_tracking_pixel(element: &Element) -> bool {
    let tiny =
        |name| element.attr(name).is_some_and(|size| matches!(size.trim(), "0" | "1" | "2" | "1px" | "0px"));
    let style: String = element.attr("style").unwrap_or_default().split_ascii_whitespace().collect();
    let tiny_style = |name: &str| {
        style
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .any(|(property, value)| property == name && matches!(value, "0" | "0px" | "1px" | "2px"))
    };
    if (tiny("width") || tiny_style("width")) && (tiny("height") || tiny_style("height")) {
        return true;
    }
    const COUNTERS: [&str; 9] = [
        "feeds.feedburner.com/~r/",
        "feedsportal.com/",
        "medium.com/_/stat",
        "pixel.wp.com/",
        "stats.wordpress.com/",
        "scorecardresearch.com/",
        "google-analytics.com/",
        "facebook.com/tr?",
        "doubleclick.net/",
    ];
    let src = element.attr("src").unwrap_or_default();
    COUNTERS.iter().any(|counter| src.contains(counter))
}

/// Returns `true` if an image is a button or spacer, by its file name.
fn is_icon(src: &ImageUrl) -> bool {
    const NAMES: [&str; 8] = ["icon-", "icon_", "btn-", "btn_", "spacer.", "blank.", "transparent.", "1x1."];
    let path = src.as_str().split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    !src.is_local() && NAMES.iter().any(|name| file.starts_with(name))
}

/// Returns `true` if `alt` is the emoji that the image shows.
fn is_emoji(element: &Element, alt: &str) -> bool {
    let draws = |name: &str| element.attr(name).is_some_and(|value| value.contains("emoji"));
    alt.chars().count() <= 8
        && alt.chars().all(|c| !c.is_alphabetic() && !c.is_ascii_punctuation())
        && (draws("class") || draws("src"))
}
