//! Images: selection of the real URL of an `img`, and removal of images that are not content.

mod background;
mod candidates;
mod icon;
mod inline;
mod placeholder;
mod source;
mod srcset;

pub(super) use background::{drawn_address, drawn_image};

pub(super) use candidates::PictureSources;

use self::source::ImageSource;
use self::srcset::best_candidate_where;
use super::BodyContext;
use crate::ingest::address;
use crate::ingest::char_cleanup::clean_line;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::elements::{self, ElementRole};
use crate::model::{Figure, ImageUrl};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;
use url::Url;

/// Interpretation of an `img`.
pub(super) enum ImageElement {
    Figure {
        figure: Box<Figure>,
        /// `true` if a script would have loaded the image.
        is_lazy: bool,
    },
    /// Image that stands for text within a line, and is a figure elsewhere.
    Inline {
        figure: Box<Figure>,
        /// The text that the image shows, if known.
        text: Option<String>,
    },
    /// Emoji drawn as an image.
    Emoji(String),
    /// Alternative text of an image without a usable URL.
    Missing(String),
    /// No visible content; removed by this rule.
    Removed(&'static str),
}

/// Returns the URLs offered by the sources of a `picture`, best first.
pub(super) fn picture_sources(picture: NodeRef<'_, Node>) -> PictureSources {
    const NAMES: [&str; 5] = ["data-srcset", "data-lazy-srcset", "srcset", "data-src", "src"];
    let elements = picture.children().filter_map(|child| child.value().as_element());
    let mut found = PictureSources::default();
    for source in elements.filter(|element| element.name() == "source") {
        let sets = || NAMES.into_iter().filter_map(|name| source.attr(name));
        let best = |is_wanted: fn(&str) -> bool| {
            sets().find_map(|set| best_candidate_where(set, is_wanted)).map(str::to_owned)
        };
        found.addresses.extend(best(|text| !placeholder::is_placeholder(text)));
        found.inline.extend(best(placeholder::is_inline));
    }
    found
}

/// Returns `true` if a `picture` lacks its `img`, which the extraction of the main text removes when the image has no
/// address of its own.
pub(super) fn lacks_image(picture: NodeRef<'_, Node>) -> bool {
    !picture.descendants().filter_map(|node| node.value().as_element()).any(|element| element.name() == "img")
}

/// Interprets an `img`; `sources` are those of the enclosing `picture`.
pub(super) fn read_image(
    node: NodeRef<'_, Node>,
    element: &Element,
    sources: Option<&PictureSources>,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> ImageElement {
    let alt = clean_line(element.attr("alt").unwrap_or_default(), |_| {});
    let chosen = candidates::choose(element, sources, context);
    let is_photograph =
        |chosen: &candidates::Candidate| chosen.is_lazy && candidates::has_picture_name(chosen.source.name());
    if is_counter(element, chosen.as_ref().map(|chosen| chosen.source.name()))
        || is_tiny(element) && !chosen.as_ref().is_some_and(is_photograph)
    {
        return ImageElement::Removed("tracking-pixel");
    }
    let address = chosen.as_ref().map(|chosen| chosen.source.name()).or(element.attr("src"));
    let inline = inline::inline_image(element, &alt, address.unwrap_or_default());
    if let Some(inline::InlineImage { text: Some(text), is_certain: true }) = inline {
        return ImageElement::Emoji(text);
    }
    let missing = |inline: Option<inline::InlineImage>, alt| {
        let text = inline.and_then(|inline| inline.text).or_else(|| missing_text(node, alt));
        text.map_or(ImageElement::Removed("missing-picture"), ImageElement::Missing)
    };
    let Some(candidates::Candidate { source, is_lazy }) = chosen else { return missing(inline, alt) };
    if alt.is_empty() && icon::is_icon(element, source.name()) {
        return ImageElement::Removed("icon");
    }
    let size = dimension(element, "width").zip(dimension(element, "height"));
    if let Some(inline::InlineImage { text: None, .. }) = inline
        && alt.is_empty()
        && icon::is_decoration(node, source.name())
    {
        return ImageElement::Removed("icon");
    }
    let size = size.filter(|_| !is_tiny(element));
    let Some(figure) = source.into_figure(alt.clone(), size, context, found).map(Box::new) else {
        return missing(inline, alt);
    };
    match inline {
        Some(inline::InlineImage { text, .. }) => ImageElement::Inline { figure, text },
        None => ImageElement::Figure { figure, is_lazy },
    }
}

/// Returns the image of an `image` element in a drawing, unless it is an icon.
pub(super) fn linked_image(
    element: &Element,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> Option<Box<Figure>> {
    let mut links = element.attrs().filter(|(name, _)| *name == "href").map(|(_, value)| value);
    let source = links.find_map(|text| ImageSource::resolve(text, context))?;
    let is_one_pixel = source.url.as_ref().is_some_and(placeholder::is_one_pixel);
    if is_one_pixel || icon::is_small(element) {
        return None;
    }
    source.into_figure(String::new(), None, context, found).map(Box::new)
}

/// Returns the image at the address `text`, which an attribute for images holds.
pub(super) fn named_image(
    text: &str,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> Option<Box<Figure>> {
    let source = ImageSource::resolve(text, context)?;
    let figure = source.into_figure(String::new(), None, context, found)?;
    (figure.archived.is_some() || !figure.src.is_local()).then(|| Box::new(figure))
}

/// Returns a figure without a caption. A file name is no alternative text.
fn figure(src: ImageUrl, alt: String, size: Option<(u32, u32)>) -> Figure {
    let fallback = unproxied_url(&src);
    let alt = if candidates::has_picture_name(&alt) { String::new() } else { alt };
    Figure { src, fallback, archived: None, alt, size, caption: Vec::new() }
}

/// Returns the file name in the path of `src`.
pub(super) fn file_name(src: &str) -> &str {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Returns the alternative text of an image that cannot be shown, unless it says nothing or stands elsewhere too.
fn missing_text(node: NodeRef<'_, Node>, alt: String) -> Option<String> {
    const GENERIC: [&str; 10] =
        ["image", "img", "picture", "photo", "图片", "圖片", "图像", "图", "照片", "photograph"];
    let lower = alt.to_ascii_lowercase();
    let is_text = !alt.is_empty()
        && !GENERIC.contains(&lower.as_str())
        && !candidates::has_picture_name(&lower)
        && !lower.contains("://")
        && !is_identifier(&lower);
    (is_text && !is_repeated_nearby(node, &alt)).then_some(alt)
}

/// Returns `true` if `text` is the name of a file or number of an image rather than words.
fn is_identifier(text: &str) -> bool {
    text.is_ascii() && !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit())
}

/// Returns `true` if `alt` is also that of an image shortly after `node`, or part of the caption of its figure.
fn is_repeated_nearby(node: NodeRef<'_, Node>, alt: &str) -> bool {
    const MAX_SIBLINGS: usize = 4;
    const MAX_NODES: usize = 40;
    let is_same = |node: NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| {
            elements::element_role(element) == ElementRole::Picture
                && element.attr("alt").is_some_and(|other| clean_line(other, |_| {}) == alt)
        })
    };
    let levels = node.ancestors().take(2);
    let mut near =
        std::iter::once(node).chain(levels).flat_map(|node| node.next_siblings().take(MAX_SIBLINGS));
    let is_figure = |node: &NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| element.name() == "figure")
    };
    let caption = || {
        let figure = node.ancestors().take(5).find(is_figure)?;
        let texts = figure
            .descendants()
            .take(MAX_NODES)
            .filter_map(|node| node.value().as_text().map(|text| text.to_string()));
        Some(clean_line(&texts.collect::<String>(), |_| {}))
    };
    near.any(|node| node.descendants().take(MAX_NODES).any(is_same))
        || caption().is_some_and(|caption| caption.contains(alt))
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

/// Returns `true` if an image has one or two pixels.
fn is_tiny(element: &Element) -> bool {
    let is_tiny = |size: &str| matches!(size, "0" | "1" | "2" | "0px" | "1px" | "2px");
    let tiny = |name: &str| {
        element.attr(name).is_some_and(|size| is_tiny(size.trim()))
            || style_value(element, name).is_some_and(|size| is_tiny(&size))
    };
    tiny("width") && tiny("height")
}

/// Returns the value of a property in the style of `element`, without white space and in lower case.
fn style_value(element: &Element, property: &str) -> Option<String> {
    let declarations = elements::declarations(element.attr("style")?);
    let (_, value) = declarations.filter(|(name, _)| name.eq_ignore_ascii_case(property)).last()?;
    Some(value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase())
}

/// Returns `true` if an image comes from a service that counts readers.
fn is_counter(element: &Element, chosen: Option<&str>) -> bool {
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
    COUNTERS
        .iter()
        .any(|counter| src.contains(counter) || chosen.is_some_and(|chosen| chosen.contains(counter)))
}

#[cfg(test)]
mod tests;
