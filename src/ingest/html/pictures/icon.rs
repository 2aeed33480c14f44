//! Icons: buttons and other small drawings of the page around the article.

use super::{file_name, placeholder, style_value};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Words of the file names of icons. Photographs begin with `icon-` as well, but continue with other words.
const WORDS: [&str; 64] = [
    "add",
    "app",
    "arrow",
    "audio",
    "back",
    "black",
    "bookmark",
    "camera",
    "cart",
    "check",
    "clock",
    "close",
    "comment",
    "copy",
    "date",
    "down",
    "download",
    "edit",
    "email",
    "enlarge",
    "expand",
    "external",
    "facebook",
    "fav",
    "full",
    "fullscreen",
    "gallery",
    "home",
    "info",
    "large",
    "left",
    "like",
    "line",
    "link",
    "mail",
    "menu",
    "minus",
    "more",
    "next",
    "pdf",
    "photo",
    "pinterest",
    "play",
    "plus",
    "prev",
    "print",
    "right",
    "rss",
    "search",
    "share",
    "small",
    "star",
    "tag",
    "telegram",
    "time",
    "top",
    "twitter",
    "up",
    "user",
    "video",
    "wechat",
    "weibo",
    "white",
    "zoom",
];

/// Largest size of an icon in pixels.
const MAX_SIZE: f32 = 64.0;

/// Returns `true` if an image is an icon or spacer, by its file name and size.
pub(super) fn is_icon(element: &Element, src: &str) -> bool {
    if placeholder::is_inline(src) {
        return false;
    }
    let file = file_name(src).to_ascii_lowercase();
    let (stem, _) = file.rsplit_once('.').unwrap_or((&file, ""));
    let mut words = stem.split(['-', '_', '@', ' ']);
    let is_named = matches!(words.next(), Some("icon" | "icons" | "ico" | "btn" | "button"));
    let is_common =
        words.all(|word| WORDS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit() || b == b'x'));
    placeholder::is_blank(src) || is_named && (is_small(element) || !is_large(element) && is_common)
}

/// Returns `true` if both declared sides are those of an icon.
pub(super) fn is_small(element: &Element) -> bool {
    let mut sides = [side(element, "width"), side(element, "height")].into_iter().flatten();
    sides.clone().count() > 0 && sides.all(|side| side <= MAX_SIZE)
}

/// Returns `true` if an image is no higher than a line, and no wider than a formula.
pub(super) fn fits_line(element: &Element) -> bool {
    const MAX_HEIGHT: f32 = 40.0;
    const MAX_WIDTH: f32 = 300.0;
    let (width, height) = (side(element, "width"), side(element, "height"));
    match (width, height) {
        (Some(width), None) => width <= MAX_HEIGHT,
        (width, Some(height)) => height <= MAX_HEIGHT && width.is_none_or(|width| width <= MAX_WIDTH),
        (None, None) => false,
    }
}

/// Returns `true` if an image without a text decorates a line, by the classes around and the address.
pub(super) fn is_decoration(node: NodeRef<'_, Node>, src: &str) -> bool {
    const WORDS: [&str; 5] = ["icon", "arrow", "bullet", "logo", "avatar"];
    let is_word = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| WORDS.contains(&word.trim_end_matches('s')))
    };
    let mut elements =
        std::iter::once(node).chain(node.parent()).filter_map(|node| node.value().as_element());
    elements.any(|element| element.attr("class").is_some_and(is_word)) || is_word(src)
}

/// Returns `true` if a declared side is larger than that of an icon.
pub(super) fn is_large(element: &Element) -> bool {
    [side(element, "width"), side(element, "height")].into_iter().flatten().any(|side| side > MAX_SIZE)
}

/// Returns a declared side in pixels; relative units count as the size of text.
fn side(element: &Element, name: &str) -> Option<f32> {
    const TEXT_SIZE: f32 = 16.0;
    let attribute = || element.attr(name).map(|size| size.trim().to_ascii_lowercase());
    let size = style_value(element, name).filter(|size| size != "auto").or_else(attribute)?;
    let number = size.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &size[number.len()..] {
        "" | "px" => 1.0,
        "em" | "rem" => TEXT_SIZE,
        "ex" => TEXT_SIZE / 2.0,
        "pt" => 4.0 / 3.0,
        _ => return None,
    };
    number.parse::<f32>().ok().map(|number| number * factor)
}
